//! `import` of descriptions and schemas: by location, relative, in circles, repeated.

use super::description::{load_all, warnings, MAIN};
use super::text::{binding, bound, definitions, operation, operations, parts};

const SERVICE: &str =
    r#"<service name="S"><port name="X" binding="t:B"><s:address location="http://x/"/></port></service>"#;

fn messages() -> String {
    r#"<message name="In"><part name="a" element="o:e"/></message><message name="Out"/>"#.to_owned()
}

fn rest() -> String {
    format!(r#"<portType name="P">{}</portType>{}"#, operation("go"), binding(&bound("go", "", "")))
}

fn import(location: &str) -> String {
    format!(r#"<import namespace="urn:t" location="{location}"/>"#)
}

#[test]
fn split_over_documents_in_a_circle() {
    let main = definitions(&format!("{}{}{SERVICE}", import("a.wsdl"), import("http://test/a.wsdl")));
    let a = definitions(&format!("{}{}{}", import("b.wsdl"), import("main.wsdl"), rest()));
    let b = definitions(&format!("{}{}{}", import("a.wsdl"), import("e.xsd"), messages()));
    let schema = r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:o"><xs:element name="e"/></xs:schema>"#;
    let service = load_all(&[
        (MAIN, &main),
        ("http://test/a.wsdl", &a),
        ("http://test/b.wsdl", &b),
        ("http://test/e.xsd", schema),
    ])
    .unwrap();
    assert_eq!(operations(&service), ["go(In) -> Out"]);
    assert_eq!(parts(&service, "In"), ["a=o:e"]);
    assert_eq!(service.schemas.elements.len(), 1);
    // The document read for one namespace declares another; that is the only flaw.
    assert_eq!(warnings(&service), ["read for namespace \"urn:t\" but its own is \"urn:o\""]);
    assert_eq!(service.location, MAIN);
}

#[test]
fn schemas_of_an_imported_description() {
    let main = definitions(&format!("{}{SERVICE}{}{}", import("a.wsdl"), messages(), rest()));
    let a = definitions(
        r#"<types><xs:schema targetNamespace="urn:o"><xs:include schemaLocation="e.xsd"/></xs:schema></types>"#,
    );
    let schema =
        r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="e"/></xs:schema>"#;
    let documents = [(MAIN, main.as_str()), ("http://test/a.wsdl", &a), ("http://test/e.xsd", schema)];
    let service = load_all(&documents).unwrap();
    assert_eq!(service.schemas.elements.len(), 1);
    assert!(warnings(&service).is_empty(), "{:?}", warnings(&service));
}

#[test]
fn a_missing_document_matters_only_if_something_is_missing() {
    let whole = definitions(&format!(
        "{}<import namespace='urn:t'/>{SERVICE}<message name='In'/><message name='Out'/>{}",
        import("gone.wsdl"),
        rest()
    ));
    let service = load_all(&[(MAIN, &whole)]).unwrap();
    assert_eq!(operations(&service), ["go(In) -> Out"]);
    let all = warnings(&service);
    assert_eq!(all[0], "an import without location is ignored");
    assert!(all[1].starts_with("http://test/gone.wsdl cannot be read: "), "{all:?}");
    assert_eq!(all.len(), 2);

    let part = definitions(&format!("{}{SERVICE}", import("gone.wsdl")));
    let error = load_all(&[(MAIN, &part)]).err().unwrap();
    assert!(error.message().starts_with("no port is left: binding {urn:t}B cannot be used; "), "{error}");
    assert!(error.message().contains("http://test/gone.wsdl cannot be read"), "{error}");
    assert_eq!(error.document(), Some(MAIN));
}
