//! Mixed content (XSD 1.0 part 1, §3.4.2): the members as usual, and the inner XML if there is text.

use super::decoder::Decoder;
use super::errors::fail;
use super::leaf::is_blank;
use super::slots::Frame;
use crate::error::Result;
use crate::index::*;
use crate::scalar::{Builtin, Scalar};
use crate::seam::Sink;
use crate::xml::{Cursor, Event, Name};

/// Whether text between the elements of the innermost record matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Watch {
    Off,
    /// It does, and there was none.
    Blank,
    /// It does, and there was some.
    Text,
}

impl<'x, S: Sink> Decoder<'_, 'x, S> {
    /// Collects the members of an element with mixed content.
    pub fn mixed(&mut self, cursor: &mut Cursor<'x>, frame: &mut Frame, mixed: MemberId) -> Result<()> {
        let outer = std::mem::replace(&mut self.watch, Watch::Blank);
        let (start, scope) = (cursor.offset(), cursor.scope());
        self.elements(cursor, frame)?;
        let seen = std::mem::replace(&mut self.watch, outer);
        if seen != Watch::Text {
            return Ok(());
        }
        let inside = inner(cursor.at(start, &scope))?;
        let node = self.raw(cursor, &inside)?;
        let at = mixed.index() - self.plan.shapes[frame.shape].members.start as usize;
        self.keep(frame, at, false, node)
    }

    /// The next child of the innermost record.
    #[inline]
    pub fn next_element(&mut self, cursor: &mut Cursor<'x>) -> Result<Option<Name<'x>>> {
        if self.watch == Watch::Off {
            return cursor.next_child();
        }
        loop {
            match cursor.next()? {
                Event::Start(name) => return Ok(Some(name)),
                Event::Text(text) if !is_blank(&text) => self.watch = Watch::Text,
                Event::Text(_) => {}
                Event::End | Event::Eof => return Ok(None),
            }
        }
    }

    /// XML as text. Nested content hands over the same bytes again, so they are counted.
    pub fn raw(&mut self, cursor: &Cursor<'x>, xml: &str) -> Result<S::Node> {
        match self.budget.raw.checked_sub(xml.len()) {
            Some(left) => self.budget.raw = left,
            None => return Err(fail(cursor, "more XML kept as text than the limits allow")),
        }
        self.sink.scalar(Builtin::String, Scalar::Str(xml.into()))
    }

    /// The element just started as XML text that stands alone.
    pub fn fragment(&mut self, cursor: &mut Cursor<'x>) -> Result<S::Node> {
        let xml = cursor.fragment()?;
        self.raw(cursor, &xml)
    }

    pub fn text_node(&mut self, text: String) -> Result<S::Node> {
        self.sink.scalar(Builtin::String, Scalar::Str(text.into()))
    }
}

/// What is inside the element that a cursor is before, as it is written, but for the declarations that each child
/// needs to stand alone.
fn inner(mut element: Cursor<'_>) -> Result<String> {
    element.next_child()?;
    let mut out = String::new();
    let mut from = element.unread();
    while element.next_child()?.is_some() {
        out.push_str(element.slice(from, element.offset()));
        out.push_str(&element.fragment()?);
        from = element.unread();
    }
    let rest = element.slice(from, element.unread());
    out.push_str(&rest[..rest.rfind("</").unwrap_or(0)]);
    Ok(out)
}
