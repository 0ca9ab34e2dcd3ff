//! The functions that PHP calls with answers.

use std::borrow::Cow;
use std::ptr;

use ext_php_rs::prelude::*;
use ext_php_rs::types::{ZendHashTable, Zval};
use ext_php_rs::zend::ce;

use super::charset::{self, Charset, Malformed};
use super::class;
use super::decode::{Classes, Decoder, Failure, HeldValues};
use super::guard::enter;
use super::soap_value::SoapValue;
use super::tree::{More, Node, NodeId, Tree};
use super::zv::{self, Kind};
use crate::instance::Instance;

const NOTHING: &str = "Cannot build response";

fn attachment(attachments: &ZendHashTable) -> impl Fn(&str) -> Option<String> + '_ {
    |reference| {
        let found = zv::entry(attachments, reference.as_bytes())?;
        Some(String::from_utf8_lossy(&zv::to_text(found)).into_owned())
    }
}

fn error(message: &str, malformed: bool) -> Zval {
    let mut result = zv::Table::new(2);
    result.set("error", zv::text(message));
    result.set("malformed", zv::boolean(malformed));
    result.finish()
}

fn is_nothing(document: &[u8]) -> bool {
    matches!(document, b"" | b"0")
}

/// An answer as PHP values: `body` and, if there is one, `header`; or `error`.
#[php_function]
#[php(name = "wsdlproxy_pear_answer")]
pub fn pear_answer(this: &Zval, document: &Zval, attachments: &ZendHashTable, charset: &Zval) -> Zval {
    enter(|| {
        let Some(this) = zv::object(this) else { return Zval::null() };
        let document = zv::bytes(document);
        if is_nothing(document) {
            return error(NOTHING, false);
        }
        match charset::decode(document, zv::bytes(charset)).and_then(|(text, charset)| {
            let classes = Classes::of(this);
            let tree = Tree::read(&text, &attachment(attachments), classes.is_some())?;
            Ok(values(Decoder::new(this, &tree, charset, classes)))
        }) {
            Ok(result) => result,
            Err(malformed) => error(&malformed.text(), true),
        }
    })
}

fn values(mut decoder: Decoder<'_, '_>) -> Zval {
    let mut result = zv::Table::new(2);
    let (header, body) = (decoder.tree.header, decoder.tree.body);
    if body.is_none() {
        result.set("error", zv::text(NOTHING));
        result.set("malformed", zv::boolean(false));
    }
    for (name, node) in [("header", header), ("body", body)] {
        let Some(node) = node else { continue };
        let value = match decoder.value(node, None) {
            Ok(value) => value,
            Err(Failure::Refused(message)) => return error(message, false),
            Err(Failure::Raised) => return Zval::null(),
        };
        match plain_result(&value).filter(|_| name == "body") {
            Some(shown) => result.set("result", shown),
            None => result.set(name, value),
        }
    }
    result.finish()
}

/// What a call returns for a value: the members of a struct, and one alone without its name. `None` if that takes
/// more than a look: faults, most of all.
fn plain_result(value: &Zval) -> Option<Zval> {
    let members = match zv::kind(value) {
        Kind::Array(_) => zv::share(value),
        Kind::Object(object) if ptr::eq(object.class(), ce::stdclass()) => zv::properties(object),
        Kind::Object(_) => return None,
        _ => return Some(zv::share(value)),
    };
    let table = members.array()?;
    let is_fault =
        [&b"faultcode"[..], b"SOAP-ENV:faultcode"].iter().any(|name| zv::entry(table, name).is_some());
    if is_fault {
        return None;
    }
    let only =
        if table.len() == 1 { zv::entries(table).next().map(|(_, value)| zv::share(value)) } else { None };
    Some(only.unwrap_or(members))
}

/// An answer as nested arrays, from which PHP makes `SOAP_Value` objects.
#[php_function]
#[php(name = "wsdlproxy_pear_tree")]
pub fn pear_tree(document: &Zval, attachments: &ZendHashTable, charset: &Zval) -> Zval {
    let document = zv::bytes(document);
    let mut result = zv::Table::new(2);
    if is_nothing(document) {
        return result.finish();
    }
    let read = || -> Result<Zval, Malformed> {
        let (text, charset) = charset::decode(document, zv::bytes(charset))?;
        let tree = Tree::read(&text, &attachment(attachments), true)?;
        let mut budget = tree.nodes.len() + 100_000;
        for (name, node) in [("header", tree.header), ("body", tree.body)] {
            if let Some(node) = node {
                let Some(value) = described(&tree, node, charset, 0, &mut budget) else {
                    return Ok(error("Multi-reference values refer to each other without end", false));
                };
                result.set(name, value);
            }
        }
        Ok(result.finish())
    };
    read().unwrap_or_else(|malformed| error(&malformed.text(), true))
}

