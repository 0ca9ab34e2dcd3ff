//! Element declarations: types, nil, defaults, references, documentation.

use super::description::{schema, show, show_element, warnings};
use wsdlproxy::xsd::TypeRef;

#[test]
fn global_elements() {
    let service = schema(
        r#"<xs:element name="named" type="xs:date" nillable="true"/>
           <xs:element name="simple"><xs:simpleType><xs:restriction base="xs:int"/></xs:simpleType></xs:element>
           <xs:element name="complex"><xs:complexType><xs:sequence>
             <xs:element name="in" type="xs:string" default="x"/><xs:element name="const" fixed="y"/>
           </xs:sequence></xs:complexType></xs:element>
           <xs:element name="anything"/>
           <xs:element name="hidden" abstract="1"/>"#,
    );
    assert_eq!(show_element(&service, "t:named"), "t:named:xs:date nillable");
    assert_eq!(show_element(&service, "t:simple"), "t:simple:<xs:int>");
    assert_eq!(show_element(&service, "t:complex"), "t:complex:<(in:xs:string=x, const==y)>");
    assert_eq!(show_element(&service, "t:anything"), "t:anything");
    assert_eq!(show_element(&service, "t:hidden"), "t:hidden abstract");
}

#[test]
fn recursion_through_elements() {
    let service = schema(
        r#"<xs:complexType name="Node"><xs:sequence>
             <xs:element name="next" type="t:Node" minOccurs="0"/><xs:element ref="t:leaf"/>
           </xs:sequence></xs:complexType>
           <xs:element name="leaf"><xs:complexType><xs:sequence>
             <xs:element ref="t:leaf" minOccurs="0"/></xs:sequence></xs:complexType></xs:element>"#,
    );
    assert_eq!(show(&service, "t:Node"), "(next:t:Node?, ref t:leaf)");
    assert_eq!(show_element(&service, "t:leaf"), "t:leaf:<(ref t:leaf?)>");
    assert!(warnings(&service).is_empty());
}

#[test]
fn documentation_is_kept() {
    let service = schema(
        r#"<xs:element name="e"><xs:annotation><xs:appinfo>no</xs:appinfo>
             <xs:documentation> First <b>bold</b>. </xs:documentation><xs:documentation>Second.</xs:documentation>
             </xs:annotation>
             <xs:simpleType><xs:annotation><xs:documentation>Of the type.</xs:documentation></xs:annotation>
               <xs:restriction base="xs:int"/></xs:simpleType></xs:element>"#,
    );
    let element = service.schemas.elements.values().next().unwrap();
    assert_eq!(element.documentation.as_deref(), Some("First bold.\nSecond."));
    let Some(TypeRef::Inline(def)) = &element.type_ref else { panic!("an anonymous type") };
    assert_eq!(def.documentation.as_deref(), Some("Of the type."));
    assert_eq!(service.schemas.location(element.origin.document), "http://test/main.wsdl");
    assert_eq!(service.schemas.position(element.origin).line, 4);
}

#[test]
fn the_schema_of_schemas_as_content() {
    let service = schema(
        r#"<xs:element name="DataSet"><xs:complexType><xs:sequence>
             <xs:element ref="xs:schema"/><xs:any/></xs:sequence></xs:complexType></xs:element>"#,
    );
    assert_eq!(show_element(&service, "t:DataSet"), "t:DataSet:<(xs:schema, any)>");
    assert!(warnings(&service).is_empty());
}

#[test]
fn duplicates() {
    let service = schema(
        r#"<xs:element name="same" type="xs:int"/><xs:element name="same" type="xs:int"/>
           <xs:element name="other" type="xs:int"/><xs:element name="other" type="xs:string"/>
           <xs:complexType name="T"/><xs:complexType name="T"><xs:sequence/></xs:complexType>"#,
    );
    assert_eq!(show_element(&service, "t:other"), "t:other:xs:int");
    assert_eq!(
        warnings(&service),
        [
            "a second, different element {urn:t}other is ignored",
            "a second, different complexType {urn:t}T is ignored"
        ]
    );
}
