//! One request with its redirects, from the first byte written to the last byte read.
//!
//! The request's length is always declared. The answer is bounded after decompression, and an answer
//! shorter than it declared is an error, never a shorter body.

use std::borrow::Cow;
use std::future::Future;
use std::time::{Duration, Instant};

use bytes::Bytes;
use reqwest::header::{
    HeaderMap, HeaderName, HeaderValue, ACCEPT, AUTHORIZATION, CONTENT_ENCODING, CONTENT_LENGTH, COOKIE,
    SET_COOKIE, TRANSFER_ENCODING,
};
use reqwest::{Request, Response};
use url::Url;

use super::failure::{self, Peer};
use super::headers::Headers;
use super::http::{
    header_name, header_value, parse_endpoint, HttpRequest, HttpResponse, Inner, Method, Transport,
};
use super::location::{authority, is_same_party, is_secure, mask};
use super::pending::Pending;
use super::redirect;
use super::runtime::Engine;
use crate::error::{Error, Result};
use crate::pages;

/// A body gets its memory at once up to this size, as what is not written to is only reserved; beyond it the sender
/// must first deliver. Growing in steps would copy it, and end above what the allocator keeps for the next one.
const TRUSTED_LENGTH: u64 = 64 << 20;

/// An answer that came in one piece of at least this size is not copied out of the connection's buffer; a smaller one is,
/// for whoever keeps it would keep the buffer too.
const WORTH_SHARING: usize = 16 << 10;

/// A checked request bound to a runtime.
pub(super) struct Exchange {
    transport: Transport,
    engine: &'static Engine,
    method: Method,
    url: Url,
    /// The server that may see credentials; `url`'s unless a document elsewhere led here.
    home: Url,
    /// This request's own, for `home`.
    headers: Vec<(HeaderName, HeaderValue)>,
    /// From the URL, for `home`.
    credentials: Option<HeaderValue>,
    body: Bytes,
    timeout: Option<Duration>,
    max_body: usize,
    /// Keep what fits of an oversized body instead of failing, for pages shown in errors.
    truncate_to: Option<usize>,
}

impl Exchange {
    pub(super) fn new(transport: &Transport, engine: &'static Engine, request: HttpRequest) -> Result<Self> {
        let (url, credentials) = parse_endpoint(&request.url)?;
        let header = |(name, value): &(String, String)| Ok((header_name(name)?, header_value(name, value)?));
        Ok(Self {
            transport: transport.clone(),
            engine,
            method: request.method,
            home: url.clone(),
            url,
            headers: request.headers.iter().map(header).collect::<Result<_>>()?,
            credentials,
            body: request.body,
            timeout: request.timeout.or(transport.0.timeout),
            max_body: transport.0.max_body,
            truncate_to: None,
        })
    }

    /// For documents: who may see credentials, which ones unless the URL has its own, how large an answer
    /// may be, and how much of a failed one is kept.
    pub(super) fn for_document(
        mut self,
        home: Url,
        credentials: Option<HeaderValue>,
        max_body: usize,
        shown_of_failure: usize,
    ) -> Self {
        self.home = home;
        self.credentials = self.credentials.or(credentials);
        self.max_body = max_body;
        self.truncate_to = Some(shown_of_failure);
        self
    }

    /// Starts running on the runtime.
    pub(super) fn start(self) -> Pending {
        let engine = self.engine;
        Pending::new(engine, engine.spawn(self.run()))
    }

    /// Runs while the calling thread waits. Where that thread drives the sockets, nothing is handed to a task and back.
    pub(super) fn waited_for(self) -> Pending {
        if self.engine.has_workers() {
            return self.start();
        }
        Pending::here(self.engine, Box::pin(self.run()))
    }

    /// Runs to the complete answer or the first failure, within the total time limit.
    pub(super) async fn run(mut self) -> Result<HttpResponse> {
        let started = Instant::now();
        let outcome = match self.timeout {
            None => self.follow().await,
            Some(limit) => match tokio::time::timeout(limit, self.follow()).await {
                Ok(outcome) => outcome,
                Err(_elapsed) => Err(failure::total_timeout(&authority(&self.url), limit)),
            },
        };
        if tracing::enabled!(tracing::Level::DEBUG) {
            self.trace(&outcome, started);
        }
        outcome
    }

