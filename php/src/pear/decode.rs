//! From an element to a PHP value, by PEAR's rules.
//!
//! Types go by local name; an array gives its type to its items; members of one name become a list. Values
//! are built directly, without objects in between. References are copied, within a budget, so that neither
//! cycles nor chains of references can exhaust memory.

use std::borrow::Cow;

use ext_php_rs::ffi;
use ext_php_rs::types::Zval;
use foldhash::HashMap;

use super::charset::Charset;
use super::class::{self, Raised};
use super::layout::{Layout, Parts};
use super::members::Members;
use super::tree::{NodeId, Tree, DEPTH};
use super::zv::{self, Text};
use crate::instance::Instance;

unsafe extern "C" {
    fn php_base64_decode_ex(text: *const u8, length: usize, strict: bool) -> *mut ffi::zend_string;
    fn zend_memory_usage(real: bool) -> usize;
}

/// Values copied for references beyond those that the document holds.
const COPIES: usize = 1_000_000;

pub enum Failure {
    Raised,
    /// A text for a fault.
    Refused(&'static str),
}

impl From<Raised> for Failure {
    fn from(_: Raised) -> Self {
        Self::Raised
    }
}

/// What nodes hold that is no text: a number, say, in an object that a program made.
pub type HeldValues = HashMap<NodeId, Zval>;

pub type Result<T> = std::result::Result<T, Failure>;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Cast {
    Text,
    Boolean,
    Integer,
    Float,
}

/// Decodes elements of one document for one object.
pub struct Decoder<'x, 'a> {
    pub(super) this: Instance<'a>,
    pub(super) tree: &'a Tree<'x>,
    charset: Charset,
    /// PHP's types for those of the schema language.
    types: Zval,
    casts: HashMap<Cow<'x, str>, Cast>,
    names: HashMap<Cow<'x, str>, Zval>,
    pub(super) classes: Option<Classes>,
    /// The objects that nodes were made from, if a subclass is to decode them.
    pub origins: Vec<Zval>,
    pub held: HeldValues,
    budget: usize,
    depth: u32,
}

/// What is read of the object that decodes; the constants are places in it.
static READER: Parts = Parts {
    base: "SOAP_Base",
    properties: &["_typemap", "_defaultObjectClassname", "_type_translation", "_auto_translation", "_wsdl"],
    methods: &[],
};
const TYPEMAP: usize = 0;
const DEFAULT: usize = 1;
const TRANSLATION: usize = 2;
const AUTO: usize = 3;
const WSDL: usize = 4;

/// What is needed where elements become objects of other classes than `stdClass`.
pub(super) struct Classes {
    default: Text,
    translation: Zval,
    auto: bool,
    pub wsdl: Option<Zval>,
}

impl Classes {
    /// `None` if every struct is a `stdClass` with members typed by the document alone.
    pub fn of(this: Instance<'_>) -> Option<Self> {
        let class = Layout::of(this, &READER);
        let default = zv::string(&class.property(this, DEFAULT));
        let translation = class.property(this, TRANSLATION);
        let auto = zv::is_true(&class.property(this, AUTO));
        let wsdl = Some(class.property(this, WSDL)).filter(Zval::is_object);
        let plain = default.eq_ignore_ascii_case(b"stdClass")
            && !zv::is_true(&translation)
            && !auto
            && wsdl.is_none();
        (!plain).then_some(Self { default, translation, auto, wsdl })
    }
}

// Names and types are keys of maps by their `Cow`, so that borrowed ones stay borrowed.
#[allow(clippy::ptr_arg)]
impl<'x, 'a> Decoder<'x, 'a> {
    pub fn new(this: Instance<'a>, tree: &'a Tree<'x>, charset: Charset, classes: Option<Classes>) -> Self {
        let typemap = Layout::of(this, &READER).property(this, TYPEMAP);
        let types = typemap.array().and_then(|maps| zv::entry(maps, b"http://www.w3.org/2001/XMLSchema"));
        Self {
            this,
            tree,
            charset,
            types: types.map_or_else(Zval::null, zv::share),
            casts: HashMap::default(),
            names: HashMap::default(),
            classes,
            origins: Vec::new(),
            held: HeldValues::default(),
            budget: tree.nodes.len() + COPIES,
            depth: 0,
        }
    }

