//! `duration` (XML Schema 1.0 part 2, §3.2.6): `-P1Y2M3DT4H5M6.7S`, at least one part of it.
//!
//! Months and seconds are kept apart, since they do not convert into each other.

use std::fmt::Write as _;

use super::temporal::{nanoseconds, write_fraction};
use super::{message, write_text};
use crate::error::Result;
use crate::scalar::{Builtin, Duration, Scalar};

/// What one of a part is.
#[derive(Clone, Copy)]
enum Unit {
    Months(u64),
    Seconds(u64),
}

/// The parts before and after the `T`, in their order.
const DATE_PARTS: [(u8, Unit); 3] =
    [(b'Y', Unit::Months(12)), (b'M', Unit::Months(1)), (b'D', Unit::Seconds(86_400))];
const TIME_PARTS: [(u8, Unit); 3] =
    [(b'H', Unit::Seconds(3600)), (b'M', Unit::Seconds(60)), (b'S', Unit::Seconds(1))];

fn parse(text: &str) -> Option<Duration<'_>> {
    let (negative, rest) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let rest = rest.strip_prefix('P')?;
    let (date, time) = rest.split_once('T').map_or((rest, None), |(date, time)| (date, Some(time)));
    let mut d = Duration { negative, months: 0, seconds: 0, nanosecond: 0, lexical: text.into() };
    let mut is_empty = date.is_empty();
    add_parts(date, DATE_PARTS, &mut d)?;
    if let Some(time) = time {
        is_empty = time.is_empty();
        add_parts(time, TIME_PARTS, &mut d)?;
    }
    // Zero has no sign.
    d.negative &= d.months != 0 || d.seconds != 0 || d.nanosecond != 0;
    (!is_empty).then_some(d)
}

/// Adds `3Y`, `2M` and so on, each at most once and in order.
fn add_parts(mut text: &str, parts: [(u8, Unit); 3], into: &mut Duration<'_>) -> Option<()> {
    let mut parts = parts.into_iter();
    while !text.is_empty() {
        let len = text.bytes().take_while(u8::is_ascii_digit).count();
        let number = text[..len].parse::<u64>().ok()?;
        let mut unit = text.as_bytes().get(len..)?;
        if let [b'.', fraction @ ..] = unit {
            let len = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
            into.nanosecond = nanoseconds(&fraction[..len])?;
            unit = &fraction[len..];
            if unit != b"S" {
                return None;
            }
        }
        let (letter, rest) = unit.split_first()?;
        let (total, factor) = match parts.find(|(own, _)| own == letter)?.1 {
            Unit::Months(factor) => (&mut into.months, factor),
            Unit::Seconds(factor) => (&mut into.seconds, factor),
        };
        *total = total.checked_add(number.checked_mul(factor)?)?;
        text = &text[text.len() - rest.len()..];
    }
    Some(())
}

pub(super) fn read(builtin: Builtin, text: &str) -> Result<Scalar<'_>> {
    parse(text).map(Scalar::Duration).ok_or_else(|| message::unreadable(builtin, text))
}

pub(super) fn write(builtin: Builtin, value: &Scalar<'_>, out: &mut String) -> Result<()> {
    let refused = || message::unwritable(builtin, value);
    match value {
        Scalar::Duration(d) if d.lexical.is_empty() => write_parts(d, out).ok_or_else(refused),
        Scalar::Duration(d) => {
            parse(&d.lexical).ok_or_else(refused)?;
            out.push_str(&d.lexical);
            Ok(())
        }
        Scalar::Str(text) => write_text(builtin, text, out),
        _ => Err(refused()),
    }
}

fn write_parts(d: &Duration<'_>, out: &mut String) -> Option<()> {
    if d.nanosecond > 999_999_999 {
        return None;
    }
    let is_zero = d.months == 0 && d.seconds == 0 && d.nanosecond == 0;
    out.push_str(if d.negative && !is_zero { "-P" } else { "P" });
    write_part(d.months / 12, 'Y', out);
    write_part(d.months % 12, 'M', out);
    write_part(d.seconds / 86_400, 'D', out);
    let seconds = d.seconds % 86_400;
    if seconds == 0 && d.nanosecond == 0 && !is_zero {
        return Some(());
    }
    out.push('T');
    write_part(seconds / 3600, 'H', out);
    write_part(seconds / 60 % 60, 'M', out);
    if !seconds.is_multiple_of(60) || d.nanosecond != 0 || is_zero {
        write!(out, "{}", seconds % 60).ok()?;
        write_fraction(d.nanosecond, out)?;
        out.push('S');
    }
    Some(())
}

fn write_part(n: u64, letter: char, out: &mut String) {
    if n != 0 {
        out.push_str(itoa::Buffer::new().format(n));
        out.push(letter);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    #[test]
    fn reads_parts() {
        for (text, negative, months, seconds, nanosecond) in [
            ("P1Y2M3DT4H5M6.7S", false, 14, 3 * 86_400 + 4 * 3600 + 5 * 60 + 6, 700_000_000),
            ("-P1M", true, 1, 0, 0),
            ("PT1M", false, 0, 60, 0),
            ("P0D", false, 0, 0, 0),
            ("-P0D", false, 0, 0, 0),
            ("PT0.000000001S", false, 0, 0, 1),
            ("P400D", false, 0, 400 * 86_400, 0),
            ("P1MT1M", false, 1, 60, 0),
        ] {
            let d = parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(
                (d.negative, d.months, d.seconds, d.nanosecond),
                (negative, months, seconds, nanosecond),
                "{text}"
            );
            assert_eq!(echo(Builtin::Duration, text), text);
        }
    }

    #[test]
    fn writes_what_a_host_made() {
        for text in ["PT0S", "P1Y2M3DT4H5M6.7S", "-P1M", "PT1M", "P1D", "PT0.5S", "P1YT1S", "-PT36S"] {
            let made = Duration { lexical: "".into(), ..parse(text).unwrap() };
            assert_eq!(written(Builtin::Duration, Scalar::Duration(made)), text);
        }
        let largest = Duration {
            negative: true,
            months: u64::MAX,
            seconds: u64::MAX,
            nanosecond: 1,
            lexical: "".into(),
        };
        let text = written(Builtin::Duration, Scalar::Duration(largest.clone()));
        assert_eq!(Duration { lexical: "".into(), ..parse(&text).unwrap() }, largest);
    }

    #[test]
    fn refuses() {
        let texts = [
            "",
            "P",
            "-P",
            "PT",
            "P1",
            "P1YT",
            "1Y",
            "P1S",
            "PT1D",
            "P1M1Y",
            "P1Y1Y",
            "PT1S1M",
            "P-1Y",
            "+P1Y",
            "P1.5Y",
            "PT1.S",
            "PT.5S",
            "PT1.5M",
            "P1YT1.5",
            "p1y",
            "P1W",
            "P1Y ",
            "PT1ST",
            "P99999999999999999999Y",
            "PT1.5.5S",
            "P18446744073709551615Y",
            "P1DT",
        ];
        for text in texts {
            assert!(parse(text).is_none(), "{text:?}");
        }
        refuses_to_write(Builtin::Duration, &[Scalar::Int(5), text("1 day")]);
    }
}
