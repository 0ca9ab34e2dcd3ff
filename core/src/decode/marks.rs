//! The attributes that say how an element is to be read: `xsi:type`, `xsi:nil`, and those of SOAP encoding
//! (SOAP 1.1, §5; SOAP 1.2 part 2, §3).

use std::borrow::Cow;

use super::decoder::{Decoder, Want};
use super::spaces::Space;
use crate::index::{ComplexId, TypeId};
use crate::plan::*;
use crate::seam::Sink;
use crate::xml::{Attribute, Cursor};

/// The type that an element claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Actual {
    /// None, or one that is not known.
    None,
    Type(TypeId),
    /// The only type of that local name, where the namespace or its prefix is not known.
    Likely(TypeId),
    /// `SOAP-ENC:Array`.
    Array,
    /// `SOAP-ENC:Struct`.
    Struct,
    /// Apache's `Map` where the plan does not have it.
    Map,
}

/// An attribute's place in its start tag, or 0 for none; attributes are counted from 1.
type Place = u16;

/// What the attributes of one start tag say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marks {
    pub nil: bool,
    pub actual: Actual,
    /// Whether there is `arrayType`, or `itemType`, `arraySize` or `nodeType="array"` of SOAP 1.2.
    pub array: bool,
    href: Place,
    id: Place,
    /// The row of the references' index, counted from 1.
    target: u32,
}

impl Marks {
    pub const NONE: Self = Self { nil: false, actual: Actual::None, array: false, href: 0, id: 0, target: 0 };

    /// The place of `href` or `ref`, counted from 0.
    #[inline]
    pub fn reference(&self) -> Option<usize> {
        (self.href as usize).checked_sub(1)
    }

    /// Whether there is nothing beside a type.
    pub fn is_only_type(&self) -> bool {
        !self.nil && !self.array && self.href == 0 && self.id == 0 && self.target == 0
    }

    pub fn id(&self) -> Option<usize> {
        (self.id as usize).checked_sub(1)
    }

    /// The reference target that this element is.
    pub fn target(&self) -> Option<usize> {
        (self.target as usize).checked_sub(1)
    }

    #[must_use]
    pub fn with_target(self, target: usize) -> Self {
        Self { target: target as u32 + 1, ..self }
    }
}

/// `xsd:boolean`'s true.
fn is_true(value: &str) -> bool {
    matches!(value.trim(), "true" | "1")
}

impl<'x, S: Sink> Decoder<'_, 'x, S> {
    /// The marks of the element just started, remembered for each set of attributes.
    #[inline]
    pub fn marks(&mut self, cursor: &Cursor<'x>) -> Marks {
        let (id, encoded) = (cursor.attributes_id(), self.encoded);
        if let Some(marks) = self.types.marks(id, encoded) {
            return marks;
        }
        let marks = self.read_marks(cursor);
        self.types.keep_marks(id, encoded, marks);
        marks
    }

    #[inline(never)]
    fn read_marks(&mut self, cursor: &Cursor<'x>) -> Marks {
        let mut marks = Marks::NONE;
        for (at, attribute) in cursor.attributes().enumerate() {
            let place = Place::try_from(at + 1).unwrap_or(0);
            match self.spaces.space(self.plan, cursor, attribute.ns) {
                Space::Instance => match attribute.local {
                    "type" => marks.actual = self.actual(cursor, attribute),
                    "nil" | "null" => marks.nil = is_true(&attribute.value),
                    _ => {}
                },
                Space::Encoding => match attribute.local {
                    "arrayType" | "itemType" | "arraySize" => marks.array = true,
                    "nodeType" => marks.array |= attribute.value.trim() == "array",
                    "ref" => marks.href = place,
                    "id" => marks.id = place,
                    _ => {}
                },
                Space::None => match attribute.local {
                    "href" => marks.href = place,
                    "id" => marks.id = place,
                    _ => {}
                },
                _ => {}
            }
        }
        marks
    }

    fn actual(&mut self, cursor: &Cursor<'x>, attribute: &Attribute<'x>) -> Actual {
        match &attribute.value {
            Cow::Borrowed(raw) => self.known_type(cursor, raw),
            Cow::Owned(raw) => self.resolve_type(cursor, raw),
        }
    }

    /// The type of the plan that an element with marks is of; `None` if its marks name a construct of the
    /// encoding and the plan wants nothing better.
    #[inline]
    pub fn marked_type(&self, want: Want, actual: Actual) -> Option<TypeId> {
        if let Actual::Type(actual) = actual {
            return Some(self.honoured(actual, want.ty));
        }
        if let Actual::Likely(actual) = actual {
            if want.levels == 0 && self.plan.derives(actual, want.ty) {
                return Some(actual);
            }
        }
        if want.levels > 0 {
            return None;
        }
        let kind = self.plan.types[want.ty].kind;
        match (actual, kind) {
            (Actual::None | Actual::Likely(_), _) => Some(want.ty),
            // The declared type knows its items or members better.
            (Actual::Array, TypeKind::Array(_)) | (Actual::Struct, TypeKind::Complex(_)) => Some(want.ty),
            (Actual::Array, TypeKind::Complex(id)) => self.is_listing(id).then_some(want.ty),
            _ => None,
        }
    }

    /// Whether a claimed type is used instead of the wanted one. In literal messages a type that is not
    /// derived from the declared one is taken only if both are leaves or both are not: servers that lie
    /// about types do not lie about that. Encoded messages are read by their own types throughout.
    fn honoured(&self, actual: TypeId, wanted: TypeId) -> TypeId {
        let is_any = |ty: TypeId| matches!(self.plan.types[ty].kind, TypeKind::Any);
        if actual == wanted || is_any(actual) {
            return wanted;
        }
        let taken = self.encoded
            || is_any(wanted)
            || self.plan.derives(actual, wanted)
            || self.is_leaf(actual) == self.is_leaf(wanted);
        if taken {
            actual
        } else {
            wanted
        }
    }

    /// Whether values of a type are texts.
    fn is_leaf(&self, ty: TypeId) -> bool {
        match self.plan.types[ty].kind {
            TypeKind::Simple(_) => true,
            TypeKind::Complex(id) => self.plan.complexes[id].text.is_some(),
            TypeKind::Any | TypeKind::Array(_) | TypeKind::Map => false,
        }
    }

    /// Whether a complex type is an array by another name: its only member is a repeated element.
    fn is_listing(&self, id: ComplexId) -> bool {
        let members = self.plan.members.run(self.plan.shapes[self.plan.complexes[id].shape].members);
        matches!(members, [only] if only.repeated() && only.role == Role::Element)
    }
}
