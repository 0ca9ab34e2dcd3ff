//! Every construct that is not namespace-well-formed XML is refused, by name and with its position.

use wsdlproxy::xml::{Cursor, Document, Event};
use wsdlproxy::{Error, ErrorKind, Limits, Result};

fn read(text: &str) -> Result<()> {
    let mut cursor = Cursor::new(text, &Limits::default());
    while cursor.next()? != Event::Eof {}
    assert_eq!(cursor.next()?, Event::Eof);
    Ok(())
}

/// Skipping must check as much as reading does.
fn skip(text: &str) -> Result<()> {
    let mut cursor = Cursor::new(text, &Limits::default());
    while cursor.next_child()?.is_some() {
        cursor.skip()?;
    }
    Ok(())
}

/// As `read`, but through `text`.
fn text(text: &str) -> Result<()> {
    let mut cursor = Cursor::new(text, &Limits::default());
    while cursor.next_child()?.is_some() {
        cursor.text()?;
    }
    Ok(())
}

#[track_caller]
fn refused(document: &str, message: &str) -> Error {
    for way in [read, skip, text] {
        let error = way(document).expect_err(document);
        assert_eq!(error.kind(), ErrorKind::Decode, "{document}");
        assert!(error.position().is_some(), "{document}");
        assert!(error.message().contains(message), "{document}: {error}");
    }
    let mut cursor = Cursor::new(document, &Limits::default());
    let error = std::iter::from_fn(|| Some(cursor.next())).find_map(Result::err);
    error.expect("it was refused before")
}

#[track_caller]
fn accepted(document: &str) {
    for way in [read, skip, text] {
        way(document).expect(document);
    }
}

#[test]
fn truncation() {
    let whole =
        "<?xml version='1.0'?><a:r xmlns:a='u' b=\"c\">t&amp;<![CDATA[x]]><!--c--><?p i?><a:e/></a:r>";
    accepted(whole);
    for end in 0..whole.len() {
        refused(&whole[..end], "");
    }
    refused("<a><b>text", "the document ends inside the element 'b'");
    refused("<a><b/>", "the document ends inside the element 'a'");
    refused("<a", "");
    refused("<a b='", "");
    refused("<a><![CDATA[x]]</a>", "");
    refused("<a><!-- </a>", "");
    refused("<a>&amp", "");
}

#[test]
fn roots() {
    for none in ["", " \n", "<!--c-->", "<?xml version='1.0'?>", "\u{FEFF}"] {
        refused(none, "there is no root element");
    }
    for two in ["<a/><a/>", "<a></a>\n<b/>"] {
        refused(two, "a second root element");
    }
    for outside in
        ["x<a/>", "<a/>x", "<a/>&lt;", "&#32;<a/>", "<a/><![CDATA[]]>", "<![CDATA[ ]]><a/>", "\u{A0}<a/>"]
    {
        refused(outside, "text outside the root element");
    }
    refused("<a/></a>", "");
    refused("</a>", "");
    accepted("\u{FEFF}<!--c--> <?p?>\n<a/>\n<!--c--><?p?> ");
    refused("\u{FEFF}\u{FEFF}<a/>", "byte order mark");
}

#[test]
fn declarations() {
    let doctypes = [
        "<!DOCTYPE a><a/>",
        "<?xml version='1.0'?>\n<!DOCTYPE a SYSTEM 'x'><a/>",
        "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>",
        "<a><!DOCTYPE a></a>",
        "<a/><!DOCTYPE a>",
        "<!doctype a><a/>",
    ];
    for doctype in doctypes {
        refused(doctype, "DOCTYPE");
    }
    let places = [
        " <?xml version='1.0'?><a/>",
        "<a><?xml version='1.0'?></a>",
        "<a/><?xml version='1.0'?>",
        "<!--c--><?xml version='1.0'?><a/>",
        "<?xml version='1.0'?><?xml version='1.0'?><a/>",
    ];
    for place in places {
        refused(place, "XML declaration");
    }
    for bad in ["<?xml?><a/>", "<?xml version='1.0' standalone='perhaps'?><a/>", "<?xml version=1.0?><a/>"] {
        refused(bad, "XML declaration");
    }
    for target in ["<?XML x?><a/>", "<a><?Xml?></a>"] {
        refused(target, "cannot be called 'xml'");
    }
    for bad in
        ["<??><a/>", "<? p?><a/>", "<?1?><a/>", "<?a:b?><a/>", "<!ELEMENT a><a/>", "<!><a/>", "<![x[]]><a/>"]
    {
        refused(bad, "");
    }
    for comment in ["<a><!-- a--b --></a>", "<!----->", "<!--a---><a/>", "<!--->", "<!-->", "<!- -><a/>"] {
        refused(comment, "");
    }
}

