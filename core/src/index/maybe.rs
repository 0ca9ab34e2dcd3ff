//! An optional id in the space of an id, so that rows have one layout everywhere.

use std::fmt;

use zerocopy::{Immutable, KnownLayout, TryFromBytes};

/// What has a value that stands for none.
pub trait Absent: Copy + PartialEq {
    const ABSENT: Self;
}

/// A value or none: `Option` for rows, whose bytes are stored as they are.
#[derive(Clone, Copy, PartialEq, Eq, TryFromBytes, KnownLayout, Immutable)]
#[repr(transparent)]
pub struct Maybe<T>(T);

impl<T: Absent> Maybe<T> {
    pub const NONE: Self = Self(T::ABSENT);

    #[inline]
    pub fn get(self) -> Option<T> {
        (self.0 != T::ABSENT).then_some(self.0)
    }

    #[inline]
    pub fn is_some(self) -> bool {
        self.0 != T::ABSENT
    }

    #[inline]
    pub fn is_none(self) -> bool {
        self.0 == T::ABSENT
    }
}

impl<T: Absent> From<T> for Maybe<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T: Absent> From<Option<T>> for Maybe<T> {
    fn from(value: Option<T>) -> Self {
        Self(value.unwrap_or(T::ABSENT))
    }
}

impl<T: Absent + fmt::Debug> fmt::Debug for Maybe<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}
