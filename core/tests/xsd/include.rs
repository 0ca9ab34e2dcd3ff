//! `include`, with and without a namespace of its own, and in circles.

use super::description::{document, schemas, show, show_element, warnings};

#[test]
fn into_the_same_namespace() {
    let beside = document(
        r#"targetNamespace="urn:t" elementFormDefault="qualified""#,
        r#"<xs:include schemaLocation="b.xsd"/><xs:complexType name="A"><xs:sequence><xs:element name="x" type="t:B"/></xs:sequence></xs:complexType>"#,
    );
    let circle = document(
        r#"targetNamespace="urn:t""#,
        r#"<xs:include schemaLocation="a.xsd"/><xs:simpleType name="B"><xs:restriction base="xs:int"/></xs:simpleType>"#,
    );
    let service = schemas(
        r#"<xs:schema targetNamespace="urn:t"><xs:include schemaLocation="a.xsd"/><xs:element name="e" type="t:A"/></xs:schema>"#,
        &[("a.xsd", &beside), ("b.xsd", &circle)],
    );
    assert_eq!(show(&service, "t:A"), "(t:x:t:B)");
    assert_eq!(show(&service, "t:B"), "xs:int");
    assert_eq!(show_element(&service, "t:e"), "t:e:t:A");
    assert!(warnings(&service).is_empty(), "{:?}", warnings(&service));
    assert_eq!(service.schemas.documents.len(), 3);
}

#[test]
fn a_chameleon_takes_on_each_namespace() {
    let chameleon = document(
        r#"elementFormDefault="qualified""#,
        r#"<xs:complexType name="C"><xs:sequence><xs:element name="x" type="D"/></xs:sequence></xs:complexType>
           <xs:simpleType name="D"><xs:restriction base="xs:int"/></xs:simpleType>"#,
    );
    let service = schemas(
        r#"<xs:schema targetNamespace="urn:t"><xs:include schemaLocation="c.xsd"/></xs:schema>
           <xs:schema targetNamespace="urn:o"><xs:include schemaLocation="c.xsd"/></xs:schema>
           <xs:schema><xs:include schemaLocation="c.xsd"/></xs:schema>"#,
        &[("c.xsd", &chameleon)],
    );
    assert_eq!(show(&service, "t:C"), "(t:x:t:D)");
    assert_eq!(show(&service, "o:C"), "(o:x:o:D)");
    assert_eq!(show(&service, "C"), "(x:D)");
    assert!(warnings(&service).is_empty(), "{:?}", warnings(&service));
}

#[test]
fn of_another_namespace_or_of_nothing() {
    let other = document(r#"targetNamespace="urn:o""#, r#"<xs:element name="e"/>"#);
    let service = schemas(
        r#"<xs:schema targetNamespace="urn:t"><xs:include schemaLocation="o.xsd"/><xs:include/></xs:schema>"#,
        &[("o.xsd", &other)],
    );
    assert_eq!(show_element(&service, "o:e"), "o:e");
    assert_eq!(
        warnings(&service),
        [
            "include without schemaLocation is ignored",
            "read for namespace \"urn:t\" but its own is \"urn:o\""
        ]
    );
}
