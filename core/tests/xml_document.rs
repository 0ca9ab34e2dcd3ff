//! The tree that WSDL and schema documents are read into.

use std::borrow::Cow;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use wsdlproxy::name::QNameRef;
use wsdlproxy::xml::{Cursor, Document, Element, Event};
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

/// Start tags, with the attributes and the text of the elements, as the cursor reads them.
fn events(text: &str) -> wsdlproxy::Result<Vec<String>> {
    let mut cursor = Cursor::new(text, &Limits::default());
    let mut list = Vec::new();
    loop {
        match cursor.next()? {
            Event::Start(name) => {
                let mut line =
                    format!("{{{}}}{} at {}", cursor.namespace(name.ns), name.local, cursor.offset());
                for attribute in cursor.attributes() {
                    let ns = cursor.namespace(attribute.ns);
                    write!(line, " {{{ns}}}{}={:?}", attribute.local, attribute.value).unwrap();
                }
                list.push(line);
            }
            Event::End if cursor.depth() > 0 => list.push("end".to_owned()),
            Event::Text(_) => {}
            Event::End | Event::Eof => return Ok(list),
        }
    }
}

/// The same of a tree.
fn nodes(element: Element<'_>, list: &mut Vec<String>) {
    let mut line = format!("{{{}}}{} at {}", element.ns(), element.local(), element.byte());
    for (ns, local, value) in element.attributes() {
        write!(line, " {{{ns}}}{local}={value:?}").unwrap();
    }
    list.push(line);
    for child in element.children() {
        nodes(child, list);
        list.push("end".to_owned());
    }
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in folder.read_dir().unwrap().map(|entry| entry.unwrap().path()) {
        match entry.extension().and_then(|extension| extension.to_str()) {
            _ if entry.is_dir() => files(&entry, found),
            Some("wsdl" | "xsd" | "xml") => found.push(entry),
            _ => {}
        }
    }
}

#[test]
#[allow(clippy::disallowed_methods)] // files of this tree
fn the_tree_is_what_the_cursor_reads() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut found = Vec::new();
    ["tests", "examples", "core"].iter().for_each(|folder| files(&root.join(folder), &mut found));
    let mut compared = 0;
    for file in found {
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        if text.starts_with('\u{FEFF}') {
            continue;
        }
        let Ok(events) = events(&text) else { continue };
        // Recorded web pages are refused on purpose.
        let Ok(document) = Document::parse(text, "x", &Limits::default()) else { continue };
        let mut list = Vec::new();
        nodes(document.root(), &mut list);
        let marked = events.iter().zip(&list).find(|(cursor, tree)| cursor != tree);
        assert!(marked.is_none() && events.len() == list.len(), "{}: {marked:?}", file.display());
        compared += 1;
    }
    assert!(compared > 60, "{compared}");
}

const GOOD: [&str; 20] = [
    "<a/>",
    "<a></a>",
    "<a />",
    "<a\n\t b = '1'\r\n/>",
    "<a b='x\"y' c=\"x'y\"/>",
    "<p:a p:b='1' b='2'/>",
    "<a b='&lt;&#65;'/>",
    "<a b='1\n2\t3'/>",
    "<é ß='ü'/>",
    "<a b='é'/>",
    "<a xmlns='v'><b/></a>",
    "<a>x</a >",
    "<p:a xmlns:p='v'><p:b p:c='1'/></p:a><p:b/>",
    "<a xml:lang='de'/>",
    "<a>&amp;<b/>text<![CDATA[<c>]]></a>",
    "<a><!--<b>--><c/><?pi <d?></a>",
    "<a-b.c_1 d-e.f_2=''/>",
    "<a xmlnsx='1'/>",
    "<a b='>'/>",
    "<a b='/>'>/></a>",
];

const BAD: [&str; 27] = [
    "<a b='1'c='2'/>",
    "<a b='1' b='2'/>",
    "<a p:b='1' q:b='2'/>",
    "<a b/>",
    "<a b=1/>",
    "<a b='<'/>",
    "<a b='&'/>",
    "<a/ >",
    "<a / >",
    "< a/>",
    "<1a/>",
    "<-a/>",
    "<a:b:c/>",
    "<:a/>",
    "<a:/>",
    "<a 1b=''/>",
    "<a",
    "<a b='1",
    "<a></b>",
    "<a",
    "</a>",
    "<a>]]></a>",
    "<a>\u{1}</a>",
    "<a b='\u{1}'/>",
    "<a/><",
    "<a =''/>",
    "<a b=''=''/>",
];

/// Whether this is content of an element, for the cursor and for the tree alike.
fn is_content(inside: &str) -> bool {
    let text = format!("<r xmlns:p='u' xmlns:q='u'>\n<first a='1'/>{inside}<last/></r>");
    let document = Document::parse(text.clone(), "x", &Limits::default());
    match (events(&text), document) {
        (Ok(events), Ok(document)) => {
            let mut list = Vec::new();
            nodes(document.root(), &mut list);
            assert_eq!(events, list, "{inside}");
            true
        }
        (Err(_), Err(_)) => false,
        (cursor, document) => panic!("{inside}: {:?} {:?}", cursor.err(), document.err()),
    }
}

#[test]
fn tags_written_in_unusual_ways() {
    let many = (0..30).fold(String::new(), |text, n| text + &format!(" a{n}='{n}'"));
    for good in GOOD.into_iter().chain([format!("<a{many}/>").as_str()]) {
        assert!(is_content(good), "{good}");
    }
    for bad in BAD.into_iter().chain([format!("<a{many} a7=''/>").as_str()]) {
        assert!(!is_content(bad), "{bad}");
    }
}
