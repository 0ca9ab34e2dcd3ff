//! The functions that PHP calls to write requests.

use ext_php_rs::prelude::*;
use ext_php_rs::types::{ZendHashTable, Zval};

use super::class::{self, Result};
use super::guard::enter;
use super::serialize::{Element, Given, Serializer};
use super::zv::{self, Kind};

/// `_serializeValue` of the base class; `given` is its other arguments, in order.
#[php_function]
#[php(name = "wsdlproxy_pear_value")]
pub fn pear_value(this: &Zval, value: &Zval, given: &ZendHashTable) -> Zval {
    enter(|| {
        let Some(this) = zv::object(this) else { return Zval::null() };
        let at = |index: i64| given.get_index(index).map(zv::plain);
        let text = |index: i64| at(index).map(zv::to_text).unwrap_or_default();
        let element = Element {
            name: text(0),
            kind: at(1).filter(|kind| zv::is_true(kind)).map(zv::to_text),
            namespace: text(2),
            kind_namespace: text(3),
            options: at(4).map(zv::share),
            attributes: at(5).map(zv::share),
            array_type: text(6),
        };
        let mut out = Vec::new();
        match Serializer::new(this).element(&mut out, Given::Value(value), element) {
            Ok(()) => zv::text(out),
            Err(class::Raised) => Zval::null(),
        }
    })
}

/// `_getType` of the base class: a word, or the type of a `SOAP_Value` as it is.
#[php_function]
#[php(name = "wsdlproxy_pear_type")]
pub fn pear_type(this: &Zval, value: &Zval) -> Zval {
    enter(|| {
        if let Kind::Object(object) = zv::kind(value) {
            if class::is_a(object, "SOAP_Value") {
                return class::property(object, "type");
            }
        }
        let Some(this) = zv::object(this) else { return Zval::null() };
        match Serializer::base(this).kind_of(Given::Value(value)) {
            Ok(word) => zv::text(word),
            Err(class::Raised) => Zval::null(),
        }
    })
}

/// `_multiArrayType` of the base class: type, sizes and items of one value.
#[php_function]
#[php(name = "wsdlproxy_pear_flatten")]
pub fn pear_flatten(this: &Zval, value: &Zval, kind: &Zval, size: &Zval) -> Zval {
    enter(|| {
        let Some(this) = zv::object(this) else { return Zval::null() };
        let mut out = Vec::new();
        let mut kind = zv::to_text(kind);
        let mut size = zv::is_true(size).then(|| String::from_utf8_lossy(&zv::to_text(size)).into_owned());
        if Serializer::new(this).flatten(&mut out, value, &mut kind, &mut size, 0).is_err() {
            return Zval::null();
        }
        let mut result = zv::Table::new(3);
        result.push(zv::text(kind));
        result.push(size.map_or_else(Zval::null, |size| match size.parse() {
            Ok(count) => crate::zend::long(count),
            Err(_) => zv::text(size),
        }));
        result.push(zv::text(out));
        result.finish()
    })
}

/// `makeEnvelope` of the base class: `body` is a `SOAP_Value`, a list of them, or text that goes in as it is.
#[php_function]
#[php(name = "wsdlproxy_pear_envelope")]
pub fn pear_envelope(this: &Zval, body: &Zval, headers: &ZendHashTable, encoding: &Zval) -> Zval {
    enter(|| {
        let Some(this) = zv::object(this) else { return Zval::null() };
        let mut serializer = Serializer::new(this);
        let mut content = Vec::new();
        // Headers come first, also for the prefixes that they need.
        let written = serializer.list(&mut content, headers).and_then(|()| {
            if !content.is_empty() {
                content.splice(0..0, *b"<SOAP-ENV:Header>\r\n");
                content.extend_from_slice(b"\r\n</SOAP-ENV:Header>\r\n");
            }
            content.extend_from_slice(b"<SOAP-ENV:Body>\r\n");
            serializer.body(&mut content, body)
        });
        if written.is_err() {
            return Zval::null();
        }
        let mut out = Vec::with_capacity(content.len() + 512);
        out.extend_from_slice(b"<?xml version=\"1.0\" encoding=\"");
        out.extend_from_slice(zv::bytes(encoding));
        out.extend_from_slice(b"\"?>\r\n\r\n<SOAP-ENV:Envelope ");
        serializer.declarations(&mut out);
        if serializer.section5 {
            out.extend_from_slice(b" SOAP-ENV:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"");
        }
        out.extend_from_slice(b">\r\n");
        out.extend_from_slice(&content);
        out.extend_from_slice(b"\r\n</SOAP-ENV:Body>\r\n</SOAP-ENV:Envelope>\r\n");
        zv::text(out)
    })
}

impl Serializer<'_> {
    fn list(&mut self, out: &mut Vec<u8>, values: &ZendHashTable) -> Result<()> {
        let mut entries = zv::entries(values);
        while let Some((_, value)) = entries.next() {
            self.body(out, value)?;
        }
        Ok(())
    }

    fn body(&mut self, out: &mut Vec<u8>, value: &Zval) -> Result<()> {
        match zv::kind(value) {
            Kind::Object(object) if class::is_a(object, "SOAP_Value") => self.soap_value(out, object),
            Kind::Object(object) => {
                let serializer = class::reference(self.this.to_value());
                let written = class::call(object, "serialize", &mut [serializer])?;
                out.extend_from_slice(&zv::to_text(&written));
                Ok(())
            }
            Kind::Array(values) => self.list(out, values),
            _ => {
                out.extend_from_slice(&zv::to_text(value));
                Ok(())
            }
        }
    }

    /// Every namespace the object has ever used, and the default one.
    fn declarations(&self, out: &mut Vec<u8>) {
        let namespaces = class::property(self.this, "_namespaces");
        let mut entries = namespaces.array().map(zv::entries);
        while let Some((key, prefix)) = entries.as_mut().and_then(zv::Entries::next) {
            let zv::Key::Name(uri) = key else { continue };
            out.extend_from_slice(&[b" xmlns:", zv::bytes(prefix), b"=\"", uri, b"\"\r\n"].concat());
        }
        let default = class::property(self.this, "_namespace");
        if zv::is_true(&default) {
            out.extend_from_slice(&[b" xmlns=\"", zv::bytes(&default), b"\"\r\n"].concat());
        }
    }
}

pub fn register(module: ModuleBuilder) -> ModuleBuilder {
    module
        .function(wrap_function!(pear_value))
        .function(wrap_function!(pear_type))
        .function(wrap_function!(pear_flatten))
        .function(wrap_function!(pear_envelope))
}
