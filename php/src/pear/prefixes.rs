//! Prefixes of namespaces, which the serializing object keeps for as long as it lives.

use std::ptr;

use ext_php_rs::types::{ZendHashTable, Zval};

use super::class::{self, Result};
use super::serialize::{Serializer, NAMESPACE, NAMESPACES};
use super::zv::{self, Text};
use crate::instance::Instance;

impl Serializer<'_> {
    /// The prefix of a namespace, allocated if it has none.
    pub(super) fn prefix(&self, namespace: &[u8]) -> Result<Text> {
        if self.overrides_prefix {
            let answer = class::call(self.this, "_getnamespaceprefix", &mut [zv::text(namespace)])?;
            return Ok(zv::string(&answer));
        }
        let default = self.default_namespace();
        if zv::bytes(&default) == namespace && zv::is_true(&default) {
            return Ok(Text::EMPTY);
        }
        let known = self.namespaces();
        if let Some(found) = known.array().and_then(|table| zv::entry(table, namespace)) {
            return Ok(zv::string(found));
        }
        Ok(new_prefix(self.this, known.array(), namespace))
    }

    /// All namespaces the object has ever used, with their prefixes.
    pub(super) fn namespaces(&self) -> Zval {
        self.class.property(self.this, NAMESPACES)
    }

    pub(super) fn default_namespace(&self) -> Zval {
        self.class.property(self.this, NAMESPACE)
    }

    /// Whether the schema version in use has a simple type of this name.
    pub(super) fn is_schema_type(&self, name: &[u8]) -> bool {
        self.types.as_ref().and_then(Zval::array).is_some_and(|types| zv::entry(types, name).is_some())
    }

    /// The prefix of the schema version in use.
    pub(super) fn schema_prefix(&mut self) -> Text {
        let prefixes = self.namespaces();
        let (Some(now), Some(before)) = (prefixes.array(), self.seen.0.array()) else {
            return self.find_schema_prefix(prefixes);
        };
        // A table that is held twice is not written to: who changes it takes another.
        if ptr::eq(now, before) {
            return self.seen.1.clone();
        }
        self.find_schema_prefix(prefixes)
    }

    fn find_schema_prefix(&mut self, prefixes: Zval) -> Text {
        let found = prefixes.array().and_then(|table| zv::entry(table, &self.schema));
        let found = found.map_or(Text::EMPTY, zv::string);
        self.seen = (prefixes, found.clone());
        found
    }
}

/// Gives a namespace a prefix in the object's table, where it lives as long as the object.
fn new_prefix(this: Instance<'_>, known: Option<&ZendHashTable>, namespace: &[u8]) -> Text {
    let mut more = zv::Table::new(known.map_or(0, ZendHashTable::len) + 1);
    let mut entries = known.map(zv::entries);
    while let Some((key, value)) = entries.as_mut().and_then(zv::Entries::next) {
        more.set_key(key, zv::share(value));
    }
    let made = zv::text(format!("ns{}", more.len()));
    more.set(namespace, zv::share(&made));
    class::set_property(this, "_namespaces", more.finish());
    Text::Held(made)
}
