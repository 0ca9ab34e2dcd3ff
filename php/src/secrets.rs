//! Hides credentials in the text of a message before it is shown.
//!
//! The content of every element called `password`, `ha1` or `auth` becomes `***`, in whatever namespace and however
//! deep. One pass; what looks unfinished is hidden to its end.

use memchr::memchr;
use wsdlproxy::similar::is_secret;

/// The message with its credentials hidden. Text in UTF-16 is not looked through but hidden as a whole.
pub fn masked(message: &[u8]) -> Vec<u8> {
    if message.contains(&0) {
        return b"***".to_vec();
    }
    let mut out = Vec::with_capacity(message.len());
    let mut rest = message;
    // The secret element that is open: its name, and how many of that name.
    let mut hidden: Option<(&[u8], usize)> = None;
    while let Some(at) = memchr(b'<', rest) {
        let (before, tag) = rest.split_at(at);
        let end = tag_end(tag);
        let (tag, after) = tag.split_at(end);
        rest = after;
        if hidden.is_none() {
            out.extend_from_slice(before);
        }
        let name = name(tag);
        let opens = !name.is_empty() && tag.get(1) != Some(&b'/') && !tag.ends_with(b"/>");
        let closes = tag.get(1) == Some(&b'/');
        hidden = match hidden {
            None if opens && is_secret_name(name) => {
                out.extend_from_slice(tag);
                out.extend_from_slice(b"***");
                Some((name, 1))
            }
            None => {
                out.extend_from_slice(tag);
                None
            }
            Some((open, 1)) if closes && name == open => {
                out.extend_from_slice(tag);
                None
            }
            Some((open, depth)) if name == open && closes => Some((open, depth - 1)),
            Some((open, depth)) if name == open && opens => Some((open, depth + 1)),
            still => still,
        };
    }
    if hidden.is_none() {
        out.extend_from_slice(rest);
    }
    out
}

/// The length of the markup at the start of `text`; a comment and a CDATA section are one piece.
fn tag_end(text: &[u8]) -> usize {
    let until = |mark: &[u8]| memchr::memmem::find(text, mark).map_or(text.len(), |at| at + mark.len());
    if text.starts_with(b"<!--") {
        return until(b"-->");
    }
    if text.starts_with(b"<![CDATA[") {
        return until(b"]]>");
    }
    // A `>` in an attribute's value does not end the tag.
    let mut quote = None;
    for (at, &byte) in text.iter().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// The name in a start or end tag, with its prefix.
fn name(tag: &[u8]) -> &[u8] {
    let start = if tag.get(1) == Some(&b'/') { 2 } else { 1 };
    let tag = tag.get(start..).unwrap_or_default();
    let end = tag.iter().position(|byte| matches!(byte, b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n'));
    let name = &tag[..end.unwrap_or(tag.len())];
    if matches!(name.first(), None | Some(b'!' | b'?')) {
        b""
    } else {
        name
    }
}

fn is_secret_name(name: &[u8]) -> bool {
    let local = name.rsplit(|byte| *byte == b':').next().unwrap_or(name);
    std::str::from_utf8(local).is_ok_and(is_secret)
}
