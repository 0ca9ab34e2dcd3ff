//! What is formally wrong, common, and understood all the same.

use super::description::{load, warnings, Notation};
use super::text::{binding, body, bound, definitions, only, operation, operations, parts, service};

#[test]
fn names_in_the_wrong_namespace() {
    let text = definitions(&format!(
        r#"<message name="In"/><message name="Out"/>
           <portType name="P"><operation name="go"><input message="In"/><output message="o:Out"/></operation></portType>
           <binding name="B" type="P"><s:binding/><operation name="go"/></binding>
           <service name="S"><port name="X" binding="zz:B"/></service>{}"#,
        ""
    ));
    let service = load(&text);
    assert_eq!(operations(&service), ["go(In) -> Out"]);
    assert_eq!(service.services[0].ports.len(), 1);
    let all = warnings(&service);
    assert_eq!(
        all[1..],
        [
            "message {http://schemas.xmlsoap.org/wsdl/}In is not defined; taken as {urn:t}In",
            "message {urn:o}Out is not defined; taken as {urn:t}Out",
            "port type {http://schemas.xmlsoap.org/wsdl/}P is not defined; taken as {urn:t}P",
            "binding zz:B is not defined; taken as {urn:t}B",
        ]
    );
}

#[test]
fn types_for_elements_and_the_reverse() {
    let service = load(&definitions(
        r#"<types><xs:schema targetNamespace="urn:t"><xs:element name="e"/><xs:complexType name="T"/></xs:schema></types>
           <message name="M"><part name="a" element="t:T"/><part name="b" type="t:e"/>
             <part name="c" type="t:string"/><part name="d"/><part name="x" element="xs:string"/><part element="t:e"/></message>
           <service name="S"/>"#,
    ));
    assert_eq!(
        parts(&service, "M"),
        ["a:t:T", "b=t:e", "c:xs:string", "d:xs:anyType", "x:xs:string", "e=t:e"]
    );
}

#[test]
fn garbage_after_the_end() {
    let text = service(&operation("go"), &binding(&bound("go", "", ""))) + "\n<!-- ok --> junk & more";
    let service = load(&text);
    assert_eq!(operations(&service), ["go(In) -> Out"]);
    assert_eq!(warnings(&service).len(), 1);
    assert!(warnings(&service)[0].starts_with("what follows the root element was ignored"));
}

#[test]
fn duplicates_and_strangers() {
    let service = load(&definitions(
        r#"<message name="M"/><message name="M"/><message name="M"><part name="a" type="xs:int"/></message>
           <portType name="P"/><portType name="P"><operation name="x"/></portType>
           <binding name="B" type="t:P"><s:binding/></binding><binding name="B" type="t:Q"><s:binding/></binding>
           <message/><binding name="C"/><odd/><x:thing xmlns:x="urn:x"/>
           <service name="S"/><service name="S"/>"#,
    ));
    assert_eq!((service.messages.len(), service.bindings.len(), service.services.len()), (1, 1, 1));
    assert_eq!(
        warnings(&service),
        [
            "a second, different message {urn:t}M is ignored",
            "a second, different portType {urn:t}P is ignored",
            "a second, different binding {urn:t}B is ignored",
            "message without a name is ignored",
            "a binding without a type is ignored",
            "odd has no place in a WSDL"
        ]
    );
}

#[test]
fn operations_without_message_are_left_out() {
    let port_type = operation("go")
        + r#"<operation name="lost"><input message="t:Gone"/></operation><operation><input message="t:In"/></operation>"#;
    let bindings = binding(&(bound("go", "", "") + r#"<operation name="lost"/>"#));
    let service = load(&service(&port_type, &bindings));
    assert_eq!(operations(&service), ["go(In) -> Out"]);
    assert_eq!(
        warnings(&service),
        [
            "operation without a name is ignored",
            "message {urn:t}Gone is not defined",
            "operation lost lacks a message; left out",
            "operation lost is not in the port type; left out"
        ]
    );
}

#[test]
fn unresolved_types_stay_with_a_warning() {
    let service = load(&definitions(
        r#"<types><xs:schema targetNamespace="urn:t"><xs:element name="e" type="o:Gone"/></xs:schema></types>
           <message name="M"><part name="p" element="t:e"/></message><service name="S"/>"#,
    ));
    let element = service.schemas.elements.values().next().unwrap();
    assert_eq!(Notation(&service.schemas).element(element), "t:e:o:Gone");
    assert_eq!(
        service.warnings[0].to_string(),
        "type {urn:o}Gone is not defined (http://test/main.wsdl, line 4, column 103)"
    );
}

#[test]
fn extensions_with_prefixes_nobody_declared() {
    let text = service(&operation("go"), &binding(&bound("go", "", "")))
        .replace("<message name=\"In\">", "<message w:name=\"Other\" name=\"In\"><w:Policy name=\"x\"/>");
    let service = load(&text);
    assert_eq!(operations(&service), ["go(In) -> Out"]);
    assert_eq!(parts(&service, "In"), ["a:xs:string"]);
    let all = warnings(&service);
    assert_eq!(all.len(), 1, "{all:?}");
    assert!(all[0].contains("prefix 'w' is not declared"), "{all:?}");
}

#[test]
fn a_service_or_port_without_a_name() {
    let ports = format!(
        r#"{}<service><port name="X" binding="t:B"><s:address location="http://x/"/></port></service>"#,
        binding(&bound("go", "", ""))
    );
    let text = definitions(&format!(
        r#"<message name="In"/><message name="Out"/><portType name="P">{}</portType>{ports}"#,
        operation("go")
    ));
    let service = load(&text);
    let only = &service.services[0];
    assert_eq!((only.ports.len(), only.ports[0].address.as_str()), (1, "http://x/"));
    assert_eq!(warnings(&service), ["a service without a name is called like its first port"]);
}

#[test]
fn a_body_whose_parts_do_not_exist_has_them_all() {
    let input = r#"<s:body use="literal" parts="Body"/>"#;
    let service = load(&service(&operation("go"), &binding(&bound("go", input, ""))));
    let input = only(&service).input.as_ref();
    assert_eq!(body(&service, input), "literal");
    assert_eq!(warnings(&service).len(), 1);
    assert!(warnings(&service)[0].contains("message {urn:t}In has no part Body"));
}

/// By the body, as some generators write it, or by the address of the port alone.
#[test]
fn a_binding_that_hardly_says_soap() {
    let with = |body: &str| {
        let bound = format!(r#"<operation name="go"><input>{body}</input><output/></operation>"#);
        service(&operation("go"), &format!(r#"<binding name="B" type="t:P">{bound}</binding>"#))
    };
    for text in [with(r#"<s:body use="literal"/>"#), with("")] {
        let service = load(&text);
        assert_eq!(operations(&service), ["go(In) -> Out"]);
        assert_eq!(warnings(&service), ["a binding without soap:binding is read as its operations are"]);
    }
    let other = with("").replace("type=\"t:P\">", "type=\"t:P\"><x:binding xmlns:x=\"urn:x\"/>");
    assert_eq!(warnings(&load(&other)), ["binding {urn:t}B is not a SOAP binding; skipped"]);
}
