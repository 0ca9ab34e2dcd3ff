//! `xsi:type` (XSD 1.0 part 1, §2.6.1): from the attribute's text to a row of the plan.

use super::decoder::Decoder;
use super::marks::{Actual, Marks};
use super::spaces::Space;
use crate::name::{ns, QNameRef};
use crate::plan::Plan;
use crate::scalar::Builtin;
use crate::seam::Sink;
use crate::xml::Cursor;

#[derive(Clone, Copy)]
struct Known<'x> {
    raw: &'x str,
    scope: u32,
    actual: Actual,
}

/// The marks of one set of attributes.
#[derive(Clone, Copy)]
struct Read {
    id: u32,
    encoded: bool,
    marks: Marks,
}

const PLACES: usize = 64;

/// The texts of `xsi:type` met lately, one place for each hash: answers repeat the same few.
pub(super) struct TypeMemo<'x> {
    known: [Known<'x>; PLACES],
    read: [Read; PLACES],
}

impl Default for TypeMemo<'_> {
    fn default() -> Self {
        let nothing = Read { id: 0, encoded: false, marks: Marks::NONE };
        Self { known: [Known { raw: "", scope: 0, actual: Actual::None }; PLACES], read: [nothing; PLACES] }
    }
}

impl<'x> TypeMemo<'x> {
    #[inline]
    fn place(raw: &str, scope: u32) -> usize {
        let bytes = raw.as_bytes();
        let at = |from_end: usize| bytes.len().checked_sub(from_end).map_or(0, |at| usize::from(bytes[at]));
        let mixed = bytes.len() + at(1) * 5 + at(2) * 17 + at(4) * 29 + scope as usize * 7;
        (mixed ^ (mixed >> 6)) % PLACES
    }

    #[inline]
    pub fn find(&self, raw: &str, scope: u32) -> Option<Actual> {
        let known = &self.known[Self::place(raw, scope)];
        (known.scope == scope && known.raw == raw && !raw.is_empty()).then_some(known.actual)
    }

    /// The marks of the attributes with this id; 0 is that of none, which have no marks.
    #[inline]
    pub fn marks(&self, id: u32, encoded: bool) -> Option<Marks> {
        let read = &self.read[id as usize % PLACES];
        (read.id == id && (read.encoded == encoded || id == 0)).then_some(read.marks)
    }

    pub fn keep_marks(&mut self, id: u32, encoded: bool, marks: Marks) {
        self.read[id as usize % PLACES] = Read { id, encoded, marks };
    }

    pub fn keep(&mut self, raw: &'x str, scope: u32, actual: Actual) {
        self.known[Self::place(raw, scope)] = Known { raw, scope, actual };
    }
}

impl<'x, S: Sink> Decoder<'_, 'x, S> {
    /// The type that a qualified name of the document names at the element just started, remembered.
    pub fn known_type(&mut self, cursor: &Cursor<'x>, raw: &'x str) -> Actual {
        let scope = cursor.scope_id();
        if let Some(known) = self.types.find(raw, scope) {
            return known;
        }
        let actual = self.resolve_type(cursor, raw);
        self.types.keep(raw, scope, actual);
        actual
    }

    /// The type that a qualified name in an attribute of the element just started names.
    #[cold]
    pub fn resolve_type(&mut self, cursor: &Cursor<'x>, raw: &str) -> Actual {
        let raw = raw.trim();
        let (prefix, local) = raw.split_once(':').unwrap_or(("", raw));
        let known = cursor.resolve_prefix(prefix).map_or(Actual::None, |ns| {
            let space = self.spaces.space(self.plan, cursor, ns);
            named_type(self.plan, space, QNameRef::new(cursor.namespace(ns), local))
        });
        match known {
            Actual::None => self.plan.find_type_by_local(local).map_or(Actual::None, Actual::Likely),
            known => known,
        }
    }

    /// The type that an element's own name stands for (SOAP 1.1, §5.1): `<SOAP-ENC:int>`.
    pub fn type_by_element(&mut self, cursor: &Cursor<'x>, name: crate::xml::Name<'x>) -> Actual {
        match self.spaces.space(self.plan, cursor, name.ns) {
            space @ (Space::Encoding | Space::Schema) => {
                named_type(self.plan, space, QNameRef::new("", name.local))
            }
            _ => Actual::None,
        }
    }
}

fn named_type(plan: &Plan, space: Space, name: QNameRef<'_>) -> Actual {
    let schema_type = |local| plan.find_type(QNameRef::new(ns::XSD, local));
    match (space, name.local) {
        (Space::Schema, local) => schema_type(local).map_or(Actual::None, Actual::Type),
        (Space::Encoding, "Array") => Actual::Array,
        (Space::Encoding, "Struct") => Actual::Struct,
        (Space::Encoding, "base64") => Actual::Type(Plan::builtin(Builtin::Base64Binary)),
        (Space::Encoding, local) => {
            Builtin::from_name(local).map_or(Actual::None, |builtin| Actual::Type(Plan::builtin(builtin)))
        }
        (Space::Apache, "Map") => Actual::Map,
        (Space::Apache, "Vector") => Actual::Array,
        _ => plan.find_type(name).map_or(Actual::None, Actual::Type),
    }
}
