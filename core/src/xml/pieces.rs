//! From the tokenizer's events to checked pieces of a document.
//!
//! Tags and text, which is almost everything, are found here; quick-xml finds where the other constructs end.
//! What else well-formedness asks for is decided here and in the modules called from here.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memchr3, memmem};
use quick_xml::errors::Error as TokenError;
use quick_xml::events::Event as Token;
use quick_xml::reader::Reader;

use super::cursor::{Cursor, Name};
use super::markup;
use super::name_chars::is_space;
use super::place::Fault;
use super::references::{normalise_line_ends, resolve, shorten};
use super::scope::{NsId, Scope};
use super::tags::Known;
use crate::error::{Error, Result};

/// What the text of a cursor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    Document,
    /// One element inside a document.
    Element,
    /// Any number of elements, and text between them.
    Content,
}

/// A piece of a document, checked.
pub(super) enum Piece<'x> {
    Start,
    End,
    Text(Cow<'x, str>),
    Char(char),
    /// A comment, processing instruction or declaration, or white space around the root.
    Nothing,
    Eof,
}

/// An element that is open.
pub(super) struct Open {
    /// Byte offset of its `<`.
    pub start: usize,
    /// The scope around it.
    pub outer: Scope,
    /// Bytes of its name as written.
    pub written: u32,
}

