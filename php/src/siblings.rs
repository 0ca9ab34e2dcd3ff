//! The options of `withOptions`: those of the proxy with others over them.
//!
//! Credentials and headers are changed one by one; any other option replaces the one before.

use ext_php_rs::types::Zval;

use crate::table::{entries, get, Table};
use crate::zend;

/// The options as they were given, with others over them.
pub fn merged(base: &Zval, over: Option<&Zval>) -> Zval {
    let mut table = Table::new();
    let over = over.and_then(Zval::array);
    let base = base.array();
    // Whom the credentials act for stands in an option of its own as well, which newer credentials may replace.
    let names_another = over.and_then(|over| get(over, b"auth")).is_some_and(|auth| {
        auth.is_null() || auth.array().is_some_and(|auth| get(auth, b"impersonate").is_some())
    });
    for (name, value) in base.into_iter().flat_map(entries) {
        let name = name.to_text();
        if !(names_another && name == "impersonate") {
            table.set(&name, zend::share(value));
        }
    }
    for (name, value) in over.into_iter().flat_map(entries) {
        let name = name.to_text();
        let before = base.and_then(|base| get(base, name.as_bytes()));
        let value = match name.as_str() {
            "auth" => credentials(before, value),
            "headers" => headers(before, value),
            _ => zend::share(value),
        };
        table.set(&name, value);
    }
    table.finish()
}

/// Credentials with those that are named in their place.
fn credentials(before: Option<&Zval>, given: &Zval) -> Zval {
    let (Some(before), Some(given_table)) = (before.and_then(Zval::array), given.array()) else {
        return zend::share(given);
    };
    let mut table = Table::new();
    for (name, value) in entries(before).chain(entries(given_table)) {
        table.set(&name.to_text(), zend::share(value));
    }
    table.finish()
}

/// Headers with those that are named in their place, in any case; null takes one away.
fn headers(before: Option<&Zval>, given: &Zval) -> Zval {
    let Some(given_table) = given.array() else { return zend::share(given) };
    let mut table = Table::new();
    for (name, value) in before.and_then(Zval::array).into_iter().flat_map(entries) {
        let name = name.to_text();
        if !entries(given_table).any(|(other, _)| other.to_text().eq_ignore_ascii_case(&name)) {
            table.set(&name, zend::share(value));
        }
    }
    for (name, value) in entries(given_table) {
        if !value.is_null() {
            table.set(&name.to_text(), zend::share(value));
        }
    }
    table.finish()
}
