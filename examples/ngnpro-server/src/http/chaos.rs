//! Trouble on purpose: delays, lost connections, broken answers.
//!
//! `drop` and `truncate` happen after the call was carried out, which is what makes a client's retries dangerous;
//! `refuse` and `http500` happen instead of it.

use std::str::FromStr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// Carry the call out, then close the connection without an answer.
    Drop,
    /// Close the connection without carrying the call out.
    Refuse,
    /// Carry the call out, then send half of the answer.
    Truncate,
    /// Answer with an HTML page that says 500 instead of carrying the call out.
    Http500,
}

/// One `--fail` option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failure {
    pub trouble: Trouble,
    /// Every how many calls.
    pub every: u64,
}

impl FromStr for Failure {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (kind, rest) = text.split_once(':').unwrap_or((text, "every=1"));
        let trouble = match kind {
            "drop" => Trouble::Drop,
            "refuse" => Trouble::Refuse,
            "truncate" => Trouble::Truncate,
            "http500" => Trouble::Http500,
            _ => return Err("expected drop, refuse, truncate or http500".to_owned()),
        };
        let every = rest.strip_prefix("every=").and_then(|n| n.parse().ok()).filter(|&n| n > 0);
        Ok(Self { trouble, every: every.ok_or("expected every=NUMBER after the colon")? })
    }
}

/// Reads `20ms`, `1.5s`, or a number of milliseconds.
pub fn delay(text: &str) -> Result<Duration, String> {
    let (number, unit) = match text.strip_suffix("ms") {
        Some(number) => (number, 0.001),
        None => text.strip_suffix('s').map_or((text, 0.001), |number| (number, 1.0)),
    };
    let seconds = number.trim().parse::<f64>().map_err(|_| "expected a time such as 20ms".to_owned())? * unit;
    Duration::try_from_secs_f64(seconds).map_err(|_| "expected a time such as 20ms".to_owned())
}

/// The options of one server and the count of its calls.
#[derive(Debug, Default)]
pub struct Chaos {
    pub latency: Duration,
    pub failures: Vec<Failure>,
    calls: AtomicU64,
}

impl Chaos {
    pub fn new(latency: Duration, failures: Vec<Failure>) -> Self {
        Self { latency, failures, calls: AtomicU64::new(0) }
    }

    /// Waits as long as every call must, then tells what shall befall this one.
    pub async fn strike(&self) -> Option<Trouble> {
        if !self.latency.is_zero() {
            tokio::time::sleep(self.latency).await;
        }
        let number = self.calls.fetch_add(1, Ordering::Relaxed) + 1;
        self.failures
            .iter()
            .find(|failure| number.is_multiple_of(failure.every))
            .map(|failure| failure.trouble)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read() {
        assert_eq!("drop".parse(), Ok(Failure { trouble: Trouble::Drop, every: 1 }));
        assert_eq!("truncate:every=7".parse(), Ok(Failure { trouble: Trouble::Truncate, every: 7 }));
        for wrong in ["", "explode", "drop:every=0", "drop:each=2", "drop:every=x"] {
            assert!(wrong.parse::<Failure>().is_err(), "{wrong}");
        }
        assert_eq!(delay("20ms"), Ok(Duration::from_millis(20)));
        assert_eq!(delay("1.5s"), Ok(Duration::from_millis(1500)));
        assert_eq!(delay("30"), Ok(Duration::from_millis(30)));
        assert!(delay("-1s").is_err() && delay("soon").is_err());
    }
}
