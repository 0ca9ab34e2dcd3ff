//! A cursor over a document in memory: the one way in which XML enters the crate.
//!
//! It accepts namespace-well-formed XML 1.0 without a document type and nothing else: what the tokenizer
//! underneath lets pass is checked here, and a truncated document is an error, never a short one.
//! Depth, attributes and nodes are bounded by [`Limits`]; nothing recurses; plain text is borrowed.

use std::borrow::Cow;
use std::rc::Rc;

pub use super::attributes::Attribute;
use super::attributes::Attributes;
use super::names::NameMemo;
use super::pieces::{Extent, Open, Piece};
use super::place::{character_at, position};
pub use super::scope::{NsId, Scope};
use super::shared::Shared;
use super::standalone::standalone;
pub use super::tags::Note;
use super::tags::Tags;
use super::words::text_length;
use crate::error::{Error, Position, Result};
use crate::limits::Limits;

/// An element's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name<'x> {
    pub ns: NsId,
    pub local: &'x str,
}

/// One step through a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event<'x> {
    Start(Name<'x>),
    /// Text, CDATA sections and references joined, line ends normalised; never empty.
    Text(Cow<'x, str>),
    End,
    Eof,
}

/// Reads a document from front to back.
pub struct Cursor<'x> {
    /// Where in the text the cursor began.
    pub(super) base: usize,
    /// The next unread byte of the text.
    pub(super) at: usize,
    pub(super) extent: Extent,
    pub(super) tolerant: bool,
    /// The last start tag was an empty-element tag whose end has not been reported.
    pub(super) empty: bool,
    /// The root element was closed.
    pub(super) closed: bool,
    pub(super) scope: Scope,
    pub(super) open: Vec<Open>,
    pub(super) name: Name<'x>,
    pub(super) start: usize,
    pub(super) names: NameMemo<'x>,
    pub(super) tags: Tags<'x>,
    pub(super) attributes: Attributes<'x>,
    pub(super) shared: Rc<Shared<'x>>,
}

/// Names, tags and attribute texts that a cursor over a whole document remembers.
const NAMES: usize = 256;
const TAGS: usize = 128;
const ATTRIBUTES: usize = 64;
/// The same for one element, and for a document of fewer bytes: filling larger tables costs more than they spare.
const FEW_NAMES: usize = 16;
const FEW_TAGS: usize = 16;
const FEW_ATTRIBUTES: usize = 8;
const SMALL: usize = 2048;

impl<'x> Cursor<'x> {
    /// A cursor before the start of a document. A leading byte order mark is skipped.
    pub fn new(text: &'x str, limits: &Limits) -> Self {
        let base = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
        Self::starting_at(text, base, limits)
    }

    /// A cursor over a document that begins at a character other than the first of the text.
    pub(super) fn starting_at(text: &'x str, base: usize, limits: &Limits) -> Self {
        Self::open(Rc::new(Shared::new(text, limits)), base, Extent::Document, Scope::default())
    }

    /// A cursor over content without a single root: elements and text in any number.
    pub(super) fn over_content(text: &'x str, limits: &Limits) -> Self {
        Self::open(Rc::new(Shared::new(text, limits)), 0, Extent::Content, Scope::default())
    }

    fn open(shared: Rc<Shared<'x>>, base: usize, extent: Extent, scope: Scope) -> Self {
        // A nested cursor is often opened for one small element.
        let small = extent == Extent::Element || shared.text.len() < SMALL;
        let (names, tags, attributes) =
            if small { (FEW_NAMES, FEW_TAGS, FEW_ATTRIBUTES) } else { (NAMES, TAGS, ATTRIBUTES) };
        Self {
            base,
            at: base,
            extent,
            tolerant: false,
            empty: false,
            closed: false,
            scope,
            open: Vec::new(),
            name: Name { ns: NsId::NONE, local: "" },
            start: base,
            names: NameMemo::new(names),
            tags: Tags::new(tags),
            attributes: Attributes::new(attributes),
            shared,
        }
    }

