//! Python binding: the native module behind the package `wsdlproxy`.
//!
//! It reads and builds Python values through the core's seam, and holds no knowledge of SOAP. The interpreter is
//! released while a request is under way; a panic anywhere becomes an exception.

mod attribute;
mod bulk;
mod bulk_policy;
mod bulk_run;
mod class;
mod collector;
mod definition;
mod describe;
mod describe_types;
mod error;
mod host;
mod layout;
mod load;
mod names;
mod object;
mod operation;
mod option_values;
mod options;
mod proxy;
mod session;
mod sibling;
mod sink;
mod source;
mod strings;
mod structs;
mod temporal;
mod text;
mod trace;

use std::sync::atomic::{AtomicI64, Ordering};

use pyo3::exceptions::PyImportError;
use pyo3::prelude::*;
use wsdlproxy::transport::{configure, Threading};

/// The native part of the package `wsdlproxy`.
#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    refuse_second_interpreter()?;
    // The worker keeps sockets going while the calling thread looks for signals.
    configure(Threading::MultiThread(1));
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<proxy::Proxy>()?;
    module.add_class::<operation::Operation>()?;
    module.add_class::<definition::Definition>()?;
    module.add_class::<bulk::Bulk>()?;
    module.add_function(wrap_pyfunction!(definition::load_definition, module)?)
}

/// What is kept for the life of the process belongs to one interpreter: classes, strings, exceptions.
fn refuse_second_interpreter() -> PyResult<()> {
    static FIRST: AtomicI64 = AtomicI64::new(-1);
    // SAFETY: the interpreter is attached while a module is initialised.
    let own = unsafe { pyo3::ffi::PyInterpreterState_GetID(pyo3::ffi::PyInterpreterState_Get()) };
    match FIRST.compare_exchange(-1, own, Ordering::SeqCst, Ordering::SeqCst) {
        Err(first) if first != own => Err(PyImportError::new_err(
            "wsdlproxy works in one interpreter of a process, and another one has imported it; with mod_wsgi say \
             WSGIApplicationGroup %{GLOBAL}",
        )),
        _ => Ok(()),
    }
}
