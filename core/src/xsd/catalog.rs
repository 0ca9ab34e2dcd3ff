//! Components by name, in the order they were defined. Listings keep that order; look-ups take constant
//! time.

use std::collections::hash_map::{Entry, HashMap};

use crate::name::QName;

/// A map from names to components that remembers insertion order.
#[derive(Debug, Clone)]
pub struct Catalog<T> {
    rows: Vec<(QName, T)>,
    by_name: HashMap<QName, u32>,
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

impl<T> Default for Catalog<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), by_name: HashMap::new() }
    }
}
