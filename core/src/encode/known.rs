//! The names that a record or a call may have, so that many given names are checked in linear time.

use std::collections::HashSet;

/// Names to look others up in: a few are searched, many are hashed.
pub(super) enum Known<'p> {
    Few(Vec<&'p str>),
    Many(HashSet<&'p str>),
}

impl<'p> Known<'p> {
    pub fn new(names: impl ExactSizeIterator<Item = &'p str>) -> Self {
        match names.len() {
            0..=32 => Self::Few(names.collect()),
            _ => Self::Many(names.collect()),
        }
    }

    pub fn contains(&self, name: &str) -> bool {
        match self {
            Self::Few(names) => names.contains(&name),
            Self::Many(names) => names.contains(name),
        }
    }
}
