//! Descriptions for tests: whole ones from their changing parts, and short views of the model.

use std::fmt::Write;

use wsdlproxy::index::NameId;
use wsdlproxy::wsdl::{Binding, BindingOperation, BodyBinding, Definitions, PartContent, Use};

use super::description::Notation;

/// The namespaces that all test descriptions declare.
pub const NAMESPACES: &str = r#"xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:s12="http://schemas.xmlsoap.org/wsdl/soap12/"
    xmlns:h="http://schemas.xmlsoap.org/wsdl/http/" xmlns:m="http://schemas.xmlsoap.org/wsdl/mime/"
    xmlns:t="urn:t" xmlns:o="urn:o""#;

/// A description of the namespace `urn:t`.
pub fn definitions(content: &str) -> String {
    format!(r#"<definitions {NAMESPACES} targetNamespace="urn:t">{content}</definitions>"#)
}

/// Messages `In` and `Out` of one string, a port type `P` and a service with the port `Port` of binding `B`.
pub fn service(port_type: &str, binding: &str) -> String {
    definitions(&format!(
        r#"<message name="In"><part name="a" type="xs:string"/></message>
           <message name="Out"><part name="r" type="xs:string"/></message>
           <portType name="P">{port_type}</portType>{binding}
           <service name="S"><port name="Port" binding="t:B"><s:address location="http://x/"/></port></service>"#
    ))
}

/// A port type's operation from `In` to `Out`.
pub fn operation(name: &str) -> String {
    format!(r#"<operation name="{name}"><input message="t:In"/><output message="t:Out"/></operation>"#)
}

/// The binding `B` of SOAP 1.1 with these operations.
pub fn binding(operations: &str) -> String {
    format!(
        r#"<binding name="B" type="t:P"><s:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>{operations}</binding>"#
    )
}

/// A bound operation with these bodies.
pub fn bound(name: &str, input: &str, output: &str) -> String {
    format!(
        r#"<operation name="{name}"><s:operation soapAction="urn:{name}"/><input>{input}</input><output>{output}</output></operation>"#
    )
}

/// The binding of this local name.
pub fn find<'d>(definitions: &'d Definitions, name: &str) -> &'d Binding {
    let mut found = definitions
        .bindings
        .values()
        .filter(|binding| definitions.schemas.names.text(binding.name.local) == name);
    found.next().unwrap_or_else(|| panic!("no binding {name}"))
}

/// The only operation of the only binding.
pub fn only(definitions: &Definitions) -> &BindingOperation {
    let [operation] = find(definitions, "B").operations.as_slice() else { panic!("one operation") };
    operation
}

pub fn name(definitions: &Definitions, id: NameId) -> &str {
    definitions.schemas.names.text(id)
}

/// The operations of `B` as `name(input message) -> output message`.
pub fn operations(definitions: &Definitions) -> Vec<String> {
    let binding = find(definitions, "B");
    let port_type = definitions.port_types.get(binding.port_type).unwrap();
    let message = |reference: Option<wsdlproxy::wsdl::MessageRef>| {
        reference.map_or("-".to_owned(), |found| name(definitions, found.message.local).to_owned())
    };
    let line = |bound: &BindingOperation| {
        let meant = &port_type.operations[bound.operation];
        let name = name(definitions, bound.name);
        assert_eq!(meant.name, bound.name);
        format!("{name}({}) -> {}", message(meant.input), message(meant.output))
    };
    binding.operations.iter().map(line).collect()
}

/// A body as `literal ns=… parts=… headers=…`.
pub fn body(definitions: &Definitions, body: Option<&BodyBinding>) -> String {
    let Some(body) = body else { return "none".to_owned() };
    let list = |names: &[NameId]| {
        let names: Vec<_> = names.iter().map(|id| name(definitions, *id)).collect();
        names.join(",")
    };
    let mut text = match body.usage {
        Use::Literal => "literal".to_owned(),
        Use::Encoded => "encoded".to_owned(),
    };
    for (key, value) in [("ns", body.namespace), ("style", body.encoding_style)] {
        text += &value.map(|id| format!(" {key}={}", name(definitions, id))).unwrap_or_default();
    }
    text += &body.parts.as_deref().map(|parts| format!(" parts={}", list(parts))).unwrap_or_default();
    for header in &body.headers {
        text += &format!(
            " header={}.{}",
            name(definitions, header.message.local),
            name(definitions, header.part)
        );
        for fault in &header.faults {
            let _ =
                write!(text, "/{}.{}", name(definitions, fault.message.local), name(definitions, fault.part));
        }
    }
    text
}

/// The parts of a message as `name=element` or `name:type`.
pub fn parts(definitions: &Definitions, message: &str) -> Vec<String> {
    let notation = Notation(&definitions.schemas);
    let mut found =
        definitions.messages.values().filter(|found| name(definitions, found.name.local) == message);
    let message = found.next().expect("a message of that name");
    let part = |part: &wsdlproxy::wsdl::Part| match part.content {
        PartContent::Element(element) => {
            format!("{}={}", name(definitions, part.name), notation.name(element))
        }
        PartContent::Type(found) => format!("{}:{}", name(definitions, part.name), notation.name(found)),
    };
    message.parts.iter().map(part).collect()
}
