//! Nested tables with string keys in order: what PEAR's WSDL tables are made of, on both sides.

use ext_php_rs::types::{ZendHashTable, Zval};

use super::zv::{self, Kind};

/// A table, a text or a truth value.
#[derive(Clone, Debug)]
pub enum Record {
    Text(String),
    Truth(bool),
    Table(Vec<(String, Record)>),
}

impl Default for Record {
    fn default() -> Self {
        Self::Table(Vec::new())
    }
}

impl From<&str> for Record {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl Record {
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    fn pairs(&self) -> &[(String, Record)] {
        match self {
            Self::Table(pairs) => pairs,
            _ => &[],
        }
    }

    pub fn len(&self) -> usize {
        self.pairs().len()
    }

    pub fn get(&self, key: &str) -> Option<&Record> {
        self.pairs().iter().find(|(have, _)| have == key).map(|(_, value)| value)
    }

    /// The text under a key.
    pub fn text_at(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Self::text)
    }

    /// The entry under a key, made as an empty table if it is not there.
    pub fn at(&mut self, key: &str) -> &mut Record {
        if !matches!(self, Self::Table(_)) {
            *self = Self::default();
        }
        let Self::Table(pairs) = self else { unreachable!("made a table above") };
        let index = pairs.iter().position(|(have, _)| have == key).unwrap_or_else(|| {
            pairs.push((key.to_owned(), Self::default()));
            pairs.len() - 1
        });
        &mut pairs[index].1
    }

    pub fn set(&mut self, key: &str, value: impl Into<Record>) {
        *self.at(key) = value.into();
    }

    /// Adds the entries of another table, which win.
    pub fn merge(&mut self, other: &Record) {
        for (key, value) in other.pairs() {
            *self.at(key) = value.clone();
        }
    }

    /// Appends under the next number.
    pub fn push(&mut self, value: Record) {
        let key = self.len().to_string();
        *self.at(&key) = value;
    }

    pub fn of(table: &ZendHashTable, depth: u32) -> Self {
        let mut record = Self::default();
        let mut entries = zv::entries(table);
        while let Some((key, value)) = entries.next() {
            let key = match key {
                zv::Key::Name(name) => String::from_utf8_lossy(name).into_owned(),
                zv::Key::Index(index) => index.to_string(),
            };
            let value = match zv::kind(value) {
                Kind::Array(inner) if depth < 16 => Self::of(inner, depth + 1),
                Kind::Bool(truth) => Self::Truth(truth),
                _ => Self::Text(String::from_utf8_lossy(&zv::to_text(value)).into_owned()),
            };
            if let Self::Table(pairs) = &mut record {
                pairs.push((key, value));
            }
        }
        record
    }

    pub fn value(&self) -> Zval {
        match self {
            Self::Text(text) => zv::text(text),
            Self::Truth(truth) => zv::boolean(*truth),
            Self::Table(pairs) => {
                let mut table = zv::Table::new(pairs.len());
                for (key, value) in pairs {
                    match key.parse::<i64>() {
                        Ok(index) if index.to_string() == *key => {
                            table.set_key(zv::Key::Index(index), value.value());
                        }
                        _ => table.set(key, value.value()),
                    }
                }
                table.finish()
            }
        }
    }
}
