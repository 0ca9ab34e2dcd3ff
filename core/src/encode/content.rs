//! Content models: which members are written, in which order (XSD 1.0 part 1, §3.8, §3.9).
//!
//! Most types are a plain sequence and are written straight from the record. Others collect their members first,
//! so that a choice can see which branch was given.

use super::fields::Fields;
use super::group::Slots;
use super::*;
use crate::error::InPath;
use crate::index::*;
use crate::plan::{Member, Role, UNBOUNDED};
use crate::seam::{Kind, Source};
use crate::secret;

impl Encoder<'_> {
    /// Writes the elements of a shape; adds to `found` how many of its keys the record has.
    pub fn content<S: Source, F: Fields<S>>(
        &mut self,
        shape: ShapeId,
        fields: &F,
        found: &mut usize,
    ) -> Result<()> {
        let plan = self.plan;
        let row = &plan.shapes[shape];
        let Some(root) = row.root.get() else { return Ok(()) };
        if !row.flat {
            let mut slots = Slots::collect(plan, shape, self.encoded, fields, found)?;
            self.particle(root, &mut slots)?;
            return if self.options.strict { slots.check_rest(plan, Some(root)) } else { Ok(()) };
        }
        for member in plan.members.run(row.members) {
            if member.role != Role::Element {
                break;
            }
            let key = plan.key(member.key);
            match fields.field(key)? {
                Some(value) => {
                    *found += 1;
                    self.member(member, &value).in_member(key.text)?;
                }
                None => self.absent(member).in_member(key.text)?,
            }
        }
        Ok(())
    }

    /// Writes a member's value: once, or once for each item.
    fn member<S: Source>(&mut self, member: &Member, value: &S) -> Result<()> {
        let kind = value.kind();
        if !member.repeated() {
            if kind == Kind::Null && !member.nillable && member.min == 0 {
                return Ok(());
            }
            return self.once(member, value);
        }
        let mut count = 0;
        match kind {
            Kind::List => value.each(&mut |item| {
                count += 1;
                self.once(member, &item).in_item(count as usize - 1)
            })?,
            Kind::Null => {}
            _ => {
                count = 1;
                self.once(member, value)?;
            }
        }
        if self.options.strict {
            check_count(member.min, member.max, count)?;
        }
        Ok(())
    }

    /// Writes one element of a member.
    #[inline]
    pub fn once<S: Source>(&mut self, member: &Member, value: &S) -> Result<()> {
        if member.is_abstract && self.options.strict {
            return Err(Error::encode("is abstract: an element that substitutes it is wanted"));
        }
        self.element(member.tag, member.ty, value, member.nillable)
            .map_err(|error| secret::masked(error, self.plan.text(member.name.local)))
    }

    /// A member that was not given: left out, or filled in where its schema says with what.
    pub fn absent(&mut self, member: &Member) -> Result<()> {
        if member.min == 0 {
            return Ok(());
        }
        let text = if member.fixed == NameId::NONE { member.default } else { member.fixed };
        if text != NameId::NONE {
            self.open(member.tag);
            self.actual_type_attribute(member.ty, member.ty);
            self.out.push('>');
            crate::xml::escape_text(&mut self.out, self.plan.text(text))?;
            self.close(member.tag);
            return Ok(());
        }
        if member.nillable {
            self.open(member.tag);
            self.used[XSI] = true;
            self.out.push_str(" xsi:nil=\"true\"/>");
            return Ok(());
        }
        if self.options.strict {
            return Err(self.missing(member));
        }
        Ok(())
    }
}

/// What a list that must not be empty lacks.
pub(super) fn needed(min: u32) -> String {
    match min {
        0 | 1 => "at least 1 item is needed".to_owned(),
        several => format!("at least {several} items are needed"),
    }
}

pub(super) fn check_count(min: u32, max: u32, count: u32) -> Result<()> {
    if count == 0 && min > 0 {
        return Err(Error::encode(needed(min)));
    }
    if count < min {
        return Err(Error::encode(format!("expected at least {min} items, got {count}")));
    }
    if max != UNBOUNDED && count > max {
        return Err(Error::encode(format!("expected at most {max} items, got {count}")));
    }
    Ok(())
}
