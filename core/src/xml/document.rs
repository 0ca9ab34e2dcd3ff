//! A small read-only tree for WSDL and schema documents, which are read in any order.
//!
//! Nodes, attributes and bindings lie in flat vectors; names and values are ranges of the document's own
//! text. Unlike an answer, such a document may have junk after its root: that is noted, not refused.

use std::borrow::Cow;
use std::sync::Arc;

use memchr::memchr3;

use super::cursor::{Cursor, Event};
use super::name_chars::split_qname;
use super::place::DocumentText;
use super::references::shorten;
use super::scope::NsId;
use super::standalone::standalone;
use super::tree::{self, AttributeNode, Node, Span};
use crate::error::{Error, ErrorKind, Position, Result};
use crate::limits::Limits;
use crate::name::{ns, QNameRef};

/// A document that was read as a whole.
pub struct Document {
    text: Arc<DocumentText>,
    /// Attribute values that are not written as they read.
    pub(super) decoded: String,
    pub(super) location: String,
    pub(super) nodes: Vec<Node>,
    pub(super) attributes: Vec<AttributeNode>,
    pub(super) bindings: Vec<tree::Binding>,
    pub(super) namespaces: Vec<String>,
    pub(super) warnings: Vec<String>,
}

impl Document {
    /// Reads a document; `location` names it in errors, which are of [`ErrorKind::Wsdl`].
    pub fn parse(text: impl Into<String>, location: &str, limits: &Limits) -> Result<Self> {
        let mut document = Self {
            text: Arc::new(DocumentText::new(text.into())),
            decoded: String::new(),
            location: location.to_owned(),
            nodes: Vec::new(),
            attributes: Vec::new(),
            bindings: Vec::new(),
            namespaces: Vec::new(),
            warnings: Vec::new(),
        };
        let read = match tree::build(&mut document, limits, false) {
            Err(error) => document.read_again(error, limits),
            read => read,
        };
        match read {
            Ok(()) if !document.root().local().eq_ignore_ascii_case("html") => Ok(document),
            Err(error) if !is_html(document.text.as_str()) => {
                Err(error.with_kind(ErrorKind::Wsdl).in_document(location))
            }
            _ => {
                let message = "this is an HTML page, not a WSDL or schema document";
                Err(Error::wsdl(message).in_document(location))
            }
        }
    }

    /// Extensions often come without the declaration of their prefix, and old schemas with a document type. Peers
    /// pass over both, and so does this, with a warning. Answers the first error if that was not the reason.
    fn read_again(&mut self, error: Error, limits: &Limits) -> Result<()> {
        self.decoded.clear();
        self.nodes.clear();
        self.attributes.clear();
        self.warnings.clear();
        if tree::build(self, limits, true).is_err() {
            return Err(error);
        }
        self.warnings.push(format!("passed over: {error}"));
        Ok(())
    }

    pub fn root(&self) -> Element<'_> {
        Element { document: self, index: 0 }
    }

    /// The text it was read from.
    pub fn text(&self) -> &Arc<DocumentText> {
        &self.text
    }

    /// The location given to [`Document::parse`].
    pub fn location(&self) -> &str {
        &self.location
    }

    /// What is wrong with the document and was let pass.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    fn span(&self, span: Span) -> &str {
        let (blob, range) = span.range();
        let text = if blob { &self.decoded } else { self.text.as_str() };
        &text[range]
    }
}

/// Whether a text that is no XML looks like a web page.
fn is_html(text: &str) -> bool {
    let start = text.trim_start_matches('\u{FEFF}').trim_start().as_bytes();
    ["<!doctype html", "<html"]
        .iter()
        .any(|tag| start.len() >= tag.len() && start[..tag.len()].eq_ignore_ascii_case(tag.as_bytes()))
}

/// An element of a [`Document`].
#[derive(Clone, Copy)]
pub struct Element<'d> {
    document: &'d Document,
    index: u32,
}

