//! The texts of refusals: `expected xsd:byte (-128 to 127), got 300`.
//!
//! Long values are shortened, so that a message stays readable whatever was sent.

use std::fmt::Write as _;

use crate::error::Error;
use crate::scalar::{Builtin, Scalar};

const SHOWN_CHARS: usize = 60;

/// XML text that is not in the lexical space.
#[cold]
pub(super) fn unreadable(builtin: Builtin, text: &str) -> Error {
    Error::decode(format!("expected {}, got {}", expected(builtin), quoted(text)))
}

/// XML text that spells a value outside the type's range.
#[cold]
pub(super) fn unreadable_range(builtin: Builtin, range: &str, text: &str) -> Error {
    Error::decode(format!("expected xsd:{} ({range}), got {}", builtin.name(), quoted(text)))
}

/// A host's value that does not fit the type.
#[cold]
pub(super) fn unwritable(builtin: Builtin, value: &Scalar<'_>) -> Error {
    Error::encode(format!("expected {}, got {}", expected(builtin), shown(value)))
}

/// A host's value outside the type's range.
#[cold]
pub(super) fn unwritable_range(builtin: Builtin, range: &str, value: &Scalar<'_>) -> Error {
    Error::encode(format!("expected xsd:{} ({range}), got {}", builtin.name(), shown(value)))
}

/// The type's name, with an example where the form is not obvious.
fn expected(builtin: Builtin) -> String {
    let example = match builtin {
        Builtin::DateTime => "2024-05-31T13:45:00Z",
        Builtin::Time => "13:45:00",
        Builtin::Date => "2024-05-31",
        Builtin::GYearMonth => "2024-05",
        Builtin::GYear => "2024",
        Builtin::GMonthDay => "--05-31",
        Builtin::GDay => "---31",
        Builtin::GMonth => "--05",
        Builtin::Duration => "P1DT12H",
        Builtin::Language => "en-GB",
        _ => return format!("xsd:{}", builtin.name()),
    };
    format!("xsd:{} like {example}", builtin.name())
}

/// A value as a message shows it.
pub(super) fn shown(value: &Scalar<'_>) -> String {
    match value {
        Scalar::Bool(b) => format!("boolean {b}"),
        Scalar::Int(n) => n.to_string(),
        Scalar::BigInt(text) | Scalar::Decimal(text) => shortened(text),
        Scalar::Double(x) => format!("double {x:?}"),
        Scalar::Str(text) => quoted(text),
        Scalar::Bytes(bytes) => format!("{} bytes", bytes.len()),
        Scalar::Temporal(t) => format!("{} {}", t.kind.name(), shortened(&t.lexical)).trim_end().to_owned(),
        Scalar::Duration(d) => format!("duration {}", shortened(&d.lexical)).trim_end().to_owned(),
        Scalar::QName { ns, local } => format!("QName {{{}}}{}", shortened(ns), shortened(local)),
    }
}

/// Text between quotation marks, control characters escaped, shortened.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars().take(SHOWN_CHARS) {
        if c.is_control() {
            let _ = write!(out, "{}", c.escape_default());
        } else {
            out.push(c);
        }
    }
    out.push_str(if text.chars().nth(SHOWN_CHARS).is_some() { "…\"" } else { "\"" });
    out
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
