//! `element` declarations (XML Schema 1.0 part 1, §3.3.2).

use super::{documentation, schema_children, Reader};
use crate::name::QName;
use crate::xml::document::Element;
use crate::xsd::model::{ElementDecl, TypeRef};
use crate::xsd::references::RefKind;

impl Reader<'_> {
    pub(super) fn global_element(&mut self, element: Element<'_>) {
        let Some(name) = self.global_name(element) else { return };
        let decl = self.element(element, name);
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

    pub(super) fn element(&mut self, element: Element<'_>, name: QName) -> ElementDecl {
        // `equivClass` and `nullable` are of the draft of 1999.
        let head = element.attribute("substitutionGroup").or_else(|| element.attribute("equivClass"));
        ElementDecl {
            name,
            type_ref: self.element_type(element),
            nillable: self.flag(element, "nillable") || self.flag(element, "nullable"),
            is_abstract: self.flag(element, "abstract"),
            default: element.attribute("default").map(Into::into),
            fixed: element.attribute("fixed").map(Into::into),
            substitution_group: head.map(|head| self.refer(RefKind::Element, element, head)),
            documentation: documentation(element),
            origin: self.origin(element),
        }
    }

    fn element_type(&mut self, element: Element<'_>) -> Option<TypeRef> {
        if let Some(name) = element.attribute("type").filter(|name| !name.trim().is_empty()) {
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
