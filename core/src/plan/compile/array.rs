//! SOAP-encoded arrays (SOAP 1.1, §5.4.2; WSDL 1.1, §2.2).

use super::builder::Builder;
use crate::error::Result;
use crate::index::*;
use crate::name::QName;
use crate::plan::tables::*;
use crate::xsd::{ArrayInfo, ComplexType, Origin, Term as XsdTerm};

impl<'d> Builder<'d> {
    /// Compiles a type derived from an encoding's `Array`.
    pub fn array_type(
        &mut self,
        id: TypeId,
        complex: &'d ComplexType,
        info: &ArrayInfo,
        origin: Origin,
    ) -> Result<()> {
        let mut item_name = None;
        let mut item = None;
        if let Some(particle) = complex.item_element() {
            let declaration = match &particle.term {
                XsdTerm::Element(declaration) => Some(&**declaration),
                XsdTerm::ElementRef(name) => self.set.elements.get(*name),
                _ => None,
            };
            if let Some(declaration) = declaration {
                item_name = Some(declaration.name);
                item = declaration.type_ref.as_ref();
            }
        }
        let item = match (info.item, item) {
            (Some(name), _) => self.named_type(name, origin),
            (None, Some(reference)) => self.type_ref(reference, origin),
            (None, None) => Plan::ANY_TYPE,
        };
        let array = self.nested_arrays(item, &info.dimensions, item_name);
        let row = &mut self.plan.types[id];
        row.kind = TypeKind::Array(array);
        row.base = Plan::ANY_TYPE.into();
        Ok(())
    }

    /// `[][,]` is a two-dimensional array of arrays: every bracket but the last makes an anonymous type.
    fn nested_arrays(&mut self, item: TypeId, dimensions: &str, item_name: Option<QName>) -> ArrayId {
        let ranks: Vec<u32> = dimensions
            .split(']')
            .filter(|bracket| bracket.contains('['))
            .map(|bracket| bracket.matches(',').count() as u32 + 1)
            .take(16)
            .collect();
        let mut item = item;
        let (last, inner) = ranks.split_last().map_or((1, &[][..]), |(last, inner)| (*last, inner));
        for &rank in inner {
            let array = self.array_row(item, rank, None);
            let id = self.reserve(None);
            self.plan.types[id].kind = TypeKind::Array(array);
            self.plan.types[id].base = Plan::ANY_TYPE.into();
            self.states[id.index()] = super::builder::State::Done;
            item = id;
        }
        self.array_row(item, last, item_name)
    }

    pub fn array_row(&mut self, item: TypeId, rank: u32, item_name: Option<QName>) -> ArrayId {
        let item_name =
            item_name.unwrap_or_else(|| QName { ns: NameId::EMPTY, local: self.names.intern("item") });
        let item_tag = self.tag(item_name);
        let item_type_tag = self.item_type_tag(item);
        self.plan.arrays.push(Array { item, rank, item_tag, item_type_tag })
    }

    /// What stands before the last bracket of an `arrayType` attribute.
    fn item_type_tag(&mut self, item: TypeId) -> Tag {
        let row = &self.plan.types[item];
        match (row.name.get(), row.kind) {
            (Some(_), _) => row.tag,
            (None, TypeKind::Array(inner)) => {
                let inner = &self.plan.arrays[inner];
                let commas = ",".repeat(inner.rank as usize - 1);
                let text = format!("{}[{commas}]", self.names.text(inner.item_type_tag.text));
                Tag { text: self.names.intern(&text), ns: inner.item_type_tag.ns }
            }
            (None, _) => self.plan.types[Plan::ANY_TYPE].tag,
        }
    }
}
