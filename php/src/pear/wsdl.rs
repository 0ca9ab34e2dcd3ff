//! PEAR's tables of a WSDL 1.1 document: services, bindings, port types, messages, and schemas.
//!
//! Names lose their prefixes, which go into entries called `namespace`; attributes are kept as they are
//! written. These are PEAR's shapes, for programs that look into them; calls of the library itself are made
//! with the plan that its core compiles.

use ext_php_rs::prelude::*;
use ext_php_rs::types::{ZendHashTable, Zval};
use wsdlproxy::xml::{Cursor, Event};
use wsdlproxy::Limits;

use super::charset::{self, Malformed};
use super::record::Record;
use super::zv;

const SOAP: [&str; 2] = ["http://schemas.xmlsoap.org/wsdl/soap/", "http://schemas.xmlsoap.org/wsdl/soap12/"];
const HTTP: &str = "http://schemas.xmlsoap.org/wsdl/http/";
const SCHEMAS: [&str; 2] = ["http://www.w3.org/2001/XMLSchema", "http://www.w3.org/1999/XMLSchema"];

/// An element of the document.
pub struct Element {
    pub name: String,
    pub namespace: String,
    /// As written, in order, namespace declarations left out.
    pub attributes: Record,
    pub children: Vec<Element>,
    pub text: String,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.text_at(name)
    }

    fn is_soap(&self) -> bool {
        SOAP.contains(&&*self.namespace)
    }

    fn documentation(&self) -> Option<String> {
        let found = self.children.iter().find(|child| child.name == "documentation")?;
        let text = found.text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(text)
    }
}

/// Prefix and local name.
pub fn split(name: &str) -> (&str, &str) {
    name.split_once(':').unwrap_or(("", name))
}

/// The tables, and what the caller has to fetch.
pub struct Tables {
    pub all: Record,
    imports: Record,
    docs: bool,
}

fn read(text: &str) -> Result<Element, Malformed> {
    let mut cursor = Cursor::new(text, &Limits::default());
    let mut open: Vec<Element> = Vec::new();
    loop {
        match cursor.next()? {
            Event::Start(name) => {
                let mut attributes = Record::default();
                let tag = cursor.slice(cursor.offset(), text.len());
                for (key, value) in raw_attributes(tag) {
                    attributes.set(key, value.as_str());
                }
                open.push(Element {
                    name: name.local.to_owned(),
                    namespace: cursor.namespace(name.ns).to_owned(),
                    attributes,
                    children: Vec::new(),
                    text: String::new(),
                });
            }
            Event::Text(text) => {
                if let Some(element) = open.last_mut() {
                    element.text.push_str(&text);
                }
            }
            Event::End => {
                let Some(done) = open.pop() else { continue };
                if let Some(above) = open.last_mut() {
                    above.children.push(done);
                } else {
                    // Only white space and comments follow; the cursor makes sure of it.
                    cursor.next()?;
                    return Ok(done);
                }
            }
            Event::Eof => {
                let position = cursor.here();
                return Err(Malformed { position, message: "Invalid document end".into() });
            }
        }
    }
}

/// The attributes of a tag that the cursor has found well-formed, with the prefixes they are written with.
fn raw_attributes(tag: &str) -> Vec<(&str, String)> {
    let mut found = Vec::new();
    let mut rest = tag.trim_start_matches('<');
    rest =
        &rest[rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).unwrap_or(rest.len())..];
    loop {
        rest = rest.trim_start();
        let Some(equals) = rest.find(['=', '>']) else { return found };
        if !rest[equals..].starts_with('=') || rest.starts_with('/') {
            return found;
        }
        let name = rest[..equals].trim_end();
        rest = rest[equals + 1..].trim_start();
        let Some(quote) = rest.chars().next().filter(|quote| matches!(quote, '"' | '\'')) else {
            return found;
        };
        let Some(end) = rest[1..].find(quote) else { return found };
        found.push((name, unescape(&rest[1..=end])));
        rest = &rest[end + 2..];
    }
}

fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let pairs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&#39;", "'"),
        ("&#34;", "\""),
        ("&amp;", "&"),
    ];
    pairs.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

impl Tables {
    fn document(&mut self, root: &Element) {
        if root.name == "schema" {
            self.schema(root);
            return;
        }
        self.all.set("definition", root.attributes.clone());
        if let Record::Table(pairs) = &root.attributes {
            for (key, value) in pairs {
                if let (Some(prefix), Some(uri)) = (key.strip_prefix("xmlns:"), value.text()) {
                    self.all.at("namespaces").set(prefix, uri);
                    self.all.at("ns").set(uri, prefix);
                    if SCHEMAS.contains(&uri) {
                        self.all.set("xsd", uri);
                    }
                }
            }
        }
        for child in &root.children {
            match child.name.as_str() {
                "import" => self.import(child),
                "types" => child
                    .children
                    .iter()
                    .filter(|inner| inner.name == "schema")
                    .for_each(|inner| self.schema(inner)),
                "message" => self.message(child),
                "portType" => self.port_type(child),
                "binding" => self.binding(child),
                "service" => self.service(child),
                _ => {}
            }
        }
    }

    pub fn import(&mut self, element: &Element) {
        self.imports.push(element.attributes.clone());
    }

