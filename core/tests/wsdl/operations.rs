//! Abstract operations: directions, default names, parameter order.

use super::description::load;
use super::text::{body, definitions, name, only, operations};
use wsdlproxy::wsdl::MessageRef;

fn described(operation: &str) -> wsdlproxy::wsdl::Definitions {
    load(&definitions(&format!(
        r#"<message name="I"><part name="a" type="xs:int"/><part name="b" type="xs:int"/></message>
           <message name="O"/><message name="F"/>
           <portType name="P"><operation {operation}</operation></portType>
           <binding name="B" type="t:P"><s:binding/><operation name="o"><s:operation/></operation></binding>"#
    )))
}

fn names(operation: &str) -> (String, String) {
    let service = described(operation);
    let port_type = service.port_types.values().next().unwrap();
    let text = |reference: &Option<MessageRef>| {
        reference.map_or("-".to_owned(), |found| name(&service, found.name).to_owned())
    };
    (text(&port_type.operations[0].input), text(&port_type.operations[0].output))
}

#[test]
fn default_names_depend_on_the_kind() {
    let pair = |input: &str, output: &str| (input.to_owned(), output.to_owned());
    assert_eq!(
        names(r#"name="o"><input message="t:I"/><output message="t:O"/>"#),
        pair("oRequest", "oResponse")
    );
    assert_eq!(
        names(r#"name="o"><output message="t:O"/><input message="t:I"/>"#),
        pair("oResponse", "oSolicit")
    );
    assert_eq!(names(r#"name="o"><input message="t:I"/>"#), pair("o", "-"));
    assert_eq!(names(r#"name="o"><output message="t:O"/>"#), pair("-", "o"));
    assert_eq!(
        names(r#"name="o"><input name="x" message="t:I"/><output message="t:O"/>"#),
        pair("x", "oResponse")
    );
}

#[test]
fn one_way() {
    let service = described(r#"name="o"><input message="t:I"/>"#);
    assert_eq!(operations(&service), ["o(I) -> -"]);
    assert_eq!(body(&service, only(&service).output.as_ref()), "none");
}

#[test]
fn parameter_order_and_faults() {
    let service = described(
        r#"name="o" parameterOrder="b  a"><input message="t:I"/><fault name="f" message="t:F"/><fault message="t:O"/>"#,
    );
    let operation = &service.port_types.values().next().unwrap().operations[0];
    let order: Vec<_> = operation.parameter_order.iter().map(|id| name(&service, *id)).collect();
    assert_eq!(order, ["b", "a"]);
    let faults: Vec<_> = operation.faults.iter().map(|fault| name(&service, fault.name)).collect();
    assert_eq!(faults, ["f", "O"]);
}
