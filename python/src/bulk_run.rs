//! The course of a bulk run: taking items, sending, waiting, sending again, giving results out.

use std::collections::{BTreeMap, HashMap};
use std::mem;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{channel, Receiver, RecvTimeoutError, Sender};
use std::sync::TryLockError;
use std::time::{Duration, Instant};

use pyo3::exceptions::PyValueError;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyIterator, PyTuple};
use wsdlproxy::transport::{HttpRequest, HttpResponse, Pending};
use wsdlproxy::Result as Answered;

use crate::bulk::Bulk;
use crate::error::{to_python, usage};
use crate::host::host;

/// How often a waiting run looks for signals.
const SLICE: Duration = Duration::from_millis(50);

/// A run under way.
pub struct Run {
    /// Gone when it is exhausted or the run was stopped.
    pub items: Option<Py<PyIterator>>,
    /// What the iterable itself raised, kept until all results are out.
    pub broken: Option<PyErr>,
    pub flights: HashMap<u64, Flight>,
    pub ready: BTreeMap<u64, (Py<PyAny>, Py<PyAny>)>,
    pub taken: u64,
    pub given: u64,
    pub sender: Sender<(u64, Answered<HttpResponse>)>,
    pub receiver: Receiver<(u64, Answered<HttpResponse>)>,
    pub pid: u32,
}

/// An item whose request is on its way.
pub struct Flight {
    pub arguments: Py<PyAny>,
    pub request: HttpRequest,
    pub attempts: u32,
    /// Missing while the next attempt waits for its time.
    pub pending: Option<Pending<()>>,
    pub due: Instant,
}

impl Run {
    pub fn new(items: Py<PyIterator>) -> Self {
        let (sender, receiver) = channel();
        Self {
            items: Some(items),
            broken: None,
            flights: HashMap::new(),
            ready: BTreeMap::new(),
            taken: 0,
            given: 0,
            sender,
            receiver,
            pid: std::process::id(),
        }
    }

    /// Shows the garbage collector what is held.
    pub fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(&self.items)?;
        for flight in self.flights.values() {
            visit.call(&flight.arguments)?;
        }
        for (arguments, result) in self.ready.values() {
            visit.call(arguments)?;
            visit.call(result)?;
        }
        Ok(())
    }

    /// Takes everything out.
    pub fn clear(&mut self) -> impl Sized {
        (self.items.take(), mem::take(&mut self.flights), mem::take(&mut self.ready))
    }
}

