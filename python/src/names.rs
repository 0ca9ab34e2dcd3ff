//! One Python string for each name of a plan, made on first use.
//!
//! Members are looked up and set by these, so that a key costs an array index and its hash is computed once.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyString;
use wsdlproxy::index::{Id, NameId};
use wsdlproxy::plan::Plan;
use wsdlproxy::Key;

/// The keys of one plan.
pub struct Names {
    pub plan: Arc<Plan>,
    keys: Box<[PyOnceLock<Py<PyString>>]>,
}

impl Names {
    pub fn new(plan: Arc<Plan>) -> Self {
        let keys = (0..plan.names.len()).map(|_| PyOnceLock::new()).collect();
        Self { plan, keys }
    }

    /// The string of a member's name.
    #[inline]
    pub fn key<'py>(&self, py: Python<'py>, key: Key<'_>) -> Bound<'py, PyString> {
        match self.keys.get(key.id.index()) {
            Some(known) => known.get_or_init(py, || PyString::intern(py, key.text).unbind()).bind(py).clone(),
            None => PyString::new(py, key.text),
        }
    }

    /// The string of a name of the plan.
    pub fn text<'py>(&self, py: Python<'py>, id: NameId) -> Bound<'py, PyString> {
        self.key(py, self.plan.key(id))
    }
}
