//! The members of an object that is no mapping: its attributes.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple, PyType};

use crate::source::Context;
use crate::text::utf8;

/// An attribute; a method is no member.
pub fn member<'py>(
    context: &Context<'_, 'py>,
    object: &Bound<'py, PyAny>,
    name: &Bound<'py, PyString>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let Some(value) = object.getattr_opt(name)? else { return Ok(None) };
    let is_method = value.is_instance(context.host.method.bind(context.py)?)?
        || value.is_instance_of::<pyo3::types::PyCFunction>();
    Ok((!is_method).then_some(value))
}

/// The public attributes: of a dataclass or a named tuple its fields, else those of `__slots__` and `__dict__`.
pub fn members<'py>(
    context: &Context<'_, 'py>,
    object: &Bound<'py, PyAny>,
) -> PyResult<Vec<(Bound<'py, PyString>, Bound<'py, PyAny>)>> {
    let py = context.py;
    let kind = object.get_type();
    let mut names = Vec::new();
    if let Some(fields) = kind.getattr_opt(intern!(py, "__dataclass_fields__"))? {
        collect(&fields, &mut names)?;
    } else if let Some(fields) = kind.getattr_opt(intern!(py, "_fields"))? {
        collect(&fields, &mut names)?;
    } else {
        slots(&kind, &mut names)?;
        if let Some(dict) = object.getattr_opt(intern!(py, "__dict__"))? {
            collect(dict.cast::<PyDict>()?, &mut names)?;
        }
    }
    let mut found = Vec::with_capacity(names.len());
    for name in names {
        if is_private(context, &name) {
            continue;
        }
        if let Some(value) = member(context, object, &name)? {
            found.push((name, value));
        }
    }
    Ok(found)
}

/// Whether an object whose attributes are all None may be meant as an empty record: one of a class that declares
/// fields.
pub fn may_be_empty<'py>(context: &Context<'_, 'py>, object: &Bound<'py, PyAny>) -> PyResult<bool> {
    let (py, kind) = (context.py, object.get_type());
    let is_declared = kind.hasattr(intern!(py, "__dataclass_fields__"))?
        || kind.hasattr(intern!(py, "__attrs_attrs__"))?
        || kind.hasattr(intern!(py, "_fields"))?
        || has_slots(&kind)?;
    Ok(is_declared && members(context, object)?.iter().all(|(_, value)| value.is_none()))
}

fn has_slots(kind: &Bound<'_, PyType>) -> PyResult<bool> {
    let mut names = Vec::new();
    slots(kind, &mut names)?;
    Ok(!names.is_empty())
}

fn collect<'py>(names: &Bound<'py, PyAny>, out: &mut Vec<Bound<'py, PyString>>) -> PyResult<()> {
    for name in names.try_iter()? {
        if let Ok(name) = name?.cast_into::<PyString>() {
            out.push(name);
        }
    }
    Ok(())
}

/// `__slots__` of the class and those above it; a single one may be a bare string.
fn slots<'py>(kind: &Bound<'py, PyType>, out: &mut Vec<Bound<'py, PyString>>) -> PyResult<()> {
    let mro: Bound<'py, PyTuple> = kind.mro();
    for class in mro.iter() {
        let own = class.getattr(intern!(kind.py(), "__dict__"))?;
        let Ok(slots) = own.get_item(intern!(kind.py(), "__slots__")) else { continue };
        match slots.cast_into::<PyString>() {
            Ok(single) => out.push(single),
            Err(several) => collect(&several.into_inner(), out)?,
        }
    }
    Ok(())
}

/// Whether a name is the object's own business: it begins with an underscore and is none of the plan's.
fn is_private(context: &Context<'_, '_>, name: &Bound<'_, PyString>) -> bool {
    match utf8(name) {
        Ok(text) => text.starts_with('_') && context.names.plan.names.find(&text).is_none(),
        Err(_) => true,
    }
}
