//! PEAR's tables of the schemas inside a WSDL: complex types and elements, flat.
//!
//! Members are collected whatever model groups they stand in; an attribute `arrayType` makes an array
//! (WSDL 1.1, §2.2).

use super::record::Record;
use super::wsdl::{split, Element, Tables};

impl Tables {
    pub(super) fn schema(&mut self, schema: &Element) {
        let target = match schema.attribute("targetNamespace") {
            Some(target) => target.to_owned(),
            None => String::new(),
        };
        let prefix = self.prefix_of(&target);
        *self.all.at("complexTypes").at(&prefix) = Record::default();
        *self.all.at("elements").at(&prefix) = Record::default();
        let mut follows_complex = false;
        for child in &schema.children {
            match child.name.as_str() {
                "import" | "include" => self.import(child),
                "simpleType" if follows_complex => self.simple_type(child, &prefix),
                "complexType" => {
                    follows_complex = true;
                    let entry = self.complex_type(child, &prefix);
                    *self.all.at("complexTypes").at(&prefix).at(child.attribute("name").unwrap_or("")) =
                        entry;
                }
                "element" => {
                    follows_complex = false;
                    let entry = self.element(child, &prefix);
                    *self.all.at("elements").at(&prefix).at(child.attribute("name").unwrap_or("")) = entry;
                }
                _ => {}
            }
        }
    }

    fn complex_type(&mut self, element: &Element, prefix: &str) -> Record {
        let mut entry = element.attributes.clone();
        entry.set("namespace", prefix);
        entry.set("type", "Struct");
        self.content(element, &mut entry, prefix);
        entry
    }

    /// A simple type after complex ones leaves its base in the table, under no name: a trace that programs which
    /// look into it have always found.
    fn simple_type(&mut self, element: &Element, prefix: &str) {
        let restriction = element.children.iter().find(|child| child.name == "restriction");
        if let Some(base) = restriction.and_then(|child| child.attribute("base")) {
            self.all.at("complexTypes").at(prefix).at("").set("type", split(base).1);
        }
    }

    /// What stands inside a complex type, at any depth.
    fn content(&mut self, element: &Element, entry: &mut Record, prefix: &str) {
        for child in &element.children {
            match child.name.as_str() {
                "sequence" | "all" | "choice" => {
                    entry.set("order", &*child.name);
                    self.content(child, entry, prefix);
                }
                "extension" | "restriction" => {
                    if let Some(base) = child.attribute("base") {
                        entry.set("type", split(base).1);
                        if child.name == "extension" {
                            entry.set("extends", split(base).1);
                        }
                    }
                    self.content(child, entry, prefix);
                }
                "complexContent" | "simpleContent" => self.content(child, entry, prefix),
                "element" => {
                    let member = self.member(child, prefix);
                    let is_list = entry.text_at("type") == Some("Array");
                    if is_list && entry.text_at("order") == Some("sequence") {
                        if let Some(kind) = member.text_at("type") {
                            entry.set("arrayType", kind);
                        }
                    }
                    *entry.at("elements").at(&member_name(child)) = member;
                }
                "attribute" => attribute(child, entry),
                _ => {}
            }
        }
    }

    /// A member of a complex type: its attributes, the type without its prefix.
    fn member(&mut self, element: &Element, prefix: &str) -> Record {
        let mut entry = element.attributes.clone();
        let (own, local) = split(element.attribute("type").unwrap_or(""));
        let known = self.all.at("namespaces").get(own).is_some();
        if element.attribute("type").is_some() {
            entry.set("type", local);
        }
        entry.set("namespace", if known { own } else { prefix });
        entry
    }

    /// A global element; one with an anonymous type has its members.
    fn element(&mut self, element: &Element, prefix: &str) -> Record {
        let mut entry = self.member(element, prefix);
        let anonymous = element.children.iter().find(|child| child.name == "complexType");
        entry.set("complex", Record::Truth(anonymous.is_some()));
        if let Some(anonymous) = anonymous {
            let mut content = Record::default();
            self.content(anonymous, &mut content, prefix);
            if let Some(members) = content.get("elements") {
                *entry.at("elements") = members.clone();
            }
        }
        entry
    }
}

fn member_name(element: &Element) -> String {
    let name = element.attribute("name").or_else(|| element.attribute("ref")).unwrap_or("");
    split(name).1.to_owned()
}

fn attribute(element: &Element, entry: &mut Record) {
    if let Some(name) = element.attribute("name") {
        *entry.at("attribute").at(name) = element.attributes.clone();
        return;
    }
    let Record::Table(pairs) = &element.attributes else { return };
    let array_type = pairs.iter().find(|(name, _)| split(name).1 == "arrayType");
    if let Some((prefix, local)) = array_type.and_then(|(_, value)| value.text()).map(split) {
        entry.set("arrayType", local);
        entry.set("type", "Array");
        entry.set("namespace", prefix);
    }
}