impl<'x> Cursor<'x> {
    #[inline]
    pub(super) fn piece(&mut self) -> Result<Piece<'x>> {
        if self.empty {
            self.empty = false;
            return Ok(self.close());
        }
        if self.closed && self.extent == Extent::Element {
            return Ok(Piece::Eof);
        }
        let from = self.at;
        if from == self.base {
            self.check_beginning()?;
        }
        match &self.shared.text.as_bytes()[from..] {
            [b'<', b'/', ..] => self.end(from),
            [b'<', next, ..] if !matches!(next, b'!' | b'?') => self.start(from),
            [b'<' | b'&', ..] | [] => self.rare(from),
            rest => {
                self.at = from + memchr2(b'<', b'&', rest).unwrap_or(rest.len());
                self.check_characters()?;
                self.characters(from)
            }
        }
    }

    #[inline]
    fn start(&mut self, from: usize) -> Result<Piece<'x>> {
        let rest = &self.shared.text.as_bytes()[from..];
        let place = match self.tags.expected(rest, self.scope) {
            Some(place) if self.attributes.again(self.tags.get(place).attributes) => place,
            _ => match self.other_tag(from)? {
                Some(place) => place,
                None => return self.rare(from),
            },
        };
        let shared = &*self.shared;
        let known = self.tags.take(place);
        self.at = from + known.tag.len();
        self.empty = known.tag.ends_with("/>");
        let open = Open { start: from, outer: self.scope, written: known.written };
        (self.scope, self.name) = (known.inner, known.name);
        if self.open.is_empty() && self.closed && self.extent == Extent::Document {
            return Err(shared.fault(from, Fault::new(0, "a second root element")));
        }
        if self.open.len() >= shared.limits.depth as usize {
            return Err(
                shared.error(from, format!("elements are nested deeper than {}", shared.limits.depth))
            );
        }
        if !shared.spend(u64::from(known.nodes)) {
            let limit = shared.limits.nodes;
            return Err(shared.error(from, format!("more than {limit} elements and attributes")));
        }
        self.start = from;
        self.open.push(open);
        Ok(Piece::Start)
    }

    /// The place of a start tag that was not expected; `None` if it does not end.
    #[inline(never)]
    fn other_tag(&mut self, from: usize) -> Result<Option<usize>> {
        let text = self.shared.text;
        let Some(length) = tag_length(&text.as_bytes()[from..]) else { return Ok(None) };
        self.at = from + length;
        self.check_characters()?;
        let tag = &text[from..self.at];
        if let Some(place) = self.tags.find(tag, self.scope) {
            if self.attributes.again(self.tags.get(place).attributes) {
                return Ok(Some(place));
            }
        }
        self.new_tag(from, tag).map(Some)
    }

    /// Reads a start tag and remembers it.
    fn new_tag(&mut self, from: usize, tag: &'x str) -> Result<usize> {
        let shared = &*self.shared;
        let outer = self.scope;
        let inside = &tag[1..tag.len() - if tag.ends_with("/>") { 2 } else { 1 }];
        let written = inside.bytes().position(is_space).unwrap_or(inside.len());
        let (raw_name, raw) = inside.split_at(written);
        let name = Name { ns: NsId::NONE, local: "" };
        let mut known = Known::new(tag, name, written, outer);
        if raw.is_empty() {
            self.attributes.clear();
        } else {
            let read = self.attributes.read(shared, raw, outer, self.tolerant);
            let (inner, count) = read.map_err(|fault| shared.fault(from + 1 + written, fault))?;
            known.inner = inner;
            known.nodes += count;
            known.attributes = self.attributes.current();
        }
        let read = self.names.read(shared, raw_name, known.inner, self.tolerant);
        known.name = read.map_err(|fault| shared.fault(from + 1, fault))?;
        Ok(self.tags.keep(known))
    }

    /// Where the end tag at `at` ends, if it is that of the innermost element and written as usual.
    #[inline]
    pub(super) fn closing(&self, at: usize) -> Option<usize> {
        let open = self.open.last()?;
        let text = self.shared.text.as_bytes();
        let rest = text[at..].strip_prefix(b"</")?;
        let name = &text[open.start + 1..][..open.written as usize];
        rest.strip_prefix(name)?.starts_with(b">").then_some(at + name.len() + "</>".len())
    }

    #[inline]
    fn end(&mut self, from: usize) -> Result<Piece<'x>> {
        match self.closing(from) {
            Some(end) => {
                self.at = end;
                Ok(self.close())
            }
            None => self.other_end(from),
        }
    }

    /// An end tag with white space, or one that does not match.
    #[cold]
    fn other_end(&mut self, from: usize) -> Result<Piece<'x>> {
        let text = self.shared.text;
        let Some(length) = tag_length(&text.as_bytes()[from..]) else { return self.rare(from) };
        self.at = from + length;
        self.check_characters()?;
        let found = text[from + 2..self.at - 1].trim_end_matches([' ', '\t', '\r', '\n']);
        let message = match self.open.last() {
            Some(open) => match &text[open.start + 1..][..open.written as usize] {
                expected if expected == found => return Ok(self.close()),
                expected => format!("expected `</{expected}>`, but `</{found}>` was found"),
            },
            None => format!("close tag `</{found}>` does not match any open tag"),
        };
        Err(self.shared.fault(from, Fault::new(0, shorten_message(&message))))
    }

    /// What is no element and no text, and what does not end: quick-xml finds its end or the error.
    #[inline(never)]
    fn rare(&mut self, from: usize) -> Result<Piece<'x>> {
        let mut reader = Reader::from_str(&self.shared.text[from..]);
        let event = reader.read_event();
        self.at = from + reader.buffer_position() as usize;
        self.check_characters()?;
        match &event {
            Ok(Token::GeneralRef(_)) => self.reference(from),
            Ok(Token::CData(_)) => self.cdata(from),
            Ok(Token::Eof) => self.end_of_text(),
            Ok(Token::Start(_) | Token::Empty(_) | Token::End(_) | Token::Text(_)) => {
                Err(self.shared.fault(from, Fault::new(0, "a tag that does not end")))
            }
            Ok(other) => self.aside(from, other),
            Err(error) => Err(self.refused(from + reader.error_position() as usize, error)),
        }
    }

    #[inline]
    fn check_characters(&self) -> Result<()> {
        if self.at > self.shared.scan.illegal {
            return Err(self.illegal_character());
        }
        Ok(())
    }

    #[inline]
    pub(super) fn close(&mut self) -> Piece<'x> {
        if let Some(open) = self.open.pop() {
            self.scope = open.outer;
        }
        self.closed = self.open.is_empty();
        Piece::End
    }

    #[inline]
    fn characters(&mut self, from: usize) -> Result<Piece<'x>> {
        let text = &self.shared.text[from..self.at];
        if self.open.is_empty() && self.extent != Extent::Content {
            return match text.bytes().position(|byte| !is_space(byte)) {
                Some(at) => Err(self.outside(from + at)),
                None => Ok(Piece::Nothing),
            };
        }
        if self.shared.scan.cdata_end {
            if let Some(at) = memmem::find(text.as_bytes(), b"]]>") {
                return Err(self.shared.fault(from, Fault::new(at, "']]>' in text")));
            }
        }
        Ok(Piece::Text(self.line_ends(text)))
    }

    fn cdata(&self, from: usize) -> Result<Piece<'x>> {
        if self.open.is_empty() && self.extent != Extent::Content {
            return Err(self.outside(from));
        }
        let inside = &self.shared.text[from + "<![CDATA[".len()..self.at - "]]>".len()];
        Ok(Piece::Text(self.line_ends(inside)))
    }

    fn reference(&self, from: usize) -> Result<Piece<'x>> {
        if self.open.is_empty() && self.extent != Extent::Content {
            return Err(self.outside(from));
        }
        let name = &self.shared.text[from + 1..self.at - 1];
        resolve(name).map(Piece::Char).map_err(|fault| self.shared.fault(from, fault))
    }

    #[inline]
    fn line_ends(&self, text: &'x str) -> Cow<'x, str> {
        if self.shared.scan.carriage_return {
            normalise_line_ends(text)
        } else {
            Cow::Borrowed(text)
        }
    }

    /// Markup that carries no data.
    fn aside(&self, from: usize, token: &Token<'x>) -> Result<Piece<'x>> {
        let (skip, checked) = match token {
            Token::Comment(inside) => ("<!--".len(), markup::check_comment(inside)),
            Token::PI(inside) => ("<?".len(), markup::check_instruction(inside)),
            Token::Decl(inside) if from == self.base && self.extent == Extent::Document => {
                ("<?".len(), markup::check_declaration(inside))
            }
            Token::Decl(_) => (0, Err(Fault::new(0, "an XML declaration that is not at the very start"))),
            // Nothing that it declares exists: a reference to an entity of its own is refused where it stands.
            Token::DocType(_) if self.tolerant && self.open.is_empty() && !self.closed => {
                return Ok(Piece::Nothing)
            }
            _ => {
                return Err(self.shared.error(from, "a document type declaration (DOCTYPE) is not accepted"))
            }
        };
        checked.map(|()| Piece::Nothing).map_err(|fault| self.shared.fault(from + skip, fault))
    }

    #[cold]
    fn end_of_text(&self) -> Result<Piece<'x>> {
        let message = match self.open.last() {
            Some(open) => {
                let tag = &self.shared.text[open.start + 1..];
                let name = tag.split(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).next();
                format!("the document ends inside the element '{}'", shorten(name.unwrap_or(tag)))
            }
            None if self.closed || self.extent == Extent::Content => return Ok(Piece::Eof),
            None => "there is no root element".to_owned(),
        };
        Err(self.shared.fault(self.at, Fault::new(0, message)))
    }

    #[cold]
    fn check_beginning(&self) -> Result<()> {
        let shared = &*self.shared;
        if shared.text.len() > shared.limits.bytes {
            return Err(shared.error(0, format!("a document of more than {} bytes", shared.limits.bytes)));
        }
        // The tokenizer would pass over it without counting its bytes.
        if shared.text[self.base..].starts_with('\u{FEFF}') {
            return Err(
                shared.fault(self.base, Fault::new(0, "a byte order mark that is not at the very start"))
            );
        }
        Ok(())
    }

    #[cold]
    fn outside(&self, at: usize) -> Error {
        self.shared.fault(at, Fault::new(0, "text outside the root element"))
    }

    #[cold]
    fn illegal_character(&self) -> Error {
        let at = self.shared.scan.illegal;
        let code = self.shared.text[at..].chars().next().map_or(0, u32::from);
        self.shared.fault(at, Fault::new(0, format!("the character U+{code:04X} cannot occur in XML")))
    }

    /// What the tokenizer refused.
    #[cold]
    fn refused(&self, at: usize, error: &TokenError) -> Error {
        let message = match error {
            TokenError::IllFormed(error) => error.to_string(),
            TokenError::Syntax(error) => error.to_string(),
            other => other.to_string(),
        };
        self.shared.fault(at, Fault::new(0, shorten_message(&message)))
    }
}

/// Bytes of the tag that a text begins with; quotes hide a `>`.
pub(super) fn tag_length(bytes: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        at += memchr3(b'>', b'"', b'\'', &bytes[at..])?;
        let found = bytes[at];
        at += 1;
        if found == b'>' {
            return Some(at);
        }
        at += memchr(found, &bytes[at..])? + 1;
    }
}

/// Whole names are quoted in its messages.
fn shorten_message(message: &str) -> Cow<'_, str> {
    match message.char_indices().nth(160) {
        Some((end, _)) => Cow::Owned(format!("{}…", &message[..end])),
        None => Cow::Borrowed(message),
    }
}
