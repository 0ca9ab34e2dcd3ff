//! The third implementation of both traits: an owned tree, off the call path. Tests, fuzzing and Rust
//! callers use it.

use std::borrow::Cow;

use super::source::Kind;
use super::{Key, Sink, Source};
use crate::error::{Error, Result};
use crate::index::ShapeId;
use crate::scalar::{Builtin, Scalar};

/// An owned native value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Null,
    Scalar(Scalar<'static>),
    List(Vec<Value>),
    /// Members in order.
    Record(Vec<(String, Value)>),
}

impl Value {
    pub fn string(text: impl Into<String>) -> Self {
        Self::Scalar(Scalar::Str(Cow::Owned(text.into())))
    }

    /// The member of a record.
    pub fn get(&self, name: &str) -> Option<&Value> {
        match self {
            Self::Record(members) => members.iter().find(|(key, _)| key == name).map(|(_, value)| value),
            _ => None,
        }
    }
}

impl From<i64> for Value {
    fn from(n: i64) -> Self {
        Self::Scalar(Scalar::Int(n))
    }
}

impl From<bool> for Value {
    fn from(b: bool) -> Self {
        Self::Scalar(Scalar::Bool(b))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::string(text)
    }
}

impl<V: Into<Value>> From<Vec<V>> for Value {
    fn from(items: Vec<V>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

impl<K: Into<String>, V: Into<Value>, const N: usize> From<[(K, V); N]> for Value {
    fn from(members: [(K, V); N]) -> Self {
        Self::Record(members.into_iter().map(|(key, value)| (key.into(), value.into())).collect())
    }
}

impl Source for &Value {
    fn kind(&self) -> Kind {
        match self {
            Value::Null => Kind::Null,
            Value::Scalar(_) => Kind::Scalar,
            Value::List(_) => Kind::List,
            Value::Record(_) => Kind::Record,
        }
    }

    fn describe(&self) -> String {
        match self {
            Value::Null => "null".to_owned(),
            Value::Scalar(Scalar::Str(text)) => format!("string {text:?}"),
            Value::Scalar(scalar) => scalar.kind().to_owned(),
            Value::List(_) => "list".to_owned(),
            Value::Record(_) => "record".to_owned(),
        }
    }

    fn scalar(&self, _want: Builtin) -> Result<Scalar<'_>> {
        match self {
            Value::Scalar(scalar) => Ok(scalar.clone()),
            _ => Err(Error::encode(format!("expected a scalar, got {}", self.describe()))),
        }
    }

    fn field(&self, key: Key<'_>) -> Result<Option<Self>> {
        Ok(self.get(key.text))
    }

    fn size(&self) -> Option<usize> {
        match self {
            Value::Record(members) => Some(members.len()),
            _ => None,
        }
    }

    fn each(&self, f: &mut dyn FnMut(Self) -> Result<()>) -> Result<()> {
        match self {
            Value::List(items) => items.iter().try_for_each(f),
            _ => Ok(()),
        }
    }

    fn entries(&self, f: &mut dyn FnMut(&str, Self) -> Result<()>) -> Result<()> {
        match self {
            Value::Record(members) => members.iter().try_for_each(|(key, value)| f(key, value)),
            _ => Ok(()),
        }
    }
}

/// Builds [`Value`]s.
#[derive(Debug, Default)]
pub struct ValueSink;

impl Sink for ValueSink {
    type Node = Value;
    type Record = Vec<(String, Value)>;
    type List = Vec<Value>;

    const SHARE_COPIES: bool = true;

    fn null(&mut self) -> Result<Value> {
        Ok(Value::Null)
    }

    fn scalar(&mut self, _of: Builtin, value: Scalar<'_>) -> Result<Value> {
        Ok(Value::Scalar(value.into_owned()))
    }

    fn record(&mut self, _shape: Option<ShapeId>) -> Result<Self::Record> {
        Ok(Vec::new())
    }

    fn set(&mut self, record: &mut Self::Record, key: Key<'_>, node: Value) -> Result<()> {
        record.push((key.text.to_owned(), node));
        Ok(())
    }

    fn end_record(&mut self, record: Self::Record) -> Result<Value> {
        Ok(Value::Record(record))
    }

    fn list(&mut self, size: usize) -> Result<Self::List> {
        Ok(Vec::with_capacity(size))
    }

    fn push(&mut self, list: &mut Self::List, node: Value) -> Result<()> {
        list.push(node);
        Ok(())
    }

    fn end_list(&mut self, list: Self::List) -> Result<Value> {
        Ok(Value::List(list))
    }

    fn share(&mut self, node: &Value) -> Value {
        node.clone()
    }

    fn share_open(&mut self, _record: &Self::Record) -> Option<Value> {
        None
    }
}
