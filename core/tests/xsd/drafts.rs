//! The schema namespaces of 1999 and 2000.

use super::description::{load, show, show_element, warnings};

fn draft(namespace: &str, components: &str) -> String {
    format!(
        r#"<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:xs="{namespace}" xmlns:t="urn:t">
          <types><xs:schema targetNamespace="urn:t">{components}</xs:schema></types><service name="S"/></definitions>"#
    )
}

#[test]
fn both_read_as_the_recommendation() {
    for namespace in ["http://www.w3.org/1999/XMLSchema", "http://www.w3.org/2000/10/XMLSchema"] {
        let service = load(&draft(
            namespace,
            r#"<xs:element name="when" type="xs:timeInstant" nullable="true"/>
               <xs:complexType name="T"><xs:element name="a" type="xs:ur-type" maxOccurs="*"/>
                 <xs:attribute name="b" type="xs:uriReference" use="default" value="u"/></xs:complexType>
               <xs:simpleType name="S" base="xs:decimal"><xs:precision value="5"/><xs:scale value="2"/></xs:simpleType>"#,
        ));
        assert_eq!(show_element(&service, "t:when"), "t:when:xs:dateTime nillable");
        assert_eq!(show(&service, "t:T"), "(a:xs:anyType+) @b:xs:anyURI=u");
        assert_eq!(show(&service, "t:S"), "xs:decimal [TotalDigits 5, FractionDigits 2]");
        assert!(warnings(&service).is_empty(), "{:?}", warnings(&service));
    }
}
