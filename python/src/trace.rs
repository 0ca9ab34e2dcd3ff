//! What `trace` keeps of a request or an answer; credentials are masked unless they were asked for.

use std::borrow::Cow;

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};
use wsdlproxy::client::masked;
use wsdlproxy::transport::{mask, HttpResponse};

use crate::host::host;
use crate::options::Trace;

/// Parts of the names of headers whose values are credentials.
const SECRET: [&str; 6] = ["auth", "cookie", "token", "key", "secret", "pass"];

/// A request as it is sent.
pub fn request<'h>(
    py: Python<'_>,
    trace: Trace,
    url: &str,
    headers: impl Iterator<Item = &'h (String, String)>,
    body: &str,
) -> PyResult<Py<PyAny>> {
    let headers = headers.map(|(name, value)| (name.as_str(), Cow::Borrowed(value.as_str())));
    message(py, trace, url, headers, body.as_bytes(), None)
}

/// An answer as it came.
pub fn response(py: Python<'_>, trace: Trace, answer: &HttpResponse) -> PyResult<Py<PyAny>> {
    message(py, trace, &answer.url, answer.headers.iter(), &answer.body, Some(answer.status))
}

fn message<'h>(
    py: Python<'_>,
    trace: Trace,
    url: &str,
    headers: impl Iterator<Item = (&'h str, Cow<'h, str>)>,
    body: &[u8],
    status: Option<u16>,
) -> PyResult<Py<PyAny>> {
    let shown = PyDict::new(py);
    for (name, value) in headers {
        let lower = name.to_ascii_lowercase();
        let is_secret = trace == Trace::Masked && SECRET.iter().any(|secret| lower.contains(secret));
        shown.set_item(name, if is_secret { "***" } else { &*value })?;
    }
    let class = host(py)?.message.bind(py)?;
    let made = match trace {
        Trace::Full => class.call1((PyBytes::new(py, body),))?,
        Trace::Masked | Trace::Off => class.call1((PyBytes::new(py, &masked(body)),))?,
    };
    made.setattr("url", mask(url))?;
    made.setattr("headers", shown)?;
    made.setattr("status", status)?;
    Ok(made.unbind())
}
