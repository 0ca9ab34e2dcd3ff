//! Where the elements with an `id` are, for the references of SOAP encoding (SOAP 1.1, §5.2.1).

use std::borrow::Cow;
use std::collections::HashMap;

use super::decoder::Decoder;
use super::marks::Actual;
use crate::error::Result;
use crate::seam::Sink;
use crate::xml::{Cursor, Event, Scope};

/// An element that can be referred to.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub offset: usize,
    pub scope: Scope,
    /// Its `xsi:type`.
    pub actual: Actual,
    /// How many references lead to it.
    pub uses: u32,
}

/// The targets of a document by their `id`.
#[derive(Debug, Default)]
pub(super) struct Index<'x> {
    pub ids: HashMap<Cow<'x, str>, usize>,
    pub targets: Vec<Target>,
}

/// The id that an attribute refers to, `#id` in `href` and `id` in `ref`, where some write `#id` too; `None` if it
/// is outside.
pub(super) fn referred<'v>(local: &str, value: &'v str) -> Option<&'v str> {
    let inside = value.strip_prefix('#');
    if local == "ref" {
        inside.or(Some(value))
    } else {
        inside
    }
}

impl<'x, S: Sink> Decoder<'_, 'x, S> {
    /// Reads the element just started once through and notes every `id` and how often it is used. Of
    /// several elements with one id the first counts.
    pub fn index(&mut self, cursor: &Cursor<'x>) -> Result<Index<'x>> {
        let mut index = Index::default();
        let mut uses: HashMap<Cow<'x, str>, u32> = HashMap::new();
        let mut nested = cursor.at(cursor.offset(), &cursor.scope());
        loop {
            match nested.next()? {
                Event::Start(_) if nested.has_attributes() => {}
                Event::Eof => break,
                _ => continue,
            }
            let marks = self.marks(&nested);
            if let Some(attribute) = marks.reference().and_then(|at| nested.attributes().nth(at)) {
                if let Some(id) = referred(attribute.local, &attribute.value) {
                    *uses.entry(Cow::Owned(id.to_owned())).or_default() += 1;
                }
            }
            if let Some(attribute) = marks.id().and_then(|at| nested.attributes().nth(at)) {
                let targets = &mut index.targets;
                index.ids.entry(attribute.value.clone()).or_insert_with(|| {
                    let (offset, scope) = (nested.offset(), nested.scope());
                    targets.push(Target { offset, scope, actual: marks.actual, uses: 0 });
                    targets.len() - 1
                });
            }
        }
        for (id, count) in uses {
            if let Some(&at) = index.ids.get(&id) {
                index.targets[at].uses = count;
            }
        }
        Ok(index)
    }
}
