//! PEAR's serialization of PHP values: which element, which type, which text.
//!
//! The bytes are those of the classic library, down to line ends and the order in which prefixes are
//! allocated: children before their parent, then array items, then the element's name, then its type.
//! Methods that a subclass overrides are called; everything else stays here.

use ext_php_rs::types::{ZendHashTable, Zval};

use super::class::{self, Result};
use super::guard::TOO_DEEP;
use super::markup;
use super::qname;
use super::zv::{self, Key, Kind};
use crate::instance::Instance;

const ENCODING: &[u8] = b"http://schemas.xmlsoap.org/soap/encoding/";

/// Deeper values are refused: a reference to itself would never end.
const DEPTH: u32 = 512;

/// A value to be written: one of PHP's, or the properties of an object taken for an array.
#[derive(Clone, Copy)]
pub enum Given<'a> {
    Value(&'a Zval),
    Members(&'a Zval),
}

impl<'a> Given<'a> {
    pub(super) fn kind(self) -> Kind<'a> {
        match self {
            Given::Value(value) => zv::kind(value),
            Given::Members(table) => zv::kind(table),
        }
    }

    /// As a PHP value of its own.
    fn owned(self) -> Zval {
        match self {
            Given::Value(value) => zv::share(value),
            Given::Members(held) => {
                let table = held.array();
                let mut copy = zv::Table::new(table.map_or(0, ZendHashTable::len));
                let mut members = table.map(zv::entries);
                while let Some((key, value)) = members.as_mut().and_then(zv::Entries::next) {
                    copy.set_key(key, zv::share(value));
                }
                copy.finish()
            }
        }
    }
}

/// What is known of an element besides its value.
#[derive(Default)]
pub struct Element {
    pub name: Vec<u8>,
    /// `None` is PHP's `false` or `null`.
    pub kind: Option<Vec<u8>>,
    pub namespace: Vec<u8>,
    pub kind_namespace: Vec<u8>,
    pub options: Option<Zval>,
    pub attributes: Option<Zval>,
    pub array_type: Vec<u8>,
}

impl Element {
    pub fn named(name: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
}

/// What the content of an element turned out to be.
pub(super) struct Content {
    /// Nothing at all, so the element is nil.
    pub is_null: bool,
    /// Attributes about the array, each with its leading blank.
    pub array_type: Vec<u8>,
    pub offset: bool,
}

/// One serializer object at work.
pub struct Serializer<'a> {
    pub(super) this: Instance<'a>,
    pub(super) section5: bool,
    schema: Vec<u8>,
    typemap: Zval,
    wsdl: Option<Zval>,
    overrides_value: bool,
    overrides_type: bool,
    overrides_prefix: bool,
    depth: u32,
}

impl<'a> Serializer<'a> {
    pub fn new(this: Instance<'a>) -> Self {
        let wsdl = class::property(this, "_wsdl");
        Self {
            this,
            section5: zv::is_true(&class::property(this, "_section5")),
            schema: zv::to_text(&class::property(this, "_XMLSchemaVersion")),
            typemap: class::property(this, "_typemap"),
            wsdl: wsdl.is_object().then_some(wsdl),
            overrides_value: class::overrides(this, "_serializevalue", "SOAP_Base"),
            overrides_type: class::overrides(this, "_gettype", "SOAP_Base"),
            overrides_prefix: class::overrides(this, "_getnamespaceprefix", "SOAP_Base"),
            depth: 0,
        }
    }

    /// The base class's own view of the object: what it overrides is not asked.
    pub fn base(this: Instance<'a>) -> Self {
        Self { overrides_value: false, overrides_type: false, overrides_prefix: false, ..Self::new(this) }
    }

    /// A `SOAP_Value`, through its own `serialize` where that, or the serializer's method, is overridden.
    pub fn soap_value(&mut self, out: &mut Vec<u8>, value: Instance<'_>) -> Result<()> {
        if self.overrides_value || class::overrides(value, "serialize", "SOAP_Value") {
            let serializer = class::reference(self.this.to_value());
            let written = class::call(value, "serialize", &mut [serializer])?;
            out.extend_from_slice(&zv::to_text(&written));
            return Ok(());
        }
        let text = |name: &str| zv::to_text(&class::property(value, name));
        let kind = class::property(value, "type");
        let element = Element {
            name: text("name"),
            kind: zv::is_true(&kind).then(|| zv::to_text(&kind)),
            namespace: text("namespace"),
            kind_namespace: text("type_namespace"),
            options: Some(class::property(value, "options")),
            attributes: Some(class::property(value, "attributes")),
            array_type: text("arrayType"),
        };
        let content = class::property(value, "value");
        self.element(out, Given::Value(&content), element)
    }

