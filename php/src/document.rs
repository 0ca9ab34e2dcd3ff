//! Objects that are XML: elements of the DOM, `SimpleXMLElement`, and a `SoapVar` that holds XML.
//!
//! The extensions that have these classes need not be loaded, so everything here goes by name.

use std::borrow::Cow;

use ext_php_rs::ffi;
use ext_php_rs::types::Zval;
use ext_php_rs::zend::ClassEntry;
use wsdlproxy::{Error, Result};

use crate::error::guarded;
use crate::instance::Instance;
use crate::table::Table;
use crate::zend;

/// `XSD_ANYXML` of ext/soap.
const ANY_XML: i64 = 147;
/// `XML_ELEMENT_NODE`.
const ELEMENT: i64 = 1;

/// What an object is to us, by the class of PHP's own that it descends from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Document {
    Node,
    Simple,
    /// `SoapVar`, `SoapHeader` or `SoapParam`.
    Soap,
}

impl Document {
    pub fn of(object: Instance<'_>) -> Option<Self> {
        // SAFETY: an object's class and its ancestors outlive it.
        let mut class: &ClassEntry = unsafe { &*object.class() };
        while let Some(parent) = class.parent() {
            class = parent;
        }
        Some(match class.name()? {
            "DOMNode" | "Dom\\Node" => Self::Node,
            "SimpleXMLElement" => Self::Simple,
            "SoapVar" | "SoapHeader" | "SoapParam" => Self::Soap,
            _ => return None,
        })
    }

    /// The XML of an object, which says all namespaces that are in scope there.
    pub fn xml(self, object: Instance<'_>) -> Result<Cow<'static, str>> {
        match self {
            Self::Node => node(object),
            Self::Simple => simple(object),
            Self::Soap => variable(object),
        }
    }

    /// What to give instead of an object that is never read.
    pub fn instead(self, object: Instance<'_>) -> Option<&'static str> {
        match self {
            Self::Node | Self::Simple => None,
            Self::Soap if is_xml(object) => None,
            Self::Soap if object.class_name() == "SoapHeader" => {
                Some("give ['name' => value] for a header that the WSDL declares, else XML")
            }
            Self::Soap => Some("give the value itself; a record has its type in _type"),
        }
    }
}

/// A `SoapVar` that was made for XML.
fn is_xml(object: Instance<'_>) -> bool {
    object.class_name() == "SoapVar"
        && object.property("enc_type").is_ok_and(|kind| kind.long() == Some(ANY_XML))
}

fn variable(object: Instance<'_>) -> Result<Cow<'static, str>> {
    match Document::Soap.instead(object) {
        Some(instead) => Err(Error::encode(format!("{} is not read here: {instead}", object.class_name()))),
        None => text(&object.property("enc_value")?, "SoapVar"),
    }
}

fn text(value: &Zval, of: &str) -> Result<Cow<'static, str>> {
    match zend::utf8(value) {
        Some(text) => Ok(Cow::Owned(text.to_owned())),
        None => {
            Err(Error::encode(format!("expected XML in UTF-8 from {of}, got {}", zend::type_name(value))))
        }
    }
}

/// The DOM shows which namespaces are in scope, and how an element is written that says them.
fn simple(object: Instance<'_>) -> Result<Cow<'static, str>> {
    const IMPORT: &str = "dom_import_simplexml";
    // What is not there in the document has no name.
    if zend::utf8(&object.call("getname", &mut [])?).is_none_or(str::is_empty) {
        return Err(Error::encode("expected XML, got a SimpleXMLElement without an element"));
    }
    // SAFETY: the engine looks the name up in its table of functions.
    let function = unsafe { zend::zend_fetch_function_str(IMPORT.as_ptr().cast(), IMPORT.len()) };
    if function.is_null() {
        return Err(Error::usage("a SimpleXMLElement can be sent where the extension dom is loaded"));
    }
    let mut arguments = [object.to_value()];
    let found = guarded(|| {
        let mut result = Zval::new();
        // SAFETY: the function lives as long as the request; argument and result are ours.
        unsafe {
            ffi::zend_call_known_function(
                function,
                std::ptr::null_mut(),
                std::ptr::null_mut(),
                &raw mut result,
                1,
                arguments.as_mut_ptr(),
                std::ptr::null_mut(),
            );
        }
        result
    })?;
    match Instance::of(&found) {
        Some(element) => node(element),
        None => Err(Error::encode("expected XML, got a SimpleXMLElement without an element")),
    }
}

/// An element, or that of a document.
fn node(object: Instance<'_>) -> Result<Cow<'static, str>> {
    if object.property("nodeType")?.long() == Some(ELEMENT) {
        let owner = object.property("ownerDocument")?;
        return match Instance::of(&owner) {
            Some(document) => element(document, object),
            None => Err(Error::encode("expected XML, got an element without a document")),
        };
    }
    let root = object.property("documentElement")?;
    match Instance::of(&root) {
        Some(root) => element(object, root),
        None => Err(Error::encode(format!("expected an element, got {}", object.class_name()))),
    }
}

/// As the document writes it, but with the start tag of canonical XML, which says the namespaces in scope; the whole
/// in canonical XML would take a time that grows with the square of its size.
fn element(document: Instance<'_>, element: Instance<'_>) -> Result<Cow<'static, str>> {
    let name = document.class_name();
    let written = document.call("savexml", &mut [element.to_value()])?;
    let written = text(&written, &name)?;
    let mut query = Table::new();
    query.set("query", zend::text(". | ./@* | ./namespace::*"));
    let mut how = [zend::boolean(false), zend::boolean(false), query.finish()];
    let canonical = element.call("c14n", &mut how)?;
    let canonical = text(&canonical, &name)?;
    let (Some(own), Some(full)) = (tag_end(&written), tag_end(&canonical)) else {
        return Err(Error::encode(format!("expected an element, got {name}")));
    };
    let rest = &written[own..];
    Ok(Cow::Owned(format!("{}{rest}", &canonical[..full])))
}

/// Where the attributes of the start tag end that a text begins with.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'/' | b'>') => return Some(at),
            (Some(open), _) if byte == open => quote = None,
            _ => {}
        }
    }
    None
}
