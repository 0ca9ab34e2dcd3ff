//! Attributes that users set on a proxy.

use pyo3::exceptions::PyAttributeError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyString;
use pyo3::PyTypeInfo;

use crate::options;
use crate::proxy::Proxy;
use crate::sibling;

/// Refuses the name of an option, unless an operation or a subclass has an attribute of that name.
pub fn check(proxy: &Bound<'_, Proxy>, name: &str) -> PyResult<()> {
    let advice = if sibling::NAMES.contains(&name) {
        format!("use with_options({name}=…)")
    } else if options::NAMES.contains(&name) {
        format!("give it to a new proxy: Proxy(…, {name}=…)")
    } else {
        return Ok(());
    };
    if is_operation(proxy, name) || is_of_subclass(proxy, name)? {
        return Ok(());
    }
    Err(PyAttributeError::new_err(format!("{name} is an option and cannot be set; {advice}")))
}

fn is_operation(proxy: &Bound<'_, Proxy>, name: &str) -> bool {
    let own = proxy.borrow();
    own.session().is_ok_and(|session| {
        let plan = session.client.plan();
        session.client.operations().ids().any(|op| plan.text(plan.operations[op].key) == name)
    })
}

/// Whether a class between this object and `Proxy` has the name.
fn is_of_subclass(proxy: &Bound<'_, Proxy>, name: &str) -> PyResult<bool> {
    let base = Proxy::type_object(proxy.py());
    for class in proxy.get_type().mro() {
        if class.is(&base) {
            break;
        }
        if class.getattr("__dict__")?.contains(name)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Sets or deletes an attribute as any object does.
pub fn set(
    proxy: &Bound<'_, Proxy>,
    name: &Bound<'_, PyString>,
    value: Option<&Bound<'_, PyAny>>,
) -> PyResult<()> {
    let value = value.map_or(std::ptr::null_mut(), Bound::as_ptr);
    // SAFETY: all three are alive and the interpreter is attached; no value deletes.
    match unsafe { ffi::PyObject_GenericSetAttr(proxy.as_ptr(), name.as_ptr(), value) } {
        0 => Ok(()),
        _ => Err(PyErr::fetch(proxy.py())),
    }
}
