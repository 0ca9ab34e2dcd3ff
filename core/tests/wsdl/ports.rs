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
        ["the description has no service; its bindings stand in, without address"]
    );
}

#[test]
fn nothing_at_all() {
    let service = load(&definitions(""));
    assert!(service.services.is_empty());
    assert_eq!(warnings(&service), ["the description has no service"]);
}
