//! Qualified and unqualified names.

use super::description::{around, load, show};

#[test]
fn defaults_and_forms() {
    let service = load(&around(
        r#"<xs:schema targetNamespace="urn:t" elementFormDefault="qualified">
             <xs:complexType name="Q"><xs:sequence>
               <xs:element name="a"/><xs:element name="b" form="unqualified"/></xs:sequence>
               <xs:attribute name="c"/><xs:attribute name="d" form="qualified"/></xs:complexType>
           </xs:schema>
           <xs:schema targetNamespace="urn:o" attributeFormDefault="qualified">
             <xs:complexType name="U"><xs:sequence>
               <xs:element name="a"/><xs:element name="b" form="qualified"/></xs:sequence>
               <xs:attribute name="c"/><xs:attribute name="d" form="unqualified"/></xs:complexType>
           </xs:schema>
           <xs:schema elementFormDefault="qualified">
             <xs:complexType name="N"><xs:sequence><xs:element name="a"/></xs:sequence></xs:complexType>
           </xs:schema>"#,
    ));
    assert_eq!(show(&service, "t:Q"), "(t:a, b) @c @t:d");
    assert_eq!(show(&service, "o:U"), "(a, o:b) @o:c @d");
    assert_eq!(show(&service, "N"), "(a)");
}
