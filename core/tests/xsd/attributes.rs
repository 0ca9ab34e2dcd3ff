//! Attributes: use, values, references, groups, prohibition.

use super::description::{schema, show, warnings, Notation};

#[test]
fn uses_and_values() {
    let service = schema(
        r#"<xs:attribute name="g" type="xs:int" default="7"/>
           <xs:complexType name="T">
             <xs:attribute name="a" type="xs:string" use="required"/>
             <xs:attribute name="b" default="x"/>
             <xs:attribute name="c" type="xs:int" fixed="1"/>
             <xs:attribute name="d" use="prohibited"/>
             <xs:attribute name="e"><xs:simpleType><xs:list itemType="xs:int"/></xs:simpleType></xs:attribute>
             <xs:attribute ref="t:g" fixed="8"/>
             <xs:attribute ref="xml:lang" use="required"/>
           </xs:complexType>"#,
    );
    assert_eq!(
        show(&service, "t:T"),
        "empty @a:xs:string! @b=x @c:xs:int==1 @d prohibited @e:<list of xs:int> @ref t:g==8 @ref xml:lang!"
    );
    assert!(warnings(&service).is_empty(), "{:?}", warnings(&service));
}

#[test]
fn groups_of_attributes() {
    let service = schema(
        r###"<xs:attributeGroup name="Outer"><xs:attribute name="a"/><xs:attributeGroup ref="t:Inner"/></xs:attributeGroup>
           <xs:attributeGroup name="Inner"><xs:anyAttribute namespace="##other" processContents="lax"/></xs:attributeGroup>
           <xs:complexType name="T"><xs:attributeGroup ref="t:Outer"/></xs:complexType>"###,
    );
    assert_eq!(show(&service, "t:T"), "empty @group t:Outer");
    let notation = Notation(&service.schemas);
    let groups: Vec<_> = service
        .schemas
        .attribute_groups
        .values()
        .map(|group| notation.attributes(&group.attributes))
        .collect();
    assert_eq!(groups, [" @a @group t:Inner", " @any but urn:t lax"]);
}

#[test]
fn attributes_nobody_can_read() {
    let service = schema(
        r#"<xs:complexType name="T"><xs:attribute/><xs:attributeGroup/></xs:complexType><xs:attribute type="xs:int"/>"#,
    );
    assert_eq!(show(&service, "t:T"), "empty");
    assert_eq!(
        warnings(&service),
        [
            "an attribute without name and ref is ignored",
            "an attributeGroup without ref is ignored",
            "a global attribute without a name is ignored"
        ]
    );
}