/// `None` if references lead round in circles.
fn described(tree: &Tree<'_>, id: NodeId, charset: Charset, depth: u32, budget: &mut usize) -> Option<Zval> {
    let own = tree.node(id);
    let target = own.more().refers_to.as_ref().and_then(|name| tree.ids.get(name)).copied().unwrap_or(id);
    let node = tree.node(target);
    *budget = budget.checked_sub(1).filter(|_| depth < 512)?;
    let text = |text: &str| zv::text(charset.encode(text));
    let named = |namespace: &str, local: &str| {
        text(&if namespace.is_empty() { local.to_owned() } else { format!("{{{namespace}}}{local}") })
    };
    let mut result = zv::Table::new(5);
    result.set("name", named(&own.more().namespace, &own.name));
    result.set("type", named(&own.more().kind_namespace, &node.kind));
    let mut attributes = zv::Table::new(own.more().attributes.len());
    for (name, value) in &own.more().attributes {
        attributes.set(charset.encode(name), text(value));
    }
    result.set("attributes", attributes.finish());
    for (name, value) in [
        ("arrayType", &node.more().array_type),
        ("actor", &own.more().actor),
        ("mustunderstand", &own.more().must_understand),
    ] {
        if let Some(value) = value {
            result.set(name, text(value));
        }
    }
    let value = if tree.has_children(target) {
        let mut children = zv::Table::new(8);
        for child in tree.children(target) {
            children.push(described(tree, child, charset, depth + 1, budget)?);
        }
        children.finish()
    } else if node.kind == "Array" {
        Zval::new_array()
    } else {
        text(&node.text)
    };
    result.set("value", value);
    Some(result.finish())
}

/// `_decode` of the base class: the value of a `SOAP_Value`, whose members go through an override of it.
#[php_function]
#[php(name = "wsdlproxy_pear_decode")]
pub fn pear_decode(this: &Zval, value: &Zval) -> Zval {
    enter(|| {
        let (Some(this), Some(object)) = (zv::object(this), zv::object(value)) else {
            return Zval::null();
        };
        let mut adopted = Adopted { tree: Tree::empty(), origins: Vec::new(), held: HeldValues::default() };
        adopted.object(None, object, 0);
        let mut decoder = Decoder::new(this, &adopted.tree, Charset::Latin1, Classes::of(this));
        decoder.held = adopted.held;
        if class::overrides(this, "_decode", "SOAP_Base") {
            decoder.origins = adopted.origins;
        }
        match decoder.value(0, None) {
            Ok(value) => value,
            Err(Failure::Raised) => Zval::null(),
            Err(Failure::Refused(message)) => {
                let fault = class::call(this, "_raisesoapfault", &mut [zv::text(message)]);
                fault.unwrap_or_else(|_| Zval::null())
            }
        }
    })
}

/// A `SOAP_Value` and what is in it, as a tree. Its strings may be in any encoding: a character stands for each byte,
/// as if all were ISO-8859-1.
struct Adopted {
    tree: Tree<'static>,
    origins: Vec<Zval>,
    held: HeldValues,
}

impl Adopted {
    fn object(&mut self, parent: Option<NodeId>, object: Instance<'_>, depth: u32) {
        let text = |name: &str| characters(&zv::to_text(&class::property(object, name)));
        let content = class::property(object, "value");
        let array_type = text("arrayType");
        let mut more = More {
            namespace: text("namespace"),
            kind_namespace: text("type_namespace"),
            array_type: (!array_type.is_empty()).then_some(array_type),
            ..More::default()
        };
        if let Some(attributes) = class::property(object, "attributes").array() {
            let mut entries = zv::entries(attributes);
            while let Some((key, value)) = entries.next() {
                if let zv::Key::Name(name) = key {
                    more.attributes.push((characters(name), characters(&zv::string(value))));
                }
            }
        }
        let node =
            Node { name: text("name"), kind: text("type"), more: Some(Box::new(more)), ..Node::default() };
        let Kind::Array(members) = zv::kind(&content) else {
            self.leaf(parent, node, &content, object.to_value());
            return;
        };
        let id = self.tree.add(parent, node);
        self.origins.push(object.to_value());
        let mut entries = zv::entries(members);
        while let Some((_, member)) = entries.next() {
            match zv::kind(member) {
                Kind::Object(value) if depth < 512 && SoapValue::of(value).is_some() => {
                    self.object(Some(id), value, depth + 1);
                }
                _ => self.leaf(Some(id), Node::default(), member, zv::share(member)),
            }
        }
    }

    fn leaf(&mut self, parent: Option<NodeId>, mut node: Node<'static>, content: &Zval, origin: Zval) {
        let is_text = matches!(zv::kind(content), Kind::Text(_));
        if !content.is_array() && !content.is_object() {
            node.text = characters(&zv::to_text(content));
        }
        let id = self.tree.add(parent, node);
        self.origins.push(origin);
        if !is_text {
            self.held.insert(id, zv::share(content));
        }
    }
}

fn characters(bytes: &[u8]) -> Cow<'static, str> {
    bytes.iter().map(|&byte| char::from(byte)).collect::<String>().into()
}

pub fn register(module: ModuleBuilder) -> ModuleBuilder {
    module
        .function(wrap_function!(pear_answer))
        .function(wrap_function!(pear_tree))
        .function(wrap_function!(pear_decode))
}
