//! The course of a bulk run: taking items, sending, waiting, sending again, giving results out.

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};
use std::time::Instant;

use ext_php_rs::types::Zval;
use wsdlproxy::encode::Arguments;
use wsdlproxy::transport::{Arrivals, HttpRequest, HttpResponse, Pending};
use wsdlproxy::Result;

use crate::bulk::Bulk;
use crate::call;
use crate::error;
use crate::proxy::Proxy;
use crate::signals::{self, SLICE};
use crate::source::Given;
use crate::table::{entries, is_list, Name};

/// A run under way.
#[derive(Default)]
pub struct Run {
    pub is_begun: bool,
    pub is_past_first: bool,
    /// There are no more items, or the run was stopped.
    pub is_exhausted: bool,
    /// What the iterable itself raised, kept until all results are out.
    broken: Option<Zval>,
    pub flights: HashMap<u64, Flight>,
    ready: BTreeMap<u64, Outcome>,
    taken: u64,
    given: u64,
    arrivals: Arrivals,
    /// The result at hand.
    pub current: Option<Outcome>,
}

/// What became of an item.
pub struct Outcome {
    pub key: Zval,
    pub arguments: Zval,
    pub result: Zval,
}

/// An item whose request is on its way.
pub struct Flight {
    key: Zval,
    arguments: Zval,
    request: HttpRequest,
    pub attempts: u32,
    /// Missing while the next attempt waits for its time.
    pending: Option<Pending<()>>,
    due: Instant,
}

fn add(count: &Cell<u64>) {
    count.set(count.get() + 1);
}

impl Bulk {
    /// What an item means: a list the arguments by position, an array with the names of parameters those, anything
    /// else the only argument.
    fn arguments<'p>(&self, proxy: &'p Proxy, item: &Zval) -> Arguments<Given<'p>> {
        let given = |value: &Zval| Given::new(value, &proxy.names);
        match item.array() {
            Some(array) if is_list(array) => {
                Arguments { positional: entries(array).map(|(_, value)| given(value)).collect(), named: None }
            }
            Some(array) if entries(array).all(|(name, _)| self.is_parameter(name)) => {
                Arguments { positional: Vec::new(), named: Some(given(item)) }
            }
            _ => Arguments { positional: vec![given(item)], named: None },
        }
    }

    fn is_parameter(&self, name: Name<'_>) -> bool {
        match name {
            Name::Text(name) => self.parameters.iter().any(|known| known.as_bytes() == name),
            Name::Index(_) => false,
        }
    }

    /// Takes items while there is room for them.
    fn fill(&self, run: &mut Run) -> Result<()> {
        let proxy = self.proxy()?;
        while !run.is_exhausted
            && run.flights.len() < self.policy.concurrency
            && run.flights.len() + run.ready.len() < self.policy.window()
        {
            let (key, item) = match self.items.next(self.source()) {
                Ok(Some(found)) => found,
                Ok(None) => {
                    run.is_exhausted = true;
                    return Ok(());
                }
                Err(error) => {
                    run.is_exhausted = true;
                    run.broken = Some(error::caught(error)?);
                    return Ok(());
                }
            };
            let index = run.taken;
            run.taken += 1;
            match call::prepare(proxy, self.op, &self.arguments(proxy, &item)) {
                Ok(request) => {
                    let flight = Flight {
                        key,
                        arguments: item,
                        request: call::http(request),
                        attempts: 0,
                        pending: None,
                        due: Instant::now(),
                    };
                    run.flights.insert(index, flight);
                    add(&self.counts.sent);
                    self.launch(run, index)?;
                }
                Err(error) => self.settle(run, index, key, item, Err(error))?,
            }
        }
        Ok(())
    }

    /// Sends the request of an item, for the first time or again.
    fn launch(&self, run: &mut Run, index: u64) -> Result<()> {
        let Some(flight) = run.flights.get_mut(&index) else { return Ok(()) };
        flight.attempts += 1;
        match run.arrivals.start(&self.proxy()?.transport, index, flight.request.clone()) {
            Ok(pending) => {
                flight.pending = Some(pending);
                Ok(())
            }
            Err(error) => self.landed(run, index, Err(error)),
        }
    }

    /// Takes in what came of a request: a result, or a further attempt.
    fn landed(&self, run: &mut Run, index: u64, answer: Result<HttpResponse>) -> Result<()> {
        let Some(flight) = run.flights.get_mut(&index) else { return Ok(()) };
        flight.pending = None;
        if let Some(pause) = self.policy.retry.pause(flight.attempts, &answer) {
            flight.due = Instant::now() + pause;
            add(&self.counts.retried);
            return Ok(());
        }
        let Some(flight) = run.flights.remove(&index) else { return Ok(()) };
        let proxy = self.proxy()?;
        call::keep(proxy, &flight.request, answer.as_ref().ok());
        let result = match answer {
            Ok(answer) => call::read(proxy, self.op, answer),
            Err(error) => {
                if !error.is_unsent() {
                    add(&self.counts.unknown);
                }
                Err(error)
            }
        };
        self.settle(run, index, flight.key, flight.arguments, result)
    }

    /// Counts a result and keeps it until its turn.
    fn settle(
        &self,
        run: &mut Run,
        index: u64,
        key: Zval,
        arguments: Zval,
        result: Result<Zval>,
    ) -> Result<()> {
        let result = match result {
            Ok(value) => {
                add(&self.counts.done);
                value
            }
            Err(error) => {
                let exception = error::caught(error)?;
                add(&self.counts.failed);
                run.is_exhausted |= self.policy.stop_on_error;
                exception
            }
        };
        run.ready.insert(index, Outcome { key, arguments, result });
        Ok(())
    }

    /// The next finished item whose turn it is.
    fn next_ready(&self, run: &mut Run) -> Option<Outcome> {
        let (&index, _) = run.ready.first_key_value()?;
        // After `close` items are missing whose turn would come first.
        let is_closed = run.is_exhausted && run.flights.is_empty();
        if self.policy.ordered && index != run.given && !is_closed {
            return None;
        }
        run.given += 1;
        run.ready.remove(&index)
    }

    /// Waits for answers, or for the time of a further attempt.
    fn wait(&self, run: &mut Run) -> Result<()> {
        let now = Instant::now();
        let waiting = |flight: &&Flight| flight.pending.is_none();
        let due: Vec<u64> = run
            .flights
            .iter()
            .filter(|(_, flight)| flight.pending.is_none() && flight.due <= now)
            .map(|(index, _)| *index)
            .collect();
        for index in due {
            self.launch(run, index)?;
        }
        let next = run.flights.values().filter(waiting).map(|flight| flight.due).min();
        let limit = next.map_or(SLICE, |due| due.saturating_duration_since(now).min(SLICE));
        let mut arrived = run.arrivals.next(limit)?;
        while let Some((index, answer)) = arrived {
            self.landed(run, index, answer)?;
            arrived = run.arrivals.ready();
        }
        signals::handle()
    }

    /// Goes on to the next result, or past the last.
    pub fn advance(&self, run: &mut Run) -> Result<()> {
        drop(run.current.take());
        loop {
            self.fill(run)?;
            if let Some(outcome) = self.next_ready(run) {
                run.current = Some(outcome);
                self.report(false);
                return Ok(());
            }
            if run.flights.is_empty() {
                self.report(true);
                return match run.broken.take() {
                    Some(exception) => {
                        error::raise(exception);
                        Err(error::raised())
                    }
                    None => Ok(()),
                };
            }
            self.wait(run)?;
        }
    }
}
