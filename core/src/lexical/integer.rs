//! `integer` and the twelve types derived from it (XML Schema 1.0 part 2, §3.3.13 to §3.3.25).
//!
//! Values of up to 18 digits never leave machine registers; larger ones are compared and kept as text, so
//! there is no bound but the type's own.

use super::{decimal, message, write_text};
use crate::error::Result;
use crate::scalar::{Builtin, Scalar};

/// Text of at most this many digits fits `i64` whatever the digits are.
const SAFE_DIGITS: usize = 18;

/// The inclusive bounds of a type; the ends of `i128` stand for none.
const fn bounds(builtin: Builtin) -> (i128, i128) {
    match builtin {
        Builtin::NonPositiveInteger => (i128::MIN, 0),
        Builtin::NegativeInteger => (i128::MIN, -1),
        Builtin::NonNegativeInteger => (0, i128::MAX),
        Builtin::PositiveInteger => (1, i128::MAX),
        Builtin::Long => (i64::MIN as i128, i64::MAX as i128),
        Builtin::Int => (i32::MIN as i128, i32::MAX as i128),
        Builtin::Short => (i16::MIN as i128, i16::MAX as i128),
        Builtin::Byte => (i8::MIN as i128, i8::MAX as i128),
        Builtin::UnsignedLong => (0, u64::MAX as i128),
        Builtin::UnsignedInt => (0, u32::MAX as i128),
        Builtin::UnsignedShort => (0, u16::MAX as i128),
        Builtin::UnsignedByte => (0, u8::MAX as i128),
        _ => (i128::MIN, i128::MAX),
    }
}

#[inline]
fn is_in_range(builtin: Builtin, value: &Scalar<'_>) -> bool {
    let (low, high) = bounds(builtin);
    match value {
        Scalar::Int(n) => i128::from(*n) >= low && i128::from(*n) <= high,
        Scalar::BigInt(text) => match text.parse::<i128>() {
            Ok(n) => n >= low && n <= high,
            Err(_) if text.starts_with('-') => low == i128::MIN,
            Err(_) => high == i128::MAX,
        },
        _ => false,
    }
}

fn range_text(builtin: Builtin) -> String {
    match bounds(builtin) {
        (i128::MIN, high) => format!("at most {high}"),
        (low, i128::MAX) => format!("at least {low}"),
        (low, high) => format!("{low} to {high}"),
    }
}

/// An optional sign and digits, of any size.
#[inline]
pub(super) fn parse(text: &str) -> Option<Scalar<'_>> {
    let (negative, digits) = match text.as_bytes() {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    if digits.is_empty() || digits.len() > SAFE_DIGITS {
        return parse_long(text, digits.len());
    }
    let mut n = 0_i64;
    for &byte in digits {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        n = n * 10 + i64::from(digit);
    }
    Some(Scalar::Int(if negative { -n } else { n }))
}

/// More digits than surely fit.
fn parse_long(text: &str, digits: usize) -> Option<Scalar<'_>> {
    if digits == 0 || !text.as_bytes()[text.len() - digits..].iter().all(u8::is_ascii_digit) {
        return None;
    }
    if let Ok(n) = text.parse::<i64>() {
        return Some(Scalar::Int(n));
    }
    match decimal::read(Builtin::Integer, text) {
        Ok(Scalar::Decimal(canonical)) => Some(Scalar::BigInt(canonical)),
        _ => None,
    }
}

#[inline]
pub(super) fn read(builtin: Builtin, text: &str) -> Result<Scalar<'_>> {
    let value = parse(text).ok_or_else(|| message::unreadable(builtin, text))?;
    if is_in_range(builtin, &value) {
        Ok(value)
    } else {
        Err(message::unreadable_range(builtin, &range_text(builtin), text))
    }
}

#[inline]
pub(super) fn write(builtin: Builtin, value: &Scalar<'_>, out: &mut String) -> Result<()> {
    match value {
        Scalar::Int(n) if is_in_range(builtin, value) => {
            out.push_str(itoa::Buffer::new().format(*n));
            Ok(())
        }
        Scalar::Int(_) => Err(message::unwritable_range(builtin, &range_text(builtin), value)),
        _ => write_converted(builtin, value, out),
    }
}

