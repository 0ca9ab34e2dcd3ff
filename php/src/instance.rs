//! A PHP object as native code may hold it.
//!
//! The engine and PHP code change objects at any time, and counting an owner is such a change. A Rust reference
//! would promise that they do not, so this is a pointer that is known to be alive.

use std::marker::PhantomData;

use ext_php_rs::ffi;
use ext_php_rs::types::{ZendHashTable, ZendObject, Zval};
use ext_php_rs::zend::ClassEntry;
use wsdlproxy::{Error, Result};

use crate::error::guarded;
use crate::zend;

/// An object that something alive for `'a` owns.
#[derive(Clone, Copy)]
pub struct Instance<'a> {
    raw: *mut ZendObject,
    owner: PhantomData<&'a Zval>,
}

impl<'a> Instance<'a> {
    /// The object of a value that is one.
    #[inline]
    pub fn of(value: &'a Zval) -> Option<Self> {
        // SAFETY: every member of the union can be read as a pointer; the tag says whether it is one.
        let raw = unsafe { value.value.obj };
        value.is_object().then_some(Self { raw, owner: PhantomData })
    }

    #[inline]
    pub fn raw(self) -> *mut ZendObject {
        self.raw
    }

    #[inline]
    pub fn class(self) -> *mut ClassEntry {
        // SAFETY: the object is alive; its class never changes.
        unsafe { (*self.raw).ce }
    }

    /// Whether the class is, or descends from or implements, `class`.
    pub fn is_a(self, class: *const ClassEntry) -> bool {
        let own = self.class();
        // SAFETY: both classes live as long as the process or the request.
        std::ptr::eq(own, class) || (!class.is_null() && unsafe { ffi::instanceof_function_slow(own, class) })
    }

    pub fn class_name(self) -> String {
        // SAFETY: a class outlives its objects.
        unsafe { (*self.class()).name() }.unwrap_or("object").to_owned()
    }

    /// The object as a value of its own count.
    pub fn to_value(self) -> Zval {
        let mut value = Zval::new();
        // SAFETY: every object counts its owners; the value is one more.
        unsafe { (*self.raw).gc.refcount += 1 };
        value.value.obj = self.raw;
        value.u1.type_info = ffi::IS_OBJECT_EX;
        value
    }

    /// Calls a method by its name, in lower case; PHP code may run.
    pub fn call(self, method: &str, arguments: &mut [Zval]) -> Result<Zval> {
        let owner = self.to_value();
        let class = self.class();
        // SAFETY: the class is alive, and so is its table.
        let found = unsafe {
            let table = &raw const (*class).function_table;
            ffi::zend_hash_str_find_ptr_lc(table, method.as_ptr().cast(), method.len())
        };
        if found.is_null() {
            return Err(Error::usage(format!("{} has no method {method}", self.class_name())));
        }
        let result = guarded(|| {
            let mut result = Zval::new();
            // SAFETY: the object is alive and its class has the method; arguments and result are ours.
            unsafe {
                ffi::zend_call_known_function(
                    found.cast(),
                    self.raw,
                    class,
                    &raw mut result,
                    arguments.len() as u32,
                    arguments.as_mut_ptr(),
                    std::ptr::null_mut(),
                );
            }
            result
        })?;
        drop(owner);
        Ok(zend::share(&result))
    }

    /// A property as the object's own class sees it.
    pub fn property(self, name: &str) -> Result<Zval> {
        let mut room = Zval::new();
        guarded(|| {
            // SAFETY: the engine returns a pointer to the property or to `room`, both alive here.
            let found = unsafe {
                ffi::zend_read_property(
                    self.class(),
                    self.raw,
                    name.as_ptr().cast(),
                    name.len(),
                    true,
                    &raw mut room,
                )
                .as_ref()
            };
            found.map_or_else(Zval::null, zend::share)
        })
    }

    /// The properties without a call of PHP code, for objects of the standard kind.
    pub fn own_table(self) -> Option<&'a ZendHashTable> {
        // SAFETY: the standard handler builds the table from the object's own slots and keeps it there.
        unsafe { ffi::zend_std_get_properties(self.raw).as_ref() }
    }
}
