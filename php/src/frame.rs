//! A call from PHP into a native method: its arguments, and the boundary that turns errors and panics into
//! exceptions.

use std::panic::AssertUnwindSafe;

use ext_php_rs::ffi;
use ext_php_rs::types::{ZendHashTable, Zval};
use ext_php_rs::zend::{bailout, ce, run_handler, ClassEntry, ExecuteData};
use wsdlproxy::{Error, Result};

use crate::error;
use crate::instance::Instance;
use crate::zend;

/// The arguments of one call.
pub struct Frame<'a> {
    ex: &'a ExecuteData,
    named: Option<Zval>,
}

/// Places in front of the first argument.
const HEAD: usize = size_of::<ExecuteData>().div_ceil(size_of::<Zval>());

impl<'a> Frame<'a> {
    /// `$this`.
    pub fn this(&self) -> Result<Instance<'a>> {
        Instance::of(&self.ex.This).ok_or_else(|| Error::usage("this is not a static method"))
    }

    /// The class that a static method was called on.
    pub fn class(&self) -> *mut ClassEntry {
        // SAFETY: in a static call `This` holds the class instead of an object.
        unsafe { self.ex.This.value.ce }
    }

    /// How many arguments were given by position.
    pub fn count(&self) -> usize {
        // SAFETY: for a call the field is the number of arguments.
        unsafe { self.ex.This.u2.num_args as usize }
    }

    /// An argument as it was given, references followed; `None` if it was left out.
    pub fn get(&self, at: usize) -> Option<&'a Zval> {
        if at >= self.count() {
            return None;
        }
        // SAFETY: the engine places the arguments behind the frame.
        let value = unsafe { &*std::ptr::from_ref(self.ex).cast::<Zval>().add(HEAD + at) };
        (zend::type_of(value) != ffi::IS_UNDEF).then(|| zend::plain(value))
    }

    /// An argument that is a UTF-8 string.
    pub fn text(&self, at: usize, name: &str) -> Result<&'a str> {
        self.optional_text(at, name)?.ok_or_else(|| missing(at, name))
    }

    /// The same where null and nothing are the same.
    pub fn optional_text(&self, at: usize, name: &str) -> Result<Option<&'a str>> {
        match self.get(at) {
            None => Ok(None),
            Some(value) if value.is_null() => Ok(None),
            Some(value) => match zend::utf8(value) {
                Some(text) => Ok(Some(text)),
                None if value.is_string() => Err(Error::usage(format!("{name} is not valid UTF-8"))),
                None => Err(mistyped(at, name, "string", value)),
            },
        }
    }

    /// The bytes of an argument.
    pub fn bytes(&self, at: usize, name: &str) -> Result<&'a [u8]> {
        let value = self.value(at, name)?;
        zend::bytes(value).ok_or_else(|| mistyped(at, name, "string", value))
    }

    /// An argument of any type.
    pub fn value(&self, at: usize, name: &str) -> Result<&'a Zval> {
        self.get(at).ok_or_else(|| missing(at, name))
    }

    /// An argument that is an array.
    pub fn array(&self, at: usize, name: &str) -> Result<Option<&'a Zval>> {
        match self.get(at) {
            None => Ok(None),
            Some(value) if value.is_null() => Ok(None),
            Some(value) if value.is_array() => Ok(Some(value)),
            Some(value) => Err(mistyped(at, name, "array", value)),
        }
    }

    /// Arguments given by names that the method does not declare.
    pub fn named(&self) -> Option<&ZendHashTable> {
        self.named.as_ref()?.array()
    }
}

fn missing(at: usize, name: &str) -> Error {
    let text = format!("argument #{} (${name}) is missing", at + 1);
    ext_php_rs::exception::PhpException::new(text, 0, ce::argument_count_error()).throw();
    error::raised()
}

fn mistyped(at: usize, name: &str, wanted: &str, value: &Zval) -> Error {
    let text =
        format!("argument #{} (${name}) must be of type {wanted}, {} given", at + 1, zend::type_name(value));
    ext_php_rs::exception::PhpException::new(text, 0, ce::type_error()).throw();
    error::raised()
}

/// Takes the arguments given by names out of the engine's frame: a backtrace would show them, passwords included.
fn take_named(ex: &mut ExecuteData) -> Option<Zval> {
    const HAS_EXTRA_NAMED_PARAMS: u32 = 1 << 27;
    // SAFETY: the flag says whether the table is there. It is ours now, and the engine frees the empty one instead.
    unsafe {
        if ex.This.u1.type_info & HAS_EXTRA_NAMED_PARAMS == 0 {
            return None;
        }
        let mut named = Zval::new();
        named.value.arr = std::mem::replace(&mut ex.extra_named_params, ffi::_zend_new_array(0));
        let is_shared = (*named.value.arr).gc.u.type_info & ffi::GC_IMMUTABLE != 0;
        named.u1.type_info = if is_shared { ffi::IS_ARRAY } else { ffi::IS_ARRAY_EX };
        Some(named)
    }
}

/// Runs the body of a method.
pub fn enter(ex: &mut ExecuteData, result: &mut Zval, body: fn(&Frame<'_>) -> Result<Zval>) {
    run_handler(AssertUnwindSafe(|| {
        let named = take_named(ex);
        let fatal = match body(&Frame { ex, named }) {
            Ok(value) => {
                *result = value;
                false
            }
            Err(error) => error::throw(error),
        };
        if fatal {
            // SAFETY: nothing of ours is left on the stack that would have to be dropped.
            unsafe { bailout() }
        }
    }));
}

/// The function that PHP calls for a body.
#[macro_export]
macro_rules! handler {
    ($body:path) => {{
        extern "C" fn handler(ex: &mut ext_php_rs::zend::ExecuteData, result: &mut ext_php_rs::types::Zval) {
            $crate::frame::enter(ex, result, $body);
        }
        handler
    }};
}
