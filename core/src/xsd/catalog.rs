//! Components by name, in the order they were defined. Listings keep that order; look-ups take constant
//! time.

use std::collections::hash_map::{Entry, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use crate::name::QName;

/// A map keyed by interned names.
pub type NameMap<K, V> = HashMap<K, V, BuildHasherDefault<IdHasher>>;

/// Mixes interned ids. They are dense and not chosen by whoever wrote the document, so one multiplication
/// for each is enough.
#[derive(Default)]
pub struct IdHasher(u64);

impl Hasher for IdHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u32(&mut self, id: u32) {
        self.write_u64(u64::from(id));
    }

    fn write_isize(&mut self, tag: isize) {
        self.write_u64(tag as u64);
    }

    fn write_u64(&mut self, id: u64) {
        self.0 = (self.0.rotate_left(5) ^ id).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

/// A map from names to components that remembers insertion order.
#[derive(Debug, Clone)]
pub struct Catalog<T> {
    rows: Vec<(QName, T)>,
    by_name: NameMap<QName, u32>,
}

impl<T> Catalog<T> {
    /// Adds a component. Where the name is taken it is handed back together with the present one.
    pub fn insert(&mut self, name: QName, component: T) -> Result<(), (T, &mut T)> {
        match self.by_name.entry(name) {
            Entry::Occupied(entry) => Err((component, &mut self.rows[*entry.get() as usize].1)),
            Entry::Vacant(entry) => {
                entry.insert(u32::try_from(self.rows.len()).expect("fewer than 2^32 components"));
                self.rows.push((name, component));
                Ok(())
            }
        }
    }

    pub fn get(&self, name: QName) -> Option<&T> {
        self.by_name.get(&name).map(|&row| &self.rows[row as usize].1)
    }

    pub fn get_mut(&mut self, name: QName) -> Option<&mut T> {
        self.by_name.get(&name).map(|&row| &mut self.rows[row as usize].1)
    }

    pub fn contains(&self, name: QName) -> bool {
        self.by_name.contains_key(&name)
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Names and components in order of definition.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (QName, &T)> {
        self.rows.iter().map(|(name, component)| (*name, component))
    }

    pub fn iter_mut(&mut self) -> impl ExactSizeIterator<Item = (QName, &mut T)> {
        self.rows.iter_mut().map(|(name, component)| (*name, component))
    }

    pub fn values(&self) -> impl ExactSizeIterator<Item = &T> {
        self.rows.iter().map(|(_, component)| component)
    }
}

impl<T> IntoIterator for Catalog<T> {
    type Item = (QName, T);
    type IntoIter = std::vec::IntoIter<(QName, T)>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.into_iter()
    }
}

impl<T> Default for Catalog<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), by_name: NameMap::default() }
    }
}
