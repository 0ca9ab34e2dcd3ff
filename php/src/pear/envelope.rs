//! The functions that PHP calls to write requests.

use ext_php_rs::prelude::*;
use ext_php_rs::types::{ZendHashTable, Zval};

use super::class::{self, Result};
use super::guard::enter;
use super::qname;
use super::serialize::{Element, Given, Serializer};
use super::soap_value::SoapValue;
use super::zv::{self, Kind, Text};

/// `_serializeValue` of the base class; `given` is its other arguments, in order.
#[php_function]
#[php(name = "wsdlproxy_pear_value")]
pub fn pear_value(this: &Zval, value: &Zval, given: &ZendHashTable) -> Zval {
    enter(|| {
        let Some(this) = zv::object(this) else { return Zval::null() };
        let at = |index: i64| given.get_index(index).map(zv::plain);
        let text = |index: i64| at(index).map_or(Text::EMPTY, zv::string);
        let (name, namespace, kind_namespace, array_type) = (text(0), text(2), text(3), text(6));
        let kind = at(1).filter(|kind| zv::is_true(kind)).map(zv::string);
        let element = Element {
            name: &name,
            kind: kind.as_deref(),
            namespace: &namespace,
            kind_namespace: &kind_namespace,
            options: at(4).and_then(Zval::array),
            attributes: at(5).and_then(Zval::array),
            array_type: &array_type,
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
            Ok(word) => zv::text(&*word),
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
        Serializer::new(this).envelope(headers, encoding, |serializer, out| serializer.body(out, body))
    })
}

/// The same for a call: its body is one element, which holds the parameters.
#[php_function]
#[php(name = "wsdlproxy_pear_call")]
pub fn pear_call(
    this: &Zval,
    method: &Zval,
    namespace: &Zval,
    parameters: &Zval,
    headers: &ZendHashTable,
    encoding: &Zval,
) -> Zval {
    enter(|| {
        let Some(this) = zv::object(this) else { return Zval::null() };
        let full = qname::qualified(&zv::string(method), &zv::string(namespace));
        let (namespace, name) = qname::parts(&full);
        let element = Element { name, namespace, kind: Some(b"Struct"), ..Element::default() };
        Serializer::new(this).envelope(headers, encoding, |serializer, out| {
            serializer.element(out, Given::Value(parameters), element)
        })
    })
}

impl Serializer<'_> {
    /// An envelope; null if something was raised on the way.
    fn envelope(
        mut self,
        headers: &ZendHashTable,
        encoding: &Zval,
        body: impl FnOnce(&mut Self, &mut Vec<u8>) -> Result<()>,
    ) -> Zval {
        let encoding = zv::string(encoding);
        self.any_bytes = &encoding[..] == b"ISO-8859-1";
        // Few requests need more, and those grow.
        let mut content = Vec::with_capacity(1000);
        // Headers come first, also for the prefixes that they need.
        let written = self.list(&mut content, headers).and_then(|()| {
            if !content.is_empty() {
                content.splice(0..0, *b"<SOAP-ENV:Header>\r\n");
                content.extend_from_slice(b"\r\n</SOAP-ENV:Header>\r\n");
            }
            content.extend_from_slice(b"<SOAP-ENV:Body>\r\n");
            body(&mut self, &mut content)
        });
        if written.is_err() {
            return Zval::null();
        }
        let mut out = Vec::with_capacity(content.len() + 512);
        out.extend_from_slice(b"<?xml version=\"1.0\" encoding=\"");
        out.extend_from_slice(&encoding);
        out.extend_from_slice(b"\"?>\r\n\r\n<SOAP-ENV:Envelope ");
        self.declarations(&mut out);
        if self.section5 {
            out.extend_from_slice(b" SOAP-ENV:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"");
        }
        out.extend_from_slice(b">\r\n");
        out.extend_from_slice(&content);
        out.extend_from_slice(b"\r\n</SOAP-ENV:Body>\r\n</SOAP-ENV:Envelope>\r\n");
        zv::text(out)
    }

    fn list(&mut self, out: &mut Vec<u8>, values: &ZendHashTable) -> Result<()> {
        let mut entries = zv::entries(values);
        while let Some((_, value)) = entries.next() {
            self.body(out, value)?;
        }
        Ok(())
    }

    fn body(&mut self, out: &mut Vec<u8>, value: &Zval) -> Result<()> {
        match zv::kind(value) {
            Kind::Object(object) => {
                if let Some(value) = SoapValue::of(object) {
                    return self.soap_value(out, value);
                }
                let serializer = class::reference(self.this.to_value());
                let written = class::call(object, "serialize", &mut [serializer])?;
                out.extend_from_slice(&zv::string(&written));
                Ok(())
            }
            Kind::Array(values) => self.list(out, values),
            _ => {
                out.extend_from_slice(&zv::string(value));
                Ok(())
            }
        }
    }

    /// Every namespace the object has ever used, and the default one.
    fn declarations(&self, out: &mut Vec<u8>) {
        let namespaces = self.namespaces();
        let mut entries = namespaces.array().map(zv::entries);
        while let Some((key, prefix)) = entries.as_mut().and_then(zv::Entries::next) {
            let zv::Key::Name(uri) = key else { continue };
            [b" xmlns:", zv::bytes(prefix), b"=\"", uri, b"\"\r\n"]
                .iter()
                .for_each(|part| out.extend_from_slice(part));
        }
        let default = self.default_namespace();
        if zv::is_true(&default) {
            [&b" xmlns=\""[..], zv::bytes(&default), b"\"\r\n"]
                .iter()
                .for_each(|part| out.extend_from_slice(part));
        }
    }
}

pub fn register(module: ModuleBuilder) -> ModuleBuilder {
    module
        .function(wrap_function!(pear_value))
        .function(wrap_function!(pear_type))
        .function(wrap_function!(pear_flatten))
        .function(wrap_function!(pear_envelope))
        .function(wrap_function!(pear_call))
}
