//! `import`: by location, without, in circles, twice; documents that cannot be read.

use super::description::{around, document, load_bytes, schemas, show_element, warnings, MAIN};
use wsdlproxy::Limits;

#[test]
fn circles_and_repetition() {
    let a = document(
        r#"targetNamespace="urn:t""#,
        r#"<xs:import namespace="urn:o" schemaLocation="b.xsd"/><xs:element name="a" type="o:B"/>"#,
    );
    let b = document(
        r#"targetNamespace="urn:o""#,
        r#"<xs:import namespace="urn:t" schemaLocation="http://test/a.xsd"/>
           <xs:simpleType name="B"><xs:restriction base="xs:int"/></xs:simpleType><xs:element name="b" type="o:B"/>"#,
    );
    let service = schemas(
        r#"<xs:schema><xs:import namespace="urn:t" schemaLocation="a.xsd"/></xs:schema>
           <xs:schema><xs:import namespace="urn:o" schemaLocation="b.xsd"/>
             <xs:import namespace="urn:t" schemaLocation="a.xsd"/></xs:schema>"#,
        &[("a.xsd", &a), ("b.xsd", &b)],
    );
    assert_eq!(show_element(&service, "t:a"), "t:a:o:B");
    assert_eq!(show_element(&service, "o:b"), "o:b:o:B");
    assert!(warnings(&service).is_empty(), "{:?}", warnings(&service));
    assert_eq!(service.schemas.documents.len(), 3);
}

#[test]
fn between_schemas_of_one_description_no_import_is_needed() {
    let service = schemas(
        r#"<xs:schema targetNamespace="urn:t"><xs:element name="a" type="o:B"/></xs:schema>
           <xs:schema targetNamespace="urn:o"><xs:import namespace="urn:t"/><xs:complexType name="B"/></xs:schema>"#,
        &[],
    );
    assert_eq!(show_element(&service, "t:a"), "t:a:o:B");
    assert!(warnings(&service).is_empty(), "{:?}", warnings(&service));
}

#[test]
fn what_cannot_be_read_is_a_warning() {
    let service = schemas(
        r#"<xs:schema targetNamespace="urn:t">
             <xs:import namespace="urn:missing" schemaLocation="missing.xsd"/>
             <xs:import namespace="urn:o" schemaLocation="broken.xsd"/>
             <xs:import namespace="urn:page" schemaLocation="page.xml"/>
             <xs:element name="fine" type="xs:int"/><xs:element name="not" type="o:T"/></xs:schema>"#,
        &[("broken.xsd", "<xs:schema"), ("page.xml", "<page><body/></page>")],
    );
    assert_eq!(show_element(&service, "t:fine"), "t:fine:xs:int");
    let all = warnings(&service);
    assert_eq!(all.len(), 4, "{all:?}");
    assert!(all[0].starts_with("http://test/missing.xsd cannot be read: no document at"), "{all:?}");
    assert!(all[1].starts_with("http://test/broken.xsd cannot be read: "), "{all:?}");
    assert_eq!(all[2], "expected a schema, found page");
    assert_eq!(all[3], "type {urn:o}T is not defined");
    assert_eq!(service.warnings[3].position.unwrap().line, 8);
}

#[test]
fn schemas_inside_an_imported_description() {
    let other = around(r#"<xs:schema targetNamespace="urn:o"><xs:element name="b"/></xs:schema>"#);
    let service = schemas(
        r#"<xs:schema targetNamespace="urn:t"><xs:import namespace="urn:o" schemaLocation="o.wsdl"/>
             <xs:import namespace="urn:t" schemaLocation="main.wsdl"/><xs:element name="a"/></xs:schema>"#,
        &[("o.wsdl", &other)],
    );
    assert_eq!(show_element(&service, "o:b"), "o:b");
    assert_eq!(service.schemas.elements.len(), 2);
}

#[test]
fn limits_on_documents_and_bytes() {
    let main = around(r#"<xs:schema><xs:import namespace="urn:0" schemaLocation="0.xsd"/></xs:schema>"#);
    let chain: Vec<(String, String)> = (0..50)
        .map(|i| {
            let next = i + 1;
            let import = format!(r#"<xs:import namespace="urn:{next}" schemaLocation="{next}.xsd"/>"#);
            (format!("http://test/{i}.xsd"), document(&format!(r#"targetNamespace="urn:{i}""#), &import))
        })
        .collect();
    let mut documents: Vec<(&str, &[u8])> = vec![(MAIN, main.as_bytes())];
    documents.extend(chain.iter().map(|(at, text)| (at.as_str(), text.as_bytes())));
    let limited = |documents_limit, bytes| {
        let limits = Limits { documents: documents_limit, bytes, ..Limits::default() };
        load_bytes(&documents, &limits)
    };
    assert_eq!(limited(100, 1 << 20).unwrap().schemas.documents.len(), 51);
    assert_eq!(limited(20, 1 << 20).err().unwrap().message(), "more than 20 documents are imported");
    assert_eq!(limited(100, 2000).err().unwrap().message(), "the documents exceed 2000 bytes");
}
