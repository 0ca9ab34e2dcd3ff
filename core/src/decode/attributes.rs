//! Attributes of a record (XSD 1.0 part 1, §3.2): those declared, and those a wildcard takes.
//!
//! What belongs to the protocol (`xsi:*`, references, `encodingStyle`) is no data unless it is declared.

use super::decoder::Decoder;
use super::errors::within;
use super::leaf::Site;
use super::slots::{Content, Frame, Slot};
use super::spaces::Space;
use crate::error::Result;
use crate::index::*;
use crate::name::QNameRef;
use crate::plan::*;
use crate::scalar::{Builtin, Scalar};
use crate::seam::Sink;
use crate::xml::{Attribute, Cursor};

impl<'x, S: Sink> Decoder<'_, 'x, S> {
    /// Collects the attributes of the element just started.
    pub fn attributes(&mut self, cursor: &Cursor<'x>, complex: &Complex, frame: &mut Frame) -> Result<()> {
        let plan = self.plan;
        let first = plan.shapes[frame.shape].members.start as usize;
        let site = Site::of(cursor);
        let mut others = Vec::new();
        for attribute in cursor.attributes() {
            let Some(id) = self.declared(cursor, complex, attribute) else {
                others.push(attribute);
                continue;
            };
            let at = (id.index() - first) as u32;
            if self.slots[frame.base..].iter().any(|slot| slot.member == at) {
                continue;
            }
            let member = &plan.members[id];
            let node = self.simple_text(cursor, member.ty, &attribute.value, site);
            let node = node.map_err(|error| within(error, plan.text(member.key), None))?;
            self.slots.push(Slot { member: at, content: Content::One(node) });
        }
        if let Some(id) = complex.any_attribute.get() {
            if let Some(node) = self.other_attributes(cursor, &others)? {
                self.slots.push(Slot { member: (id.index() - first) as u32, content: Content::One(node) });
            }
        }
        frame.attributes = self.slots.len() - frame.base;
        Ok(())
    }

    /// Adds the attributes that are absent and have a value by their declaration (XSD 1.0 part 1, §3.4.4). A value that
    /// its own type does not have is left out.
    pub fn default_attributes(
        &mut self,
        cursor: &Cursor<'x>,
        complex: &Complex,
        frame: &mut Frame,
    ) -> Result<()> {
        let plan = self.plan;
        let first = plan.shapes[frame.shape].members.start as usize;
        let site = Site::of(cursor);
        for id in complex.attributes.ids() {
            let member = &plan.members[id];
            let text = if member.default == NameId::NONE { member.fixed } else { member.default };
            let at = (id.index() - first) as u32;
            if text == NameId::NONE || self.slots[frame.base..].iter().any(|slot| slot.member == at) {
                continue;
            }
            if self.reads(member.ty, plan.text(text), 0) {
                let node = self.simple_text(cursor, member.ty, plan.text(text), site)?;
                self.slots.push(Slot { member: at, content: Content::One(node) });
            }
        }
        frame.attributes = self.slots.len() - frame.base;
        Ok(())
    }

    /// The member that declares an attribute: by its full name, else by its local name unless the
    /// protocol defines it.
    fn declared(
        &mut self,
        cursor: &Cursor<'x>,
        complex: &Complex,
        attribute: &Attribute<'x>,
    ) -> Option<MemberId> {
        let plan = self.plan;
        let ns = self.spaces.name(plan, cursor, attribute.ns);
        let space = self.spaces.space(plan, cursor, attribute.ns);
        let named = |id: &MemberId| plan.text(plan.members[*id].name.local) == attribute.local;
        let exact = complex.attributes.ids().find(|id| plan.members[*id].name.ns == ns && named(id));
        match space {
            Space::None | Space::Other => exact.or_else(|| complex.attributes.ids().find(named)),
            _ => exact,
        }
    }

    /// The record of the attributes that a wildcard takes; `None` if there are none.
    fn other_attributes(
        &mut self,
        cursor: &Cursor<'x>,
        others: &[&Attribute<'x>],
    ) -> Result<Option<S::Node>> {
        let mut record = None;
        for attribute in others {
            let space = self.spaces.space(self.plan, cursor, attribute.ns);
            let is_protocol = match space {
                Space::None => self.encoded && matches!(attribute.local, "href" | "id"),
                Space::Instance | Space::Encoding => true,
                _ => space.is_envelope(),
            };
            if is_protocol {
                continue;
            }
            let mut open = match record.take() {
                Some(open) => open,
                None => self.sink.record(None)?,
            };
            let name = QNameRef::new(cursor.namespace(attribute.ns), attribute.local).to_string();
            let text = Scalar::Str(attribute.value.as_ref().into());
            let node = self.sink.scalar(Builtin::String, text)?;
            let key = self.key(&name);
            self.sink.set(&mut open, key, node)?;
            record = Some(open);
        }
        record.map(|record| self.sink.end_record(record)).transpose()
    }
}
