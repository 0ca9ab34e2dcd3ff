//! A description that uses everything as the standard means it.

use super::description::{load, warnings};
use super::text::{self, binding, bound, definitions, name, only, operation, operations, parts, service};
use wsdlproxy::wsdl::{BindingKind, Style};

#[test]
fn all_parts_are_joined() {
    let body = r#"<s:body use="literal" namespace="urn:rpc"/>"#;
    let service = load(&service(&operation("go"), &binding(&bound("go", body, body))));
    assert!(warnings(&service).is_empty(), "{:?}", warnings(&service));
    assert_eq!(service.location, "http://test/main.wsdl");
    assert_eq!(service.target_namespace, "urn:t");
    assert_eq!(operations(&service), ["go(In) -> Out"]);
    assert_eq!(parts(&service, "In"), ["a:xs:string"]);
    let bound = only(&service);
    assert_eq!(bound.soap_action.as_deref(), Some("urn:go"));
    assert_eq!(bound.style, Style::Rpc);
    assert_eq!(text::body(&service, bound.input.as_ref()), "literal ns=urn:rpc");
    let found = text::find(&service, "B");
    assert_eq!((found.kind, found.style), (BindingKind::Soap11, Style::Rpc));
    assert_eq!(found.transport, "http://schemas.xmlsoap.org/soap/http");
    let port = &service.services[0].ports[0];
    assert_eq!((name(&service, port.name), port.address.as_str()), ("Port", "http://x/"));
    assert_eq!(port.binding, found.name);
}

#[test]
fn documentation_of_everything() {
    let service = load(&definitions(
        r#"<documentation>whole</documentation>
           <message name="M"><part name="p" type="xs:int"><documentation>part</documentation></part></message>
           <portType name="P"><documentation>port type</documentation>
             <operation name="o"><documentation> operation
             </documentation><input message="t:M"/></operation></portType>
           <binding name="B" type="t:P"><documentation>binding</documentation><s:binding/>
             <operation name="o"><documentation>bound</documentation><s:operation/></operation></binding>
           <service name="S"><documentation>service</documentation>
             <port name="X" binding="t:B"><documentation>port</documentation></port></service>"#,
    ));
    let said = |text: &Option<Box<str>>| text.as_deref().unwrap_or_default().to_owned();
    let port_type = service.port_types.values().next().unwrap();
    let message = service.messages.values().next().unwrap();
    let texts = [
        said(&service.documentation),
        said(&message.parts[0].documentation),
        said(&port_type.documentation),
        said(&port_type.operations[0].documentation),
        said(&text::find(&service, "B").documentation),
        said(&only(&service).documentation),
        said(&service.services[0].documentation),
        said(&service.services[0].ports[0].documentation),
    ];
    assert_eq!(texts, ["whole", "part", "port type", "operation", "binding", "bound", "service", "port"]);
}

#[test]
fn messages_of_many_parts() {
    let service = load(&definitions(
        r#"<types><xs:schema targetNamespace="urn:t"><xs:element name="e"/><xs:complexType name="T"/></xs:schema></types>
           <message name="M"><part name="a" element="t:e"/><part name="b" type="t:T"/><part name="c" type="xs:int"/></message>
           <message name="None"/><service name="S"/>"#,
    ));
    assert_eq!(parts(&service, "M"), ["a=t:e", "b:t:T", "c:xs:int"]);
    assert!(parts(&service, "None").is_empty());
    assert!(warnings(&service).is_empty(), "{:?}", warnings(&service));
}
