//! PHP values as the encoder reads them.
//!
//! A list is an array whose keys are all integers, or what an iterator yields; any other array is a record, and so is
//! an object with its public properties. Objects of the DOM and the like are XML. Dates, backed enumerations and objects that are nothing but their text are leaves. Each value read
//! is owned, so that PHP code that runs meanwhile (`__get`, `__toString`) may change what it likes.

use std::borrow::Cow;

use ext_php_rs::ffi;
use ext_php_rs::types::{ZendHashTable, Zval};
use ext_php_rs::zend::{ce, ClassEntry};
use wsdlproxy::index::NameId;
use wsdlproxy::seam::Kind;
use wsdlproxy::{Builtin, Error, Key, Result, Scalar, Source};

use crate::dates;
use crate::document::Document;
use crate::error::guarded;
use crate::instance::Instance;
use crate::items::{iterable, Items};
use crate::names::Names;
use crate::table::{self, entries, is_list, Name, Table};
use crate::zend;

/// A value given by a caller.
pub struct Given<'n> {
    value: Zval,
    kind: Kind,
    names: &'n Names,
}

impl Clone for Given<'_> {
    #[inline]
    fn clone(&self) -> Self {
        Self { value: self.value.shallow_clone(), kind: self.kind, names: self.names }
    }
}

impl<'n> Given<'n> {
    #[inline]
    pub fn new(value: &Zval, names: &'n Names) -> Self {
        let value = zend::share(value);
        let kind = match zend::type_of(&value) {
            ffi::IS_UNDEF | ffi::IS_NULL => Kind::Null,
            ffi::IS_ARRAY if value.array().is_some_and(is_list) => Kind::List,
            ffi::IS_ARRAY => Kind::Record,
            ffi::IS_OBJECT => return Self::object(value, names),
            _ => Kind::Scalar,
        };
        Self { value, kind, names }
    }

    fn object(value: Zval, names: &'n Names) -> Self {
        let kind = match Instance::of(&value) {
            Some(object) if is_plain(object) => Kind::Record,
            Some(object) if is_enum(object) => {
                if let Some(inner) =
                    object.own_table().and_then(|own| table::get(own, b"value").map(zend::share))
                {
                    return Self { value: inner, kind: Kind::Scalar, names };
                }
                Kind::Scalar
            }
            Some(object) if dates::is_date(object) || Document::of(object).is_some() => Kind::Scalar,
            Some(object) => object_kind(object),
            None => Kind::Null,
        };
        Self { value, kind, names }
    }

    /// The array, or the properties of the object, kept from changing while it is held.
    fn table(&self) -> Result<Zval> {
        match Instance::of(&self.value) {
            Some(object) => {
                let table = properties(object)?;
                let is_empty = table.array().is_none_or(|table| entries(table).next().is_none());
                if is_empty && object.is_a(ce::traversable()) {
                    return self.items(object);
                }
                Ok(table)
            }
            None => Ok(self.value.shallow_clone()),
        }
    }

    /// What an iterator yields, such as a generator; PHP code runs.
    fn items(&self, iterator: Instance<'_>) -> Result<Zval> {
        if let Some(read) = self.names.items(iterator) {
            return Ok(read);
        }
        let Some(source) = iterable(&self.value)? else { return Ok(Zval::new_array()) };
        let (items, mut list) = (Items::default(), Table::new());
        while let Some((_, item)) = items.next(&source)? {
            list.push(item);
        }
        let list = list.finish();
        self.names.remember_items(iterator, &list);
        Ok(list)
    }

    fn find<'t>(&self, table: &'t ZendHashTable, key: Key<'_>) -> Option<&'t Zval> {
        let known = if key.id == NameId::NONE { std::ptr::null_mut() } else { self.names.key(key.id) };
        if known.is_null() {
            return match table::as_index(key.text) {
                // SAFETY: the table is alive; the result is null or points into it.
                Some(index) if self.value.is_array() => unsafe {
                    ffi::zend_hash_index_find(table, index as u64).as_ref()
                },
                _ => table::get(table, key.text.as_bytes()),
            };
        }
        // SAFETY: as above; the key is a string of this request.
        let found = unsafe { ffi::zend_hash_find(table, known).as_ref()? };
        let found = if found.is_indirect() { found.indirect()? } else { found };
        (zend::type_of(found) != ffi::IS_UNDEF).then_some(found)
    }
}

fn is_enum(object: Instance<'_>) -> bool {
    // SAFETY: an object's class outlives it.
    unsafe { (*object.class()).ce_flags & ffi::ZEND_ACC_ENUM != 0 }
}

fn is_plain(object: Instance<'_>) -> bool {
    std::ptr::eq(object.class(), ce::stdclass())
}

