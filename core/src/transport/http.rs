//! Requests, responses, and the [`Transport`] that turns one into the other.
//!
//! `Transport::new` checks every option once; afterwards a send does no more than the network requires.
//! Sending blocks (`send`), runs behind a [`Pending`] (`start`), or is awaited (`send_async`).

use std::borrow::Cow;
use std::cell::RefCell;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use bytes::Bytes;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue, AUTHORIZATION, COOKIE, USER_AGENT};
use url::Url;

use super::clients::{proxy_authority, ClientKey};
use super::cookies::Jar;
use super::exchange::Exchange;
use super::headers::Headers;
use super::location::{is_secure, mask};
use super::options::TransportOptions;
use super::pending::Pending;
use super::runtime;
use crate::error::{Error, ErrorKind, Result};

/// The HTTP methods SOAP needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Method {
    #[default]
    Post,
    Get,
}

/// One request, its body complete in memory.
#[derive(Clone, Default)]
pub struct HttpRequest {
    pub method: Method,
    /// `http:` or `https:`; credentials in it become Basic authentication.
    pub url: String,
    /// Added to the transport's headers; one of the same name replaces those.
    pub headers: Vec<(String, String)>,
    pub body: Bytes,
    /// Instead of [`TransportOptions::timeout`].
    pub timeout: Option<Duration>,
}

/// One complete answer, whatever its status.
#[derive(Debug, Clone)]
pub struct HttpResponse {
    pub status: u16,
    /// As the server wrote it, else the usual one; HTTP/2 has none.
    pub reason: Cow<'static, str>,
    pub headers: Headers,
    /// After decompression.
    pub body: Bytes,
    /// Where the answer came from, redirects followed, without credentials.
    pub url: String,
}

/// Checked options, ready to send; cheap to clone, usable from any thread and after `fork`.
#[derive(Clone)]
pub struct Transport(pub(super) Arc<Inner>);

pub(super) struct Inner {
    /// For `http:` and for `https:` URLs.
    pub keys: [Arc<ClientKey>; 2],
    /// Sent to everyone.
    pub public: HeaderMap,
    /// Sent only to the server the caller named: extra headers and credentials.
    pub private: HeaderMap,
    pub jar: Option<Jar>,
    pub timeout: Option<Duration>,
    pub connect_timeout: Option<Duration>,
    pub idle_timeout: Option<Duration>,
    pub max_body: usize,
    pub redirects: u32,
    pub http10: bool,
    pub keep_compressed: bool,
    /// `host:port` of the proxy that was named.
    pub proxy: Option<String>,
}

impl Transport {
    /// Checks the options and reads the certificates they name; opens no connection.
    pub fn new(options: &TransportOptions) -> Result<Self> {
        let mut public = HeaderMap::new();
        let agent = options.user_agent.as_deref().unwrap_or(concat!("wsdlproxy/", env!("CARGO_PKG_VERSION")));
        public.insert(USER_AGENT, header_value("user_agent", agent)?);
        let mut private = HeaderMap::new();
        if let Some(auth) = &options.basic_auth {
            private.insert(AUTHORIZATION, basic(&auth.user, &auth.password)?);
        }
        if !options.cookies.is_empty() {
            let pairs: Vec<String> =
                options.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            private.insert(COOKIE, secret(header_value("cookies", &pairs.join("; "))?));
        }
        for (name, value) in &options.headers {
            // Several values for one name are legal, but a choice made here replaces our own.
            let known = header_name(name)?;
            public.remove(&known);
            private.append(known, secret(header_value(name, value)?));
        }
        Ok(Self(Arc::new(Inner {
            keys: ClientKey::pair(options)?,
            public,
            private,
            jar: options.keep_cookies.then(Jar::default),
            timeout: options.timeout,
            connect_timeout: options.connect_timeout,
            idle_timeout: options.idle_timeout,
            max_body: options.max_body,
            redirects: options.redirects,
            http10: options.http10,
            keep_compressed: options.keep_compressed,
            proxy: proxy_authority(&options.proxy),
        })))
    }

    /// Sends and waits for the complete answer.
    pub fn send(&self, request: HttpRequest) -> Result<HttpResponse> {
        let seat = runtime::seat(is_secure(&request.url))?;
        Exchange::new(self, seat.engine, request)?.waited_for().join()
    }

