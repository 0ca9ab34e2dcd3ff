//! The members of the exception classes: public where ext/soap's `SoapFault` has them so, else behind a getter.

use ext_php_rs::builders::FunctionBuilder;
use ext_php_rs::types::Zval;
use wsdlproxy::Result;

use crate::classes::method;
use crate::error::Class;
use crate::frame::Frame;
use crate::handler;

/// What a member is before anything is known of it.
#[derive(Debug, Clone, Copy)]
pub enum Initial {
    Text,
    Null,
    True,
}

/// The public members of a class.
pub fn public(class: Class) -> &'static [(&'static str, Initial)] {
    use Initial::{Null, Text, True};
    match class {
        Class::Fault => &[
            ("faultcode", Text),
            ("faultstring", Text),
            ("faultactor", Null),
            ("detail", Null),
            ("name", Null),
            ("subcodes", Null),
        ],
        Class::Transport => &[("sent", True)],
        Class::Http => &[("status", Null), ("contentType", Null), ("body", Text)],
        _ => &[],
    }
}

/// The members of a class that are read through a method.
pub fn getters(class: Class) -> Vec<(&'static str, FunctionBuilder<'static>, Initial)> {
    use Initial::{Null, Text};
    match class {
        Class::Wsdl => vec![
            ("document", method("getDocument", handler!(document)), Null),
            ("position", method("getPosition", handler!(position)), Null),
        ],
        Class::Encode => vec![("path", method("getPath", handler!(path)), Text)],
        Class::Decode => vec![
            ("path", method("getPath", handler!(path)), Text),
            ("position", method("getPosition", handler!(position)), Null),
        ],
        _ => Vec::new(),
    }
}

fn read(frame: &Frame<'_>, name: &str) -> Result<Zval> {
    frame.this()?.property(name)
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
