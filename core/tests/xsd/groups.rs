//! Named model groups.

use super::description::{schema, show, Notation};

#[test]
fn references_keep_their_occurrence() {
    let service = schema(
        r#"<xs:group name="G"><xs:annotation/><xs:choice><xs:element name="a"/><xs:group ref="t:H"/></xs:choice></xs:group>
           <xs:group name="H"><xs:sequence><xs:element name="b"/></xs:sequence></xs:group>
           <xs:group name="Nothing"/>
           <xs:complexType name="T"><xs:sequence><xs:group ref="t:G" minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType>"#,
    );
    assert_eq!(show(&service, "t:T"), "(group t:G*)");
    let notation = Notation(&service.schemas);
    let groups: Vec<_> =
        service.schemas.groups.values().map(|group| notation.particle(&group.particle)).collect();
    assert_eq!(groups, ["(a | group t:H)", "(b)", "()"]);
}
