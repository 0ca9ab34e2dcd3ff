//! Errors of the core as Python exceptions, one class for each kind.

use std::any::Any;
use std::panic::{catch_unwind, AssertUnwindSafe};

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};
use wsdlproxy::{Error, ErrorKind};

use crate::host::host;

/// An exception of user code, carried through the core unchanged.
#[cold]
pub fn host_error(error: PyErr) -> Error {
    Error::host(error)
}

/// Lets Python look for signals while a server keeps us waiting, without the interpreter: Ctrl-C ends the wait.
pub fn check_signals() -> wsdlproxy::Result<()> {
    // A path to the method itself would fix the lifetime of `py`.
    #[allow(clippy::redundant_closure_for_method_calls)]
    Python::attach(|py| py.check_signals()).map_err(host_error)
}

/// The exception for an error.
pub fn to_python(py: Python<'_>, error: Error) -> PyErr {
    raise(py, class(error.kind()), error)
}

/// The same where a port, a service or credentials did not fit the WSDL.
pub fn port_error(py: Python<'_>, error: Error) -> PyErr {
    match error.kind() {
        ErrorKind::Usage => raise(py, "PortError", error),
        _ => to_python(py, error),
    }
}

/// The same while a WSDL is loaded.
pub fn load_error(py: Python<'_>, error: Error) -> PyErr {
    match error.kind() {
        ErrorKind::Http => raise(py, "DocumentError", error),
        _ => to_python(py, error),
    }
}

/// The same where an operation was looked for.
pub fn operation_error(py: Python<'_>, error: Error) -> PyErr {
    match error.kind() {
        ErrorKind::Usage => raise(py, "UnknownOperation", error),
        _ => to_python(py, error),
    }
}

/// A wrong option.
pub fn usage(py: Python<'_>, message: impl Into<String>) -> PyErr {
    to_python(py, Error::usage(message))
}

/// An option that there is not.
pub fn unknown_option(py: Python<'_>, message: impl Into<String>) -> PyErr {
    raise(py, "UnknownOption", Error::usage(message))
}

fn class(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Wsdl => "WSDLError",
        ErrorKind::Encode => "EncodeError",
        ErrorKind::Decode => "DecodeError",
        ErrorKind::Usage => "UsageError",
        ErrorKind::Timeout => "Timeout",
        ErrorKind::Connection => "ConnectionError",
        ErrorKind::Tls => "TLSError",
        ErrorKind::Http => "HTTPError",
        ErrorKind::Transport | ErrorKind::Host => "TransportError",
    }
}

fn raise(py: Python<'_>, class: &str, error: Error) -> PyErr {
    if error.kind() == ErrorKind::Host {
        let message = error.to_string();
        return match error.host_error().and_then(|source| source.downcast::<PyErr>().ok()) {
            Some(raised) => *raised,
            None => usage(py, message),
        };
    }
    build(py, class, &error).unwrap_or_else(|failed| failed)
}

fn build(py: Python<'_>, class: &str, error: &Error) -> PyResult<PyErr> {
    let errors = host(py)?.errors.bind(py)?;
    let members = PyDict::new(py);
    if matches!(error.kind(), ErrorKind::Encode | ErrorKind::Decode) {
        members.set_item("path", error.path())?;
    }
    if matches!(error.kind(), ErrorKind::Wsdl | ErrorKind::Decode) {
        if let Some(at) = error.position() {
            let position = errors.getattr("Position")?.call1((at.byte, at.line, at.column))?;
            members.set_item("position", position)?;
        }
    }
    if let (ErrorKind::Wsdl, Some(document)) = (error.kind(), error.document()) {
        members.set_item("document", document)?;
    }
    if error.is_unsent() {
        members.set_item("sent", false)?;
    }
    if let Some(http) = error.http_failure() {
        members.set_item("status", http.status)?;
        members.set_item("content_type", http.content_type.as_deref())?;
        members.set_item("body", PyBytes::new(py, &http.body))?;
    }
    let made = errors.getattr(class)?.call((error.to_string(),), Some(&members))?;
    Ok(PyErr::from_value(made))
}

/// Runs an entry point; a panic becomes an exception that `except Exception` catches.
pub fn guarded<T>(py: Python<'_>, work: impl FnOnce() -> PyResult<T>) -> PyResult<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(internal(py, &*panic)))
}

fn internal(py: Python<'_>, panic: &(dyn Any + Send)) -> PyErr {
    let reason = panic
        .downcast_ref::<&str>()
        .map(ToString::to_string)
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_default();
    let made = host(py).and_then(|host| {
        host.errors.bind(py)?.getattr("Error")?.call1((format!("internal error: {reason}"),))
    });
    made.map_or_else(|failed| failed, PyErr::from_value)
}
