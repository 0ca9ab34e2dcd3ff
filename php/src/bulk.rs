//! `WsdlProxy\Bulk`: many calls of one operation, several in flight at once.
//!
//! Items are taken from the iterable only when there is room, so memory stays bounded for any number of them.
//! Every item taken ends in exactly one result, and the counters add up: what was sent, done, failed, sent again,
//! and what failed without our knowing whether the server acted on it.

use std::cell::{Cell, RefCell, RefMut};

use ext_php_rs::types::{ZendHashTable, Zval};
use wsdlproxy::encode::parameters;
use wsdlproxy::index::OpId;
use wsdlproxy::transport::BulkPolicy;
use wsdlproxy::{Error, Result};

use crate::bulk_policy;
use crate::bulk_run::Run;
use crate::frame::Frame;
use crate::instance::Instance;
use crate::items::{iterable, Items};
use crate::object::{self, Class, State};
use crate::progress::Progress;
use crate::proxy::Proxy;
use crate::zend;

/// The state of a run.
pub struct Bulk {
    /// The proxy, and what the items come from.
    held: [Zval; 2],
    pub op: OpId,
    /// The names of the operation's parameters.
    pub parameters: Vec<String>,
    pub policy: BulkPolicy,
    pub items: Items,
    pub counts: Counts,
    pub progress: Option<Progress>,
    run: RefCell<Run>,
}

/// What has happened so far.
#[derive(Default)]
pub struct Counts {
    pub sent: Cell<u64>,
    pub done: Cell<u64>,
    pub failed: Cell<u64>,
    pub retried: Cell<u64>,
    pub unknown: Cell<u64>,
}

static CLASS: Class<Bulk> = Class::new();

impl State for Bulk {
    const CLASS: &'static str = "WsdlProxy\\Bulk";

    fn class() -> &'static Class<Self> {
        &CLASS
    }

    fn held(&self) -> &[Zval] {
        &self.held
    }
}

impl Bulk {
    pub fn proxy(&self) -> Result<&Proxy> {
        let object = Instance::of(&self.held[0]).ok_or_else(|| Error::usage("the proxy is gone"))?;
        object::state::<Proxy>(object)
    }

    pub fn source(&self) -> &Zval {
        &self.held[1]
    }

    fn run(&self) -> Result<RefMut<'_, Run>> {
        self.run.try_borrow_mut().map_err(|_| Error::usage("this bulk run is being iterated already"))
    }

    /// The run with its first result at hand, as `foreach` wants it.
    fn begun(&self) -> Result<RefMut<'_, Run>> {
        let mut run = self.run()?;
        if !run.is_begun {
            run.is_begun = true;
            self.advance(&mut run)?;
        }
        Ok(run)
    }

    pub fn report(&self, is_over: bool) {
        let (done, failed) = (self.counts.done.get(), self.counts.failed.get());
        match &self.progress {
            Some(progress) if is_over => progress.close(done, failed),
            Some(progress) => progress.update(done, failed),
            None => {}
        }
    }
}

fn this<'a>(frame: &Frame<'a>) -> Result<&'a Bulk> {
    object::state::<Bulk>(frame.this()?)
}

/// `Proxy::bulk(string $operation, iterable $arguments, …): Bulk`; the first requests are sent when it is iterated.
pub fn open(frame: &Frame<'_>) -> Result<Zval> {
    let proxy = crate::proxy::this(frame)?;
    let op = proxy.operation(frame.text(0, "operation")?)?;
    let plan = proxy.definition.plan();
    let row = &plan.operations[op];
    let policy = bulk_policy::read(frame, plan.text(row.name))?;
    let given = frame.value(1, "arguments")?;
    let source = iterable(given)?.ok_or_else(|| {
        let given = zend::type_name(given);
        Error::usage(format!("bulk: expected an array or an iterator of arguments, got {given}"))
    })?;
    let total = given.array().map(ZendHashTable::len);
    let name = plan.text(row.key);
    let progress = if policy.progress { Progress::new(name, total) } else { None };
    let parameters =
        parameters(plan, row.input).iter().map(|parameter| plan.text(parameter.key).to_owned()).collect();
    object::make(
        Bulk::class().entry(),
        Bulk {
            held: [frame.this()?.to_value(), source],
            op,
            parameters,
            policy,
            items: Items::default(),
            counts: Counts::default(),
            progress,
            run: RefCell::default(),
        },
    )
}

