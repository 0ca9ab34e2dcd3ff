//! HTTP exchanges for PHP, over the transport that the whole library shares.
//!
//! One request, one answer with its head as text, because PEAR's classes want to see it. Failures carry the
//! number that curl has for them: callers know these numbers. Connections stay open between calls.

use std::cell::RefCell;
use std::time::Duration;

use ext_php_rs::prelude::*;
use ext_php_rs::types::{ZendHashTable, Zval};
use wsdlproxy::transport::{
    configure, join, ClientCert, HttpRequest, HttpResponse, Method, Pem, ProxyChoice, Threading, Transport,
    TransportOptions,
};
use wsdlproxy::{Error, ErrorKind};

use super::zv;

/// Redirects followed where they are followed at all.
const REDIRECTS: usize = 20;

thread_local! {
    /// The transports of the last few sets of options.
    static TRANSPORTS: RefCell<Vec<(TransportOptions, Transport)>> = const { RefCell::new(Vec::new()) };
}

fn text(value: &Zval) -> String {
    readable(&zv::string(value))
}

/// Bytes as text; what is not UTF-8 is replaced.
fn readable(bytes: &[u8]) -> String {
    // The lossy conversion alone takes twice as long for what is.
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes).into_owned(), str::to_owned)
}

/// A time limit; zero and less mean none.
fn limit(seconds: f64) -> Option<Duration> {
    (seconds > 0.0).then(|| Duration::try_from_secs_f64(seconds).ok()).flatten()
}

/// A proxy by its URL, or by host and port; empty is none.
fn proxy(name: String) -> ProxyChoice {
    match name {
        name if name.is_empty() => ProxyChoice::Direct,
        name if name.contains("://") => ProxyChoice::Url(name),
        name => ProxyChoice::Url(format!("http://{name}")),
    }
}

/// What every exchange has in common.
fn usual() -> TransportOptions {
    TransportOptions {
        gzip: false,
        keep_compressed: true,
        redirects: 0,
        http1_only: true,
        ..TransportOptions::default()
    }
}

struct Asked<'a> {
    options: &'a ZendHashTable,
}

impl Asked<'_> {
    fn text(&self, name: &str) -> String {
        zv::entry(self.options, name.as_bytes()).map(text).unwrap_or_default()
    }

    fn is(&self, name: &str, default: bool) -> bool {
        zv::entry(self.options, name.as_bytes()).map_or(default, zv::is_true)
    }

    fn seconds(&self, name: &str) -> Option<Duration> {
        limit(zv::entry(self.options, name.as_bytes())?.double()?)
    }

    fn transport_options(&self) -> TransportOptions {
        let file = |name: &str| {
            Some(self.text(name)).filter(|path| !path.is_empty()).map(|path| Pem::Path(path.into()))
        };
        TransportOptions {
            timeout: self.seconds("total"),
            connect_timeout: self.seconds("connect").or_else(|| self.seconds("total")),
            idle_timeout: self.seconds("idle"),
            verify: self.is("verify", true),
            ca: file("ca").into_iter().collect(),
            client_cert: file("cert").map(|cert| ClientCert { cert, key: file("key") }),
            proxy: proxy(self.text("proxy")),
            http10: self.is("http10", false),
            ..usual()
        }
    }
}

/// Headers as the transport takes them; it writes two of them itself.
fn headers(table: &ZendHashTable) -> Vec<(String, String)> {
    let mut list = Vec::with_capacity(table.len());
    let mut entries = zv::entries(table);
    while let Some((key, value)) = entries.next() {
        let zv::Key::Name(name) = key else { continue };
        if name.eq_ignore_ascii_case(b"host") || name.eq_ignore_ascii_case(b"content-length") {
            continue;
        }
        list.push((readable(name), text(value)));
    }
    list
}

fn transport(options: TransportOptions) -> Result<Transport, Error> {
    TRANSPORTS.with_borrow_mut(|known| {
        if let Some((_, transport)) = known.iter().find(|(have, _)| *have == options) {
            return Ok(transport.clone());
        }
        // PHP waits for each answer: one thread does, and costs a third less.
        configure(Threading::CurrentThread);
        let made = Transport::new(&options)?;
        if known.len() >= 8 {
            known.remove(0);
        }
        known.push((options, made.clone()));
        Ok(made)
    })
}

/// Sends a request. The answer has `payload` (head and body) and `status`, or `error`, `kind` and `curl`.
#[php_function]
#[php(name = "wsdlproxy_pear_exchange")]
pub fn pear_exchange(options: &ZendHashTable) -> Zval {
    let asked = Asked { options };
    let request = HttpRequest {
        method: if asked.text("method") == "GET" { Method::Get } else { Method::Post },
        url: asked.text("url"),
        headers: zv::entry(options, b"headers").and_then(Zval::array).map(headers).unwrap_or_default(),
        body: zv::entry(options, b"body").map(zv::to_text).unwrap_or_default().into(),
        timeout: None,
    };
    let follow = if asked.is("redirects", false) { REDIRECTS } else { 0 };
    exchange(asked.transport_options(), request, follow)
}

/// The usual exchange, over plain HTTP: `idle` seconds are also how long connecting may take.
#[php_function]
#[php(name = "wsdlproxy_pear_post")]
pub fn pear_post(
    url: &Zval,
    body: &Zval,
    sent: &ZendHashTable,
    idle: f64,
    through: &Zval,
    http10: bool,
) -> Zval {
    let options = TransportOptions {
        timeout: None,
        connect_timeout: limit(idle),
        idle_timeout: limit(idle),
        proxy: proxy(text(through)),
        http10,
        ..usual()
    };
    let (url, headers, body) = (text(url), headers(sent), zv::to_text(body).into());
    exchange(options, HttpRequest { method: Method::Post, url, headers, body, timeout: None }, 0)
}

