//! Python binding: the native module behind the package `wsdlproxy`.
//!
//! It reads and builds Python values through the core's seam, and holds no knowledge of SOAP. The interpreter is
//! released while a request is under way; a panic anywhere becomes an exception.

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

use pyo3::prelude::*;
use wsdlproxy::transport::{configure, Threading};

/// The native part of the package `wsdlproxy`.
#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    // The worker keeps sockets going while the calling thread looks for signals.
    configure(Threading::MultiThread(1));
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<proxy::Proxy>()?;
    module.add_class::<operation::Operation>()?;
    module.add_class::<definition::Definition>()?;
    module.add_class::<bulk::Bulk>()?;
    module.add_function(wrap_pyfunction!(definition::load_definition, module)?)
}
