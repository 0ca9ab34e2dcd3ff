//! One WSDL document into the components of a description: a file for each element of the grammar.
//!
//! Names are read leniently and joined later, in [`join`](super::join), when all documents are in.

mod binding;
mod body;
mod message;
mod port_type;
mod service;

pub(super) use binding::{RawBinding, RawOperation};

use super::model::{Message, PortType, Service};
use crate::name::{ns, QName};
use crate::xml::document::Element;
use crate::xml::name_chars::trimmed;
use crate::xsd::references::Context;
use crate::xsd::{Catalog, Origin, SchemaSet};

/// The components of all documents, not yet joined.
#[derive(Default)]
pub(super) struct Parts {
    pub messages: Catalog<Message>,
    pub port_types: Catalog<PortType>,
    pub bindings: Catalog<RawBinding>,
    pub services: Vec<Service>,
}

/// Reads the components of one `definitions` element.
pub(super) struct Reader<'s> {
    pub set: &'s mut SchemaSet,
    pub parts: &'s mut Parts,
    pub context: Context,
}

/// The children from the namespace of WSDL with this local name.
pub(super) fn wsdl_children<'d>(
    element: Element<'d>,
    local: &'static str,
) -> impl Iterator<Item = Element<'d>> {
    element.children().filter(move |child| child.is(ns::WSDL, local))
}

/// The local name of an element of either SOAP extension of WSDL.
pub(super) fn soap_name(element: Element<'_>) -> Option<&str> {
    matches!(element.ns(), ns::WSDL_SOAP11 | ns::WSDL_SOAP12).then(|| element.local())
}

impl Reader<'_> {
    pub fn read(&mut self, definitions: Element<'_>) {
        for child in definitions.children().filter(|child| child.ns() == ns::WSDL) {
            match child.local() {
                "message" => self.message(child),
                "portType" => self.port_type(child),
                "binding" => self.binding(child),
                "service" => self.service(child),
                // Imports and types were taken care of; documentation is that of the first document.
                "import" | "include" | "types" | "documentation" => {}
                other => self.warn(child, || format!("{other} has no place in a WSDL")),
            }
        }
    }

    fn origin(&self, at: Element<'_>) -> Origin {
        Origin { document: self.context.document, byte: at.byte() }
    }

    fn warn(&mut self, at: Element<'_>, text: impl FnOnce() -> String) {
        self.set.warn_at(self.context.document, at, text);
    }

    fn qname<'d>(&mut self, at: Element<'d>, text: &'d str) -> QName {
        self.set.qname(self.context, at, text)
    }

    /// The name of a component, in the target namespace.
    fn name(&mut self, element: Element<'_>) -> Option<QName> {
        let Some(name) = element.attribute("name").map(trimmed).filter(|name| !name.is_empty()) else {
            self.warn(element, || format!("{} without a name is ignored", element.local()));
            return None;
        };
        Some(QName { ns: self.context.target, local: self.set.names.intern(name) })
    }

    fn duplicate(&mut self, element: Element<'_>, name: QName, same: bool) {
        if !same {
            let name = self.set.display(name);
            self.warn(element, || format!("a second, different {} {name} is ignored", element.local()));
        }
    }
}
