//! How many requests of one bulk run are under way, and what one that fails means for the others.

use std::ops::RangeInclusive;

use super::retry::{only_reads, Retry};

/// The choices of a bulk run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BulkPolicy {
    /// Requests that are under way at once.
    pub concurrency: usize,
    /// Whether answers are handed out in the order of the requests.
    pub ordered: bool,
    /// Whether the first failure ends the run.
    pub stop_on_error: bool,
    pub retry: Retry,
    /// Whether the user is shown how far the run is.
    pub progress: bool,
}

impl BulkPolicy {
    /// More requests at once help nobody and use up the sockets of a process.
    pub const CONCURRENCY: RangeInclusive<usize> = 1..=1024;

    /// What holds for an operation of this name where nothing is chosen.
    pub fn for_operation(operation: &str) -> Self {
        Self {
            concurrency: 16,
            ordered: true,
            stop_on_error: false,
            retry: Retry { times: 0, idempotent: only_reads(operation) },
            progress: false,
        }
    }

    /// Items that may be held at once: in flight, or finished and waiting for their turn.
    pub fn window(&self) -> usize {
        self.concurrency * 4
    }
}
