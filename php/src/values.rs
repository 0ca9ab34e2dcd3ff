//! Reads one option: each function names the option when its value makes no sense, and never shows the value,
//! which may be a password.

use std::time::Duration;

use ext_php_rs::types::Zval;
use wsdlproxy::similar::hint;
use wsdlproxy::{Error, Result};

use crate::table::entries;
use crate::zend;

/// The longest time limit; anything beyond is none.
const LONGEST: f64 = 1e9;

/// What is wrong with an option.
#[cold]
pub fn bad(name: &str, expected: &str, value: &Zval) -> Error {
    Error::usage(format!("{name}: expected {expected}, got {}", zend::type_name(value)))
}

pub fn text(name: &str, value: &Zval) -> Result<String> {
    match zend::utf8(value) {
        Some(text) => Ok(text.to_owned()),
        None if value.is_string() => Err(Error::usage(format!("{name}: not valid UTF-8"))),
        None => Err(bad(name, "a string", value)),
    }
}

pub fn optional_text(name: &str, value: &Zval) -> Result<Option<String>> {
    if value.is_null() {
        Ok(None)
    } else {
        text(name, value).map(Some)
    }
}

pub fn truth(name: &str, value: &Zval) -> Result<bool> {
    match (value.bool(), value.long()) {
        (Some(truth), _) => Ok(truth),
        (None, Some(number @ (0 | 1))) if value.is_long() => Ok(number == 1),
        _ => Err(bad(name, "true or false", value)),
    }
}

pub fn whole(name: &str, value: &Zval) -> Result<i64> {
    if value.is_long() {
        return value.long().ok_or_else(|| bad(name, "an int", value));
    }
    zend::utf8(value).and_then(|text| text.parse().ok()).ok_or_else(|| bad(name, "an int", value))
}

pub fn positive(name: &str, value: &Zval) -> Result<usize> {
    let number = whole(name, value)?;
    usize::try_from(number)
        .ok()
        .filter(|number| *number > 0)
        .ok_or_else(|| Error::usage(format!("{name}: expected more than 0, got {number}")))
}

/// Seconds; null is no limit.
pub fn seconds(name: &str, value: &Zval) -> Result<Option<Duration>> {
    if value.is_null() {
        return Ok(None);
    }
    let number = if value.is_long() {
        value.long().map(|number| number as f64)
    } else if value.is_double() {
        value.double()
    } else {
        None
    };
    let number = number.ok_or_else(|| bad(name, "a number of seconds", value))?;
    match Duration::try_from_secs_f64(number) {
        _ if number > LONGEST => Ok(None),
        Ok(limit) if !limit.is_zero() => Ok(Some(limit)),
        _ => Err(Error::usage(format!("{name}: expected more than 0 seconds, got {number}"))),
    }
}

/// How long something counts as unchanged, in seconds; null for the usual time.
pub fn age(name: &str, value: &Zval) -> Result<Option<Duration>> {
    let is_zero = if value.is_long() {
        value.long() == Some(0)
    } else {
        value.is_double() && value.double() == Some(0.0)
    };
    if is_zero {
        Ok(Some(Duration::ZERO))
    } else {
        seconds(name, value)
    }
}

/// One of several words.
pub fn choice(name: &str, value: &Zval, words: &[&str]) -> Result<usize> {
    let text = text(name, value)?;
    words
        .iter()
        .position(|word| *word == text)
        .ok_or_else(|| Error::usage(format!("{name}: expected {}, got {text:?}", words.join(" or "))))
}

/// Names and texts.
pub fn pairs(name: &str, value: &Zval) -> Result<Vec<(String, String)>> {
    if value.is_null() {
        return Ok(Vec::new());
    }
    let table = value.array().ok_or_else(|| bad(name, "an array of names and texts", value))?;
    entries(table)
        .map(|(key, value)| {
            let key = key.to_text();
            let text = text(&format!("{name}.{key}"), value)?;
            Ok((key, text))
        })
        .collect()
}

/// The members of an option that is an array of fixed names.
pub fn members<'a>(name: &str, value: &'a Zval, known: &[&str]) -> Result<Vec<(String, &'a Zval)>> {
    let table =
        value.array().ok_or_else(|| bad(name, &format!("an array with {}", known.join(", ")), value))?;
    let mut found = Vec::new();
    for (key, value) in entries(table) {
        let key = key.to_text();
        if !known.contains(&key.as_str()) {
            let hint = hint(&key, known.iter().copied());
            return Err(Error::usage(format!(
                "{name}: no member {key:?}{hint}; there are: {}",
                known.join(", ")
            )));
        }
        found.push((key, value));
    }
    Ok(found)
}
