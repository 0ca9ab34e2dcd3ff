//! What the last call sent and received, kept by the option `trace`, with credentials masked unless it is `full`.

use ext_php_rs::types::Zval;
use wsdlproxy::client::masked;
use wsdlproxy::transport::{mask, HttpRequest, HttpResponse};
use wsdlproxy::Result;

use crate::frame::Frame;
use crate::proxy::this;
use crate::table::Table;
use crate::zend;

/// What is kept of requests and answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Keep {
    #[default]
    Nothing,
    Masked,
    Full,
}

/// Parts of the names of headers whose values are credentials.
const SECRET: [&str; 6] = ["auth", "cookie", "token", "key", "secret", "pass"];

/// One exchange.
pub struct Trace {
    keep: Keep,
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
    /// `always`: the headers that go with every request, which one of the request's own replaces.
    pub fn of_request(request: &HttpRequest, always: &[(String, String)], keep: Keep) -> Self {
        let replaced = |name: &str| request.headers.iter().any(|(own, _)| own.eq_ignore_ascii_case(name));
        let always = always.iter().filter(|(name, _)| !replaced(name));
        Self {
            keep,
            url: mask(&request.url),
            status: None,
            request: request.body.to_vec(),
            request_headers: always.chain(&request.headers).cloned().collect(),
            response: None,
            response_headers: Vec::new(),
            soap: Zval::null(),
        }
    }

    fn shown(&self, body: &[u8]) -> Zval {
        if self.keep == Keep::Full {
            zend::text(body)
        } else {
            zend::text(masked(body))
        }
    }

    fn headers(&self, pairs: &[(String, String)]) -> Zval {
        let mut table = Table::new();
        for (name, value) in pairs {
            let lower = name.to_ascii_lowercase();
            let hidden = self.keep != Keep::Full && SECRET.iter().any(|part| lower.contains(part));
            table.set(name, zend::text(if hidden { "***" } else { value }));
        }
        table.finish()
    }

    pub fn set_answer(&mut self, answer: &HttpResponse) {
        self.status = Some(answer.status);
        self.response = Some(answer.body.to_vec());
        let owned = answer.headers.iter().map(|(name, value)| (name.to_owned(), value.into_owned()));
        self.response_headers = owned.collect();
    }
}

/// `lastRequest(): ?string`
pub fn last_request(frame: &Frame<'_>) -> Result<Zval> {
    let trace = this(frame)?.trace.borrow();
    Ok(trace.as_ref().map_or_else(Zval::null, |trace| trace.shown(&trace.request)))
}

/// `lastResponse(): ?string`
pub fn last_response(frame: &Frame<'_>) -> Result<Zval> {
    let trace = this(frame)?.trace.borrow();
    let shown = trace.as_ref().and_then(|trace| Some(trace.shown(trace.response.as_deref()?)));
    Ok(shown.unwrap_or_else(Zval::null))
}

/// `lastHeaders(): ?array`
pub fn last_headers(frame: &Frame<'_>) -> Result<Zval> {
    let trace = this(frame)?.trace.borrow();
    let Some(trace) = trace.as_ref() else { return Ok(Zval::null()) };
    let mut table = Table::new();
    table.set("url", zend::text(&trace.url));
    table.set("status", trace.status.map_or_else(Zval::null, |status| zend::long(i64::from(status))));
    table.set("request", trace.headers(&trace.request_headers));
    table.set("response", trace.headers(&trace.response_headers));
    table.set("soap", zend::share(&trace.soap));
    Ok(table.finish())
}
