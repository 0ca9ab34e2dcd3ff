//! Order and equality in the value spaces (XML Schema 1.0 part 2, §3.2, §4.2.1 and §4.2.2), for bounds and
//! enumerations.
//!
//! Times with and without a zone, and durations of months and of days, are only ordered where every
//! reading of them agrees.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::calendar::{add_months, days, DAY};
use super::decimal::Parts;
use crate::scalar::{Builtin, Duration, Scalar, Temporal};

/// The largest time zone, in seconds: what a time without one may be off.
const ZONE_SPAN: i128 = 14 * 3600;

/// The order of two values of a built-in type; `None` if there is none. Values of types without an order
/// are equal or incomparable.
pub fn compare(builtin: Builtin, a: &Scalar<'_>, b: &Scalar<'_>) -> Option<Ordering> {
    match (a, b) {
        (Scalar::Int(a), Scalar::Int(b)) => Some(a.cmp(b)),
        (Scalar::Double(a), Scalar::Double(b)) if builtin == Builtin::Float => {
            compare_doubles(f64::from(*a as f32), f64::from(*b as f32))
        }
        (Scalar::Double(a), Scalar::Double(b)) => compare_doubles(*a, *b),
        (Scalar::Temporal(a), Scalar::Temporal(b)) => compare_temporals(a, b),
        (Scalar::Duration(a), Scalar::Duration(b)) => compare_durations(a, b),
        _ => match (number_text(a), number_text(b)) {
            (Some(a), Some(b)) => Some(Parts::parse(&a)?.compare(&Parts::parse(&b)?)),
            _ => (a == b).then_some(Ordering::Equal),
        },
    }
}

/// Not-a-number equals itself and is not ordered against anything else.
fn compare_doubles(a: f64, b: f64) -> Option<Ordering> {
    if a.is_nan() && b.is_nan() {
        return Some(Ordering::Equal);
    }
    a.partial_cmp(&b)
}

/// The text of an exact number.
pub(super) fn number_text<'v>(value: &'v Scalar<'_>) -> Option<Cow<'v, str>> {
    match value {
        Scalar::Int(n) => Some(n.to_string().into()),
        Scalar::BigInt(text) | Scalar::Decimal(text) => Some(text.as_ref().into()),
        _ => None,
    }
}

/// A point on the line of seconds, with its fraction: of UTC if there is a zone.
fn moment<'v>(t: &'v Temporal<'_>) -> (i128, &'v str) {
    // Recurring times are placed in a leap year, so that 29 February has a place.
    let year = if t.year == 0 { 4 } else { t.year.into() };
    let date = days(year, t.month.max(1), t.day.max(1));
    let time = i128::from(t.hour) * 3600 + i128::from(t.minute) * 60 + i128::from(t.second);
    let zone = i128::from(t.zone.unwrap_or(0)) * 60;
    let digits = t.lexical.split_once('.').map_or("", |(_, rest)| rest);
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    (date * DAY + time - zone, digits[..end].trim_end_matches('0'))
}

/// The order of two points in time (§3.2.7.4): a point without a zone may be 14 hours off.
fn compare_temporals(a: &Temporal<'_>, b: &Temporal<'_>) -> Option<Ordering> {
    let ((first, first_digits), (second, second_digits)) = (moment(a), moment(b));
    let fractions = || match (a.lexical.is_empty(), b.lexical.is_empty()) {
        // Digits of any number compare as text; what a host made has nanoseconds at most.
        (false, false) => first_digits.cmp(second_digits),
        _ => a.nanosecond.cmp(&b.nanosecond),
    };
    if a.zone.is_some() == b.zone.is_some() {
        return Some(first.cmp(&second).then_with(fractions));
    }
    match first - second {
        gap if gap > ZONE_SPAN => Some(Ordering::Greater),
        gap if gap < -ZONE_SPAN => Some(Ordering::Less),
        _ => None,
    }
}

/// The four months that tell durations apart (§3.2.6.2).
const REFERENCES: [(i128, u8); 4] = [(1696, 9), (1697, 2), (1903, 3), (1903, 7)];

fn compare_durations(a: &Duration<'_>, b: &Duration<'_>) -> Option<Ordering> {
    let mut verdict = None;
    for reference in REFERENCES {
        let order = duration_end(a, reference).cmp(&duration_end(b, reference));
        if verdict.is_some_and(|earlier| earlier != order) {
            return None;
        }
        verdict = Some(order);
    }
    verdict
}

/// Nanoseconds at the end of a duration that begins on the first of a month.
fn duration_end(d: &Duration<'_>, (year, month): (i128, u8)) -> i128 {
    let sign = if d.negative { -1 } else { 1 };
    let (year, month) = add_months(year, month, sign * i128::from(d.months));
    let seconds = days(year, month, 1) * DAY + sign * i128::from(d.seconds);
    seconds * 1_000_000_000 + sign * i128::from(d.nanosecond)
}

