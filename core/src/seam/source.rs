//! How the encoder reads a native value.

use std::borrow::Cow;

use super::Key;
use crate::error::Result;
use crate::name::QNameRef;
use crate::scalar::{Builtin, Scalar};

/// What a native value is, as far as its own type tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Null,
    Scalar,
    List,
    Record,
}

/// A native value that can be sent. Cheap to clone: a reference or a counted pointer.
pub trait Source: Clone {
    /// The value's own shape. An object with members as attributes is a record.
    fn kind(&self) -> Kind;

    /// The native type and, for a scalar, its shortened value, for error texts: `str "x"`, `dict`.
    fn describe(&self) -> String;

    /// The `xsi:type` that the value asks for itself, besides the member `_type` of a record.
    fn type_hint(&self) -> Option<QNameRef<'_>> {
        None
    }

    /// The leaf in its natural native form; `want` only settles what the host cannot know, such as
    /// whether a byte string is text. The encoder converts and checks.
    fn scalar(&self, want: Builtin) -> Result<Scalar<'_>>;

    /// The XML of a value that is a piece of a document, for places where any XML may stand. Its kind is scalar.
    fn xml(&self) -> Result<Option<Cow<'_, str>>> {
        Ok(None)
    }

    /// The member of a record; `None` if it is absent.
    fn field(&self, key: Key<'_>) -> Result<Option<Self>>;

    /// The number of members if the host knows it at once; objects may not.
    fn size(&self) -> Option<usize>;

    /// Visits the items of a list.
    fn each(&self, f: &mut dyn FnMut(Self) -> Result<()>) -> Result<()>;

    /// Visits the members of a record in the host's order.
    fn entries(&self, f: &mut dyn FnMut(&str, Self) -> Result<()>) -> Result<()>;

    /// Visits the names of the members that are not null, without a look at their values.
    fn names(&self, f: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        self.entries(&mut |name, value| if value.kind() == Kind::Null { Ok(()) } else { f(name) })
    }

    /// Whether a record that has none of the members wanted may be meant as an empty one. An object of a class that
    /// knows nothing of them is a mistake.
    fn may_be_empty(&self) -> bool {
        true
    }

    /// What tells a container from all others while the call lasts, to see that one contains itself.
    fn identity(&self) -> Option<usize> {
        None
    }
}
