//! Serial numbers of DNS zones: the day and two digits, always rising.

/// The serial that follows `old` on the day of `now` (`YYYY-MM-DD …`).
pub fn next(old: i64, now: &str) -> i64 {
    let day: String = now.chars().filter(char::is_ascii_digit).take(8).collect();
    let first = day.parse::<i64>().map_or(1, |day| day * 100 + 1);
    first.max(old + 1)
}

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn serials_rise() {
        assert_eq!(next(0, "2026-11-24 01:02:03"), 2_026_112_401);
        assert_eq!(next(2_026_112_401, "2026-11-24 01:02:03"), 2_026_112_402);
        assert_eq!(next(2_026_112_499, "2026-11-24 01:02:03"), 2_026_112_500);
        assert_eq!(next(2_026_112_402, "2026-11-25 01:02:03"), 2_026_112_501);
    }
}
