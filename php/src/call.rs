//! A call: the request from PHP values, the exchange, and PHP values or an exception from the answer.

use ext_php_rs::types::{ZendHashTable, Zval};
use ext_php_rs::zend::BailoutGuard;
use wsdlproxy::client::{Request, Response};
use wsdlproxy::decode::{Body, Fault};
use wsdlproxy::encode::Arguments;
use wsdlproxy::index::OpId;
use wsdlproxy::transport::{mask, HttpRequest, HttpResponse, Method};
use wsdlproxy::{Error, ErrorKind, Result};

use crate::error::{self, Class};
use crate::frame::Frame;
use crate::proxy::{this, Proxy};
use crate::signals;
use crate::sink::Builder;
use crate::source::Given;
use crate::table::{entries, Name, Table};
use crate::trace::{Keep, Trace};
use crate::values::whole;
use crate::zend;

/// `__call(string $name, array $arguments): mixed`
pub fn magic(frame: &Frame<'_>) -> Result<Zval> {
    let proxy = this(frame)?;
    let name = frame.text(0, "name")?;
    let given = frame.array(1, "arguments")?;
    call(proxy, name, &|proxy| from_array(proxy, given))
}

/// `call(string $operation, mixed ...$arguments): mixed`
pub fn explicit(frame: &Frame<'_>) -> Result<Zval> {
    let proxy = this(frame)?;
    call(proxy, frame.text(0, "operation")?, &|proxy| rest(proxy, frame))
}

/// `createMessage(string $operation, mixed ...$arguments): string`
pub fn create_message(frame: &Frame<'_>) -> Result<Zval> {
    let proxy = this(frame)?;
    let op = proxy.operation(frame.text(0, "operation")?)?;
    Ok(zend::text(prepare(proxy, op, &rest(proxy, frame))?.body))
}

/// `parseResponse(string $operation, string $content, ?string $contentType = null, int $status = 200): mixed`
pub fn parse_response(frame: &Frame<'_>) -> Result<Zval> {
    let proxy = this(frame)?;
    let op = proxy.operation(frame.text(0, "operation")?)?;
    let body = frame.bytes(1, "content")?;
    let content_type = frame.optional_text(2, "contentType")?;
    let status = frame.get(3).map_or(Ok(200), |status| whole("status", status))?;
    let status = u16::try_from(status).map_err(|_| Error::usage("status: expected an HTTP status"))?;
    finish(proxy, op, &Response { status, content_type, body })
}

fn from_array<'p>(proxy: &'p Proxy, given: Option<&Zval>) -> Arguments<Given<'p>> {
    let Some(table) = given.and_then(Zval::array) else {
        return Arguments { positional: Vec::new(), named: None };
    };
    let mut positional = Vec::new();
    let mut named = Table::new();
    let mut any_named = false;
    for (name, value) in entries(table) {
        if let Name::Text(_) = name {
            any_named = true;
            named.set(&name.to_text(), zend::share(value));
        } else {
            positional.push(Given::new(value, &proxy.names));
        }
    }
    let named = any_named.then(|| Given::new(&named.finish(), &proxy.names));
    Arguments { positional, named }
}

/// The arguments after the operation's name.
fn rest<'p>(proxy: &'p Proxy, frame: &Frame<'_>) -> Arguments<Given<'p>> {
    let positional = (1..frame.count())
        .filter_map(|at| frame.get(at))
        .map(|value| Given::new(value, &proxy.names))
        .collect();
    let named = frame.named().map(|table| Given::new(&copied(table), &proxy.names));
    Arguments { positional, named }
}

fn copied(table: &ZendHashTable) -> Zval {
    let mut copy = Table::new();
    for (name, value) in entries(table) {
        copy.set(&name.to_text(), zend::share(value));
    }
    copy.finish()
}

fn call<'p>(
    proxy: &'p Proxy,
    name: &str,
    arguments: &dyn Fn(&'p Proxy) -> Arguments<Given<'p>>,
) -> Result<Zval> {
    let op = proxy.operation(name)?;
    let request = prepare(proxy, op, &arguments(proxy))?;
    let answer = send(proxy, request)?;
    read(proxy, op, answer)
}

/// What an answer means; the error of one that is no SOAP says where it came from.
pub fn read(proxy: &Proxy, op: OpId, answer: HttpResponse) -> Result<Zval> {
    // Building values may end in a fatal error of PHP's allocator, which jumps over this frame.
    let answer = BailoutGuard::new(answer);
    let content_type = answer.headers.get("content-type");
    let content_type = content_type.as_deref();
    let response = Response { status: answer.status, content_type, body: &answer.body };
    finish(proxy, op, &response).map_err(|error| {
        if error.kind() != ErrorKind::Http {
            return error;
        }
        let text = format!("{}: {}", mask(&answer.url), error.message());
        error.with_message(text)
    })
}

pub fn prepare(proxy: &Proxy, op: OpId, arguments: &Arguments<Given<'_>>) -> Result<Request> {
    let headers = proxy.soap_headers().map(|headers| Given::new(headers, &proxy.names));
    let outer = proxy.names.swap_read(Vec::new());
    let request = proxy.client.prepare(op, arguments, headers.as_ref());
    drop(proxy.names.swap_read(outer));
    request
}

/// The request as the transport takes it.
pub fn http(request: Request) -> HttpRequest {
    HttpRequest {
        method: Method::Post,
        url: request.url,
        headers: request.headers,
        body: request.body.into(),
        timeout: None,
    }
}

/// Keeps what was exchanged, if that is wanted.
pub fn keep(proxy: &Proxy, request: &HttpRequest, answer: Option<&HttpResponse>) {
    let keep = proxy.options.trace;
    if keep == Keep::Nothing {
        return;
    }
    let mut trace = Trace::of_request(request, &proxy.options.transport.headers, keep);
    if let Some(answer) = answer {
        trace.set_answer(answer);
    }
    *proxy.trace.borrow_mut() = Some(trace);
}

fn send(proxy: &Proxy, request: Request) -> Result<HttpResponse> {
    let request = http(request);
    let traced = (proxy.options.trace != Keep::Nothing).then(|| request.clone());
    let sent = proxy.transport.send_polling(request, signals::SLICE, &mut signals::handle);
    if let Some(request) = traced {
        keep(proxy, &request, sent.as_ref().ok());
    }
    sent
}

pub fn finish(proxy: &Proxy, op: OpId, response: &Response<'_>) -> Result<Zval> {
    let mut builder = Builder::new(&proxy.names, proxy.options.shapes);
    let answer = proxy.client.finish(op, response, &mut builder)?;
    if let (Some(headers), Some(trace)) = (answer.headers, proxy.trace.borrow_mut().as_mut()) {
        trace.soap = headers;
    }
    match answer.body {
        Body::Value(value) => Ok(value),
        Body::Fault(fault) => Err(raise(fault)),
    }
}

/// Raises the exception of a fault, with ext/soap's names.
fn raise(fault: Fault<Zval>) -> Error {
    let exception = error::new(Class::Fault, &fault.string, 0);
    let set = |name: &str, value: Zval| error::set(&exception, Class::Fault, name, value);
    set("faultcode", zend::text(&fault.code));
    set("faultstring", zend::text(&fault.string));
    set("faultactor", zend::optional(fault.actor.as_deref()));
    set("detail", fault.detail.unwrap_or_else(Zval::null));
    set("name", zend::optional(fault.name.as_deref()));
    set("subcodes", crate::table::texts(fault.subcodes));
    error::raise(exception);
    error::raised()
}