impl<'d> Element<'d> {
    fn node(self) -> &'d Node {
        &self.document.nodes[self.index as usize]
    }

    /// Namespace of the name; empty for none.
    pub fn ns(self) -> &'d str {
        &self.document.namespaces[self.node().ns as usize]
    }

    /// Local part of the name.
    pub fn local(self) -> &'d str {
        self.document.span(self.node().local)
    }

    pub fn is(self, ns: &str, local: &str) -> bool {
        self.local() == local && self.ns() == ns
    }

    /// The document it belongs to.
    pub fn document(self) -> &'d Document {
        self.document
    }

    /// An attribute in no namespace.
    pub fn attribute(self, local: &str) -> Option<&'d str> {
        let document = self.document;
        let named = |attribute: &&AttributeNode| {
            // Most names differ in length, which is known before the text is.
            attribute.ns == NsId::NONE.0
                && attribute.local.length as usize == local.len()
                && document.span(attribute.local) == local
        };
        self.attribute_nodes().iter().find(named).map(|attribute| document.span(attribute.value))
    }

    /// An attribute in a namespace.
    pub fn attribute_ns(self, ns: &str, local: &str) -> Option<&'d str> {
        self.attributes()
            .find(|&(have_ns, have, _)| have == local && have_ns == ns)
            .map(|(_, _, value)| value)
    }

    /// Namespace, local name and value of each attribute, namespace declarations excluded.
    pub fn attributes(self) -> impl Iterator<Item = (&'d str, &'d str, &'d str)> {
        let document = self.document;
        self.attribute_nodes().iter().map(move |attribute| {
            let ns = document.namespaces[attribute.ns as usize].as_str();
            (ns, document.span(attribute.local), document.span(attribute.value))
        })
    }

    fn attribute_nodes(self) -> &'d [AttributeNode] {
        let (from, to) = self.node().attributes;
        &self.document.attributes[from as usize..to as usize]
    }

    /// The child elements in document order.
    pub fn children(self) -> impl Iterator<Item = Element<'d>> {
        let document = self.document;
        let element = move |index: u32| (index != 0).then_some(Element { document, index });
        std::iter::successors(element(self.node().first_child), move |child| element(child.node().next))
    }

    /// The text of the element and all its descendants.
    pub fn text(self) -> Cow<'d, str> {
        if let Some(text) = self.plain_text() {
            return Cow::Borrowed(text);
        }
        // All of it was checked when the document was read, against limits that hold here too.
        let limits = Limits { depth: u32::MAX, ..Limits::default() };
        let mut cursor = Cursor::new(self.written(), &limits);
        cursor.tolerate_undeclared_prefixes(true);
        let mut text = Cow::Borrowed("");
        while let Ok(event) = cursor.next() {
            match event {
                Event::Text(more) if text.is_empty() => text = more,
                Event::Text(more) => text.to_mut().push_str(&more),
                Event::Start(_) | Event::End => {}
                Event::Eof => break,
            }
        }
        text
    }

    /// The text between the tags, if it reads as it is written: without children, references, sections, comments
    /// and carriage returns.
    fn plain_text(self) -> Option<&'d str> {
        let inside = &self.document.text.as_str()[self.node().inside as usize..self.node().end as usize];
        if inside.is_empty() {
            return Some("");
        }
        let (text, end) = inside.split_at(memchr3(b'<', b'&', b'\r', inside.as_bytes())?);
        end.starts_with("</").then_some(text)
    }

    /// The offset of its start tag in the text of the document.
    pub fn byte(self) -> u32 {
        self.node().start
    }

    /// Identifies the prefixes in scope: where ids of a document are equal, so are the bindings.
    pub fn scope(self) -> u32 {
        self.node().scope
    }

    /// The place of its start tag.
    pub fn position(self) -> Position {
        self.document.text.position(self.byte() as usize)
    }

    /// The qualified name that a value written here means; without a prefix it is in the default namespace.
    pub fn resolve(&self, qname_text: &'d str) -> Result<QNameRef<'d>> {
        let name = qname_text.trim_matches(|c: char| c.is_ascii_whitespace());
        let Some((prefix, local)) = split_qname(name) else {
            return Err(self.error(format!("'{}' is not a qualified name", shorten(name))));
        };
        let bound = match prefix {
            "xml" => Some(ns::XML),
            _ => self.bindings(self.node().scope).find(|&(have, _)| have == prefix).map(|(_, ns)| ns),
        };
        match bound {
            Some(ns) => Ok(QNameRef::new(ns, local)),
            None if prefix.is_empty() => Ok(QNameRef::new("", local)),
            None => Err(self.error(format!("the prefix of '{}' is not declared", shorten(name)))),
        }
    }

    /// Prefix and namespace of each binding in scope, innermost first; the prefix `xml` is left out.
    pub fn namespaces(self) -> impl Iterator<Item = (&'d str, &'d str)> {
        let mut seen: Vec<&str> = Vec::new();
        self.bindings(self.node().scope).filter(move |&(prefix, _)| {
            let first = !seen.contains(&prefix);
            seen.push(prefix);
            first
        })
    }

    /// The element as XML that stands alone.
    pub fn to_xml(self) -> String {
        standalone(self.written(), self.bindings(self.node().scope))
    }

    /// An error about this element.
    pub fn error(self, message: impl Into<String>) -> Error {
        Error::wsdl(message).at(self.position()).in_document(&self.document.location)
    }

    fn written(self) -> &'d str {
        let node = self.node();
        &self.document.text.as_str()[node.start as usize..node.end as usize]
    }

    fn bindings(self, scope: u32) -> impl Iterator<Item = (&'d str, &'d str)> {
        let document = self.document;
        let binding = move |scope: u32| (scope != 0).then(|| &document.bindings[scope as usize]);
        std::iter::successors(binding(scope), move |inner| binding(inner.outer)).map(move |binding| {
            (document.span(binding.prefix), document.namespaces[binding.ns as usize].as_str())
        })
    }
}
