//! `simpleType` (XML Schema 1.0 part 1, §3.14.2) and its facets (part 2, §4.3).

use super::{documentation, schema_children, Reader};
use crate::name::QName;
use crate::scalar::Builtin;
use crate::xml::document::Element;
use crate::xsd::model::{Facet, FacetKind, SimpleType, TypeDef, TypeKind, TypeRef};
use crate::xsd::references::RefKind;
use crate::xsd::wellknown;

impl Reader<'_> {
    pub(super) fn simple_type(&mut self, element: Element<'_>, name: Option<QName>) -> TypeDef {
        let mut found = None;
        for (local, child) in schema_children(element) {
            found = match local {
                "restriction" => Some(self.simple_restriction(child)),
                "list" => Some(SimpleType::List(self.item_type(child, "itemType"))),
                "union" => Some(SimpleType::Union(self.member_types(child))),
                _ => continue,
            };
            break;
        }
        // The draft of 1999 writes base and facets on the type itself.
        let simple = found.unwrap_or_else(|| self.simple_restriction(element));
        TypeDef {
            name,
            kind: TypeKind::Simple(simple),
            is_abstract: false,
            documentation: documentation(element),
            origin: self.origin(element),
        }
    }

    fn simple_restriction(&mut self, element: Element<'_>) -> SimpleType {
        let base = self.item_type(element, "base");
        SimpleType::Restriction { base, facets: self.facets(element) }
    }

    /// The type named by an attribute, or the first `simpleType` inside.
    fn item_type(&mut self, element: Element<'_>, attribute: &str) -> TypeRef {
        if let Some(name) = element.attribute(attribute) {
            return TypeRef::Named(self.refer(RefKind::Type, element, name));
        }
        self.inner_simple(element).unwrap_or_else(|| {
            self.warn(element, || format!("{} names no type; taken as anySimpleType", element.local()));
            let local = self.set.names.intern(Builtin::AnySimpleType.name());
            TypeRef::Named(QName { ns: wellknown::XSD, local })
        })
    }

    pub(super) fn inner_simple(&mut self, element: Element<'_>) -> Option<TypeRef> {
        let (_, inner) = schema_children(element).find(|(local, _)| *local == "simpleType")?;
        Some(TypeRef::Inline(Box::new(self.simple_type(inner, None))))
    }

    fn member_types(&mut self, element: Element<'_>) -> Vec<TypeRef> {
        let mut members = Vec::new();
        for name in element.attribute("memberTypes").unwrap_or_default().split_ascii_whitespace() {
            members.push(TypeRef::Named(self.refer(RefKind::Type, element, name)));
        }
        for (local, child) in schema_children(element) {
            if local == "simpleType" {
                members.push(TypeRef::Inline(Box::new(self.simple_type(child, None))));
            }
        }
        members
    }

    pub(super) fn facets(&mut self, element: Element<'_>) -> Vec<Facet> {
        let mut facets = Vec::new();
        for (local, child) in schema_children(element) {
            let Some(kind) = facet_kind(local) else { continue };
            let Some(value) = child.attribute("value") else {
                self.warn(child, || format!("facet {local} without a value is ignored"));
                continue;
            };
            let qname = match kind {
                FacetKind::Enumeration => self.enumerated_name(child, value),
                _ => None,
            };
            let fixed = child.attribute("fixed").is_some_and(|fixed| matches!(fixed.trim(), "true" | "1"));
            facets.push(Facet { kind, value: value.into(), fixed, qname });
        }
        facets
    }

    /// An enumerated value as a QName. Whether it is one depends on the base type, perhaps not yet read.
    fn enumerated_name(&mut self, element: Element<'_>, value: &str) -> Option<QName> {
        if !value.contains(':') {
            return None;
        }
        let name = element.resolve(value.trim()).ok()?;
        Some(self.set.names.qname(name))
    }
}

fn facet_kind(local: &str) -> Option<FacetKind> {
    Some(match local {
        "enumeration" => FacetKind::Enumeration,
        "pattern" => FacetKind::Pattern,
        "length" => FacetKind::Length,
        "minLength" => FacetKind::MinLength,
        "maxLength" => FacetKind::MaxLength,
        "whiteSpace" => FacetKind::WhiteSpace,
        "minInclusive" => FacetKind::MinInclusive,
        "maxInclusive" => FacetKind::MaxInclusive,
        "minExclusive" => FacetKind::MinExclusive,
        "maxExclusive" => FacetKind::MaxExclusive,
        // The second name is that of the draft of 1999.
        "totalDigits" | "precision" => FacetKind::TotalDigits,
        "fractionDigits" | "scale" => FacetKind::FractionDigits,
        _ => return None,
    })
}
