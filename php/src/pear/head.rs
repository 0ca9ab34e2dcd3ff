//! The head of an HTTP message as PEAR's transports know it: written line by line, and read with its rules.
//!
//! A value ends at its first colon, a line without one is kept under 0, and the media type is found by its own line.

use ext_php_rs::prelude::*;
use ext_php_rs::types::{ZendHashTable, Zval};

use super::guard::enter;
use super::layout::{Layout, Parts};
use super::zv::{self, Key};
use crate::instance::Instance;
use crate::zend;

/// Where a head ends, and where its body begins: the first empty line, with line ends of either kind.
fn end(message: &[u8]) -> Option<(usize, usize)> {
    let mut from = 0;
    while let Some(line_feed) = message[from..].iter().position(|&byte| byte == b'\n').map(|at| from + at) {
        let next = line_feed + 1;
        let skipped = match message.get(next..) {
            Some([b'\n', ..]) => 1,
            Some([b'\r', b'\n', ..]) => 2,
            _ => {
                from = next;
                continue;
            }
        };
        let start = if line_feed > 0 && message[line_feed - 1] == b'\r' { line_feed - 1 } else { line_feed };
        return Some((start, next + skipped));
    }
    None
}

fn without_return(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// PHP's `trim`.
fn trimmed(text: &[u8]) -> &[u8] {
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0 | 0x0b);
    let start = text.iter().position(|byte| !is_blank(byte)).unwrap_or(text.len());
    let end = text.iter().rposition(|byte| !is_blank(byte)).map_or(start, |at| at + 1);
    &text[start..end]
}

/// A text as the key of an array: one that PHP would write for an integer is that integer.
fn key(text: &[u8]) -> Key<'_> {
    let number = std::str::from_utf8(text)
        .ok()
        .filter(|text| text.starts_with(|c: char| c == '-' || c.is_ascii_digit()));
    match number.and_then(|text| text.parse::<i64>().ok()) {
        Some(index) if index.to_string().as_bytes() == text => Key::Index(index),
        _ => Key::Name(text),
    }
}

/// What the lines of a head say.
struct Fields<'h> {
    /// The line without a colon, which is the status line.
    first: Option<&'h [u8]>,
    table: zv::Table,
    /// The cookies that are set, as they stand there.
    cookies: Option<zv::Table>,
    /// The media type with its parameters, from the last line that gives one.
    media_type: &'h [u8],
}

impl<'h> Fields<'h> {
    fn read(head: &'h [u8]) -> Self {
        let mut fields = Self { first: None, table: zv::Table::new(8), cookies: None, media_type: b"" };
        let mut room = Vec::with_capacity(32);
        for line in head.split(|&byte| byte == b'\n') {
            fields.line(line, &mut room);
        }
        fields
    }

    fn line(&mut self, line: &'h [u8], room: &mut Vec<u8>) {
        let shown = without_return(line);
        let Some(colon) = shown.iter().position(|&byte| byte == b':') else {
            self.first = Some(shown);
            return;
        };
        let (name, rest) = (room, &shown[colon + 1..]);
        name.clear();
        name.extend(shown[..colon].iter().map(u8::to_ascii_lowercase));
        if name == b"content-type" {
            let start = rest.iter().position(|byte| !matches!(byte, b' ' | b'\t')).unwrap_or(rest.len());
            self.media_type = &rest[start..];
        }
        let end = rest.iter().position(|&byte| byte == b':').unwrap_or(rest.len());
        let value = zv::text(trimmed(&rest[..end]));
        if name == b"set-cookie" {
            self.cookies.get_or_insert_with(|| zv::Table::new(1)).push(zv::share(&value));
        }
        self.table.set_key(key(name), value);
    }

    /// The number and the word of the status line.
    fn status(&self) -> [&'h [u8]; 2] {
        let is_space = |byte: &u8| matches!(byte, b' ' | b'\t'..=b'\r');
        let mut rest = self.first.unwrap_or_default();
        [(); 3]
            .map(|()| {
                let (word, after) = rest.split_at(rest.iter().position(is_space).unwrap_or(rest.len()));
                rest = after;
                let start = rest.iter().position(|byte| !is_space(byte)).unwrap_or(rest.len());
                rest = &rest[start..];
                word
            })
            .last_chunk()
            .copied()
            .unwrap_or_default()
    }

    /// The media type without its parameters, and its charset in capitals if it has one.
    fn kind(&self) -> (&'h [u8], Option<Vec<u8>>) {
        const CHARSET: &[u8] = b"charset=";
        let text = self.media_type;
        for (at, _) in text.iter().enumerate().filter(|(_, &byte)| byte == b';') {
            let rest = &text[at + 1..];
            // One blank may stand between them.
            let named = match rest {
                [b' ' | b'\t'..=b'\r', after @ ..] => after,
                _ => rest,
            };
            if named.get(..CHARSET.len()).is_some_and(|word| word.eq_ignore_ascii_case(CHARSET)) {
                let charset = named[CHARSET.len()..].iter().filter(|&&byte| byte != b'"');
                return (&text[..at], Some(charset.map(u8::to_ascii_uppercase).collect()));
            }
        }
        (text, None)
    }

