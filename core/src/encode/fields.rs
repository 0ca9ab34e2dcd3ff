//! Where the members of a record come from: a native record, or the arguments of a call.

use crate::error::Result;
use crate::seam::{Key, Source};

/// Members by key.
pub(super) trait Fields<S> {
    fn field(&self, key: Key<'_>) -> Result<Option<S>>;
    /// The number of members, if it is known and all of them are meant to be sent.
    fn size(&self) -> Option<usize>;
    fn entries(&self, f: &mut dyn FnMut(&str, S) -> Result<()>) -> Result<()>;
    /// The names of an object's attributes that are not null.
    fn names(&self, _f: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        Ok(())
    }
}

/// The members of a native record.
pub(super) struct Record<'a, S>(pub &'a S);

impl<S: Source> Fields<S> for Record<'_, S> {
    #[inline]
    fn field(&self, key: Key<'_>) -> Result<Option<S>> {
        self.0.field(key)
    }

    fn size(&self) -> Option<usize> {
        self.0.size()
    }

    fn entries(&self, f: &mut dyn FnMut(&str, S) -> Result<()>) -> Result<()> {
        self.0.entries(f)
    }

    fn names(&self, f: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        self.0.names(f)
    }
}

/// A record of one member, or of a few: what a bare value stands for.
pub(super) struct Few<'a, S>(pub &'a [(&'a str, S)]);

impl<S: Source> Fields<S> for Few<'_, S> {
    fn field(&self, key: Key<'_>) -> Result<Option<S>> {
        Ok(self.0.iter().find(|(name, _)| *name == key.text).map(|(_, value)| value.clone()))
    }

    fn size(&self) -> Option<usize> {
        Some(self.0.len())
    }

    fn entries(&self, f: &mut dyn FnMut(&str, S) -> Result<()>) -> Result<()> {
        self.0.iter().try_for_each(|(name, value)| f(name, value.clone()))
    }
}
