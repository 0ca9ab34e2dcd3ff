//! PEAR's serialization of PHP values: which element, which type, which text.
//!
//! The bytes are those of the classic library, down to line ends and the order in which prefixes are
//! allocated: children before their parent, then array items, then the element's name, then its type.
//! Methods that a subclass overrides are called; everything else stays here.

use ext_php_rs::types::{ZendHashTable, Zval};

use super::class::{self, Result};
use super::guard::TOO_DEEP;
use super::layout::{Layout, Parts};
use super::markup;
use super::qname;
use super::soap_value::SoapValue;
use super::zv::{self, Key, Kind, Text};
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

/// What is known of an element besides its value; empty is what is not known.
#[derive(Clone, Copy, Default)]
pub struct Element<'e> {
    pub name: &'e [u8],
    /// `None` is PHP's `false` or `null`.
    pub kind: Option<&'e [u8]>,
    pub namespace: &'e [u8],
    pub kind_namespace: &'e [u8],
    pub options: Option<&'e ZendHashTable>,
    pub attributes: Option<&'e ZendHashTable>,
    pub array_type: &'e [u8],
}

/// What the content of an element turned out to be.
#[derive(Default)]
pub(super) struct Content {
    /// Nothing at all, so the element is nil.
    pub is_null: bool,
    /// Attributes about the array, each with its leading blank.
    pub array_type: Vec<u8>,
    pub offset: bool,
}

/// What is read of an object that serializes; the constants are places in it.
static WRITER: Parts = Parts {
    base: "SOAP_Base",
    properties: &["_namespace", "_namespaces", "_section5", "_XMLSchemaVersion", "_typemap", "_wsdl"],
    methods: &["_serializevalue", "_gettype", "_getnamespaceprefix"],
};
pub(super) const NAMESPACE: usize = 0;
pub(super) const NAMESPACES: usize = 1;
const SECTION5: usize = 2;
const SCHEMA: usize = 3;
const TYPEMAP: usize = 4;
const WSDL: usize = 5;

/// One serializer object at work.
pub struct Serializer<'a> {
    pub(super) this: Instance<'a>,
    pub(super) section5: bool,
    pub(super) class: Layout,
    pub(super) schema: Text,
    /// The simple types of the schema version in use.
    pub(super) types: Option<Zval>,
    wsdl: Option<Zval>,
    /// The message declares an encoding in which all bytes are characters.
    pub(super) any_bytes: bool,
    overrides_value: bool,
    overrides_type: bool,
    pub(super) overrides_prefix: bool,
    depth: u32,
    /// Namespaces in which the prefix of the schema version was looked up, and what it was.
    pub(super) seen: (Zval, Text),
    /// Room for the start tag that is put before what was written already.
    pub(super) room: Vec<u8>,
}

impl<'a> Serializer<'a> {
    pub fn new(this: Instance<'a>) -> Self {
        let class = Layout::of(this, &WRITER);
        let schema = zv::string(&class.property(this, SCHEMA));
        let typemap = class.property(this, TYPEMAP);
        let types = typemap.array().and_then(|maps| zv::entry(maps, &schema)).map(zv::share);
        Self {
            this,
            section5: zv::is_true(&class.property(this, SECTION5)),
            class,
            schema,
            types,
            wsdl: Some(class.property(this, WSDL)).filter(Zval::is_object),
            any_bytes: false,
            overrides_value: class.overrides(0),
            overrides_type: class.overrides(1),
            overrides_prefix: class.overrides(2),
            depth: 0,
            seen: (Zval::null(), Text::EMPTY),
            room: Vec::new(),
        }
    }

    /// The base class's own view of the object: what it overrides is not asked.
    pub fn base(this: Instance<'a>) -> Self {
        Self { overrides_value: false, overrides_type: false, overrides_prefix: false, ..Self::new(this) }
    }

    /// A `SOAP_Value`, through its own `serialize` where that, or the serializer's method, is overridden.
    pub(super) fn soap_value(&mut self, out: &mut Vec<u8>, value: SoapValue<'_>) -> Result<()> {
        if self.overrides_value || value.serializes_itself() {
            let serializer = class::reference(self.this.to_value());
            let written = class::call(value.object, "serialize", &mut [serializer])?;
            out.extend_from_slice(&zv::string(&written));
            return Ok(());
        }
        let held = value.read();
        self.element(out, Given::Value(&held.content), held.element())
    }

    /// A value inside another; through PHP if the method is overridden.
    pub(super) fn child(&mut self, out: &mut Vec<u8>, value: Given<'_>, element: Element<'_>) -> Result<()> {
        if !self.overrides_value {
            return self.element(out, value, element);
        }
        let kind = element.kind.map_or_else(|| zv::boolean(false), zv::text);
        let namespace = if element.namespace.is_empty() { Zval::null() } else { zv::text(element.namespace) };
        let mut arguments = [class::reference(value.owned()), zv::text(element.name), kind, namespace];
        let written = class::call(self.this, "_serializevalue", &mut arguments)?;
        out.extend_from_slice(&zv::string(&written));
        Ok(())
    }