fn exchange(options: TransportOptions, request: HttpRequest, follow: usize) -> Zval {
    match transport(options).and_then(|transport| send(&transport, request, follow)) {
        Ok(response) => answered(&response),
        Err(error) => failed(&error),
    }
}

/// Follows redirects as curl does: after 301, 302 and 303 with GET, and credentials only to the same host.
fn send(transport: &Transport, mut request: HttpRequest, follow: usize) -> Result<HttpResponse, Error> {
    if follow == 0 {
        return transport.send(request);
    }
    for _ in 0..=follow {
        let response = transport.send(request.clone())?;
        let location = response.headers.get("location");
        let Some(location) = location.filter(|_| matches!(response.status, 301 | 302 | 303 | 307 | 308))
        else {
            return Ok(response);
        };
        let next = join(&request.url, &location)?;
        if !next.starts_with("http://") && !next.starts_with("https://") {
            return Ok(response);
        }
        if origin(&next) != origin(&request.url) {
            let secret = ["authorization", "cookie"];
            request.headers.retain(|(name, _)| !secret.contains(&name.to_ascii_lowercase().as_str()));
        }
        if !matches!(response.status, 307 | 308) {
            request.method = Method::Get;
            request.body = Vec::new().into();
        }
        request.url = next;
    }
    Err(Error::new(ErrorKind::Http, format!("Maximum ({follow}) redirects followed")))
}

fn origin(url: &str) -> &str {
    let start = url.find("://").map_or(0, |at| at + 3);
    let end = url[start..].find(['/', '?', '#']).map_or(url.len(), |at| start + at);
    &url[..end]
}

fn answered(response: &HttpResponse) -> Zval {
    let mut payload = Vec::with_capacity(response.body.len() + 256);
    payload.extend_from_slice(b"HTTP/1.1 ");
    payload.extend_from_slice(response.status.to_string().as_bytes());
    if !response.reason.is_empty() {
        payload.push(b' ');
        payload.extend_from_slice(response.reason.as_bytes());
    }
    payload.extend_from_slice(b"\r\n");
    for (name, value) in response.headers.iter() {
        title(&mut payload, name);
        payload.extend_from_slice(b": ");
        payload.extend_from_slice(value.as_bytes());
        payload.extend_from_slice(b"\r\n");
    }
    payload.extend_from_slice(b"\r\n");
    payload.extend_from_slice(&response.body);
    let mut result = zv::Table::new(2);
    result.set("payload", zv::text(payload));
    result.set("status", zv::long(i64::from(response.status)));
    result.finish()
}

/// `content-type` as `Content-Type`.
fn title(out: &mut Vec<u8>, name: &str) {
    let mut start = true;
    out.extend(name.bytes().map(|byte| {
        let shown = if start { byte.to_ascii_uppercase() } else { byte };
        start = byte == b'-';
        shown
    }));
}

/// Advice that names options of the native face, and what says the same to curl.
const ADVICE: [(&str, &str); 3] = [
    ("with ca_file", "with CURLOPT_CAINFO"),
    ("turn verify off", "turn CURLOPT_SSL_VERIFYPEER off"),
    ("require a client_cert", "require CURLOPT_SSLCERT"),
];

fn failed(error: &Error) -> Zval {
    let mut text = error.to_string();
    if error.kind() == ErrorKind::Tls {
        text = ADVICE.iter().fold(text, |text, (ours, curls)| text.replace(ours, curls));
    }
    let (kind, curl) = match error.kind() {
        ErrorKind::Timeout if text.contains("no connection") => ("connect", 28),
        ErrorKind::Timeout => ("timeout", 28),
        ErrorKind::Tls if text.contains("certificate") => ("connect", 60),
        ErrorKind::Tls => ("connect", 35),
        ErrorKind::Connection if text.contains("cannot be resolved") => ("connect", 6),
        ErrorKind::Connection if text.contains("was lost before an answer") => ("answer", 52),
        ErrorKind::Connection if text.contains("was lost") || text.contains("damaged") => ("answer", 18),
        ErrorKind::Connection => ("connect", 7),
        ErrorKind::Usage => ("option", 3),
        ErrorKind::Http => ("option", 47),
        ErrorKind::Transport => ("answer", 1),
        ErrorKind::Decode => ("option", 63),
        ErrorKind::Wsdl | ErrorKind::Encode | ErrorKind::Host => ("option", 2),
    };
    let mut result = zv::Table::new(3);
    result.set("error", zv::text(&text));
    result.set("kind", zv::text(kind));
    result.set("curl", zv::long(curl));
    result.finish()
}

/// A reference resolved against the location of the document it stands in.
#[php_function]
#[php(name = "wsdlproxy_pear_join")]
pub fn pear_join(base: &Zval, reference: &Zval) -> Zval {
    let (base, reference) = (text(base), text(reference));
    zv::text(join(&base, &reference).unwrap_or(reference))
}

pub fn register(module: ModuleBuilder) -> ModuleBuilder {
    module
        .function(wrap_function!(pear_exchange))
        .function(wrap_function!(pear_post))
        .function(wrap_function!(pear_join))
}
