//! What a Python value is to the encoder: decided once for each value, in one ordered place.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{
    PyBool, PyByteArray, PyBytes, PyCFunction, PyDict, PyFloat, PyInt, PyList, PyMemoryView, PyModule,
    PyString, PyTuple, PyType,
};

use crate::operation::Operation;
use crate::proxy::Proxy;
use crate::source::Context;

/// The classes that the encoder tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    None,
    Bool,
    Int,
    Float,
    Str,
    Bytes,
    Decimal,
    DateTime,
    Date,
    Time,
    TimeDelta,
    /// A scalar whose `str` is its text: a UUID, a path.
    Text,
    /// Anything that can be iterated, a list or tuple above all.
    List,
    Dict,
    Mapping,
    /// Any other object: a record of its attributes.
    Object,
    /// An element of ElementTree or lxml; the value is its XML.
    Xml,
    /// A class, a function, a module, a proxy: no value at all.
    Opaque,
}

/// The class of a value, and the value that stands for it: an enum's value, an iterator's items.
#[inline]
pub fn classify<'py>(
    context: &Context<'_, 'py>,
    value: Bound<'py, PyAny>,
) -> PyResult<(Class, Bound<'py, PyAny>)> {
    let class = if value.is_exact_instance_of::<PyString>() {
        Class::Str
    } else if value.is_exact_instance_of::<PyInt>() {
        Class::Int
    } else if value.is_exact_instance_of::<PyDict>() {
        Class::Dict
    } else if value.is_none() {
        Class::None
    } else if value.is_exact_instance_of::<PyList>() {
        Class::List
    } else if value.is_exact_instance_of::<PyBool>() {
        Class::Bool
    } else if value.is_exact_instance_of::<PyFloat>() {
        Class::Float
    } else {
        return other(context, value);
    };
    Ok((class, value))
}

/// Subclasses of the common types, then the classes of the standard library.
fn other<'py>(context: &Context<'_, 'py>, value: Bound<'py, PyAny>) -> PyResult<(Class, Bound<'py, PyAny>)> {
    let (py, host) = (context.py, context.host);
    let class = if value.is_instance_of::<PyString>() {
        Class::Str
    } else if value.is_instance_of::<PyDict>() {
        Class::Dict
    } else if value.is_instance_of::<PyInt>() {
        Class::Int
    } else if value.is_instance_of::<PyFloat>() {
        Class::Float
    } else if value.is_instance_of::<PyBytes>()
        || value.is_instance_of::<PyByteArray>()
        || value.is_instance_of::<PyMemoryView>()
    {
        Class::Bytes
    } else if value.is_instance_of::<PyTuple>() {
        // A named tuple is an object whose members have names.
        if value.hasattr(intern!(py, "_fields"))? {
            Class::Object
        } else {
            Class::List
        }
    } else if value.is_instance_of::<PyList>() {
        Class::List
    } else if value.is_instance(host.decimal.bind(py)?)? {
        Class::Decimal
    } else if value.is_instance(host.datetime.bind(py)?)? {
        Class::DateTime
    } else if value.is_instance(host.date.bind(py)?)? {
        Class::Date
    } else if value.is_instance(host.time.bind(py)?)? {
        Class::Time
    } else if value.is_instance(host.timedelta.bind(py)?)? {
        Class::TimeDelta
    } else if value.is_instance(host.enumeration.bind(py)?)? {
        let inner = value.getattr(intern!(py, "value"))?;
        // An enum may hold anything but an enum here: that would be a chain of any length.
        let is_enum = inner.is_instance(host.enumeration.bind(py)?)?;
        return if is_enum { Ok((Class::Object, inner)) } else { classify(context, inner) };
    } else if value.is_instance(host.uuid.bind(py)?)? || value.is_instance(host.path_like.bind(py)?)? {
        Class::Text
    } else if value.is_instance(host.mapping.bind(py)?)? {
        Class::Mapping
    } else {
        return foreign(context, value);
    };
    Ok((class, value))
}

/// Classes of other packages, by what they can do.
fn foreign<'py>(
    context: &Context<'_, 'py>,
    value: Bound<'py, PyAny>,
) -> PyResult<(Class, Bound<'py, PyAny>)> {
    let py = context.py;
    let kind = value.get_type();
    if value.is_instance_of::<PyType>()
        || value.is_instance_of::<PyModule>()
        || value.is_instance_of::<PyCFunction>()
        || value.is_instance(context.host.method.bind(py)?)?
        || value.is_instance_of::<Proxy>()
        || value.is_instance_of::<Operation>()
        || kind.name()? == "function"
    {
        return Ok((Class::Opaque, value));
    }
    if kind.is(context.host.namespace.bind(py)?) {
        // What its maker put into it, and nothing else.
        return Ok((Class::Dict, value.getattr(intern!(py, "__dict__"))?));
    }
    if kind.hasattr(intern!(py, "__dataclass_fields__"))? || kind.hasattr(intern!(py, "__attrs_attrs__"))? {
        return Ok((Class::Object, value));
    }
    if kind.hasattr(intern!(py, "__index__"))? {
        // An array of several dimensions has it too, but it fails.
        if let Ok(int) = value.call_method0(intern!(py, "__index__")) {
            return Ok((Class::Int, int));
        }
    }
    if let Some(xml) = element(context, &value)? {
        return Ok((Class::Xml, xml));
    }
    // Before `__float__`, which arrays have as well; scalars of numpy have `__iter__` in none of their classes.
    if kind.hasattr(intern!(py, "__iter__"))? {
        return iterable(context, value);
    }
    if kind.name()?.to_string().starts_with("bool") && kind.hasattr(intern!(py, "__bool__"))? {
        return Ok((Class::Bool, value));
    }
    if kind.hasattr(intern!(py, "__float__"))? {
        return Ok((Class::Float, value));
    }
    Ok((Class::Object, value))
}

/// The XML of an element, or of a tree, of ElementTree or lxml.
fn element<'py>(
    context: &Context<'_, 'py>,
    value: &Bound<'py, PyAny>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let (py, kind) = (context.py, value.get_type());
    let is_likely = kind.hasattr(intern!(py, "iter"))?
        && (kind.hasattr(intern!(py, "attrib"))? || kind.hasattr(intern!(py, "getroot"))?);
    if !is_likely {
        return Ok(None);
    }
    let text = context.host.xml.bind(py)?.call_method1(intern!(py, "text"), (value,))?;
    Ok((!text.is_none()).then_some(text))
}

/// An iterator can be read once, so its items are kept for the rest of the call.
fn iterable<'py>(
    context: &Context<'_, 'py>,
    value: Bound<'py, PyAny>,
) -> PyResult<(Class, Bound<'py, PyAny>)> {
    if !value.get_type().hasattr(intern!(context.py, "__next__"))? {
        return Ok((Class::List, value));
    }
    if let Some((_, items)) = context.iterators.borrow().iter().find(|(seen, _)| seen.is(&value)) {
        return Ok((Class::List, items.clone().into_any()));
    }
    let items = PyList::empty(context.py);
    for item in value.try_iter()? {
        items.append(item?)?;
    }
    context.iterators.borrow_mut().push((value, items.clone()));
    Ok((Class::List, items.into_any()))
}
