//! `element` declarations (XML Schema 1.0 part 1, §3.3.2).

use super::written::Written;
use super::{documentation, schema_children, Reader};
use crate::name::QName;
use crate::xml::document::Element;
use crate::xsd::model::{ElementDecl, TypeRef};
use crate::xsd::references::RefKind;

impl Reader<'_> {
    pub(super) fn global_element(&mut self, element: Element<'_>) {
        let Some(name) = self.global_name(element) else { return };
        let decl = self.element(element, &Written::of(element), name);
        let head = decl.substitution_group;
        match self.set.elements.insert(name, decl) {
            Ok(()) => {
                if let Some(head) = head {
                    if let Err((mut members, all)) = self.set.substitutions.insert(head, vec![name]) {
                        all.append(&mut members);
                    }
                }
            }
            Err((second, first)) => {
                let same = second == *first;
                self.duplicate(element, name, same);
            }
        }
    }

    pub(super) fn element<'d>(
        &mut self,
        element: Element<'d>,
        written: &Written<'d>,
        name: QName,
    ) -> ElementDecl {
        ElementDecl {
            name,
            type_ref: self.element_type(element, written),
            nillable: self.yes(element, "nillable", written.nillable),
            is_abstract: self.yes(element, "abstract", written.is_abstract),
            default: written.default.map(Into::into),
            fixed: written.fixed.map(Into::into),
            substitution_group: written.head.map(|head| self.refer(RefKind::Element, element, head)),
            documentation: documentation(element),
            origin: self.origin(element),
        }
    }

    fn element_type<'d>(&mut self, element: Element<'d>, written: &Written<'d>) -> Option<TypeRef> {
        if let Some(name) = written.type_name {
            return Some(TypeRef::Named(self.refer(RefKind::Type, element, name)));
        }
        for (local, child) in schema_children(element) {
            let def = match local {
                "simpleType" => self.simple_type(child, None),
                "complexType" => self.complex_type(child, None),
                _ => continue,
            };
            return Some(TypeRef::Inline(Box::new(def)));
        }
        None
    }
}