/// The properties as a cast to an array shows them, which for containers such as `ArrayObject` are their content.
fn properties(object: Instance<'_>) -> Result<Zval> {
    let mut owner = object.to_value();
    // SAFETY: the object is alive; a handler may run PHP code, which is guarded.
    let found =
        guarded(|| unsafe { zend::zend_get_properties_for(&raw mut owner, zend::PURPOSE_ARRAY_CAST) })?;
    let mut value = Zval::new();
    // SAFETY: the engine counted the table for us, unless it is immutable.
    unsafe {
        match found.as_ref() {
            Some(table) => {
                let immutable = table.gc.u.type_info & ffi::GC_IMMUTABLE != 0;
                value.value.arr = found;
                value.u1.type_info = if immutable { ffi::IS_ARRAY } else { ffi::IS_ARRAY_EX };
            }
            None => value = Zval::new_array(),
        }
    }
    Ok(value)
}

fn object_kind(object: Instance<'_>) -> Kind {
    let visible = object.own_table().is_some_and(|table| entries(table).next().is_some());
    if object.is_a(ce::stringable()) && !visible {
        return Kind::Scalar;
    }
    if object.is_a(ce::traversable()) {
        // Containers of PHP's own, such as `ArrayObject`, show their content as properties.
        let list = properties(object).is_ok_and(|table| table.array().is_some_and(is_list));
        return if list { Kind::List } else { Kind::Record };
    }
    if is_builtin(object.class()) {
        // A closure, a document, a `SoapVar`: whatever it shows are no members.
        return Kind::Scalar;
    }
    Kind::Record
}

/// Whether a class is PHP's own or an extension's.
fn is_builtin(class: *const ClassEntry) -> bool {
    const ZEND_INTERNAL_CLASS: u8 = 1;
    // SAFETY: a class outlives its objects.
    unsafe { (*class).type_ as u8 == ZEND_INTERNAL_CLASS }
}

/// A property that `__isset` has and `__get` returns.
fn magic(object: Instance<'_>, name: &str) -> Result<Option<Zval>> {
    // SAFETY: an object's class outlives it.
    let (getter, checker) = unsafe { ((*object.class()).__get, (*object.class()).__isset) };
    if getter.is_null() || checker.is_null() {
        return Ok(None);
    }
    let object = object.raw();
    let name = zend::text(name);
    guarded(|| {
        let mut room = Zval::new();
        // SAFETY: both handlers are the class's own; the name and the room for the result live here.
        unsafe {
            let handlers = &*(*object).handlers;
            let key = name.value.str_;
            let exists = handlers.has_property.is_some_and(|has| {
                has(object, key, ffi::ZEND_PROPERTY_ISSET as i32, std::ptr::null_mut()) != 0
            });
            if !exists || ext_php_rs::zend::ExecutorGlobals::has_exception() {
                return None;
            }
            let read = handlers.read_property?;
            let found = read(object, key, ffi::BP_VAR_R as i32, std::ptr::null_mut(), &raw mut room);
            found.as_ref().map(zend::share)
        }
    })
}

