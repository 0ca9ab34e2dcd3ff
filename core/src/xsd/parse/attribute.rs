//! `attribute` and `attributeGroup` (XML Schema 1.0 part 1, §3.2.2, §3.4.2, §3.6.2).

use super::{schema_children, Reader};
use crate::name::{ns, QName};
use crate::xml::document::Element;
use crate::xml::name_chars::trimmed;
use crate::xsd::model::{
    ArrayInfo, AttributeDecl, AttributeGroup, AttributeSet, AttributeTerm, AttributeUse, TypeRef, Usage,
};
use crate::xsd::references::RefKind;

impl Reader<'_> {
    pub(super) fn global_attribute(&mut self, element: Element<'_>) {
        let Some(name) = self.global_name(element) else { return };
        let decl = self.attribute_decl(element, name);
        if let Err((second, first)) = self.set.attributes.insert(name, decl) {
            let same = second == *first;
            self.duplicate(element, name, same);
        }
    }

    pub(super) fn global_attribute_group(&mut self, element: Element<'_>) {
        let Some(group) = self.attribute_group(element) else { return };
        let name = group.name;
        if let Err((second, first)) = self.set.attribute_groups.insert(name, group) {
            let same = second == *first;
            self.duplicate(element, name, same);
        }
    }

    pub(super) fn attribute_group(&mut self, element: Element<'_>) -> Option<AttributeGroup> {
        let name = self.global_name(element)?;
        let mut attributes = AttributeSet::default();
        for (local, child) in schema_children(element) {
            self.add_attribute(&mut attributes, local, child);
        }
        Some(AttributeGroup { name, attributes, origin: self.origin(element) })
    }

    /// Adds what a child of a type or group says about attributes; other children say nothing.
    pub(super) fn add_attribute(&mut self, attributes: &mut AttributeSet, local: &str, child: Element<'_>) {
        match local {
            "attribute" => attributes.uses.extend(self.attribute_use(child)),
            "attributeGroup" => match child.attribute("ref") {
                Some(name) => attributes.groups.push(self.refer(RefKind::AttributeGroup, child, name)),
                None => self.warn(child, || "an attributeGroup without ref is ignored".to_owned()),
            },
            "anyAttribute" => attributes.any = Some(self.wildcard(child)),
            _ => {}
        }
    }

    fn attribute_use(&mut self, element: Element<'_>) -> Option<AttributeUse> {
        // The drafts write `use="default" value="x"`.
        let value = |word| element.attribute("value").filter(|_| element.attribute("use") == Some(word));
        let default = element.attribute("default").or_else(|| value("default")).map(Box::from);
        let fixed = element.attribute("fixed").or_else(|| value("fixed")).map(Box::from);
        let usage = match element.attribute("use").map(trimmed) {
            Some("required") => Usage::Required,
            Some("prohibited") => Usage::Prohibited,
            _ => Usage::Optional,
        };
        let attribute = if let Some(text) = element.attribute("ref") {
            if self.array_type(element, text) {
                return None;
            }
            AttributeTerm::Ref(self.refer(RefKind::Attribute, element, text))
        } else if let Some(name) = element.attribute("name") {
            let name = self.local_name(name, element.attribute("form"), self.attributes_qualified);
            AttributeTerm::Local(Box::new(self.attribute_decl(element, name)))
        } else {
            self.warn(element, || "an attribute without name and ref is ignored".to_owned());
            return None;
        };
        Some(AttributeUse { usage, attribute, default, fixed })
    }

    fn attribute_decl(&mut self, element: Element<'_>, name: QName) -> AttributeDecl {
        let type_ref = match element.attribute("type").filter(|name| !trimmed(name).is_empty()) {
            Some(text) => Some(TypeRef::Named(self.refer(RefKind::Type, element, text))),
            None => self.inner_simple(element),
        };
        AttributeDecl {
            name,
            type_ref,
            default: element.attribute("default").map(Into::into),
            fixed: element.attribute("fixed").map(Into::into),
            origin: self.origin(element),
        }
    }

    /// Reads `wsdl:arrayType` off a reference to the attribute of a SOAP encoding (WSDL 1.1 §2.2).
    fn array_type<'d>(&mut self, element: Element<'d>, reference: &'d str) -> bool {
        if !matches!(reference.trim().rsplit(':').next(), Some("arrayType" | "itemType" | "arraySize")) {
            return false;
        }
        let referred = self.set.qname(self.context, element, reference);
        if !matches!(self.set.names.text(referred.ns), ns::SOAP11_ENCODING | ns::SOAP12_ENCODING) {
            return false;
        }
        // Some write the attribute without the namespace of WSDL, or with a wrong one.
        let text = element.attribute_ns(ns::WSDL, "arrayType").or_else(|| {
            element.attributes().find(|(_, local, _)| *local == "arrayType").map(|found| found.2)
        });
        if let Some(text) = text {
            let (item, dimensions) = text.split_at(text.find('[').unwrap_or(text.len()));
            let item = self.refer(RefKind::Type, element, item);
            let dimensions = dimensions.split_ascii_whitespace().collect::<String>().into();
            self.array = Some(ArrayInfo { item: Some(item), dimensions });
        } else {
            self.array_type12(element);
        }
        true
    }

    /// What services of SOAP 1.2 write instead: `wsdl:itemType="xsd:int"`, `wsdl:arraySize="* 3"`.
    fn array_type12(&mut self, element: Element<'_>) {
        let text = |name| element.attributes().find(|(_, local, _)| *local == name).map(|found| found.2);
        if let Some(item) = text("itemType") {
            let item = self.refer(RefKind::Type, element, item);
            self.array.get_or_insert_default().item = Some(item);
        }
        if let Some(size) = text("arraySize") {
            let commas = size.split_ascii_whitespace().count().saturating_sub(1);
            self.array.get_or_insert_default().dimensions = format!("[{}]", ",".repeat(commas)).into();
        }
    }
}
