//! The lexical and value spaces of the built-in simple types (XML Schema 1.0 part 2, §3).
//!
//! One file per family, each in the same order: `read` takes XML text to a value, `write` takes a host's
//! value to text, tests follow. Reading accepts exactly the lexical space; writing converts whatever is
//! obviously meant and loses nothing, and refuses the rest. Values of any size are handled as text, never
//! through a floating-point number. Neither direction panics or takes more than linear time.

pub mod binary;
mod blocks;
mod boolean;
mod calendar;
mod decimal;
mod duration;
mod float;
mod integer;
mod message;
mod order;
mod string;
mod temporal;
mod uri;

pub mod facets;
pub mod forgiving;
pub mod list;
pub mod pattern;
pub mod qname;
pub mod whitespace;

use crate::error::Result;
use crate::scalar::{Builtin, Scalar};

pub use facets::Facets;
pub use order::compare;
pub use pattern::Pattern;
pub use whitespace::{collapse, replace, whitespace, Whitespace};

use whitespace::trim;

/// Reads XML text as a value of a built-in type, after the type's `whiteSpace` facet (part 2, §4.3.6).
///
/// Values of `QName` and `NOTATION` need the namespaces in scope: their checked text is returned. Values
/// of list types are returned as their collapsed text; [`list::items`] takes it apart.
#[inline]
pub fn read(builtin: Builtin, text: &str) -> Result<Scalar<'_>> {
    match builtin {
        Builtin::String | Builtin::AnySimpleType => Ok(Scalar::Str(text.into())),
        Builtin::Int
        | Builtin::Long
        | Builtin::Short
        | Builtin::Byte
        | Builtin::Integer
        | Builtin::NonPositiveInteger
        | Builtin::NegativeInteger
        | Builtin::NonNegativeInteger
        | Builtin::PositiveInteger
        | Builtin::UnsignedLong
        | Builtin::UnsignedInt
        | Builtin::UnsignedShort
        | Builtin::UnsignedByte => integer::read(builtin, trim(text)),
        Builtin::Boolean => boolean::read(builtin, trim(text)),
        Builtin::Decimal => decimal::read(builtin, trim(text)),
        Builtin::Float | Builtin::Double => float::read(builtin, trim(text)),
        Builtin::NormalizedString
        | Builtin::Token
        | Builtin::Language
        | Builtin::Name
        | Builtin::NcName
        | Builtin::NmToken
        | Builtin::Id
        | Builtin::IdRef
        | Builtin::Entity
        | Builtin::AnyUri => string::read(builtin, text),
        Builtin::DateTime
        | Builtin::Time
        | Builtin::Date
        | Builtin::GYearMonth
        | Builtin::GYear
        | Builtin::GMonthDay
        | Builtin::GDay
        | Builtin::GMonth => temporal::read(builtin, trim(text)),
        Builtin::Duration => duration::read(builtin, trim(text)),
        Builtin::HexBinary | Builtin::Base64Binary => binary::read(builtin, trim(text)),
        Builtin::NmTokens | Builtin::IdRefs | Builtin::Entities => list::read(builtin, text),
        Builtin::QName | Builtin::Notation => qname::read(builtin, trim(text)),
    }
}

/// Appends the text of a host's value as a value of a built-in type; the text is not escaped for XML.
///
/// A string that spells a value of the type is accepted for any type.
#[inline]
pub fn write(builtin: Builtin, value: &Scalar<'_>, out: &mut String) -> Result<()> {
    match builtin {
        Builtin::String | Builtin::AnySimpleType => string::write(builtin, value, out),
        Builtin::Int
        | Builtin::Long
        | Builtin::Short
        | Builtin::Byte
        | Builtin::Integer
        | Builtin::NonPositiveInteger
        | Builtin::NegativeInteger
        | Builtin::NonNegativeInteger
        | Builtin::PositiveInteger
        | Builtin::UnsignedLong
        | Builtin::UnsignedInt
        | Builtin::UnsignedShort
        | Builtin::UnsignedByte => integer::write(builtin, value, out),
        Builtin::Boolean => boolean::write(builtin, value, out),
        Builtin::Decimal => decimal::write(builtin, value, out),
        Builtin::Float | Builtin::Double => float::write(builtin, value, out),
        Builtin::NormalizedString
        | Builtin::Token
        | Builtin::Language
        | Builtin::Name
        | Builtin::NcName
        | Builtin::NmToken
        | Builtin::Id
        | Builtin::IdRef
        | Builtin::Entity
        | Builtin::AnyUri => string::write(builtin, value, out),
        Builtin::DateTime
        | Builtin::Time
        | Builtin::Date
        | Builtin::GYearMonth
        | Builtin::GYear
        | Builtin::GMonthDay
        | Builtin::GDay
        | Builtin::GMonth => temporal::write(builtin, value, out),
        Builtin::Duration => duration::write(builtin, value, out),
        Builtin::HexBinary | Builtin::Base64Binary => binary::write(builtin, value, out),
        Builtin::NmTokens | Builtin::IdRefs | Builtin::Entities => list::write(builtin, value, out),
        Builtin::QName | Builtin::Notation => qname::write(builtin, value, out),
    }
}

