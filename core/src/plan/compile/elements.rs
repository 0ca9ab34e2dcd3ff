//! Global elements and their substitution groups (XSD 1.0 part 1, §3.3).

use super::builder::Builder;
use crate::index::*;
use crate::name::QName;
use crate::plan::tables::*;
use crate::xsd::{ElementDecl, Origin};

impl<'d> Builder<'d> {
    /// Gives every global element a row: wildcards, headers and fault details may carry any of them.
    pub fn all_elements(&mut self) {
        for (name, _) in self.set.elements.iter() {
            self.global_element(name, Origin::default());
        }
    }

    /// The row of a global element. One that nothing defines is of a missing type.
    pub fn global_element(&mut self, name: QName, origin: Origin) -> ElementId {
        if let Some(&id) = self.element_ids.get(&name) {
            return id;
        }
        let declaration = self.set.elements.get(name);
        let ty = if let Some(declaration) = declaration {
            self.declared_type(declaration)
        } else {
            self.warn(format!("element {} is not defined", self.clark(name)), origin);
            self.missing_type(name)
        };
        let row = Element {
            name,
            tag: self.tag(name),
            ty,
            nillable: declaration.is_some_and(|element| element.nillable),
            is_abstract: declaration.is_some_and(|element| element.is_abstract),
            documentation: self
                .documentation(declaration.and_then(|element| element.documentation.as_deref())),
        };
        let id = self.plan.elements.push(row);
        self.element_ids.insert(name, id);
        id
    }

    /// A row of kind `Any` that is not `anyType`.
    fn missing_type(&mut self, name: QName) -> TypeId {
        let id = self.reserve(None);
        self.plan.types[id].name = name.into();
        self.states[id.index()] = super::builder::State::Done;
        id
    }

    /// The type of a declaration: its own, else that of the head it substitutes, else `anyType`.
    pub fn declared_type(&mut self, declaration: &'d ElementDecl) -> TypeId {
        let mut at = declaration;
        for _ in 0..64 {
            if let Some(reference) = &at.type_ref {
                return self.type_ref(reference, at.origin);
            }
            match at.substitution_group.and_then(|head| self.set.elements.get(head)) {
                Some(head) => at = head,
                None => break,
            }
        }
        Plan::ANY_TYPE
    }

    /// A member that is a global element.
    pub fn global_member(&mut self, name: QName, origin: Origin) -> Member {
        let element = self.global_element(name, origin);
        let ty = self.plan.elements[element].ty;
        let mut member = self.member(name.local, Role::Element, name, ty);
        if let Some(declaration) = self.set.elements.get(name) {
            self.describe_element(&mut member, declaration);
        }
        member
    }

    /// The elements that may stand for `head`, itself first unless it is abstract.
    pub fn substitutes(&self, head: QName) -> Vec<QName> {
        let mut found = vec![head];
        let mut seen = std::collections::HashSet::from([head]);
        let mut at = 0;
        while at < found.len() {
            if let Some(members) = self.set.substitutions.get(found[at]) {
                found.extend(members.iter().copied().filter(|name| seen.insert(*name)));
            }
            at += 1;
        }
        if found.len() > 1 {
            let is_concrete =
                |name: &QName| self.set.elements.get(*name).is_some_and(|element| !element.is_abstract);
            found.retain(is_concrete);
        }
        found
    }
}
