//! Schemas that are compiled in.

use super::description::{around, load, load_all, schemas, show, show_element, warnings, MAIN};

/// Loads with every import leading to a location that must not be asked.
#[test]
fn imports_of_them_ask_nobody() {
    let namespaces = [
        "http://schemas.xmlsoap.org/soap/encoding/",
        "http://www.w3.org/2003/05/soap-encoding",
        "http://www.w3.org/XML/1998/namespace",
        "http://schemas.xmlsoap.org/soap/envelope/",
        "http://www.w3.org/2003/05/soap-envelope",
        "http://www.w3.org/2003/05/soap-rpc",
        "http://xml.apache.org/xml-soap",
        "http://www.w3.org/2005/08/addressing",
        "http://schemas.xmlsoap.org/ws/2004/08/addressing",
        "http://www.w3.org/2005/05/xmlmime",
        "http://www.w3.org/2004/11/xmlmime",
        "http://ws-i.org/profiles/basic/1.1/xsd",
        "http://schemas.xmlsoap.org/wsdl/",
        "http://www.w3.org/2001/XMLSchema",
    ];
    let imports = namespaces
        .map(|ns| format!(r#"<xs:import namespace="{ns}" schemaLocation="http://elsewhere/{ns}"/>"#))
        .concat();
    let service = schemas(&format!(r#"<xs:schema targetNamespace="urn:t">{imports}</xs:schema>"#), &[]);
    assert!(warnings(&service).is_empty(), "{:?}", warnings(&service));
    assert_eq!(show(&service, "e:base64"), "xs:base64Binary");
    assert_eq!(show(&service, "e:string"), "text extends xs:string @group e:commonAttributes");
    assert_eq!(show_element(&service, "e:int"), "e:int:e:int");
    assert_eq!(
        show(&service, "{http://xml.apache.org/xml-soap}Map"),
        "(item:{http://xml.apache.org/xml-soap}mapItem*)"
    );
}

#[test]
fn a_mention_is_enough() {
    let service = load(&around(
        r#"<xs:schema targetNamespace="urn:t"><xs:element name="a" type="e:Struct"/>
             <xs:complexType name="T"><xs:attribute ref="xml:space"/></xs:complexType></xs:schema>"#,
    ));
    assert!(warnings(&service).is_empty(), "{:?}", warnings(&service));
    assert_eq!(show(&service, "e:Struct"), "group e:Struct? @group e:commonAttributes");
    assert_eq!(service.schemas.attributes.len(), 9);
}

#[test]
fn nothing_is_read_without_need() {
    let service = load(&around(r#"<xs:schema targetNamespace="urn:t"><xs:element name="a"/></xs:schema>"#));
    assert!(service.schemas.types.is_empty());
}

#[test]
fn what_the_service_defines_goes_before() {
    let text = around(
        r#"<xs:schema targetNamespace="http://schemas.xmlsoap.org/soap/encoding/"><xs:complexType name="Struct"/></xs:schema>
           <xs:schema targetNamespace="urn:t"><xs:element name="a" type="e:Struct"/></xs:schema>"#,
    );
    let service = load_all(&[(MAIN, &text)]).unwrap();
    assert_eq!(show(&service, "e:Struct"), "empty");
    assert!(warnings(&service).is_empty(), "{:?}", warnings(&service));
}
