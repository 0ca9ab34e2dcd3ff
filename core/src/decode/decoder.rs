//! The state of one decoding, and the one place that decides how an element is read: by its own marks
//! first (`xsi:nil`, references, `xsi:type`), then by what the plan wants there.

use super::array::{Asked, Layout};
use super::errors::fail;
use super::group::RouteMemo;
use super::leaf::Site;
use super::loose::{Loose, LooseIndex};
use super::marks::{Actual, Marks};
use super::mixed::Watch;
use super::multiref::References;
use super::places::Places;
use super::slots::Slot;
use super::spaces::Spaces;
use super::typed::TypeMemo;
use super::{Attachments, Options};
use crate::error::Result;
use crate::index::*;
use crate::plan::*;
use crate::seam::{Key, Sink};
use crate::xml::Cursor;

/// What a place in the plan says about the element there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Want {
    /// The type to read, unless the element says otherwise.
    pub ty: TypeId,
    /// The type that the plan declares; a record of another one gets the member `_type`.
    pub declared: TypeId,
    /// How many arrays, each the item of the one before, `ty` is wrapped in.
    pub levels: u32,
    /// The text that an empty element stands for, or [`NameId::NONE`].
    pub default: NameId,
}

impl Want {
    pub const ANY: Self = Self::of(Plan::ANY_TYPE);

    pub const fn of(ty: TypeId) -> Self {
        Self { ty, declared: ty, levels: 0, default: NameId::NONE }
    }

    pub fn member(member: &Member) -> Self {
        let default = if member.default == NameId::NONE { member.fixed } else { member.default };
        Self { ty: member.ty, declared: member.ty, levels: 0, default }
    }
}

/// Decodes one envelope.
pub(super) struct Decoder<'p, 'x, S: Sink> {
    pub plan: &'p Plan,
    pub options: &'p Options,
    pub attachments: &'p Attachments<'p>,
    pub sink: &'p mut S,
    pub text: &'x str,
    /// Whether the rules of SOAP encoding hold (SOAP 1.1, §5).
    pub encoded: bool,
    /// Whether the message itself is encoded, so that every reference must lead to something.
    pub must_refer: bool,
    /// The envelope.
    pub root: Option<Site>,
    /// A fault beside the answer.
    pub late_fault: Option<Site>,
    pub spaces: Spaces,
    pub types: TypeMemo<'x>,
    /// What was read of the start tags of arrays lately.
    pub layouts: Vec<(Asked, Layout)>,
    /// The members of all open records that the plan describes.
    pub slots: Vec<Slot<S>>,
    pub places: Places,
    /// The members of all open records that it does not.
    pub loose: Vec<Loose<'x, S>>,
    pub loose_index: LooseIndex<'x>,
    pub records: Vec<S::Record>,
    pub routes: RouteMemo,
    pub references: Option<References<'x, S::Node>>,
    pub watch: Watch,
    pub depth: u32,
    pub budget: Budget,
}

/// How far the stacks of a decoder reach.
#[derive(Debug, Clone, Copy)]
pub(super) struct Heights {
    slots: usize,
    loose: usize,
    records: usize,
    depth: u32,
    encoded: bool,
}

/// What may still be spent on things that cost more than the text that asks for them.
pub(super) struct Budget {
    /// Values made, copies included.
    pub values: u64,
    /// List items that senders announced and the decoder believed.
    pub hints: usize,
    /// Array positions that were not sent.
    pub gaps: usize,
    /// Bytes of XML handed over as text.
    pub raw: usize,
    /// Entries of a fault's detail that may turn out not to be as declared: an error counts lines.
    pub mistakes: u32,
}

impl<'p, 'x, S: Sink> Decoder<'p, 'x, S> {
    pub fn new(
        plan: &'p Plan,
        text: &'x str,
        options: &'p Options,
        attachments: &'p Attachments<'p>,
        sink: &'p mut S,
    ) -> Self {
        let budget = Budget {
            values: 0,
            hints: text.len() / 4,
            gaps: text.len().saturating_add(1 << 16),
            raw: options.limits.bytes,
            mistakes: 16,
        };
        Self {
            plan,
            options,
            attachments,
            sink,
            text,
            encoded: false,
            must_refer: false,
            root: None,
            late_fault: None,
            spaces: Spaces::default(),
            types: TypeMemo::default(),
            layouts: Vec::new(),
            slots: Vec::new(),
            places: Places::default(),
            loose: Vec::new(),
            loose_index: LooseIndex::new(),
            records: Vec::new(),
            routes: RouteMemo::default(),
            references: None,
            watch: Watch::Off,
            depth: 0,
            budget,
        }
    }

