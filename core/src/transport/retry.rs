//! When a request may be sent again: never one that the server may have acted on, unless the caller says that this
//! does no harm.

use std::time::Duration;

use super::http::HttpResponse;
use crate::error::{ErrorKind, Result};

/// Operations that only read, by how their names begin.
const READING: [&str; 8] = ["get", "list", "find", "search", "query", "count", "is", "has"];
/// The wait before the first repetition; each further one waits twice as long.
const PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// How often a request is sent again, and whether one that may have been executed counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Retry {
    pub times: u32,
    pub idempotent: bool,
}

impl Retry {
    /// How long to wait before the request is sent again; `None` for not again. `attempts` were made so far.
    pub fn pause(&self, attempts: u32, answer: &Result<HttpResponse>) -> Option<Duration> {
        if attempts > self.times {
            return None;
        }
        let may = match answer {
            Ok(answer) => self.idempotent && matches!(answer.status, 502..=504),
            Err(error) if error.is_unsent() => true,
            Err(error) => {
                self.idempotent
                    && matches!(
                        error.kind(),
                        ErrorKind::Timeout | ErrorKind::Connection | ErrorKind::Transport
                    )
            }
        };
        may.then(|| PAUSE.saturating_mul(1 << attempts.saturating_sub(1).min(16)).min(LONGEST_PAUSE))
    }
}

/// Whether the name of an operation says that it changes nothing.
pub fn only_reads(operation: &str) -> bool {
    let name = operation.trim_start_matches(|c: char| !c.is_alphabetic());
    READING.iter().any(|verb| {
        let begins = name.get(..verb.len()).is_some_and(|head| head.eq_ignore_ascii_case(verb));
        // A verb ends where a capital or a mark begins: `issueInvoice` reads nothing.
        begins && name[verb.len()..].chars().next().is_none_or(|c| !c.is_lowercase())
    })
}