/// A text that is the same for equal values of one type: what enumerations are looked up by.
pub(super) fn key<'v>(builtin: Builtin, value: &'v Scalar<'_>) -> Cow<'v, str> {
    match value {
        Scalar::Str(text) => text.as_ref().into(),
        Scalar::Int(n) => n.to_string().into(),
        Scalar::BigInt(text) | Scalar::Decimal(text) => match Parts::parse(text) {
            Some(Parts { negative, whole, fraction }) => {
                let sign = if negative { "-" } else { "" };
                format!("{sign}{whole}.{fraction}").into()
            }
            None => text.as_ref().into(),
        },
        Scalar::Bool(b) => if *b { "true" } else { "false" }.into(),
        // Adding 0 takes the sign off zero, which has two spellings of one value.
        Scalar::Double(x) if builtin == Builtin::Float => (*x as f32 + 0.0).to_string().into(),
        Scalar::Double(x) => (*x + 0.0).to_string().into(),
        Scalar::Bytes(bytes) => hex_simd::encode_to_string(bytes, hex_simd::AsciiCase::Lower).into(),
        Scalar::Temporal(t) => {
            let (seconds, digits) = moment(t);
            format!("{seconds}.{digits} {}", t.zone.is_some()).into()
        }
        Scalar::Duration(d) => {
            let sign = if d.negative { "-" } else { "" };
            format!("{sign}{} {}.{}", d.months, d.seconds, d.nanosecond).into()
        }
        Scalar::QName { ns, local } => format!("{{{ns}}}{local}").into(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    fn order(builtin: Builtin, a: &str, b: &str) -> Option<Ordering> {
        let (a, b) = (read(builtin, a).unwrap(), read(builtin, b).unwrap());
        let order = compare(builtin, &a, &b);
        assert_eq!(compare(builtin, &b, &a), order.map(Ordering::reverse));
        order
    }

    #[test]
    fn numbers() {
        assert_eq!(order(Builtin::Integer, "5", "99999999999999999999"), Some(Ordering::Less));
        assert_eq!(order(Builtin::Decimal, "1.0", "1"), Some(Ordering::Equal));
        assert_eq!(order(Builtin::Double, "NaN", "NaN"), Some(Ordering::Equal));
        assert_eq!(order(Builtin::Double, "NaN", "1"), None);
        assert_eq!(order(Builtin::Double, "-INF", "-1e308"), Some(Ordering::Less));
        assert_eq!(order(Builtin::Double, "-0", "0"), Some(Ordering::Equal));
        assert_eq!(order(Builtin::Float, "0.1", "0.10000000149"), Some(Ordering::Equal));
    }

    #[test]
    fn times_are_partially_ordered() {
        let less = Some(Ordering::Less);
        let order = |a, b| order(Builtin::DateTime, a, b);
        assert_eq!(order("2000-01-15T00:00:00", "2000-02-15T00:00:00"), less);
        assert_eq!(order("2000-01-15T12:00:00", "2000-01-16T12:00:00Z"), less);
        assert_eq!(order("2000-01-01T12:00:00", "1999-12-31T23:00:00Z"), None);
        assert_eq!(order("2000-01-16T12:00:00", "2000-01-16T12:00:00Z"), None);
        assert_eq!(order("2000-01-01T12:00:00+01:00", "2000-01-01T11:00:00Z"), Some(Ordering::Equal));
        assert_eq!(order("2000-01-01T24:00:00", "2000-01-02T00:00:00"), Some(Ordering::Equal));
        assert_eq!(order("2000-01-01T00:00:00.1234567891", "2000-01-01T00:00:00.1234567892"), less);
        assert_eq!(order("-0045-01-01T00:00:00", "-0044-01-01T00:00:00"), less);
    }

    #[test]
    fn durations_are_partially_ordered() {
        let order = |a, b| order(Builtin::Duration, a, b);
        assert_eq!(order("P1M", "P30D"), None);
        assert_eq!(order("P1M", "P28D"), None);
        assert_eq!(order("P1M", "P27D"), Some(Ordering::Greater));
        assert_eq!(order("P1M", "P32D"), Some(Ordering::Less));
        assert_eq!(order("P1Y", "P12M"), Some(Ordering::Equal));
        assert_eq!(order("P1D", "PT24H"), Some(Ordering::Equal));
        assert_eq!(order("-P1D", "PT0S"), Some(Ordering::Less));
        assert_eq!(order("P18446744073709551614M", "P18446744073709551615M"), Some(Ordering::Less));
    }

    #[test]
    fn texts_are_equal_or_incomparable() {
        assert_eq!(order(Builtin::String, "a", "a"), Some(Ordering::Equal));
        assert_eq!(order(Builtin::String, "a", "b"), None);
        assert_eq!(order(Builtin::HexBinary, "0A", "0a"), Some(Ordering::Equal));
    }

    #[test]
    fn equal_values_have_one_key() {
        for (builtin, a, b) in [
            (Builtin::Decimal, "1", "+01.00"),
            (Builtin::Double, "1e2", "100"),
            (Builtin::Double, "-0", "0"),
            (Builtin::Float, "0.1", "0.10000000149"),
            (Builtin::Boolean, "1", "true"),
            (Builtin::Time, "12:00:00Z", "13:00:00.0+01:00"),
            (Builtin::Duration, "P1Y", "P12M"),
            (Builtin::Base64Binary, "AAE=", "AA E="),
        ] {
            let (a, b) = (read(builtin, a).unwrap(), read(builtin, b).unwrap());
            assert_eq!(key(builtin, &a), key(builtin, &b), "{}", builtin.name());
        }
    }
}
