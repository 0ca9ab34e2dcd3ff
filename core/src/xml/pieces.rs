//! From the tokenizer's events to checked pieces of a document.
//!
//! The tokenizer matches end tags with start tags and finds where each construct ends. Everything else
//! that well-formedness asks for is decided here and in the modules called from here.

use std::borrow::Cow;

use memchr::memmem;
use quick_xml::errors::Error as TokenError;
use quick_xml::events::Event as Token;

use super::cursor::Cursor;
use super::markup;
use super::name_chars::is_space;
use super::place::Fault;
use super::references::{normalise_line_ends, resolve, shorten};
use super::scope::Scope;
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
        // The event is large and looked at where it lies: moving it would cost more than reading it.
        let event = self.reader.read_event();
        self.at = self.base + self.reader.buffer_position() as usize;
        if self.at > self.shared.scan.illegal {
            return Err(self.illegal_character());
        }
        match &event {
            Ok(Token::Start(tag)) => self.start(from, tag.name().as_ref().len(), 1),
            Ok(Token::End(_)) => Ok(self.close()),
            Ok(Token::Text(_)) => self.characters(from),
            Ok(Token::Empty(tag)) => {
                self.empty = true;
                self.start(from, tag.name().as_ref().len(), 2)
            }
            Ok(Token::GeneralRef(_)) => self.reference(from),
            Ok(Token::CData(_)) => self.cdata(from),
            Ok(Token::Eof) => self.end_of_text(),
            Ok(other) => self.aside(from, other),
            Err(error) => Err(self.refused(error)),
        }
    }

    /// A start tag at `from`, whose name has `name` bytes and whose end has `closing`.
    #[inline]
    fn start(&mut self, from: usize, name: usize, closing: usize) -> Result<Piece<'x>> {
        let shared = &*self.shared;
        let text = shared.text;
        let name_end = from + 1 + name;
        let raw = &text[name_end..self.at - closing];
        let outer = self.scope;
        let mut nodes = 1;
        if raw.is_empty() {
            self.attributes.clear();
        } else {
            let read = self.attributes.read(shared, raw, outer, self.tolerant);
            let (inner, count) = read.map_err(|fault| shared.fault(name_end, fault))?;
            self.scope = inner;
            nodes += u64::from(count);
        }
        let read = self.names.read(shared, &text[from + 1..name_end], self.scope, self.tolerant);
        self.name = read.map_err(|fault| shared.fault(from + 1, fault))?;
        if self.open.is_empty() && self.closed && self.extent == Extent::Document {
            return Err(shared.fault(from, Fault::new(0, "a second root element")));
        }
        if self.open.len() >= shared.limits.depth as usize {
            return Err(
                shared.error(from, format!("elements are nested deeper than {}", shared.limits.depth))
            );
        }
        if !shared.spend(nodes) {
            let limit = shared.limits.nodes;
            return Err(shared.error(from, format!("more than {limit} elements and attributes")));
        }
        self.start = from;
        self.open.push(Open { start: from, outer });
        Ok(Piece::Start)
    }

    #[inline]
    fn close(&mut self) -> Piece<'x> {
        // The tokenizer has refused end tags without a start tag.
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
    fn refused(&self, error: &TokenError) -> Error {
        let message = match error {
            TokenError::IllFormed(error) => error.to_string(),
            TokenError::Syntax(error) => error.to_string(),
            other => other.to_string(),
        };
        let at = self.base + self.reader.error_position() as usize;
        self.shared.fault(at, Fault::new(0, shorten_message(&message)))
    }
}

/// The tokenizer quotes whole names in its messages.
fn shorten_message(message: &str) -> Cow<'_, str> {
    match message.char_indices().nth(160) {
        Some((end, _)) => Cow::Owned(format!("{}…", &message[..end])),
        None => Cow::Borrowed(message),
    }
}
