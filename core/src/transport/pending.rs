//! A request on its way, to be waited for in slices or given up.
//!
//! A binding that must stay interruptible waits in short slices and looks for signals in between. Many can
//! be in flight at once; each is independent. Dropping one gives its request up.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use tokio::task::{JoinError, JoinHandle};
use tokio::time::timeout;

use super::http::HttpResponse;
use super::runtime::Engine;
use crate::error::{Error, ErrorKind, Result};

/// A started request; `T` is what it yields.
pub struct Pending<T: Send + 'static = HttpResponse> {
    engine: &'static Engine,
    /// Gone once the answer was handed out.
    work: Option<Work<T>>,
}

/// What runs a request.
enum Work<T> {
    Task(JoinHandle<Result<T>>),
    /// Whoever waits: nothing happens in between.
    Here(Pin<Box<dyn Future<Output = Result<T>> + Send>>),
}

impl<T> Work<T> {
    async fn answer(&mut self) -> Result<T> {
        match self {
            Self::Task(task) => task.await.unwrap_or_else(|error| Err(broken(&error))),
            Self::Here(future) => future.await,
        }
    }
}

impl<T: Send + 'static> Pending<T> {
    pub(super) fn new(engine: &'static Engine, task: JoinHandle<Result<T>>) -> Self {
        Self { engine, work: Some(Work::Task(task)) }
    }

    /// A request that proceeds only while it is waited for.
    pub(super) fn here(
        engine: &'static Engine,
        future: Pin<Box<dyn Future<Output = Result<T>> + Send>>,
    ) -> Self {
        Self { engine, work: Some(Work::Here(future)) }
    }

    /// Waits at most this long; `None` means not yet. The answer is handed out once.
    pub fn wait(&mut self, limit: Duration) -> Option<Result<T>> {
        let Some(work) = &mut self.work else {
            return Some(Err(Error::usage("this answer was taken already")));
        };
        if !self.engine.is_ours() {
            return Some(Err(inherited()));
        }
        // The timer is made inside the runtime, which the outer `async` ensures.
        let answer = match self.engine.block_on(async { timeout(limit, work.answer()).await }) {
            Ok(Ok(answer)) => answer,
            Ok(Err(_elapsed)) => return None,
            Err(error) => return Some(Err(error)),
        };
        self.work = None;
        Some(answer)
    }

    /// True when [`Self::wait`] would return at once.
    pub fn is_finished(&self) -> bool {
        match &self.work {
            None => true,
            Some(Work::Task(task)) => task.is_finished(),
            Some(Work::Here(_)) => false,
        }
    }

    /// Gives the request up and closes its connection; the server may have acted on it.
    pub fn cancel(mut self) {
        self.abort();
    }

    /// Waits to the end, which the request's own time limit sets.
    pub fn join(self) -> Result<T> {
        if !self.engine.is_ours() {
            return Err(inherited());
        }
        self.engine.block_on(self.finished())?
    }

    /// Waits to the end and calls `poll` after each slice of waiting; its error gives the request up.
    pub fn join_polling(mut self, slice: Duration, poll: &mut dyn FnMut() -> Result<()>) -> Result<T> {
        loop {
            if let Some(answer) = self.wait(slice) {
                return answer;
            }
            poll()?;
        }
    }

    pub(super) async fn finished(mut self) -> Result<T> {
        let Some(work) = &mut self.work else {
            return Err(Error::usage("this answer was taken already"));
        };
        let answer = work.answer().await;
        self.work = None;
        answer
    }

    fn abort(&mut self) {
        let Some(work) = self.work.take() else { return };
        if !self.engine.is_ours() {
            // The parent's runtime must not be touched here: its locks may be held by missing threads.
            std::mem::forget(work);
            return;
        }
        if let Work::Task(task) = &work {
            if task.is_finished() {
                return;
            }
            task.abort();
        }
        if !self.engine.has_workers() {
            // Nobody else runs tasks to their end, which is what closes the connection. Inside an async task this
            // fails, and the next request does it.
            let _ = self.engine.block_on(async {
                drop(work);
                tokio::task::yield_now().await;
            });
        }
    }
}

impl<T: Send + 'static> Drop for Pending<T> {
    fn drop(&mut self) {
        self.abort();
    }
}

fn inherited() -> Error {
    Error::usage("this request was started before fork, by the parent process")
}

fn broken(error: &JoinError) -> Error {
    let reason = if error.is_cancelled() { "was cancelled" } else { "failed inside the HTTP library" };
    Error::new(ErrorKind::Transport, format!("the request {reason}"))
}