    /// A value inside another; through PHP if the method is overridden.
    pub(super) fn child(&mut self, out: &mut Vec<u8>, value: Given<'_>, element: Element) -> Result<()> {
        if !self.overrides_value {
            return self.element(out, value, element);
        }
        let kind = element.kind.map_or_else(|| zv::boolean(false), zv::text);
        let namespace = if element.namespace.is_empty() { Zval::null() } else { zv::text(element.namespace) };
        let mut arguments = [class::reference(value.owned()), zv::text(element.name), kind, namespace];
        let written = class::call(self.this, "_serializevalue", &mut arguments)?;
        out.extend_from_slice(&zv::to_text(&written));
        Ok(())
    }

    /// Writes one element: the base class's `_serializeValue`.
    pub fn element(&mut self, out: &mut Vec<u8>, value: Given<'_>, mut element: Element) -> Result<()> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(class::raise(TOO_DEEP));
        }
        if !qname::is_truthy(&element.name) || qname::number(&element.name).is_some() {
            element.name = b"item".to_vec();
        }
        let (mut shape, mut schema_items) = (Vec::new(), SchemaItems::default());
        if self.wsdl.is_some() {
            (shape, schema_items) = self.ask_schema(&element)?;
        }
        if schema_items.kind.is_empty() && qname::is_truthy(&element.array_type) {
            schema_items.kind.clone_from(&element.array_type);
        }
        if shape.is_empty() {
            shape = self.kind_of(value)?;
        }
        let mut kind = element.kind.take().unwrap_or_else(|| shape.clone());
        let start = out.len();
        let is = |word: &str| [&shape, &kind].iter().any(|have| have.eq_ignore_ascii_case(word.as_bytes()));
        let content = if is("Struct") {
            self.members(out, value, &element)?
        } else if is("Array") {
            element.kind_namespace = ENCODING.to_vec();
            kind = b"Array".to_vec();
            self.array(out, value, &element, schema_items)?
        } else {
            self.leaf(out, value, &kind)?
        };
        self.wrap(out, start, &element, &kind, &content)?;
        self.keep_attachment(&element);
        self.depth -= 1;
        Ok(())
    }

    /// What the WSDL says: the shape, and the type of items.
    fn ask_schema(&self, element: &Element) -> Result<(Vec<u8>, SchemaItems)> {
        let Some(wsdl) = self.wsdl.as_ref().and_then(Instance::of) else { return Ok(Default::default()) };
        let kind = element.kind.as_ref().map_or_else(|| zv::boolean(false), zv::text);
        let mut arguments = [kind, zv::text(&element.name), zv::text(&element.kind_namespace)];
        let answer = class::call(wsdl, "getschematype", &mut arguments)?;
        let Some(list) = answer.array() else { return Ok(Default::default()) };
        let at = |index: i64| list.get_index(index).map(zv::to_text).unwrap_or_default();
        let depth = list.get_index(3).and_then(Zval::long).unwrap_or(0);
        Ok((at(0), SchemaItems { kind: at(1), namespace: at(2), depth: depth.clamp(0, 64) as usize }))
    }

    /// PEAR's word for the type of a value.
    pub fn kind_of(&self, value: Given<'_>) -> Result<Vec<u8>> {
        if self.overrides_type {
            let answer = class::call(self.this, "_gettype", &mut [class::reference(value.owned())])?;
            return Ok(zv::to_text(&answer));
        }
        Ok(match value.kind() {
            Kind::Null => b"NULL".to_vec(),
            Kind::Bool(_) => b"boolean".to_vec(),
            Kind::Long => b"int".to_vec(),
            Kind::Double => b"float".to_vec(),
            Kind::Text(_) => b"string".to_vec(),
            Kind::Array(table) if self.is_hash(table)? => b"Struct".to_vec(),
            Kind::Array(_) => b"Array".to_vec(),
            Kind::Object(object) if class::is_a(object, "SOAP_Value") => {
                zv::to_text(&class::property(object, "type"))
            }
            Kind::Object(_) => b"Struct".to_vec(),
            Kind::Other => b"resource".to_vec(),
        })
    }

    /// Whether a string key occurs among the first entries; PEAR gives up after eleven integer keys, and
    /// says so in the property `fault`.
    fn is_hash(&self, table: &ZendHashTable) -> Result<bool> {
        let mut entries = zv::entries(table);
        let mut seen = 0;
        while let Some((key, _)) = entries.next() {
            if matches!(key, Key::Name(_)) {
                return Ok(true);
            }
            if seen > 10 {
                let message = zv::text("Large associative array passed where a SOAP_Value was expected");
                class::call(self.this, "_raisesoapfault", &mut [message])?;
                return Ok(false);
            }
            seen += 1;
        }
        Ok(false)
    }

    fn members(&mut self, out: &mut Vec<u8>, value: Given<'_>, element: &Element) -> Result<Content> {
        let held = match value.kind() {
            Kind::Object(object) => Some(zv::properties(object)),
            _ => None,
        };
        let table = match value.kind() {
            Kind::Array(table) => Some(table),
            _ => held.as_ref().and_then(Zval::array),
        };
        let mut is_null = true;
        let mut entries = table.map(zv::entries);
        while let Some((key, member)) = entries.as_mut().and_then(zv::Entries::next) {
            let name = match key {
                Key::Name(name) if name.first() == Some(&b'_') => continue,
                Key::Name(name) => name.to_vec(),
                Key::Index(_) => Vec::new(),
            };
            is_null = false;
            let namespace = if self.section5 { Vec::new() } else { element.namespace.clone() };
            let child = Element { namespace, ..Element::named(name) };
            match zv::kind(member) {
                Kind::Object(object) if class::is_a(object, "SOAP_Value") => self.soap_value(out, object)?,
                // An object becomes an array first, so that one without members is an empty list.
                Kind::Object(object) => self.child(out, Given::Members(&zv::properties(object)), child)?,
                _ => self.child(out, Given::Value(member), child)?,
            }
        }
        Ok(Content { is_null, array_type: Vec::new(), offset: false })
    }

    fn leaf(&mut self, out: &mut Vec<u8>, value: Given<'_>, kind: &[u8]) -> Result<Content> {
        let written = Content { is_null: false, array_type: Vec::new(), offset: false };
        let Given::Value(value) = value else { return Ok(written) };
        if let Kind::Object(object) = zv::kind(value) {
            if class::is_a(object, "SOAP_Value") {
                self.soap_value(out, object)?;
                return Ok(written);
            }
        }
        match kind {
            b"string" => markup::escape(out, &zv::to_text(value)),
            b"boolean" => out.extend_from_slice(if zv::is_true(value) { b"true" } else { b"false" }),
            _ if matches!(zv::kind(value), Kind::Null) => return Ok(Content { is_null: true, ..written }),
            _ => out.extend_from_slice(&zv::to_text(value)),
        }
        class::check()?;
        Ok(written)
    }

    /// The prefix of a namespace, allocated if it has none.
    pub(super) fn prefix(&self, namespace: &[u8]) -> Result<Vec<u8>> {
        if self.overrides_prefix {
            let answer = class::call(self.this, "_getnamespaceprefix", &mut [zv::text(namespace)])?;
            return Ok(zv::to_text(&answer));
        }
        Ok(markup::prefix(self.this, namespace))
    }

    /// Whether the schema version in use has a simple type of this name.
    pub(super) fn is_schema_type(&self, name: &[u8]) -> bool {
        let version = self.typemap.array().and_then(|maps| zv::entry(maps, &self.schema));
        version.and_then(Zval::array).is_some_and(|types| zv::entry(types, name).is_some())
    }

    /// The prefix of the schema version in use.
    pub(super) fn schema_prefix(&self) -> Vec<u8> {
        let prefixes = class::property(self.this, "_namespaces");
        let found = prefixes.array().and_then(|table| zv::entry(table, &self.schema));
        found.map(zv::to_text).unwrap_or_default()
    }

    fn keep_attachment(&self, element: &Element) {
        let attachment = element
            .options
            .as_ref()
            .and_then(Zval::array)
            .and_then(|options| zv::entry(options, b"attachment"));
        let Some(attachment) = attachment.filter(|attachment| attachment.is_array()) else { return };
        let mut list = zv::Table::new(1);
        let kept = class::property(self.this, "_attachments");
        if let Some(kept) = kept.array() {
            let mut entries = zv::entries(kept);
            while let Some((_, value)) = entries.next() {
                list.push(zv::share(value));
            }
        }
        list.push(zv::share(attachment));
        class::set_property(self.this, "_attachments", list.finish());
    }
}

/// What the schema says of the items of an array.
#[derive(Default)]
pub(super) struct SchemaItems {
    pub kind: Vec<u8>,
    pub namespace: Vec<u8>,
    /// Arrays of arrays: how many brackets follow the type.
    pub depth: usize,
}
