//! An HTTP answer to a native value, or to the error that says what it is instead.

use super::{multipart, Client};
use crate::decode::{self, Answer, Body};
use crate::error::{Error, ErrorKind, HttpFailure, Result};
use crate::index::*;
use crate::seam::Sink;
use crate::xml;
use crate::xml::mask::masked;

/// What the server sent, complete.
#[derive(Debug, Clone, Copy)]
pub struct Response<'r> {
    pub status: u16,
    pub content_type: Option<&'r str>,
    pub body: &'r [u8],
}

/// Bytes of a foreign answer that its error keeps.
const SHOWN: usize = 1024;

impl Client {
    /// Reads the answer of a call. A fault is a value here; what is not SOAP is an error.
    pub fn finish<S: Sink>(
        &self,
        op: OpId,
        response: &Response<'_>,
        sink: &mut S,
    ) -> Result<Answer<S::Node>> {
        let is_success = (200..300).contains(&response.status);
        let blank = response.body.iter().all(u8::is_ascii_whitespace);
        if is_success && blank && (matches!(response.status, 202 | 204) || self.may_be_empty(op)) {
            return Ok(Answer { body: Body::Value(sink.null()?), headers: None });
        }
        if matches!(response.status, 301 | 302 | 303 | 307 | 308) {
            return Err(foreign(response, "a redirect that is not followed"));
        }
        if blank {
            let error = foreign(response, "an empty body");
            return Err(if is_success { error.forgivable().with_advice() } else { error });
        }
        let (content, attachments) = multipart::open(response)?;
        if is_html(content.content_type, content.body) {
            return Err(foreign(response, "an HTML page"));
        }
        let charset = content.content_type.and_then(charset);
        let decoded = xml::encoding::decode(content.body, charset).and_then(|text| {
            decode::response_with(&self.plan, op, (&text, &attachments), &self.settings.decode, sink)
        });
        match decoded {
            // A status that is no success explains more than the flaw of its body.
            Err(error)
                if error.kind() == ErrorKind::Decode && !is_success && !looks_like_soap(content.body) =>
            {
                Err(foreign(response, "no SOAP message"))
            }
            other => other.map_err(Error::with_advice),
        }
    }

    /// Whether no answer at all says as much as the answer would: there is none, it has no members, or the user
    /// takes what comes. ext/soap and suds read every empty answer as null, zeep refuses it.
    fn may_be_empty(&self, op: OpId) -> bool {
        let plan = &*self.plan;
        let Some(output) = plan.operations[op].output.get() else { return true };
        let message = &plan.messages[output];
        let is_void = message
            .wrapped
            .get()
            .is_some_and(|complex| plan.shapes[plan.complexes[complex].shape].members.is_empty());
        is_void || message.parts.is_empty() || self.settings.decode.lenient
    }
}

fn foreign(response: &Response<'_>, what: &str) -> Error {
    let failure = HttpFailure {
        status: response.status,
        content_type: response.content_type.map(str::to_owned),
        body: masked(&response.body[..response.body.len().min(SHOWN)]),
    };
    let advice = match response.status {
        401 => "; it wants credentials, or others: basic_auth has those of HTTP",
        403 => "; the credentials given, or none, do not allow this",
        407 => "; the proxy between wants credentials: put them into its URL",
        _ => "",
    };
    Error::http(format!("HTTP {}: the server answered with {what}{advice}", response.status), failure)
}

/// The `charset` parameter of a media type.
fn charset(content_type: &str) -> Option<&str> {
    multipart::parameter(content_type, "charset")
}

fn is_html(content_type: Option<&str>, body: &[u8]) -> bool {
    if looks_like_soap(body) {
        return false;
    }
    let head = String::from_utf8_lossy(&body[..body.len().min(256)]).trim_start().to_ascii_lowercase();
    head.starts_with("<!doctype html")
        || head.starts_with("<html")
        || content_type.is_some_and(|media| media.trim_start().to_ascii_lowercase().starts_with("text/html"))
}

/// Whether the beginning of a body has an envelope, in ASCII or UTF-16.
fn looks_like_soap(body: &[u8]) -> bool {
    let head = &body[..body.len().min(4096)];
    if memchr::memmem::find(head, b"Envelope").is_some() {
        return true;
    }
    let narrow: Vec<u8> = head.iter().copied().filter(|byte| *byte != 0).collect();
    narrow.len() < head.len() && memchr::memmem::find(&narrow, b"Envelope").is_some()
}
