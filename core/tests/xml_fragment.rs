//! Elements cut out of a document mean the same on their own.

use wsdlproxy::xml::fragment::check_fragment;
use wsdlproxy::xml::{Cursor, Document, Event};
use wsdlproxy::Limits;

/// The fragment of the first element called `local`.
fn cut(text: &str, local: &str) -> String {
    let mut cursor = Cursor::new(text, &Limits::default());
    loop {
        match cursor.next().unwrap() {
            Event::Start(name) if name.local == local => break,
            Event::Eof => panic!("{local} does not occur"),
            _ => {}
        }
    }
    let fragment = cursor.fragment().unwrap();
    check_fragment(&fragment, &Limits::default()).unwrap();
    fragment
}

#[test]
fn an_element_that_needs_nothing_is_unchanged() {
    assert_eq!(
        cut("<r xmlns:p='u'> <a x=\"1\"> t&amp;<b/><!--c--> </a></r>", "a"),
        "<a x=\"1\"> t&amp;<b/><!--c--> </a>"
    );
    assert_eq!(cut("<r/>", "r"), "<r/>");
    assert_eq!(cut("<r xmlns='u'><a/></r>", "r"), "<r xmlns='u'><a/></r>");
}

#[test]
fn declarations_from_outside_are_added() {
    let text = "<r xmlns='u0' xmlns:p='u1' xmlns:q='u&amp;2' xmlns:n='u3'><p:a><b q:x='1'/></p:a></r>";
    assert_eq!(cut(text, "a"), "<p:a xmlns:q=\"u&amp;2\" xmlns:p=\"u1\" xmlns=\"u0\"><b q:x='1'/></p:a>");
    assert_eq!(cut("<r xmlns:p='u'><p:a/></r>", "a"), "<p:a xmlns:p=\"u\"/>");
    assert_eq!(cut("<r xmlns:p='u'><a\n p:x='>'/></r>", "a"), "<a xmlns:p=\"u\"\n p:x='>'/>");
}

#[test]
fn prefixes_in_values_and_text_are_kept() {
    let text = "<r xmlns:xsi='i' xmlns:t='types' xmlns:q='q'><a xsi:type='t:A'>q:name</a></r>";
    let cut = cut(text, "a");
    for declared in ["xmlns:xsi=\"i\"", "xmlns:t=\"types\"", "xmlns:q=\"q\""] {
        assert!(cut.contains(declared), "{cut}");
    }
}

#[test]
fn own_declarations_win() {
    let text = "<r xmlns='u0' xmlns:p='u1'><a xmlns='' xmlns:p = \"v>1\" p:x=''/></r>";
    assert_eq!(cut(text, "a"), "<a xmlns='' xmlns:p = \"v>1\" p:x=''/>");
    let shadowed = "<r xmlns:p='u1'><s xmlns:p='u2' xmlns=''><p:a/></s></r>";
    assert_eq!(cut(shadowed, "a"), "<p:a xmlns:p=\"u2\"/>");
    assert_eq!(cut("<r xmlns='u'><s xmlns=''><a/></s></r>", "a"), "<a/>");
}

#[test]
fn the_cursor_goes_on_after_the_fragment() {
    let mut cursor = Cursor::new("<r><a>x</a><b/></r>", &Limits::default());
    assert!(cursor.fragment().is_err());
    cursor.next_child().unwrap();
    cursor.next_child().unwrap();
    assert_eq!(cursor.fragment().unwrap(), "<a>x</a>");
    assert_eq!(cursor.next_child().unwrap().unwrap().local, "b");
    assert_eq!(cursor.fragment().unwrap(), "<b/>");
    assert_eq!(cursor.next_child().unwrap(), None);
    assert_eq!(cursor.next().unwrap(), Event::Eof);
}

#[test]
fn round_trip_keeps_names_attributes_and_text() {
    let text = "<r xmlns='d' xmlns:p='u1' xmlns:é='u2'><é:x><p:a b='1' p:c='&lt;p:&#10;'>t\r\n<é:e xmlns:p='v'><p:g/>\
                <![CDATA[<p:z>]]></é:e></p:a></é:x></r>";
    let document = Document::parse(text, "memory", &Limits::default()).unwrap();
    let inner = document.root().children().next().unwrap().children().next().unwrap();
    let again = Document::parse(inner.to_xml(), "memory", &Limits::default()).unwrap();
    let mut pairs = vec![(inner, again.root())];
    let mut compared = 0;
    while let Some((one, two)) = pairs.pop() {
        assert_eq!((one.ns(), one.local(), one.text()), (two.ns(), two.local(), two.text()));
        assert!(one.attributes().eq(two.attributes()));
        assert_eq!(one.children().count(), two.children().count());
        pairs.extend(one.children().zip(two.children()));
        compared += 1;
    }
    assert_eq!(compared, 3);
}
