//! Attributes of a complex type, inherited ones and groups included (XSD 1.0 part 1, §3.4.2, §3.6).

use std::collections::hash_map::Entry;

use foldhash::HashMap;

use super::builder::{Builder, NESTING};
use super::content::ShapeBuilder;
use crate::error::Result;
use crate::index::*;
use crate::name::QName;
use crate::plan::tables::*;
use crate::scalar::Builtin;
use crate::xsd::{
    AttributeDecl, AttributeSet, AttributeTerm, AttributeUse, ComplexType, Origin, Usage,
    Wildcard as XsdWildcard,
};

/// The slots that attributes took in a shape.
pub(super) struct AttributeSlots {
    pub start: usize,
    pub end: usize,
    pub any: Option<usize>,
}

impl AttributeSlots {
    pub fn len(&self) -> usize {
        self.end - self.start
    }
}

/// Attribute uses in order of first mention; of two with one name the nearest derivation's holds.
#[derive(Default)]
struct Collected<'d> {
    /// `None` where a restriction prohibits the attribute.
    uses: Vec<(QName, Option<&'d AttributeUse>)>,
    by_name: HashMap<QName, usize>,
    any: Option<&'d XsdWildcard>,
}

impl<'d> Collected<'d> {
    fn add(&mut self, name: QName, used: &'d AttributeUse) {
        let used = (used.usage != Usage::Prohibited).then_some(used);
        match self.by_name.entry(name) {
            Entry::Occupied(entry) => self.uses[*entry.get()].1 = used,
            Entry::Vacant(entry) => {
                entry.insert(self.uses.len());
                self.uses.push((name, used));
            }
        }
    }
}

impl<'d> Builder<'d> {
    pub fn attributes(
        &mut self,
        shape: &mut ShapeBuilder,
        complex: &'d ComplexType,
        origin: Origin,
    ) -> Result<AttributeSlots> {
        let mut chain = vec![complex];
        let mut at = complex;
        while let Some(base) = at.base().and_then(|base| self.complex_of(base)) {
            chain.push(base);
            at = base;
            if chain.len() > NESTING as usize {
                return Err(self.error("a type is derived from itself".to_owned(), origin));
            }
        }
        let mut collected = Collected::default();
        for link in chain.iter().rev() {
            self.collect(&link.attributes, &mut collected, 0, origin)?;
        }
        let start = shape.len();
        for (name, used) in collected.uses {
            let Some(used) = used else { continue };
            let member = self.attribute(shape, name, used, origin)?;
            shape.push(member);
        }
        let end = shape.len();
        let any = match collected.any {
            Some(wildcard) => {
                let wildcard = self.wildcard(wildcard);
                Some(shape.any_attribute(self, wildcard))
            }
            None => None,
        };
        Ok(AttributeSlots { start, end, any })
    }

    fn collect(
        &mut self,
        set: &'d AttributeSet,
        collected: &mut Collected<'d>,
        depth: u32,
        origin: Origin,
    ) -> Result<()> {
        if depth > NESTING {
            return Err(self.error("an attribute group refers to itself".to_owned(), origin));
        }
        for &name in &set.groups {
            match self.set.attribute_groups.get(name) {
                Some(group) => self.collect(&group.attributes, collected, depth + 1, origin)?,
                None => self.warn(format!("attribute group {} is not defined", self.clark(name)), origin),
            }
        }
        for used in &set.uses {
            let name = match &used.attribute {
                AttributeTerm::Local(declaration) => declaration.name,
                AttributeTerm::Ref(name) => *name,
            };
            collected.add(name, used);
        }
        if set.any.is_some() {
            collected.any = set.any.as_ref();
        }
        Ok(())
    }

    fn attribute(
        &mut self,
        shape: &mut ShapeBuilder,
        name: QName,
        used: &'d AttributeUse,
        origin: Origin,
    ) -> Result<Member> {
        let declaration: Option<&'d AttributeDecl> = match &used.attribute {
            AttributeTerm::Local(declaration) => Some(declaration),
            AttributeTerm::Ref(name) => self.set.attributes.get(*name),
        };
        let ty = match declaration.and_then(|declaration| declaration.type_ref.as_ref()) {
            Some(reference) => self.type_ref(reference, origin),
            None => Plan::builtin(Builtin::AnySimpleType),
        };
        let key = shape.attribute_key(self, name);
        let mut member = self.member(key, Role::Attribute, name, ty);
        member.min = u32::from(used.usage == Usage::Required);
        let default = used.default.as_deref().or_else(|| declaration?.default.as_deref());
        let fixed = used.fixed.as_deref().or_else(|| declaration?.fixed.as_deref());
        member.default = default.map_or(NameId::NONE, |text| self.names.intern(text));
        member.fixed = fixed.map_or(NameId::NONE, |text| self.names.intern(text));
        Ok(member)
    }
}