#[test]
fn characters() {
    for bad in ['\0', '\u{1}', '\u{8}', '\u{B}', '\u{C}', '\u{1F}', '\u{FFFE}', '\u{FFFF}'] {
        let code = format!("U+{:04X}", u32::from(bad));
        let places = [
            format!("<a>{bad}</a>"),
            format!("<a b='{bad}'/>"),
            format!("<a><!--{bad}--></a>"),
            format!("<a><![CDATA[{bad}]]></a>"),
            format!("<a><?p {bad}?></a>"),
            format!("<a{bad}/>"),
            format!("<a/>{bad}"),
            format!("{bad}<a/>"),
        ];
        for place in places {
            refused(&place, &code);
        }
    }
    for number in
        ["0", "1", "11", "x1F", "xFFFE", "xFFFF", "xD800", "xDFFF", "x110000", "", "x", "-1", "+65", "X41"]
    {
        refused(&format!("<a>&#{number};</a>"), "");
        refused(&format!("<a b='&#{number};'/>"), "");
    }
    for entity in ["foo", "nbsp", "AMP", "a b", " amp", "amp ", ""] {
        refused(&format!("<a>&{entity};</a>"), "");
        refused(&format!("<a b='&{entity};'/>"), "");
    }
    for bare in [
        "<a>&</a>",
        "<a>& </a>",
        "<a>&amp</a>",
        "<a>&a&amp;</a>",
        "<a b='&'/>",
        "<a b='&lt'/>",
        "<a>a]]>b</a>",
    ] {
        refused(bare, "");
    }
    accepted("<a b='&#9;&#xA;&#x10FFFF;>'>&#13;\t\r\n\u{85}\u{FFFD}]] > ]>></a>");
}

#[test]
fn names_and_tags() {
    for bad in ["1a", "a$b", ":a", "a:", "a:b:c", "-a", "a,b", "é×", "", "a;", "a\u{37E}"] {
        refused(&format!("<{bad} xmlns:a='u'/>"), "");
        refused(&format!("<x xmlns:a='u' {bad}='1'/>"), "");
        refused(&format!("<x xmlns:{bad}='u'/>"), "");
    }
    let tags = [
        "< a/>",
        "<a / >",
        "<a/ >",
        "<a//>",
        "<a/b>",
        "<a><b></a></b>",
        "<a></A>",
        "<a></ a>",
        "<a></a b='1'>",
        "<a></a/>",
        "<a></>",
        "<a <b/>",
        "<a b>",
        "<a b=/>",
        "<a b=c/>",
        "<a b='1'c='2'/>",
        "<a b='1'\u{A0}c='2'/>",
        "<a b='<'/>",
        "<a b=\"1'/>",
        "<a ='1'/>",
        "<a 'b'/>",
        "<a b='1' b='2'/>",
        "<a b==''/>",
        "<>x</>",
    ];
    for tag in tags {
        refused(tag, "");
    }
    accepted("<a  b = '>' \n c\t=\r\"'\" ></a \n>");
}