    /// Appends the table, the cookies, number and word of the status, media type, charset or null.
    fn finish(self, result: &mut zv::Table) {
        let [number, word] = self.status();
        let (kind, charset) = self.kind();
        let (kind, charset) = (zv::text(kind), charset.map_or_else(Zval::null, zv::text));
        result.push(self.table.finish());
        result.push(self.cookies.map_or_else(Zval::new_array, zv::Table::finish));
        result.push(zv::text_to_long(&String::from_utf8_lossy(number)));
        result.push(zv::text(word));
        result.push(kind);
        result.push(charset);
    }
}

/// What the lines of a head say; the status line is in the table under 0.
#[php_function]
#[php(name = "wsdlproxy_pear_fields")]
pub fn pear_fields(head: &Zval) -> Zval {
    let mut result = zv::Table::new(8);
    let mut fields = Fields::read(zv::bytes(head));
    if let Some(first) = fields.first {
        fields.table.set_key(Key::Index(0), zv::text(first));
    }
    fields.finish(&mut result);
    result.finish()
}

/// The same for a whole message, without the status line, and then the lengths of its head and of all before its body;
/// null if it has no head.
#[php_function]
#[php(name = "wsdlproxy_pear_head")]
pub fn pear_head(message: &Zval) -> Zval {
    let message = zv::bytes(message);
    let Some((end, body)) = end(message) else { return Zval::null() };
    let mut result = zv::Table::new(8);
    Fields::read(&message[..end]).finish(&mut result);
    result.push(zv::long(end as i64));
    result.push(zv::long(body as i64));
    result.finish()
}

/// What is read and written of a transport; the constants are places in it.
static TRANSPORT: Parts = Parts {
    base: "SOAP_Transport_HTTP",
    properties: &[
        "incoming_payload",
        "response",
        "result_headers",
        "result_encoding",
        "result_content_type",
        "_encodings",
    ],
    methods: &[],
};
const INCOMING: usize = 0;
const RESPONSE: usize = 1;
const RESULT_HEADERS: usize = 2;
const RESULT_ENCODING: usize = 3;
const RESULT_TYPE: usize = 4;
const ENCODINGS: usize = 5;

/// Takes the message that a transport has received apart into its properties; its status, or null if it has no head.
/// Of one that says no more than to go on, or that the request was wrong, the media type does not matter.
#[php_function]
#[php(name = "wsdlproxy_pear_receive")]
pub fn pear_receive(this: &Zval) -> Zval {
    enter(|| zv::object(this).and_then(receive).unwrap_or_else(Zval::null))
}

fn receive(this: Instance<'_>) -> Option<Zval> {
    let class = Layout::of(this, &TRANSPORT);
    let message = class.property(this, INCOMING);
    let message = zv::bytes(&message);
    let (end, body) = end(message)?;
    let fields = Fields::read(&message[..end]);
    let status = zv::text_to_long(&String::from_utf8_lossy(fields.status()[0]));
    if !matches!(status.long(), Some(100 | 400..=499)) {
        let (kind, charset) = fields.kind();
        class.set(this, RESULT_TYPE, zv::text(if kind.is_empty() { b"text/xml" } else { kind }));
        if let Some(charset) = charset.filter(|charset| contains(&class.property(this, ENCODINGS), charset)) {
            class.set(this, RESULT_ENCODING, zv::text(charset));
        }
    }
    class.set(this, RESPONSE, zv::text(&message[body..]));
    class.set(this, RESULT_HEADERS, fields.table.finish());
    Some(status)
}

fn contains(list: &Zval, text: &[u8]) -> bool {
    let mut entries = list.array().map(zv::entries);
    while let Some((_, value)) = entries.as_mut().and_then(zv::Entries::next) {
        if matches!(zv::kind(value), zv::Kind::Text(have) if have == text) {
            return true;
        }
    }
    false
}

/// A request as text: its first line, its headers and its body, all texts.
#[php_function]
#[php(name = "wsdlproxy_pear_message")]
pub fn pear_message(first: &Zval, headers: &ZendHashTable, body: &Zval) -> Zval {
    let (first, body) = (zv::bytes(first), zv::bytes(body));
    let mut text = Vec::with_capacity(first.len() + body.len() + 256);
    text.extend_from_slice(first);
    text.extend_from_slice(b"\r\n");
    let mut entries = zv::entries(headers);
    while let Some((name, value)) = entries.next() {
        match name {
            Key::Name(name) => text.extend_from_slice(name),
            Key::Index(index) => text.extend_from_slice(index.to_string().as_bytes()),
        }
        text.extend_from_slice(b": ");
        text.extend_from_slice(zv::bytes(value));
        text.extend_from_slice(b"\r\n");
    }
    text.extend_from_slice(b"\r\n");
    text.extend_from_slice(body);
    zend::text(text)
}

pub fn register(module: ModuleBuilder) -> ModuleBuilder {
    module
        .function(wrap_function!(pear_fields))
        .function(wrap_function!(pear_head))
        .function(wrap_function!(pear_receive))
        .function(wrap_function!(pear_message))
}
