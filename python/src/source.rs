//! Reads Python values while a request is written.
//!
//! A value is classified once, common types first. What runs user code (properties, mappings, iterators) may
//! raise; the exception reaches the caller unchanged.

use std::borrow::Cow;
use std::cell::RefCell;

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyDict, PyInt, PyList, PyMapping, PyString, PyTuple};
use wsdlproxy::scalar::{Builtin, Scalar};
use wsdlproxy::seam::Kind;
use wsdlproxy::{Error, Key, Result, Source};

use crate::class::{classify, Class};
use crate::error::host_error;
use crate::host::Host;
use crate::names::Names;
use crate::object;
use crate::temporal;
use crate::text::utf8;

/// What the values of one call share.
pub struct Context<'a, 'py> {
    pub py: Python<'py>,
    pub names: &'a Names,
    pub host: &'a Host,
    /// Iterators that were read, each with its items: a second look must see the same.
    pub iterators: RefCell<Vec<(Bound<'py, PyAny>, Bound<'py, PyList>)>>,
}

impl<'a, 'py> Context<'a, 'py> {
    pub fn new(py: Python<'py>, names: &'a Names, host: &'a Host) -> Self {
        Self { py, names, host, iterators: RefCell::default() }
    }

    /// Wraps a value.
    pub fn source(&'a self, value: Bound<'py, PyAny>) -> Result<PySource<'a, 'py>> {
        let (class, value) = classify(self, value).map_err(host_error)?;
        Ok(PySource { value, class, context: self })
    }
}

/// A value with its class.
#[derive(Clone)]
pub struct PySource<'a, 'py> {
    value: Bound<'py, PyAny>,
    class: Class,
    context: &'a Context<'a, 'py>,
}

/// Characters of a value that an error shows.
const SHOWN: usize = 40;
/// Digits that a decimal may need without its exponent.
const DIGITS: i64 = 100_000;

impl<'py> PySource<'_, 'py> {
    fn decimal(&self) -> PyResult<Scalar<'static>> {
        let value = &self.value;
        let py = self.context.py;
        if !value.call_method0(intern!(py, "is_finite"))?.is_truthy()? {
            return Ok(Scalar::Double(value.extract()?));
        }
        let exponent: i64 = value.call_method0(intern!(py, "adjusted"))?.extract()?;
        if exponent.abs() > DIGITS {
            return Ok(Scalar::Str(Cow::Owned(value.str()?.to_string())));
        }
        let text = value.call_method1(intern!(py, "__format__"), (intern!(py, "f"),))?;
        Ok(Scalar::Decimal(Cow::Owned(text.extract()?)))
    }

    fn integer(&self) -> PyResult<Scalar<'static>> {
        if let Ok(small) = self.value.extract::<i64>() {
            return Ok(Scalar::Int(small));
        }
        // Subclasses such as IntEnum print as something else.
        let py = self.context.py;
        let plain = self.value.call_method0(intern!(py, "__index__"))?;
        let digits = py.get_type::<PyInt>().getattr(intern!(py, "__repr__"))?.call1((plain,))?;
        Ok(Scalar::BigInt(Cow::Owned(digits.extract()?)))
    }

    fn bytes(&self) -> PyResult<Cow<'_, [u8]>> {
        if let Ok(bytes) = self.value.cast::<PyBytes>() {
            return Ok(Cow::Borrowed(bytes.as_bytes()));
        }
        if let Ok(bytes) = self.value.cast::<PyByteArray>() {
            return Ok(Cow::Owned(bytes.to_vec()));
        }
        let bytes = self.value.call_method0(intern!(self.context.py, "tobytes"))?;
        Ok(Cow::Owned(bytes.extract::<Vec<u8>>()?))
    }

    fn read(&self) -> PyResult<Result<Scalar<'_>>> {
        Ok(Ok(match self.class {
            Class::Str => match self.value.cast::<PyString>() {
                Ok(text) => match utf8(text) {
                    Ok(text) => Scalar::Str(text),
                    Err(_) => {
                        return Ok(Err(Error::encode("the text has a lone surrogate, which is no character")))
                    }
                },
                Err(error) => return Err(error.into()),
            },
            Class::Bool => Scalar::Bool(self.value.is_truthy()?),
            Class::Int => self.integer()?,
            Class::Float => Scalar::Double(self.value.extract()?),
            Class::Decimal => self.decimal()?,
            Class::Bytes => Scalar::Bytes(self.bytes()?),
            Class::DateTime => return Ok(temporal::from_datetime(&self.value)),
            Class::Date => return Ok(temporal::from_date(&self.value)),
            Class::Time => return Ok(temporal::from_time(&self.value)),
            Class::TimeDelta => return Ok(temporal::from_timedelta(&self.value)),
            Class::Text => Scalar::Str(Cow::Owned(self.value.str()?.to_string())),
            Class::None
            | Class::List
            | Class::Dict
            | Class::Mapping
            | Class::Object
            | Class::Xml
            | Class::Opaque => {
                return Ok(Err(Error::encode(format!("expected a scalar, got {}", self.describe()))));
            }
        }))
    }

    fn member(&self, key: Key<'_>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let name = self.context.names.key(self.context.py, key);
        match self.class {
            Class::Dict => match self.value.cast::<PyDict>() {
                Ok(dict) => dict.get_item(name),
                Err(error) => Err(error.into()),
            },
            Class::Mapping => {
                let mapping = self.value.cast::<PyMapping>()?;
                if mapping.contains(&name)? {
                    mapping.get_item(&name).map(Some)
                } else {
                    Ok(None)
                }
            }
            Class::Object => object::member(self.context, &self.value, &name),
            _ => Ok(None),
        }
    }

    fn items(&self, f: &mut dyn FnMut(Self) -> Result<()>) -> Result<()> {
        if let Ok(list) = self.value.cast::<PyList>() {
            return list.iter().try_for_each(|item| f(self.context.source(item)?));
        }
        if let Ok(tuple) = self.value.cast::<PyTuple>() {
            return tuple.iter().try_for_each(|item| f(self.context.source(item)?));
        }
        for item in self.value.try_iter().map_err(host_error)? {
            f(self.context.source(item.map_err(host_error)?)?)?;
        }
        Ok(())
    }

    fn entry(
        &self,
        name: &Bound<'py, PyAny>,
        value: Bound<'py, PyAny>,
        f: &mut dyn FnMut(&str, Self) -> Result<()>,
    ) -> Result<()> {
        let source = self.context.source(value)?;
        match name.cast::<PyString>() {
            Ok(text) => {
                let text = utf8(text).map_err(|_| Error::encode("a member's name has a lone surrogate"))?;
                f(&text, source)
            }
            // Keys of maps may be anything that prints.
            Err(_) => f(&name.str().map_err(host_error)?.to_string(), source),
        }
    }
}

