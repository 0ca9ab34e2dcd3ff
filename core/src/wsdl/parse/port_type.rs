//! `portType` and its operations (WSDL 1.1 §2.4).

use super::{wsdl_children, Reader};
use crate::index::NameId;
use crate::wsdl::model::{MessageRef, Operation, PortType};
use crate::xml::document::Element;
use crate::xml::name_chars::trimmed;
use crate::xsd::parse::documentation;

impl Reader<'_> {
    pub(super) fn port_type(&mut self, element: Element<'_>) {
        let Some(name) = self.name(element) else { return };
        let operations = wsdl_children(element, "operation").filter_map(|child| self.operation(child));
        let operations = operations.collect();
        let origin = self.origin(element);
        let port_type = PortType { name, documentation: documentation(element), operations, origin };
        if let Err((second, first)) = self.parts.port_types.insert(name, port_type) {
            let same = second == *first;
            self.duplicate(element, name, same);
        }
    }

    fn operation(&mut self, element: Element<'_>) -> Option<Operation> {
        let name = self.name(element)?.local;
        let input = wsdl_children(element, "input").next();
        let output = wsdl_children(element, "output").next();
        let answers_first = element
            .children()
            .find(|child| matches!(child.local(), "input" | "output"))
            .is_some_and(|first| first.local() == "output");
        // The default names of §2.4.5.
        let (in_suffix, out_suffix) = match (input, output) {
            (Some(_), Some(_)) if answers_first => ("Response", "Solicit"),
            (Some(_), Some(_)) => ("Request", "Response"),
            _ => ("", ""),
        };
        let input = input.and_then(|input| self.message_ref(input, Some((name, in_suffix))));
        let output = output.and_then(|output| self.message_ref(output, Some((name, out_suffix))));
        let faults =
            wsdl_children(element, "fault").filter_map(|fault| self.message_ref(fault, None)).collect();
        Some(Operation {
            name,
            documentation: documentation(element),
            input,
            output,
            faults,
            parameter_order: self.names(element.attribute("parameterOrder").unwrap_or_default()),
            origin: self.origin(element),
        })
    }

    /// `default` is a name and what is added to it; a fault without a name is called like its message.
    fn message_ref(
        &mut self,
        element: Element<'_>,
        default: Option<(NameId, &'static str)>,
    ) -> Option<MessageRef> {
        let Some(text) = element.attribute("message") else {
            self.warn(element, || format!("{} names no message; ignored", element.local()));
            return None;
        };
        let message = self.qname(element, text);
        let names = &mut self.set.names;
        let written = element.attribute("name").map(trimmed).filter(|name| !name.is_empty());
        let name = if let Some(name) = written {
            names.intern(name)
        } else {
            let (name, suffix) = default.unwrap_or((message.local, ""));
            let name = [names.text(name), suffix].concat();
            names.intern(&name)
        };
        Some(MessageRef { name, message })
    }

    /// A list of names, as of parts.
    pub(super) fn names(&mut self, list: &str) -> Vec<NameId> {
        list.split_ascii_whitespace().map(|name| self.set.names.intern(name)).collect()
    }
}
