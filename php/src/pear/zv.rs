//! PHP values, read in place and built without detours.
//!
//! Texts are bytes here, because PHP strings are. Reading copies nothing; what is built belongs to a
//! [`Zval`], which frees it when it is dropped, until it is moved into an array or returned.

use std::marker::PhantomData;
use std::mem;
use std::ops::Deref;
use std::ptr;

use ext_php_rs::ffi::{
    self, zend_hash_find, zend_hash_get_current_data_ex, zend_hash_get_current_key_zval_ex,
    zend_hash_move_forward_ex, zend_hash_next_index_insert, zend_hash_str_find, zend_hash_update,
    zend_string,
};
use ext_php_rs::types::{ZendHashTable, ZendObject, Zval};

use super::guard::guarded;
use crate::instance::Instance;
pub use crate::zend::{boolean, long, plain, share, text};
use crate::zend::{type_of, zval_get_string_func};

unsafe extern "C" {
    fn convert_to_long(value: *mut Zval);
    fn convert_to_double(value: *mut Zval);
}

/// What a value is, with references followed.
#[derive(Clone, Copy)]
pub enum Kind<'a> {
    Null,
    Bool(bool),
    Long,
    Double,
    Text(&'a [u8]),
    Array(&'a ZendHashTable),
    Object(Instance<'a>),
    Other,
}

/// A key of an array.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Key<'a> {
    Index(i64),
    Name(&'a [u8]),
}

#[inline]
pub fn kind(value: &Zval) -> Kind<'_> {
    let value = plain(value);
    // SAFETY: the tag says which member of the union is set; what it points to lives as long as its holder.
    unsafe {
        match type_of(value) {
            ffi::IS_UNDEF | ffi::IS_NULL => Kind::Null,
            ffi::IS_FALSE => Kind::Bool(false),
            ffi::IS_TRUE => Kind::Bool(true),
            ffi::IS_LONG => Kind::Long,
            ffi::IS_DOUBLE => Kind::Double,
            ffi::IS_STRING => Kind::Text((*value.value.str_).as_bytes()),
            ffi::IS_ARRAY => Kind::Array(&*value.value.arr),
            _ => Instance::of(value).map_or(Kind::Other, Kind::Object),
        }
    }
}

/// The object that a value is, references followed.
pub fn object(value: &Zval) -> Option<Instance<'_>> {
    Instance::of(plain(value))
}

/// The bytes of a string; empty for anything else.
pub fn bytes(value: &Zval) -> &[u8] {
    match kind(value) {
        Kind::Text(text) => text,
        _ => b"",
    }
}

/// PHP's truth.
pub fn is_true(value: &Zval) -> bool {
    let value = ptr::from_ref(plain(value)).cast_mut();
    // SAFETY: the engine only reads a live value, whatever its signature says.
    unsafe { ffi::zend_is_true(value) != 0 }
}

/// PHP's own conversion to a string, which honours the ini setting `precision`. Arrays are the word `Array`.
pub fn to_text(value: &Zval) -> Vec<u8> {
    string(value).to_vec()
}

/// Bytes that stay as they are: a word of ours, or a string of PHP's that is counted once more.
pub enum Text {
    Word(&'static [u8]),
    Held(Zval),
}

impl Text {
    pub const EMPTY: Self = Self::Word(b"");
}

impl Clone for Text {
    fn clone(&self) -> Self {
        match self {
            Self::Word(word) => Self::Word(word),
            Self::Held(text) => Self::Held(share(text)),
        }
    }
}

impl Deref for Text {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Word(word) => word,
            Self::Held(text) => bytes(text),
        }
    }
}

/// Like [`to_text`], without a copy of what is a string already.
pub fn string(value: &Zval) -> Text {
    let raw = ptr::from_ref(plain(value)).cast_mut();
    // SAFETY: the engine only reads the value, and returns a string that is ours; `Zval` frees it.
    let convert = || unsafe { from_raw_string(zval_get_string_func(raw)) };
    match kind(value) {
        Kind::Text(_) => Text::Held(share(value)),
        Kind::Null => Text::EMPTY,
        Kind::Array(_) => Text::Word(b"Array"),
        Kind::Object(_) => guarded(convert).map_or(Text::EMPTY, Text::Held),
        // No code of a program runs for these.
        Kind::Bool(_) | Kind::Long | Kind::Double | Kind::Other => Text::Held(convert()),
    }
}

