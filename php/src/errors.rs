//! The members of the exception classes: public where ext/soap's `SoapFault` has them so, else behind a getter.

use ext_php_rs::builders::FunctionBuilder;
use ext_php_rs::ffi::zend_read_property;
use ext_php_rs::types::Zval;
use wsdlproxy::Result;

use crate::classes::method;
use crate::error::Class;
use crate::frame::Frame;
use crate::handler;
use crate::zend;

/// The public members of a class, and whether they begin as an empty text.
pub fn public(class: Class) -> &'static [(&'static str, bool)] {
    match class {
        Class::Fault => &[
            ("faultcode", true),
            ("faultstring", true),
            ("faultactor", false),
            ("detail", false),
            ("name", false),
            ("subcodes", false),
        ],
        Class::Http => &[("status", false), ("contentType", false), ("body", true)],
        _ => &[],
    }
}

/// The members of a class that are read through a method.
pub fn getters(class: Class) -> Vec<(&'static str, FunctionBuilder<'static>, bool)> {
    match class {
        Class::Wsdl => vec![
            ("document", method("getDocument", handler!(document)), false),
            ("position", method("getPosition", handler!(position)), false),
        ],
        Class::Encode => vec![("path", method("getPath", handler!(path)), true)],
        Class::Decode => vec![
            ("path", method("getPath", handler!(path)), true),
            ("position", method("getPosition", handler!(position)), false),
        ],
        _ => Vec::new(),
    }
}

fn read(frame: &Frame<'_>, name: &str) -> Result<Zval> {
    let object = frame.this()?;
    let mut room = Zval::new();
    // SAFETY: the engine returns a pointer to the property or to `room`, both alive here. The scope is the object's
    // own class, which sees what its ancestors protect.
    let found = unsafe {
        zend_read_property(
            object.class(),
            object.raw(),
            name.as_ptr().cast(),
            name.len(),
            true,
            &raw mut room,
        )
        .as_ref()
    };
    Ok(found.map_or_else(Zval::null, zend::share))
}

fn path(frame: &Frame<'_>) -> Result<Zval> {
    read(frame, "path")
}

fn position(frame: &Frame<'_>) -> Result<Zval> {
    read(frame, "position")
}

fn document(frame: &Frame<'_>) -> Result<Zval> {
    read(frame, "document")
}
