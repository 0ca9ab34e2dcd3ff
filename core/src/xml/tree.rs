//! Builds the flat tables of a [`Document`] in one pass of a cursor.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::attributes::Attribute;
use super::cursor::{Cursor, Event};
use super::document::Document;
use super::name_chars::is_space;
use super::plain::LastPrefix;
use super::scope::NsId;
use crate::error::{Error, Result};
use crate::limits::Limits;

/// A range of the document's text, or of its decoded values if the highest bit of `start` is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    start: u32,
    pub length: u32,
}

const DECODED: u32 = 1 << 31;
/// Descriptions have an element and an attribute for about so many bytes.
const BYTES_OF_AN_ELEMENT: usize = 48;

impl Span {
    /// A range of the document's text.
    #[inline]
    pub fn of_text(range: Range<usize>) -> Self {
        Self { start: range.start as u32, length: range.len() as u32 }
    }

    /// Whether the decoded values are meant, and the bytes.
    pub fn range(self) -> (bool, Range<usize>) {
        let start = (self.start & !DECODED) as usize;
        (self.start & DECODED != 0, start..start + self.length as usize)
    }
}

/// An element. Index 0 is the root, so 0 also means that there is no such child or sibling.
pub(super) struct Node {
    pub ns: u32,
    pub local: Span,
    pub attributes: (u32, u32),
    /// Index of the innermost binding in scope; 0 for none.
    pub scope: u32,
    /// Bytes of the element, tags included.
    pub start: u32,
    pub end: u32,
    /// Where its content begins.
    pub inside: u32,
    pub first_child: u32,
    pub next: u32,
}

impl Node {
    /// An element whose end, children and siblings are not known yet.
    pub fn new(
        ns: NsId,
        local: Span,
        attributes: (u32, u32),
        scope: u32,
        start: usize,
        inside: usize,
    ) -> Self {
        let (start, inside) = (start as u32, inside as u32);
        Self { ns: ns.0, local, attributes, scope, start, end: 0, inside, first_child: 0, next: 0 }
    }
}

/// An attribute; its element says which ones it has.
pub(super) struct AttributeNode {
    pub ns: u32,
    pub local: Span,
    pub value: Span,
}

/// A prefix bound inside an outer scope.
pub(super) struct Binding {
    pub outer: u32,
    pub prefix: Span,
    pub ns: u32,
}

/// Fills the tables of a document that has only its text. `tolerant` takes names with undeclared
/// prefixes.
pub(super) fn build(document: &mut Document, limits: &Limits, tolerant: bool) -> Result<()> {
    let text = Arc::clone(document.text());
    Builder::new(document, text.as_str()).run(limits, tolerant)
}

pub(super) struct Builder<'b, 'x> {
    pub document: &'b mut Document,
    pub text: &'x str,
    /// Each open element with its last child so far.
    open: Vec<(u32, u32)>,
    pub last_prefix: LastPrefix<'x>,
}

impl<'b, 'x> Builder<'b, 'x> {
    fn new(document: &'b mut Document, text: &'x str) -> Self {
        Self { document, text, open: Vec::new(), last_prefix: LastPrefix::default() }
    }

    fn run(&mut self, limits: &Limits, tolerant: bool) -> Result<()> {
        if self.text.len() >= DECODED as usize {
            return Err(Error::wsdl("a document of more than 2 GiB"));
        }
        // A guess that spares copying the tables as they grow; what is not used is never touched.
        self.document.nodes.reserve(self.text.len() / BYTES_OF_AN_ELEMENT);
        self.document.attributes.reserve(self.text.len() / BYTES_OF_AN_ELEMENT);
        let mut cursor = self.begin(limits);
        cursor.tolerate_undeclared_prefixes(tolerant);
        loop {
            self.read_plain(&mut cursor);
            match cursor.next()? {
                Event::Start(name) => {
                    let attributes = self.attributes(&cursor);
                    let (start, inside) = (cursor.offset(), cursor.unread());
                    let local = self.written(name.local);
                    self.opened(Node::new(name.ns, local, attributes, cursor.scope_id(), start, inside));
                }
                Event::End => {
                    self.closed(cursor.at);
                    if self.open.is_empty() {
                        break;
                    }
                }
                Event::Text(_) => {}
                Event::Eof => break,
            }
        }
        self.finish(cursor);
        Ok(())
    }