impl Bulk {
    /// The positional and named arguments that an item means.
    fn arguments<'py>(
        &self,
        item: &Bound<'py, PyAny>,
    ) -> PyResult<(Bound<'py, PyTuple>, Option<Bound<'py, PyDict>>)> {
        let py = item.py();
        if let Ok(tuple) = item.cast_exact::<PyTuple>() {
            return Ok((tuple.clone(), None));
        }
        if let Ok(dict) = item.cast::<PyDict>() {
            let info = self.session.loaded.info(py, self.op)?;
            let known = info.parameters.bind(py);
            if dict
                .keys()
                .iter()
                .map(|name| known.contains(name))
                .collect::<PyResult<Vec<_>>>()?
                .iter()
                .all(|it| *it)
            {
                return Ok((PyTuple::empty(py), Some(dict.clone())));
            }
        }
        Ok((PyTuple::new(py, [item])?, None))
    }

    /// Takes items while there is room for them.
    fn fill(&self, py: Python<'_>, run: &mut Run) {
        while run.flights.len() < self.policy.concurrency
            && run.flights.len() + run.ready.len() < self.policy.window()
        {
            let Some(items) = &run.items else { return };
            let item = match items.bind(py).clone().next() {
                Some(Ok(item)) => item,
                Some(Err(error)) => {
                    run.broken = Some(error);
                    run.items = None;
                    return;
                }
                None => {
                    run.items = None;
                    return;
                }
            };
            let index = run.taken;
            run.taken += 1;
            let prepared = self
                .arguments(&item)
                .and_then(|(args, kwargs)| self.session.prepare(py, self.op, &args, kwargs.as_ref()))
                .and_then(|request| self.session.http(py, request));
            match prepared {
                Ok(request) => {
                    let due = Instant::now();
                    let flight =
                        Flight { arguments: item.unbind(), request, attempts: 0, pending: None, due };
                    run.flights.insert(index, flight);
                    self.counts.sent.fetch_add(1, Ordering::Relaxed);
                    self.launch(py, run, index);
                }
                Err(error) => self.settle(py, run, index, item.unbind(), Err(error)),
            }
        }
    }

    /// Sends the request of an item, for the first time or again.
    fn launch(&self, py: Python<'_>, run: &mut Run, index: u64) {
        let Some(flight) = run.flights.get_mut(&index) else { return };
        flight.attempts += 1;
        let (sender, request, transport) =
            (run.sender.clone(), flight.request.clone(), &self.session.transport);
        let started = py.detach(|| {
            transport.start_then(request, move |answer| {
                // A run that was given up has no receiver any more.
                let _ = sender.send((index, answer));
            })
        });
        match started {
            Ok(pending) => flight.pending = Some(pending),
            Err(error) => self.landed(py, run, index, Err(error)),
        }
    }

    /// Takes in what came of a request: a result, or a further attempt.
    fn landed(&self, py: Python<'_>, run: &mut Run, index: u64, answer: Answered<HttpResponse>) {
        let Some(flight) = run.flights.get_mut(&index) else { return };
        flight.pending = None;
        if let Some(pause) = self.policy.retry.pause(flight.attempts, &answer) {
            flight.due = Instant::now() + pause;
            self.counts.retried.fetch_add(1, Ordering::Relaxed);
            return;
        }
        let Some(flight) = run.flights.remove(&index) else { return };
        let result = match answer {
            Ok(answer) => self.session.read(py, self.op, &answer).inspect_err(|error| {
                if is_no_answer(py, error) {
                    self.counts.unknown.fetch_add(1, Ordering::Relaxed);
                }
            }),
            Err(error) => {
                if error.is_unsent() {
                    self.counts.sent.fetch_sub(1, Ordering::Relaxed);
                } else {
                    self.counts.unknown.fetch_add(1, Ordering::Relaxed);
                }
                Err(to_python(py, error))
            }
        };
        self.settle(py, run, index, flight.arguments, result);
    }

    /// Counts a result and keeps it until its turn.
    fn settle(
        &self,
        py: Python<'_>,
        run: &mut Run,
        index: u64,
        arguments: Py<PyAny>,
        result: PyResult<Py<PyAny>>,
    ) {
        let result = match result {
            Ok(value) => {
                self.counts.done.fetch_add(1, Ordering::Relaxed);
                value
            }
            Err(error) => {
                self.counts.failed.fetch_add(1, Ordering::Relaxed);
                if self.policy.stop_on_error {
                    run.items = None;
                }
                error.into_value(py).into_any()
            }
        };
        run.ready.insert(index, (arguments, result));
    }

    /// The next finished item whose turn it is.
    fn next_ready(&self, run: &mut Run) -> Option<(u64, Py<PyAny>, Py<PyAny>)> {
        let (&index, _) = run.ready.first_key_value()?;
        // After `close` items are missing whose turn would come first.
        let is_closed = run.items.is_none() && run.flights.is_empty();
        if self.policy.ordered && index != run.given && !is_closed {
            return None;
        }
        let (arguments, result) = run.ready.remove(&index)?;
        run.given += 1;
        Some((index, arguments, result))
    }

    /// Waits for answers, or for the time of a further attempt.
    fn wait(&self, py: Python<'_>, run: &mut Run) -> PyResult<()> {
        if run.pid != std::process::id() {
            return Err(usage(py, "this bulk run was started before fork, by the parent process"));
        }
        let now = Instant::now();
        let due: Vec<u64> = run
            .flights
            .iter()
            .filter(|(_, flight)| flight.pending.is_none() && flight.due <= now)
            .map(|(index, _)| *index)
            .collect();
        for index in due {
            self.launch(py, run, index);
        }
        let next =
            run.flights.values().filter(|flight| flight.pending.is_none()).map(|flight| flight.due).min();
        let limit = next.map_or(SLICE, |due| due.saturating_duration_since(now).min(SLICE));
        let receiver = &mut run.receiver;
        match py.detach(move || receiver.recv_timeout(limit)) {
            Ok((index, answer)) => self.landed(py, run, index, answer),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
        }
        while let Ok((index, answer)) = run.receiver.try_recv() {
            self.landed(py, run, index, answer);
        }
        py.check_signals()
    }

    pub fn report(&self, py: Python<'_>, method: &str) -> PyResult<()> {
        let Some(progress) = &self.progress else { return Ok(()) };
        let (done, failed) =
            (self.counts.done.load(Ordering::Relaxed), self.counts.failed.load(Ordering::Relaxed));
        progress.bind(py).call_method1(method, (done, failed)).map(drop)
    }

    /// The next result, or None after the last.
    pub fn advance(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        let mut run = match self.run.try_lock() {
            Ok(run) => run,
            Err(TryLockError::Poisoned(run)) => run.into_inner(),
            Err(TryLockError::WouldBlock) => {
                return Err(PyValueError::new_err("this bulk run is being iterated already"));
            }
        };
        loop {
            self.fill(py, &mut run);
            if let Some((index, arguments, result)) = self.next_ready(&mut run) {
                if let Ok(mut last) = self.last.lock() {
                    *last = Some((index, arguments));
                }
                self.report(py, "update")?;
                return Ok(Some(result));
            }
            if run.flights.is_empty() {
                self.report(py, "close")?;
                return match run.broken.take() {
                    Some(error) => Err(error),
                    None => Ok(None),
                };
            }
            self.wait(py, &mut run)?;
        }
    }
}

/// Whether what came back is not the server's word on the call: a page of something in between, a damaged message.
fn is_no_answer(py: Python<'_>, error: &PyErr) -> bool {
    let is = |class: &str| -> PyResult<bool> {
        error.value(py).is_instance(&host(py)?.errors.bind(py)?.getattr(class)?)
    };
    is("HTTPError").unwrap_or(true) || is("DecodeError").unwrap_or(true)
}