    /// The next start tag, run of text or end tag; comments and processing instructions are passed over
    /// and text joins across them.
    #[allow(clippy::should_implement_trait)] // it borrows from the document and reports errors
    pub fn next(&mut self) -> Result<Event<'x>> {
        let mut text = Cow::Borrowed("");
        loop {
            match self.piece()? {
                Piece::Start => return Ok(Event::Start(self.name)),
                Piece::End => return Ok(Event::End),
                Piece::Eof if text.is_empty() => return Ok(Event::Eof),
                Piece::Eof => return Ok(Event::Text(text)),
                Piece::Text(more) => join(&mut text, more),
                Piece::Char(c) => text.to_mut().push(c),
                Piece::Nothing => {}
            }
            if !text.is_empty() && !self.text_goes_on() {
                return Ok(Event::Text(text));
            }
        }
    }

    /// The next child of the current element; text is passed over. `None` when the end tag of the current
    /// element was consumed, or at the end of the document.
    #[inline]
    pub fn next_child(&mut self) -> Result<Option<Name<'x>>> {
        loop {
            match self.piece()? {
                Piece::Start => return Ok(Some(self.name)),
                Piece::End | Piece::Eof => return Ok(None),
                Piece::Text(_) | Piece::Char(_) | Piece::Nothing => {}
            }
        }
    }

    /// The own text of the element just started, up to and including its end tag. Child elements are
    /// skipped.
    #[inline]
    pub fn text(&mut self) -> Result<Cow<'x, str>> {
        if let Some(text) = self.plain_text() {
            return Ok(Cow::Borrowed(text));
        }
        let mut text = Cow::Borrowed("");
        loop {
            match self.piece()? {
                Piece::Text(more) => join(&mut text, more),
                Piece::End | Piece::Eof => return Ok(text),
                Piece::Char(c) => text.to_mut().push(c),
                Piece::Start => self.skip()?,
                Piece::Nothing => {}
            }
        }
    }

    /// The text of the element just started if it is one run that its end tag follows, as almost always.
    #[inline]
    fn plain_text(&mut self) -> Option<&'x str> {
        if self.empty || !self.shared.scan.is_plain() {
            return None;
        }
        let text = self.shared.text;
        let from = self.at;
        let to = from + text_length(&text.as_bytes()[from..])?;
        self.at = self.closing(to)?;
        self.close();
        Some(&text[from..to])
    }

    /// Reads through the end tag of the element just started.
    pub fn skip(&mut self) -> Result<()> {
        let outside = self.open.len().saturating_sub(1);
        while self.open.len() > outside {
            self.piece()?;
        }
        Ok(())
    }

    /// The element just started, through its end tag, as XML that stands alone: its text unchanged but for
    /// the namespace declarations it needs from outside, added to its start tag.
    pub fn fragment(&mut self) -> Result<String> {
        let (start, outer) = match self.open.last() {
            Some(open) => (open.start, open.outer),
            None => return Err(Error::usage("no element was started")),
        };
        self.skip()?;
        let scopes = self.shared.scopes.borrow();
        let outer = scopes.chain(outer).map(|binding| (binding.prefix, self.namespace(binding.ns)));
        Ok(standalone(&self.shared.text[start..self.at], outer))
    }

    /// The attributes of the last start tag, without namespace declarations.
    #[inline]
    pub fn attributes(&self) -> std::slice::Iter<'_, Attribute<'x>> {
        self.attributes.list().iter()
    }

    /// Identifies the attributes of the last start tag and the scope they are in, among all of the document and of
    /// the cursors over it; 0 if there are none.
    #[inline]
    pub fn attributes_id(&self) -> u32 {
        self.attributes.stamp()
    }

    /// One attribute of the last start tag; an empty `ns` means no namespace.
    pub fn attribute(&self, ns: &str, local: &str) -> Option<Cow<'x, str>> {
        let found = self.attributes().find(|have| have.local == local && self.namespace(have.ns) == ns);
        found.map(|attribute| attribute.value.clone())
    }

    /// Whether the last start tag has attributes other than namespace declarations.
    #[inline]
    pub fn has_attributes(&self) -> bool {
        !self.attributes.list().is_empty()
    }

    /// Whether the document can contain references at all: `href` or `:ref` stands somewhere in it.
    pub fn mentions_references(&self) -> bool {
        self.shared.mentions_references()
    }

    /// What was noted about the last start tag, now or where the same tag stood in the same scope before.
    #[inline]
    pub fn note(&self) -> Note {
        self.tags.note()
    }

    /// Notes something that holds for each tag that is written like the last one in the same scope.
    #[inline]
    pub fn set_note(&mut self, note: Note) {
        // An empty-element tag has no text to understand.
        self.tags.set_note(Note { text: note.text.filter(|_| !self.empty), ..note });
    }

    /// The URI of a namespace; empty for none.
    pub fn namespace(&self, id: NsId) -> &str {
        self.shared.namespaces.text(id)
    }

    /// The namespace a prefix has here; the empty prefix is the default namespace. `None` if undeclared.
    pub fn resolve_prefix(&self, prefix: &str) -> Option<NsId> {
        self.shared.scopes.borrow().find(self.scope, prefix)
    }

    /// Identifies the bindings in scope: where ids are equal, so are the bindings.
    #[inline]
    pub fn scope_id(&self) -> u32 {
        self.scope.0
    }

    /// How many elements are open.
    #[inline]
    pub fn depth(&self) -> u32 {
        self.open.len() as u32
    }

    /// Byte offset of the `<` of the last start tag.
    #[inline]
    pub fn offset(&self) -> usize {
        self.start
    }

    /// Line and column of a byte; counted from the start of the document, so meant for errors.
    pub fn position(&self, byte: usize) -> Position {
        position(self.shared.text, byte)
    }

    /// Byte offset of the next unread byte: after a start tag, where the content begins.
    #[inline]
    pub fn unread(&self) -> usize {
        self.at
    }

    /// The position of the next unread byte.
    pub fn here(&self) -> Position {
        self.position(self.at)
    }

    /// The bindings in scope here; with [`Cursor::offset`] it is all that [`Cursor::at`] needs to read the
    /// element just started once more.
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// A cursor over the one element whose `<` is at `offset`, read in the given scope. Its namespace ids
    /// are comparable with this cursor's.
    pub fn at(&self, offset: usize, scope: &Scope) -> Self {
        let offset = character_at(self.shared.text, offset);
        let mut nested = Self::open(Rc::clone(&self.shared), offset, Extent::Element, *scope);
        nested.tolerant = self.tolerant;
        nested
    }

    /// Makes a cursor that came from [`Cursor::at`] one over another element. What it has learnt about
    /// names and attributes stays with it, so a cursor that is moved often reads as fast as the first.
    pub fn move_to(&mut self, offset: usize, scope: &Scope) {
        let offset = character_at(self.shared.text, offset);
        (self.base, self.at, self.start) = (offset, offset, offset);
        (self.extent, self.scope) = (Extent::Element, *scope);
        (self.empty, self.closed) = (false, false);
        self.open.clear();
        self.attributes.clear();
        self.names.grow(NAMES);
        self.tags.grow(TAGS);
        self.attributes.grow(ATTRIBUTES);
    }

    /// A part of the document as it is written; empty if the offsets do not delimit one.
    pub fn slice(&self, from: usize, to: usize) -> &'x str {
        self.shared.text.get(from..to).unwrap_or("")
    }

    /// Whether an undeclared prefix stands for its [`customary`](super::customary) namespace instead of being
    /// an error.
    pub fn tolerate_undeclared_prefixes(&mut self, yes: bool) {
        if self.tolerant == yes {
            return;
        }
        self.tolerant = yes;
        self.names.forget();
        self.tags.forget();
        self.attributes.forget();
    }

    /// Whether what follows a text may still belong to it.
    fn text_goes_on(&self) -> bool {
        let rest = &self.shared.text.as_bytes()[self.at..];
        !self.empty && !matches!(rest, [b'<', next, ..] if !matches!(next, b'!' | b'?'))
    }
}

/// Appends without copying as long as there is only one piece.
#[inline]
fn join<'x>(text: &mut Cow<'x, str>, more: Cow<'x, str>) {
    if text.is_empty() {
        *text = more;
    } else {
        text.to_mut().push_str(&more);
    }
}
