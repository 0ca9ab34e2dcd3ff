//! Answers, built as one string without a tree.
//!
//! Every scalar carries `xsi:type`, every array `SOAP-ENC:arrayType`, nothing carries an offset, and a boolean or a
//! number is left out rather than nil: the oldest known client of the platform depends on each of these.

use super::fault::Fault;
use super::scalar::{escape, write};
use super::schema::{Builtin, Field, Operation, Port, Schema, Shape, TypeRef};
use super::{Doc, ENCODING, ENVELOPE, NGNPRO, PRESENCE, XSD, XSI};
use serde_json::Value;
use std::fmt::Write as _;

/// The answer to a call.
pub fn response(schema: &Schema, port: &Port, operation: &Operation, value: &Value) -> String {
    let mut out = open();
    let name = &operation.name;
    let _ = write!(out, "<op:{name}Response xmlns:op=\"{}\">", port.namespace);
    if let Some(field) = &operation.output {
        member(&mut out, schema, field, value);
    }
    let _ = write!(out, "</op:{name}Response>");
    close(out)
}

/// The answer to a call that failed.
pub fn fault(fault: &Fault) -> String {
    let mut out = open();
    let _ = write!(out, "<SOAP-ENV:Fault><faultcode>SOAP-ENV:{}</faultcode><faultstring>", fault.side);
    escape(&mut out, &fault.text);
    out.push_str("</faultstring><detail><ngnpro:exception xsi:type=\"ngnpro:NGNProException\">");
    let _ = write!(out, "<errorcode xsi:type=\"xsd:int\">{}</errorcode>", fault.code);
    out.push_str("<errorstring xsi:type=\"xsd:string\">");
    escape(&mut out, &fault.text);
    out.push_str("</errorstring></ngnpro:exception></detail></SOAP-ENV:Fault>");
    close(out)
}

fn open() -> String {
    let mut out = String::with_capacity(4096);
    let _ = write!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"{ENVELOPE}\" \
         xmlns:SOAP-ENC=\"{ENCODING}\" xmlns:xsd=\"{XSD}\" xmlns:xsi=\"{XSI}\" xmlns:ngnpro=\"{NGNPRO}\" \
         xmlns:presence=\"{PRESENCE}\" SOAP-ENV:encodingStyle=\"{ENCODING}\"><SOAP-ENV:Body>"
    );
    out
}

fn close(mut out: String) -> String {
    out.push_str("</SOAP-ENV:Body></SOAP-ENV:Envelope>\n");
    out
}

fn member(out: &mut String, schema: &Schema, field: &Field, value: &Value) {
    element(out, schema, &field.name, field.kind, value);
}

fn element(out: &mut String, schema: &Schema, name: &str, kind: TypeRef, value: &Value) {
    match kind {
        TypeRef::Builtin(builtin) => scalar(out, name, builtin, value),
        TypeRef::Named(index) => {
            let named = schema.named(index);
            match (&named.shape, value) {
                (Shape::Struct(fields), Value::Object(doc)) => {
                    structure(out, schema, (name, &named.qname), fields, doc);
                }
                (Shape::Struct(_), _) => {
                    let _ = write!(out, "<{name} xsi:type=\"{}\" xsi:nil=\"true\"/>", named.qname);
                }
                (Shape::Array(item), value) => {
                    let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
                    array(out, schema, name, *item, items);
                }
            }
        }
    }
}

fn scalar(out: &mut String, name: &str, kind: Builtin, value: &Value) {
    if value.is_null() && kind != Builtin::String {
        return;
    }
    for piece in ["<", name, " xsi:type=\"", kind.qname()] {
        out.push_str(piece);
    }
    if value.is_null() {
        out.push_str("\" xsi:nil=\"true\"/>");
        return;
    }
    out.push_str("\">");
    write(out, value);
    for piece in ["</", name, ">"] {
        out.push_str(piece);
    }
}

fn structure(out: &mut String, schema: &Schema, (name, qname): (&str, &str), fields: &[Field], doc: &Doc) {
    for piece in ["<", name, " xsi:type=\"", qname, "\">"] {
        out.push_str(piece);
    }
    for field in fields {
        if let Some(value) = doc.get(&field.name) {
            member(out, schema, field, value);
        }
    }
    for piece in ["</", name, ">"] {
        out.push_str(piece);
    }
}

fn array(out: &mut String, schema: &Schema, name: &str, item: TypeRef, items: &[Value]) {
    let qname = match item {
        TypeRef::Builtin(builtin) => builtin.qname(),
        TypeRef::Named(index) => &schema.named(index).qname,
    };
    let count = items.len();
    let _ = write!(out, "<{name} xsi:type=\"SOAP-ENC:Array\" SOAP-ENC:arrayType=\"{qname}[{count}]\">");
    for value in items {
        element(out, schema, "item", item, value);
    }
    let _ = write!(out, "</{name}>");
}
