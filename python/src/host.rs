//! The Python objects that this module needs again and again, each looked up once, when it is first needed: most
//! programs never see a `Decimal` or a `UUID`, and importing those takes longer than a call.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyType};

/// A module, or an attribute of one.
pub struct Lazy {
    module: &'static str,
    name: Option<&'static str>,
    found: PyOnceLock<Py<PyAny>>,
}

impl Lazy {
    const fn module(module: &'static str) -> Self {
        Self { module, name: None, found: PyOnceLock::new() }
    }

    const fn class(module: &'static str, name: &'static str) -> Self {
        Self { module, name: Some(name), found: PyOnceLock::new() }
    }

    #[inline]
    pub fn bind<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyAny>> {
        let found = self.found.get_or_try_init(py, || {
            let module = py.import(self.module)?;
            Ok::<_, PyErr>(match self.name {
                Some(name) => module.getattr(name)?.unbind(),
                None => module.into_any().unbind(),
            })
        });
        Ok(found?.bind(py))
    }
}

/// Classes and singletons of the interpreter.
pub struct Host {
    pub structure: Py<PyType>,
    pub message: Lazy,
    pub decimal: Lazy,
    pub datetime: Lazy,
    pub date: Lazy,
    pub time: Lazy,
    pub timedelta: Lazy,
    pub timezone: Lazy,
    /// Zones by their minutes east of UTC.
    pub zones: Py<PyDict>,
    pub enumeration: Lazy,
    pub uuid: Lazy,
    pub mapping: Lazy,
    pub path_like: Lazy,
    pub method: Lazy,
    pub errors: Lazy,
    pub signature: Lazy,
    pub namespace: Lazy,
    pub xml: Lazy,
}

static HOST: PyOnceLock<Host> = PyOnceLock::new();

/// The objects of this interpreter.
pub fn host(py: Python<'_>) -> PyResult<&'static Host> {
    HOST.get_or_try_init(py, || Host::new(py))
}

impl Host {
    fn new(py: Python<'_>) -> PyResult<Self> {
        let structure = py.import("wsdlproxy._struct")?.getattr("Struct")?.cast_into::<PyType>()?.unbind();
        Ok(Self {
            structure,
            message: Lazy::class("wsdlproxy._message", "Message"),
            decimal: Lazy::class("decimal", "Decimal"),
            datetime: Lazy::class("datetime", "datetime"),
            date: Lazy::class("datetime", "date"),
            time: Lazy::class("datetime", "time"),
            timedelta: Lazy::class("datetime", "timedelta"),
            timezone: Lazy::class("datetime", "timezone"),
            zones: PyDict::new(py).unbind(),
            enumeration: Lazy::class("enum", "Enum"),
            uuid: Lazy::class("uuid", "UUID"),
            mapping: Lazy::class("collections.abc", "Mapping"),
            path_like: Lazy::class("os", "PathLike"),
            method: Lazy::class("types", "MethodType"),
            errors: Lazy::module("wsdlproxy.errors"),
            signature: Lazy::module("wsdlproxy._signature"),
            namespace: Lazy::class("types", "SimpleNamespace"),
            xml: Lazy::module("wsdlproxy._xml"),
        })
    }
}
