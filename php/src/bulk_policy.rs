//! How a bulk run goes: the arguments of `Proxy::bulk` after the first two.

use ext_php_rs::types::Zval;
use wsdlproxy::transport::{only_reads, Retry};
use wsdlproxy::{Error, Result};

use crate::frame::Frame;
use crate::values::{truth, whole};

/// More requests at once help nobody and use up the sockets of a process.
const MOST: usize = 1024;

/// The choices of a bulk run.
pub struct Policy {
    pub concurrency: usize,
    pub ordered: bool,
    pub stop_on_error: bool,
    pub retry: Retry,
    pub progress: bool,
}

impl Policy {
    /// Reads the arguments for an operation of this name.
    pub fn read(frame: &Frame<'_>, operation: &str) -> Result<Self> {
        let given = |at: usize| frame.get(at).filter(|value| !value.is_null());
        let flag =
            |at: usize, name: &str, usual: bool| given(at).map_or(Ok(usual), |value| truth(name, value));
        Ok(Self {
            concurrency: number(given(2), "concurrency", 16, 1..=MOST as i64)? as usize,
            ordered: flag(3, "ordered", true)?,
            stop_on_error: flag(4, "stopOnError", false)?,
            retry: Retry {
                times: number(given(5), "retry", 0, 0..=i64::from(u32::MAX))? as u32,
                idempotent: flag(6, "idempotent", only_reads(operation))?,
            },
            progress: flag(7, "progress", false)?,
        })
    }

    /// Items that may be held at once: in flight, or finished and waiting for their turn.
    pub fn window(&self) -> usize {
        self.concurrency * 4
    }
}

fn number(value: Option<&Zval>, name: &str, usual: i64, range: std::ops::RangeInclusive<i64>) -> Result<i64> {
    let number = value.map_or(Ok(usual), |value| whole(name, value))?;
    if range.contains(&number) {
        return Ok(number);
    }
    let (least, most) = range.into_inner();
    Err(Error::usage(format!("{name}: expected a number from {least} to {most}, got {number}")))
}
