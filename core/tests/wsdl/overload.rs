//! Operations that share a name.

use super::description::{load, warnings};
use super::text::{definitions, operations};

fn described(port_type: &str, bound: &str) -> wsdlproxy::wsdl::Definitions {
    load(&definitions(&format!(
        r#"<message name="A"/><message name="B"/><message name="C"/>
           <portType name="P">{port_type}</portType>
           <binding name="B" type="t:P"><s:binding/>{bound}</binding><service name="S"><port name="X" binding="t:B"/></service>"#
    )))
}

const THREE: &str = r#"<operation name="o"><input name="a" message="t:A"/></operation>
    <operation name="o"><input name="b" message="t:B"/><output name="x" message="t:C"/></operation>
    <operation name="o"><input name="b" message="t:C"/><output name="y" message="t:C"/></operation>"#;

#[test]
fn matched_by_the_names_of_input_and_output() {
    let service = described(
        THREE,
        r#"<operation name="o"><input name="b"/><output name="y"/></operation>
           <operation name="o"><input name="b"/><output name="x"/></operation>
           <operation name="o"><input name="a"/></operation>"#,
    );
    assert_eq!(operations(&service), ["o(C) -> C", "o(B) -> C", "o(A) -> -"]);
}

#[test]
fn else_by_order() {
    let unnamed = r#"<operation name="o"/>"#;
    let service = described(THREE, &unnamed.repeat(3));
    assert_eq!(operations(&service), ["o(A) -> -", "o(B) -> C", "o(C) -> C"]);
}

#[test]
fn more_bindings_than_operations() {
    let service = described(
        r#"<operation name="o"><input message="t:A"/></operation>"#,
        r#"<operation name="o"><input name="odd"/></operation><operation name="o"/><operation name="none"/>"#,
    );
    assert_eq!(operations(&service), ["o(A) -> -"]);
    assert_eq!(
        warnings(&service),
        ["operation o is not in the port type; left out", "operation none is not in the port type; left out"]
    );
}

#[test]
fn thousands_of_one_name_are_left_out_in_time() {
    let one = r#"<operation name="o"><input message="t:A"/></operation>"#;
    let service = described(&one.repeat(20_000), &r#"<operation name="o"/>"#.repeat(20_000));
    assert!(operations(&service).is_empty());
}
