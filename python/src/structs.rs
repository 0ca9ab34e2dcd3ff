//! Makes empty `Struct`s by the class's own constructor slot, without the cost of a call.

use std::mem::transmute;

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple, PyType};

use crate::host::Host;

/// The constructor of `Struct`.
pub struct Maker<'a> {
    class: &'a Py<PyType>,
    new: Option<ffi::newfunc>,
    no_arguments: Py<PyTuple>,
}

impl<'a> Maker<'a> {
    pub fn new(py: Python<'_>, host: &'a Host) -> Self {
        // SAFETY: the class is a heap type, which `PyType_GetSlot` accepts in every version, and the slot holds a
        // `newfunc` or null.
        let new = unsafe {
            let slot = ffi::PyType_GetSlot(host.structure.as_ptr().cast(), ffi::Py_tp_new);
            transmute::<*mut std::ffi::c_void, Option<ffi::newfunc>>(slot)
        };
        Self { class: &host.structure, new, no_arguments: PyTuple::empty(py).unbind() }
    }

    /// An empty struct.
    #[inline]
    pub fn make<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let made = match self.new {
            // SAFETY: `new` is the class's own constructor; it gets the class, an empty tuple and no keywords,
            // and returns a new reference or null with an error set. `dict` needs no `__init__` to be empty.
            Some(new) => unsafe {
                let object =
                    new(self.class.as_ptr().cast(), self.no_arguments.as_ptr(), std::ptr::null_mut());
                Bound::from_owned_ptr_or_err(py, object)?
            },
            None => self.class.bind(py).call0()?,
        };
        Ok(made.cast_into::<PyDict>()?)
    }
}
