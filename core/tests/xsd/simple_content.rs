//! Complex types with simple content.

use super::description::{schema, show};

#[test]
fn extension_and_restriction() {
    let service = schema(
        r#"<xs:complexType name="Price"><xs:simpleContent><xs:extension base="xs:decimal">
             <xs:attribute name="currency" type="xs:string"/></xs:extension></xs:simpleContent></xs:complexType>
           <xs:complexType name="Cheap"><xs:simpleContent><xs:restriction base="t:Price">
             <xs:simpleType><xs:restriction base="xs:decimal"><xs:minInclusive value="0"/></xs:restriction></xs:simpleType>
             <xs:maxInclusive value="10"/><xs:attribute name="currency" use="prohibited"/>
             </xs:restriction></xs:simpleContent></xs:complexType>"#,
    );
    assert_eq!(show(&service, "t:Price"), "text extends xs:decimal @currency:xs:string");
    assert_eq!(
        show(&service, "t:Cheap"),
        "text restricts t:Price by <xs:decimal [MinInclusive 0]> [MaxInclusive 10] @currency prohibited"
    );
}
