//! Answers in `multipart/related` (SOAP Messages with Attachments, MTOM): the part that is the message, and the
//! parts that it refers to.

use std::borrow::Cow;

use memchr::memmem;

use super::Response;
use crate::decode::Attachments;
use crate::error::{Error, Result};
use crate::lexical;
use crate::scalar::{Builtin, Scalar};

/// The SOAP message of an answer with its attachments: the answer itself, or the root part of a multipart one
/// (RFC 2387, §3.2).
pub(super) fn open<'r>(response: &Response<'r>) -> Result<(Response<'r>, Attachments<'r>)> {
    let Some(boundary) = boundary(response)? else { return Ok((*response, Attachments::default())) };
    let mut attachments = Attachments::of_multipart();
    let start = response.content_type.and_then(|media| parameter(media, "start"));
    let mut root = None;
    for (head, body) in parts(response.body, boundary).filter_map(split) {
        let id = header(head, "content-id");
        let is_start = start.is_none() || id.is_some_and(|id| Some(id) == start);
        if is_start && root.is_none() {
            root = Some((head, body));
        } else if let Some(id) = id {
            attachments.add(id, plain(head, body));
        } else {
            // A start that nothing has is a slip; the first part is meant.
            root.get_or_insert((head, body));
        }
    }
    let first = || parts(response.body, boundary).find_map(split);
    let (head, body) =
        root.or_else(first).ok_or_else(|| Error::decode("a multipart answer has no part, or was cut off"))?;
    Ok((Response { status: response.status, content_type: header(head, "content-type"), body }, attachments))
}

/// What separates the parts; `None` for an answer that has none. An answer whose media type is not known, or is
/// another one, tells by its first line: no XML begins with `--`.
fn boundary<'r>(response: &Response<'r>) -> Result<Option<&'r str>> {
    let is_multipart = |media: &&str| media.trim_start().to_ascii_lowercase().starts_with("multipart/");
    let Some(media) = response.content_type.filter(is_multipart) else {
        let body = response.body.trim_ascii_start();
        let line = body.strip_prefix(b"--").and_then(|body| body.split(|byte| *byte == b'\n').next());
        return Ok(line.and_then(|line| std::str::from_utf8(line).ok()).map(str::trim_end));
    };
    let boundary = parameter(media, "boundary");
    boundary.map(Some).ok_or_else(|| Error::decode("a multipart answer names no boundary"))
}

/// A parameter of a media type; quotes are taken off.
pub(super) fn parameter<'m>(media: &'m str, name: &str) -> Option<&'m str> {
    media.split(';').skip(1).find_map(|parameter| {
        let (key, value) = parameter.split_once('=')?;
        let is_it = key.trim_ascii().eq_ignore_ascii_case(name);
        is_it.then(|| value.trim_ascii().trim_matches('"'))
    })
}

/// The slices between boundary lines; the last must be closed.
fn parts<'b>(body: &'b [u8], boundary: &str) -> impl Iterator<Item = &'b [u8]> {
    let delimiter = format!("--{boundary}");
    let ends: Vec<usize> = memmem::find_iter(body, delimiter.as_bytes())
        .filter(|at| is_line(body, *at, delimiter.len()))
        .collect();
    let width = delimiter.len();
    (1..ends.len()).map(move |end| {
        let part = &body[ends[end - 1] + width..ends[end]];
        let part = part.strip_suffix(b"\n").unwrap_or(part);
        part.strip_suffix(b"\r").unwrap_or(part)
    })
}

/// Whether what stands there begins a line and, but for `--` and blanks, is all of it (RFC 2046, §5.1.1).
fn is_line(body: &[u8], at: usize, width: usize) -> bool {
    let begins = at.checked_sub(1).is_none_or(|before| body[before] == b'\n');
    let rest = body[at + width..].trim_ascii_start();
    let blanks = body.len() - at - width - rest.len();
    begins && (rest.is_empty() || rest.starts_with(b"--") || body[at + width..][..blanks].contains(&b'\n'))
}

/// Head and body of a part.
fn split(part: &[u8]) -> Option<(&str, &[u8])> {
    let (at, width) = match (memmem::find(part, b"\r\n\r\n"), memmem::find(part, b"\n\n")) {
        (Some(at), short) if short.is_none_or(|short| at < short) => (at, 4),
        (_, short) => (short?, 2),
    };
    Some((std::str::from_utf8(&part[..at]).ok()?, &part[at + width..]))
}

fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    head.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

/// The content of a part without its transfer encoding.
fn plain<'b>(head: &str, body: &'b [u8]) -> Cow<'b, [u8]> {
    let is_base64 =
        header(head, "content-transfer-encoding").is_some_and(|name| name.eq_ignore_ascii_case("base64"));
    let text = std::str::from_utf8(body).ok().filter(|_| is_base64);
    match text.map(|text| lexical::read(Builtin::Base64Binary, text)) {
        Some(Ok(Scalar::Bytes(bytes))) => Cow::Owned(bytes.into_owned()),
        _ => Cow::Borrowed(body),
    }
}
