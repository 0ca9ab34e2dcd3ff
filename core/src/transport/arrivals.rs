//! Many requests in flight, whose answers are taken as they come.
//!
//! Where the calling thread drives the network it does so while it waits here, for all of them.

use std::time::Duration;

use tokio::sync::mpsc::{unbounded_channel, UnboundedReceiver, UnboundedSender};
use tokio::time::timeout;

use super::http::{HttpRequest, HttpResponse, Transport};
use super::pending::Pending;
use super::runtime;
use crate::error::{Error, Result};

/// Where answers arrive, each with the number that its request was given.
pub struct Arrivals {
    pid: u32,
    sender: UnboundedSender<(u64, Result<HttpResponse>)>,
    receiver: UnboundedReceiver<(u64, Result<HttpResponse>)>,
}

impl Default for Arrivals {
    fn default() -> Self {
        let (sender, receiver) = unbounded_channel();
        Self { pid: std::process::id(), sender, receiver }
    }
}

impl Arrivals {
    /// Starts a request; dropping what this returns gives it up.
    pub fn start(&self, transport: &Transport, number: u64, request: HttpRequest) -> Result<Pending<()>> {
        let sender = self.sender.clone();
        transport.start_then(request, move |answer| {
            // Nobody receives any more once the run was given up.
            let _ = sender.send((number, answer));
        })
    }

    /// An answer that is there already.
    pub fn ready(&mut self) -> Option<(u64, Result<HttpResponse>)> {
        self.receiver.try_recv().ok()
    }

    /// Waits at most this long for the next answer; `None` means not yet.
    pub fn next(&mut self, limit: Duration) -> Result<Option<(u64, Result<HttpResponse>)>> {
        if self.pid != std::process::id() {
            return Err(Error::usage("these requests were started before fork, by the parent process"));
        }
        if let Some(arrived) = self.ready() {
            return Ok(Some(arrived));
        }
        let receiver = &mut self.receiver;
        let waited = runtime::current()?.block_on(async { timeout(limit, receiver.recv()).await })?;
        // The channel cannot end: one of its senders is here.
        Ok(waited.ok().flatten())
    }
}
