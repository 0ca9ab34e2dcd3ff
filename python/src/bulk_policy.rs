//! How a bulk run goes: the options of `bulk`.

use pyo3::prelude::*;
use pyo3::types::PyDict;
use wsdlproxy::transport::BulkPolicy;

use crate::error::usage;
use crate::option_values as values;
use crate::options::unexpected;

const NAMES: [&str; 6] = ["concurrency", "ordered", "stop_on_error", "retry", "idempotent", "progress"];

/// Reads the keyword arguments of `bulk` for an operation of this name.
pub fn read(py: Python<'_>, operation: &str, given: Option<&Bound<'_, PyDict>>) -> PyResult<BulkPolicy> {
    let mut policy = BulkPolicy::for_operation(operation);
    for (name, value) in given.into_iter().flat_map(PyDictMethods::iter) {
        let name: String = name.extract()?;
        match name.as_str() {
            "concurrency" => {
                let number = values::count(&name, &value).unwrap_or(0) as usize;
                if !BulkPolicy::CONCURRENCY.contains(&number) {
                    let (least, most) = BulkPolicy::CONCURRENCY.into_inner();
                    return Err(usage(py, format!("{name}: expected a number from {least} to {most}")));
                }
                policy.concurrency = number;
            }
            "ordered" => policy.ordered = values::boolean(&name, &value)?,
            "stop_on_error" => policy.stop_on_error = values::boolean(&name, &value)?,
            "retry" => policy.retry.times = values::count(&name, &value)?,
            "idempotent" if value.is_none() => {}
            "idempotent" => policy.retry.idempotent = values::boolean(&name, &value)?,
            "progress" => policy.progress = values::boolean(&name, &value)?,
            _ => return Err(unexpected(value.py(), "bulk", &name, &NAMES)),
        }
    }
    Ok(policy)
}
