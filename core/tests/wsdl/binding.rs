//! Bindings: protocol, style, use, `parts`, and what is skipped.

use super::description::{load, warnings};
use super::text::{binding, body, bound, find, only, operation, service};
use wsdlproxy::wsdl::{BindingKind, Style};

#[test]
fn use_parts_and_namespaces() {
    let input = r#"<s:body use="encoded" namespace="urn:n" parts="a"
        encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"/>"#;
    let output = r#"<s:body parts=" " use="literal"/>"#;
    let service = load(&service(&operation("go"), &binding(&bound("go", input, output))));
    let bound = only(&service);
    assert_eq!(
        body(&service, bound.input.as_ref()),
        "encoded ns=urn:n style=http://schemas.xmlsoap.org/soap/encoding/ parts=a"
    );
    assert_eq!(body(&service, bound.output.as_ref()), "literal parts=");
    assert!(warnings(&service).is_empty(), "{:?}", warnings(&service));
}

#[test]
fn an_encoded_body_brings_the_types_of_its_encoding() {
    let input = r#"<s:body use="encoded"/>"#;
    let service = load(&service(&operation("go"), &binding(&bound("go", input, ""))));
    assert!(service.schemas.types.len() > 40);
}

#[test]
fn soap_1_2() {
    let text = r#"<binding name="B" type="t:P"><s12:binding transport="http://schemas.xmlsoap.org/soap/http"/>
        <operation name="go"><s12:operation soapAction="urn:a" soapActionRequired="false" style="rpc"/>
          <input><s12:body use="literal"/></input><output><s12:body use="literal"/></output></operation></binding>"#;
    let service = load(&service(&operation("go"), text));
    assert_eq!(find(&service, "B").kind, BindingKind::Soap12);
    assert_eq!(find(&service, "B").style, Style::Document);
    let bound = only(&service);
    assert_eq!((bound.style, bound.soap_action_required), (Style::Rpc, false));
    assert_eq!(bound.soap_action.as_deref(), Some("urn:a"));
}

#[test]
fn no_action_is_not_an_empty_one() {
    for (action, expected) in [("", None), (r#"soapAction="""#, Some(""))] {
        let text =
            binding(&format!(r#"<operation name="go"><s:operation {action}/><input/><output/></operation>"#));
        let service = load(&service(&operation("go"), &text));
        assert_eq!(only(&service).soap_action.as_deref(), expected);
    }
}

#[test]
fn http_bindings_are_skipped() {
    let text = binding(&bound("go", "", ""))
        + r#"<binding name="Get" type="t:P"><h:binding verb="GET"/>
               <operation name="go"><h:operation location="/go"/><input><h:urlEncoded/></input></operation></binding>
             <service name="H"><port name="Get" binding="t:Get"><h:address location="http://get/"/></port></service>"#;
    let service = load(&service(&operation("go"), &text));
    let get = find(&service, "Get");
    assert_eq!((get.kind, get.operations.len()), (BindingKind::Skipped, 0));
    assert_eq!(warnings(&service), ["binding {urn:t}Get is not a SOAP binding; skipped"]);
    let port =
        service.services.iter().flat_map(|service| &service.ports).find(|port| port.binding == get.name);
    assert_eq!(port.unwrap().address, "http://get/");
}

#[test]
fn what_is_unsaid_is_literal_with_all_parts() {
    let text = binding(r#"<operation name="go"/>"#);
    let service = load(&service(&operation("go"), &text));
    let bound = only(&service);
    assert_eq!(body(&service, bound.input.as_ref()), "literal");
    assert_eq!(body(&service, bound.output.as_ref()), "literal");
    assert_eq!(bound.soap_action, None);
    assert!(bound.soap_action_required);
}

#[test]
fn without_soap_binding_the_operations_tell() {
    let text = format!(r#"<binding name="B" type="t:P">{}</binding>"#, bound("go", "", ""));
    let service = load(&service(&operation("go"), &text));
    assert_eq!(find(&service, "B").kind, BindingKind::Soap11);
    assert_eq!(only(&service).soap_action.as_deref(), Some("urn:go"));
    assert_eq!(warnings(&service), ["a binding without soap:binding is read as its operations are"]);
}
