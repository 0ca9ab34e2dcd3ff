//! Builds Python values while an answer is read.

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyFloat, PyList, PyString};
use pyo3::IntoPyObjectExt;
use wsdlproxy::index::{Id, ShapeId};
use wsdlproxy::scalar::{Builtin, Scalar};
use wsdlproxy::{Fill, Key, Result, Sink};

use crate::error::host_error;
use crate::host::Host;
use crate::layout::{Layouts, Record};
use crate::names::Names;
use crate::strings::Strings;
use crate::structs::Maker;
use crate::temporal;

/// Builds the values of one answer.
pub struct PySink<'a, 'py> {
    py: Python<'py>,
    names: &'a Names,
    host: &'a Host,
    maker: Maker<'a>,
    layouts: Layouts<'py>,
    strings: Strings<'py>,
}

impl<'a, 'py> PySink<'a, 'py> {
    pub fn new(py: Python<'py>, names: &'a Names, host: &'a Host) -> Self {
        let maker = Maker::new(py, host);
        Self { py, names, host, maker, layouts: Layouts::default(), strings: Strings::new() }
    }

    fn text(&self, text: &str) -> Bound<'py, PyAny> {
        PyString::new(self.py, text).into_any()
    }

    /// An integer of any size; beyond the digits that Python reads it stays text.
    fn integer(&self, digits: &str) -> Bound<'py, PyAny> {
        let int = self.py.get_type::<pyo3::types::PyInt>();
        int.call1((digits,)).unwrap_or_else(|_| self.text(digits))
    }

    fn build(&mut self, value: Scalar<'_>) -> PyResult<Bound<'py, PyAny>> {
        let py = self.py;
        Ok(match value {
            Scalar::Str(text) => self.strings.make(py, &text).into_any(),
            Scalar::Int(n) => n.into_bound_py_any(py)?,
            Scalar::Bool(b) => b.into_bound_py_any(py)?,
            Scalar::Double(x) => PyFloat::new(py, x).into_any(),
            Scalar::BigInt(digits) => self.integer(&digits),
            Scalar::Decimal(text) => self.host.decimal.bind(py)?.call1((&*text,))?,
            Scalar::Bytes(bytes) => PyBytes::new(py, &bytes).into_any(),
            Scalar::Temporal(t) => {
                temporal::to_python(py, self.host, &t)?.unwrap_or_else(|| self.text(&t.lexical))
            }
            Scalar::Duration(d) => {
                temporal::to_timedelta(py, self.host, &d).unwrap_or_else(|| self.text(&d.lexical))
            }
            Scalar::QName { ns, local } if ns.is_empty() => self.text(&local),
            Scalar::QName { ns, local } => self.text(&format!("{{{ns}}}{local}")),
        })
    }
}

impl<'py> Sink for PySink<'_, 'py> {
    type Node = Bound<'py, PyAny>;
    type Record = Record<'py>;
    type List = Bound<'py, PyList>;

    fn null(&mut self) -> Result<Self::Node> {
        Ok(self.py.None().into_bound(self.py))
    }

    #[inline]
    fn scalar(&mut self, _of: Builtin, value: Scalar<'_>) -> Result<Self::Node> {
        self.build(value).map_err(host_error)
    }

    fn binary(&mut self, _of: Builtin, length: usize, fill: &mut Fill<'_>) -> Result<Option<Self::Node>> {
        // SAFETY: the interpreter makes an object with room for `length` bytes, which nobody else knows of. It is used
        // only if all of them were written; else it is freed, which looks at none of them.
        unsafe {
            let size = length as ffi::Py_ssize_t;
            let made =
                Bound::from_owned_ptr_or_err(self.py, ffi::PyBytes_FromStringAndSize(std::ptr::null(), size));
            let made = made.map_err(host_error)?;
            let bytes = ffi::PyBytes_AsString(made.as_ptr()).cast::<u8>();
            let written = fill(std::slice::from_raw_parts_mut(bytes.cast(), length));
            Ok(written.is_some_and(|all| all.as_ptr() == bytes && all.len() == length).then_some(made))
        }
    }

    #[inline]
    fn record(&mut self, shape: Option<ShapeId>) -> Result<Self::Record> {
        let made = self.maker.make(self.py).and_then(|dict| self.layouts.begin(shape.map(Id::index), dict));
        made.map_err(host_error)
    }

    #[inline]
    fn set(&mut self, record: &mut Self::Record, key: Key<'_>, node: Self::Node) -> Result<()> {
        let key = self.names.key(self.py, key);
        record.set(&key, node).map_err(host_error)
    }

    fn end_record(&mut self, record: Self::Record) -> Result<Self::Node> {
        self.layouts.end(record).map(Bound::into_any).map_err(host_error)
    }

    fn list(&mut self, _size: usize) -> Result<Self::List> {
        Ok(PyList::empty(self.py))
    }

    #[inline]
    fn push(&mut self, list: &mut Self::List, node: Self::Node) -> Result<()> {
        list.append(node).map_err(host_error)
    }

    fn end_list(&mut self, list: Self::List) -> Result<Self::Node> {
        Ok(list.into_any())
    }

    fn share(&mut self, node: &Self::Node) -> Self::Node {
        node.clone()
    }

    fn share_open(&mut self, record: &Self::Record) -> Option<Self::Node> {
        Some(record.dict.clone().into_any())
    }
}