    /// The value of an element; `imposed` is the type that the array around it demands.
    pub fn value(&mut self, id: NodeId, imposed: Option<&Cow<'x, str>>) -> Result<Zval> {
        self.depth += 1;
        self.spend()?;
        let content = self.content_of(id)?;
        let tree = self.tree;
        let node = tree.node(content);
        let kind = imposed.unwrap_or(&node.kind);
        let is_list = kind == "Array";
        let value = if tree.has_children(content) {
            if is_list {
                self.list(content)?
            } else {
                self.record(id, content, kind)?
            }
        } else if let Some(held) = self.held.get(&id).map(zv::share) {
            // A type that the map does not know changes nothing.
            if held.is_object() || (held.is_bool() && kind == "boolean") || self.mapped(kind).is_none() {
                held
            } else {
                self.leaf(&node.text, kind)
            }
        } else if node.kind != "Array" {
            self.leaf(&node.text, kind)
        } else if is_list {
            Zval::new_array()
        } else {
            self.record(id, content, kind)?
        };
        self.depth -= 1;
        Ok(value)
    }

    fn spend(&mut self) -> Result<()> {
        if self.depth > DEPTH || self.budget == 0 {
            return Err(Failure::Refused("Multi-reference values refer to each other without end"));
        }
        self.budget -= 1;
        if self.budget.is_multiple_of(64) && is_out_of_memory() {
            // PHP raises its own fatal error for this as soon as it gets control.
            return Err(Failure::Refused("Allowed memory size exhausted"));
        }
        Ok(())
    }

    /// Where the content of an element is: in itself, or where its references lead.
    fn content_of(&self, mut id: NodeId) -> Result<NodeId> {
        for _ in 0..=DEPTH {
            let target =
                self.tree.node(id).more().refers_to.as_ref().and_then(|name| self.tree.ids.get(name));
            match target {
                Some(&target) if target != id => id = target,
                _ => return Ok(id),
            }
        }
        Err(Failure::Refused("Multi-reference values refer to each other without end"))
    }

    fn list(&mut self, id: NodeId) -> Result<Zval> {
        let tree = self.tree;
        let imposed =
            tree.node(id).more().array_type.as_ref().filter(|name| !name.is_empty() && *name != "0");
        let mut list = zv::Table::new(tree.children(id).take(1024).count());
        for child in tree.children(id) {
            list.push(self.item(child, imposed)?);
        }
        Ok(list.finish())
    }

    fn item(&mut self, id: NodeId, imposed: Option<&Cow<'x, str>>) -> Result<Zval> {
        let Some(imposed) = imposed else { return self.member(id, None) };
        let own = self.tree.node(self.content_of(id)?);
        if is_base64(&own.kind) && !is_base64(imposed) {
            let decoded = base64(&own.text);
            let kind = imposed.clone();
            return Ok(match self.cast(&kind) {
                Cast::Text => decoded,
                _ => self.leaf(&String::from_utf8_lossy(zv::bytes(&decoded)), &kind),
            });
        }
        self.member(id, Some(imposed))
    }

    /// A child; through PHP if a subclass decodes.
    pub(super) fn member(&mut self, id: NodeId, imposed: Option<&Cow<'x, str>>) -> Result<Zval> {
        let Some(origin) = self.origins.get(id as usize) else { return self.value(id, imposed) };
        let Some(object) = zv::object(origin) else { return Ok(zv::share(origin)) };
        if let Some(imposed) = imposed {
            class::set_property(object, "type", zv::text(&**imposed));
        }
        let argument = class::reference(zv::share(origin));
        Ok(class::call(self.this, "_decode", &mut [argument])?)
    }

    fn record(&mut self, id: NodeId, content: NodeId, kind: &str) -> Result<Zval> {
        let target = self.class_for(id, kind)?;
        let mut members = Members::new(target, self.tree.children(content).take(64).count());
        let tree = self.tree;
        for child in tree.children(content) {
            let schema = self.schema_type(id, child)?;
            let value = self.member(child, schema.as_ref())?;
            let own = tree.node(self.content_of(child)?);
            let is_list = schema.as_ref().unwrap_or(&own.kind) == "Array";
            let name = self.name(&tree.node(child).name);
            members.add(&name, value, is_list)?;
            members.attributes(&tree.node(id).more().attributes, self.charset)?;
        }
        Ok(members.finish())
    }

