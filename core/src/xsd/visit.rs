//! Walks over every reference inside a component.

use super::model::{
    AttributeSet, AttributeTerm, ComplexType, Content, ElementDecl, Particle, SchemaSet, SimpleType, Term,
    TypeDef, TypeKind, TypeRef,
};
use super::references::RefKind;
use crate::name::QName;

/// What is done with each reference; it may be changed.
pub(super) type OnReference<'a> = dyn FnMut(RefKind, &mut QName) + 'a;

/// Visits the references of all components of a set.
pub(super) fn set(set: &mut SchemaSet, on: &mut OnReference<'_>) {
    for (_, def) in set.types.iter_mut() {
        type_def(def, on);
    }
    for (_, decl) in set.elements.iter_mut() {
        element(decl, on);
    }
    for (_, decl) in set.attributes.iter_mut() {
        optional_type(&mut decl.type_ref, on);
    }
    for (_, group) in set.groups.iter_mut() {
        particle(&mut group.particle, on);
    }
    for (_, group) in set.attribute_groups.iter_mut() {
        attributes(&mut group.attributes, on);
    }
}

fn type_def(def: &mut TypeDef, on: &mut OnReference<'_>) {
    match &mut def.kind {
        TypeKind::Simple(SimpleType::Restriction { base, .. }) => type_ref(base, on),
        TypeKind::Simple(SimpleType::List(item)) => type_ref(item, on),
        TypeKind::Simple(SimpleType::Union(members)) => {
            for member in members {
                type_ref(member, on);
            }
        }
        TypeKind::Complex(complex) => complex_type(complex, on),
    }
}

fn complex_type(complex: &mut ComplexType, on: &mut OnReference<'_>) {
    match &mut complex.content {
        Content::Particle(inner) => inner.iter_mut().for_each(|inner| particle(inner, on)),
        Content::Derived { base, particle: inner, .. } => {
            type_ref(base, on);
            if let Some(inner) = inner {
                particle(inner, on);
            }
        }
        Content::Simple { base, narrowed, .. } => {
            type_ref(base, on);
            optional_type(narrowed, on);
        }
    }
    attributes(&mut complex.attributes, on);
    if let Some(item) = complex.array.as_mut().and_then(|array| array.item.as_mut()) {
        on(RefKind::Type, item);
    }
}

fn type_ref(reference: &mut TypeRef, on: &mut OnReference<'_>) {
    match reference {
        TypeRef::Named(name) => on(RefKind::Type, name),
        TypeRef::Inline(def) => type_def(def, on),
    }
}

fn optional_type(reference: &mut Option<TypeRef>, on: &mut OnReference<'_>) {
    if let Some(reference) = reference {
        type_ref(reference, on);
    }
}

fn particle(inner: &mut Particle, on: &mut OnReference<'_>) {
    match &mut inner.term {
        Term::Element(decl) => element(decl, on),
        Term::ElementRef(name) => on(RefKind::Element, name),
        Term::GroupRef(name) => on(RefKind::Group, name),
        Term::Sequence(list) | Term::Choice(list) | Term::All(list) => {
            for inner in list {
                particle(inner, on);
            }
        }
        Term::Any(_) => {}
    }
}

fn element(decl: &mut ElementDecl, on: &mut OnReference<'_>) {
    optional_type(&mut decl.type_ref, on);
    if let Some(head) = &mut decl.substitution_group {
        on(RefKind::Element, head);
    }
}

fn attributes(set: &mut AttributeSet, on: &mut OnReference<'_>) {
    for attribute in &mut set.uses {
        match &mut attribute.attribute {
            AttributeTerm::Local(decl) => optional_type(&mut decl.type_ref, on),
            AttributeTerm::Ref(name) => on(RefKind::Attribute, name),
        }
    }
    for group in &mut set.groups {
        on(RefKind::AttributeGroup, group);
    }
}
