//! How a bulk run goes: its options, and when a request may be sent again.

use std::time::Duration;

use pyo3::prelude::*;
use pyo3::types::PyDict;
use wsdlproxy::transport::HttpResponse;
use wsdlproxy::{ErrorKind, Result};

use crate::error::usage;
use crate::option_values as values;
use crate::options::unexpected;

const NAMES: [&str; 6] = ["concurrency", "ordered", "stop_on_error", "retry", "idempotent", "progress"];
/// More requests at once help nobody and use up the sockets of a process.
const MOST: usize = 1024;
/// Operations that only read, by how their names begin.
const READING: [&str; 8] = ["get", "list", "find", "search", "query", "count", "is", "has"];
/// The wait before the first repetition; each further one waits twice as long.
const PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// The options of `bulk`.
pub struct Policy {
    pub concurrency: usize,
    pub ordered: bool,
    pub stop_on_error: bool,
    pub retry: u32,
    /// Whether a request that may have been executed can be sent once more.
    pub idempotent: bool,
    pub progress: bool,
}

impl Policy {
    /// Reads the keyword arguments of `bulk` for an operation of this name.
    pub fn new(py: Python<'_>, operation: &str, given: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        let mut policy = Self {
            concurrency: 16,
            ordered: true,
            stop_on_error: false,
            retry: 0,
            idempotent: only_reads(operation),
            progress: false,
        };
        for (name, value) in given.into_iter().flat_map(PyDictMethods::iter) {
            let name: String = name.extract()?;
            match name.as_str() {
                "concurrency" => {
                    let number = values::count(&name, &value).unwrap_or(0) as usize;
                    if !(1..=MOST).contains(&number) {
                        return Err(usage(py, format!("{name}: expected a number from 1 to {MOST}")));
                    }
                    policy.concurrency = number;
                }
                "ordered" => policy.ordered = values::boolean(&name, &value)?,
                "stop_on_error" => policy.stop_on_error = values::boolean(&name, &value)?,
                "retry" => policy.retry = values::count(&name, &value)?,
                "idempotent" if value.is_none() => {}
                "idempotent" => policy.idempotent = values::boolean(&name, &value)?,
                "progress" => policy.progress = values::boolean(&name, &value)?,
                _ => return Err(unexpected("bulk", &name, &NAMES)),
            }
        }
        Ok(policy)
    }

    /// Items that may be held at once: in flight, or finished and waiting for their turn.
    pub fn window(&self) -> usize {
        self.concurrency * 4
    }

    /// How long to wait before the request is sent again; `None` for not again. `attempts` were made so far.
    pub fn again(&self, attempts: u32, answer: &Result<HttpResponse>) -> Option<Duration> {
        if attempts > self.retry {
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
        may.then(|| PAUSE.saturating_mul(1 << (attempts - 1).min(16)).min(LONGEST_PAUSE))
    }
}

fn only_reads(operation: &str) -> bool {
    let name = operation.trim_start_matches(|c: char| !c.is_alphabetic());
    READING.iter().any(|verb| {
        let begins = name.get(..verb.len()).is_some_and(|head| head.eq_ignore_ascii_case(verb));
        // A verb ends where a capital or a mark begins: `issueInvoice` reads nothing.
        begins && name[verb.len()..].chars().next().is_none_or(|c| !c.is_lowercase())
    })
}
