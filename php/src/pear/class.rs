//! Calls into PHP: which methods a subclass overrides, and calling them.
//!
//! No lock and no runtime guard is held over a call.

use std::ffi::CString;
use std::mem;
use std::ptr;

use ext_php_rs::ffi::{
    self, zend_call_known_function, zend_function, zend_hash_str_find_ptr_lc, zend_read_property,
};
use ext_php_rs::types::{ZendObject, Zval};
use ext_php_rs::zend::ExecutorGlobals;

use super::guard::guarded;
use super::zv;
use crate::instance::Instance;
use crate::zend::{self, object_init_ex};

/// An exception is pending in PHP; everything unwinds and leaves it there.
pub struct Raised;

pub type Result<T> = std::result::Result<T, Raised>;

unsafe extern "C" {
    fn zend_array_dup(table: *mut ffi::HashTable) -> *mut ffi::HashTable;
}

fn function(object: Instance<'_>, name: &str) -> *mut zend_function {
    // SAFETY: an object's class and its function table outlive it.
    unsafe {
        zend_hash_str_find_ptr_lc(
            &raw const (*object.class()).function_table,
            name.as_ptr().cast(),
            name.len(),
        )
        .cast()
    }
}

/// Whether a method is another than the one that `base` declares.
pub fn overrides(object: Instance<'_>, name: &str, base: &str) -> bool {
    let found = function(object, name);
    if found.is_null() {
        return false;
    }
    // SAFETY: a function in a class's table has that class or an ancestor as its scope.
    unsafe {
        let scope = (*found).common.scope;
        let Some(scope_name) = scope.as_ref().and_then(|scope| scope.name.as_ref()) else { return false };
        scope_name.as_bytes() != base.as_bytes()
    }
}

/// Calls a method. Arguments that are references stay references.
pub fn call(object: Instance<'_>, name: &str, arguments: &mut [Zval]) -> Result<Zval> {
    let found = function(object, name);
    let mut result = Zval::new();
    if found.is_null() {
        // SAFETY: a class has a name and outlives its objects.
        let class = unsafe { (*object.class()).name.as_ref() }.map_or(&b""[..], |name| name.as_bytes());
        return Err(raise(&format!("Call to undefined method {}::{name}()", String::from_utf8_lossy(class))));
    }
    // The method may drop what holds its object.
    let _owner = object.to_value();
    invoke(found, object.raw(), &mut result, arguments)?;
    Ok(zv::share(&result))
}

fn invoke(
    function: *mut zend_function,
    object: *mut ZendObject,
    result: &mut Zval,
    arguments: &mut [Zval],
) -> Result<()> {
    // SAFETY: the function belongs to the class of the object, which is alive; arguments and result are ours.
    guarded(|| unsafe {
        zend_call_known_function(
            function,
            object,
            (*object).ce,
            ptr::from_mut(result),
            arguments.len() as u32,
            arguments.as_mut_ptr(),
            ptr::null_mut(),
        );
    })
}

/// Turns a pending exception into an error of ours.
pub fn check() -> Result<()> {
    if ExecutorGlobals::has_exception() {
        Err(Raised)
    } else {
        Ok(())
    }
}

/// Throws an `Error`.
pub fn raise(message: &str) -> Raised {
    let message = CString::new(message).unwrap_or_default();
    // SAFETY: the format takes one text, which is alive.
    unsafe { ffi::zend_throw_error(ptr::null_mut(), c"%s".as_ptr(), message.as_ptr()) };
    Raised
}

/// A reference to a value, for parameters taken by reference.
pub fn reference(value: Zval) -> Zval {
    const COUNTED_REFERENCE: u32 = ffi::IS_REFERENCE | (1 << 4);
    let mut result = Zval::new();
    // SAFETY: the memory is PHP's, of the size of a reference, and filled before it is used; the value
    // returned owns its one count.
    unsafe {
        let made = ffi::_emalloc(size_of::<ffi::_zend_reference>()).cast::<ffi::_zend_reference>();
        ptr::write_bytes(made, 0, 1);
        (*made).gc.refcount = 1;
        (*made).gc.u.type_info = COUNTED_REFERENCE;
        ptr::write(&raw mut (*made).val, value);
        result.value.ref_ = made;
    }
    result.u1.type_info = ffi::IS_REFERENCE_EX;
    result
}