    /// The value of the element just started, through its end tag.
    #[inline]
    pub fn value(&mut self, cursor: &mut Cursor<'x>, want: Want) -> Result<S::Node> {
        self.budget.values += 1;
        if !cursor.has_attributes() {
            return self.plain(cursor, want, Marks::NONE);
        }
        let marks = self.marks(cursor);
        if marks.nil {
            return self.nil(cursor, want, marks);
        }
        if self.encoded && self.must_refer {
            if let Some(at) = marks.reference() {
                return self.reference(cursor, at, want);
            }
            if let Some(id) = marks.id() {
                if let Some(target) = self.inline_target(cursor, id)? {
                    return self.shared(cursor, target, want, true);
                }
            }
        } else if let Some(at) = marks.reference() {
            if let Some(target) = self.stray_target(cursor, at, want)? {
                cursor.skip()?;
                return self.shared(cursor, target, want, false);
            }
        }
        self.plain(cursor, want, marks)
    }

    /// The value of an element that is neither nil nor a reference.
    #[inline]
    pub fn plain(&mut self, cursor: &mut Cursor<'x>, want: Want, marks: Marks) -> Result<S::Node> {
        let ty = match marks.actual {
            Actual::None if want.levels == 0 => want.ty,
            Actual::Type(ty) if ty == want.ty && want.levels == 0 => ty,
            _ => match self.marked_type(want, marks.actual) {
                Some(ty) => ty,
                None => return self.marked(cursor, want, marks),
            },
        };
        let row = &self.plan.types[ty];
        if let Some(builtin) = row.atom.get() {
            return self.atom(cursor, builtin, want.default);
        }
        self.structured(cursor, ty, want, marks)
    }

    fn structured(
        &mut self,
        cursor: &mut Cursor<'x>,
        ty: TypeId,
        want: Want,
        marks: Marks,
    ) -> Result<S::Node> {
        self.enter(cursor)?;
        let node = match self.plan.types[ty].kind {
            TypeKind::Complex(id) => self.complex(cursor, ty, id, want, marks),
            TypeKind::Array(id) => self.array(cursor, Some(id), want, marks),
            TypeKind::Simple(id) => self.simple(cursor, ty, id, want.default),
            TypeKind::Map => self.map(cursor, marks),
            TypeKind::Any if marks.array => self.array(cursor, None, want, marks),
            TypeKind::Any => self.any(cursor, marks),
        };
        self.depth -= 1;
        node
    }

    /// The value of an element whose marks name a construct of the encoding rather than a type.
    fn marked(&mut self, cursor: &mut Cursor<'x>, want: Want, marks: Marks) -> Result<S::Node> {
        self.enter(cursor)?;
        let node = match marks.actual {
            Actual::Struct => self.any(cursor, marks),
            Actual::Map => self.map(cursor, marks),
            Actual::Array | Actual::None | Actual::Type(_) | Actual::Likely(_) => {
                self.array(cursor, None, want, marks)
            }
        };
        self.depth -= 1;
        node
    }

    /// Counts a value inside another: references make values deeper than the document is.
    #[inline]
    pub fn enter(&mut self, cursor: &Cursor<'x>) -> Result<()> {
        if self.depth >= self.options.limits.depth {
            let limit = self.options.limits.depth;
            return Err(fail(cursor, format!("values are nested deeper than {limit}")));
        }
        self.depth += 1;
        Ok(())
    }

    /// Opens a record; `marks` tell whether references may lead to it while it is open.
    pub fn open_record(&mut self, shape: Option<ShapeId>, marks: Marks) -> Result<()> {
        let record = self.sink.record(shape)?;
        if let (Some(target), Some(references)) = (marks.target(), &mut self.references) {
            references.opened(target, self.records.len());
        }
        self.records.push(record);
        Ok(())
    }

    /// The record opened last.
    pub fn take_record(&mut self) -> S::Record {
        self.records.pop().expect("a record was opened")
    }

    /// Where everything stands, for [`Self::fall_back`].
    pub fn heights(&self) -> Heights {
        Heights {
            slots: self.slots.len(),
            loose: self.loose.len(),
            records: self.records.len(),
            depth: self.depth,
            encoded: self.encoded,
        }
    }

    /// Gives up all values begun since, after an error that is survived.
    pub fn fall_back(&mut self, to: Heights) {
        self.slots.truncate(to.slots);
        self.places.forget(to.slots);
        self.forget_loose(to.loose);
        self.records.truncate(to.records);
        self.depth = to.depth;
        self.encoded = to.encoded;
        self.watch = Watch::Off;
        if let Some(references) = &mut self.references {
            references.abandon();
        }
    }

    /// The key of a member that the plan does not describe.
    pub fn key<'k>(&self, text: &'k str) -> Key<'k> {
        Key { id: self.plan.names.find(text).unwrap_or(NameId::NONE), text }
    }
}
