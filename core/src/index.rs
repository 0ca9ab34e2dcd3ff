//! Typed ids and the frozen tables they index.
//!
//! Every cross-reference in a plan is such an id, so recursion is a number, never a pointer.

mod maybe;
mod rows;

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

use serde::{Deserialize, Serialize};
use zerocopy::{Immutable, KnownLayout, TryFromBytes};

pub use maybe::{Absent, Maybe};
pub use rows::{Image, Rows, Text};

/// An index into a [`Table`].
pub trait Id: Copy {
    fn new(index: usize) -> Self;
    fn index(self) -> usize;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[derive(TryFromBytes, KnownLayout, Immutable)]
        #[repr(transparent)]
        pub struct $name(pub u32);

        impl Absent for $name {
            const ABSENT: Self = Self(u32::MAX);
        }

        impl Id for $name {
            #[inline]
            fn new(index: usize) -> Self {
                Self(u32::try_from(index).expect("a table has fewer than 2^32 rows"))
            }
            #[inline]
            fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// An interned string: a local name, a namespace URI, a documentation text, an enumeration value.
    NameId,
    /// A row of the plan's types.
    TypeId,
    /// A row of the plan's simple types.
    SimpleId,
    /// A row of the plan's complex types.
    ComplexId,
    /// A row of the plan's array types.
    ArrayId,
    /// A row of the plan's element declarations.
    ElementId,
    /// A row of the plan's shapes: the members of one record.
    ShapeId,
    /// A row of the plan's element names that lead to a member.
    LookupId,
    /// A row of the plan's members.
    MemberId,
    /// A row of the plan's particles.
    ParticleId,
    /// A row of the plan's wildcards.
    WildcardId,
    /// A row of the plan's facet sets.
    FacetsId,
    /// A row of the plan's services.
    ServiceId,
    /// A row of the plan's ports.
    PortId,
    /// A row of the plan's operations.
    OpId,
    /// A row of the plan's messages.
    MessageId,
    /// A row of the plan's message parts.
    PartId,
    /// A row of the plan's headers.
    HeaderId,
    /// A row of the plan's declared faults.
    FaultId,
}

impl Default for NameId {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl NameId {
    /// The empty string: no namespace, no documentation.
    pub const EMPTY: Self = Self(0);
    /// A name that is not in the plan.
    pub const NONE: Self = Self(u32::MAX);
}

/// A frozen vector with typed indices.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Table<I, T> {
    rows: Rows<T>,
    #[serde(skip)]
    id: PhantomData<fn(I)>,
}

impl<I: Id, T> Table<I, T> {
    pub fn push(&mut self, row: T) -> I {
        let id = I::new(self.rows.len());
        self.rows.change(|rows| rows.push(row));
        id
    }

    /// Appends rows that belong together.
    pub fn push_all(&mut self, rows: impl IntoIterator<Item = T>) -> Run<I> {
        let start = self.rows.len();
        self.rows.change(|own| own.extend(rows));
        Run::new(start, self.rows.len() - start)
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub fn get(&self, id: I) -> Option<&T> {
        self.rows.get(id.index())
    }

    pub fn rows(&self) -> &[T] {
        &self.rows
    }

    #[inline]
    pub fn run(&self, run: Run<I>) -> &[T] {
        &self.rows[run.start as usize..(run.start + run.len) as usize]
    }

    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.rows.iter()
    }

    pub fn ids(&self) -> impl Iterator<Item = I> + use<I, T> {
        (0..self.rows.len()).map(I::new)
    }
}

impl<I, T> Default for Table<I, T> {
    fn default() -> Self {
        Rows::default().into()
    }
}

impl<I, T> From<Rows<T>> for Table<I, T> {
    fn from(rows: Rows<T>) -> Self {
        Self { rows, id: PhantomData }
    }
}

impl<I: Id, T> Index<I> for Table<I, T> {
    type Output = T;
    #[inline]
    fn index(&self, id: I) -> &T {
        &self.rows[id.index()]
    }
}

impl<I: Id, T> IndexMut<I> for Table<I, T> {
    fn index_mut(&mut self, id: I) -> &mut T {
        self.rows.at_mut(id.index())
    }
}

impl<I, T: fmt::Debug> fmt::Debug for Table<I, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.rows.fmt(f)
    }
}

/// Consecutive rows of a table.
#[derive(TryFromBytes, KnownLayout, Immutable)]
#[repr(C)]
pub struct Run<I> {
    pub start: u32,
    pub len: u32,
    id: PhantomData<fn(I)>,
}

impl<I> Clone for Run<I> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<I> Copy for Run<I> {}

impl<I> Default for Run<I> {
    fn default() -> Self {
        Self { start: 0, len: 0, id: PhantomData }
    }
}

impl<I> fmt::Debug for Run<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}+{}", self.start, self.len)
    }
}

impl<I: Id> Run<I> {
    pub fn new(start: usize, len: usize) -> Self {
        let narrow = |n| u32::try_from(n).expect("a table has fewer than 2^32 rows");
        Self { start: narrow(start), len: narrow(len), id: PhantomData }
    }

    pub fn len(self) -> usize {
        self.len as usize
    }

    pub fn is_empty(self) -> bool {
        self.len == 0
    }

    /// The ids of the rows.
    pub fn ids(self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator {
        (self.start as usize..self.start as usize + self.len as usize).map(I::new)
    }

    /// The id of the row at `offset`.
    #[inline]
    pub fn at(self, offset: usize) -> I {
        I::new(self.start as usize + offset)
    }

    pub fn contains(self, id: I) -> bool {
        (self.start as usize..self.start as usize + self.len as usize).contains(&id.index())
    }
}
