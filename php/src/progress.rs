//! How far a bulk run is, as a line on a terminal; nothing elsewhere.

use std::cell::Cell;
use std::io::{stderr, IsTerminal, Write};
use std::time::{Duration, Instant};

/// The time between two states of the line.
const PAUSE: Duration = Duration::from_millis(200);

pub struct Progress {
    name: String,
    total: Option<usize>,
    began: Instant,
    shown: Cell<Option<Instant>>,
    is_over: Cell<bool>,
}

impl Progress {
    /// A line for this many items, if that is known; `None` where nobody would see it.
    pub fn new(name: &str, total: Option<usize>) -> Option<Self> {
        stderr().is_terminal().then(|| Self {
            name: name.to_owned(),
            total,
            began: Instant::now(),
            shown: Cell::default(),
            is_over: Cell::default(),
        })
    }

    pub fn update(&self, done: u64, failed: u64) {
        if self.shown.get().is_none_or(|shown| shown.elapsed() >= PAUSE) {
            self.write(done, failed, "");
        }
    }

    /// Shows the end state, once.
    pub fn close(&self, done: u64, failed: u64) {
        if !self.is_over.replace(true) {
            self.write(done, failed, "\n");
        }
    }

    fn write(&self, done: u64, failed: u64, end: &str) {
        self.shown.set(Some(Instant::now()));
        let count = done + failed;
        let rate = count as f64 / self.began.elapsed().as_secs_f64().max(1e-9);
        let of = self.total.map_or_else(String::new, |total| format!("/{total}"));
        // A terminal that is gone is no reason to stop.
        let _ = write!(stderr(), "\r{}: {count}{of}, {failed} failed, {rate:.0}/s {end}", self.name);
    }
}