/// Writes a host's string for a type that is not a string: its trimmed text must be in the lexical space.
fn write_text(builtin: Builtin, text: &str, out: &mut String) -> Result<()> {
    let text = trim(text);
    read(builtin, text).map_err(|error| error.with_kind(crate::error::ErrorKind::Encode))?;
    out.push_str(text);
    Ok(())
}

#[cfg(test)]
mod testing {
    //! What the tests of every family say.

    use super::*;

    /// The value written for what was read.
    pub fn echo(builtin: Builtin, text: &str) -> String {
        let value = read(builtin, text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
        written(builtin, value)
    }

    pub fn written<'a>(builtin: Builtin, value: impl Into<Scalar<'a>>) -> String {
        let mut out = String::new();
        write(builtin, &value.into(), &mut out).unwrap();
        out
    }

    pub fn refuses_to_read(builtin: Builtin, texts: &[&str]) {
        for text in texts {
            assert!(read(builtin, text).is_err(), "{} must refuse {text:?}", builtin.name());
        }
    }

    pub fn refuses_to_write(builtin: Builtin, values: &[Scalar<'_>]) {
        for value in values {
            let mut out = String::new();
            assert!(write(builtin, value, &mut out).is_err(), "{} must refuse {value:?}", builtin.name());
            assert!(out.is_empty(), "nothing is written before a refusal");
        }
    }

    pub fn text(text: &str) -> Scalar<'_> {
        Scalar::Str(text.into())
    }
}

#[cfg(test)]
mod tests {
    use super::testing::*;
    use super::*;

    /// One valid text for each built-in type, which comes back unchanged.
    #[test]
    fn every_type_reads_what_it_writes() {
        for &builtin in Builtin::ALL {
            let sample = match builtin {
                Builtin::Boolean => "true",
                Builtin::NonPositiveInteger | Builtin::NegativeInteger => "-7",
                Builtin::Decimal => "1.50",
                Builtin::Float | Builtin::Double => "1.5",
                Builtin::Duration => "P1Y2M3DT4H5M6.7S",
                Builtin::DateTime => "2024-02-29T12:34:56.789Z",
                Builtin::Time => "12:34:56+14:00",
                Builtin::Date => "-0044-03-15",
                Builtin::GYearMonth => "2024-05",
                Builtin::GYear => "12024",
                Builtin::GMonthDay => "--02-29",
                Builtin::GDay => "---31Z",
                Builtin::GMonth => "--12",
                Builtin::HexBinary => "0AFF",
                Builtin::Base64Binary => "AAE=",
                Builtin::Language => "en-GB",
                Builtin::QName | Builtin::Notation => "p:local",
                Builtin::NmTokens | Builtin::IdRefs | Builtin::Entities => "a b",
                Builtin::AnySimpleType | Builtin::String | Builtin::NormalizedString => " a  b ",
                Builtin::Token => "a b",
                Builtin::Name
                | Builtin::NcName
                | Builtin::NmToken
                | Builtin::Id
                | Builtin::IdRef
                | Builtin::Entity
                | Builtin::AnyUri => "abc",
                _ => "7",
            };
            assert_eq!(echo(builtin, sample), sample, "{}", builtin.name());
            let owned = read(builtin, sample).unwrap().into_owned();
            assert_eq!(
                compare(builtin, &owned, &owned),
                Some(std::cmp::Ordering::Equal),
                "{}",
                builtin.name()
            );
        }
    }

    #[test]
    fn hostile_texts_are_refused_quickly() {
        let long = "9".repeat(1 << 20);
        for &builtin in Builtin::ALL {
            for text in ["", "\u{0}", "-", "+", "\u{fffd}é", "--", "P", "T", "é", "1é", "2024-01-0é"] {
                let _ = read(builtin, text);
            }
            let _ = read(builtin, &long);
        }
    }

    #[test]
    fn messages_name_the_type_and_shorten_the_value() {
        let error = read(Builtin::Int, "x").unwrap_err();
        assert_eq!(error.message(), "expected xsd:int, got \"x\"");
        let error = read(Builtin::Int, &"y".repeat(1000)).unwrap_err();
        assert!(error.message().len() < 120, "{error}");
        let error = write(Builtin::Byte, &Scalar::Int(300), &mut String::new()).unwrap_err();
        assert_eq!(error.message(), "expected xsd:byte (-128 to 127), got 300");
    }
}
