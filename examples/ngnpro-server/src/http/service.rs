//! What is answered to one HTTP request.

use super::chaos::{Chaos, Trouble};
use crate::platform::Platform;
use crate::soap::guard::MAX_BYTES;
use crate::wsdl;
use http_body_util::{BodyExt, Limited};
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::header::{HeaderValue, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HOST};
use hyper::{Method, Request, Response, StatusCode};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

/// How long a client may take to send a message.
const BODY_TIMEOUT: Duration = Duration::from_secs(60);

/// The answerer of one listener.
pub struct Service {
    pub platform: Arc<Platform>,
    /// `http` or `https`, for the addresses in the WSDL.
    pub scheme: &'static str,
    /// The address where the request names no host.
    pub authority: String,
    pub chaos: Arc<Chaos>,
}

type Answer = Response<Text>;

/// The text of an answer, or half of it followed by the end of the connection.
pub struct Text {
    rest: Bytes,
    end: End,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Whole,
    Broken,
    /// The half has been handed over and is to be sent before the connection ends.
    Flushing,
}

impl Body for Text {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let rest = std::mem::take(&mut self.rest);
        match (rest.is_empty(), self.end) {
            (false, _) => Poll::Ready(Some(Ok(Frame::data(rest)))),
            (true, End::Whole) => Poll::Ready(None),
            (true, End::Broken) => {
                self.end = End::Flushing;
                context.waker().wake_by_ref();
                Poll::Pending
            }
            (true, End::Flushing) => Poll::Ready(Some(Err(io::Error::other("truncated on purpose")))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.end == End::Whole
    }

    fn size_hint(&self) -> SizeHint {
        match self.end {
            End::Whole => SizeHint::with_exact(self.rest.len() as u64),
            End::Broken | End::Flushing => SizeHint::default(),
        }
    }
}

impl Service {
    pub async fn answer(&self, request: Request<Incoming>) -> io::Result<Answer> {
        match *request.method() {
            Method::POST => self.post_with_trouble(request).await,
            Method::GET | Method::HEAD => Ok(self.get(&request)),
            _ => Ok(plain(StatusCode::METHOD_NOT_ALLOWED, "Use POST for SOAP and GET for the WSDL")),
        }
    }

    fn get(&self, request: &Request<Incoming>) -> Answer {
        let path = request.uri().path();
        let query = request.uri().query().unwrap_or_default();
        let mut pairs = query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        let under = path.strip_suffix("wsdl").or_else(|| path.strip_suffix("WSDL"));
        if under.is_none() && !pairs.clone().any(|(name, _)| name.eq_ignore_ascii_case("wsdl")) {
            return plain(StatusCode::NOT_FOUND, "This is a SOAP server; its WSDL is at /ngnpro/wsdl");
        }
        let host = request.headers().get(HOST).and_then(|value| value.to_str().ok());
        let authority = host.unwrap_or(&self.authority);
        let address = format!("{}://{authority}{}", self.scheme, under.unwrap_or(path));
        let port = pairs.find(|(name, _)| name.eq_ignore_ascii_case("port")).map(|(_, value)| value);
        match wsdl::render(&address, port) {
            Some(text) => xml(StatusCode::OK, text),
            None => plain(StatusCode::NOT_FOUND, "There is no such port"),
        }
    }

    async fn post_with_trouble(&self, request: Request<Incoming>) -> io::Result<Answer> {
        let lost = || Err(io::Error::other("lost on purpose"));
        match self.chaos.strike().await {
            None => Ok(self.post(request).await),
            Some(Trouble::Refuse) => lost(),
            Some(Trouble::Drop) => {
                self.post(request).await;
                lost()
            }
            Some(Trouble::Truncate) => Ok(truncate(self.post(request).await)),
            Some(Trouble::Http500) => {
                let page = "<html><body><h1>500 Internal Server Error</h1></body></html>".to_owned();
                Ok(respond(StatusCode::INTERNAL_SERVER_ERROR, "text/html", page))
            }
        }
    }

    async fn post(&self, request: Request<Incoming>) -> Answer {
        if request.headers().get(CONTENT_ENCODING).is_some_and(|value| value != "identity") {
            return plain(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Compressed requests are not understood");
        }
        let content_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let content_type = content_type.unwrap_or_default().to_owned();
        let body = Limited::new(request.into_body(), MAX_BYTES).collect();
        let Ok(body) = tokio::time::timeout(BODY_TIMEOUT, body).await else {
            return plain(StatusCode::REQUEST_TIMEOUT, "The message took too long");
        };
        let body = match body {
            Ok(body) => body.to_bytes(),
            Err(error) if error.is::<http_body_util::LengthLimitError>() => {
                return plain(StatusCode::PAYLOAD_TOO_LARGE, "The message is too large");
            }
            Err(_) => return plain(StatusCode::BAD_REQUEST, "The message could not be read"),
        };
        let platform = Arc::clone(&self.platform);
        let work = tokio::task::spawn_blocking(move || platform.answer(&body, &content_type));
        match work.await {
            Ok(answer) if answer.fault => xml(StatusCode::INTERNAL_SERVER_ERROR, answer.body),
            Ok(answer) => xml(StatusCode::OK, answer.body),
            Err(error) => {
                tracing::error!(%error, "a call ended unexpectedly");
                plain(StatusCode::INTERNAL_SERVER_ERROR, "The call ended unexpectedly")
            }
        }
    }
}

fn xml(status: StatusCode, body: String) -> Answer {
    respond(status, "text/xml; charset=utf-8", body)
}

fn plain(status: StatusCode, text: &str) -> Answer {
    respond(status, "text/plain; charset=utf-8", format!("{text}\n"))
}

fn respond(status: StatusCode, content_type: &'static str, body: String) -> Answer {
    let mut answer = Response::new(Text { rest: Bytes::from(body), end: End::Whole });
    *answer.status_mut() = status;
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    answer
}

/// Announces the whole length and sends half of it.
fn truncate(mut answer: Answer) -> Answer {
    let length = answer.body().rest.len();
    answer.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(length));
    let text = answer.body_mut();
    text.rest.truncate(length / 2);
    text.end = End::Broken;
    answer
}
