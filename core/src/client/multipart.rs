//! Answers in `multipart/related` (SOAP with Attachments, MTOM without optimised content): the part that is the
//! message.

use super::Response;
use crate::error::{Error, Result};

/// The SOAP message of an answer: the answer itself, or the root part of a multipart one (RFC 2387, §3.2).
pub(super) fn root<'r>(response: &Response<'r>) -> Result<Response<'r>> {
    let Some(media) = response.content_type else { return Ok(*response) };
    if !media.trim_start().to_ascii_lowercase().starts_with("multipart/") {
        return Ok(*response);
    }
    let boundary =
        parameter(media, "boundary").ok_or_else(|| Error::decode("a multipart answer names no boundary"))?;
    let start = parameter(media, "start");
    let mut first = None;
    for part in parts(response.body, boundary) {
        let Some((head, body)) = split(part) else { continue };
        let part = Response { status: response.status, content_type: header(head, "content-type"), body };
        match start {
            Some(start) if header(head, "content-id").is_some_and(|id| id.trim() == start) => {
                return Ok(part)
            }
            _ => {
                first.get_or_insert(part);
            }
        }
    }
    first.ok_or_else(|| Error::decode("a multipart answer has no part, or was cut off"))
}

/// A parameter of a media type; quotes are taken off.
pub(super) fn parameter<'m>(media: &'m str, name: &str) -> Option<&'m str> {
    media.split(';').skip(1).find_map(|parameter| {
        let (key, value) = parameter.split_once('=')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"'))
    })
}

/// The slices between boundary lines; the last must be closed.
fn parts<'b>(body: &'b [u8], boundary: &str) -> Vec<&'b [u8]> {
    let delimiter = format!("--{boundary}");
    let ends: Vec<usize> = memchr::memmem::find_iter(body, delimiter.as_bytes()).collect();
    ends.windows(2)
        .map(|pair| {
            let part = &body[pair[0] + delimiter.len()..pair[1]];
            let part = part.strip_suffix(b"\n").unwrap_or(part);
            part.strip_suffix(b"\r").unwrap_or(part)
        })
        .collect()
}

/// Head and body of a part.
fn split(part: &[u8]) -> Option<(&str, &[u8])> {
    let (at, width) = match memchr::memmem::find(part, b"\r\n\r\n") {
        Some(at) => (at, 4),
        None => (memchr::memmem::find(part, b"\n\n")?, 2),
    };
    Some((std::str::from_utf8(&part[..at]).ok()?, &part[at + width..]))
}

fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    head.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim())
    })
}
