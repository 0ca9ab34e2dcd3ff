//! Circles in definitions, cut where they close.
//!
//! A type derived from itself, a group that contains itself: no message fits such a definition, but the rest of
//! the service works without it. So the last step of the circle is left out, with a warning.

use super::expansion::Node;
use super::model::{
    AttributeSet, ComplexType, Content, Origin, Particle, SchemaSet, SimpleType, Term, TypeDef, TypeKind,
    TypeRef,
};
use super::wellknown;
use crate::name::QName;

/// A step that closes a circle: what refers, and what it refers to.
pub(super) type Step = (Node, Node);

/// Removes steps from their definitions.
pub(super) fn cut(set: &mut SchemaSet, steps: Vec<Step>) {
    let any_type = QName { ns: wellknown::XSD, local: set.names.intern("anyType") };
    let any_simple = QName { ns: wellknown::XSD, local: set.names.intern("anySimpleType") };
    let names = Names { any_type, any_simple };
    for (from, to) in steps {
        warn(set, from, to);
        match (from, to) {
            (Node::Type(from), Node::Type(to)) => {
                set.types.get_mut(from).into_iter().for_each(|def| names.type_def(def, to));
            }
            (Node::Group(from), Node::Group(to)) => {
                set.groups.get_mut(from).into_iter().for_each(|group| particle(&mut group.particle, to));
            }
            (Node::AttributeGroup(from), Node::AttributeGroup(to)) => {
                let group = set.attribute_groups.get_mut(from);
                group.into_iter().for_each(|group| attributes(&mut group.attributes, to));
            }
            (Node::Element(from), Node::Element(to)) => {
                set.elements.get_mut(from).into_iter().for_each(|decl| decl.substitution_group = None);
                set.substitutions.get_mut(to).into_iter().for_each(|all| all.retain(|name| *name != from));
            }
            // Only things of one kind expand each other in circles.
            _ => {}
        }
    }
}

fn warn(set: &mut SchemaSet, from: Node, to: Node) {
    let (noun, origin) = from.describe(set);
    let (from, to) = (set.display(from.name()), set.display(to.name()));
    let message = format!("{noun} {from} expands {to}, which expands it: that is left out");
    set.warn(origin.unwrap_or_else(Origin::default), message);
}

/// What stands in for a base that is left out.
struct Names {
    any_type: QName,
    any_simple: QName,
}

impl Names {
    fn type_def(&self, def: &mut TypeDef, to: QName) {
        match &mut def.kind {
            TypeKind::Simple(SimpleType::Restriction { base: inner, .. } | SimpleType::List(inner)) => {
                self.type_ref(inner, to, self.any_simple);
            }
            TypeKind::Simple(SimpleType::Union(members)) => {
                members.retain(|member| *member != TypeRef::Named(to));
                members.iter_mut().for_each(|member| self.type_ref(member, to, self.any_simple));
                if members.is_empty() {
                    members.push(TypeRef::Named(self.any_simple));
                }
            }
            TypeKind::Complex(complex) => self.complex_type(complex, to),
        }
    }

    fn complex_type(&self, complex: &mut ComplexType, to: QName) {
        match &mut complex.content {
            Content::Particle(_) => {}
            Content::Derived { base, .. } => self.type_ref(base, to, self.any_type),
            Content::Simple { base, narrowed, .. } => {
                self.type_ref(base, to, self.any_simple);
                if let Some(narrowed) = narrowed {
                    self.type_ref(narrowed, to, self.any_simple);
                }
            }
        }
    }

    fn type_ref(&self, reference: &mut TypeRef, to: QName, instead: QName) {
        match reference {
            TypeRef::Named(name) if *name == to => *name = instead,
            TypeRef::Named(_) => {}
            TypeRef::Inline(def) => self.type_def(def, to),
        }
    }
}

/// Empties the references to a group.
fn particle(at: &mut Particle, to: QName) {
    match &mut at.term {
        Term::GroupRef(name) if *name == to => at.term = Term::Sequence(Vec::new()),
        Term::Sequence(inner) | Term::Choice(inner) | Term::All(inner) => {
            inner.iter_mut().for_each(|inner| particle(inner, to));
        }
        _ => {}
    }
}

fn attributes(set: &mut AttributeSet, to: QName) {
    set.groups.retain(|name| *name != to);
}
