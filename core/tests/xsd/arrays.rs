//! Arrays of the SOAP encodings.

use super::description::{schema, show, warnings};

#[test]
fn by_array_type() {
    let service = schema(
        r#"<xs:complexType name="A"><xs:complexContent><xs:restriction base="e:Array">
             <xs:attribute ref="e:arrayType" wsdl:arrayType="xs:string[]"/></xs:restriction></xs:complexContent></xs:complexType>
           <xs:complexType name="M"><xs:complexContent><xs:restriction base="e:Array">
             <xs:attribute ref="e:arrayType" wsdl:arrayType="t:A[][, ]"/></xs:restriction></xs:complexContent></xs:complexType>
           <xs:complexType name="Unprefixed"><xs:complexContent><xs:restriction base="e:Array">
             <xs:attribute ref="e:arrayType" arrayType="xs:int[]"/></xs:restriction></xs:complexContent></xs:complexType>
           <xs:complexType name="Derived"><xs:complexContent><xs:restriction base="t:A"/></xs:complexContent></xs:complexType>"#,
    );
    assert_eq!(show(&service, "t:A"), "restricts e:Array: empty array of xs:string[]");
    assert_eq!(show(&service, "t:M"), "restricts e:Array: empty array of t:A[][,]");
    assert_eq!(show(&service, "t:Unprefixed"), "restricts e:Array: empty array of xs:int[]");
    assert_eq!(show(&service, "t:Derived"), "restricts t:A: empty array of xs:string[]");
    assert!(warnings(&service).is_empty(), "{:?}", warnings(&service));
}

#[test]
fn by_item_type_and_size_of_soap_12() {
    let service = schema(
        r#"<xs:complexType name="A"><xs:complexContent><xs:restriction base="f:Array" xmlns:f="http://www.w3.org/2003/05/soap-encoding">
             <xs:attribute ref="f:itemType" wsdl:itemType="xs:int"/></xs:restriction></xs:complexContent></xs:complexType>
           <xs:complexType name="M"><xs:complexContent><xs:restriction base="f:Array" xmlns:f="http://www.w3.org/2003/05/soap-encoding">
             <xs:attribute ref="f:arraySize" wsdl:arraySize="* 2"/><xs:attribute ref="f:itemType" wsdl:itemType="t:A"/>
             </xs:restriction></xs:complexContent></xs:complexType>"#,
    );
    assert!(show(&service, "t:A").ends_with(": empty array of xs:int"), "{}", show(&service, "t:A"));
    assert!(show(&service, "t:M").ends_with(": empty array of t:A[,]"), "{}", show(&service, "t:M"));
    assert!(warnings(&service).is_empty(), "{:?}", warnings(&service));
}

#[test]
fn by_an_item_element() {
    let service = schema(
        r#"<xs:complexType name="A"><xs:complexContent><xs:restriction base="e:Array"><xs:sequence>
             <xs:element name="item" type="xs:int" minOccurs="0" maxOccurs="unbounded" nillable="true"/>
             </xs:sequence></xs:restriction></xs:complexContent></xs:complexType>
           <xs:complexType name="Any"><xs:complexContent><xs:restriction base="e:Array"/></xs:complexContent></xs:complexType>"#,
    );
    let array = "restricts e:Array: (item:xs:int nillable*) array of items";
    assert_eq!(show(&service, "t:A"), array);
    assert_eq!(show(&service, "t:Any"), "restricts e:Array: empty array of items");
}

#[test]
fn an_array_inside_an_array() {
    let service = schema(
        r#"<xs:complexType name="Outer"><xs:complexContent><xs:restriction base="e:Array"><xs:sequence>
             <xs:element name="row" maxOccurs="unbounded"><xs:complexType><xs:complexContent><xs:restriction base="e:Array">
               <xs:attribute ref="e:arrayType" wsdl:arrayType="xs:int[]"/></xs:restriction></xs:complexContent></xs:complexType></xs:element>
             </xs:sequence></xs:restriction></xs:complexContent></xs:complexType>"#,
    );
    assert_eq!(
        show(&service, "t:Outer"),
        "restricts e:Array: (row:<restricts e:Array: empty array of xs:int[]>+) array of items"
    );
}
