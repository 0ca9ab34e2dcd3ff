//! Complex types: records (XSD 1.0 part 1, §3.4).

use super::decoder::{Decoder, Want};
use super::errors::within;
use super::leaf::Site;
use super::marks::Marks;
use super::mixed::Watch;
use super::slots::Frame;
use crate::error::Result;
use crate::index::*;
use crate::plan::*;
use crate::seam::Sink;
use crate::xml::{Cursor, Name};

impl<'x, S: Sink> Decoder<'_, 'x, S> {
    /// The record that the element just started is; of simple content without attributes, its leaf, unless that
    /// hides that the type is not the declared one.
    pub fn complex(
        &mut self,
        cursor: &mut Cursor<'x>,
        ty: TypeId,
        id: ComplexId,
        want: Want,
        marks: Marks,
    ) -> Result<S::Node> {
        let plan = self.plan;
        let complex = &plan.complexes[id];
        let is_declared =
            ty == want.declared || !matches!(plan.types[want.declared].kind, TypeKind::Complex(_));
        if let Some(text) = bare_text(plan, complex).filter(|_| is_declared) {
            return self.content_text(cursor, &plan.members[text], want.default);
        }
        self.open_record(Some(complex.shape), marks)?;
        let mut frame = self.frame(complex.shape);
        self.fill(cursor, complex, &mut frame, want.default)?;
        let mut record = self.take_record();
        if ty != want.declared {
            self.name_type(&mut record, ty, complex.shape)?;
        }
        self.settle(&frame, record)
    }

    /// The value of a complex type whose record would have one member: that member's value.
    pub fn only_member(&mut self, cursor: &mut Cursor<'x>, id: ComplexId) -> Result<S::Node> {
        let plan = self.plan;
        let complex = &plan.complexes[id];
        let mut frame = self.frame(complex.shape);
        self.fill(cursor, complex, &mut frame, NameId::NONE)?;
        self.settle_only(&frame)
    }

    /// Collects the members of the element just started, through its end tag.
    fn fill(
        &mut self,
        cursor: &mut Cursor<'x>,
        complex: &Complex,
        frame: &mut Frame,
        default: NameId,
    ) -> Result<()> {
        let plan = self.plan;
        if cursor.has_attributes() && (!complex.attributes.is_empty() || complex.any_attribute.is_some()) {
            self.attributes(cursor, complex, frame)?;
        }
        if complex.has_defaults {
            self.default_attributes(cursor, complex, frame)?;
        }
        if let Some(text) = complex.text.get() {
            let member = &plan.members[text];
            let node = self.content_text(cursor, member, default)?;
            let at = text.index() - plan.shapes[frame.shape].members.start as usize;
            return self.keep(frame, at, false, node);
        }
        if let Some(mixed) = complex.mixed.get() {
            return self.mixed(cursor, frame, mixed);
        }
        let watch = std::mem::replace(&mut self.watch, Watch::Off);
        self.elements(cursor, frame)?;
        self.watch = watch;
        Ok(())
    }

    /// Collects the child elements, through the end tag.
    pub fn elements(&mut self, cursor: &mut Cursor<'x>, frame: &mut Frame) -> Result<()> {
        let mut next = self.next_member(cursor, frame)?;
        while let Some(name) = next {
            next = if let Some(at) = self.locate(cursor, frame, name) {
                self.element(cursor, frame, at, name)?
            } else {
                self.unknown(cursor, frame, name)?;
                self.next_member(cursor, frame)?
            };
        }
        Ok(())
    }

    /// The next child that is more than the text of a member as it was before: those are taken on the way, as almost all
    /// are. Not in a repeated group, where each may begin the next record.
    #[inline]
    fn next_member(&mut self, cursor: &mut Cursor<'x>, frame: &mut Frame) -> Result<Option<Name<'x>>> {
        if !frame.is_item {
            self.leaves(cursor, frame)?;
        }
        self.next_element(cursor)
    }

    #[inline(never)] // values nest: what it needs of the stack, it needs once
    fn leaves(&mut self, cursor: &mut Cursor<'x>, frame: &mut Frame) -> Result<()> {
        let of = self.context(frame.shape);
        while let Some((at, builtin, text)) = cursor.leaf(of) {
            self.budget.values += 1;
            let node = self.builtin(cursor, builtin, text, Site::of(cursor));
            self.take_leaf(frame, at as usize, node)?;
        }
        Ok(())
    }

    #[inline(never)] // as above
    fn take(&mut self, frame: &mut Frame, at: usize, node: Result<S::Node>) -> Result<()> {
        self.take_leaf(frame, at, node)
    }

    /// Keeps a value of the member at `at`, whose element was read.
    #[inline(always)] // as in `keep_leaf`
    #[allow(clippy::inline_always)]
    fn take_leaf(&mut self, frame: &mut Frame, at: usize, node: Result<S::Node>) -> Result<()> {
        let plan = self.plan;
        let member = &plan.members[plan.shapes[frame.shape].members.at(at)];
        frame.expected = after(member, at);
        match node {
            Ok(node) => self.keep_leaf(frame, at, member.repeated(), node),
            Err(error) => {
                let index = member.repeated().then(|| self.count(frame, at));
                Err(within(error, plan.text(member.key), index))
            }
        }
    }

    /// Takes the element just started as the member at `at`. Returns the child that follows it, or that
    /// follows the run of elements it began if the member is a repeated group.
    #[inline]
    pub fn element(
        &mut self,
        cursor: &mut Cursor<'x>,
        frame: &mut Frame,
        at: usize,
        name: Name<'x>,
    ) -> Result<Option<Name<'x>>> {
        let plan = self.plan;
        let member = &plan.members[plan.shapes[frame.shape].members.at(at)];
        match member.role {
            Role::Group(inner) => {
                frame.expected = after(member, at);
                return self.group(cursor, frame, at, inner, name);
            }
            Role::Any(_) => {
                frame.expected = after(member, at);
                let text = self.fragment(cursor)?;
                self.keep(frame, at, true, text)?;
            }
            _ => {
                let node = self.value(cursor, Want::member(member));
                self.take(frame, at, node)?;
            }
        }
        self.next_member(cursor, frame)
    }

    /// The value of an element that is nil: null, or the record of its attributes with a null for the content.
    #[cold]
    pub fn nil(&mut self, cursor: &mut Cursor<'x>, want: Want, marks: Marks) -> Result<S::Node> {
        let plan = self.plan;
        let ty = self.marked_type(want, marks.actual).unwrap_or(want.ty);
        let TypeKind::Complex(id) = plan.types[ty].kind else {
            cursor.skip()?;
            return self.sink.null();
        };
        let complex = &plan.complexes[id];
        let mut frame = self.frame(complex.shape);
        if !complex.attributes.is_empty() || complex.any_attribute.is_some() {
            self.attributes(cursor, complex, &mut frame)?;
        }
        cursor.skip()?;
        if frame.attributes == 0 {
            return self.sink.null();
        }
        let mut record = self.sink.record(Some(complex.shape))?;
        let null = self.sink.null()?;
        let key = complex.text.get().map_or_else(|| self.key("_"), |text| plan.key(plan.members[text].key));
        self.sink.set(&mut record, key, null)?;
        if ty != want.declared {
            self.name_type(&mut record, ty, complex.shape)?;
        }
        self.settle_attributes(&frame, record)
    }

    /// The leaf of simple content.
    fn content_text(&mut self, cursor: &mut Cursor<'x>, member: &Member, default: NameId) -> Result<S::Node> {
        let site = Site::of(cursor);
        let text = self.text(cursor)?;
        let plan = self.plan;
        let text = if text.is_empty() && default != NameId::NONE { plan.text(default) } else { &text };
        self.simple_text(cursor, member.ty, text, site)
    }

    /// Sets `_type` on a record that is of another type than the declared one.
    #[cold]
    fn name_type(&mut self, record: &mut S::Record, ty: TypeId, shape: ShapeId) -> Result<()> {
        let plan = self.plan;
        let Some(name) = plan.types[ty].name.get() else { return Ok(()) };
        let taken = |member: &Member| plan.text(member.key) == "_type";
        if plan.members.run(plan.shapes[shape].members).iter().any(taken) {
            return Ok(());
        }
        let name = plan.qname(name).to_string();
        let node = self.text_node(name)?;
        let key = self.key("_type");
        self.sink.set(record, key, node)
    }
}

/// The place of the member that is expected after the one at `at`.
fn after(member: &Member, at: usize) -> usize {
    if member.repeated() {
        at
    } else {
        at + 1
    }
}

/// The text member of simple content that has nothing beside it.
fn bare_text(plan: &Plan, complex: &Complex) -> Option<MemberId> {
    let is_bare = complex.attributes.is_empty() && complex.any_attribute.is_none();
    complex.text.get().filter(|_| is_bare && plan.shapes[complex.shape].members.len() == 1)
}
