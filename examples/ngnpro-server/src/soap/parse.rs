//! A request's bytes become an operation, credentials and arguments.
//!
//! Tolerant where the known clients differ: members are matched by local name, `xsi:type` and the arrays' attributes
//! are ignored, unknown members are skipped, `href`/`id` are followed. Strict about everything else; the text of a
//! value never appears in a fault.

use super::fault::{Code, Fault, BAD_ARGUMENT, BAD_MESSAGE, UNKNOWN_OPERATION};
use super::schema::{Builtin, Field, Operation, Port, Schema, Shape, TypeRef};
use super::{guard, scalar, Doc, ENVELOPE, XSI};
use roxmltree::{Document, Node, ParsingOptions};
use serde_json::Value;
use std::borrow::Cow;
use std::cell::{Cell, OnceCell};
use std::collections::HashMap;

/// Who calls, as the header says.
#[derive(Default, Clone, PartialEq, Eq)]
pub struct Credentials {
    pub username: String,
    pub password: String,
    pub admin: Option<bool>,
    pub impersonate: Option<i64>,
}

/// A request that was understood.
pub struct Request<'s> {
    pub port: &'s Port,
    pub operation: &'s Operation,
    pub credentials: Option<Credentials>,
    pub arguments: Doc,
}

/// Decodes the body of an HTTP request: a byte order mark, then the content type, then the declaration decide.
pub fn text<'b>(body: &'b [u8], content_type: &str) -> Result<Cow<'b, str>, Fault> {
    let declared = charset(content_type).or_else(|| declaration(body));
    let label = declared.unwrap_or_else(|| "utf-8".to_owned());
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes())
        .ok_or_else(|| message("The encoding of the message is not known"))?;
    let (text, _, malformed) = encoding.decode(body);
    if malformed {
        return Err(message(format!("The message is not valid {}", encoding.name())));
    }
    Ok(text)
}

fn charset(content_type: &str) -> Option<String> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"').to_owned())
    })
}

fn declaration(body: &[u8]) -> Option<String> {
    let head = body.get(..body.len().min(200))?;
    let head: String = head.iter().map(|&b| char::from(b)).take_while(|&c| c != '>').collect();
    let (_, after) = head.strip_prefix("<?xml")?.split_once("encoding")?;
    let value = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value[1..].split(quote).next().map(ToOwned::to_owned)
}

/// Reads a request by the schema's types.
pub fn request<'s>(schema: &'s Schema, text: &str) -> Result<Request<'s>, Fault> {
    guard::check(text).map_err(|what| message(format!("The message is refused: {what}")))?;
    let options =
        ParsingOptions { allow_dtd: false, nodes_limit: guard::MAX_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options)
        .map_err(|error| message(format!("The message is not well-formed XML: {error}")))?;
    let envelope = document.root_element();
    if envelope.tag_name().name() != "Envelope" {
        return Err(message("The message is not a SOAP envelope"));
    }
    if envelope.tag_name().namespace() != Some(ENVELOPE) {
        let text = "Only SOAP 1.1 is understood".to_owned();
        return Err(Fault { side: "VersionMismatch", code: BAD_MESSAGE, text });
    }
    let part = |name| envelope.children().find(move |n| n.has_tag_name((ENVELOPE, name)));
    let reader =
        Reader { schema, document: &document, ids: OnceCell::new(), budget: Cell::new(guard::MAX_NODES) };
    let credentials = part("Header").map(|header| reader.header(header)).transpose()?.flatten();
    let body = part("Body").ok_or_else(|| message("The envelope has no Body"))?;
    let call = body.children().find(Node::is_element).ok_or_else(|| message("The Body is empty"))?;
    let (port, operation) = find_operation(schema, call)?;
    let arguments = reader.members(call, &operation.inputs, &operation.name)?;
    Ok(Request { port, operation, credentials, arguments })
}

fn find_operation<'s>(schema: &'s Schema, call: Node) -> Result<(&'s Port, &'s Operation), Fault> {
    let namespace = call.tag_name().namespace().unwrap_or_default();
    let name = call.tag_name().name();
    let unknown = |text| Fault::client(UNKNOWN_OPERATION, text);
    let port = schema.port_of_namespace(namespace).ok_or_else(|| {
        unknown(format!("No port has operations in the namespace \"{namespace}\" ({name})"))
    })?;
    let operation = port.operations.get(&name.to_ascii_lowercase());
    let operation = operation.ok_or_else(|| unknown(format!("{} has no operation {name}", port.name)))?;
    Ok((port, operation))
}

struct Reader<'s, 'd> {
    schema: &'s Schema,
    document: &'d Document<'d>,
    ids: OnceCell<HashMap<&'d str, Node<'d, 'd>>>,
    /// Values that may still be made; references could otherwise multiply a small message.
    budget: Cell<u32>,
}

