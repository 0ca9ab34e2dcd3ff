//! `binding` with `soap:binding` and `soap:operation` (WSDL 1.1 §2.5, §3.3, §3.4).

use super::body::usage;
use super::{soap_name, wsdl_children, Reader};
use crate::index::NameId;
use crate::name::ns;
use crate::wsdl::model::{Binding, BindingKind, BindingOperation, FaultBinding, Style};
use crate::xml::document::Element;
use crate::xml::name_chars::trimmed;
use crate::xsd::parse::documentation;

/// Ports that are looked at for each binding that says nothing of SOAP.
const MAX_PORTS: usize = 64;

/// A binding whose operations have not found theirs in the port type.
#[derive(PartialEq)]
pub(in crate::wsdl) struct RawBinding {
    pub binding: Binding,
    pub operations: Vec<RawOperation>,
}

/// An operation of a binding, with the names that tell overloaded ones apart.
#[derive(PartialEq)]
pub(in crate::wsdl) struct RawOperation {
    pub operation: BindingOperation,
    pub input: Option<NameId>,
    pub output: Option<NameId>,
}

impl Reader<'_> {
    pub(super) fn binding(&mut self, element: Element<'_>) {
        let Some(name) = self.name(element) else { return };
        let Some(port_type) = element.attribute("type") else {
            self.warn(element, || "a binding without a type is ignored".to_owned());
            return;
        };
        let port_type = self.qname(element, port_type);
        let soap = element.children().find(|child| soap_name(*child) == Some("binding"));
        let spoken = soap.or_else(|| self.first_soap(element));
        let kind = match spoken.map(Element::ns) {
            Some(ns::WSDL_SOAP12) => BindingKind::Soap12,
            Some(_) => BindingKind::Soap11,
            None => BindingKind::Skipped,
        };
        let style = soap.and_then(|soap| self.style(soap)).unwrap_or(Style::Document);
        let binding = Binding {
            name,
            port_type,
            kind,
            style,
            transport: soap.and_then(|soap| soap.attribute("transport")).unwrap_or_default().to_owned(),
            documentation: documentation(element),
            operations: Vec::new(),
            origin: self.origin(element),
        };
        let mut operations = Vec::new();
        if kind == BindingKind::Skipped {
            let name = self.set.display(name);
            self.warn(element, || format!("binding {name} is not a SOAP binding; skipped"));
        } else {
            operations.extend(wsdl_children(element, "operation").filter_map(|op| self.bound(op, &binding)));
        }
        if let Err((second, first)) = self.parts.bindings.insert(name, RawBinding { binding, operations }) {
            let same = second == *first;
            self.duplicate(element, name, same);
        }
    }

    /// What shows that a binding without `soap:binding` is meant as one: a `soap:operation` or `soap:body`, or the
    /// `soap:address` of its port, if nothing says that it is another.
    fn first_soap<'d>(&mut self, element: Element<'d>) -> Option<Element<'d>> {
        if element.children().any(|child| child.local() == "binding") {
            return None;
        }
        let inner = |operation: Element<'d>| {
            let deeper = operation.children().filter(|child| child.ns() == ns::WSDL);
            operation.children().chain(deeper.flat_map(Element::children))
        };
        let said = |child: &Element<'d>| matches!(soap_name(*child), Some("operation" | "body"));
        let found = wsdl_children(element, "operation").flat_map(inner).find(said);
        let found = found.or_else(|| soap_address(element))?;
        self.warn(element, || "a binding without soap:binding is read as its operations are".to_owned());
        Some(found)
    }

    fn style(&mut self, element: Element<'_>) -> Option<Style> {
        match element.attribute("style").map(trimmed) {
            Some("rpc") => Some(Style::Rpc),
            Some("document") => Some(Style::Document),
            None | Some("") => None,
            Some(other) => {
                self.warn(element, || format!("style \"{other}\" is not known; ignored"));
                None
            }
        }
    }

    fn bound(&mut self, element: Element<'_>, binding: &Binding) -> Option<RawOperation> {
        let name = self.name(element)?.local;
        let soap = element.children().find(|child| soap_name(*child) == Some("operation"));
        let style = soap.and_then(|soap| self.style(soap)).unwrap_or(binding.style);
        let required = soap.and_then(|soap| soap.attribute("soapActionRequired"));
        let direction = |local| wsdl_children(element, local).next();
        let (input, output) = (direction("input"), direction("output"));
        let operation = BindingOperation {
            name,
            operation: usize::MAX,
            soap_action: soap.and_then(|soap| soap.attribute("soapAction")).map(str::to_owned),
            soap_action_required: !matches!(required.map(trimmed), Some("false" | "0")),
            style,
            documentation: documentation(element),
            input: input.map(|input| self.body(input, binding.kind)),
            output: output.map(|output| self.body(output, binding.kind)),
            faults: wsdl_children(element, "fault").filter_map(|fault| self.fault(fault)).collect(),
            origin: self.origin(element),
        };
        let mut named = |element: Option<Element<'_>>| {
            element
                .and_then(|element| element.attribute("name"))
                .map(|name| self.set.names.intern(trimmed(name)))
        };
        Some(RawOperation { operation, input: named(input), output: named(output) })
    }

    /// `fault` with `soap:fault` (§3.6); either may carry the name.
    fn fault(&mut self, element: Element<'_>) -> Option<FaultBinding> {
        let soap = element.children().find(|child| soap_name(*child) == Some("fault"));
        let named = |element: Element<'_>| element.attribute("name").map(trimmed).map(str::to_owned);
        let Some(name) = named(element).or_else(|| soap.and_then(named)) else {
            self.warn(element, || "a fault without a name is ignored".to_owned());
            return None;
        };
        let at = soap.unwrap_or(element);
        Some(FaultBinding {
            name: self.set.names.intern(&name),
            usage: usage(at),
            namespace: self.uri(at, "namespace"),
            encoding_style: self.uri(at, "encodingStyle"),
        })
    }
}

/// The `soap:address` of a port, among the first of the same document, that names a binding.
fn soap_address(binding: Element<'_>) -> Option<Element<'_>> {
    let name = binding.attribute("name")?;
    let services = wsdl_children(binding.document().root(), "service");
    let ports = services.flat_map(|service| wsdl_children(service, "port")).take(MAX_PORTS);
    let names = |port: &Element<'_>| {
        let named = port.attribute("binding").unwrap_or_default();
        named.rsplit(':').next().map(trimmed) == Some(name.trim())
    };
    ports.filter(names).flat_map(Element::children).find(|child| soap_name(*child) == Some("address"))
}
