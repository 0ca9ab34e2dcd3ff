//! The UTF-8 of a Python string without a copy.

use std::borrow::Cow;

use pyo3::prelude::*;
use pyo3::types::PyString;

#[cfg(not(windows))]
extern "C" {
    // In the stable ABI since 3.10, but exported by every CPython from 3.3 on; elsewhere than on Windows that
    // is all the linker wants.
    fn PyUnicode_AsUTF8AndSize(text: *mut pyo3::ffi::PyObject, size: *mut isize) -> *const std::ffi::c_char;
}

/// The text, borrowed from the string object. Fails for lone surrogates.
#[cfg(not(windows))]
pub fn utf8<'a>(text: &'a Bound<'_, PyString>) -> PyResult<Cow<'a, str>> {
    let mut size = 0;
    // SAFETY: `text` is a string and the interpreter is attached. The buffer belongs to the string object, which
    // the returned borrow keeps alive, and CPython guarantees that it is UTF-8 of `size` bytes.
    unsafe {
        let data = PyUnicode_AsUTF8AndSize(text.as_ptr(), &raw mut size);
        if data.is_null() {
            return Err(PyErr::fetch(text.py()));
        }
        let bytes = std::slice::from_raw_parts(data.cast::<u8>(), size as usize);
        Ok(Cow::Borrowed(std::str::from_utf8_unchecked(bytes)))
    }
}

/// The text. Fails for lone surrogates.
#[cfg(windows)]
pub fn utf8<'a>(text: &'a Bound<'_, PyString>) -> PyResult<Cow<'a, str>> {
    text.to_cow()
}
