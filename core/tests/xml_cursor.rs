//! What a cursor reports of well-formed documents: joined text, names, attributes, scopes, nested cursors.

use std::borrow::Cow;
use std::fmt::Write;

use wsdlproxy::xml::{Cursor, Event, NsId};
use wsdlproxy::Limits;

fn cursor(text: &str) -> Cursor<'_> {
    Cursor::new(text, &Limits::default())
}

/// One line for each event.
fn events(cursor: &mut Cursor<'_>) -> String {
    let mut out = String::new();
    loop {
        match cursor.next().unwrap() {
            Event::Start(name) => {
                write!(out, "<{{{}}}{}", cursor.namespace(name.ns), name.local).unwrap();
                for attribute in cursor.attributes() {
                    let ns = cursor.namespace(attribute.ns);
                    write!(out, " {{{ns}}}{}={:?}", attribute.local, attribute.value).unwrap();
                }
                out += ">\n";
            }
            Event::Text(text) => writeln!(out, "{text:?}").unwrap(),
            Event::End => out += "</>\n",
            Event::Eof => return out,
        }
    }
}

#[test]
fn text_joins_across_everything_that_is_not_an_element() {
    let text =
        "<a>x&amp;<![CDATA[<&amp;]]>&#65;<!--c-->y<?p i?>z<b/><![CDATA[]]><!-- --><c/>\r\n<![CDATA[\r]]></a>";
    assert_eq!(
        events(&mut cursor(text)),
        "<{}a>\n\"x&<&amp;Ayz\"\n<{}b>\n</>\n<{}c>\n</>\n\"\\n\\n\"\n</>\n"
    );
}

#[test]
fn plain_text_is_borrowed() {
    let document = "<r><a>plain</a><b>x&lt;y</b><c/><d>one<e>inner<f/></e>two</d><g>a\rb</g></r>";
    let mut cursor = cursor(document);
    cursor.next_child().unwrap().unwrap();
    let mut texts = Vec::new();
    while let Some(name) = cursor.next_child().unwrap() {
        let text = cursor.text().unwrap();
        texts.push((name.local, matches!(text, Cow::Borrowed(_)), text));
    }
    let texts: Vec<_> =
        texts.iter().map(|(name, borrowed, text)| (*name, *borrowed, text.as_ref())).collect();
    assert_eq!(
        texts,
        [
            ("a", true, "plain"),
            ("b", false, "x<y"),
            ("c", true, ""),
            ("d", false, "onetwo"),
            ("g", false, "a\nb")
        ]
    );
    assert_eq!(cursor.next().unwrap(), Event::Eof);
}

#[test]
fn children_are_walked_and_skipped() {
    let mut cursor = cursor("<r> <a><b/>t<b>u</b></a> <c x='1'/> t <d><e/></d></r>");
    assert_eq!(cursor.depth(), 0);
    assert_eq!(cursor.next_child().unwrap().unwrap().local, "r");
    assert_eq!(cursor.next_child().unwrap().unwrap().local, "a");
    assert_eq!(cursor.depth(), 2);
    cursor.skip().unwrap();
    assert_eq!(cursor.depth(), 1);
    assert_eq!(cursor.next_child().unwrap().unwrap().local, "c");
    assert!(cursor.has_attributes());
    assert_eq!(cursor.next_child().unwrap(), None);
    assert_eq!(cursor.next_child().unwrap().unwrap().local, "d");
    assert!(!cursor.has_attributes());
    assert_eq!(cursor.next_child().unwrap().unwrap().local, "e");
    for _ in 0..4 {
        assert_eq!(cursor.next_child().unwrap(), None);
    }
    assert_eq!((cursor.depth(), cursor.next().unwrap()), (0, Event::Eof));
}

#[test]
fn scopes_over_several_levels() {
    let text = "<a xmlns='u1' xmlns:p='u2'><p:b p:x='1' x='2' xml:lang='en'><c xmlns='' xmlns:p='u3'><p:d/>\
                <e xmlns='u4'/></c><f/></p:b></a>";
    assert_eq!(
        events(&mut cursor(text)),
        "<{u1}a>\n<{u2}b {u2}x=\"1\" {}x=\"2\" {http://www.w3.org/XML/1998/namespace}lang=\"en\">\n\
         <{}c>\n<{u3}d>\n</>\n<{u4}e>\n</>\n</>\n<{u1}f>\n</>\n</>\n</>\n"
    );
}

#[test]
fn declarations_apply_whatever_their_order() {
    let text = "<p:a p:x='1' xmlns:p='u'><p:a q:x='1' xmlns:q='u'/></p:a>";
    assert_eq!(events(&mut cursor(text)), "<{u}a {u}x=\"1\">\n<{u}a {u}x=\"1\">\n</>\n</>\n");
}

#[test]
fn attributes_are_found_by_name() {
    let mut cursor = cursor("<a xmlns:p='u' p:x='1' x='a&#10;b\r\nc' y=''/>");
    cursor.next().unwrap();
    assert_eq!(cursor.attribute("u", "x").as_deref(), Some("1"));
    assert_eq!(cursor.attribute("", "x").as_deref(), Some("a\nb c"));
    assert_eq!(cursor.attribute("", "y").as_deref(), Some(""));
    assert_eq!((cursor.attribute("v", "x"), cursor.attribute("", "p")), (None, None));
    assert_eq!(cursor.attributes().count(), 3);
}