/// One more owner of a string; `None` if its owners are not counted, because it stays.
///
/// # Safety
/// `text` is a string.
unsafe fn counted(text: *mut zend_string) -> Option<Zval> {
    // SAFETY: as promised by the caller; the value made owns the count that is added.
    unsafe {
        let value = mem::ManuallyDrop::new(from_raw_string(text));
        (value.u1.type_info == ffi::IS_STRING_EX).then(|| {
            (*text).gc.refcount += 1;
            mem::ManuallyDrop::into_inner(value)
        })
    }
}

/// # Safety
/// `text` is a string whose one reference the caller gives away.
pub unsafe fn from_raw_string(text: *mut zend_string) -> Zval {
    let mut value = Zval::new();
    value.value.str_ = text;
    // An interned string is not counted, so its type is without the flag.
    // SAFETY: as promised by the caller.
    let interned = unsafe { (*text).gc.u.type_info } & (1 << 6) != 0;
    value.u1.type_info = if interned { ffi::IS_INTERNED_STRING_EX } else { ffi::IS_STRING_EX };
    value
}

/// The entries of an array or a property table, in order; names of hidden properties are left out.
pub fn entries(table: &ZendHashTable) -> Entries<'_> {
    Entries { table, position: 0, held: None, _lent: PhantomData }
}

pub struct Entries<'a> {
    table: *const ZendHashTable,
    position: u32,
    /// The key given last, if it is counted: PHP code may take the entry out meanwhile.
    held: Option<Zval>,
    _lent: PhantomData<&'a ZendHashTable>,
}

impl<'a> Entries<'a> {
    /// The next entry; its key lives until the one after is asked for.
    pub fn next(&mut self) -> Option<(Key<'_>, &'a Zval)> {
        const PACKED: u32 = 1 << 2;
        loop {
            // SAFETY: the table is alive; its flags say how it is laid out.
            let (key, index, value) = unsafe {
                if (*self.table).u.flags & PACKED == 0 {
                    self.bucket()?
                } else {
                    self.item()?
                }
            };
            if value.indirect().is_some_and(|slot| type_of(slot) == ffi::IS_UNDEF) {
                continue;
            }
            // SAFETY: the key of a bucket is null or a string, which is held as long as it is lent.
            let Some(name) = (unsafe { key.as_ref() }) else { return Some((Key::Index(index), value)) };
            if name.as_bytes().first() != Some(&0) {
                // SAFETY: as above.
                self.held = unsafe { counted(key) };
                return Some((Key::Name(name.as_bytes()), value));
            }
        }
    }

    /// # Safety
    /// The table is one of buckets.
    unsafe fn bucket(&mut self) -> Option<(*mut zend_string, i64, &'a Zval)> {
        // SAFETY: the first `nNumUsed` buckets have values; those without one are gaps.
        unsafe {
            while self.position < (*self.table).nNumUsed {
                let bucket = (*self.table).__bindgen_anon_1.arData.add(self.position as usize);
                self.position += 1;
                if type_of(&(*bucket).val) != ffi::IS_UNDEF {
                    return Some(((*bucket).key, (*bucket).h as i64, &(*bucket).val));
                }
            }
        }
        None
    }

    /// # Safety
    /// The table is a list without keys, which releases of PHP lay out differently.
    unsafe fn item(&mut self) -> Option<(*mut zend_string, i64, &'a Zval)> {
        let table = self.table.cast_mut();
        // SAFETY: the engine's functions move our position and leave the table as it is; the value stays in it.
        unsafe {
            let value = zend_hash_get_current_data_ex(table, &raw mut self.position).as_ref()?;
            let mut index = Zval::new();
            zend_hash_get_current_key_zval_ex(table, &raw mut index, &raw const self.position);
            zend_hash_move_forward_ex(table, &raw mut self.position);
            Some((ptr::null_mut(), index.long().unwrap_or(0), value))
        }
    }
}

/// An entry of an array by its name.
pub fn entry<'a>(table: &'a ZendHashTable, name: &[u8]) -> Option<&'a Zval> {
    // SAFETY: the table is alive; the pointer returned is null or points into it.
    unsafe {
        let found = zend_hash_str_find(table, name.as_ptr().cast(), name.len());
        found.as_ref().map(plain)
    }
}

/// Where an entry is in a table of the engine, whatever it holds; null if it is not there.
pub fn entry_raw(table: &ZendHashTable, name: &[u8]) -> *mut Zval {
    // SAFETY: the table is alive and only read.
    unsafe { zend_hash_str_find(table, name.as_ptr().cast(), name.len()) }
}

