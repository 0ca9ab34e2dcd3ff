//! References in literal messages, where nothing defines them: some servers write them all the same.
//!
//! An empty element with `href="#id"` is one if its type has no such attribute and the message has an element
//! of that `id`. Anything else with an `href` is read as it stands.

use super::decoder::{Decoder, Want};
use super::index::referred;
use crate::error::Result;
use crate::plan::TypeKind;
use crate::seam::Sink;
use crate::xml::{Cursor, Event};

impl<'x, S: Sink> Decoder<'_, 'x, S> {
    /// The target that the element just started refers to by its attribute at `at`.
    #[cold]
    pub fn stray_target(&mut self, cursor: &Cursor<'x>, at: usize, want: Want) -> Result<Option<usize>> {
        let Some(attribute) = cursor.attributes().nth(at) else { return Ok(None) };
        let Some(id) = referred(attribute.local, &attribute.value) else { return Ok(None) };
        if self.declares(want, attribute.local) || !self.is_empty(cursor)? {
            return Ok(None);
        }
        let Some(target) = self.target_of(cursor, id)? else { return Ok(None) };
        // A circle ends in place, and so does a chain.
        if !self.is_settled(target, want) {
            return Ok(None);
        }
        let nested = self.open_target(cursor, target)?;
        let is_reference = self.marks(&nested).reference().is_some();
        self.close_target(nested);
        Ok((!is_reference).then_some(target))
    }

    /// Whether an attribute of that name is data of what is wanted.
    fn declares(&self, want: Want, local: &str) -> bool {
        let plan = self.plan;
        let TypeKind::Complex(id) = plan.types[want.ty].kind else { return false };
        let complex = &plan.complexes[id];
        let named = |member: &crate::plan::Member| plan.text(member.name.local) == local;
        complex.any_attribute.is_some() || plan.members.run(complex.attributes).iter().any(named)
    }

    fn is_empty(&self, cursor: &Cursor<'x>) -> Result<bool> {
        let mut nested = cursor.at(cursor.offset(), &cursor.scope());
        nested.next_child()?;
        loop {
            match nested.next()? {
                Event::Text(text) if super::leaf::is_blank(&text) => {}
                event => return Ok(matches!(event, Event::End)),
            }
        }
    }
}
