//! What the engine offers and `ext-php-rs` does not declare, and small wrappers around it.
//!
//! Every wrapper keeps the engine's counting right: a [`Zval`] owns one count and gives it back when dropped.

use std::ffi::{c_char, c_void, CStr};

use ext_php_rs::ffi;
use ext_php_rs::types::{ZendHashTable, ZendObject, ZendStr, Zval};
use ext_php_rs::zend::ClassEntry;
use wsdlproxy::Fill;

use crate::instance::Instance;

unsafe extern "C" {
    pub fn zend_memory_usage(real: bool) -> usize;
    pub fn zend_hash_real_init_mixed(table: *mut ZendHashTable);
    pub fn zend_hash_real_init_packed(table: *mut ZendHashTable);
    pub fn zend_hash_next_index_insert_new(table: *mut ZendHashTable, value: *mut Zval) -> *mut Zval;
    pub fn zend_ini_string(name: *const c_char, length: usize, original: i32) -> *mut c_char;
    pub fn display_ini_entries(module: *mut ffi::zend_module_entry);
    pub fn object_init_ex(value: *mut Zval, class: *mut ClassEntry) -> i32;
    pub fn zend_update_property(
        scope: *mut ClassEntry,
        object: *mut ZendObject,
        name: *const c_char,
        length: usize,
        value: *mut Zval,
    );
    pub fn zend_add_attribute(
        attributes: *mut *mut ZendHashTable,
        name: *mut ffi::zend_string,
        arguments: u32,
        flags: u32,
        offset: u32,
        line: u32,
    ) -> *mut c_void;
    pub fn zend_fetch_function_str(name: *const c_char, length: usize) -> *mut ffi::zend_function;
    pub fn zend_get_properties_for(object: *mut Zval, purpose: i32) -> *mut ZendHashTable;
    pub fn zend_zval_type_name(value: *const Zval) -> *const c_char;
    pub fn zend_timeout();
    pub fn zend_is_true(value: *mut Zval) -> bool;
    pub fn zval_get_string_func(value: *mut Zval) -> *mut ffi::zend_string;
    pub fn php_date_get_date_ce() -> *mut ClassEntry;
    pub fn php_date_get_immutable_ce() -> *mut ClassEntry;
    pub fn php_date_get_interface_ce() -> *mut ClassEntry;
    pub fn php_date_get_interval_ce() -> *mut ClassEntry;
    pub fn php_date_instantiate(class: *mut ClassEntry, value: *mut Zval) -> *mut Zval;
    pub fn php_date_initialize(
        date: *mut c_void,
        text: *const c_char,
        length: usize,
        format: *const c_char,
        zone: *mut Zval,
        flags: i32,
    ) -> bool;
    fn smart_str_erealloc(buffer: *mut Buffer, length: usize);
    pub static zend_empty_string: *mut ffi::zend_string;
}

/// The engine's `smart_str`: a string that grows.
#[repr(C)]
struct Buffer {
    string: *mut ffi::zend_string,
    room: usize,
}

/// For [`zend_get_properties_for`]: as `(array) $object`.
pub const PURPOSE_ARRAY_CAST: i32 = 1;

/// The type without its flags: `IS_NULL`, `IS_LONG` …
#[inline]
pub fn type_of(value: &Zval) -> u32 {
    // SAFETY: every bit pattern of the tag is a number.
    unsafe { value.u1.type_info & 0xff }
}

/// Follows the slots of declared properties and references.
#[inline]
pub fn plain(value: &Zval) -> &Zval {
    let mut value = value;
    // SAFETY: the tag says which member of the union is set; what it points to lives as long as its holder.
    unsafe {
        if type_of(value) == ffi::IS_INDIRECT {
            value = &*value.value.zv;
        }
        if type_of(value) == ffi::IS_REFERENCE {
            value = &(*value.value.ref_).val;
        }
    }
    value
}

pub fn text(content: impl AsRef<[u8]>) -> Zval {
    let content = content.as_ref();
    let mut value = Zval::new();
    if content.is_empty() {
        // SAFETY: the engine's own empty string is never freed.
        value.value.str_ = unsafe { zend_empty_string };
        value.u1.type_info = ffi::IS_INTERNED_STRING_EX;
    } else {
        value.set_zend_string(ZendStr::new(content, false));
    }
    value
}

/// A string of `length` bytes, more than none, that `fill` writes; `None` if it says that it cannot.
pub fn filled(length: usize, fill: &mut Fill<'_>) -> Option<Zval> {
    let mut buffer = Buffer { string: std::ptr::null_mut(), room: 0 };
    // SAFETY: the engine makes a string with room for `length` bytes and the NUL behind them, which nobody else
    // knows of. It is used only if all of its bytes were written; else it is freed, which looks at none of them.
    unsafe {
        smart_str_erealloc(&raw mut buffer, length);
        let string = buffer.string;
        let bytes = (&raw mut (*string).val).cast::<u8>();
        bytes.add(length).write(0);
        (*string).len = length;
        let mut value = Zval::new();
        value.value.str_ = string;
        value.u1.type_info = ffi::IS_STRING_EX;
        let written = fill(std::slice::from_raw_parts_mut(bytes.cast(), length))?;
        (written.as_ptr() == bytes && written.len() == length).then_some(value)
    }
}

pub fn long(content: i64) -> Zval {
    let mut value = Zval::new();
    value.set_long(content);
    value
}

pub fn double(content: f64) -> Zval {
    let mut value = Zval::new();
    value.set_double(content);
    value
}

pub fn boolean(content: bool) -> Zval {
    let mut value = Zval::new();
    value.set_bool(content);
    value
}

/// A text, or null.
pub fn optional(content: Option<&str>) -> Zval {
    content.map_or_else(Zval::null, text)
}

/// The bytes of a string.
pub fn bytes(value: &Zval) -> Option<&[u8]> {
    plain(value).zend_str().map(ZendStr::as_bytes)
}

/// The content of a string that is UTF-8.
pub fn utf8(value: &Zval) -> Option<&str> {
    std::str::from_utf8(bytes(value)?).ok()
}

/// Another owner of the same value, references followed.
#[inline]
pub fn share(value: &Zval) -> Zval {
    plain(value).shallow_clone()
}

/// What PHP calls the type of a value: `int`, `string`, or the class.
pub fn type_name(value: &Zval) -> String {
    let value = plain(value);
    if let Some(object) = Instance::of(value) {
        return object.class_name();
    }
    // SAFETY: the engine returns one of its own constant texts.
    unsafe { CStr::from_ptr(zend_zval_type_name(value)).to_string_lossy().into_owned() }
}

/// Writes a property as its class would.
pub fn set_property(object: *mut ZendObject, scope: *mut ClassEntry, name: &str, mut value: Zval) {
    // SAFETY: the object is alive, the engine counts the value itself.
    unsafe { zend_update_property(scope, object, name.as_ptr().cast(), name.len(), &raw mut value) }
}

/// Whether this request has used more than its `memory_limit`. Memory taken in native code is only noticed by the
/// engine when control returns to it, so loops that build values ask.
pub fn is_over_memory_limit() -> bool {
    let limit = ext_php_rs::zend::ProcessGlobals::get().memory_limit;
    // SAFETY: reads a counter of this thread's allocator.
    limit > 0 && unsafe { zend_memory_usage(true) } as i64 > limit
}
