//! The eight types of points and recurring spans of time (XML Schema 1.0 part 2, §3.2.7 to §3.2.14).
//!
//! Years have any number of digits that fits 64 bits and there is no year 0; `24:00:00` ends a day; leap
//! seconds do not exist. Text that was read is written again unchanged, with all its fractional digits.

use std::fmt::Write as _;

use super::calendar::days_in_month;
use super::{message, write_text};
use crate::error::Result;
use crate::scalar::{Builtin, Scalar, Temporal};

/// What is left of a text.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn take(&mut self, byte: u8) -> Option<()> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        (*first == byte).then_some(())
    }

    fn two_digits(&mut self) -> Option<u8> {
        let (digits, rest) = self.0.split_at_checked(2)?;
        self.0 = rest;
        let is_number = digits.iter().all(u8::is_ascii_digit);
        is_number.then(|| (digits[0] - b'0') * 10 + (digits[1] - b'0'))
    }

    /// The leading digits.
    fn digits(&mut self) -> &[u8] {
        let len = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = self.0.split_at(len);
        self.0 = rest;
        digits
    }

    /// Four digits or more, the first of which is not 0 if there are more; not zero.
    fn year(&mut self) -> Option<i64> {
        let negative = self.0.first() == Some(&b'-');
        if negative {
            self.0 = &self.0[1..];
        }
        let digits = self.digits();
        if digits.len() < 4 || (digits.len() > 4 && digits[0] == b'0') {
            return None;
        }
        let year = digits
            .iter()
            .try_fold(0_i64, |year, digit| year.checked_mul(10)?.checked_add(i64::from(digit - b'0')))?;
        (year != 0).then_some(if negative { -year } else { year })
    }

    fn month(&mut self) -> Option<u8> {
        self.two_digits().filter(|month| (1..=12).contains(month))
    }

    fn day(&mut self, last: u8) -> Option<u8> {
        self.two_digits().filter(|day| (1..=last).contains(day))
    }

    /// `hh:mm:ss` with an optional fraction.
    fn time(&mut self, into: &mut Temporal<'_>) -> Option<()> {
        into.hour = self.two_digits()?;
        self.take(b':')?;
        into.minute = self.two_digits()?;
        self.take(b':')?;
        into.second = self.two_digits()?;
        let mut has_fraction = false;
        if self.0.first() == Some(&b'.') {
            self.0 = &self.0[1..];
            let digits = self.digits();
            has_fraction = digits.iter().any(|&digit| digit != b'0');
            into.nanosecond = nanoseconds(digits)?;
        }
        let is_end_of_day = into.hour == 24 && into.minute == 0 && into.second == 0 && !has_fraction;
        (is_end_of_day || (into.hour < 24 && into.minute < 60 && into.second < 60)).then_some(())
    }

    /// The end, `Z`, or `+hh:mm` up to 14 hours.
    fn zone(&mut self, into: &mut Temporal<'_>) -> Option<()> {
        let Some((&sign, rest)) = self.0.split_first() else { return Some(()) };
        self.0 = rest;
        let zone = match sign {
            b'Z' => 0,
            b'+' | b'-' => {
                let hours = i16::from(self.two_digits()?);
                self.take(b':')?;
                let minutes = i16::from(self.two_digits()?);
                if minutes > 59 || hours * 60 + minutes > 14 * 60 {
                    return None;
                }
                if sign == b'-' {
                    -(hours * 60 + minutes)
                } else {
                    hours * 60 + minutes
                }
            }
            _ => return None,
        };
        into.zone = Some(zone);
        self.0.is_empty().then_some(())
    }
}

/// The first nine of one or more fractional digits.
pub(super) fn nanoseconds(digits: &[u8]) -> Option<u32> {
    let mut n = 0;
    for at in 0..9 {
        n = n * 10 + u32::from(digits.get(at).map_or(0, |digit| digit - b'0'));
    }
    (!digits.is_empty()).then_some(n)
}

fn blank(kind: Builtin) -> Temporal<'static> {
    let lexical = "".into();
    Temporal {
        kind,
        year: 0,
        month: 0,
        day: 0,
        hour: 0,
        minute: 0,
        second: 0,
        nanosecond: 0,
        zone: None,
        lexical,
    }
}

