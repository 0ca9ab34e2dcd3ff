//! What cannot be loaded, and how that reads.

use super::description::{load_all, load_bytes, warnings, MAIN};
use super::text::{definitions, NAMESPACES};
use wsdlproxy::{ErrorKind, Limits};

fn refusal(text: &str) -> String {
    let error = load_all(&[(MAIN, text)]).err().expect("this must be refused");
    assert_eq!(error.kind(), ErrorKind::Wsdl);
    assert_eq!(error.document(), Some(MAIN));
    error.message().to_owned()
}

#[test]
fn other_documents() {
    assert_eq!(refusal("<a/>"), "expected the definitions of a WSDL 1.1 document, found <a>");
    assert_eq!(
        refusal(r#"<description xmlns="http://www.w3.org/ns/wsdl"/>"#),
        "expected the definitions of a WSDL 1.1 document, found a description in WSDL 2.0"
    );
    assert_eq!(refusal("<html><body></html>"), "this is an HTML page, not a WSDL or schema document");
    for broken in ["", "nothing", "<definitions", &format!("<definitions {NAMESPACES}>")] {
        refusal(broken);
    }
}

#[test]
fn bytes_that_are_no_text() {
    let error = load_bytes(&[(MAIN, b"<a>\xFF</a>")], &Limits::default()).err().unwrap();
    assert_eq!((error.kind(), error.document()), (ErrorKind::Wsdl, Some(MAIN)));
}

#[test]
fn no_usable_port() {
    let text = definitions(
        r#"<service name="S">
        <port name="X" binding="t:Gone"/></service>"#,
    );
    let service = load_all(&[(MAIN, &text)]).unwrap();
    assert!(service.services[0].ports.is_empty());
    assert_eq!(warnings(&service), ["binding {urn:t}Gone is not defined"]);
}
