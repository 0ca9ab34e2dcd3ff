//! Native values as JSON and back.
//!
//! Null, booleans, 64-bit integers, finite floats, texts, lists and records are JSON's own. Every other leaf is
//! `{"$": "decimal", "text": "1.50"}`, with the name of a built-in type and a text of its lexical space.

use serde_json::{json, Map, Value as Json};
use wsdlproxy::lexical;
use wsdlproxy::seam::Value;
use wsdlproxy::{Builtin, Scalar};

/// A native value from JSON.
pub fn from_json(json: &Json) -> Result<Value, String> {
    Ok(match json {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::from(*value),
        Json::String(text) => Value::string(text.as_str()),
        Json::Number(number) => match number.as_i64() {
            Some(value) => Value::from(value),
            None => Value::Scalar(Scalar::Double(number.as_f64().ok_or("a number too large")?)),
        },
        Json::Array(items) => Value::List(items.iter().map(from_json).collect::<Result<_, _>>()?),
        Json::Object(members) if members.contains_key("$") => {
            Value::Scalar(leaf(&members["$"], members.get("text"))?)
        }
        Json::Object(members) => {
            let members = members.iter().map(|(key, value)| Ok((key.clone(), from_json(value)?)));
            Value::Record(members.collect::<Result<_, String>>()?)
        }
    })
}

fn leaf(name: &Json, text: Option<&Json>) -> Result<Scalar<'static>, String> {
    let name = name.as_str().unwrap_or_default();
    let text = text.and_then(Json::as_str).unwrap_or_default();
    if name == "QName" {
        let name = wsdlproxy::name::QNameRef::parse_clark(text);
        return Ok(Scalar::QName { ns: name.ns.to_owned().into(), local: name.local.to_owned().into() });
    }
    let builtin = Builtin::from_name(name).ok_or_else(|| format!("no built-in type {name:?}"))?;
    lexical::read(builtin, text).map(Scalar::into_owned).map_err(|error| error.to_string())
}

/// JSON from a native value.
pub fn to_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::List(items) => items.iter().map(to_json).collect(),
        Value::Record(members) => {
            let members = members.iter().map(|(key, value)| (key.clone(), to_json(value)));
            Json::Object(members.collect::<Map<_, _>>())
        }
        Value::Scalar(scalar) => scalar_json(scalar),
    }
}

fn scalar_json(scalar: &Scalar<'_>) -> Json {
    let (builtin, text) = match scalar {
        Scalar::Bool(value) => return json!(value),
        Scalar::Int(value) => return json!(value),
        Scalar::Double(value) if value.is_finite() => return json!(value),
        Scalar::Str(text) => return json!(text),
        Scalar::QName { ns, local } if ns.is_empty() => (Builtin::QName, local.to_string()),
        Scalar::QName { ns, local } => (Builtin::QName, format!("{{{ns}}}{local}")),
        Scalar::Double(_) => (Builtin::Double, written(Builtin::Double, scalar)),
        Scalar::BigInt(_) => (Builtin::Integer, written(Builtin::Integer, scalar)),
        Scalar::Decimal(_) => (Builtin::Decimal, written(Builtin::Decimal, scalar)),
        Scalar::Bytes(_) => (Builtin::Base64Binary, written(Builtin::Base64Binary, scalar)),
        Scalar::Temporal(temporal) => (temporal.kind, written(temporal.kind, scalar)),
        Scalar::Duration(_) => (Builtin::Duration, written(Builtin::Duration, scalar)),
    };
    json!({"$": builtin.name(), "text": text})
}

fn written(builtin: Builtin, scalar: &Scalar<'_>) -> String {
    let mut text = String::new();
    match lexical::write(builtin, scalar, &mut text) {
        Ok(()) => text,
        Err(error) => format!("not written: {error}"),
    }
}