impl<'d> Reader<'_, 'd> {
    fn header(&self, header: Node<'d, 'd>) -> Result<Option<Credentials>, Fault> {
        let mut credentials = None;
        for entry in header.children().filter(Node::is_element) {
            if entry.tag_name().name() == "auth" {
                credentials = self.credentials(self.target(entry)?)?;
            } else if entry.attribute((ENVELOPE, "mustUnderstand")).is_some_and(|v| v == "1" || v == "true") {
                let text = format!("The header {} is not understood", entry.tag_name().name());
                return Err(Fault { side: "MustUnderstand", code: BAD_MESSAGE, text });
            }
        }
        Ok(credentials)
    }

    /// The credentials, or nothing when the element is empty.
    fn credentials(&self, node: Node<'d, 'd>) -> Result<Option<Credentials>, Fault> {
        let mut found = Credentials::default();
        let mut any = false;
        for member in node.children().filter(Node::is_element) {
            let name = member.tag_name().name();
            let node = self.target(member)?;
            let read = |kind| builtin(node, kind, &format!("auth.{name}"));
            let text = || read(Builtin::String).map(|value| value.as_str().unwrap_or_default().to_owned());
            any = true;
            match name {
                "username" => found.username = text()?,
                "password" => found.password = text()?,
                "admin" => found.admin = read(Builtin::Boolean)?.as_bool(),
                "impersonate" => found.impersonate = read(Builtin::Int)?.as_i64(),
                _ => {}
            }
        }
        Ok(any.then_some(found))
    }

    /// Follows `href` to the element that carries the value.
    fn target(&self, node: Node<'d, 'd>) -> Result<Node<'d, 'd>, Fault> {
        let mut node = node;
        for _ in 0..8 {
            let Some(href) = node.attribute("href").filter(|_| !node.has_children()) else { return Ok(node) };
            let ids = self.ids.get_or_init(|| {
                let elements = self.document.descendants();
                elements.filter_map(|n| n.attribute("id").map(|id| (id, n))).collect()
            });
            let id = href.strip_prefix('#').ok_or_else(|| message("An href leads out of the message"))?;
            node = *ids.get(id).ok_or_else(|| message("An href leads to no element"))?;
        }
        Err(message("A chain of references is too long"))
    }

    fn spend(&self) -> Result<(), Fault> {
        let left =
            self.budget.get().checked_sub(1).ok_or_else(|| message("The message holds too many values"))?;
        self.budget.set(left);
        Ok(())
    }

    fn members(&self, node: Node<'d, 'd>, fields: &[Field], path: &str) -> Result<Doc, Fault> {
        let mut doc = Doc::new();
        for child in node.children().filter(Node::is_element) {
            let name = child.tag_name().name();
            if let Some(field) = fields.iter().find(|field| field.name == name) {
                let value = self.value(child, field.kind, &format!("{path}.{name}"))?;
                doc.insert(field.name.clone(), value);
            }
        }
        Ok(doc)
    }

    fn value(&self, node: Node<'d, 'd>, kind: TypeRef, path: &str) -> Result<Value, Fault> {
        self.spend()?;
        let node = self.target(node)?;
        if node.attribute((XSI, "nil")).is_some_and(|v| matches!(v.trim(), "1" | "true")) {
            return Ok(Value::Null);
        }
        let index = match kind {
            TypeRef::Builtin(kind) => return builtin(node, kind, path),
            TypeRef::Named(index) => index,
        };
        if !node.children().any(|n| n.is_element()) && node.text().is_some_and(|t| !t.trim().is_empty()) {
            return Err(argument(path, &self.schema.named(index).qname));
        }
        match &self.schema.named(index).shape {
            Shape::Struct(fields) => Ok(Value::Object(self.members(node, fields, path)?)),
            Shape::Array(item) => {
                let items = node.children().filter(Node::is_element).enumerate();
                let values = items.map(|(i, child)| self.value(child, *item, &format!("{path}[{i}]")));
                Ok(Value::Array(values.collect::<Result<_, _>>()?))
            }
        }
    }
}

fn builtin(node: Node, kind: Builtin, path: &str) -> Result<Value, Fault> {
    if node.children().any(|n| n.is_element()) {
        return Err(argument(path, kind.qname()));
    }
    let text: String = node.children().filter(Node::is_text).filter_map(|n| n.text()).collect();
    scalar::parse(kind, &text).ok_or_else(|| argument(path, kind.qname()))
}

fn message(text: impl Into<String>) -> Fault {
    Fault::client(BAD_MESSAGE, text)
}

fn argument(path: &str, expected: &str) -> Fault {
    const CODE: Code = BAD_ARGUMENT;
    Fault::client(CODE, format!("{path}: expected {expected}"))
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
