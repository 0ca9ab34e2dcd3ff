//! How a value breaks its facets, and the message that says so.
//!
//! Finding a breach makes no text, so that whoever only asks whether a value is allowed pays for no message.

use std::fmt::Write as _;

use super::Facets;
use crate::lexical::message::quoted;
use crate::similar::hint;

/// How many values a message lists.
const LISTED: usize = 8;
/// An enumeration longer than this is not searched for a similar value.
const COMPARED: usize = 1000;
/// Nor is it for a value of more bytes.
const COMPARED_BYTES: usize = 64;

/// What is wrong.
#[derive(Debug)]
pub(super) enum Breach<'f> {
    /// The text is no value of the built-in type.
    Unreadable(String),
    Length(u64, Unit),
    TotalDigits(usize),
    FractionDigits(usize),
    /// The name and text of a bound.
    Bound(&'static str, &'f str),
    Pattern,
    Enumeration,
}

/// What a length counts.
#[derive(Debug, Clone, Copy)]
pub(super) enum Unit {
    Characters,
    Bytes,
    Items,
}

impl Unit {
    fn name(self) -> &'static str {
        match self {
            Self::Characters => "characters",
            Self::Bytes => "bytes",
            Self::Items => "items",
        }
    }
}

impl Breach<'_> {
    pub fn message(self, facets: &Facets, lexical: &str) -> String {
        match self {
            Self::Unreadable(message) => message,
            Self::Length(found, unit) => length_message(facets, found, unit.name()),
            Self::TotalDigits(found) => {
                format!("{found} digits where totalDigits is {}", facets.total_digits.unwrap_or_default())
            }
            Self::FractionDigits(found) => {
                let most = facets.fraction_digits.unwrap_or_default();
                format!("{found} digits after the point where fractionDigits is {most}")
            }
            Self::Bound(name, bound) => format!("{} is outside of {name} {bound}", quoted(lexical)),
            Self::Pattern => {
                let steps: Vec<_> = facets.patterns.iter().map(|step| step.join("|")).collect();
                format!("{} does not match the pattern {}", quoted(lexical), quoted(&steps.join(" and ")))
            }
            Self::Enumeration => enumeration_message(&facets.enumeration, lexical),
        }
    }
}

fn length_message(facets: &Facets, found: u64, unit: &str) -> String {
    match (facets.length, facets.min_length, facets.max_length) {
        (Some(exact), _, _) if found != exact => format!("has {found} {unit} where length is {exact}"),
        (_, Some(least), _) if found < least => format!("shorter than minLength {least} ({found} {unit})"),
        (_, _, most) => format!("longer than maxLength {} ({found} {unit})", most.unwrap_or_default()),
    }
}

fn enumeration_message(values: &[String], lexical: &str) -> String {
    let mut message = format!("{} is not one of: ", quoted(lexical));
    for (at, value) in values.iter().take(LISTED).enumerate() {
        let shown = quoted(value);
        message.push_str(if at == 0 { "" } else { ", " });
        message.push_str(&shown[1..shown.len() - 1]);
    }
    if values.len() > LISTED {
        let _ = write!(message, " (and {} more)", values.len() - LISTED);
    }
    if values.len() <= COMPARED && lexical.len() <= COMPARED_BYTES {
        let short = values.iter().map(String::as_str).filter(|value| value.len() <= COMPARED_BYTES);
        message.push_str(&hint(lexical, short));
    }
    message
}