#[test]
fn equal_attribute_texts_mean_different_things_in_different_scopes() {
    let text = "<r><a xmlns:p='u1'><b p:x='1'/></a><a xmlns:p='u2'><b p:x='1'/></a><a xmlns:p='u1'><b p:x='1'/></a></r>";
    let mut cursor = cursor(text);
    let mut seen = Vec::new();
    loop {
        match cursor.next().unwrap() {
            Event::Start(name) if name.local == "b" => {
                seen.push((cursor.attribute("u1", "x").is_some(), cursor.scope_id()));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(seen[0].0 && !seen[1].0 && seen[2].0);
    assert!(seen[0].1 == seen[2].1 && seen[0].1 != seen[1].1);
}

#[test]
fn scope_ids_repeat_for_siblings_and_redundant_declarations() {
    let mut cursor =
        cursor("<r xmlns:p='u'><a xmlns:q='v'/><b xmlns:q='v'/><c xmlns:p='u' xmlns=''/><d/></r>");
    let mut ids = Vec::new();
    loop {
        match cursor.next().unwrap() {
            Event::Start(_) => ids.push(cursor.scope_id()),
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(ids[1], ids[2]);
    assert_eq!((ids[0], ids[0]), (ids[3], ids[4]));
}

#[test]
fn prefixes_resolve_where_the_cursor_stands() {
    let mut cursor = cursor("<a xmlns='u1'><b xmlns:p='u2' xmlns=''>t</b></a>");
    cursor.next().unwrap();
    let default = cursor.resolve_prefix("").unwrap();
    assert_eq!((cursor.namespace(default), cursor.resolve_prefix("p")), ("u1", None));
    cursor.next().unwrap();
    let bound = cursor.resolve_prefix("p").unwrap();
    assert_eq!((cursor.namespace(bound), cursor.resolve_prefix("")), ("u2", Some(NsId(0))));
    assert_eq!(
        cursor.namespace(cursor.resolve_prefix("xml").unwrap()),
        "http://www.w3.org/XML/1998/namespace"
    );
    cursor.text().unwrap();
    assert_eq!((cursor.resolve_prefix(""), cursor.resolve_prefix("p")), (Some(default), None));
}

#[test]
fn nested_cursors_read_one_element_in_its_scope() {
    let text = "<r xmlns:p='u'><x xmlns:q='v'><q:id p:a='1'>t<q:c/></q:id></x><p:after/></r>";
    let mut outer = cursor(text);
    let (offset, scope) = loop {
        if let Event::Start(name) = outer.next().unwrap() {
            if name.local == "id" {
                break (outer.offset(), outer.scope());
            }
        }
    };
    outer.skip().unwrap();
    outer.next_child().unwrap();
    assert_eq!(outer.next_child().unwrap().unwrap().local, "after");
    for _ in 0..2 {
        let mut nested = outer.at(offset, &scope);
        assert_eq!(events(&mut nested), "<{v}id {u}a=\"1\">\n\"t\"\n<{v}c>\n</>\n</>\n");
        assert_eq!(nested.next().unwrap(), Event::Eof);
    }
    let mut nested = outer.at(offset, &scope);
    let name = nested.next_child().unwrap().unwrap();
    assert_eq!(outer.namespace(name.ns), "v");
    assert_eq!((nested.offset(), nested.position(offset).column), (offset, 31));
    assert_eq!(nested.attribute("u", "a").as_deref(), Some("1"));
    nested.skip().unwrap();
    assert_eq!(nested.next_child().unwrap(), None);
    // An element that declares its own prefixes, and an empty one.
    let at = text.find("<x").unwrap();
    assert!(events(&mut outer.at(at, &scope)).starts_with("<{}x>\n<{v}id"));
    let at = text.find("<q:c").unwrap();
    assert_eq!(events(&mut outer.at(at, &scope)), "<{v}c>\n</>\n");
}

#[test]
fn nested_cursors_spend_the_same_budget() {
    let limits = Limits { nodes: 10, ..Limits::default() };
    let mut outer = Cursor::new("<r><a/><b/></r>", &limits);
    outer.next_child().unwrap();
    let scope = outer.scope();
    let failed =
        (0..20).find(|_| outer.at(0, &scope).skip().is_err() || outer.at(0, &scope).next_child().is_err());
    assert!(failed.is_some());
    assert!(outer.next_child().is_err());
}

#[test]
fn nested_cursors_survive_any_offset() {
    let text = "<é><b>ö</b></é>";
    let outer = cursor(text);
    for offset in 0..text.len() + 3 {
        let mut nested = outer.at(offset, &outer.scope());
        for _ in 0..10 {
            if nested.next().is_err() {
                break;
            }
        }
    }
    assert_eq!((outer.slice(1, 2), outer.slice(0, 1), outer.slice(5, 400)), ("", "<", ""));
}

#[test]
fn undeclared_prefixes_can_be_tolerated() {
    let mut cursor = cursor("<p:a q:x='1'><p:b xmlns:p='u'/></p:a>");
    assert!(cursor.next().is_err());
    let mut cursor = self::cursor("<p:a q:x='1'><p:b xmlns:p='u'/></p:a>");
    cursor.tolerate_undeclared_prefixes(true);
    assert_eq!(
        events(&mut cursor),
        "<{undeclared prefix p}a {undeclared prefix q}x=\"1\">\n<{u}b>\n</>\n</>\n"
    );
}

#[test]
fn many_siblings_scopes_and_attributes_in_linear_time() {
    let mut text = String::from("<r>");
    for n in 0..20_000 {
        write!(text, "<a{n} xmlns:p{n}='u{n}' b='{n}'><p{n}:c/></a{n}>").unwrap();
    }
    text += "<wide";
    for n in 0..1000 {
        write!(text, " a{n}='{n}'").unwrap();
    }
    text += "/></r>";
    let mut cursor = cursor(&text);
    let mut count = 0;
    while cursor.next().unwrap() != Event::Eof {
        count += 1;
    }
    assert_eq!(count, 80_004);
}
