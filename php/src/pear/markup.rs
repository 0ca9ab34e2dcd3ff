//! Tags, escapes and prefixes, byte for byte as PEAR writes them.

use std::ffi::{c_char, c_int};
use std::{mem, ptr};

use ext_php_rs::ffi;
use ext_php_rs::types::{ZendHashTable, Zval};

use super::class::Result;
use super::qname;
use super::serialize::{Content, Element, Serializer};
use super::zv::{self, Text};

unsafe extern "C" {
    fn php_escape_html_entities(
        text: *const u8,
        length: usize,
        all: c_int,
        flags: c_int,
        charset: *const c_char,
    ) -> *mut ffi::zend_string;
}

impl Serializer<'_> {
    /// Puts tags around what was written since `start`.
    pub(super) fn wrap(
        &mut self,
        out: &mut Vec<u8>,
        start: usize,
        element: &Element<'_>,
        kind: &[u8],
        content: &Content,
    ) -> Result<()> {
        let mut tag = mem::take(&mut self.room);
        tag.clear();
        let name = self.start_tag(&mut tag, element, kind, content)?;
        if content.is_null {
            out.truncate(start);
            out.extend_from_slice(&tag);
        } else {
            insert(out, start, &tag);
            end_tag(out, start, name);
        }
        self.room = tag;
        Ok(())
    }

    /// Writes the start tag, or the whole of an element that is nil; the length of its name.
    pub(super) fn start_tag(
        &mut self,
        out: &mut Vec<u8>,
        element: &Element<'_>,
        kind: &[u8],
        content: &Content,
    ) -> Result<usize> {
        out.extend_from_slice(OPEN);
        let start = out.len();
        if element.namespace.is_empty() {
            out.extend_from_slice(element.name);
        } else {
            qualified(out, &self.prefix(element.namespace)?, element.name);
        }
        let name = out.len() - start;
        // Prefixes are allocated for types that are not written, too.
        let prefix = self.type_prefix(element, kind)?;
        if self.section5 {
            if let Some(prefix) = prefix.filter(|prefix| !prefix.is_empty() || !kind.is_empty()) {
                out.extend_from_slice(b" xsi:type=\"");
                qualified(out, &prefix, kind);
                out.push(b'"');
            }
            out.extend_from_slice(&content.array_type);
            if content.offset && !content.is_null {
                out.extend_from_slice(b" SOAP-ENC:offset=\"[0]\"");
            }
        }
        attributes(out, element.attributes);
        if content.is_null && self.section5 {
            out.extend_from_slice(b" xsi:nil=\"true\"");
        }
        out.extend_from_slice(if content.is_null { b"/>" } else { b">" });
        Ok(name)
    }

    /// The prefix of the type, which may be empty; `None` if the type is nobody's.
    fn type_prefix(&mut self, element: &Element<'_>, kind: &[u8]) -> Result<Option<Text>> {
        Ok(if !element.kind_namespace.is_empty() {
            Some(self.prefix(element.kind_namespace)?)
        } else if !kind.is_empty() && self.is_schema_type(kind) {
            Some(self.schema_prefix())
        } else {
            None
        })
    }
}

/// What stands before the name of an element.
const OPEN: &[u8] = b"\r\n<";

fn qualified(out: &mut Vec<u8>, prefix: &[u8], name: &[u8]) {
    if !prefix.is_empty() {
        out.extend_from_slice(prefix);
        out.push(b':');
    }
    out.extend_from_slice(name);
}

fn insert(out: &mut Vec<u8>, at: usize, piece: &[u8]) {
    let end = out.len();
    out.extend_from_slice(piece);
    out.copy_within(at..end, at + piece.len());
    out[at..at + piece.len()].copy_from_slice(piece);
}

/// Closes the element whose start tag begins at `start`, and whose name is `length` bytes long.
pub(super) fn end_tag(out: &mut Vec<u8>, start: usize, length: usize) {
    let name = start + OPEN.len();
    out.extend_from_slice(b"</");
    out.extend_from_within(name..name + length);
    out.push(b'>');
}

fn attributes(tag: &mut Vec<u8>, table: Option<&ZendHashTable>) {
    let mut entries = table.filter(|table| !table.is_empty()).map(zv::entries);
    while let Some((key, value)) = entries.as_mut().and_then(zv::Entries::next) {
        let name = match key {
            zv::Key::Name(name) => qname::fqn(name),
            zv::Key::Index(index) => index.to_string().into_bytes(),
        };
        tag.extend_from_slice(&[b" ", &name[..], b"=\"", &qname::fqn(&zv::string(value)), b"\""].concat());
    }
}

/// PHP's `htmlspecialchars` with its defaults since 8.1: both quotes. What is not UTF-8 is left to PHP, which has
/// rules of its own for how many bytes one U+FFFD stands for, and an ini setting for the charset; where any bytes are
/// text, as in ISO-8859-1, they stay.
pub fn escape(out: &mut Vec<u8>, text: &[u8], any_bytes: bool) {
    if !any_bytes && std::str::from_utf8(text).is_err() {
        out.extend_from_slice(zv::bytes(&escaped_by_php(text)));
        return;
    }
    let mut from = 0;
    for (at, byte) in text.iter().enumerate() {
        let entity: &[u8] = match byte {
            b'&' => b"&amp;",
            b'<' => b"&lt;",
            b'>' => b"&gt;",
            b'"' => b"&quot;",
            b'\'' => b"&#039;",
            _ => continue,
        };
        out.extend_from_slice(&text[from..at]);
        out.extend_from_slice(entity);
        from = at + 1;
    }
    out.extend_from_slice(&text[from..]);
}

fn escaped_by_php(text: &[u8]) -> Zval {
    const QUOTES_AND_SUBSTITUTE: c_int = 3 | 8;
    // SAFETY: the function reads the text and returns a string that is ours.
    unsafe {
        zv::from_raw_string(php_escape_html_entities(
            text.as_ptr(),
            text.len(),
            0,
            QUOTES_AND_SUBSTITUTE,
            ptr::null(),
        ))
    }
}