impl Source for Given<'_> {
    #[inline]
    fn kind(&self) -> Kind {
        self.kind
    }

    fn describe(&self) -> String {
        let value = &self.value;
        if let Some(object) = Instance::of(value) {
            let name = object.class_name();
            if let Some(instead) = Document::of(object).and_then(|document| document.instead(object)) {
                return format!("{name}, which is not read here: {instead}");
            }
            return if is_enum(object) { format!("case of {name}, which has no value") } else { name };
        }
        if let Some(text) = zend::bytes(value) {
            return match std::str::from_utf8(text) {
                Ok(text) if text.chars().count() > 40 => {
                    format!("string {:?}...", text.chars().take(40).collect::<String>())
                }
                Ok(text) => format!("string {text:?}"),
                Err(_) => format!("string of {} bytes that are not UTF-8", text.len()),
            };
        }
        match zend::type_of(value) {
            ffi::IS_LONG => format!("int {}", value.long().unwrap_or_default()),
            ffi::IS_DOUBLE => format!("float {}", value.double().unwrap_or_default()),
            ffi::IS_TRUE => "true".to_owned(),
            ffi::IS_FALSE => "false".to_owned(),
            _ => zend::type_name(value),
        }
    }

    fn scalar(&self, want: Builtin) -> Result<Scalar<'_>> {
        let value = &self.value;
        if let Some(object) = Instance::of(value) {
            return object_scalar(object, want, || self.describe());
        }
        match zend::type_of(value) {
            ffi::IS_STRING => {
                let text = zend::bytes(value).unwrap_or_default();
                if matches!(want, Builtin::Base64Binary | Builtin::HexBinary) {
                    return Ok(Scalar::Bytes(Cow::Borrowed(text)));
                }
                match std::str::from_utf8(text) {
                    Ok(text) => Ok(Scalar::Str(Cow::Borrowed(text))),
                    Err(_) if want == Builtin::AnySimpleType => Ok(Scalar::Bytes(Cow::Borrowed(text))),
                    Err(_) => Err(Error::encode(format!("expected text in UTF-8, got {}", self.describe()))),
                }
            }
            ffi::IS_LONG => Ok(Scalar::Int(value.long().unwrap_or_default())),
            ffi::IS_DOUBLE => Ok(Scalar::Double(value.double().unwrap_or_default())),
            ffi::IS_TRUE => Ok(Scalar::Bool(true)),
            ffi::IS_FALSE => Ok(Scalar::Bool(false)),
            _ => Err(Error::encode(format!("expected a scalar, got {}", self.describe()))),
        }
    }

    fn xml(&self) -> Result<Option<Cow<'_, str>>> {
        match Instance::of(&self.value).and_then(|object| Some((Document::of(object)?, object))) {
            Some((document, object)) => document.xml(object).map(Some),
            None => Ok(None),
        }
    }

    fn field(&self, key: Key<'_>) -> Result<Option<Self>> {
        if let Some(array) = self.value.array() {
            return Ok(self.find(array, key).map(|found| Self::new(found, self.names)));
        }
        let table = self.table()?;
        if let Some(found) = table.array().and_then(|table| self.find(table, key)) {
            return Ok(Some(Self::new(found, self.names)));
        }
        match Instance::of(&self.value) {
            Some(object) => Ok(magic(object, key.text)?.map(|found| Self::new(&found, self.names))),
            None => Ok(None),
        }
    }

    fn size(&self) -> Option<usize> {
        if let Some(array) = self.value.array() {
            return Some(array.len());
        }
        // An object of another class may have more properties than the message has members.
        let object = Instance::of(&self.value)?;
        if is_plain(object) {
            object.own_table().map(|table| entries(table).count())
        } else {
            None
        }
    }

    fn each(&self, f: &mut dyn FnMut(Self) -> Result<()>) -> Result<()> {
        let table = self.table()?;
        let Some(items) = table.array() else { return Ok(()) };
        entries(items).try_for_each(|(_, item)| f(Self::new(item, self.names)))
    }

    fn entries(&self, f: &mut dyn FnMut(&str, Self) -> Result<()>) -> Result<()> {
        let table = self.table()?;
        let Some(members) = table.array() else { return Ok(()) };
        entries(members).try_for_each(|(name, value)| {
            let value = Self::new(value, self.names);
            match name {
                Name::Index(index) => f(&index.to_string(), value),
                Name::Text(name) => match std::str::from_utf8(name) {
                    Ok(name) => f(name, value),
                    Err(_) => Err(Error::encode("the name of a member is not valid UTF-8")),
                },
            }
        })
    }

    fn may_be_empty(&self) -> bool {
        Instance::of(&self.value).is_none_or(|object| is_plain(object) || declares_members(object))
    }

    fn identity(&self) -> Option<usize> {
        let value = &self.value;
        // SAFETY: every member of the union can be read as a pointer; the tags say that it is one.
        let address = unsafe { value.value.arr } as usize;
        (value.is_array() || value.is_object()).then_some(address)
    }
}

/// Whether an object none of whose properties is set may be meant as an empty record: one of a class that declares
/// some and extends none of PHP's own.
fn declares_members(object: Instance<'_>) -> bool {
    let mut class = object.class();
    // SAFETY: classes are linked once they have objects, and outlive them.
    while let Some(parent) = unsafe { (*class).__bindgen_anon_1.parent.as_mut() } {
        class = parent;
    }
    let Some(table) = object.own_table().filter(|_| !is_builtin(class)) else { return false };
    table::has_visible(table) && entries(table).all(|(_, value)| value.is_null())
}

fn object_scalar(
    object: Instance<'_>,
    want: Builtin,
    describe: impl Fn() -> String,
) -> Result<Scalar<'static>> {
    if dates::is_date(object) {
        return dates::read(object);
    }
    if !object.is_a(ce::stringable()) {
        // Where any type will do, it is the value that is wrong.
        let wanted = match want {
            Builtin::AnySimpleType => "a value".to_owned(),
            _ => format!("xsd:{}", want.name()),
        };
        return Err(Error::encode(format!("expected {wanted}, got {}", describe())));
    }
    let mut value = object.to_value();
    let text = guarded(|| {
        let mut result = Zval::new();
        // SAFETY: the engine calls `__toString` and returns a string that is ours, or raises.
        unsafe {
            let made = zend::zval_get_string_func(&raw mut value);
            result.value.str_ = made;
            let interned = (*made).gc.u.type_info & (1 << 6) != 0;
            result.u1.type_info = if interned { ffi::IS_INTERNED_STRING_EX } else { ffi::IS_STRING_EX };
        }
        result
    })?;
    match zend::utf8(&text) {
        Some(text) => Ok(Scalar::Str(Cow::Owned(text.to_owned()))),
        None => Err(Error::encode(format!("expected text in UTF-8 from {}", describe()))),
    }
}
