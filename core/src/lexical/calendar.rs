//! The calendar behind dates and durations (XML Schema 1.0 part 2, appendix E): the Gregorian one, carried
//! on without end in both directions.

/// Seconds of a day; there are no leap seconds.
pub(super) const DAY: i128 = 86_400;

/// Whether February has 29 days. The standard applies the rule to negative years as they are written.
pub(super) fn is_leap(year: i128) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// The length of a month counted from 1; 0 for any other number.
pub(super) fn days_in_month(year: i128, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 0,
    }
}

/// Days from 1 March of the year 0 to a date.
pub(super) fn days(year: i128, month: u8, day: u8) -> i128 {
    // Counted from March, the months before a given one have a length that a line describes.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + (i128::from(month) * 153 + 2) / 5 + i128::from(day) - 1
}

/// Adds months to a year and month; the day is the caller's business.
pub(super) fn add_months(year: i128, month: u8, months: i128) -> (i128, u8) {
    let total = year * 12 + i128::from(month) - 1 + months;
    (total.div_euclid(12), total.rem_euclid(12) as u8 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_consecutive() {
        let mut expected = days(-405, 1, 1);
        for year in -405..405 {
            for month in 1..=12 {
                for day in 1..=days_in_month(year, month) {
                    assert_eq!(days(year, month, day), expected, "{year}-{month}-{day}");
                    expected += 1;
                }
            }
        }
        assert_eq!(days(1970, 1, 1) - days(1969, 12, 31), 1);
        assert_eq!(days(2000, 1, 1) - days(1970, 1, 1), 10_957);
    }

    #[test]
    fn months_wrap() {
        assert_eq!(add_months(2024, 12, 1), (2025, 1));
        assert_eq!(add_months(2024, 1, -1), (2023, 12));
        assert_eq!(add_months(1, 1, -13), (-1, 12));
        assert_eq!(days_in_month(1900, 2), 28);
        assert_eq!(days_in_month(2000, 2), 29);
        assert_eq!(days_in_month(2000, 13), 0);
    }
}
