//! Texts that are no values of their type but can only mean one: `TRUE`, `5.0` for an `int`, a date and time with a
//! space between. For messages without `strict`; what could mean two things (`1,234`, `01/02/2024`) is not guessed.

use super::read;
use super::whitespace::trim;
use crate::scalar::Builtin;

/// What the text means: a text of the type that is returned with it.
pub fn meant(builtin: Builtin, text: &str) -> Option<(Builtin, String)> {
    let text = trim(text);
    let (builtin, meant) = match builtin {
        Builtin::Boolean => (builtin, boolean(text)?.to_owned()),
        Builtin::Float | Builtin::Double => (builtin, float(text)?.to_owned()),
        Builtin::DateTime => (builtin, date_time(text)?),
        Builtin::Date => (builtin, date(text)?),
        Builtin::Time => (builtin, time(text)?),
        Builtin::Decimal => (builtin, plain(text)?),
        Builtin::Base64Binary => (builtin, padded(text)),
        _ if is_integer(builtin) => (Builtin::Integer, whole(text)?.to_owned()),
        _ => return None,
    };
    read(builtin, &meant).is_ok().then_some((builtin, meant))
}

fn boolean(text: &str) -> Option<&'static str> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "t" | "yes" | "y" | "on" => Some("true"),
        "false" | "f" | "no" | "n" | "off" => Some("false"),
        _ => None,
    }
}

fn float(text: &str) -> Option<&'static str> {
    match text.to_ascii_lowercase().as_str() {
        "inf" | "+inf" | "infinity" | "+infinity" => Some("INF"),
        "-inf" | "-infinity" => Some("-INF"),
        "nan" => Some("NaN"),
        _ => None,
    }
}

fn is_integer(builtin: Builtin) -> bool {
    use Builtin::*;
    matches!(
        builtin,
        Integer
            | Long
            | Int
            | Short
            | Byte
            | NonPositiveInteger
            | NegativeInteger
            | NonNegativeInteger
            | PositiveInteger
            | UnsignedLong
            | UnsignedInt
            | UnsignedShort
            | UnsignedByte
    )
}

/// A number out of the type's range, or with a fraction of zeros.
fn whole(text: &str) -> Option<&str> {
    match text.split_once('.') {
        Some((whole, fraction)) => fraction.bytes().all(|digit| digit == b'0').then_some(whole),
        None => Some(text),
    }
}

/// A decimal in scientific notation, as Java's `BigDecimal` writes it.
fn plain(text: &str) -> Option<String> {
    let (digits, exponent) = text.split_once(['e', 'E'])?;
    let exponent: i32 = exponent.parse().ok().filter(|exponent: &i32| exponent.abs() <= 400)?;
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", digits),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut both = whole.bytes().chain(fraction.bytes()).peekable();
    if both.peek().is_none() || !both.all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let zeros = "0".repeat(exponent.unsigned_abs() as usize);
    let (mut digits, point) = if exponent < 0 {
        ([&zeros, whole, fraction].concat(), whole.len())
    } else {
        ([whole, fraction, &zeros].concat(), whole.len() + zeros.len())
    };
    digits.insert(point, '.');
    Some(format!("{sign}{}", digits.trim_end_matches('.')))
}

/// A date alone, a space for the `T`, no seconds, or a zone without its colon.
fn date_time(text: &str) -> Option<String> {
    let Some((date, rest)) = text.split_once(['T', ' ']) else { return Some(format!("{text}T00:00:00")) };
    Some(format!("{date}T{}", time(rest.trim())?))
}

/// A date with a time, which must be midnight: another would be lost.
fn date(text: &str) -> Option<String> {
    let (date, rest) = text.split_once(['T', ' '])?;
    let (time, zone) = split_zone(rest.trim());
    let is_midnight = !time.is_empty() && time.bytes().all(|byte| matches!(byte, b'0' | b':' | b'.'));
    is_midnight.then(|| format!("{date}{}", with_colon(zone)))
}

fn time(text: &str) -> Option<String> {
    let (time, zone) = split_zone(text);
    let seconds = match time.bytes().filter(|byte| *byte == b':').count() {
        1 => ":00",
        2 => "",
        _ => return None,
    };
    Some(format!("{time}{seconds}{}", with_colon(zone)))
}

fn split_zone(time: &str) -> (&str, &str) {
    let at = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    (time[..at].trim_end(), &time[at..])
}

fn with_colon(zone: &str) -> String {
    match zone.len() {
        1 => "Z".to_owned(),
        3 => format!("{zone}:00"),
        5 if zone.is_ascii() => format!("{}:{}", &zone[..3], &zone[3..]),
        _ => zone.to_owned(),
    }
}

/// Base64 with as many `=` as its length asks for.
fn padded(text: &str) -> String {
    let mut text: String = text.split_ascii_whitespace().collect();
    text.truncate(text.trim_end_matches('=').len());
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_only_mean_one_value() {
        let cases = [
            (Builtin::Boolean, "TRUE", "true"),
            (Builtin::Boolean, "No", "false"),
            (Builtin::Int, "5.00", "5"),
            (Builtin::Int, "99999999999", "99999999999"),
            (Builtin::UnsignedInt, "-1.", "-1"),
            (Builtin::Double, "+Infinity", "INF"),
            (Builtin::DateTime, "2024-01-02", "2024-01-02T00:00:00"),
            (Builtin::DateTime, "2024-01-02 03:04", "2024-01-02T03:04:00"),
            (Builtin::DateTime, "2024-01-02T03:04:05.5+0100", "2024-01-02T03:04:05.5+01:00"),
            (Builtin::DateTime, "2024-01-02T03:04:05z", "2024-01-02T03:04:05Z"),
            (Builtin::Date, "2024-01-02T00:00:00Z", "2024-01-02Z"),
            (Builtin::Decimal, "1E+3", "1000"),
            (Builtin::Decimal, "-1.25e1", "-12.50"),
            (Builtin::Decimal, "1.5E-3", "0.0015"),
            (Builtin::Time, "03:04", "03:04:00"),
            (Builtin::Base64Binary, "YW Jj=", "YWJj"),
            (Builtin::Base64Binary, "YWI", "YWI="),
        ];
        for (builtin, text, expected) in cases {
            let found = meant(builtin, text).map(|(_, text)| text);
            assert_eq!(found.as_deref(), Some(expected), "{text}");
        }
        assert_eq!(meant(Builtin::Byte, "300").unwrap().0, Builtin::Integer);
    }

    #[test]
    fn what_is_not_guessed() {
        let cases = [
            (Builtin::Boolean, "2"),
            (Builtin::Int, "1,234"),
            (Builtin::Int, "5.5"),
            (Builtin::Int, "0x10"),
            (Builtin::Double, "1,5"),
            (Builtin::Decimal, "1,5"),
            (Builtin::Decimal, "e3"),
            (Builtin::DateTime, "01/02/2024 03:04:05"),
            (Builtin::DateTime, "0000-00-00T00:00:00"),
            (Builtin::DateTime, "2024-13-02"),
            (Builtin::DateTime, "€"),
            (Builtin::DateTime, "2024-01-02T03:04:05+€€"),
            (Builtin::Date, "2024-01-02T23:00:00Z"),
            (Builtin::Date, "2024-01-02T"),
            (Builtin::Time, "3"),
            (Builtin::Base64Binary, "!!!"),
            (Builtin::String, "TRUE"),
        ];
        for (builtin, text) in cases {
            assert_eq!(meant(builtin, text), None, "{text}");
        }
    }
}
