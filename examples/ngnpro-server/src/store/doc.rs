//! Reading and merging of documents.

use crate::soap::schema::{Builtin, Schema, Shape, TypeRef};
use crate::soap::Doc;
use serde_json::Value;

/// A member's text, empty when it is absent.
pub fn text<'d>(doc: &'d Doc, member: &str) -> &'d str {
    doc.get(member).and_then(Value::as_str).unwrap_or_default()
}

/// A member's number, 0 when it is absent; a boolean counts as 0 or 1.
pub fn int(doc: &Doc, member: &str) -> i64 {
    match doc.get(member) {
        Some(Value::Bool(flag)) => i64::from(*flag),
        Some(value) => value.as_i64().unwrap_or_default(),
        None => 0,
    }
}

/// A member's number with a fraction.
pub fn float(doc: &Doc, member: &str) -> f64 {
    doc.get(member).and_then(Value::as_f64).unwrap_or_default()
}

/// Whether a member is true or a number other than 0.
pub fn flag(doc: &Doc, member: &str) -> bool {
    int(doc, member) != 0
}

/// A member's items, none when it is absent.
pub fn list<'d>(doc: &'d Doc, member: &str) -> &'d [Value] {
    doc.get(member).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// A member that is a struct.
pub fn sub<'d>(doc: &'d Doc, member: &str) -> Option<&'d Doc> {
    doc.get(member).and_then(Value::as_object)
}

/// Whether a member is present and is neither nil nor the empty string.
pub fn given(doc: &Doc, member: &str) -> bool {
    doc.get(member).is_some_and(|value| !value.is_null() && value.as_str() != Some(""))
}

/// Sets a member that is absent, nil or empty.
pub fn default(doc: &mut Doc, member: &str, value: impl Into<Value>) {
    if !given(doc, member) {
        doc.insert(member.to_owned(), value.into());
    }
}

pub fn set(doc: &mut Doc, member: &str, value: impl Into<Value>) {
    doc.insert(member.to_owned(), value.into());
}

pub fn lower(doc: &mut Doc, member: &str) {
    let value = text(doc, member).trim().to_lowercase();
    if doc.contains_key(member) {
        set(doc, member, value);
    }
}

/// Takes over the members of an update; those the server sets stay as they are, nil removes a member.
pub fn merge(stored: &mut Doc, update: Doc, server: &[&str]) {
    for (member, value) in update {
        if server.contains(&member.as_str()) {
            continue;
        }
        if value.is_null() {
            stored.remove(&member);
        } else {
            stored.insert(member, value);
        }
    }
}

/// Gives a new document the form that answers have: texts and lists are always there, nil members never.
pub fn complete(schema: &Schema, kind: &str, doc: &mut Doc, server: &[&str]) {
    doc.retain(|_, value| !value.is_null());
    for field in schema.members(kind) {
        let name = field.name.as_str();
        if doc.contains_key(name) || server.contains(&name) {
            continue;
        }
        let empty = match field.kind {
            TypeRef::Builtin(Builtin::String) => Value::from(""),
            TypeRef::Named(index) if matches!(schema.named(index).shape, Shape::Array(_)) => {
                Value::from(Vec::<Value>::new())
            }
            _ => continue,
        };
        set(doc, name, empty);
    }
}