fn parse(kind: Builtin, text: &str) -> Option<Temporal<'_>> {
    let mut rest = Rest(text.as_bytes());
    let mut t: Temporal<'_> = Temporal { lexical: text.into(), ..blank(kind) };
    match kind {
        Builtin::DateTime | Builtin::Date | Builtin::GYearMonth | Builtin::GYear => {
            t.year = rest.year()?;
            if kind != Builtin::GYear {
                rest.take(b'-')?;
                t.month = rest.month()?;
            }
            if matches!(kind, Builtin::DateTime | Builtin::Date) {
                rest.take(b'-')?;
                t.day = rest.day(days_in_month(t.year.into(), t.month))?;
            }
            if kind == Builtin::DateTime {
                rest.take(b'T')?;
                rest.time(&mut t)?;
            }
        }
        Builtin::Time => rest.time(&mut t)?,
        _ => {
            rest.take(b'-')?;
            rest.take(b'-')?;
            if kind == Builtin::GDay {
                rest.take(b'-')?;
                t.day = rest.day(31)?;
            } else {
                t.month = rest.month()?;
            }
            if kind == Builtin::GMonthDay {
                rest.take(b'-')?;
                // 29 February is a day of some years.
                t.day = rest.day(days_in_month(4, t.month))?;
            }
            // The first edition of the standard wrote `--05--`.
            if kind == Builtin::GMonth && rest.0.starts_with(b"--") {
                rest.0 = &rest.0[2..];
            }
        }
    }
    rest.zone(&mut t)?;
    Some(t)
}

pub(super) fn read(builtin: Builtin, text: &str) -> Result<Scalar<'_>> {
    parse(builtin, text).map(Scalar::Temporal).ok_or_else(|| message::unreadable(builtin, text))
}

pub(super) fn write(builtin: Builtin, value: &Scalar<'_>, out: &mut String) -> Result<()> {
    let refused = || message::unwritable(builtin, value);
    let temporal = match value {
        Scalar::Temporal(temporal) => temporal,
        Scalar::Str(text) => return write_text(builtin, text, out),
        Scalar::Int(n) => &from_number(builtin, *n).ok_or_else(refused)?,
        _ => return Err(refused()),
    };
    if temporal.kind == builtin && !temporal.lexical.is_empty() {
        return match parse(builtin, &temporal.lexical) {
            // What was read in the old form is sent in the one that everybody takes.
            Some(_) if builtin != Builtin::GMonth => {
                out.push_str(&temporal.lexical);
                Ok(())
            }
            Some(month) => write_parts(&month, out).ok_or_else(refused),
            None => Err(refused()),
        };
    }
    let converted = convert(temporal, builtin).ok_or_else(refused)?;
    let start = out.len();
    let is_valid = write_parts(&converted, out).is_some() && parse(builtin, &out[start..]).is_some();
    if is_valid {
        return Ok(());
    }
    out.truncate(start);
    Err(refused())
}

/// A year, month or day given as a bare number.
fn from_number(kind: Builtin, n: i64) -> Option<Temporal<'static>> {
    let blank = blank(kind);
    match kind {
        Builtin::GYear => Some(Temporal { year: n, ..blank }),
        Builtin::GMonth => Some(Temporal { month: u8::try_from(n).ok()?, ..blank }),
        Builtin::GDay => Some(Temporal { day: u8::try_from(n).ok()?, ..blank }),
        _ => None,
    }
}

