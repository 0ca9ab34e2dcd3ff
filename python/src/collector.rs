//! The garbage collector, at rest while a large answer is read.
//!
//! Every record and list is one more object for the collector to look at, again and again while their number grows, and
//! none of them can be garbage yet. No other Python code runs meanwhile, as the interpreter is held.

use pyo3::prelude::*;

/// Answers below this many bytes make too few objects to matter.
const LARGE: usize = 1 << 16;

/// Turns the collector on again when dropped.
pub struct Rest<'py>(Option<Bound<'py, PyModule>>);

impl<'py> Rest<'py> {
    /// Turns the collector off for an answer of so many bytes, unless it is off already.
    pub fn during(py: Python<'py>, bytes: usize) -> Self {
        if bytes < LARGE {
            return Self(None);
        }
        let stopped = py.import("gc").and_then(|gc| {
            let enabled = gc.call_method0("isenabled")?.is_truthy()?;
            if enabled {
                gc.call_method0("disable")?;
            }
            Ok(enabled.then_some(gc))
        });
        Self(stopped.ok().flatten())
    }
}

impl Drop for Rest<'_> {
    fn drop(&mut self) {
        if let Some(gc) = self.0.take() {
            // An error under way is kept: the call must not see it, nor lose it.
            let pending = PyErr::take(gc.py());
            if let Err(error) = gc.call_method0("enable") {
                error.write_unraisable(gc.py(), None);
            }
            if let Some(pending) = pending {
                pending.restore(gc.py());
            }
        }
    }
}
