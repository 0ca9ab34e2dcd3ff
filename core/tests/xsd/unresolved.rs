//! References that lead nowhere, and what becomes of them.

use super::description::{around, load, schema, show, show_element, warnings};

#[test]
fn a_builtin_in_the_target_namespace_and_the_reverse() {
    let service = schema(
        r#"<xs:element name="a" type="t:string"/><xs:element name="b" type="xs:Mine"/><xs:element name="c" type="Mine"/>
           <xs:simpleType name="Mine"><xs:restriction base="xs:int"/></xs:simpleType>"#,
    );
    assert_eq!(show_element(&service, "t:a"), "t:a:xs:string");
    assert_eq!(show_element(&service, "t:b"), "t:b:t:Mine");
    assert_eq!(show_element(&service, "t:c"), "t:c:t:Mine");
    assert_eq!(warnings(&service).len(), 3);
    assert_eq!(
        warnings(&service)[0],
        "type {urn:t}string is not defined; taken as {http://www.w3.org/2001/XMLSchema}string"
    );
}

#[test]
fn builtins_in_another_case() {
    let service =
        schema(r#"<xs:element name="a" type="xs:String"/><xs:element name="b" type="xs:datetime"/>"#);
    assert_eq!(show_element(&service, "t:a"), "t:a:xs:string");
    assert_eq!(show_element(&service, "t:b"), "t:b:xs:dateTime");
    assert_eq!(warnings(&service).len(), 2);
}

#[test]
fn prefixes_nobody_declared() {
    let service = load(
        r#"<definitions xmlns="http://schemas.xmlsoap.org/wsdl/"><types>
             <s:schema xmlns:s="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:t">
               <s:element name="a" type="xsd:int"/><s:element name="b" type="tns:T"/><s:element name="c" type="q:T"/>
               <s:element name="d" type="q:U"/>
               <s:complexType name="T"/></s:schema></types><service name="S"/></definitions>"#,
    );
    assert_eq!(show_element(&service, "t:a"), "t:a:xs:int");
    assert_eq!(show_element(&service, "t:b"), "t:b:t:T");
    assert_eq!(show_element(&service, "t:c"), "t:c:t:T");
    let all = warnings(&service);
    assert!(all.contains(&"type q:T is not defined; taken as {urn:t}T".to_owned()), "{all:?}");
    assert!(all.contains(&"type q:U is not defined".to_owned()), "{all:?}");
}

#[test]
fn no_guess_where_two_would_do_or_the_namespace_is_foreign() {
    let service = load(&around(
        r#"<xs:schema targetNamespace="urn:t"><xs:complexType name="T"/>
             <xs:element name="a" type="T"/><xs:element name="b" xmlns:f="urn:far" type="f:U"/></xs:schema>
           <xs:schema targetNamespace="urn:o"><xs:complexType name="T"/><xs:complexType name="U"/></xs:schema>"#,
    ));
    assert_eq!(show_element(&service, "t:b"), "t:b:{urn:far}U");
    assert_eq!(warnings(&service).iter().filter(|text| text.ends_with("is not defined")).count(), 2);
}

#[test]
fn every_kind_of_reference_is_settled() {
    let service = load(&around(
        r#"<xs:schema targetNamespace="urn:t">
             <xs:complexType name="T"><xs:sequence><xs:element ref="e"/><xs:group ref="g"/></xs:sequence>
               <xs:attribute ref="a"/><xs:attributeGroup ref="ag"/></xs:complexType>
             <xs:simpleType name="L"><xs:list itemType="t:int"/></xs:simpleType>
             <xs:element name="e"/><xs:group name="g"/><xs:attribute name="a"/><xs:attributeGroup name="ag"/>
           </xs:schema>"#,
    ));
    assert_eq!(show(&service, "t:T"), "(ref t:e, group t:g) @ref t:a @group t:ag");
    assert_eq!(show(&service, "t:L"), "list of xs:int");
    assert_eq!(warnings(&service).len(), 5);
}

#[test]
fn a_schema_that_lacks_its_namespace() {
    let service = load(&around(
        r#"<xs:schema><xs:complexType name="T"/><xs:element name="a" type="t:T"/></xs:schema>
           <xs:schema targetNamespace="urn:o"><xs:complexType name="U"/><xs:element name="b" type="t:U"/></xs:schema>"#,
    ));
    assert_eq!(show_element(&service, "a"), "a:T");
    assert_eq!(show_element(&service, "o:b"), "o:b:t:U");
    assert_eq!(
        warnings(&service),
        ["type {urn:t}T is not defined; taken as T", "type {urn:t}U is not defined"]
    );
}

#[test]
fn any_where_a_type_is_wanted() {
    let service = schema(r#"<xs:element name="a" type="xs:any"/>"#);
    assert_eq!(show_element(&service, "t:a"), "t:a:xs:anyType");
    assert_eq!(warnings(&service).len(), 1);
}
