//! Tags, escapes and prefixes, byte for byte as PEAR writes them.

use std::ffi::{c_char, c_int};
use std::ptr;

use ext_php_rs::ffi;
use ext_php_rs::types::{ZendHashTable, Zval};

use super::class::{self, Result};
use super::qname;
use super::serialize::{Content, Element, Serializer};
use super::zv;
use crate::instance::Instance;

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
        &self,
        out: &mut Vec<u8>,
        start: usize,
        element: &Element,
        kind: &[u8],
        content: &Content,
    ) -> Result<()> {
        let mut name = element.name.clone();
        if !element.namespace.is_empty() {
            let prefix = self.prefix(&element.namespace)?;
            if !prefix.is_empty() {
                name = [&prefix[..], b":", &name].concat();
            }
        }
        let kind = self.typed(element, kind)?;
        let mut tag = [b"\r\n<", &name[..]].concat();
        if self.section5 {
            if !kind.is_empty() {
                tag.extend_from_slice(&[b" xsi:type=\"", &kind[..], b"\""].concat());
            }
            tag.extend_from_slice(&content.array_type);
            if content.offset && !content.is_null {
                tag.extend_from_slice(b" SOAP-ENC:offset=\"[0]\"");
            }
        }
        attributes(&mut tag, element.attributes.as_ref().and_then(Zval::array));
        if content.is_null {
            if self.section5 {
                tag.extend_from_slice(b" xsi:nil=\"true\"");
            }
            tag.extend_from_slice(b"/>");
            out.truncate(start);
            out.extend_from_slice(&tag);
            return Ok(());
        }
        tag.push(b'>');
        out.splice(start..start, tag);
        out.extend_from_slice(b"</");
        out.extend_from_slice(&name);
        out.push(b'>');
        Ok(())
    }

    /// The value of `xsi:type`; empty if the type is nobody's.
    fn typed(&self, element: &Element, kind: &[u8]) -> Result<Vec<u8>> {
        let prefix = if !element.kind_namespace.is_empty() {
            self.prefix(&element.kind_namespace)?
        } else if !kind.is_empty() && self.is_schema_type(kind) {
            self.schema_prefix()
        } else {
            return Ok(Vec::new());
        };
        Ok(if prefix.is_empty() { kind.to_vec() } else { [&prefix[..], b":", kind].concat() })
    }
}

fn attributes(tag: &mut Vec<u8>, table: Option<&ZendHashTable>) {
    let mut entries = table.map(zv::entries);
    while let Some((key, value)) = entries.as_mut().and_then(zv::Entries::next) {
        let name = match key {
            zv::Key::Name(name) => qname::fqn(name),
            zv::Key::Index(index) => index.to_string().into_bytes(),
        };
        tag.extend_from_slice(&[b" ", &name[..], b"=\"", &qname::fqn(&zv::to_text(value)), b"\""].concat());
    }
}

/// The prefix of a namespace in the object's table, which is allocated on first use and lives as long as
/// the object.
pub fn prefix(this: Instance<'_>, namespace: &[u8]) -> Vec<u8> {
    let default = class::property(this, "_namespace");
    if zv::is_true(&default) && zv::bytes(&default) == namespace {
        return Vec::new();
    }
    let known = class::property(this, "_namespaces");
    let table = known.array();
    if let Some(found) = table.and_then(|table| zv::entry(table, namespace)) {
        return zv::to_text(found);
    }
    let mut more = zv::Table::new(table.map_or(0, ZendHashTable::len) + 1);
    let mut entries = table.map(zv::entries);
    while let Some((key, value)) = entries.as_mut().and_then(zv::Entries::next) {
        more.set_key(key, zv::share(value));
    }
    let made = format!("ns{}", more.len());
    more.set(namespace, zv::text(&made));
    class::set_property(this, "_namespaces", more.finish());
    made.into_bytes()
}

/// PHP's `htmlspecialchars` with its defaults since 8.1: both quotes. What is not UTF-8 is left to PHP, which has
/// rules of its own for how many bytes one U+FFFD stands for, and an ini setting for the charset.
pub fn escape(out: &mut Vec<u8>, text: &[u8]) {
    if std::str::from_utf8(text).is_err() {
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