    /// Like [`Self::send`], and calls `poll` after each slice of waiting; its error gives the request up.
    pub fn send_polling(
        &self,
        request: HttpRequest,
        slice: Duration,
        poll: &mut dyn FnMut() -> Result<()>,
    ) -> Result<HttpResponse> {
        let seat = runtime::seat(is_secure(&request.url))?;
        Exchange::new(self, seat.engine, request)?.waited_for().join_polling(slice, poll)
    }

    /// Starts sending; with [`runtime::Threading::CurrentThread`] it proceeds while any answer is waited for.
    pub fn start(&self, request: HttpRequest) -> Result<Pending> {
        let engine = runtime::current()?;
        Ok(Exchange::new(self, engine, request)?.start())
    }

    /// Like [`Self::start`], and calls `done` with the answer, on a thread of the runtime, unless cancelled.
    pub fn start_then<F>(&self, request: HttpRequest, done: F) -> Result<Pending<()>>
    where
        F: FnOnce(Result<HttpResponse>) + Send + 'static,
    {
        let engine = runtime::current()?;
        let exchange = Exchange::new(self, engine, request)?;
        let task = engine.spawn(async move {
            done(exchange.run().await);
            Ok(())
        });
        Ok(Pending::new(engine, task))
    }

    /// Sends from any async executor; needs worker threads ([`runtime::Threading::MultiThread`]).
    pub fn send_async(&self, request: HttpRequest) -> impl Future<Output = Result<HttpResponse>> + Send {
        let started = self.start(request);
        async move {
            match started {
                Ok(pending) => pending.finished().await,
                Err(error) => Err(error),
            }
        }
    }
}

thread_local! {
    /// The URL of the thread's last request, as it was given and as it was read: most go where the last one went.
    static LAST_URL: RefCell<Option<(String, Url)>> = const { RefCell::new(None) };
}

/// Like [`parse_url`], for a URL that is called again and again.
pub(super) fn parse_endpoint(text: &str) -> Result<(Url, Option<HeaderValue>)> {
    let known = LAST_URL
        .with_borrow(|last| last.as_ref().filter(|(given, _)| given == text).map(|(_, url)| url.clone()));
    if let Some(url) = known {
        return Ok((url, None));
    }
    let (url, credentials) = parse_url(text)?;
    if credentials.is_none() {
        LAST_URL.set(Some((text.to_owned(), url.clone())));
    }
    Ok((url, credentials))
}

/// Refuses what no request can be sent to.
pub fn check_url(url: &str) -> Result<()> {
    parse_url(url).map(drop)
}

/// Refuses a name or a value that no header can have.
pub fn check_header(name: &str, value: &str) -> Result<()> {
    header_name(name)?;
    header_value(name, value).map(drop)
}

/// An absolute `http:` or `https:` URL, and the Basic credentials it contained.
pub(super) fn parse_url(text: &str) -> Result<(Url, Option<HeaderValue>)> {
    let fail = |reason: &str| Error::usage(format!("{}: {reason}", mask(text)));
    let mut url = Url::parse(text.trim()).map_err(|error| fail(&format!("not a valid URL: {error}")))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(fail("only http and https URLs can be called"));
    }
    let credentials = if url.username().is_empty() && url.password().is_none() {
        None
    } else {
        Some(basic(&percent_decoded(url.username()), &percent_decoded(url.password().unwrap_or("")))?)
    };
    let _ = url.set_password(None);
    let _ = url.set_username("");
    url.set_fragment(None);
    Ok((url, credentials))
}

fn percent_decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// RFC 7617 section 2: the user name must not contain a colon; UTF-8 is what servers expect today.
fn basic(user: &str, password: &str) -> Result<HeaderValue> {
    if user.contains(':') {
        return Err(Error::usage("basic_auth: a user name cannot contain a colon"));
    }
    let token = base64::engine::general_purpose::STANDARD.encode(format!("{user}:{password}"));
    Ok(secret(header_value("basic_auth", &format!("Basic {token}"))?))
}

fn secret(mut value: HeaderValue) -> HeaderValue {
    value.set_sensitive(true);
    value
}

pub(super) fn header_name(name: &str) -> Result<HeaderName> {
    HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| Error::usage(format!("{name:?} is not a legal header name")))
}

/// The error names the header but not the value, which may be a credential.
pub(super) fn header_value(name: &str, value: &str) -> Result<HeaderValue> {
    HeaderValue::from_str(value).map_err(|_| {
        Error::new(ErrorKind::Usage, format!("the value of header {name} has illegal characters"))
    })
}
