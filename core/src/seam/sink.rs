//! How the decoder builds native values.

use std::borrow::Cow;
use std::mem::MaybeUninit;

use super::Key;
use crate::error::Result;
use crate::index::ShapeId;
use crate::scalar::{Builtin, Scalar};

/// Writes all of the memory it is lent and answers that; `None` if it cannot.
pub type Fill<'f> = dyn for<'m> FnMut(&'m mut [MaybeUninit<u8>]) -> Option<&'m mut [u8]> + 'f;

/// Builds native values of one answer.
pub trait Sink {
    /// A finished value.
    type Node;
    /// A record that is being filled.
    type Record;
    /// A list that is being filled.
    type List;

    /// `xsi:nil`, or a void result.
    fn null(&mut self) -> Result<Self::Node>;

    /// A leaf of the built-in type `of`.
    fn scalar(&mut self, of: Builtin, value: Scalar<'_>) -> Result<Self::Node>;

    /// Binary content of `length` bytes, which `fill` writes into the host's own memory; `None` if it says that it
    /// cannot. For content so long that a copy would be felt.
    fn binary(&mut self, of: Builtin, length: usize, fill: &mut Fill<'_>) -> Result<Option<Self::Node>> {
        let mut memory = vec![MaybeUninit::uninit(); length];
        match fill(&mut memory) {
            Some(bytes) => self.scalar(of, Scalar::Bytes(Cow::Borrowed(bytes))).map(Some),
            None => Ok(None),
        }
    }

    /// Opens a record. `shape` lets a host prepare its layout; `None` for an untyped record.
    fn record(&mut self, shape: Option<ShapeId>) -> Result<Self::Record>;

    /// Sets a member; each key at most once.
    fn set(&mut self, record: &mut Self::Record, key: Key<'_>, node: Self::Node) -> Result<()>;

    fn end_record(&mut self, record: Self::Record) -> Result<Self::Node>;

    /// Opens a list; `size` is a hint of the sender, bounded by the decoder, or 0.
    fn list(&mut self, size: usize) -> Result<Self::List>;

    fn push(&mut self, list: &mut Self::List, node: Self::Node) -> Result<()>;

    fn end_list(&mut self, list: Self::List) -> Result<Self::Node>;

    /// The same value once more, for a second reference to it.
    fn share(&mut self, node: &Self::Node) -> Self::Node;

    /// The value of a record that is still open, for a reference cycle; `None` if the host cannot.
    fn share_open(&mut self, record: &Self::Record) -> Option<Self::Node>;

    /// Whether [`Sink::share`] copies, so that the copies count against the limits.
    const SHARE_COPIES: bool = false;
}
