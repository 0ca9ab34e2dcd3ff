//! Sequences, choices, `all`, nesting and occurrence.

use super::description::{schema, show, warnings};

#[test]
fn nested_and_repeated() {
    let service = schema(
        r#"<xs:complexType name="T"><xs:sequence>
             <xs:element name="a" type="xs:int"/>
             <xs:choice minOccurs="0" maxOccurs="unbounded">
               <xs:element name="b" type="xs:string"/>
               <xs:sequence maxOccurs="3"><xs:element name="c"/><xs:element name="d" minOccurs="0"/></xs:sequence>
             </xs:choice>
           </xs:sequence></xs:complexType>
           <xs:complexType name="A"><xs:all><xs:element name="x"/><xs:element name="y" minOccurs="0"/></xs:all></xs:complexType>
           <xs:complexType name="Empty"/>
           <xs:complexType name="EmptySequence"><xs:sequence/></xs:complexType>"#,
    );
    assert_eq!(show(&service, "t:T"), "(a:xs:int, (b:xs:string | (c, d?){1,3})*)");
    assert_eq!(show(&service, "t:A"), "(x & y?)");
    assert_eq!(show(&service, "t:Empty"), "empty");
    assert_eq!(show(&service, "t:EmptySequence"), "()");
    assert!(warnings(&service).is_empty());
}

#[test]
fn odd_numbers_of_occurrences() {
    let service = schema(
        r#"<xs:complexType name="T"><xs:sequence>
             <xs:element name="never" maxOccurs="0" minOccurs="0"/>
             <xs:element name="two" minOccurs="2"/>
             <xs:element name="many" maxOccurs="99999999999999999999"/>
             <xs:element name="what" maxOccurs="lots"/>
             <xs:element name="spaced" minOccurs=" 0 " maxOccurs=" Unbounded "/>
           </xs:sequence></xs:complexType>"#,
    );
    assert_eq!(show(&service, "t:T"), "(two{2,2}, many+, what, spaced*)");
    assert_eq!(warnings(&service), ["\"lots\" is not a number of occurrences; taken as 1"]);
}

#[test]
fn particles_directly_in_the_type() {
    let service = schema(
        r#"<xs:complexType name="T"><xs:element name="a"/><xs:element name="b" minOccurs="0"/></xs:complexType>
           <xs:complexType name="G"><xs:group ref="t:Group"/></xs:complexType>
           <xs:group name="Group"><xs:choice><xs:element name="c"/></xs:choice></xs:group>"#,
    );
    assert_eq!(show(&service, "t:T"), "(a, b?)");
    assert_eq!(show(&service, "t:G"), "group t:Group");
}
