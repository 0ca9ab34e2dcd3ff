//! Binary content that travels beside the message: `xop:Include` (XOP 1.0, §4.2) and `href="cid:…"` (SOAP Messages
//! with Attachments, §3).
//!
//! It is read as the base64 text that it stands for, so that every type sees it alike. What a multipart answer refers to
//! and does not have is an error: content that got lost must not read as empty.

use std::borrow::Cow;

use super::decoder::Decoder;
use super::errors::fail;
use crate::error::Result;
use crate::lexical;
use crate::scalar::{Builtin, Scalar};
use crate::seam::Sink;
use crate::xml::{Cursor, Event};

/// The parts of an answer beside its message, by `Content-ID`.
#[derive(Debug, Clone, Default)]
pub struct Attachments<'a> {
    parts: Vec<(&'a str, Cow<'a, [u8]>)>,
    /// Whether the answer had parts at all.
    is_multipart: bool,
}

const XOP: &str = "http://www.w3.org/2004/08/xop/include";

impl<'a> Attachments<'a> {
    /// Those of a multipart answer, none so far.
    pub fn of_multipart() -> Self {
        Self { parts: Vec::new(), is_multipart: true }
    }

    /// Adds a part; angle brackets around its id are not part of it (RFC 2392, §2).
    pub fn add(&mut self, id: &'a str, content: Cow<'a, [u8]>) {
        let id = id.trim();
        let bare = id.strip_prefix('<').and_then(|id| id.strip_suffix('>'));
        self.parts.push((bare.unwrap_or(id), content));
    }

    /// Whether nothing can be attached.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty() && !self.is_multipart
    }

    /// The part that a `cid:` URL names; `None` for any other reference.
    fn find(&self, url: &str) -> Option<&[u8]> {
        let id = url.trim().strip_prefix("cid:")?;
        let decoded = unescape(id);
        let found = self.parts.iter().find(|(have, _)| *have == id || *have == decoded);
        found.map(|(_, content)| &**content)
    }
}

/// A URL's text without `%xx`.
fn unescape(url: &str) -> String {
    let mut bytes = Vec::with_capacity(url.len());
    let mut rest = url.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(|_| first == b'%');
        bytes.push(byte.unwrap_or(first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

impl<'x, S: Sink> Decoder<'_, 'x, S> {
    /// The own text of the element just started, through its end tag.
    #[inline]
    pub fn text(&mut self, cursor: &mut Cursor<'x>) -> Result<Cow<'x, str>> {
        if self.attachments.is_empty() {
            return cursor.text();
        }
        self.text_or_attached(cursor)
    }

    #[cold]
    fn text_or_attached(&mut self, cursor: &mut Cursor<'x>) -> Result<Cow<'x, str>> {
        let mut reference = cursor.attribute("", "href").filter(|url| url.starts_with("cid:"));
        let mut text = Cow::Borrowed("");
        loop {
            match cursor.next()? {
                Event::Text(more) if text.is_empty() => text = more,
                Event::Text(more) => text.to_mut().push_str(&more),
                Event::Start(name) => {
                    if name.local == "Include" && cursor.namespace(name.ns) == XOP {
                        reference = cursor.attribute("", "href");
                    }
                    cursor.skip()?;
                }
                Event::End | Event::Eof => break,
            }
        }
        let Some(url) = reference else { return Ok(text) };
        let attachments = self.attachments;
        let Some(content) = attachments.find(&url) else {
            if self.options.lenient || !url.trim_start().starts_with("cid:") {
                return Ok(text);
            }
            return Err(fail(cursor, format!("the answer has no part {url}")).forgivable());
        };
        self.count_copy(cursor, content)?;
        let mut text = String::new();
        lexical::write(Builtin::Base64Binary, &Scalar::Bytes(Cow::Borrowed(content)), &mut text)?;
        Ok(Cow::Owned(text))
    }

    /// The part that a reference of an encoded message names; its element is passed over.
    pub fn attached(&mut self, cursor: &mut Cursor<'x>, url: &str) -> Result<Option<S::Node>> {
        let attachments = self.attachments;
        let Some(content) = attachments.find(url) else { return Ok(None) };
        self.count_copy(cursor, content)?;
        cursor.skip()?;
        self.sink.scalar(Builtin::Base64Binary, Scalar::Bytes(Cow::Borrowed(content))).map(Some)
    }

    /// A part may be referred to often, and is copied each time: that is counted.
    fn count_copy(&mut self, cursor: &Cursor<'x>, content: &[u8]) -> Result<()> {
        match self.budget.raw.checked_sub(content.len()) {
            Some(rest) => self.budget.raw = rest,
            None => return Err(fail(cursor, "attachments are referred to too often")),
        }
        Ok(())
    }
}
