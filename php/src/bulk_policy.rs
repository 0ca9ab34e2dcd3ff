//! How a bulk run goes: the arguments of `Proxy::bulk` after the first two.

use std::ops::RangeInclusive;

use wsdlproxy::transport::BulkPolicy;
use wsdlproxy::{Error, Result};

use crate::frame::Frame;
use crate::values::{truth, whole};

/// Reads the arguments for an operation of this name.
pub fn read(frame: &Frame<'_>, operation: &str) -> Result<BulkPolicy> {
    let given = |at: usize| frame.get(at).filter(|value| !value.is_null());
    let flag = |at: usize, name: &str, usual: bool| given(at).map_or(Ok(usual), |value| truth(name, value));
    let number = |at: usize, name: &str, usual: i64, range: RangeInclusive<i64>| {
        given(at).map_or(Ok(usual), |value| within(name, whole(name, value)?, range))
    };
    let mut policy = BulkPolicy::for_operation(operation);
    let (least, most) = BulkPolicy::CONCURRENCY.into_inner();
    let concurrency = number(2, "concurrency", policy.concurrency as i64, least as i64..=most as i64)?;
    policy.concurrency = concurrency as usize;
    policy.ordered = flag(3, "ordered", policy.ordered)?;
    policy.stop_on_error = flag(4, "stopOnError", policy.stop_on_error)?;
    policy.retry.times = number(5, "retry", policy.retry.times.into(), 0..=u32::MAX.into())? as u32;
    policy.retry.idempotent = flag(6, "idempotent", policy.retry.idempotent)?;
    policy.progress = flag(7, "progress", policy.progress)?;
    Ok(policy)
}

fn within(name: &str, number: i64, range: RangeInclusive<i64>) -> Result<i64> {
    if range.contains(&number) {
        return Ok(number);
    }
    let (least, most) = range.into_inner();
    Err(Error::usage(format!("{name}: expected a number from {least} to {most}, got {number}")))
}