/// `current(): mixed`: a value, or the exception.
pub fn current(frame: &Frame<'_>) -> Result<Zval> {
    let run = this(frame)?.begun()?;
    Ok(run.current.as_ref().map_or_else(Zval::null, |outcome| zend::share(&outcome.result)))
}

/// `key(): mixed`: the key of the item in the iterable.
pub fn key(frame: &Frame<'_>) -> Result<Zval> {
    let run = this(frame)?.begun()?;
    Ok(run.current.as_ref().map_or_else(Zval::null, |outcome| zend::share(&outcome.key)))
}

/// `arguments(): mixed`: the item that the current result belongs to.
pub fn arguments(frame: &Frame<'_>) -> Result<Zval> {
    let run = this(frame)?.begun()?;
    Ok(run.current.as_ref().map_or_else(Zval::null, |outcome| zend::share(&outcome.arguments)))
}

/// `valid(): bool`
pub fn valid(frame: &Frame<'_>) -> Result<Zval> {
    Ok(zend::boolean(this(frame)?.begun()?.current.is_some()))
}

/// `next(): void`
pub fn next(frame: &Frame<'_>) -> Result<Zval> {
    let bulk = this(frame)?;
    let mut run = bulk.begun()?;
    run.is_past_first = true;
    bulk.advance(&mut run)?;
    Ok(Zval::null())
}

/// `rewind(): void`: as of a generator, only before the second result.
pub fn rewind(frame: &Frame<'_>) -> Result<Zval> {
    if this(frame)?.begun()?.is_past_first {
        return Err(Error::usage("a bulk run can be iterated only once"));
    }
    Ok(Zval::null())
}

/// `close(): void`: gives up what is in flight; the server may have acted on it.
pub fn close(frame: &Frame<'_>) -> Result<Zval> {
    let bulk = this(frame)?;
    let given_up = {
        let mut run = bulk.run()?;
        run.is_exhausted = true;
        std::mem::take(&mut run.flights)
    };
    let unknown = given_up.values().filter(|flight| flight.attempts > 0).count() as u64;
    bulk.counts.unknown.set(bulk.counts.unknown.get() + unknown);
    // Outside of the borrow, as the end of an object may run any code.
    drop(given_up);
    bulk.report(true);
    Ok(Zval::null())
}

/// `sent(): int`: items whose request was sent.
pub fn sent(frame: &Frame<'_>) -> Result<Zval> {
    Ok(zend::long(this(frame)?.counts.sent.get() as i64))
}

/// `done(): int`: results that were values.
pub fn done(frame: &Frame<'_>) -> Result<Zval> {
    Ok(zend::long(this(frame)?.counts.done.get() as i64))
}

/// `failed(): int`: results that were exceptions.
pub fn failed(frame: &Frame<'_>) -> Result<Zval> {
    Ok(zend::long(this(frame)?.counts.failed.get() as i64))
}

/// `retried(): int`: requests that were sent again.
pub fn retried(frame: &Frame<'_>) -> Result<Zval> {
    Ok(zend::long(this(frame)?.counts.retried.get() as i64))
}

/// `unknown(): int`: items that the server may or may not have acted on, as no answer came.
pub fn unknown(frame: &Frame<'_>) -> Result<Zval> {
    Ok(zend::long(this(frame)?.counts.unknown.get() as i64))
}

/// `__toString(): string`
pub fn summary(frame: &Frame<'_>) -> Result<Zval> {
    let bulk = this(frame)?;
    let plan = bulk.proxy()?.definition.plan();
    let Counts { sent, done, failed, retried, unknown } = &bulk.counts;
    Ok(zend::text(format!(
        "{}: {} sent, {} done, {} failed, {} retried, {} unknown",
        plan.text(plan.operations[bulk.op].key),
        sent.get(),
        done.get(),
        failed.get(),
        retried.get(),
        unknown.get()
    )))
}
