//! Services and ports, and descriptions without.

use super::description::{load, warnings};
use super::text::{binding, definitions, name};

const PORT_TYPE: &str = r#"<portType name="P"/>"#;

#[test]
fn several_services_and_ports() {
    let service = load(&definitions(&format!(
        r#"{PORT_TYPE}{}<service name="S1"><port name="A" binding="t:B"><s:address location=" http://a/ "/></port>
             <port name="B" binding="t:B"><s12:address location="http://b/"/></port></service>
           <service name="S2"><port name="C" binding="t:B"/><port name="D"/></service>"#,
        binding("")
    )));
    let listed: Vec<_> = service
        .services
        .iter()
        .flat_map(|found| found.ports.iter().map(move |port| (found, port)))
        .map(|(found, port)| {
            format!("{}.{} {}", name(&service, found.name.local), name(&service, port.name), port.address)
        })
        .collect();
    assert_eq!(listed, ["S1.A http://a/", "S1.B http://b/", "S2.C "]);
    assert_eq!(warnings(&service), ["a port without a binding is ignored"]);
}

#[test]
fn bindings_without_service_stand_in() {
    let service = load(&definitions(&format!("{PORT_TYPE}{}", binding(""))));
    let [found] = service.services.as_slice() else { panic!("one service") };
    assert_eq!(name(&service, found.name.local), "B");
    assert_eq!((name(&service, found.ports[0].name), found.ports[0].address.as_str()), ("B", ""));
    assert_eq!(
        warnings(&service),
        ["the description has no usable service; its bindings stand in, without address"]
    );
}

#[test]
fn nothing_at_all() {
    let service = load(&definitions(""));
    assert!(service.services.is_empty());
    assert_eq!(warnings(&service), ["the description has no service"]);
}

#[test]
fn a_port_of_nothing_gets_the_only_binding() {
    let port = r#"<service name="S"><port name="X" binding="t:Gone"><s:address location="http://x/"/></port></service>"#;
    let service = load(&definitions(&format!("{PORT_TYPE}{}{port}", binding(""))));
    let found = &service.services[0].ports[0];
    assert_eq!((name(&service, found.binding.local), found.address.as_str()), ("B", "http://x/"));
    assert_eq!(
        warnings(&service),
        ["binding {urn:t}Gone is not defined", "port X is given the only binding, {urn:t}B"]
    );
}

#[test]
fn with_two_bindings_nobody_can_tell() {
    let other = binding("").replace("name=\"B\"", "name=\"C\"");
    let port = r#"<service name="S"><port name="X" binding="t:Gone"/></service>"#;
    let service = load(&definitions(&format!("{PORT_TYPE}{}{other}{port}", binding(""))));
    let names: Vec<_> = service.services[0].ports.iter().map(|port| name(&service, port.name)).collect();
    assert_eq!(names, ["B", "C"]);
}
