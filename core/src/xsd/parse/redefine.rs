//! `redefine` (XML Schema 1.0 part 1, §4.2.2): read here, applied when all documents are in.
//!
//! A new definition takes the place of the old one everywhere; where it refers to itself, it means the old
//! one, which moves in there without a name.

use super::{schema_children, Reader};
use crate::name::QName;
use crate::xml::document::Element;
use crate::xsd::model::{
    AttributeGroup, Content, ModelGroup, Origin, Particle, SchemaSet, SimpleType, Term, TypeDef, TypeKind,
    TypeRef,
};

/// One new definition.
pub(in crate::xsd) struct Redefinition {
    name: QName,
    origin: Origin,
    new: Redefined,
}

pub(in crate::xsd) enum Redefined {
    Type(Box<TypeDef>),
    Group(ModelGroup),
    AttributeGroup(AttributeGroup),
}

impl Reader<'_> {
    pub(super) fn redefinitions(&mut self, element: Element<'_>) {
        for (local, child) in schema_children(element) {
            let new = match local {
                "simpleType" => {
                    let name = self.global_name(child);
                    name.map(|name| Redefined::Type(Box::new(self.simple_type(child, Some(name)))))
                }
                "complexType" => {
                    let name = self.global_name(child);
                    name.map(|name| Redefined::Type(Box::new(self.complex_type(child, Some(name)))))
                }
                "group" => self.group(child).map(Redefined::Group),
                "attributeGroup" => self.attribute_group(child).map(Redefined::AttributeGroup),
                _ => None,
            };
            let Some(new) = new else { continue };
            let name = match &new {
                Redefined::Type(def) => def.name.expect("a redefined type was given its name"),
                Redefined::Group(group) => group.name,
                Redefined::AttributeGroup(group) => group.name,
            };
            self.redefinitions.push(Redefinition { name, origin: self.origin(child), new });
        }
    }
}

impl Redefinition {
    /// Puts the new definition in place.
    pub(in crate::xsd) fn apply(self, set: &mut SchemaSet) {
        let name = self.name;
        let found = match self.new {
            Redefined::Type(new) => redefine_type(set, name, *new),
            Redefined::Group(new) => redefine_group(set, name, new),
            Redefined::AttributeGroup(new) => redefine_attributes(set, name, new),
        };
        if !found {
            let name = set.display(name);
            set.warn(self.origin, format!("{name} is redefined but was never defined"));
        }
    }
}

fn redefine_type(set: &mut SchemaSet, name: QName, mut new: TypeDef) -> bool {
    let present = set.types.get_mut(name);
    let found = present.is_some();
    let base = match &mut new.kind {
        TypeKind::Simple(SimpleType::Restriction { base, .. }) => Some(base),
        TypeKind::Complex(complex) => match &mut complex.content {
            Content::Derived { base, .. } | Content::Simple { base, .. } => Some(base),
            Content::Particle(_) => None,
        },
        TypeKind::Simple(_) => None,
    };
    let refers_to_itself = base.filter(|base| **base == TypeRef::Named(name));
    match (present, refers_to_itself) {
        (Some(present), Some(base)) => {
            let old = std::mem::replace(present, blank(name));
            *base = TypeRef::Inline(Box::new(TypeDef { name: None, ..old }));
            *present = new;
        }
        (Some(present), None) => *present = new,
        (None, Some(base)) => {
            *base = TypeRef::Inline(Box::new(TypeDef { name: None, ..blank(name) }));
            let _ = set.types.insert(name, new);
        }
        (None, None) => {
            let _ = set.types.insert(name, new);
        }
    }
    found
}

/// A type without content, which stands in for one that is missing.
fn blank(name: QName) -> TypeDef {
    use crate::xsd::model::{AttributeSet, ComplexType};
    let content = Content::Particle(None);
    let complex = ComplexType { mixed: false, content, attributes: AttributeSet::default(), array: None };
    TypeDef {
        name: Some(name),
        kind: TypeKind::Complex(complex),
        is_abstract: false,
        documentation: None,
        origin: Origin::default(),
    }
}

fn redefine_group(set: &mut SchemaSet, name: QName, mut new: ModelGroup) -> bool {
    let Some(present) = set.groups.get_mut(name) else {
        let _ = set.groups.insert(name, new);
        return false;
    };
    let mut old = Some(std::mem::replace(&mut present.particle, new.particle.clone()));
    replace_reference(&mut new.particle, name, &mut old);
    *present = new;
    true
}

/// Puts the old group where the new one refers to itself: once, as the standard allows.
fn replace_reference(particle: &mut Particle, name: QName, old: &mut Option<Particle>) {
    match &mut particle.term {
        Term::Sequence(inner) | Term::Choice(inner) | Term::All(inner) => {
            for particle in inner {
                replace_reference(particle, name, old);
            }
        }
        Term::GroupRef(referred) if *referred == name => {
            particle.term = Term::Sequence(old.take().into_iter().collect());
        }
        _ => {}
    }
}

fn redefine_attributes(set: &mut SchemaSet, name: QName, mut new: AttributeGroup) -> bool {
    let Some(present) = set.attribute_groups.get_mut(name) else {
        let _ = set.attribute_groups.insert(name, new);
        return false;
    };
    if let Some(own) = new.attributes.groups.iter().position(|group| *group == name) {
        new.attributes.groups.remove(own);
        let old = std::mem::take(&mut present.attributes);
        new.attributes.uses.splice(0..0, old.uses);
        new.attributes.groups.extend(old.groups);
        new.attributes.any = new.attributes.any.or(old.any);
    }
    *present = new;
    true
}
