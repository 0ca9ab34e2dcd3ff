//! The `whiteSpace` facet (XML Schema 1.0 part 2, §4.3.6).
//!
//! Text that needs no change is returned as it is, without an allocation. White space is what XML calls
//! so: space, tab, line feed, carriage return.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::scalar::Builtin;

/// The values of the facet, each stricter than the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Whitespace {
    /// The text stays as it is.
    Preserve,
    /// Each tab, line feed and carriage return becomes a space.
    Replace,
    /// After replacing, runs of spaces become one, and none stays at the ends.
    Collapse,
}

impl Whitespace {
    /// Applies the facet.
    pub fn apply(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Preserve => Cow::Borrowed(text),
            Self::Replace => replace(text),
            Self::Collapse => collapse(text),
        }
    }
}

/// The facet of a built-in type.
pub fn whitespace(builtin: Builtin) -> Whitespace {
    match builtin {
        Builtin::AnySimpleType | Builtin::String => Whitespace::Preserve,
        Builtin::NormalizedString => Whitespace::Replace,
        _ => Whitespace::Collapse,
    }
}

#[inline]
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// Without white space at the ends: all that collapsing means for text that has none inside.
#[inline]
pub(super) fn trim(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if *first > b' ' && *last > b' ' => text,
        _ => text.trim_matches([' ', '\t', '\n', '\r']),
    }
}

/// Turns each tab, line feed and carriage return into a space.
pub fn replace(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| is_space(byte) && byte != b' ') {
        Cow::Owned(text.replace(['\t', '\n', '\r'], " "))
    } else {
        Cow::Borrowed(text)
    }
}

/// Replaces, then turns runs of spaces into one and drops those at the ends.
pub fn collapse(text: &str) -> Cow<'_, str> {
    let text = trim(text);
    let bytes = text.as_bytes();
    let is_collapsed = bytes.iter().enumerate().all(|(at, &byte)| {
        byte > b' ' || !is_space(byte) || (byte == b' ' && bytes.get(at + 1).is_none_or(|&next| next != b' '))
    });
    if is_collapsed {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unchanged_text_is_borrowed() {
        for text in ["", "a", "a b c", "é b", "\u{a0}"] {
            assert!(matches!(collapse(text), Cow::Borrowed(same) if same == text), "{text:?}");
            assert!(matches!(replace(text), Cow::Borrowed(same) if same == text), "{text:?}");
        }
    }

    #[test]
    fn runs_become_one_space() {
        for (text, expected) in [
            (" a", "a"),
            ("a  b", "a b"),
            ("a\tb", "a b"),
            ("\r\n a \n\n b\t", "a b"),
            ("   ", ""),
            ("\n", ""),
        ] {
            assert_eq!(collapse(text), expected, "{text:?}");
        }
        assert_eq!(replace("a\t\n b\r"), "a   b ");
    }
}
