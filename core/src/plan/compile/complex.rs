//! Complex types: content along the derivation, and the shape that comes of it (XSD 1.0 part 1, §3.4).

use super::builder::{Builder, NESTING};
use super::content::ShapeBuilder;
use crate::error::Result;
use crate::index::*;
use crate::name::QName;
use crate::plan::tables::*;
use crate::xsd::{self, ComplexType, Content, Derivation, Facet, Origin, TypeRef};

impl<'d> Builder<'d> {
    pub fn complex_type(&mut self, id: TypeId, complex: &'d ComplexType, origin: Origin) -> Result<()> {
        if let Some(info) = self.array_info(complex) {
            return self.array_type(id, complex, info, origin);
        }
        if let Some(base) = complex.base() {
            let base = self.type_ref(base, origin);
            self.compiled(base)?;
            if let TypeKind::Array(array) = self.plan.types[base].kind {
                // An extension of an array type that adds nothing SOAP could carry.
                self.plan.types[id].kind = TypeKind::Array(array);
                self.plan.types[id].base = base.into();
                return Ok(());
            }
            self.plan.types[id].base = base.into();
        } else {
            self.plan.types[id].base = Plan::ANY_TYPE.into();
        }
        let mut shape = ShapeBuilder::default();
        let mut particles = Vec::new();
        let mixed = self.gather(complex, &mut particles, origin)?;
        self.content(&mut shape, &particles, origin)?;
        let text = self.text_member(&mut shape, complex, origin)?;
        let mixed = (mixed && text.is_none()).then(|| shape.mixed(self));
        let attributes = self.attributes(&mut shape, complex, origin)?;
        let has_defaults = shape.members[attributes.start..attributes.end]
            .iter()
            .any(|member| member.default != NameId::NONE || member.fixed != NameId::NONE);
        let (shape_id, first) = shape.finish(self);
        let at = |slot: usize| first.at(slot);
        let row = Complex {
            shape: shape_id,
            attributes: Run::new(first.at(attributes.start).index(), attributes.len()),
            text: text.map(at).into(),
            mixed: mixed.map(at).into(),
            any_attribute: attributes.any.map(at).into(),
            has_defaults,
        };
        let complex_id = self.plan.complexes.push(row);
        self.plan.types[id].kind = TypeKind::Complex(complex_id);
        Ok(())
    }

    /// The array description of a type, or of the type it extends.
    fn array_info(&self, complex: &'d ComplexType) -> Option<&'d xsd::ArrayInfo> {
        complex.array.as_ref()
    }

    /// Collects the particles of a type after those of what it extends, and whether it is mixed.
    fn gather(
        &mut self,
        complex: &'d ComplexType,
        particles: &mut Vec<&'d xsd::Particle>,
        origin: Origin,
    ) -> Result<bool> {
        let mut chain = vec![complex];
        let mut at = complex;
        while let Content::Derived { derivation: Derivation::Extension, base, .. } = &at.content {
            let Some(base) = self.complex_of(base) else { break };
            chain.push(base);
            at = base;
            if chain.len() > NESTING as usize {
                return Err(self.error("a type is derived from itself".to_owned(), origin));
            }
        }
        let mixed = chain.iter().any(|link| link.mixed);
        particles.extend(chain.iter().rev().filter_map(|link| link.particle()));
        Ok(mixed)
    }

    /// The complex type behind a reference, if it is one of the schemas'.
    pub fn complex_of(&self, reference: &'d TypeRef) -> Option<&'d ComplexType> {
        let definition = match reference {
            TypeRef::Named(name) => self.set.types.get(*name)?,
            TypeRef::Inline(definition) => definition,
        };
        match &definition.kind {
            xsd::TypeKind::Complex(complex) => Some(complex),
            xsd::TypeKind::Simple(_) => None,
        }
    }

    /// The member of simple content, its own or that of the type it restricts.
    fn text_member(
        &mut self,
        shape: &mut ShapeBuilder,
        complex: &'d ComplexType,
        origin: Origin,
    ) -> Result<Option<usize>> {
        let ty = match &complex.content {
            Content::Simple { base, narrowed, facets, .. } => {
                let base = self.text_type(narrowed.as_ref().unwrap_or(base), origin)?;
                self.narrowed(base, facets)?
            }
            // complexContent may derive from a type with simple content; schemas in the wild do.
            Content::Derived { base, .. } if shape.is_empty() => {
                let base = self.type_ref(base, origin);
                self.compiled(base)?;
                match self.plan.types[base].kind {
                    TypeKind::Complex(row) => match self.plan.complexes[row].text.get() {
                        Some(text) => self.plan.members[text].ty,
                        None => return Ok(None),
                    },
                    TypeKind::Simple(_) => base,
                    _ => return Ok(None),
                }
            }
            _ => return Ok(None),
        };
        Ok(Some(shape.text(self, ty)))
    }

    fn narrowed(&mut self, base: TypeId, facets: &[Facet]) -> Result<TypeId> {
        if facets.is_empty() {
            return Ok(base);
        }
        let id = self.reserve(None);
        self.restricted(id, base, facets)?;
        self.states[id.index()] = super::builder::State::Done;
        Ok(id)
    }

    /// A member row with nothing set but what is named.
    pub fn member(&mut self, key: NameId, role: Role, name: QName, ty: TypeId) -> Member {
        Member {
            key,
            role,
            name,
            tag: self.tag(name),
            ty,
            min: 0,
            max: 1,
            nillable: false,
            is_abstract: false,
            default: NameId::NONE,
            fixed: NameId::NONE,
            documentation: NameId::EMPTY,
        }
    }
}