impl Source for PySource<'_, '_> {
    #[inline]
    fn kind(&self) -> Kind {
        match self.class {
            Class::None => Kind::Null,
            Class::List => Kind::List,
            Class::Dict | Class::Mapping | Class::Object => Kind::Record,
            _ => Kind::Scalar,
        }
    }

    fn describe(&self) -> String {
        let name = self.value.get_type().name().map(|name| name.to_string()).unwrap_or_default();
        let shown = match self.class {
            Class::None => return "None".to_owned(),
            Class::Str => self.value.extract::<String>().map(|text| format!("{:?}", shortened(&text))).ok(),
            Class::Bool | Class::Int | Class::Float | Class::Decimal | Class::Text => {
                self.value.str().ok().map(|text| shortened(&text.to_string()))
            }
            Class::DateTime | Class::Date | Class::Time | Class::TimeDelta => {
                self.value.str().ok().map(|text| text.to_string())
            }
            Class::Xml => return "XML".to_owned(),
            Class::Bytes | Class::List | Class::Dict | Class::Mapping | Class::Object | Class::Opaque => None,
        };
        shown.map_or_else(|| name.clone(), |shown| format!("{name} {shown}"))
    }

    #[inline]
    fn scalar(&self, want: Builtin) -> Result<Scalar<'_>> {
        if matches!(self.class, Class::Opaque | Class::Xml) {
            // Where any type will do, it is the value that is wrong.
            let wanted = match want {
                Builtin::AnySimpleType => "a value".to_owned(),
                _ => format!("xsd:{}", want.name()),
            };
            return Err(Error::encode(format!("expected {wanted}, got {}", self.describe())));
        }
        self.read().map_err(host_error)?
    }

    #[inline]
    fn field(&self, key: Key<'_>) -> Result<Option<Self>> {
        self.member(key).map_err(host_error)?.map(|value| self.context.source(value)).transpose()
    }

    fn size(&self) -> Option<usize> {
        match self.class {
            Class::Dict | Class::Mapping => self.value.len().ok(),
            _ => None,
        }
    }

    fn each(&self, f: &mut dyn FnMut(Self) -> Result<()>) -> Result<()> {
        match self.class {
            Class::List => self.items(f),
            _ => Ok(()),
        }
    }

    fn entries(&self, f: &mut dyn FnMut(&str, Self) -> Result<()>) -> Result<()> {
        match self.class {
            Class::Dict => {
                let dict = self.value.cast::<PyDict>().map_err(|error| host_error(error.into()))?;
                dict.iter().try_for_each(|(name, value)| self.entry(&name, value, f))
            }
            Class::Mapping => {
                for name in self.value.try_iter().map_err(host_error)? {
                    let name = name.map_err(host_error)?;
                    let value = self.value.get_item(&name).map_err(host_error)?;
                    self.entry(&name, value, f)?;
                }
                Ok(())
            }
            Class::Object => {
                let members = object::members(self.context, &self.value).map_err(host_error)?;
                members.into_iter().try_for_each(|(name, value)| self.entry(&name.into_any(), value, f))
            }
            _ => Ok(()),
        }
    }

    fn names(&self, f: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        if self.class != Class::Object {
            return self.entries(&mut |name, value| {
                if value.class == Class::None {
                    Ok(())
                } else {
                    f(name)
                }
            });
        }
        // Not as sources: what is no member is not looked into.
        for (name, value) in object::members(self.context, &self.value).map_err(host_error)? {
            if !value.is_none() {
                f(&utf8(&name).map_err(host_error)?)?;
            }
        }
        Ok(())
    }

    fn may_be_empty(&self) -> bool {
        self.class != Class::Object || object::may_be_empty(self.context, &self.value).unwrap_or(true)
    }

    fn xml(&self) -> Result<Option<Cow<'_, str>>> {
        match self.class {
            Class::Xml => {
                let text = self.value.cast::<PyString>().map_err(|error| host_error(error.into()))?;
                utf8(text).map(Some).map_err(host_error)
            }
            _ => Ok(None),
        }
    }

    fn identity(&self) -> Option<usize> {
        Some(self.value.as_ptr() as usize)
    }
}

/// The first characters, and whether there were more.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