#[test]
fn namespaces() {
    let bad = [
        ("<p:a/>", "the prefix 'p' is not declared"),
        ("<a p:b='1'/>", "the prefix 'p' is not declared"),
        ("<a><b xmlns:p='u'/><p:c/></a>", "the prefix 'p' is not declared"),
        ("<a xmlns:p=''/>", "no namespace"),
        ("<a xmlns:p='u' xmlns:p='v'/>", "declared twice"),
        ("<a xmlns='u' xmlns='v'/>", "declared twice"),
        ("<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>", "the attribute 'b' occurs twice"),
        ("<a xmlns:xmlns='u'/>", "'xmlns' cannot be declared"),
        ("<a xmlns:xmlns='http://www.w3.org/2000/xmlns/'/>", "'xmlns' cannot be declared"),
        ("<a xmlns:xml='u'/>", "'xml' cannot be bound"),
        ("<a xmlns:p='http://www.w3.org/XML/1998/namespace'/>", "reserved"),
        ("<a xmlns='http://www.w3.org/XML/1998/namespace'/>", "reserved"),
        ("<a xmlns:p='http://www.w3.org/2000/xmlns/'/>", "reserved"),
        ("<a xmlns='http://www.w3.org/2000/xmlns/'/>", "reserved"),
        ("<xmlns:a/>", "the prefix 'xmlns' is not declared"),
        ("<a xmlns:=''/>", ""),
    ];
    for (document, message) in bad {
        refused(document, message);
    }
    accepted(
        "<a xmlns:xml='http://www.w3.org/XML/1998/namespace' xml:lang='en' xmlns='u' b='1'><b xmlns=''/></a>",
    );
    accepted("<p:a b='1' p:b='2' xmlns:p='u' xmlns='u'/>");
}

#[test]
fn limits() {
    let read = |text: &str, limits: Limits| {
        let mut cursor = Cursor::new(text, &limits);
        loop {
            match cursor.next() {
                Ok(Event::Eof) => return Ok(()),
                Ok(_) => {}
                Err(error) => return Err(error.message().to_owned()),
            }
        }
    };
    let limits = Limits { depth: 3, nodes: 6, attributes: 2, bytes: 60, ..Limits::default() };
    assert_eq!(read("<a><b><c/></b><b><c/></b></a>", limits), Ok(()));
    assert!(read("<a><b><c><d/></c></b></a>", limits).unwrap_err().contains("deeper than 3"));
    assert!(read("<a><b/><b/><b/><b/><b/><b/></a>", limits).unwrap_err().contains("more than 6"));
    assert!(read("<a b='' c=''><b d='' e=''/><c/></a>", limits).unwrap_err().contains("more than 6"));
    assert!(read("<a b='' c='' xmlns:d='d'/>", limits).unwrap_err().contains("more than 2 attributes"));
    assert!(read(&format!("<a>{}</a>", " ".repeat(60)), limits).unwrap_err().contains("more than 60 bytes"));
    let nested = "<a xmlns:p='1'><a xmlns:p='2'><a xmlns:p='3'/></a></a>";
    assert!(read(nested, limits).unwrap_err().contains("too many namespace declarations"));
}

#[test]
fn positions() {
    let at = |document: &str| {
        let at = refused(document, "").position().unwrap();
        (at.byte, at.line, at.column)
    };
    assert_eq!(at("<a>\n  é&foo;</a>"), (8, 2, 4));
    assert_eq!(at("<a>\n <b c='1' c='2'/>"), (7, 2, 4));
    assert_eq!(at("<a>\n<p:b/></a>"), (5, 2, 2));
    assert_eq!(at("\u{FEFF}<a>\u{1}</a>"), (6, 1, 5));
    assert_eq!(at("<a>\n<b>"), (7, 2, 4));
    assert_eq!(at("<a>\n</b>"), (4, 2, 1));
    assert_eq!(at("<a b='é' é='&x;'/>"), (14, 1, 13));
}

#[test]
fn documents_name_their_kind_and_place() {
    let error = Document::parse("<a>\n<b></a>", "http://x/y.wsdl", &Limits::default()).err().unwrap();
    assert_eq!((error.kind(), error.document()), (ErrorKind::Wsdl, Some("http://x/y.wsdl")));
    assert_eq!(error.position().unwrap().line, 2);
    for page in [
        "<!DOCTYPE html>\n<html><br></html>",
        " <HTML><p>",
        "\u{FEFF}<html><head></html>",
        "<html><body/></html>",
    ] {
        let error = Document::parse(page, "x", &Limits::default()).err().unwrap();
        assert!(error.message().contains("HTML page"), "{page}: {error}");
    }
}