    /// The type that the WSDL gives to a member; types given by the WSDL live in this decoder's names.
    fn schema_type(&self, id: NodeId, child: NodeId) -> Result<Option<Cow<'x, str>>> {
        let Some(wsdl) =
            self.classes.as_ref().and_then(|classes| classes.wsdl.as_ref()).and_then(Instance::of)
        else {
            return Ok(None);
        };
        let (outer, inner) = (self.tree.node(id), self.tree.node(child));
        let text = |text: &str| zv::text(self.charset.encode(text));
        let mut arguments = [
            text(&outer.more().namespace),
            text(&outer.name),
            text(&inner.more().namespace),
            text(&inner.name),
        ];
        let found = class::call(wsdl, "getcomplextypechildtype", &mut arguments)?;
        Ok(zv::is_true(&found).then(|| String::from_utf8_lossy(&zv::to_text(&found)).into_owned().into()))
    }

    /// The object to fill, if it is not a `stdClass`.
    fn class_for(&self, id: NodeId, kind: &str) -> Result<Option<Zval>> {
        let Some(classes) = &self.classes else { return Ok(None) };
        let node = self.tree.node(id);
        let full = format!("{{{}}}{kind}", node.more().kind_namespace);
        let (full, kind) = (self.charset.encode(&full), self.charset.encode(kind));
        let table = classes.translation.array();
        let translated = table.and_then(|table| zv::entry(table, &full).or_else(|| zv::entry(table, &kind)));
        if let Some(name) = translated {
            return Ok(class::instantiate(&zv::to_text(name), true)?);
        }
        if classes.auto {
            if let Some(made) = class::instantiate(&kind, false)? {
                return Ok(Some(made));
            }
            if let Some(wsdl) = classes.wsdl.as_ref().and_then(Instance::of) {
                let mut arguments =
                    [&node.name, &node.more().namespace].map(|text| zv::text(self.charset.encode(text)));
                let name = class::call(wsdl, "getcomplextypenameforelement", &mut arguments)?;
                if let Some(made) = class::instantiate(zv::bytes(&name), false)? {
                    return Ok(Some(made));
                }
            }
        }
        if classes.default.eq_ignore_ascii_case(b"stdClass") {
            return Ok(None);
        }
        Ok(class::instantiate(&classes.default, true)?)
    }

    /// A member's name as a PHP string, made once for each name of a document.
    fn name(&mut self, name: &Cow<'x, str>) -> Zval {
        if let Some(known) = self.names.get(name) {
            return zv::share(known);
        }
        let made = zv::text(self.charset.encode(name));
        self.names.insert(name.clone(), zv::share(&made));
        made
    }

    fn leaf(&mut self, text: &str, kind: &Cow<'x, str>) -> Zval {
        match self.cast(kind) {
            Cast::Text => zv::text(self.charset.encode(text)),
            Cast::Boolean => zv::boolean(is_true(text)),
            Cast::Integer => zv::text_to_long(text),
            Cast::Float => zv::text_to_double(text),
        }
    }

    /// What the type map says of a type.
    fn mapped(&self, kind: &str) -> Option<&Zval> {
        self.types.array().and_then(|types| zv::entry(types, kind.as_bytes()))
    }

    fn cast(&mut self, kind: &Cow<'x, str>) -> Cast {
        if let Some(known) = self.casts.get(kind) {
            return *known;
        }
        let cast = match self.mapped(kind).map(zv::bytes) {
            _ if kind == "boolean" => Cast::Boolean,
            Some(b"integer" | b"int") => Cast::Integer,
            Some(b"float" | b"double") => Cast::Float,
            Some(b"boolean" | b"bool") => Cast::Boolean,
            _ => Cast::Text,
        };
        self.casts.insert(kind.clone(), cast);
        cast
    }
}

/// Anything but a zero or the word false is true, the empty text included.
fn is_true(text: &str) -> bool {
    super::qname::number(text.as_bytes()) != Some(0.0) && !text.eq_ignore_ascii_case("false")
}

fn is_base64(kind: &str) -> bool {
    matches!(kind, "base64" | "base64Binary")
}

fn base64(text: &str) -> Zval {
    // SAFETY: the function reads the text and returns a string that is ours, or null.
    unsafe {
        let decoded = php_base64_decode_ex(text.as_ptr(), text.len(), false);
        if decoded.is_null() {
            zv::boolean(false)
        } else {
            zv::from_raw_string(decoded)
        }
    }
}

fn is_out_of_memory() -> bool {
    // SAFETY: reads a number.
    let used = unsafe { zend_memory_usage(true) };
    let limit = ext_php_rs::zend::ProcessGlobals::get().memory_limit;
    limit > 0 && used as i64 > limit
}
