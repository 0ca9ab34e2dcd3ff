//! The members of a struct while it is decoded: names in order, repeated ones as lists.

use std::borrow::Cow;
use std::collections::HashSet;

use ext_php_rs::types::Zval;

use super::charset::Charset;
use super::class::{self, Result};
use super::zv::{self, Kind};
use crate::instance::Instance;

type Attributes<'x> = [(Cow<'x, str>, Cow<'x, str>)];

/// A struct being filled: a `stdClass`, or an object of another class.
pub struct Members {
    table: zv::Table,
    object: Option<Zval>,
    takes_attributes: bool,
    /// Names whose value is a list of ours.
    lists: HashSet<Vec<u8>>,
    /// All members so far had this one name, twice or more: the struct is a list itself.
    sole: Option<Vec<u8>>,
}

impl Members {
    pub fn new(object: Option<Zval>, expected: usize) -> Self {
        let takes_attributes = object
            .as_ref()
            .and_then(Instance::of)
            .is_some_and(|object| class::overrides(object, "__set_attribute", ""));
        Self { table: zv::Table::new(expected), object, takes_attributes, lists: HashSet::new(), sole: None }
    }

    /// Adds a member; `is_list` tells that it is an array by its own type.
    pub fn add(&mut self, name: &Zval, value: Zval, is_list: bool) -> Result<()> {
        let key = zv::bytes(name);
        if self.sole.as_deref() == Some(key) {
            self.table.push(value);
            return Ok(());
        }
        let before = self.table.get_named(name).map(zv::share).filter(|before| !before.is_null());
        // An array takes the place of a struct.
        let before = before.filter(|before| !(is_list && before.is_object()));
        let Some(before) = before else {
            self.table.set_named(name, value);
            return self.mirror(name);
        };
        if !is_list
            && self.table.len() == 1
            && self.object.is_none()
            && self.sole.is_none()
            && self.lists.is_empty()
        {
            let mut list = zv::Table::new(4);
            list.push(before);
            list.push(value);
            self.table = list;
            self.sole = Some(key.to_vec());
            return Ok(());
        }
        let grows = self.lists.contains(key) || (is_list && matches!(zv::kind(&before), Kind::Array(_)));
        let mut list = if grows { copy(&before) } else { zv::Table::new(2) };
        if !grows {
            list.push(before);
        }
        list.push(value);
        self.lists.insert(key.to_vec());
        self.table.set_named(name, list.finish());
        self.mirror(name)
    }

    /// An object of a class of its own is filled as we go, so that its own code sees the members.
    fn mirror(&mut self, name: &Zval) -> Result<()> {
        let Some(object) = self.object.as_ref().and_then(Instance::of) else { return Ok(()) };
        let key = zv::bytes(name);
        if let Some(value) = self.table.get_named(name) {
            class::set_member(object, key, zv::share(value));
        }
        class::check()
    }

    /// Hands the attributes of the element to the object, if it wants them.
    pub fn attributes(&mut self, attributes: &Attributes<'_>, charset: Charset) -> Result<()> {
        if !self.takes_attributes {
            return Ok(());
        }
        let Some(object) = self.object.as_ref().and_then(Instance::of) else { return Ok(()) };
        for (name, value) in attributes {
            let mut arguments = [zv::text(charset.encode(name)), zv::text(charset.encode(value))];
            class::call(object, "__set_attribute", &mut arguments)?;
        }
        Ok(())
    }

    pub fn finish(self) -> Zval {
        match self.object {
            Some(object) => object,
            None if self.sole.is_some() => self.table.finish(),
            None => self.table.into_object(),
        }
    }
}

fn copy(list: &Zval) -> zv::Table {
    let mut made = zv::Table::new(4);
    if let Kind::Array(table) = zv::kind(list) {
        let mut entries = zv::entries(table);
        while let Some((_, value)) = entries.next() {
            made.push(zv::share(value));
        }
    }
    made
}