    fn trace(&self, outcome: &Result<HttpResponse>, started: Instant) {
        let url = mask(self.url.as_str());
        let method = reqwest::Method::from(self.method);
        let duration = started.elapsed();
        match outcome {
            Ok(answer) => {
                let (status, bytes) = (answer.status, answer.body.len());
                tracing::debug!(%method, %url, status, bytes, ?duration, "answered");
            }
            Err(error) => tracing::debug!(%method, %url, %error, ?duration, "failed"),
        }
    }

    async fn follow(&mut self) -> Result<HttpResponse> {
        // Lets the runtime notice idle connections that the server has closed since the last call: on a
        // current-thread runtime nobody has looked at them in between. It also lets the last call's
        // connection return to the pool, or a second one would be opened. The first time the runtime looks at its
        // sockets, the second time the connections look at what it saw.
        tokio::task::yield_now().await;
        tokio::task::yield_now().await;
        let mut hops = 0;
        loop {
            let response = self.once().await?;
            let next = match self.transport.0.redirects {
                0 => None,
                _ => redirect::target(self.method, &self.url, &response)?,
            };
            let Some(next) = next else {
                return self.read(response).await;
            };
            hops += 1;
            if hops > self.transport.0.redirects {
                return Err(redirect::too_many(&self.url, self.transport.0.redirects));
            }
            self.url = next;
        }
    }

    async fn once(&self) -> Result<Response> {
        let inner = &self.transport.0;
        let secure = usize::from(is_secure(self.url.as_str()));
        let client = self.engine.clients.get(&inner.keys[secure])?;
        let mut request = Request::new(self.method.into(), self.url.clone());
        *request.headers_mut() = self.headers_for(&self.url);
        if inner.http10 {
            *request.version_mut() = reqwest::Version::HTTP_10;
        }
        if self.method == Method::Post {
            // Otherwise an empty body would have no declared length, which some servers refuse (411).
            request.headers_mut().insert(CONTENT_LENGTH, self.body.len().into());
            *request.body_mut() = Some(self.body.clone().into());
        }
        let proxy = inner.proxy.as_deref();
        let peer = Peer { url: &self.url, proxy, connect_timeout: inner.connect_timeout };
        let answer = self.within_idle(client.execute(request)).await?;
        let response = answer.map_err(|error| failure::on_send(&error, &peer))?;
        if let Some(jar) = &inner.jar {
            jar.keep(response.headers().get_all(SET_COOKIE).iter(), &self.url);
        }
        Ok(response)
    }

    /// Everything for `home`.
    fn trusted(&self) -> HeaderMap {
        let Inner { public, private, .. } = &*self.transport.0;
        // The library and the call add some.
        let mut headers = HeaderMap::with_capacity(public.len() + private.len() + self.headers.len() + 6);
        for (name, value) in public.iter().chain(private) {
            headers.append(name, value.clone());
        }
        if let Some(credentials) = &self.credentials {
            headers.insert(AUTHORIZATION, credentials.clone());
        }
        for (name, value) in &self.headers {
            headers.insert(name, value.clone());
        }
        // The length is ours to declare.
        headers.remove(CONTENT_LENGTH);
        headers.remove(TRANSFER_ENCODING);
        headers
    }

    fn headers_for(&self, url: &Url) -> HeaderMap {
        let mut headers = self.trusted();
        if !is_same_party(&self.home, url) {
            let accept = headers.remove(ACCEPT);
            headers.clone_from(&self.transport.0.public);
            if let Some(accept) = accept {
                headers.insert(ACCEPT, accept);
            }
        }
        if let Some(kept) = self.transport.0.jar.as_ref().and_then(|jar| jar.cookies(url)) {
            let both = match headers.get(COOKIE) {
                Some(fixed) => [fixed.as_bytes(), kept.as_bytes()].join(&b"; "[..]),
                None => kept.as_bytes().to_vec(),
            };
            // Both halves were header values, so their union is one.
            if let Ok(mut value) = HeaderValue::from_bytes(&both) {
                value.set_sensitive(true);
                headers.insert(COOKIE, value);
            }
        }
        headers
    }

