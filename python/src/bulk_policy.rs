//! How a bulk run goes: its options.

use pyo3::prelude::*;
use pyo3::types::PyDict;
use wsdlproxy::transport::{only_reads, Retry};

use crate::error::usage;
use crate::option_values as values;
use crate::options::unexpected;

const NAMES: [&str; 6] = ["concurrency", "ordered", "stop_on_error", "retry", "idempotent", "progress"];
/// More requests at once help nobody and use up the sockets of a process.
const MOST: usize = 1024;
/// The options of `bulk`.
pub struct Policy {
    pub concurrency: usize,
    pub ordered: bool,
    pub stop_on_error: bool,
    pub retry: Retry,
    pub progress: bool,
}

impl Policy {
    /// Reads the keyword arguments of `bulk` for an operation of this name.
    pub fn new(py: Python<'_>, operation: &str, given: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        let mut policy = Self {
            concurrency: 16,
            ordered: true,
            stop_on_error: false,
            retry: Retry { times: 0, idempotent: only_reads(operation) },
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
                "retry" => policy.retry.times = values::count(&name, &value)?,
                "idempotent" if value.is_none() => {}
                "idempotent" => policy.retry.idempotent = values::boolean(&name, &value)?,
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
}