    fn document_in(&self, table: &mut Record, element: &Element) {
        if let Some(text) = element.documentation().filter(|_| self.docs) {
            table.set("documentation", text.as_str());
        }
    }

    fn message(&mut self, element: &Element) {
        let Some(name) = element.attribute("name") else { return };
        let mut parts = Record::default();
        for part in element.children.iter().filter(|child| child.name == "part") {
            let mut entry = part.attributes.clone();
            if let Some(reference) = part.attribute("type").or_else(|| part.attribute("element")) {
                let (prefix, local) = split(reference);
                entry.set("type", local);
                entry.set("namespace", prefix);
            }
            *parts.at(part.attribute("name").unwrap_or("")) = entry;
        }
        self.document_in(&mut parts, element);
        *self.all.at("messages").at(name) = parts;
    }

    fn port_type(&mut self, element: &Element) {
        let Some(name) = element.attribute("name") else { return };
        let mut operations = Record::default();
        for operation in element.children.iter().filter(|child| child.name == "operation") {
            let mut entry = operation.attributes.clone();
            for way in
                operation.children.iter().filter(|child| matches!(&*child.name, "input" | "output" | "fault"))
            {
                let mut message = way.attributes.clone();
                if let Some(reference) = way.attribute("message") {
                    let (prefix, local) = split(reference);
                    message.set("message", local);
                    message.set("namespace", prefix);
                }
                entry.at(&way.name).merge(&message);
            }
            self.document_in(&mut entry, operation);
            *operations.at(operation.attribute("name").unwrap_or("")) = entry;
        }
        *self.all.at("portTypes").at(name) = operations;
    }

    fn binding(&mut self, element: &Element) {
        let Some(name) = element.attribute("name") else { return };
        let mut entry = Record::default();
        let (prefix, local) = split(element.attribute("type").unwrap_or(""));
        entry.set("type", local);
        entry.set("namespace", prefix);
        for child in &element.children {
            if child.name == "binding" && (child.is_soap() || child.namespace == HTTP) {
                if child.is_soap() {
                    entry.set("style", child.attribute("style").unwrap_or("document"));
                }
                entry.merge(&child.attributes);
            } else if child.name == "operation" {
                let style = entry.text_at("style").unwrap_or("document").to_owned();
                let operation = bound_operation(child, &style);
                *entry.at("operations").at(child.attribute("name").unwrap_or("")) = operation;
            }
        }
        *self.all.at("bindings").at(name) = entry;
    }

    fn service(&mut self, element: &Element) {
        let Some(name) = element.attribute("name") else { return };
        let mut ports = Record::default();
        for port in element.children.iter().filter(|child| child.name == "port") {
            let mut entry = port.attributes.clone();
            let (prefix, local) = split(port.attribute("binding").unwrap_or(""));
            entry.set("binding", local);
            entry.set("namespace", prefix);
            if let Some(address) = port.children.iter().find(|child| child.name == "address") {
                *entry.at("address") = address.attributes.clone();
                entry.set("type", if address.namespace == HTTP { "http" } else { "soap" });
            }
            *ports.at(port.attribute("name").unwrap_or("")) = entry;
        }
        let service = self.all.at("services").at(name);
        *service.at("ports") = ports;
    }

    /// The prefix of a namespace, made up if the document has none.
    pub fn prefix_of(&mut self, uri: &str) -> String {
        if let Some(known) = self.all.at("ns").text_at(uri).filter(|known| !known.is_empty()) {
            return known.to_owned();
        }
        let made = format!("ns{}", self.all.at("ns").len());
        self.all.at("namespaces").set(&made, uri);
        self.all.at("ns").set(uri, &*made);
        made
    }
}

fn bound_operation(element: &Element, style: &str) -> Record {
    let mut entry = Record::default();
    if let Some(own) = element.children.iter().find(|child| child.name == "operation") {
        entry.merge(&own.attributes);
        if own.is_soap() && own.attribute("style").is_none() {
            entry.set("style", style);
        }
    }
    for way in element.children.iter().filter(|child| matches!(&*child.name, "input" | "output" | "fault")) {
        for body in way.children.iter().filter(|child| child.is_soap()) {
            match body.name.as_str() {
                "body" | "fault" => *entry.at(&way.name) = body.attributes.clone(),
                "header" => entry.at(&way.name).at("headers").push(body.attributes.clone()),
                _ => {}
            }
        }
    }
    entry
}

/// Reads one document into tables that earlier documents may have filled already.
#[php_function]
#[php(name = "wsdlproxy_pear_wsdl")]
pub fn pear_wsdl(document: &Zval, before: &ZendHashTable, docs: bool) -> Zval {
    let parsed = charset::decode(zv::bytes(document), b"").and_then(|(text, _)| read(&text));
    match parsed {
        Ok(root) => {
            let mut tables = Tables { all: Record::of(before, 0), imports: Record::default(), docs };
            tables.document(&root);
            *tables.all.at("imports") = tables.imports;
            tables.all.value()
        }
        Err(malformed) => {
            let mut result = zv::Table::new(2);
            result.set("error", zv::text(&malformed.message));
            result.set("line", zv::long(i64::from(malformed.position.line.max(1))));
            result.finish()
        }
    }
}

pub fn register(module: ModuleBuilder) -> ModuleBuilder {
    module.function(wrap_function!(pear_wsdl))
}
