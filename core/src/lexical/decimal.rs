//! `decimal` (XML Schema 1.0 part 2, §3.2.3): numbers of any size and precision, as text.
//!
//! Trailing zeros of a fraction are kept, since they tell the precision; leading zeros and `+` are not.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::{message, write_text};
use crate::error::Result;
use crate::scalar::{Builtin, Scalar};

/// A decimal taken apart, without the zeros that do not change its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Parts<'a> {
    /// Never set for zero.
    pub negative: bool,
    pub whole: &'a str,
    pub fraction: &'a str,
}

impl<'a> Parts<'a> {
    /// Takes apart an optional sign, digits, and an optional point with digits.
    pub fn parse(text: &'a str) -> Option<Self> {
        let (negative, whole, fraction) = split(text)?;
        let whole = whole.trim_start_matches('0');
        let fraction = fraction.trim_end_matches('0');
        Some(Self { negative: negative && !(whole.is_empty() && fraction.is_empty()), whole, fraction })
    }

    /// The order of the values.
    pub fn compare(&self, other: &Self) -> Ordering {
        let magnitude = || {
            let whole = self.whole.len().cmp(&other.whole.len()).then_with(|| self.whole.cmp(other.whole));
            whole.then_with(|| self.fraction.cmp(other.fraction))
        };
        match (self.negative, other.negative) {
            (false, false) => magnitude(),
            (true, true) => magnitude().reverse(),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

/// Sign, digits before the point, digits after it.
fn split(text: &str) -> Option<(bool, &str, &str)> {
    let (negative, rest) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let (whole, fraction) = rest.split_once('.').unwrap_or((rest, ""));
    let are_digits = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_empty = whole.is_empty() && fraction.is_empty();
    (!is_empty && are_digits(whole) && are_digits(fraction)).then_some((negative, whole, fraction))
}

/// The digits before the point, with their sign, if all those after it are zeros.
pub(super) fn integral(text: &str) -> Option<&str> {
    let (_, whole, fraction) = split(text)?;
    let has_whole = !whole.is_empty() && fraction.bytes().all(|byte| byte == b'0');
    has_whole.then(|| text.split_once('.').map_or(text, |(whole, _)| whole))
}

/// The text without `+`, leading zeros, a bare point, or the sign of zero.
fn canonical(text: &str) -> Option<Cow<'_, str>> {
    let (negative, whole, fraction) = split(text)?;
    let digits = whole.trim_start_matches('0');
    let negative = negative && (!digits.is_empty() || fraction.bytes().any(|byte| byte != b'0'));
    let whole = if digits.is_empty() && !whole.is_empty() { "0" } else { digits };
    let is_plain = !whole.is_empty() && text.ends_with(|c: char| c != '.');
    // The sign and the digits kept stand together unless zeros are between them.
    let kept = usize::from(negative) + whole.len() + if fraction.is_empty() { 0 } else { fraction.len() + 1 };
    if is_plain && (!negative || kept == text.len()) {
        return Some(Cow::Borrowed(&text[text.len() - kept..]));
    }
    let sign = if negative { "-" } else { "" };
    let whole = if whole.is_empty() { "0" } else { whole };
    let point = if fraction.is_empty() { "" } else { "." };
    Some(Cow::Owned([sign, whole, point, fraction].concat()))
}

pub(super) fn read(builtin: Builtin, text: &str) -> Result<Scalar<'_>> {
    canonical(text).map(Scalar::Decimal).ok_or_else(|| message::unreadable(builtin, text))
}

pub(super) fn write(builtin: Builtin, value: &Scalar<'_>, out: &mut String) -> Result<()> {
    let refused = || message::unwritable(builtin, value);
    match value {
        Scalar::Int(n) => out.push_str(itoa::Buffer::new().format(*n)),
        Scalar::BigInt(text) | Scalar::Decimal(text) => out.push_str(&canonical(text).ok_or_else(refused)?),
        // `Display` writes the shortest digits that read back as the same double, and no exponent.
        Scalar::Double(x) if x.is_finite() => out.push_str(&canonical(&format!("{x}")).ok_or_else(refused)?),
        Scalar::Bool(b) => out.push(if *b { '1' } else { '0' }),
        Scalar::Str(text) => return write_text(builtin, text, out),
        _ => return Err(refused()),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    #[test]
    fn reads_without_noise() {
        let cases = [
            ("1.50", "1.50"),
            ("+1.5", "1.5"),
            ("007", "7"),
            ("-007.10", "-7.10"),
            (".5", "0.5"),
            ("-.5", "-0.5"),
            ("5.", "5"),
            ("-5.", "-5"),
            ("000", "0"),
            ("-0", "0"),
            ("-0.00", "0.00"),
            ("-0.01", "-0.01"),
            ("00.10", "0.10"),
            ("+.0", "0.0"),
        ];
        for (text, expected) in cases {
            assert_eq!(read(Builtin::Decimal, text).unwrap(), Scalar::Decimal(expected.into()), "{text}");
        }
        let long = format!("{}.{}", "9".repeat(300), "1".repeat(300));
        assert_eq!(echo(Builtin::Decimal, &long), long);
    }

    #[test]
    fn writes_doubles_without_exponent() {
        assert_eq!(written(Builtin::Decimal, Scalar::Double(1e21)), "1000000000000000000000");
        assert_eq!(written(Builtin::Decimal, Scalar::Double(1e-7)), "0.0000001");
        assert_eq!(written(Builtin::Decimal, Scalar::Double(-0.1)), "-0.1");
        assert_eq!(written(Builtin::Decimal, Scalar::Double(-0.0)), "0");
        assert_eq!(written(Builtin::Decimal, Scalar::Int(-3)), "-3");
    }

    #[test]
    fn orders_values() {
        let order = |a, b| Parts::parse(a).unwrap().compare(&Parts::parse(b).unwrap());
        for (a, b) in [("1", "2"), ("-2", "-1"), ("9", "10"), ("-0.1", "0"), ("1.05", "1.1"), ("0", "0.001")]
        {
            assert_eq!(order(a, b), Ordering::Less, "{a} {b}");
            assert_eq!(order(b, a), Ordering::Greater, "{a} {b}");
        }
        for (a, b) in [("1", "1.0"), ("-0", "0"), ("01.10", "1.1"), (".5", "0.5")] {
            assert_eq!(order(a, b), Ordering::Equal, "{a} {b}");
        }
    }

    #[test]
    fn refuses() {
        refuses_to_read(
            Builtin::Decimal,
            &["", ".", "+", "-.", "1e3", "1,5", "INF", "NaN", "1.2.3", "0x1", "1 0"],
        );
        let values = [
            Scalar::Double(f64::NAN),
            Scalar::Double(f64::INFINITY),
            text("1e3"),
            Scalar::Decimal("".into()),
        ];
        refuses_to_write(Builtin::Decimal, &values);
    }
}