    /// Writes one element: the base class's `_serializeValue`.
    pub fn element(&mut self, out: &mut Vec<u8>, value: Given<'_>, mut element: Element<'_>) -> Result<()> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(class::raise(TOO_DEEP));
        }
        if !qname::is_truthy(element.name) || qname::number(element.name).is_some() {
            element.name = b"item";
        }
        let (mut shape, mut schema_items) = (Text::EMPTY, SchemaItems::default());
        if self.wsdl.is_some() {
            (shape, schema_items) = self.ask_schema(&element)?;
        }
        if schema_items.kind.is_empty() && qname::is_truthy(element.array_type) {
            schema_items.kind = element.array_type.to_vec();
        }
        if shape.is_empty() {
            shape = self.kind_of(value)?;
        }
        let kind = element.kind.unwrap_or(&shape);
        let is = |word: &[u8]| shape.eq_ignore_ascii_case(word) || kind.eq_ignore_ascii_case(word);
        let start = out.len();
        if is(b"Struct") {
            let content = self.members(out, value, &element)?;
            self.wrap(out, start, &element, kind, &content)?;
        } else if is(b"Array") {
            element.kind_namespace = ENCODING;
            let content = self.array(out, value, &element, schema_items)?;
            self.wrap(out, start, &element, b"Array", &content)?;
        } else {
            self.leaf(out, value, &element, kind)?;
        }
        self.keep_attachment(&element);
        self.depth -= 1;
        Ok(())
    }

    /// What the WSDL says: the shape, and the type of items.
    fn ask_schema(&self, element: &Element<'_>) -> Result<(Text, SchemaItems)> {
        let nothing = (Text::EMPTY, SchemaItems::default());
        let Some(wsdl) = self.wsdl.as_ref().and_then(Instance::of) else { return Ok(nothing) };
        let kind = element.kind.map_or_else(|| zv::boolean(false), zv::text);
        let mut arguments = [kind, zv::text(element.name), zv::text(element.kind_namespace)];
        let answer = class::call(wsdl, "getschematype", &mut arguments)?;
        let Some(list) = answer.array() else { return Ok(nothing) };
        let at = |index: i64| list.get_index(index).map(zv::to_text).unwrap_or_default();
        let depth = list.get_index(3).and_then(Zval::long).unwrap_or(0);
        Ok((
            list.get_index(0).map_or(Text::EMPTY, zv::string),
            SchemaItems { kind: at(1), namespace: at(2), depth: depth.clamp(0, 64) as usize },
        ))
    }

    /// PEAR's word for the type of a value.
    pub fn kind_of(&self, value: Given<'_>) -> Result<Text> {
        if self.overrides_type {
            let answer = class::call(self.this, "_gettype", &mut [class::reference(value.owned())])?;
            return Ok(zv::string(&answer));
        }
        Ok(Text::Word(match value.kind() {
            Kind::Null => b"NULL",
            Kind::Bool(_) => b"boolean",
            Kind::Long => b"int",
            Kind::Double => b"float",
            Kind::Text(_) => b"string",
            Kind::Array(table) if self.is_hash(table)? => b"Struct",
            Kind::Array(_) => b"Array",
            Kind::Object(object) => match SoapValue::of(object) {
                Some(value) => return Ok(value.kind()),
                None => b"Struct",
            },
            Kind::Other => b"resource",
        }))
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

    fn members(&mut self, out: &mut Vec<u8>, value: Given<'_>, element: &Element<'_>) -> Result<Content> {
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
                Key::Name([b'_', ..]) => continue,
                Key::Name(name) => name,
                Key::Index(_) => b"",
            };
            is_null = false;
            let namespace = if self.section5 { b"" } else { element.namespace };
            let child = Element { name, namespace, ..Element::default() };
            match zv::kind(member) {
                Kind::Object(object) => match SoapValue::of(object) {
                    Some(value) => self.soap_value(out, value)?,
                    // An object becomes an array first, so that one without members is an empty list.
                    None => self.child(out, Given::Members(&zv::properties(object)), child)?,
                },
                _ => self.child(out, Given::Value(member), child)?,
            }
        }
        Ok(Content { is_null, ..Content::default() })
    }

    fn leaf(
        &mut self,
        out: &mut Vec<u8>,
        value: Given<'_>,
        element: &Element<'_>,
        kind: &[u8],
    ) -> Result<()> {
        let start = out.len();
        let Given::Value(value) = value else {
            return self.wrap(out, start, element, kind, &Content::default());
        };
        if let Kind::Object(object) = zv::kind(value) {
            // What is in it takes its prefixes first.
            match SoapValue::of(object) {
                Some(value) => self.soap_value(out, value)?,
                None => self.simple(out, value, kind),
            }
            class::check()?;
            return self.wrap(out, start, element, kind, &Content::default());
        }
        let is_null = matches!(zv::kind(value), Kind::Null) && !matches!(kind, b"string" | b"boolean");
        let name = self.start_tag(out, element, kind, &Content { is_null, ..Content::default() })?;
        if !is_null {
            self.simple(out, value, kind);
            markup::end_tag(out, start, name);
        }
        Ok(())
    }

    /// The text of a simple value, by the name of its type.
    fn simple(&self, out: &mut Vec<u8>, value: &Zval, kind: &[u8]) {
        match kind {
            b"string" => markup::escape(out, &zv::string(value), self.any_bytes),
            b"boolean" => out.extend_from_slice(if zv::is_true(value) { b"true" } else { b"false" }),
            _ => out.extend_from_slice(&zv::string(value)),
        }
    }

    fn keep_attachment(&self, element: &Element<'_>) {
        let options = element.options.filter(|options| !options.is_empty());
        let attachment = options.and_then(|options| zv::entry(options, b"attachment"));
        // An object is the error of a file that could not be read, which the caller looks for.
        let Some(attachment) = attachment.filter(|found| found.is_array() || found.is_object()) else {
            return;
        };
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
