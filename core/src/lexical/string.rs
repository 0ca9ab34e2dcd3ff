//! `string`, the types derived from it and `anyURI` (XML Schema 1.0 part 2, §3.2.1, §3.2.17 and §3.3.1 to
//! §3.3.11).
//!
//! Names follow XML 1.0, fifth edition. Every value that has a natural text is accepted as a string. That
//! XML can carry its characters is checked where text is escaped.

use std::borrow::Cow;

use super::{message, uri, whitespace};
use crate::error::{ErrorKind, Result};
use crate::scalar::{Builtin, Scalar};

/// `NameStartChar` (XML 1.0, [4]).
pub(super) const NAME_START: &[(char, char)] = &[
    (':', ':'),
    ('A', 'Z'),
    ('_', '_'),
    ('a', 'z'),
    ('\u{c0}', '\u{d6}'),
    ('\u{d8}', '\u{f6}'),
    ('\u{f8}', '\u{2ff}'),
    ('\u{370}', '\u{37d}'),
    ('\u{37f}', '\u{1fff}'),
    ('\u{200c}', '\u{200d}'),
    ('\u{2070}', '\u{218f}'),
    ('\u{2c00}', '\u{2fef}'),
    ('\u{3001}', '\u{d7ff}'),
    ('\u{f900}', '\u{fdcf}'),
    ('\u{fdf0}', '\u{fffd}'),
    ('\u{10000}', '\u{effff}'),
];

/// What `NameChar` (XML 1.0, [4a]) has beyond `NameStartChar`.
pub(super) const NAME_MORE: &[(char, char)] = &[
    ('-', '-'),
    ('.', '.'),
    ('0', '9'),
    ('\u{b7}', '\u{b7}'),
    ('\u{300}', '\u{36f}'),
    ('\u{203f}', '\u{2040}'),
];

fn is_in(ranges: &[(char, char)], c: char) -> bool {
    ranges.iter().any(|&(low, high)| low <= c && c <= high)
}

fn is_name_start(c: char) -> bool {
    c.is_ascii_alphabetic() || is_in(NAME_START, c)
}

fn is_name_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || is_in(NAME_START, c) || is_in(NAME_MORE, c)
}

/// One or more name characters.
pub(super) fn is_nmtoken(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_name_char)
}

fn is_name(text: &str) -> bool {
    text.starts_with(is_name_start) && text.chars().all(is_name_char)
}

/// A name without a colon (Namespaces in XML 1.0, [4]).
pub(super) fn is_ncname(text: &str) -> bool {
    is_name(text) && !text.contains(':')
}

/// One to eight letters, then subtags of one to eight letters or digits.
fn is_language(text: &str) -> bool {
    text.split('-').enumerate().all(|(at, tag)| {
        (1..=8).contains(&tag.len())
            && tag.bytes().all(|byte| byte.is_ascii_alphabetic() || (at > 0 && byte.is_ascii_digit()))
    })
}

fn is_in_space(builtin: Builtin, text: &str) -> bool {
    match builtin {
        Builtin::Language => is_language(text),
        Builtin::Name => is_name(text),
        Builtin::NcName | Builtin::Id | Builtin::IdRef | Builtin::Entity => is_ncname(text),
        Builtin::NmToken => is_nmtoken(text),
        Builtin::AnyUri => uri::is_uri(text),
        _ => true,
    }
}

pub(super) fn read(builtin: Builtin, text: &str) -> Result<Scalar<'_>> {
    let text = whitespace(builtin).apply(text);
    if is_in_space(builtin, &text) {
        Ok(Scalar::Str(text))
    } else {
        Err(message::unreadable(builtin, &text))
    }
}

#[inline]
pub(super) fn write(builtin: Builtin, value: &Scalar<'_>, out: &mut String) -> Result<()> {
    match value {
        Scalar::Str(text) => write_str(builtin, text, out),
        _ => write_natural(builtin, value, out),
    }
}

#[inline]
fn write_str(builtin: Builtin, text: &str, out: &mut String) -> Result<()> {
    let text: Cow<'_, str> = whitespace(builtin).apply(text);
    if !is_in_space(builtin, &text) {
        return Err(message::unreadable(builtin, &text).with_kind(ErrorKind::Encode));
    }
    out.push_str(&text);
    Ok(())
}

/// The text of a value that is not a string, as its own type writes it.
fn write_natural(builtin: Builtin, value: &Scalar<'_>, out: &mut String) -> Result<()> {
    let own = match value {
        Scalar::Bool(_) => Builtin::Boolean,
        Scalar::Int(_) | Scalar::BigInt(_) => Builtin::Integer,
        Scalar::Decimal(_) => Builtin::Decimal,
        Scalar::Double(_) => Builtin::Double,
        Scalar::Temporal(temporal) => temporal.kind,
        Scalar::Duration(_) => Builtin::Duration,
        Scalar::Bytes(_) if builtin == Builtin::AnySimpleType => Builtin::Base64Binary,
        Scalar::Str(_) | Scalar::Bytes(_) | Scalar::QName { .. } => {
            return Err(message::unwritable(builtin, value))
        }
    };
    let start = out.len();
    super::write(own, value, out)?;
    if is_in_space(builtin, &out[start..]) {
        return Ok(());
    }
    out.truncate(start);
    Err(message::unwritable(builtin, value))
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    #[test]
    fn white_space_follows_the_type() {
        let raw = " a\t b\n";
        assert_eq!(echo(Builtin::String, raw), raw);
        assert_eq!(echo(Builtin::NormalizedString, raw), " a  b ");
        assert_eq!(echo(Builtin::Token, raw), "a b");
        assert_eq!(written(Builtin::Token, text(raw)), "a b");
    }

    #[test]
    fn names() {
        for ok in ["a", "_", "a-1.b", "é", "中", "\u{10000}"] {
            for builtin in [
                Builtin::Name,
                Builtin::NcName,
                Builtin::Id,
                Builtin::IdRef,
                Builtin::Entity,
                Builtin::NmToken,
            ] {
                assert_eq!(echo(builtin, ok), ok);
            }
        }
        assert_eq!(echo(Builtin::Name, "a:b:c"), "a:b:c");
        assert_eq!(echo(Builtin::NmToken, "-1:"), "-1:");
        refuses_to_read(Builtin::Name, &["", "1a", "-a", "a b", "a/b", "×"]);
        refuses_to_read(Builtin::NcName, &["a:b", ":", ".a"]);
        refuses_to_read(Builtin::NmToken, &["", "a b", "a,b", "\u{2028}"]);
    }

    #[test]
    fn languages() {
        for ok in ["en", "en-GB", "x-klingon", "i-navajo", "zh-Hant-TW", "de-1996"] {
            assert_eq!(echo(Builtin::Language, ok), ok);
        }
        refuses_to_read(Builtin::Language, &["", "e1", "en_GB", "-en", "en-", "abcdefghi", "en--GB"]);
    }

    #[test]
    fn other_values_become_text() {
        assert_eq!(written(Builtin::String, Scalar::Bool(true)), "true");
        assert_eq!(written(Builtin::String, Scalar::Int(-5)), "-5");
        assert_eq!(written(Builtin::Token, Scalar::Double(0.5)), "0.5");
        assert_eq!(written(Builtin::AnySimpleType, Scalar::Bytes((&b"\0\x01"[..]).into())), "AAE=");
        refuses_to_write(Builtin::NcName, &[Scalar::Int(5), text("a:b")]);
        refuses_to_write(Builtin::String, &[Scalar::Bytes((&b"a"[..]).into())]);
    }
}