fn write_converted(builtin: Builtin, value: &Scalar<'_>, out: &mut String) -> Result<()> {
    let full;
    let integer = match value {
        Scalar::Str(text) => return write_text(builtin, text, out),
        Scalar::Bool(b) => Some(Scalar::Int(i64::from(*b))),
        Scalar::BigInt(text) => parse(text),
        Scalar::Decimal(text) => decimal::integral(text).and_then(parse),
        // Every double from 2^53 on is integral; without a precision, zeros would stand for its last digits.
        Scalar::Double(x) if x.fract() == 0.0 => {
            full = format!("{x:.0}");
            parse(&full)
        }
        _ => None,
    };
    let integer = integer.ok_or_else(|| message::unwritable(builtin, value))?;
    if !is_in_range(builtin, &integer) {
        return Err(message::unwritable_range(builtin, &range_text(builtin), value));
    }
    match integer {
        Scalar::Int(n) => out.push_str(itoa::Buffer::new().format(n)),
        Scalar::BigInt(text) => out.push_str(&text),
        _ => return Err(message::unwritable(builtin, value)),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    #[test]
    fn reads_each_range_to_its_ends() {
        for &builtin in Builtin::ALL {
            let (low, high) = bounds(builtin);
            if low == i128::MIN && high == i128::MAX {
                continue;
            }
            for (end, beyond) in [(low, low.wrapping_sub(1)), (high, high.wrapping_add(1))] {
                if end != i128::MIN && end != i128::MAX {
                    assert_eq!(echo(builtin, &end.to_string()), end.to_string());
                    refuses_to_read(builtin, &[&beyond.to_string()]);
                }
            }
        }
    }

    #[test]
    fn keeps_what_is_beyond_i64() {
        let long = "9".repeat(200);
        assert_eq!(read(Builtin::Integer, &long).unwrap(), Scalar::BigInt(long.as_str().into()));
        let padded = format!("-000{long}");
        assert_eq!(echo(Builtin::NegativeInteger, &padded), format!("-{long}"));
        assert_eq!(
            read(Builtin::UnsignedLong, "18446744073709551615").unwrap(),
            Scalar::BigInt("18446744073709551615".into())
        );
        assert_eq!(read(Builtin::Integer, "+0000000000000000000000001").unwrap(), Scalar::Int(1));
        assert_eq!(read(Builtin::Long, "-9223372036854775808").unwrap(), Scalar::Int(i64::MIN));
        refuses_to_read(Builtin::NonNegativeInteger, &[&padded]);
    }

    #[test]
    fn writes_what_is_integral() {
        assert_eq!(written(Builtin::Int, Scalar::Double(1.0)), "1");
        assert_eq!(written(Builtin::Int, Scalar::Double(-0.0)), "0");
        assert_eq!(written(Builtin::Integer, Scalar::Double(1e30)), "1000000000000000019884624838656");
        assert_eq!(written(Builtin::Int, Scalar::Decimal("-5.000".into())), "-5");
        assert_eq!(written(Builtin::Int, Scalar::Bool(true)), "1");
        assert_eq!(written(Builtin::Long, text(" 42 ")), "42");
        assert_eq!(
            written(Builtin::UnsignedLong, Scalar::BigInt("18446744073709551615".into())),
            "18446744073709551615"
        );
    }

    #[test]
    fn refuses() {
        refuses_to_read(
            Builtin::Int,
            &["", "x", "1.0", "1e3", "--1", "+-1", "1 2", "0x10", "١", "+", "-", "1_0"],
        );
        refuses_to_read(Builtin::PositiveInteger, &["0", "-1"]);
        refuses_to_read(Builtin::Integer, &["12345678901234567890x"]);
        let values = [
            Scalar::Double(1.5),
            Scalar::Double(f64::NAN),
            Scalar::Double(f64::INFINITY),
            Scalar::Double(3e9),
            Scalar::Int(1 << 31),
            Scalar::BigInt("1e5".into()),
            Scalar::Decimal("0.5".into()),
            text("1.0"),
            Scalar::Bytes((&b"1"[..]).into()),
        ];
        refuses_to_write(Builtin::Int, &values);
    }
}
