//! Rows as the bytes they have in memory, which are those of a stored plan.
//!
//! Fields are written one by one at their offsets, so that what lies between them is zero and not whatever was there.

use std::mem::offset_of;

use super::services::*;
use super::tables::*;
use crate::index::*;
use crate::name::QName;

/// Writes the value as it stands in memory into zeros of its size.
pub(super) trait Put {
    fn put(&self, out: &mut [u8]);
}

impl Put for u32 {
    fn put(&self, out: &mut [u8]) {
        out.copy_from_slice(&self.to_ne_bytes());
    }
}

impl Put for u8 {
    fn put(&self, out: &mut [u8]) {
        out[0] = *self;
    }
}

impl Put for bool {
    fn put(&self, out: &mut [u8]) {
        out[0] = u8::from(*self);
    }
}

impl<T: Absent + Put> Put for Maybe<T> {
    fn put(&self, out: &mut [u8]) {
        self.get().unwrap_or(T::ABSENT).put(out);
    }
}

impl<I> Put for Run<I> {
    fn put(&self, out: &mut [u8]) {
        self.start.put(&mut out[..4]);
        self.len.put(&mut out[4..]);
    }
}

/// Enumerations without fields.
macro_rules! numbers {
    ($($name:ty),*) => {$(
        impl Put for $name {
            fn put(&self, out: &mut [u8]) {
                (*self as u32).put(out);
            }
        }
    )*};
}

numbers!(SoapVersion, Style, Use);

/// Enumerations with at most one field: the number of the variant, then the field.
macro_rules! variants {
    ($($name:ident { $($number:literal $variant:ident $(($field:ident))?),* })*) => {$(
        impl Put for $name {
            fn put(&self, out: &mut [u8]) {
                let (number, field) = out.split_at_mut(4);
                match self {
                    $(Self::$variant $(($field))? => {
                        u32::put(&$number, number);
                        $($field.put(&mut field[..size_of_val($field)]);)?
                    })*
                }
            }
        }
    )*};
}

variants! {
    TypeKind { 0 Any, 1 Simple(id), 2 Complex(id), 3 Array(id), 4 Map }
    Role { 0 Element, 1 Attribute, 2 Text, 3 Mixed, 4 Any(id), 5 AnyAttribute(id), 6 Group(id) }
    Term { 0 Member(id), 1 Sequence(run), 2 Choice(run), 3 All(run) }
}

macro_rules! rows {
    ($($name:ty { $($field:tt),* })*) => {$(
        impl Put for $name {
            fn put(&self, out: &mut [u8]) {
                // Names all fields, so that none is forgotten here.
                let Self { $($field: _),* } = self;
                $({
                    let field = &self.$field;
                    let at = offset_of!(Self, $field);
                    field.put(&mut out[at..at + size_of_val(field)]);
                })*
            }
        }
    )*};
}

rows! {
    NameId { 0 } TypeId { 0 } SimpleId { 0 } ComplexId { 0 } ArrayId { 0 } ElementId { 0 } ShapeId { 0 }
    MemberId { 0 } ParticleId { 0 } WildcardId { 0 } ServiceId { 0 } MessageId { 0 } Atom { 0 }
    QName { ns, local }
    Named<TypeId> { 0, 1 }
    Named<ElementId> { 0, 1 }
    Named<MemberId> { 0, 1 }
    Namespace { uri, prefix }
    Tag { text, ns }
    Type { name, tag, kind, base, documentation, atom, is_abstract }
    Complex { shape, attributes, text, mixed, any_attribute, has_defaults }
    Array { item, rank, item_tag, item_type_tag }
    Shape { members, root, lookup, any, flat, has_lists }
    Member { key, role, name, tag, ty, min, max, default, fixed, documentation, nillable, is_abstract }
    Particle { min, max, term }
    Element { name, tag, ty, documentation, nillable, is_abstract }
    Service { name, ports, documentation }
    Port { name, service, binding, address, version, operations, documentation }
    Operation { name, key, action, style, version, input, output, faults, documentation }
    Wrapper { 0, 1 }
    Message { wrapper, use_, encoding_style, parts, wrapped, headers }
    Part { key, name, tag, ty, element, documentation, nillable }
    Header { part, use_ }
    Fault { name, part, use_ }
}
