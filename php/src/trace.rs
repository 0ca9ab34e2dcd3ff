//! What the last call sent and received, kept by the option `trace`, with credentials masked.

use ext_php_rs::types::Zval;
use wsdlproxy::client::Request;
use wsdlproxy::transport::{mask, HttpResponse};
use wsdlproxy::Result;

use crate::frame::Frame;
use crate::proxy::this;
use crate::secrets;
use crate::table::Table;
use crate::zend;

/// One exchange.
pub struct Trace {
    url: String,
    status: Option<u16>,
    request: Vec<u8>,
    request_headers: Vec<(String, String)>,
    response: Option<Vec<u8>>,
    response_headers: Vec<(String, String)>,
    /// The SOAP headers of the answer.
    pub soap: Zval,
}

impl Trace {
    pub fn of_request(request: &Request) -> Self {
        Self {
            url: mask(&request.url),
            status: None,
            request: request.body.clone().into_bytes(),
            request_headers: request.headers.clone(),
            response: None,
            response_headers: Vec::new(),
            soap: Zval::null(),
        }
    }

    pub fn set_answer(&mut self, answer: &HttpResponse) {
        self.status = Some(answer.status);
        self.response = Some(answer.body.clone());
        self.response_headers.clone_from(&answer.headers);
    }
}

/// `lastRequest(): ?string`
pub fn last_request(frame: &Frame<'_>) -> Result<Zval> {
    let trace = this(frame)?.trace.borrow();
    Ok(trace.as_ref().map_or_else(Zval::null, |trace| zend::text(secrets::masked(&trace.request))))
}

/// `lastResponse(): ?string`
pub fn last_response(frame: &Frame<'_>) -> Result<Zval> {
    let trace = this(frame)?.trace.borrow();
    let body = trace.as_ref().and_then(|trace| trace.response.as_deref());
    Ok(body.map_or_else(Zval::null, |body| zend::text(secrets::masked(body))))
}

/// `lastHeaders(): ?array`
pub fn last_headers(frame: &Frame<'_>) -> Result<Zval> {
    let trace = this(frame)?.trace.borrow();
    let Some(trace) = trace.as_ref() else { return Ok(Zval::null()) };
    let mut table = Table::new();
    table.set("url", zend::text(&trace.url));
    table.set("status", trace.status.map_or_else(Zval::null, |status| zend::long(i64::from(status))));
    table.set("request", headers(&trace.request_headers));
    table.set("response", headers(&trace.response_headers));
    table.set("soap", zend::share(&trace.soap));
    Ok(table.finish())
}

fn headers(pairs: &[(String, String)]) -> Zval {
    let mut table = Table::new();
    for (name, value) in pairs {
        let secret = ["authorization", "proxy-authorization", "cookie", "set-cookie"];
        let shown = if secret.iter().any(|hidden| name.eq_ignore_ascii_case(hidden)) { "***" } else { value };
        table.set(name, zend::text(shown));
    }
    table.finish()
}