/// Reads a property as its class sees it; null if there is none.
pub fn property(object: Instance<'_>, name: &str) -> Zval {
    let mut room = Zval::new();
    // SAFETY: the engine returns a pointer to the property or to `room`, both alive here.
    let mut read = || unsafe {
        let (name, length) = (name.as_ptr().cast(), name.len());
        let found = zend_read_property(object.class(), object.raw(), name, length, true, &raw mut room);
        found.as_ref().map_or_else(Zval::null, zv::share)
    };
    // SAFETY: a class outlives its objects.
    if unsafe { (*object.class()).__get.is_null() } {
        return read();
    }
    guarded(read).unwrap_or_else(|Raised| Zval::null())
}

/// Writes a property that need not be declared, without PHP's complaint about that; a class that has its own
/// `__set` is asked.
pub fn set_member(object: Instance<'_>, name: &[u8], value: Zval) {
    // SAFETY: the class outlives the object; the lookup only reads.
    let plain = unsafe {
        let class = &*object.class();
        let declared = zv::entry_raw(&class.properties_info, name);
        class.__set.is_null() && declared.is_null()
    };
    if !plain {
        set_property(object, &String::from_utf8_lossy(name), value);
        return;
    }
    let name = zv::text(name);
    let mut value = mem::ManuallyDrop::new(value);
    // SAFETY: the standard table of properties belongs to the object and takes the value over; one that
    // somebody else counts too, after an array cast, is theirs and left as it is.
    unsafe {
        let mut table = ffi::zend_std_get_properties(object.raw());
        if (*table).gc.refcount > 1 {
            (*table).gc.refcount -= 1;
            table = zend_array_dup(table);
            (*object.raw()).properties = table;
        }
        ffi::zend_hash_update(table, name.value.str_, &raw mut *value);
    }
}

/// Puts a value in the place of another, or behind the reference it is; what was there before. What the place says besides,
/// as the next entry of a table, stays.
///
/// # Safety
/// The place is alive, and nobody's reference of Rust.
pub unsafe fn exchange(place: *mut Zval, value: Zval) -> Zval {
    let value = mem::ManuallyDrop::new(value);
    let mut before = Zval::new();
    // SAFETY: as promised by the caller; both halves of a value move together, so that each has one owner.
    unsafe {
        let is_reference = zend::type_of(&*place) == ffi::IS_REFERENCE;
        let place = if is_reference { &raw mut (*(*place).value.ref_).val } else { place };
        before.value = ptr::replace(&raw mut (*place).value, value.value);
        before.u1 = ptr::replace(&raw mut (*place).u1, value.u1);
    }
    before
}

/// Writes a property as its class would.
pub fn set_property(object: Instance<'_>, name: &str, value: Zval) {
    // What it raises is pending, and found by the next check.
    let _ = guarded(|| zend::set_property(object.raw(), object.class(), name, value));
}

/// Whether the object's class is, or comes from, one of that name.
pub fn is_a(object: Instance<'_>, name: &str) -> bool {
    let mut class = object.class();
    // SAFETY: classes live as long as their objects; the parents of a linked class are pointers.
    unsafe {
        while let Some(entry) = class.as_ref() {
            if entry.name.as_ref().is_some_and(|have| have.as_bytes() == name.as_bytes()) {
                return true;
            }
            class = entry.__bindgen_anon_1.parent;
        }
    }
    false
}

/// `new NAME()`, constructor included; `None` if there is no such class and `must` is false.
pub fn instantiate(name: &[u8], must: bool) -> Result<Option<Zval>> {
    let lookup = zv::text(name);
    let mut made = Zval::new();
    // SAFETY: the lookup may autoload, which may raise; that is checked before the class is used.
    unsafe {
        let class = guarded(|| ffi::zend_lookup_class_ex(lookup.value.str_, ptr::null_mut(), 0))?;
        if class.is_null() {
            if must {
                return Err(raise(&format!("Class \"{}\" not found", String::from_utf8_lossy(name))));
            }
            return Ok(None);
        }
        if object_init_ex(&raw mut made, class) != 0 {
            return Err(Raised);
        }
        let constructor = (*class).constructor;
        if !constructor.is_null() {
            invoke(constructor, made.value.obj, &mut Zval::new(), &mut [])?;
        }
    }
    Ok(Some(made))
}
