//! Which redirects are followed (RFC 9110 section 15.4).
//!
//! A GET follows any of them. A POST is sent again only for 307 and 308, which ask for exactly that, and
//! only to the same party, because its body may hold credentials; turning it into a GET helps nobody.

use reqwest::header::LOCATION;
use reqwest::Response;
use url::Url;

use super::http::Method;
use super::location::{is_same_party, mask};
use crate::error::{Error, ErrorKind, HttpFailure, Result};

/// Where to go next; `None` when the response is the answer.
pub(super) fn target(method: Method, at: &Url, response: &Response) -> Result<Option<Url>> {
    let status = response.status().as_u16();
    if !matches!(status, 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let Some(location) = response.headers().get(LOCATION) else {
        return Ok(None);
    };
    let location = String::from_utf8_lossy(location.as_bytes());
    let refuse = |reason: &str| {
        let text =
            format!("{} answered {status}, a redirect to {}: {reason}", mask(at.as_str()), mask(&location));
        Error::http(text, HttpFailure { status, content_type: None, body: Vec::new() })
    };
    let mut next = at.join(&location).map_err(|_| refuse("not a valid URL"))?;
    if !matches!(next.scheme(), "http" | "https") || next.host_str().is_none() {
        return Err(refuse("only http and https are followed"));
    }
    // A server has no business choosing our credentials.
    let _ = next.set_password(None);
    let _ = next.set_username("");
    if method == Method::Post {
        if !matches!(status, 307 | 308) {
            return Err(refuse(
                "a POST is sent again only for 307 and 308; use the new location if it is right",
            ));
        }
        if !is_same_party(at, &next) {
            return Err(refuse("a POST is not sent to another server; use the new location if it is right"));
        }
    }
    Ok(Some(next))
}

pub(super) fn too_many(at: &Url, limit: u32) -> Error {
    Error::new(ErrorKind::Http, format!("{}: more than {limit} redirects", mask(at.as_str())))
}
