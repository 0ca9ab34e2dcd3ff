//! An operation as Python sees it: a callable with a name, a signature and a docstring.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyTuple};
use wsdlproxy::index::OpId;

use crate::definition::{not_pickled, Info};
use crate::error::guarded;
use crate::session::Session;

// An operation of a port. A doc comment would become the docstring of the class and hide that of the operation.
#[pyclass(frozen, weakref, module = "wsdlproxy", name = "Operation")]
pub struct Operation {
    pub session: Arc<Session>,
    pub op: OpId,
}

impl Operation {
    fn info(&self, py: Python<'_>) -> PyResult<&Info> {
        self.session.loaded.info(py, self.op)
    }

    fn name(&self) -> &str {
        let plan = &*self.session.loaded.names.plan;
        plan.text(plan.operations[self.op].key)
    }

    fn port(&self) -> &str {
        let plan = &*self.session.loaded.names.plan;
        plan.text(plan.ports[self.session.client.port()].name)
    }
}

#[pymethods]
impl Operation {
    #[pyo3(signature = (*args, **kwargs))]
    fn __call__(
        &self,
        py: Python<'_>,
        args: &Bound<'_, PyTuple>,
        kwargs: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Py<PyAny>> {
        guarded(py, || self.session.call(py, self.op, args, kwargs))
    }

    /// The request as bytes, without sending it.
    #[pyo3(signature = (*args, **kwargs))]
    fn create_message<'py>(
        &self,
        py: Python<'py>,
        args: &Bound<'py, PyTuple>,
        kwargs: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyBytes>> {
        guarded(py, || {
            let request = self.session.prepare(py, self.op, args, kwargs)?;
            Ok(PyBytes::new(py, request.body.as_bytes()))
        })
    }

    #[getter]
    fn __name__(&self) -> &str {
        self.name()
    }

    #[getter]
    fn __qualname__(&self) -> String {
        format!("{}.{}", self.port(), self.name())
    }

    #[getter]
    fn __doc__(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        guarded(py, || Ok(self.info(py)?.documentation.clone_ref(py)))
    }

    #[getter]
    fn __signature__(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        guarded(py, || Ok(self.info(py)?.signature.clone_ref(py)))
    }

    /// Parameters, result, headers, faults and documentation as data.
    #[getter(info)]
    fn info_record(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        guarded(py, || Ok(self.info(py)?.record.clone_ref(py)))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let signature = self.info(py)?.record.bind(py).get_item("signature")?;
        Ok(format!("<operation {signature}>"))
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other
            .cast::<Self>()
            .is_ok_and(|other| Arc::ptr_eq(&self.session, &other.get().session) && self.op == other.get().op)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (Arc::as_ptr(&self.session) as usize, self.op).hash(&mut hasher);
        hasher.finish()
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyTuple>> {
        Err(not_pickled(slf.as_any()))
    }
}
