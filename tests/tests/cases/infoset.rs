//! XML compared by what it means: prefixes, the order of attributes and white space between elements do not count,
//! and a QName in `xsi:type` or `arrayType` stands for its namespace and name.

use roxmltree::{Attribute, Document, Node};

const QNAMES: [(&str, &str); 2] = [
    ("http://www.w3.org/2001/XMLSchema-instance", "type"),
    ("http://schemas.xmlsoap.org/soap/encoding/", "arrayType"),
];

pub fn same(expected: &str, got: &str) -> Result<(), String> {
    let (expected, got) = (canonical(expected)?, canonical(got)?);
    if expected == got {
        return Ok(());
    }
    Err(format!("expected\n{expected}got\n{got}"))
}

fn canonical(text: &str) -> Result<String, String> {
    let document = Document::parse(text).map_err(|error| format!("{error}: {text}"))?;
    let mut lines = String::new();
    write(document.root_element(), 0, &mut lines);
    Ok(lines)
}

fn write(node: Node<'_, '_>, depth: usize, lines: &mut String) {
    let name = node.tag_name();
    let mut attributes: Vec<_> = node.attributes().map(|attribute| shown(node, attribute)).collect();
    attributes.sort();
    let text: String =
        node.children().filter_map(|child| child.is_text().then(|| child.text()).flatten()).collect();
    let has_children = node.children().any(|child| child.is_element());
    let text = if has_children { text.trim() } else { &text };
    lines.push_str(&format!(
        "{:depth$}{} {attributes:?} {text:?}\n",
        "",
        clark(name.namespace(), name.name())
    ));
    for child in node.children().filter(Node::is_element) {
        write(child, depth + 1, lines);
    }
}

fn shown(node: Node<'_, '_>, attribute: Attribute<'_, '_>) -> String {
    let is_qname = QNAMES.contains(&(attribute.namespace().unwrap_or_default(), attribute.name()));
    let value = match attribute.value().split_once(':') {
        _ if !is_qname => attribute.value().to_owned(),
        Some((prefix, local)) => clark(node.lookup_namespace_uri(Some(prefix)), local),
        None => clark(node.lookup_namespace_uri(None), attribute.value()),
    };
    format!("{}={value}", clark(attribute.namespace(), attribute.name()))
}

fn clark(namespace: Option<&str>, local: &str) -> String {
    format!("{{{}}}{local}", namespace.unwrap_or_default())
}