    /// Waits no longer than [`TransportOptions::idle_timeout`] for one step.
    ///
    /// [`TransportOptions::idle_timeout`]: super::TransportOptions::idle_timeout
    async fn within_idle<T>(&self, step: impl Future<Output = T>) -> Result<T> {
        match self.transport.0.idle_timeout {
            None => Ok(step.await),
            Some(limit) => match tokio::time::timeout(limit, step).await {
                Ok(outcome) => Ok(outcome),
                Err(_elapsed) => Err(failure::total_timeout(&authority(&self.url), limit)),
            },
        }
    }

    async fn read(&self, mut response: Response) -> Result<HttpResponse> {
        let status = response.status().as_u16();
        let reason = reason(&response);
        let shown = self.truncate_to.filter(|_| !(200..300).contains(&status));
        let body = self.read_body(&mut response, shown).await?;
        let headers = Headers::new(std::mem::take(response.headers_mut()));
        Ok(HttpResponse { status, reason, headers, body, url: self.url.to_string() })
    }

    /// `shown`: stop there without complaint.
    async fn read_body(&self, response: &mut Response, shown: Option<usize>) -> Result<Bytes> {
        let peer = self.peer();
        if let Some(coding) = coding(response).filter(|_| !self.transport.0.keep_compressed) {
            let host = peer.authority();
            let text = format!("{host}: the answer is compressed as {coding:?}, which was not asked for");
            return Err(Error::decode(text));
        }
        let declared = response.content_length().unwrap_or(0);
        if shown.is_none() && declared > self.max_body as u64 {
            return Err(too_large(&peer, self.max_body));
        }
        let mut next = self.chunk(response).await?;
        let is_whole = |chunk: &mut Bytes| {
            shown.is_none() && chunk.len() as u64 == declared && chunk.len() >= WORTH_SHARING
        };
        if let Some(whole) = next.take_if(is_whole) {
            // Nothing more can come; only then is the connection free again.
            self.chunk(response).await?;
            return Ok(whole);
        }
        let mut body = Vec::new();
        // Where so much cannot be reserved, it grows as it comes.
        let _ = body.try_reserve_exact(declared.min(TRUSTED_LENGTH) as usize);
        pages::prefer_large(body.spare_capacity_mut());
        while let Some(chunk) = next {
            let room = shown.unwrap_or(self.max_body) - body.len();
            if chunk.len() > room {
                if shown.is_none() {
                    return Err(too_large(&peer, self.max_body));
                }
                body.extend_from_slice(&chunk[..room]);
                break;
            }
            body.extend_from_slice(&chunk);
            next = self.chunk(response).await?;
        }
        Ok(body.into())
    }

    async fn chunk(&self, response: &mut Response) -> Result<Option<Bytes>> {
        let chunk = self.within_idle(response.chunk()).await?;
        chunk.map_err(|error| failure::on_body(&error, &self.peer()))
    }

    fn peer(&self) -> Peer<'_> {
        Peer { url: &self.url, proxy: None, connect_timeout: self.transport.0.connect_timeout }
    }
}

/// How the body is still encoded; what was asked for has been undone by the library.
fn coding(response: &Response) -> Option<String> {
    let coding = response.headers().get(CONTENT_ENCODING)?.to_str().ok()?.trim();
    let is_plain = coding.is_empty() || coding.eq_ignore_ascii_case("identity");
    (!is_plain).then(|| coding.to_owned())
}

/// The reason phrase of a status line.
fn reason(response: &Response) -> Cow<'static, str> {
    match response.extensions().get::<hyper::ext::ReasonPhrase>() {
        Some(own) => String::from_utf8_lossy(own.as_bytes()).into_owned().into(),
        None => response.status().canonical_reason().unwrap_or("").into(),
    }
}

fn too_large(peer: &Peer<'_>, limit: usize) -> Error {
    let host = peer.authority();
    Error::decode(format!("the answer of {host} is larger than the limit of {limit} bytes"))
}

impl From<Method> for reqwest::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Post => Self::POST,
            Method::Get => Self::GET,
        }
    }
}
