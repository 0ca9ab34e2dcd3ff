//! `fault` and `soap:fault`.

use super::description::{load, warnings};
use super::text::{binding, name, only, service};
use wsdlproxy::wsdl::Use;

#[test]
fn joined_by_name() {
    let port_type = r#"<operation name="go"><input message="t:In"/><output message="t:Out"/>
        <fault name="Bad" message="t:In"/><fault name="Worse" message="t:Out"/></operation>"#;
    let bound = r#"<operation name="go"><input/><output/>
        <fault name="Bad"><s:fault name="Bad" use="encoded" namespace="urn:f" encodingStyle="urn:e"/></fault>
        <fault><s:fault name="Worse" use="literal"/></fault>
        <fault name="Unknown"/><fault/></operation>"#;
    let service = load(&service(port_type, &binding(bound)));
    let faults = &only(&service).faults;
    let names: Vec<_> = faults.iter().map(|fault| name(&service, fault.name)).collect();
    assert_eq!(names, ["Bad", "Worse"]);
    assert_eq!((faults[0].usage, faults[1].usage), (Use::Encoded, Use::Literal));
    assert_eq!(faults[0].namespace.map(|id| name(&service, id)), Some("urn:f"));
    assert_eq!(faults[0].encoding_style.map(|id| name(&service, id)), Some("urn:e"));
    assert_eq!(
        warnings(&service),
        ["a fault without a name is ignored", "operation go has no fault Unknown"]
    );
}

#[test]
fn a_fault_without_message_leaves_the_operation() {
    let port_type =
        r#"<operation name="go"><input message="t:In"/><fault name="f" message="t:Gone"/></operation>"#;
    let service = load(&service(port_type, &binding(r#"<operation name="go"/>"#)));
    let operation = &service.port_types.values().next().unwrap().operations[0];
    assert!(operation.faults.is_empty());
    assert_eq!(only(&service).operation, 0);
    assert_eq!(warnings(&service), ["message {urn:t}Gone is not defined"]);
}
