//! Many calls of one operation, several in flight at once.
//!
//! Items are taken from the iterable only when there is room, so memory stays bounded for any number of them.
//! Every item taken ends in exactly one result, and the counters add up: what was sent, done, failed, sent again,
//! and what failed without our knowing whether the server acted on it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use pyo3::exceptions::PyValueError;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyString};
use wsdlproxy::index::OpId;
use wsdlproxy::transport::BulkPolicy;

use crate::bulk_policy;
use crate::bulk_run::{Flight, Run};
use crate::error::{guarded, usage};
use crate::session::Session;

/// A run of many calls. Iterate over it: each result is a value or the exception. ``index`` and ``arguments`` tell which
/// item the last result belongs to; ``outcomes()`` yields all of that together.
#[pyclass(frozen, weakref, module = "wsdlproxy", name = "Bulk")]
pub struct Bulk {
    pub session: Arc<Session>,
    pub op: OpId,
    pub policy: BulkPolicy,
    pub run: Mutex<Run>,
    pub counts: Counts,
    pub last: Mutex<Option<(u64, Py<PyAny>)>>,
    pub progress: Option<Py<PyAny>>,
}

/// What has happened so far.
#[derive(Default)]
pub struct Counts {
    pub sent: AtomicU64,
    pub done: AtomicU64,
    pub failed: AtomicU64,
    pub retried: AtomicU64,
    pub unknown: AtomicU64,
}

impl Bulk {
    /// Prepares a run; the first requests are sent when it is iterated.
    pub fn open(
        session: Arc<Session>,
        op: OpId,
        items: &Bound<'_, PyAny>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Self> {
        let py = items.py();
        let plan = session.client.plan();
        let name = plan.text(plan.operations[op].name);
        let policy = bulk_policy::read(py, name, options)?;
        // These can be iterated, but nobody means their letters or keys.
        if items.is_instance_of::<PyString>()
            || items.is_instance_of::<PyBytes>()
            || items.is_instance_of::<PyDict>()
        {
            let kind = items.get_type().name()?;
            let text = format!(
                "bulk: expected an iterable of arguments, got a {kind}; for one item put it into a list"
            );
            return Err(usage(py, text));
        }
        let progress = if policy.progress {
            let size = items.len().ok();
            Some(py.import("wsdlproxy._bulk")?.getattr("Progress")?.call1((name, size))?.unbind())
        } else {
            None
        };
        let items = items.try_iter().map_err(|_| usage(py, "bulk: expected an iterable of arguments"))?;
        let run = Mutex::new(Run::new(items.unbind()));
        Ok(Self { session, op, policy, run, counts: Counts::default(), last: Mutex::new(None), progress })
    }
}

#[pymethods]
impl Bulk {
    fn __iter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        guarded(py, || self.advance(py))
    }

    /// Yields an ``Outcome`` for each item: index, arguments, value, error.
    fn outcomes<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("wsdlproxy._bulk")?.call_method1(intern!(slf.py(), "outcomes"), (slf,))
    }

    /// Gives up what is in flight; the server may have acted on it. Results that are there can still be read.
    fn close(&self, py: Python<'_>) -> PyResult<()> {
        let Ok(mut run) = self.run.try_lock() else {
            return Err(PyValueError::new_err("this bulk run is being iterated"));
        };
        run.items = None;
        let given_up: Vec<Flight> = run.flights.drain().map(|(_, flight)| flight).collect();
        drop(run);
        self.counts.unknown.fetch_add(given_up.len() as u64, Ordering::Relaxed);
        py.detach(|| drop(given_up.into_iter().filter_map(|flight| flight.pending).collect::<Vec<_>>()));
        self.report(py, "close")
    }

    /// Items whose request was sent.
    #[getter]
    fn sent(&self) -> u64 {
        self.counts.sent.load(Ordering::Relaxed)
    }

    /// Results that were values.
    #[getter]
    fn done(&self) -> u64 {
        self.counts.done.load(Ordering::Relaxed)
    }

    /// Results that were exceptions.
    #[getter]
    fn failed(&self) -> u64 {
        self.counts.failed.load(Ordering::Relaxed)
    }

    /// Requests that were sent again.
    #[getter]
    fn retried(&self) -> u64 {
        self.counts.retried.load(Ordering::Relaxed)
    }

    /// Items that the server may or may not have acted on: no answer came, or none that says so.
    #[getter]
    fn unknown(&self) -> u64 {
        self.counts.unknown.load(Ordering::Relaxed)
    }

    /// The position in the iterable of the item that the last result belongs to, from 0.
    #[getter]
    fn index(&self) -> Option<u64> {
        self.last.lock().ok()?.as_ref().map(|last| last.0)
    }

    /// The item that the last result belongs to.
    #[getter(arguments)]
    fn arguments_of_last(&self, py: Python<'_>) -> Option<Py<PyAny>> {
        self.last.lock().ok()?.as_ref().map(|last| last.1.clone_ref(py))
    }

    /// What is held may lead back here: a generator to its object, an item to its run.
    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        // A run that is being iterated is in use.
        if let Ok(run) = self.run.try_lock() {
            run.traverse(&visit)?;
        }
        if let Ok(last) = self.last.try_lock() {
            if let Some((_, arguments)) = &*last {
                visit.call(arguments)?;
            }
        }
        visit.call(&self.progress)
    }

    fn __clear__(&self) {
        let held = self.run.try_lock().map(|mut run| run.clear());
        let last = self.last.try_lock().map(|mut last| last.take());
        // After the locks: the end of an object may run any code.
        drop((held, last));
    }

    fn __repr__(&self) -> String {
        let plan = self.session.client.plan();
        let name = plan.text(plan.operations[self.op].key);
        let (sent, done, failed) = (self.sent(), self.done(), self.failed());
        let (retried, unknown) = (self.retried(), self.unknown());
        format!(
            "<Bulk {name}: {sent} sent, {done} done, {failed} failed, {retried} retried, {unknown} unknown>"
        )
    }
}
