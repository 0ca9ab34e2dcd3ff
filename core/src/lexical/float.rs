//! `float` and `double` (XML Schema 1.0 part 2, §3.2.4 and §3.2.5).
//!
//! Both are read to the nearest double and written with the fewest digits that read back as the same
//! one. Infinity is `INF` and `-INF`, without a `+`; not-a-number is `NaN`.

use super::{message, write_text};
use crate::error::Result;
use crate::scalar::{Builtin, Scalar};

#[inline]
fn parse(text: &str) -> Option<f64> {
    // The parser below also takes words (`infinity`, `nan`), which the standard does not have.
    let is_number = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
    if is_number {
        return text.parse().ok();
    }
    match text {
        "INF" => Some(f64::INFINITY),
        "-INF" => Some(f64::NEG_INFINITY),
        "NaN" => Some(f64::NAN),
        _ => None,
    }
}

#[inline]
pub(super) fn read(builtin: Builtin, text: &str) -> Result<Scalar<'_>> {
    match parse(text) {
        Some(x) if fits(builtin, x) => Ok(Scalar::Double(x)),
        // A number too large for the type is read as infinite.
        Some(x) => Ok(Scalar::Double(x * f64::INFINITY)),
        None => Err(message::unreadable(builtin, text)),
    }
}

#[inline]
pub(super) fn write(builtin: Builtin, value: &Scalar<'_>, out: &mut String) -> Result<()> {
    match value {
        Scalar::Double(x) => write_double(builtin, *x, out),
        Scalar::Int(n) => {
            out.push_str(itoa::Buffer::new().format(*n));
            Ok(())
        }
        // The texts of integers and decimals are texts of a double, unless it overflows.
        Scalar::BigInt(text) | Scalar::Decimal(text) => match parse(text) {
            Some(x) if x.is_finite() && fits(builtin, x) => {
                out.push_str(text);
                Ok(())
            }
            _ => Err(message::unwritable_range(builtin, range_text(builtin), value)),
        },
        Scalar::Bool(b) => {
            out.push(if *b { '1' } else { '0' });
            Ok(())
        }
        Scalar::Str(text) => write_text(builtin, text, out),
        _ => Err(message::unwritable(builtin, value)),
    }
}

#[inline]
fn write_double(builtin: Builtin, x: f64, out: &mut String) -> Result<()> {
    if x.is_finite() {
        if !fits(builtin, x) {
            return Err(message::unwritable_range(builtin, range_text(builtin), &Scalar::Double(x)));
        }
        out.push_str(zmij::Buffer::new().format_finite(x));
    } else if x.is_nan() {
        out.push_str("NaN");
    } else {
        out.push_str(if x > 0.0 { "INF" } else { "-INF" });
    }
    Ok(())
}

/// Whether a finite number stays finite as a value of the type.
#[inline]
fn fits(builtin: Builtin, x: f64) -> bool {
    builtin != Builtin::Float || (x as f32).is_finite() || !x.is_finite()
}

fn range_text(builtin: Builtin) -> &'static str {
    if builtin == Builtin::Float {
        "-3.4028235e38 to 3.4028235e38"
    } else {
        "-1.7976931348623157e308 to 1.7976931348623157e308"
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    #[test]
    fn reads_the_lexical_space() {
        let cases = [
            ("1", 1.0),
            ("-1.5e3", -1500.0),
            ("+1E-2", 0.01),
            (".5", 0.5),
            ("5.", 5.0),
            ("1e+300", 1e300),
            ("1e400", f64::INFINITY),
            ("INF", f64::INFINITY),
            ("-INF", f64::NEG_INFINITY),
            (" 0.1\n", 0.1),
        ];
        for (text, expected) in cases {
            assert_eq!(
                super::super::read(Builtin::Double, text).unwrap(),
                Scalar::Double(expected),
                "{text}"
            );
        }
        assert_eq!(read(Builtin::Float, "-1e39").unwrap(), Scalar::Double(f64::NEG_INFINITY));
        let Scalar::Double(zero) = read(Builtin::Float, "-0").unwrap() else { panic!() };
        assert!(zero == 0.0 && zero.is_sign_negative());
        assert!(matches!(read(Builtin::Double, "NaN").unwrap(), Scalar::Double(x) if x.is_nan()));
    }

    #[test]
    fn written_text_reads_back() {
        for x in [0.0, -0.0, 1.0, 0.1, 1e300, 5e-324, f64::MAX, 1.0 / 3.0, 123_456_789.0, 1e21, 1e-7] {
            let text = written(Builtin::Double, Scalar::Double(x));
            let Scalar::Double(back) = read(Builtin::Double, &text).unwrap() else { panic!() };
            assert_eq!(back.to_bits(), x.to_bits(), "{text}");
        }
        assert_eq!(written(Builtin::Double, Scalar::Double(f64::NEG_INFINITY)), "-INF");
        assert_eq!(written(Builtin::Double, Scalar::Double(f64::NAN)), "NaN");
        assert_eq!(written(Builtin::Double, Scalar::Int(7)), "7");
        assert_eq!(written(Builtin::Double, Scalar::Decimal("1.10".into())), "1.10");
    }

    #[test]
    fn refuses() {
        let words = [
            "", "inf", "+INF", "infinity", "nan", "NAN", "1e", "e5", ".", "+", "1e1.5", "0x1p3", "1,5", "1 2",
        ];
        refuses_to_read(Builtin::Double, &words);
        refuses_to_write(Builtin::Float, &[Scalar::Double(1e39), Scalar::Double(-1e300), text("inf")]);
        refuses_to_write(
            Builtin::Double,
            &[Scalar::BigInt("9".repeat(400).into()), Scalar::Bytes((&b"1"[..]).into())],
        );
    }
}
