//! The tree that WSDL and schema documents are read into.

use std::borrow::Cow;
use std::fmt::Write;
use std::time::{Duration, Instant};

use wsdlproxy::name::QNameRef;
use wsdlproxy::xml::Document;
use wsdlproxy::{ErrorKind, Limits};

fn parse(text: &str) -> Document {
    Document::parse(text, "http://example.org/a.wsdl", &Limits::default()).unwrap()
}

#[test]
fn names_attributes_and_children() {
    let document = parse(
        "<?xml version='1.0'?>\n<w:definitions xmlns:w='wsdl' targetNamespace='t&amp;t' w:x='1'>\n  <w:types/>text\
         <w:message name='m'><w:part/><w:part/></w:message><other xmlns='o'/></w:definitions>\n<!--c-->",
    );
    assert_eq!((document.location(), document.warnings().len()), ("http://example.org/a.wsdl", 0));
    let root = document.root();
    assert!(root.is("wsdl", "definitions") && !root.is("", "definitions"));
    assert_eq!(root.attribute("targetNamespace"), Some("t&t"));
    assert_eq!((root.attribute("x"), root.attribute_ns("wsdl", "x")), (None, Some("1")));
    let attributes: Vec<_> = root.attributes().collect();
    assert_eq!(attributes, [("", "targetNamespace", "t&t"), ("wsdl", "x", "1")]);
    let children: Vec<_> = root.children().map(|child| (child.ns(), child.local())).collect();
    assert_eq!(children, [("wsdl", "types"), ("wsdl", "message"), ("o", "other")]);
    let message = root.children().nth(1).unwrap();
    assert_eq!((message.attribute("name"), message.children().count()), (Some("m"), 2));
    assert_eq!((root.position().line, root.position().column), (2, 1));
    assert_eq!((message.position().line, message.position().column), (3, 17));
    assert!(root.children().next().unwrap().children().next().is_none());
}

#[test]
fn text_of_descendants() {
    let document = parse("<a>plain</a>");
    assert!(matches!(document.root().text(), Cow::Borrowed("plain")));
    let document = parse("<p:a xmlns:p='u'>one <p:b>two<c/></p:b>&amp;<![CDATA[<three>]]><!--x--></p:a>");
    assert_eq!(document.root().text(), "one two&<three>");
    assert_eq!(document.root().children().next().unwrap().text(), "two");
}

#[test]
fn qualified_names_in_values() {
    let document = parse("<a xmlns='d' xmlns:p='u' type=' p:T '><b xmlns='' xmlns:p='v' other='T'/></a>");
    let root = document.root();
    assert_eq!(root.resolve(root.attribute("type").unwrap()).unwrap(), QNameRef::new("u", "T"));
    assert_eq!(root.resolve("T").unwrap(), QNameRef::new("d", "T"));
    let child = root.children().next().unwrap();
    assert_eq!(child.resolve("p:T").unwrap(), QNameRef::new("v", "T"));
    assert_eq!(child.resolve(child.attribute("other").unwrap()).unwrap(), QNameRef::new("", "T"));
    assert_eq!(child.resolve("xml:lang").unwrap().ns, "http://www.w3.org/XML/1998/namespace");
    assert_eq!(child.namespaces().collect::<Vec<_>>(), [("p", "v"), ("", "")]);
    assert_eq!(root.namespaces().collect::<Vec<_>>(), [("p", "u"), ("", "d")]);
    for bad in ["q:T", "", " ", "p:", ":T", "p:T:U", "p T"] {
        let error = child.resolve(bad).unwrap_err();
        assert_eq!((error.kind(), error.document()), (ErrorKind::Wsdl, Some("http://example.org/a.wsdl")));
        assert_eq!(error.position(), Some(child.position()), "{bad}");
    }
}

#[test]
fn slips_around_the_root_are_noted() {
    let document = parse("\u{FEFF}\n <?xml version='1.0'?><a><b x='&lt;'/></a>\n<script>");
    assert_eq!(document.warnings().len(), 2);
    assert!(document.warnings()[0].contains("before the XML declaration"));
    assert!(
        document.warnings()[1].contains("after the root")
            || document.warnings()[1].contains("follows the root")
    );
    assert_eq!(document.root().children().next().unwrap().attribute("x"), Some("<"));
    assert_eq!(document.root().position().line, 2);
    for trailing in ["<a/>junk", "<a/>\0", "<a/><b>", "<a/>&foo;", "<a/><!DOCTYPE a>"] {
        assert_eq!(parse(trailing).warnings().len(), 1, "{trailing}");
    }
    let inside = Document::parse("<a>\u{1}</a>", "x", &Limits::default());
    assert!(inside.is_err());
}

#[test]
fn a_document_type_is_passed_over() {
    let declared =
        "<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/a.dtd' [<!ENTITY e 'x'><!ATTLIST a b CDATA #FIXED 'y'>]>";
    let document = parse(&format!("{declared}<a>text</a>"));
    assert!(document.warnings()[0].contains("DOCTYPE"), "{:?}", document.warnings());
    assert_eq!((document.root().text().as_ref(), document.root().attribute("b")), ("text", None));
    let entities = ["<a>&e;</a>", "<a b='&e;'/>", "<a><!DOCTYPE a></a>"];
    for body in entities {
        assert!(Document::parse(format!("{declared}{body}"), "x", &Limits::default()).is_err(), "{body}");
    }
}

#[test]
fn documents_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    shared(&parse("<a/>"));
}

#[test]
fn a_large_document_on_one_line() {
    let mut text = String::from("<s:schema xmlns:s='u'>");
    for n in 0..8_000 {
        write!(text, "<s:element name=\"element{n}\" type=\"s:string\" minOccurs=\"0\"><s:a/></s:element>")
            .unwrap();
    }
    text += "</s:schema>";
    let started = Instant::now();
    let document = parse(&text);
    let last = document.root().children().last().unwrap();
    assert_eq!(last.attribute("name"), Some("element7999"));
    let columns = document.root().children().map(|child| u64::from(child.position().column)).max();
    assert_eq!(columns, text.rfind("<s:element").map(|at| at as u64 + 1));
    assert!(started.elapsed() < Duration::from_secs(60));
}
