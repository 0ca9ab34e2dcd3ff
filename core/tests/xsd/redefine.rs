//! `redefine` of types, groups and attribute groups.

use super::description::{document, schemas, show, warnings, Notation};

const ORIGINAL: &str = r#"
    <xs:complexType name="C"><xs:sequence><xs:element name="a"/></xs:sequence></xs:complexType>
    <xs:simpleType name="S"><xs:restriction base="xs:string"><xs:maxLength value="9"/></xs:restriction></xs:simpleType>
    <xs:group name="G"><xs:sequence><xs:element name="g"/></xs:sequence></xs:group>
    <xs:attributeGroup name="A"><xs:attribute name="x"/></xs:attributeGroup>
    <xs:complexType name="User"><xs:sequence><xs:element name="c" type="t:C"/></xs:sequence></xs:complexType>"#;

#[test]
fn the_old_definition_moves_into_the_new_one() {
    let original = document(r#"targetNamespace="urn:t""#, ORIGINAL);
    let service = schemas(
        r#"<xs:schema targetNamespace="urn:t"><xs:redefine schemaLocation="o.xsd">
             <xs:complexType name="C"><xs:complexContent><xs:extension base="t:C"><xs:sequence><xs:element name="b"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
             <xs:simpleType name="S"><xs:restriction base="t:S"><xs:minLength value="1"/></xs:restriction></xs:simpleType>
             <xs:group name="G"><xs:choice><xs:group ref="t:G"/><xs:element name="h"/></xs:choice></xs:group>
             <xs:attributeGroup name="A"><xs:attributeGroup ref="t:A"/><xs:attribute name="y"/></xs:attributeGroup>
           </xs:redefine></xs:schema>"#,
        &[("o.xsd", &original)],
    );
    assert_eq!(show(&service, "t:C"), "extends <(a)>: (b)");
    assert_eq!(show(&service, "t:S"), "<xs:string [MaxLength 9]> [MinLength 1]");
    assert_eq!(show(&service, "t:User"), "(c:t:C)");
    let notation = Notation(&service.schemas);
    let group = service.schemas.groups.values().next().unwrap();
    assert_eq!(notation.particle(&group.particle), "(((g)) | h)");
    let attributes = service.schemas.attribute_groups.values().next().unwrap();
    assert_eq!(notation.attributes(&attributes.attributes), " @x @y");
    assert!(warnings(&service).is_empty(), "{:?}", warnings(&service));
}

#[test]
fn twice_and_of_nothing() {
    let original = document("", r#"<xs:simpleType name="S"><xs:restriction base="xs:int"/></xs:simpleType>"#);
    let middle = document(
        r#"targetNamespace="urn:t""#,
        r#"<xs:redefine schemaLocation="o.xsd"><xs:simpleType name="S"><xs:restriction base="t:S"><xs:minInclusive value="1"/></xs:restriction></xs:simpleType></xs:redefine>"#,
    );
    let service = schemas(
        r#"<xs:schema targetNamespace="urn:t"><xs:redefine schemaLocation="m.xsd">
             <xs:simpleType name="S"><xs:restriction base="t:S"><xs:maxInclusive value="5"/></xs:restriction></xs:simpleType>
             <xs:simpleType name="New"><xs:restriction base="t:New"/></xs:simpleType>
           </xs:redefine></xs:schema>"#,
        &[("o.xsd", &original), ("m.xsd", &middle)],
    );
    assert_eq!(show(&service, "t:S"), "<<xs:int> [MinInclusive 1]> [MaxInclusive 5]");
    assert_eq!(show(&service, "t:New"), "<empty>");
    assert_eq!(warnings(&service), ["{urn:t}New is redefined but was never defined"]);
}