/// The properties of an object as an array. It stays as it is when PHP code changes the object meanwhile.
pub fn properties(object: Instance<'_>) -> Zval {
    // SAFETY: every object has handlers; the table they return is the object's, so the value counts itself as
    // one more owner, unless the table is one of the engine's constants, which are not counted.
    unsafe {
        let handler = (*object.raw()).handlers.as_ref().and_then(|handlers| handlers.get_properties);
        let table = handler.map_or(ptr::null_mut(), |properties| properties(object.raw()));
        if table.is_null() {
            return Zval::new_array();
        }
        let constant = (*table).gc.u.type_info & ffi::GC_IMMUTABLE != 0;
        let mut value = Zval::new();
        value.value.arr = table;
        value.u1.type_info = if constant { ffi::IS_ARRAY } else { ffi::IS_ARRAY_EX };
        if !constant {
            (*table).gc.refcount += 1;
        }
        value
    }
}

/// PHP's cast of a text to an integer: leading digits, saturated.
pub fn text_to_long(content: &str) -> Zval {
    let digits = content.strip_prefix('-').unwrap_or(content);
    if (1..=18).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        if let Ok(number) = content.parse() {
            return long(number);
        }
    }
    let mut value = text(content);
    // SAFETY: the value is ours and a string.
    unsafe { convert_to_long(&raw mut value) };
    value
}

/// PHP's cast of a text to a float.
pub fn text_to_double(content: &str) -> Zval {
    let mut value = text(content);
    // SAFETY: the value is ours and a string.
    unsafe { convert_to_double(&raw mut value) };
    value
}

/// An array being built.
pub struct Table(Zval);

impl Table {
    pub fn new(capacity: usize) -> Self {
        let mut value = Zval::new();
        value.set_hashtable(ZendHashTable::with_capacity(capacity.min(1 << 16) as u32));
        Self(value)
    }

    fn raw(&mut self) -> *mut ZendHashTable {
        // SAFETY: the value is an array from the start and nobody else holds it.
        unsafe { self.0.value.arr }
    }

    pub fn push(&mut self, value: Zval) {
        let mut value = mem::ManuallyDrop::new(value);
        // SAFETY: the array is ours alone; it takes the value over.
        unsafe { zend_hash_next_index_insert(self.raw(), &raw mut *value) };
    }

    /// Sets an entry; a key that looks like an integer becomes one only with [`Table::set_key`].
    pub fn set(&mut self, name: impl AsRef<[u8]>, value: Zval) {
        let name = text(name);
        self.set_named(&name, value);
    }

    /// Sets an entry under a name that is a PHP string already.
    pub fn set_named(&mut self, name: &Zval, value: Zval) {
        let mut value = mem::ManuallyDrop::new(value);
        // SAFETY: the array is ours alone; it takes the value over and counts the name.
        unsafe { zend_hash_update(self.raw(), name.value.str_, &raw mut *value) };
    }

    pub fn set_key(&mut self, key: Key<'_>, value: Zval) {
        match key {
            Key::Name(name) => self.set(name, value),
            Key::Index(index) => {
                let mut value = mem::ManuallyDrop::new(value);
                // SAFETY: as in `push`.
                unsafe { ffi::zend_hash_index_update(self.raw(), index as u64, &raw mut *value) };
            }
        }
    }

    /// The entry under a name that is a PHP string already.
    pub fn get_named(&self, name: &Zval) -> Option<&Zval> {
        // SAFETY: the array and the name are alive; the pointer returned is null or points into the array.
        unsafe { zend_hash_find(self.0.value.arr, name.value.str_).as_ref().map(plain) }
    }

    pub fn len(&self) -> usize {
        self.0.array().map_or(0, ZendHashTable::len)
    }

    pub fn finish(self) -> Zval {
        self.0
    }

    /// A `stdClass` with these entries as its properties.
    pub fn into_object(self) -> Zval {
        let mut table = mem::ManuallyDrop::new(self.0);
        let mut object = mem::ManuallyDrop::new(ZendObject::new_stdclass());
        let mut value = Zval::new();
        // SAFETY: a fresh stdClass has no property table; it takes over ours, which nobody else holds, and
        // the one reference to the object moves into the value.
        unsafe {
            object.properties = table.value.arr;
            table.set_null_unchecked();
            value.value.obj = &raw mut **object;
        }
        value.u1.type_info = ffi::IS_OBJECT_EX;
        value
    }
}

trait Forget {
    /// Marks as null without freeing.
    unsafe fn set_null_unchecked(&mut self);
}

impl Forget for Zval {
    unsafe fn set_null_unchecked(&mut self) {
        self.u1.type_info = ffi::IS_NULL;
    }
}
