//! The process's network engines (a tokio runtime with its clients), made on first use and keyed by process id.
//!
//! A runtime does not survive `fork`: its worker threads are missing in the child and its sockets are
//! shared with the parent, and even dropping it can hang. So a child builds its own and leaks the
//! inherited ones. They are published through an atomic pointer because a lock might be held by a thread that
//! does not exist in the child; the locks inside a [`Process`] are safe, for a child never touches them.

use std::future::Future;
use std::ptr;
use std::sync::atomic::{AtomicPtr, AtomicU32, AtomicUsize, Ordering};
use std::sync::OnceLock;

use tokio::runtime::{Builder, Handle, Runtime, RuntimeFlavor};
use tokio::task::JoinHandle;

use super::clients::Clients;
use crate::error::{Error, ErrorKind, Result};

/// Who drives the sockets of the shared engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Threading {
    /// The calling thread, while it waits. Cheapest, and no thread is ever started: for PHP.
    CurrentThread,
    /// This many worker threads (at least one): for Python, where many requests are under way at once.
    MultiThread(usize),
}

/// Engines for threads that wait; more of them at once share the one with workers.
const SEATS: usize = 8;

/// Zero means [`Threading::CurrentThread`], any other number counts workers.
static WORKERS: AtomicUsize = AtomicUsize::new(1);
static CURRENT: AtomicPtr<Process> = AtomicPtr::new(ptr::null_mut());

/// Chooses the threading of runtimes made from now on; a binding calls it once, before the first request.
pub fn configure(threading: Threading) {
    let workers = match threading {
        Threading::CurrentThread => 0,
        Threading::MultiThread(workers) => workers.max(1),
    };
    WORKERS.store(workers, Ordering::Relaxed);
}

/// The engines of one process. They are never dropped, like all that is published.
struct Process {
    pid: u32,
    shared: OnceLock<Engine>,
    seats: [OnceLock<Engine>; SEATS],
    /// A bit for each seat that a thread has taken.
    taken: AtomicU32,
}

/// A runtime and its clients.
pub(super) struct Engine {
    pid: u32,
    runtime: Runtime,
    pub(super) clients: Clients,
}

/// The engine that requests share which run while their caller does something else.
pub(super) fn current() -> Result<&'static Engine> {
    shared(process()?)
}

fn shared(process: &'static Process) -> Result<&'static Engine> {
    engine(&process.shared, || Engine::new(process.pid, WORKERS.load(Ordering::Relaxed)))
}

/// An engine for one request whose caller waits for it.
pub(super) struct Seat {
    pub(super) engine: &'static Engine,
    _lease: Option<Lease>,
}

/// Gives a seat back.
struct Lease(&'static Process, u32);

impl Drop for Lease {
    fn drop(&mut self) {
        self.0.taken.fetch_and(!(1 << self.1), Ordering::Release);
    }
}

/// The engine for a caller that waits.
///
/// Where the shared engine has workers, the caller drives one of its own instead: nothing is handed from thread to
/// thread, which costs as much as all the rest of a small call, and large answers are received side by side. The lowest
/// free one is taken, so that calls one after the other find their connection again. Not over TLS: each engine would
/// read the system's certificates again, which takes a thousand times as long as the handing over.
pub(super) fn seat(is_secure: bool) -> Result<Seat> {
    let process = process()?;
    if is_secure || WORKERS.load(Ordering::Relaxed) == 0 {
        return Ok(Seat { engine: shared(process)?, _lease: None });
    }
    let mut taken = process.taken.load(Ordering::Relaxed);
    loop {
        let place = taken.trailing_ones();
        let Some(cell) = process.seats.get(place as usize) else {
            return Ok(Seat { engine: shared(process)?, _lease: None });
        };
        let with_this = taken | 1 << place;
        match process.taken.compare_exchange_weak(taken, with_this, Ordering::Acquire, Ordering::Relaxed) {
            Ok(_) => {
                let lease = Lease(process, place);
                let engine = engine(cell, || Engine::new(process.pid, 0))?;
                return Ok(Seat { engine, _lease: Some(lease) });
            }
            Err(now) => taken = now,
        }
    }
}

fn process() -> Result<&'static Process> {
    let pid = std::process::id();
    let seen = CURRENT.load(Ordering::Acquire);
    if let Some(process) = published(seen).filter(|process| process.pid == pid) {
        return Ok(process);
    }
    let fresh = Box::new(Process {
        pid,
        shared: OnceLock::new(),
        seats: [const { OnceLock::new() }; SEATS],
        taken: AtomicU32::new(0),
    });
    let fresh = Box::into_raw(fresh);
    // On success engines inherited over a fork are left behind, which is the point.
    match CURRENT.compare_exchange(seen, fresh, Ordering::AcqRel, Ordering::Acquire) {
        Ok(_) => published(fresh).ok_or_else(lost),
        Err(winner) => {
            // SAFETY: `fresh` came from `Box::into_raw` above and was not published.
            drop(unsafe { Box::from_raw(fresh) });
            published(winner).ok_or_else(lost)
        }
    }
}

fn published(process: *mut Process) -> Option<&'static Process> {
    // SAFETY: a non-null pointer stored in `CURRENT` came from `Box::into_raw` and is never freed.
    unsafe { process.as_ref() }
}

fn lost() -> Error {
    Error::new(ErrorKind::Transport, "the network runtime is gone")
}

/// The engine in a cell, made now if there is none.
fn engine(cell: &OnceLock<Engine>, make: impl FnOnce() -> Result<Engine>) -> Result<&Engine> {
    if let Some(engine) = cell.get() {
        return Ok(engine);
    }
    let made = make()?;
    Ok(cell.get_or_init(|| made))
}

impl Engine {
    /// Without workers, only a waiting caller drives the sockets.
    fn new(pid: u32, workers: usize) -> Result<Self> {
        // Fails only if a provider is installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = match workers {
            0 => Builder::new_current_thread(),
            workers => {
                let mut builder = Builder::new_multi_thread();
                builder.worker_threads(workers).thread_name("wsdlproxy");
                builder
            }
        };
        let runtime = builder.enable_io().enable_time().build().map_err(|error| {
            Error::new(ErrorKind::Transport, format!("cannot start the network runtime: {error}"))
        })?;
        Ok(Self { pid, runtime, clients: Clients::default() })
    }

    /// False when only a waiting caller drives the sockets.
    pub(super) fn has_workers(&self) -> bool {
        self.runtime.handle().runtime_flavor() != RuntimeFlavor::CurrentThread
    }

    /// False in a child that inherited this engine over a fork.
    pub(super) fn is_ours(&self) -> bool {
        self.pid == std::process::id()
    }

    /// Runs a future to its end on the calling thread.
    pub(super) fn block_on<F: Future>(&self, future: F) -> Result<F::Output> {
        if Handle::try_current().is_ok() {
            return Err(Error::usage(
                "a blocking call inside an async task would stop it: use the async one",
            ));
        }
        Ok(self.runtime.block_on(future))
    }

    pub(super) fn spawn<F>(&self, future: F) -> JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        self.runtime.spawn(future)
    }
}
