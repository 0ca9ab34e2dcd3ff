//! Native values as the cases write them in JSON, where `{"$decimal": "1.50"}` is a leaf that JSON has not.

use serde_json::Value as Json;
use wsdlproxy::lexical;
use wsdlproxy::seam::Value;
use wsdlproxy::{Builtin, Scalar};

pub fn value(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::from(*value),
        Json::String(text) => Value::string(text.as_str()),
        Json::Number(number) => match number.as_i64() {
            Some(value) => Value::from(value),
            None => Value::Scalar(Scalar::Double(number.as_f64().expect("a number of JSON is finite"))),
        },
        Json::Array(items) => Value::List(items.iter().map(value).collect()),
        Json::Object(members) => match leaf(members) {
            Some(leaf) => leaf,
            None => Value::Record(members.iter().map(|(key, item)| (key.clone(), value(item))).collect()),
        },
    }
}

fn leaf(members: &serde_json::Map<String, Json>) -> Option<Value> {
    let (key, text) = members.iter().next().filter(|_| members.len() == 1)?;
    let name = key.strip_prefix('$')?;
    let builtin =
        Builtin::from_name(if name == "bytes" { "base64Binary" } else { name }).expect("a built-in type");
    let text = text.as_str().expect("a leaf is a text");
    Some(Value::Scalar(lexical::read(builtin, text).expect("a text of its type").into_owned()))
}

/// Members by name in any order, leaves of one kind; NaN is NaN.
pub fn same(expected: &Value, got: &Value) -> Result<(), String> {
    if sorted(expected) == sorted(got) {
        return Ok(());
    }
    Err(format!("expected {expected:?}, got {got:?}"))
}

fn sorted(value: &Value) -> String {
    match value {
        Value::List(items) => format!("{:?}", items.iter().map(sorted).collect::<Vec<_>>()),
        Value::Record(members) => {
            let mut members: Vec<_> = members.iter().map(|(key, value)| (key, sorted(value))).collect();
            members.sort();
            format!("{members:?}")
        }
        other => format!("{other:?}"),
    }
}
