//! Rows of a table: its own, or those of a stored plan, used where they stand.

use std::fmt;
use std::fs::File;
use std::io;
use std::ops::{Deref, Range};
use std::ptr::NonNull;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zerocopy::{Immutable, IntoBytes, KnownLayout, TryFromBytes};

/// The bytes of a stored plan, aligned for any row.
pub struct Image(Bytes);

enum Bytes {
    Mapped(memmap2::Mmap),
    /// Words, so that they are aligned, and how many of their bytes count.
    Copied(Box<[u64]>, usize),
}

impl Image {
    pub fn copy(bytes: &[u8]) -> Self {
        let mut words = vec![0u64; bytes.len().div_ceil(8)].into_boxed_slice();
        words.as_mut_bytes()[..bytes.len()].copy_from_slice(bytes);
        Self(Bytes::Copied(words, bytes.len()))
    }

    /// A file in memory, whose pages all processes share that have it open.
    ///
    /// # Safety
    ///
    /// Nobody may change the file while the image lives. Replacing it under its name is no change.
    pub unsafe fn map(file: &File) -> io::Result<Self> {
        // SAFETY: the caller's word.
        unsafe { memmap2::Mmap::map(file) }.map(|map| Self(Bytes::Mapped(map)))
    }

    pub fn bytes(&self) -> &[u8] {
        match &self.0 {
            Bytes::Mapped(map) => map,
            Bytes::Copied(words, len) => &words.as_bytes()[..*len],
        }
    }
}

/// A slice that owns its rows, or keeps the image alive in which they stand.
pub struct Rows<T> {
    at: NonNull<T>,
    len: usize,
    owner: Owner<T>,
}

enum Owner<T> {
    Own(Vec<T>),
    Stored(Arc<Image>),
}

// SAFETY: `at` is used as a `&[T]` of what `owner` holds, never to change it, and an image is read only.
unsafe impl<T: Send + Sync> Send for Rows<T> {}
// SAFETY: as above.
unsafe impl<T: Send + Sync> Sync for Rows<T> {}

impl<T> Rows<T> {
    /// Rows of an image, if the range is in it, aligned and of whole rows, each with a meaning.
    pub fn stored(image: &Arc<Image>, range: Range<usize>) -> Option<Self>
    where
        T: TryFromBytes + KnownLayout + Immutable,
    {
        let rows = <[T]>::try_ref_from_bytes(image.bytes().get(range)?).ok()?;
        let (at, len) = (NonNull::from(rows).cast(), rows.len());
        Some(Self { at, len, owner: Owner::Stored(Arc::clone(image)) })
    }

    /// Changes own rows. Stored ones are part of a finished plan, which nothing changes.
    pub fn change<R>(&mut self, change: impl FnOnce(&mut Vec<T>) -> R) -> R {
        let Owner::Own(rows) = &mut self.owner else { unreachable!("a stored plan is finished") };
        let result = change(rows);
        self.at = pointer(rows);
        self.len = rows.len();
        result
    }

    /// One of the own rows, to be changed.
    pub fn at_mut(&mut self, index: usize) -> &mut T {
        let Owner::Own(rows) = &mut self.owner else { unreachable!("a stored plan is finished") };
        &mut rows[index]
    }
}

fn pointer<T>(rows: &mut Vec<T>) -> NonNull<T> {
    NonNull::new(rows.as_mut_ptr()).unwrap_or(NonNull::dangling())
}

impl<T> From<Vec<T>> for Rows<T> {
    fn from(mut rows: Vec<T>) -> Self {
        Self { at: pointer(&mut rows), len: rows.len(), owner: Owner::Own(rows) }
    }
}

impl<T> Deref for Rows<T> {
    type Target = [T];
    #[inline]
    fn deref(&self) -> &[T] {
        // SAFETY: `at` and `len` are those of the vector in `owner`, set anew after each change of it, or of a slice of
        // the image in `owner`, whose bytes stay where they are and were found to be rows.
        unsafe { std::slice::from_raw_parts(self.at.as_ptr(), self.len) }
    }
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl<T: Clone> Clone for Rows<T> {
    fn clone(&self) -> Self {
        match &self.owner {
            Owner::Own(rows) => rows.clone().into(),
            Owner::Stored(image) => {
                Self { at: self.at, len: self.len, owner: Owner::Stored(Arc::clone(image)) }
            }
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Rows<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: Serialize> Serialize for Rows<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        (**self).serialize(to)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Rows<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Vec::deserialize(from).map(Self::from)
    }
}

/// A string that is owned, or stands in a stored plan.
#[derive(Clone, Default)]
pub struct Text(Rows<u8>);

impl Text {
    /// A string of an image, if the range is in it and is UTF-8.
    pub fn stored(image: &Arc<Image>, range: Range<usize>) -> Option<Self> {
        std::str::from_utf8(image.bytes().get(range.clone())?).ok()?;
        Rows::stored(image, range).map(Self)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(text.into_bytes().into())
    }
}

impl Deref for Text {
    type Target = str;
    #[inline]
    fn deref(&self) -> &str {
        // SAFETY: the bytes came from a `String` or were looked at by `from_utf8`, and nothing changes them.
        unsafe { std::str::from_utf8_unchecked(&self.0) }
    }
}
