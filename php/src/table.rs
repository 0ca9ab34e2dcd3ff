//! PHP arrays: built, and read in order.

use std::mem::ManuallyDrop;

use ext_php_rs::ffi;
use ext_php_rs::types::{ZendHashTable, ZendStr, Zval};

use crate::zend;

/// A key of an array.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name<'a> {
    Index(i64),
    Text(&'a [u8]),
}

impl Name<'_> {
    /// The key as text; bytes that are no UTF-8 are replaced.
    pub fn to_text(self) -> String {
        match self {
            Name::Index(index) => index.to_string(),
            Name::Text(text) => String::from_utf8_lossy(text).into_owned(),
        }
    }
}

/// The visible entries of an array or a table of properties, in order. The table must not change meanwhile.
pub struct Entries<'a> {
    table: &'a ZendHashTable,
    at: u32,
}

pub fn entries(table: &ZendHashTable) -> Entries<'_> {
    Entries { table, at: 0 }
}

/// The same from a position on, which [`Entries::position`] told.
pub fn entries_from(table: &ZendHashTable, at: u32) -> Entries<'_> {
    Entries { table, at }
}

impl Entries<'_> {
    /// Where a later walk can go on, as long as the table stays the same.
    pub fn position(&self) -> u32 {
        self.at
    }
}

/// Set where a table has values without keys.
const HASH_FLAG_PACKED: u32 = 1 << 2;

#[inline]
pub fn is_packed(table: &ZendHashTable) -> bool {
    // SAFETY: the flags are set for every table.
    unsafe { table.u.flags & HASH_FLAG_PACKED != 0 }
}

impl<'a> Iterator for Entries<'a> {
    type Item = (Name<'a>, &'a Zval);

    fn next(&mut self) -> Option<Self::Item> {
        while self.at < self.table.nNumUsed {
            let at = self.at as usize;
            self.at += 1;
            // SAFETY: `at` is below the number of used places; the flag tells how a place looks.
            let (name, value): (Name<'a>, &'a Zval) = unsafe {
                if is_packed(self.table) {
                    let place = self.table.__bindgen_anon_1.arPacked.add(at);
                    (Name::Index(at as i64), &*place)
                } else {
                    let bucket = &*self.table.__bindgen_anon_1.arData.add(at);
                    let name = match bucket.key.as_ref() {
                        Some(key) => Name::Text(key.as_bytes()),
                        None => Name::Index(bucket.h as i64),
                    };
                    (name, &bucket.val)
                }
            };
            // Names of hidden properties begin with a NUL.
            let hidden = matches!(name, Name::Text([0, ..]));
            let value = if zend::type_of(value) == ffi::IS_INDIRECT {
                value.indirect().unwrap_or(value)
            } else {
                value
            };
            if zend::type_of(value) != ffi::IS_UNDEF && !hidden {
                return Some((name, zend::plain(value)));
            }
        }
        None
    }
}

/// Whether a table of properties has a visible one, even if it was never set.
pub fn has_visible(table: &ZendHashTable) -> bool {
    // SAFETY: a table of properties is never packed; the places up to the number of used ones can be read.
    (0..table.nNumUsed as usize).any(|at| unsafe {
        let bucket = &*table.__bindgen_anon_1.arData.add(at);
        !is_packed(table) && bucket.key.as_ref().is_some_and(|key| key.as_bytes().first() != Some(&0))
    })
}

/// Whether the keys are all integers, as of a list from which items were taken.
pub fn is_list(table: &ZendHashTable) -> bool {
    is_packed(table) || entries(table).all(|(name, _)| matches!(name, Name::Index(_)))
}

/// An entry by its name.
pub fn get<'a>(table: &'a ZendHashTable, name: &[u8]) -> Option<&'a Zval> {
    // SAFETY: the table is alive; the result is null or points into it.
    let found = unsafe { ffi::zend_hash_str_find(table, name.as_ptr().cast(), name.len()).as_ref()? };
    let found = if found.is_indirect() { found.indirect()? } else { found };
    (zend::type_of(found) != ffi::IS_UNDEF).then(|| zend::plain(found))
}

/// The index that PHP makes of a key such as `"12"`.
pub fn as_index(name: &str) -> Option<i64> {
    let digits = name.strip_prefix('-').unwrap_or(name);
    let canonical = !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && (!digits.starts_with('0') || name == "0");
    if canonical {
        name.parse().ok().filter(|index| *index != i64::MIN)
    } else {
        None
    }
}

/// An array being built.
pub struct Table(Zval);

impl Table {
    pub fn new() -> Self {
        let mut value = Zval::new();
        value.set_hashtable(ZendHashTable::new());
        Self(value)
    }

    fn raw(&mut self) -> *mut ZendHashTable {
        // SAFETY: the value is an array from the start, and nobody else holds it.
        unsafe { self.0.value.arr }
    }

    pub fn push(&mut self, value: Zval) {
        let mut value = ManuallyDrop::new(value);
        // SAFETY: the array is ours alone; it takes the value over.
        unsafe { ffi::zend_hash_next_index_insert(self.raw(), &raw mut *value) };
    }

    /// Sets an entry as `$array["name"]` does: digits are an index.
    pub fn set(&mut self, name: &str, value: Zval) {
        let mut value = ManuallyDrop::new(value);
        // SAFETY: as above; the table counts the key itself.
        unsafe {
            if let Some(index) = as_index(name) {
                ffi::zend_hash_index_update(self.raw(), index as u64, &raw mut *value);
            } else {
                let mut key = ZendStr::new(name, false);
                ffi::zend_hash_update(self.raw(), key.as_mut_ptr(), &raw mut *value);
            }
        }
    }

    pub fn finish(self) -> Zval {
        self.0
    }
}

impl FromIterator<Zval> for Table {
    fn from_iter<I: IntoIterator<Item = Zval>>(values: I) -> Self {
        let mut table = Self::new();
        for value in values {
            table.push(value);
        }
        table
    }
}

/// A list of texts.
pub fn texts(items: impl IntoIterator<Item = String>) -> Zval {
    items.into_iter().map(zend::text).collect::<Table>().finish()
}
