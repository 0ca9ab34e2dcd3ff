//! `message` and `part` (WSDL 1.1 §2.3).

use super::{wsdl_children, Reader};
use crate::name::QName;
use crate::wsdl::model::{Message, Part, PartContent};
use crate::xml::document::Element;
use crate::xsd::parse::documentation;
use crate::xsd::references::RefKind;
use crate::xsd::wellknown;

impl Reader<'_> {
    pub(super) fn message(&mut self, element: Element<'_>) {
        let Some(name) = self.name(element) else { return };
        let parts = wsdl_children(element, "part").map(|part| self.part(part)).collect();
        let message = Message { name, parts, origin: self.origin(element) };
        if let Err((second, first)) = self.parts.messages.insert(name, message) {
            let same = second == *first;
            self.duplicate(element, name, same);
        }
    }

    fn part(&mut self, element: Element<'_>) -> Part {
        let named = |attribute| element.attribute(attribute).filter(|text| !text.trim().is_empty());
        let content = if let Some(text) = named("element") {
            PartContent::Element(self.set.refer(self.context, RefKind::Element, element, text))
        } else if let Some(text) = named("type") {
            PartContent::Type(self.set.refer(self.context, RefKind::Type, element, text))
        } else {
            self.warn(element, || "a part names neither element nor type; taken as anyType".to_owned());
            PartContent::Type(QName { ns: wellknown::XSD, local: self.set.names.intern("anyType") })
        };
        let name = element.attribute("name").map(str::trim).filter(|name| !name.is_empty());
        let name = match (name, &content) {
            (Some(name), _) => self.set.names.intern(name),
            (None, PartContent::Element(other) | PartContent::Type(other)) => {
                let other = other.local;
                let shown = self.set.names.text(other).to_owned();
                self.warn(element, || format!("a part has no name; taken as {shown}"));
                other
            }
        };
        Part { name, content, documentation: documentation(element), origin: self.origin(element) }
    }
}
