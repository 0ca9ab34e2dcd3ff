//! What `foreach` goes through, read one item at a time: an array, or anything `Traversable`.

use std::cell::Cell;

use ext_php_rs::types::Zval;
use ext_php_rs::zend::ce;
use wsdlproxy::Result;

use crate::instance::Instance;
use crate::table::{self, Name};
use crate::zend;

/// `getIterator` of `getIterator` …: more of them than this is a mistake.
const NESTED: u32 = 16;

/// Where reading stands. What is read is held elsewhere, where the cycle collector sees it.
#[derive(Default)]
pub struct Items {
    at: Cell<u32>,
    begun: Cell<bool>,
}

/// The array or iterator behind a value that `foreach` accepts as such; `None` for any other.
pub fn iterable(value: &Zval) -> Result<Option<Zval>> {
    let mut found = zend::share(value);
    for _ in 0..NESTED {
        found = match Instance::of(&found) {
            Some(object) if object.is_a(ce::iterator()) => return Ok(Some(found)),
            Some(object) if object.is_a(ce::aggregate()) => object.call("getiterator", &mut [])?,
            _ => return Ok(found.is_array().then_some(found)),
        };
    }
    Ok(None)
}

impl Items {
    /// The next key and item of what [`iterable`] returned.
    pub fn next(&self, source: &Zval) -> Result<Option<(Zval, Zval)>> {
        if let Some(array) = source.array() {
            let mut rest = table::entries_from(array, self.at.get());
            let found = rest.next().map(|(name, item)| (key(name), zend::share(item)));
            self.at.set(rest.position());
            return Ok(found);
        }
        let Some(iterator) = Instance::of(source) else { return Ok(None) };
        iterator.call(if self.begun.replace(true) { "next" } else { "rewind" }, &mut [])?;
        let mut valid = iterator.call("valid", &mut [])?;
        // SAFETY: the value is ours; no PHP code runs, as an object is true without one.
        if !unsafe { zend::zend_is_true(&raw mut valid) } {
            return Ok(None);
        }
        let item = iterator.call("current", &mut [])?;
        Ok(Some((iterator.call("key", &mut [])?, item)))
    }
}

fn key(name: Name<'_>) -> Zval {
    match name {
        Name::Index(index) => zend::long(index),
        Name::Text(text) => zend::text(text),
    }
}
