//! Cuts an element out of its document so that it means the same on its own.
//!
//! The text stays as it is; prefixes may also be used inside values (`xsi:type="ns1:A"`), so every prefix
//! that is followed by a colon somewhere in the element keeps its declaration.

use std::collections::HashSet;

use memchr::memchr_iter;

use super::escape::push_attribute;
use super::name_chars::{is_name_char, is_space};

/// `element` with those bindings of the surrounding scope added that it may use and does not declare on
/// its own root. `outer` lists prefix and namespace, innermost binding first.
pub(super) fn standalone<'a>(element: &str, outer: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let used = prefixes_in(element);
    let tag_end = end_of_tag(element);
    let name_end = element[..tag_end].bytes().position(|byte| is_space(byte) || byte == b'/');
    let name_end = name_end.unwrap_or(tag_end);
    let mut seen = declared_on(&element[name_end..tag_end]);
    let mut added = String::new();
    for (prefix, ns) in outer {
        // Only the innermost binding of a prefix counts; `xml` needs none.
        if prefix == "xml" || !seen.insert(prefix) {
            continue;
        }
        let needed = if prefix.is_empty() { !ns.is_empty() } else { used.contains(prefix) };
        if needed {
            added.push_str(if prefix.is_empty() { " xmlns" } else { " xmlns:" });
            added.push_str(prefix);
            added.push_str("=\"");
            push_attribute(&mut added, ns);
            added.push('"');
        }
    }
    let mut out = String::with_capacity(element.len() + added.len());
    out.push_str(&element[..name_end]);
    out.push_str(&added);
    out.push_str(&element[name_end..]);
    out
}

/// Every name that a colon follows; a superset of the prefixes used.
fn prefixes_in(element: &str) -> HashSet<&str> {
    let mut found = HashSet::new();
    let mut after_last = 0;
    for colon in memchr_iter(b':', element.as_bytes()) {
        let before = &element[after_last..colon];
        let name = before.rfind(|c| !is_name_char(c)).map_or(before, |at| {
            let skipped = before[at..].chars().next().map_or(0, char::len_utf8);
            &before[at + skipped..]
        });
        if !name.is_empty() {
            found.insert(name);
        }
        after_last = colon + 1;
    }
    found
}

/// Offset of the `>` of the start tag with which a well-formed element begins.
fn end_of_tag(element: &str) -> usize {
    let mut quote = None;
    for (at, byte) in element.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    element.len()
}

/// The prefixes declared in the attributes of a well-formed start tag.
fn declared_on(attributes: &str) -> HashSet<&str> {
    let mut found = HashSet::new();
    let mut rest = attributes;
    while let Some(equals) = rest.find('=') {
        let name = rest[..equals].trim_matches(|c: char| c.is_ascii_whitespace());
        if name == "xmlns" {
            found.insert("");
        } else if let Some(prefix) = name.strip_prefix("xmlns:") {
            found.insert(prefix);
        }
        let value = rest[equals + 1..].trim_start_matches(|c: char| c.is_ascii_whitespace());
        let Some(quote) = value.chars().next() else { break };
        rest = value[quote.len_utf8()..].split_once(quote).map_or("", |(_, after)| after);
    }
    found
}
