//! The Python objects that this module needs again and again, looked up once.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyModule, PyType};

/// Classes and singletons of the interpreter.
pub struct Host {
    pub structure: Py<PyType>,
    pub message: Py<PyType>,
    pub decimal: Py<PyType>,
    pub datetime: Py<PyType>,
    pub date: Py<PyType>,
    pub time: Py<PyType>,
    pub timedelta: Py<PyType>,
    pub timezone: Py<PyType>,
    /// Zones by their minutes east of UTC.
    pub zones: Py<PyDict>,
    pub enumeration: Py<PyType>,
    pub uuid: Py<PyType>,
    pub mapping: Py<PyAny>,
    pub path_like: Py<PyAny>,
    pub method: Py<PyType>,
    pub errors: Py<PyModule>,
    pub signature: Py<PyModule>,
}

static HOST: PyOnceLock<Host> = PyOnceLock::new();

/// The objects of this interpreter.
pub fn host(py: Python<'_>) -> PyResult<&'static Host> {
    HOST.get_or_try_init(py, || Host::new(py))
}

fn class(py: Python<'_>, module: &str, name: &str) -> PyResult<Py<PyType>> {
    Ok(py.import(module)?.getattr(name)?.cast_into::<PyType>()?.unbind())
}

impl Host {
    fn new(py: Python<'_>) -> PyResult<Self> {
        let timezone = class(py, "datetime", "timezone")?;
        let zones = PyDict::new(py);
        zones.set_item(0, timezone.bind(py).getattr("utc")?)?;
        Ok(Self {
            structure: class(py, "wsdlproxy._struct", "Struct")?,
            message: class(py, "wsdlproxy._message", "Message")?,
            decimal: class(py, "decimal", "Decimal")?,
            datetime: class(py, "datetime", "datetime")?,
            date: class(py, "datetime", "date")?,
            time: class(py, "datetime", "time")?,
            timedelta: class(py, "datetime", "timedelta")?,
            timezone,
            zones: zones.unbind(),
            enumeration: class(py, "enum", "Enum")?,
            uuid: class(py, "uuid", "UUID")?,
            mapping: py.import("collections.abc")?.getattr("Mapping")?.unbind(),
            path_like: py.import("os")?.getattr("PathLike")?.unbind(),
            method: class(py, "types", "MethodType")?,
            errors: py.import("wsdlproxy.errors")?.unbind(),
            signature: py.import("wsdlproxy._signature")?.unbind(),
        })
    }
}