/// The same moment as another kind: parts that the kind does not have are cut, and a date begins at
/// midnight. No part is ever made up.
fn convert(from: &Temporal<'_>, kind: Builtin) -> Option<Temporal<'static>> {
    let has_date = matches!(from.kind, Builtin::DateTime | Builtin::Date);
    let is_possible = match kind {
        Builtin::Time => from.kind == Builtin::DateTime,
        _ => has_date,
    };
    if from.kind != kind && !is_possible {
        return None;
    }
    let owned = Temporal { kind, lexical: "".into(), ..from.clone() };
    // The end of a day is the beginning of the next one, which matters once the time is cut.
    if owned.hour == 24 && has_date && !matches!(kind, Builtin::DateTime | Builtin::Time) {
        return next_day(&owned);
    }
    let Temporal { year, month, day, hour, minute, second, nanosecond, zone, .. } = owned;
    Some(Temporal { kind, year, month, day, hour, minute, second, nanosecond, zone, lexical: "".into() })
}

fn next_day(t: &Temporal<'_>) -> Option<Temporal<'static>> {
    let (mut year, mut month, mut day) = (t.year, t.month, t.day.checked_add(1)?);
    if day > days_in_month(year.into(), month) {
        (month, day) = (month.checked_add(1)?, 1);
    }
    if month > 12 {
        // The year 1 follows the year -1.
        (year, month) = (if year == -1 { 1 } else { year.checked_add(1)? }, 1);
    }
    Some(Temporal { year, month, day, zone: t.zone, ..blank(t.kind) })
}

/// Writes the parts of the kind; the caller checks them by reading the result.
fn write_parts(t: &Temporal<'_>, out: &mut String) -> Option<()> {
    let (sign, year) = (if t.year < 0 { "-" } else { "" }, t.year.unsigned_abs());
    let (month, day) = (t.month, t.day);
    match t.kind {
        Builtin::DateTime => write!(out, "{sign}{year:04}-{month:02}-{day:02}T"),
        Builtin::Time => Ok(()),
        Builtin::Date => write!(out, "{sign}{year:04}-{month:02}-{day:02}"),
        Builtin::GYearMonth => write!(out, "{sign}{year:04}-{month:02}"),
        Builtin::GYear => write!(out, "{sign}{year:04}"),
        Builtin::GMonthDay => write!(out, "--{month:02}-{day:02}"),
        Builtin::GDay => write!(out, "---{day:02}"),
        _ => write!(out, "--{month:02}"),
    }
    .ok()?;
    if matches!(t.kind, Builtin::DateTime | Builtin::Time) {
        write!(out, "{:02}:{:02}:{:02}", t.hour, t.minute, t.second).ok()?;
        write_fraction(t.nanosecond, out)?;
    }
    match t.zone {
        None => {}
        Some(0) => out.push('Z'),
        Some(zone) => {
            let (sign, minutes) = (if zone < 0 { '-' } else { '+' }, zone.unsigned_abs());
            write!(out, "{sign}{:02}:{:02}", minutes / 60, minutes % 60).ok()?;
        }
    }
    Some(())
}

/// Writes a point and the nanoseconds without zeros at the end, or nothing.
pub(super) fn write_fraction(nanosecond: u32, out: &mut String) -> Option<()> {
    if nanosecond > 999_999_999 {
        return None;
    }
    if nanosecond != 0 {
        write!(out, ".{nanosecond:09}").ok()?;
        out.truncate(out.trim_end_matches('0').len());
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    fn temporal(kind: Builtin, text: &str) -> Temporal<'_> {
        parse(kind, text).unwrap_or_else(|| panic!("{text}"))
    }

    /// As a host makes it: without the text.
    fn made(kind: Builtin, text: &str) -> Scalar<'_> {
        Scalar::Temporal(Temporal { lexical: "".into(), ..temporal(kind, text) })
    }

    #[test]
    fn reads_parts() {
        let t = temporal(Builtin::DateTime, "-12024-02-29T23:59:59.1234567891-13:59");
        assert_eq!((t.year, t.month, t.day, t.hour, t.minute, t.second), (-12024, 2, 29, 23, 59, 59));
        assert_eq!((t.nanosecond, t.zone), (123_456_789, Some(-839)));
        assert_eq!(temporal(Builtin::Time, "24:00:00.000").hour, 24);
        assert_eq!(temporal(Builtin::GMonth, "--05--").month, 5);
        assert_eq!(temporal(Builtin::GMonth, "--05-14:00").zone, Some(-840));
        assert_eq!(temporal(Builtin::GMonth, "--05--Z").zone, Some(0));
        assert_eq!(temporal(Builtin::GYear, "2024-05:00").zone, Some(-300));
    }

    #[test]
    fn writes_what_a_host_made() {
        for (kind, text) in [
            (Builtin::DateTime, "2024-05-31T01:02:03.5Z"),
            (Builtin::DateTime, "-0044-03-15T00:00:00"),
            (Builtin::DateTime, "99999-12-31T24:00:00-00:30"),
            (Builtin::Date, "2024-02-29+14:00"),
            (Builtin::Time, "00:00:00.000000001"),
            (Builtin::GMonthDay, "--02-29"),
            (Builtin::GYearMonth, "0001-01Z"),
            (Builtin::GDay, "---01"),
            (Builtin::GMonth, "--12"),
            (Builtin::GYear, "0987"),
        ] {
            assert_eq!(written(kind, made(kind, text)), text);
        }
        assert_eq!(echo(Builtin::GMonth, "--05--Z"), "--05Z");
        assert_eq!(echo(Builtin::Time, "00:00:00.1000"), "00:00:00.1000");
    }

    #[test]
    fn converts_between_kinds() {
        let moment = || made(Builtin::DateTime, "2024-12-31T10:11:12Z");
        assert_eq!(written(Builtin::Date, moment()), "2024-12-31Z");
        assert_eq!(written(Builtin::Time, moment()), "10:11:12Z");
        assert_eq!(written(Builtin::GMonthDay, moment()), "--12-31Z");
        assert_eq!(written(Builtin::DateTime, made(Builtin::Date, "2024-12-31")), "2024-12-31T00:00:00");
        assert_eq!(written(Builtin::Date, made(Builtin::DateTime, "-0001-12-31T24:00:00")), "0001-01-01");
        assert_eq!(written(Builtin::GYear, Scalar::Int(2024)), "2024");
        assert_eq!(written(Builtin::GDay, Scalar::Int(7)), "---07");
        let values =
            [made(Builtin::Time, "10:00:00"), made(Builtin::GYear, "2024"), Scalar::Int(0), text("now")];
        refuses_to_write(Builtin::DateTime, &values);
        refuses_to_write(Builtin::Time, &[made(Builtin::Date, "2024-12-31")]);
        refuses_to_write(Builtin::GMonth, &[Scalar::Int(13), Scalar::Int(-1)]);
        let impossible =
            Temporal { kind: Builtin::Date, year: 2023, month: 2, day: 29, ..blank(Builtin::Date) };
        refuses_to_write(Builtin::Date, &[Scalar::Temporal(impossible)]);
    }

    #[test]
    fn refuses() {
        let texts = [
            "",
            "2024-05-31",
            "0000-01-01T00:00:00",
            "02024-01-01T00:00:00",
            "+2024-01-01T00:00:00",
            "2023-02-29T00:00:00",
            "1900-02-29T00:00:00",
            "2024-04-31T00:00:00",
            "2024-1-01T00:00:00",
            "2024-01-01 00:00:00",
            "2024-01-01T24:00:01",
            "2024-01-01T24:00:00.1",
            "2024-01-01T23:59:60",
            "2024-01-01T00:60:00",
            "2024-01-01T00:00",
            "2024-01-01T00:00:00.",
            "2024-01-01T00:00:00+14:01",
            "2024-01-01T00:00:00+1:00",
            "2024-01-01T00:00:00z",
            "2024-01-01T00:00:00Z ]",
            "2024-13-01T00:00:00",
            "2024-01-00T00:00:00",
            "99999999999999999999-01-01T00:00:00",
            "2024-01-01T24:00:00.0000000001",
        ];
        refuses_to_read(Builtin::DateTime, &texts);
        refuses_to_read(Builtin::GMonthDay, &["--02-30", "--00-01", "02-01", "--2-01"]);
        refuses_to_read(Builtin::GDay, &["---00", "---32", "--01", "---1"]);
        refuses_to_read(Builtin::GMonth, &["--13", "--05-", "05", "--05---"]);
        refuses_to_read(Builtin::GYear, &["0000", "24", "-", "2024-"]);
    }
}
