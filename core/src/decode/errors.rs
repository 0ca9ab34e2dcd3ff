//! Errors with their place in the document and in the value.

use crate::error::Error;
use crate::secret;
use crate::xml::Cursor;

/// An error at the element that was started last.
#[cold]
pub(super) fn fail(cursor: &Cursor<'_>, message: impl Into<String>) -> Error {
    Error::decode(message).at(cursor.position(cursor.offset()))
}

/// An error seen from the record around the value, of whose member it is the item at `index`.
#[cold]
pub(super) fn within(error: Error, member: &str, index: Option<usize>) -> Error {
    let error = secret::masked(error, member);
    let error = match index {
        Some(index) => error.in_item(index),
        None => error,
    };
    error.in_member(member)
}