    /// Adds an element to the innermost that is open.
    pub fn opened(&mut self, node: Node) {
        let index = self.document.nodes.len() as u32;
        self.document.nodes.push(node);
        if let Some((parent, last)) = self.open.last_mut() {
            match *last {
                0 => self.document.nodes[*parent as usize].first_child = index,
                last => self.document.nodes[last as usize].next = index,
            }
            *last = index;
        }
        self.open.push((index, 0));
    }

    /// The innermost open element ends before a byte.
    pub fn closed(&mut self, at: usize) {
        if let Some((index, _)) = self.open.pop() {
            self.document.nodes[index as usize].end = at as u32;
        }
    }

    /// White space before the XML declaration is a common slip of services that print their WSDL.
    fn begin(&mut self, limits: &Limits) -> Cursor<'x> {
        let mark = self.text.len() - self.text.trim_start_matches('\u{FEFF}').len();
        let space = self.text[mark..].bytes().take_while(|&byte| is_space(byte)).count();
        if space > 0 && self.text[mark + space..].starts_with("<?xml") {
            self.document.warnings.push("there is white space before the XML declaration".to_owned());
            return Cursor::starting_at(self.text, mark + space, limits);
        }
        Cursor::new(self.text, limits)
    }

    fn attributes(&mut self, cursor: &Cursor<'x>) -> (u32, u32) {
        let first = self.document.attributes.len() as u32;
        for attribute in cursor.attributes() {
            let node = AttributeNode {
                ns: attribute.ns.0,
                local: self.written(attribute.local),
                value: self.value(attribute),
            };
            self.document.attributes.push(node);
        }
        (first, self.document.attributes.len() as u32)
    }

    /// The span of a string that is a part of the text.
    fn written(&self, part: &str) -> Span {
        let start = (part.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        debug_assert!(self.text.get(start..start + part.len()) == Some(part));
        Span { start: start as u32, length: part.len() as u32 }
    }

    fn value(&mut self, attribute: &Attribute<'x>) -> Span {
        match &attribute.value {
            Cow::Borrowed(part) => self.written(part),
            Cow::Owned(decoded) => {
                let start = self.document.decoded.len() as u32 | DECODED;
                self.document.decoded.push_str(decoded);
                Span { start, length: decoded.len() as u32 }
            }
        }
    }

    /// Copies the names that the cursor collected and notes what follows the root.
    fn finish(&mut self, mut cursor: Cursor<'x>) {
        let shared = &cursor.shared;
        let ids = 0..shared.namespaces.len();
        self.document.namespaces = ids.map(|id| shared.namespaces.text(NsId(id)).to_owned()).collect();
        // The first binding is that of `xml`, which belongs to no text and is known without a table.
        let nowhere = Binding { outer: 0, prefix: Span { start: 0, length: 0 }, ns: 0 };
        let scopes = shared.scopes.borrow();
        let declared = scopes.bindings()[1..].iter().map(|binding| Binding {
            outer: binding.outer.0,
            prefix: if binding.prefix.is_empty() {
                Span { start: 0, length: 0 }
            } else {
                self.written(binding.prefix)
            },
            ns: binding.ns.0,
        });
        self.document.bindings = std::iter::once(nowhere).chain(declared).collect();
        drop(scopes);
        if let Err(error) = cursor.next() {
            self.document.warnings.push(format!("what follows the root element was ignored: {error}"));
        }
    }
}
