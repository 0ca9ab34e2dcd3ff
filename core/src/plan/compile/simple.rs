//! Simple types: variety and facets along the derivation (XSD 1.0 part 1, §3.14).

use super::builder::Builder;
use crate::error::Result;
use crate::index::*;
use crate::lexical::facets::Facets;
use crate::lexical::Whitespace;
use crate::plan::tables::*;
use crate::scalar::Builtin;
use crate::xsd::{Facet, FacetKind, Origin, SimpleType, TypeRef};

impl<'d> Builder<'d> {
    pub fn simple_type(&mut self, id: TypeId, simple: &'d SimpleType, origin: Origin) -> Result<()> {
        match simple {
            SimpleType::Restriction { base, facets } => {
                let base = self.type_ref(base, origin);
                self.restricted(id, base, facets)
            }
            SimpleType::List(item) => {
                let item = self.type_ref(item, origin);
                self.set_simple(id, Variety::List(item), Whitespace::Collapse, None);
                Ok(())
            }
            SimpleType::Union(members) => {
                let members = members.iter().map(|member| self.type_ref(member, origin)).collect();
                self.set_simple(id, Variety::Union(members), Whitespace::Collapse, None);
                Ok(())
            }
        }
    }

    /// A restriction of a simple type, or of a complex one with simple content, by facets.
    pub fn restricted(&mut self, id: TypeId, base: TypeId, facets: &[Facet]) -> Result<()> {
        self.compiled(base)?;
        let (variety, whitespace, inherited) = match self.plan.types[base].kind {
            TypeKind::Simple(simple) => {
                let row = &self.plan.simples[simple];
                (row.variety.clone(), row.whitespace, row.facets)
            }
            // What cannot be restricted as text reads as text.
            _ => (Variety::Atomic(Builtin::AnySimpleType), Whitespace::Preserve, None),
        };
        let mut merged = inherited.map(|row| self.plan.facets[row].clone()).unwrap_or_default();
        apply(&mut merged, facets);
        let whitespace = merged.whitespace.unwrap_or(whitespace);
        let facets = (!merged.is_empty()).then(|| self.plan.facets.push(merged));
        self.set_simple(id, variety, whitespace, facets);
        self.plan.types[id].base = base.into();
        Ok(())
    }

    fn set_simple(&mut self, id: TypeId, variety: Variety, whitespace: Whitespace, facets: Option<FacetsId>) {
        let atom = match variety {
            Variety::Atomic(builtin) if crate::lexical::whitespace(builtin) == whitespace => builtin.into(),
            _ => Atom::NONE,
        };
        let simple = self.plan.simples.push(Simple { variety, whitespace, facets });
        let row = &mut self.plan.types[id];
        row.kind = TypeKind::Simple(simple);
        row.atom = atom;
    }

    /// The type of a reference whose text is wanted: of a complex type, that of its simple content.
    pub fn text_type(&mut self, reference: &'d TypeRef, origin: Origin) -> Result<TypeId> {
        let id = self.type_ref(reference, origin);
        self.compiled(id)?;
        if let TypeKind::Complex(complex) = self.plan.types[id].kind {
            return Ok(match self.plan.complexes[complex].text.get() {
                Some(text) => self.plan.members[text].ty,
                None => Plan::builtin(Builtin::String),
            });
        }
        Ok(id)
    }
}

/// Adds one derivation step's facets; patterns of a step are alternatives, those of several all hold.
fn apply(merged: &mut Facets, facets: &[Facet]) {
    let mut patterns = Vec::new();
    let mut enumeration = Vec::new();
    merged.prepared = crate::lexical::facets::Prepared::default();
    for facet in facets {
        let value = facet.value.trim();
        match facet.kind {
            FacetKind::Enumeration => enumeration.push(facet.value.to_string()),
            FacetKind::Pattern => patterns.push(facet.value.to_string()),
            FacetKind::Length => merged.length = value.parse().ok(),
            FacetKind::MinLength => merged.min_length = value.parse().ok(),
            FacetKind::MaxLength => merged.max_length = value.parse().ok(),
            FacetKind::WhiteSpace => {
                merged.whitespace = match value {
                    "preserve" => Some(Whitespace::Preserve),
                    "replace" => Some(Whitespace::Replace),
                    "collapse" => Some(Whitespace::Collapse),
                    _ => merged.whitespace,
                }
            }
            FacetKind::MinInclusive => merged.min_inclusive = Some(value.to_owned()),
            FacetKind::MaxInclusive => merged.max_inclusive = Some(value.to_owned()),
            FacetKind::MinExclusive => merged.min_exclusive = Some(value.to_owned()),
            FacetKind::MaxExclusive => merged.max_exclusive = Some(value.to_owned()),
            FacetKind::TotalDigits => merged.total_digits = value.parse().ok(),
            FacetKind::FractionDigits => merged.fraction_digits = value.parse().ok(),
        }
    }
    if !patterns.is_empty() {
        merged.patterns.push(patterns);
    }
    if !enumeration.is_empty() {
        merged.enumeration = enumeration;
    }
}
