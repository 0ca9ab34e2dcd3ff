//! The process's one tokio runtime with its clients, made on first use and keyed by process id.
//!
//! A runtime does not survive `fork`: its worker threads are missing in the child and its sockets are
//! shared with the parent, and even dropping it can hang. So a child builds its own and leaks the
//! inherited one. It is published through an atomic pointer because a lock might be held by a thread that
//! does not exist in the child; the locks inside an [`Engine`] are safe, for a child never touches them.

use std::future::Future;
use std::ptr;
use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

use tokio::runtime::{Builder, Handle, Runtime, RuntimeFlavor};
use tokio::task::JoinHandle;

use super::clients::Clients;
use crate::error::{Error, ErrorKind, Result};

/// Who drives the sockets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Threading {
    /// The calling thread, while it waits. Cheapest, and no thread is ever started: for PHP.
    CurrentThread,
    /// This many worker threads (at least one): for Python, where the caller must stay interruptible.
    MultiThread(usize),
}

/// Zero means [`Threading::CurrentThread`], any other number counts workers.
static WORKERS: AtomicUsize = AtomicUsize::new(1);
static CURRENT: AtomicPtr<Engine> = AtomicPtr::new(ptr::null_mut());

/// Chooses the threading of runtimes made from now on; a binding calls it once, before the first request.
pub fn configure(threading: Threading) {
    let workers = match threading {
        Threading::CurrentThread => 0,
        Threading::MultiThread(workers) => workers.max(1),
    };
    WORKERS.store(workers, Ordering::Relaxed);
}

/// The runtime and the clients of one process.
pub(super) struct Engine {
    pid: u32,
    runtime: Runtime,
    pub(super) clients: Clients,
}

/// The engine of this process, made now if there is none.
pub(super) fn current() -> Result<&'static Engine> {
    let pid = std::process::id();
    let seen = CURRENT.load(Ordering::Acquire);
    if let Some(engine) = published(seen) {
        if engine.pid == pid {
            return Ok(engine);
        }
    }
    let fresh = Box::into_raw(Box::new(Engine::new(pid)?));
    // On success an engine inherited over a fork is left behind, which is the point.
    match CURRENT.compare_exchange(seen, fresh, Ordering::AcqRel, Ordering::Acquire) {
        Ok(_) => published(fresh).ok_or_else(lost),
        Err(winner) => {
            // SAFETY: `fresh` came from `Box::into_raw` above and was not published.
            drop(unsafe { Box::from_raw(fresh) });
            published(winner).ok_or_else(lost)
        }
    }
}

fn published(engine: *mut Engine) -> Option<&'static Engine> {
    // SAFETY: a non-null pointer stored in `CURRENT` came from `Box::into_raw` and is never freed.
    unsafe { engine.as_ref() }
}

fn lost() -> Error {
    Error::new(ErrorKind::Transport, "the network runtime is gone")
}

impl Engine {
    fn new(pid: u32) -> Result<Self> {
        // Fails only if a provider is installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = match WORKERS.load(Ordering::Relaxed) {
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
