//! Members of records that no shape describes: structs without a type, header blocks, fault details, and
//! elements that a shape does not have.
//!
//! A name that comes again makes a list. All open records share one stack; those with many members are
//! indexed, so that a record of any size is read in linear time.

use std::borrow::Cow;
use std::collections::HashMap;
use std::mem;

use super::decoder::{Decoder, Want};
use super::errors::within;
use super::marks::Actual;
use super::slots::{closed, Content, Frame};
use super::Unknown;
use crate::error::Result;
use crate::name::QNameRef;
use crate::plan::*;
use crate::seam::Sink;
use crate::xml::{Cursor, Name};

/// A member that was found.
pub(super) struct Loose<'x, S: Sink> {
    key: Cow<'x, str>,
    content: Content<S>,
}

/// Where the members of large open records are: by the base of the record and the key.
pub(super) type LooseIndex<'x> = HashMap<(usize, Cow<'x, str>), usize>;

/// From how many members on a record is indexed.
const INDEXED: usize = 16;

impl<'x, S: Sink> Decoder<'_, 'x, S> {
    fn find_loose(&self, base: usize, key: &str) -> Option<usize> {
        if self.loose.len() - base <= INDEXED {
            let found = self.loose[base..].iter().rposition(|loose| loose.key == key);
            return found.map(|found| base + found);
        }
        self.loose_index.get(&(base, Cow::Borrowed(key))).copied()
    }

    fn push_loose(&mut self, base: usize, key: Cow<'x, str>, node: S::Node) {
        self.loose.push(Loose { key, content: Content::One(node) });
        let count = self.loose.len() - base;
        if count > INDEXED {
            let first = if count == INDEXED + 1 { base } else { self.loose.len() - 1 };
            for at in first..self.loose.len() {
                self.loose_index.insert((base, self.loose[at].key.clone()), at);
            }
        }
    }

    /// Adds a value to the open record that begins at `base`.
    pub fn add_loose(&mut self, base: usize, key: Cow<'x, str>, node: S::Node) -> Result<()> {
        let Some(at) = self.find_loose(base, &key) else {
            self.push_loose(base, key, node);
            return Ok(());
        };
        let content = &mut self.loose[at].content;
        if let Content::Many(list, count) = content {
            *count += 1;
            return self.sink.push(list, node);
        }
        let mut list = self.sink.list(0)?;
        if let Content::One(first) = mem::replace(content, Content::Gone) {
            self.sink.push(&mut list, first)?;
        }
        self.sink.push(&mut list, node)?;
        self.loose[at].content = Content::Many(list, 2);
        Ok(())
    }

    /// Puts a value into the open record that begins at `base`, in place of an earlier one.
    pub fn put_loose(&mut self, base: usize, key: Cow<'x, str>, node: S::Node) {
        match self.find_loose(base, &key) {
            Some(at) => self.loose[at].content = Content::One(node),
            None => self.push_loose(base, key, node),
        }
    }

    /// Moves the members from `base` on into their record.
    pub fn settle_loose(&mut self, base: usize, record: &mut S::Record) -> Result<()> {
        self.forget_index(base);
        let plan = self.plan;
        for loose in self.loose.drain(base..) {
            let id = plan.names.find(&loose.key).unwrap_or(crate::index::NameId::NONE);
            let node = closed(self.sink, loose.content)?;
            self.sink.set(record, crate::seam::Key { id, text: &loose.key }, node)?;
        }
        Ok(())
    }

    /// The members from `base` on: none is `None`, one is its value, more are a record.
    pub fn settle_few(&mut self, base: usize) -> Result<Option<S::Node>> {
        match self.loose.len() - base {
            0 => Ok(None),
            1 if matches!(self.loose[base].content, Content::One(_)) => {
                let only = self.loose.pop().map(|loose| closed(self.sink, loose.content));
                only.transpose()
            }
            _ => {
                let mut record = self.sink.record(None)?;
                self.settle_loose(base, &mut record)?;
                self.sink.end_record(record).map(Some)
            }
        }
    }

    fn forget_index(&mut self, base: usize) {
        if self.loose.len() - base > INDEXED {
            for loose in &self.loose[base..] {
                self.loose_index.remove(&(base, loose.key.clone()));
            }
        }
    }

    /// Decodes a child of an untyped record and adds it.
    pub fn loose_child(&mut self, cursor: &mut Cursor<'x>, base: usize, name: Name<'x>) -> Result<()> {
        let want = match self.type_by_element(cursor, name) {
            Actual::Type(ty) => Want { declared: Plan::ANY_TYPE, ..Want::of(ty) },
            _ => Want::ANY,
        };
        let node = self.value(cursor, want).map_err(|error| within(error, name.local, None))?;
        self.add_loose(base, Cow::Borrowed(name.local), node)
    }

    /// Passes over an element that the shape does not have, or keeps it.
    #[cold]
    pub fn unknown(&mut self, cursor: &mut Cursor<'x>, frame: &Frame, name: Name<'x>) -> Result<()> {
        let key = match self.options.unknown {
            Unknown::Skip => None,
            Unknown::Keep => self.unknown_key(cursor, frame, name),
        };
        let Some(key) = key else { return cursor.skip() };
        let node = self.value(cursor, Want::ANY).map_err(|error| within(error, name.local, None))?;
        self.add_loose(frame.loose, key, node)
    }

    /// The local name, or the full name if a member has that key; nothing if the element has no other.
    fn unknown_key(&self, cursor: &Cursor<'x>, frame: &Frame, name: Name<'x>) -> Option<Cow<'x, str>> {
        let plan = self.plan;
        let members = plan.members.run(plan.shapes[frame.shape].members);
        let taken = |key: &str| key == "_type" || members.iter().any(|member| plan.text(member.key) == key);
        if !taken(name.local) {
            return Some(Cow::Borrowed(name.local));
        }
        let full = QNameRef::new(cursor.namespace(name.ns), name.local).to_string();
        (!taken(&full)).then_some(Cow::Owned(full))
    }

    pub fn settle_unknown(&mut self, frame: &Frame, record: &mut S::Record) -> Result<()> {
        if self.loose.len() > frame.loose {
            self.settle_loose(frame.loose, record)?;
        }
        Ok(())
    }

    /// Drops the members from `base` on.
    pub fn forget_loose(&mut self, base: usize) {
        self.forget_index(base);
        self.loose.truncate(base);
    }

    /// Drops what was kept for a record that is not delivered.
    pub fn forget_unknown(&mut self, frame: &Frame) {
        self.forget_loose(frame.loose);
    }
}
