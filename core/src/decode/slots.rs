//! The members of the open records, in the order of their arrival.
//!
//! A record is filled only when its end tag is reached. So an element may come again anywhere, and what
//! looked like a single value becomes a list. All open records share one stack.

use std::mem;

use super::decoder::Decoder;
use crate::error::Result;
use crate::index::*;
use crate::plan::*;
use crate::seam::Sink;

/// What was found of a member so far.
pub(super) enum Content<S: Sink> {
    One(S::Node),
    Many(S::List, usize),
    /// Being turned from one into many.
    Gone,
}

/// A member that was found.
pub(super) struct Slot<S: Sink> {
    /// Its place in the shape.
    pub member: u32,
    pub content: Content<S>,
}

/// The part of the stack that belongs to one record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    pub shape: ShapeId,
    pub base: usize,
    /// How many of the slots are attributes; they were read first and are delivered last.
    pub attributes: usize,
    /// The place of the member that the next element is expected to be.
    pub expected: usize,
    /// The place after the last of all members found; those beyond have no slot.
    pub fresh: usize,
    /// Whether the record is an item of a repeated group.
    pub is_item: bool,
    /// Where members that the shape does not have begin on their stack.
    pub loose: usize,
}

impl<S: Sink> Decoder<'_, '_, S> {
    /// The frame of a record that begins now.
    #[inline]
    pub fn frame(&self, shape: ShapeId) -> Frame {
        Frame {
            shape,
            base: self.slots.len(),
            attributes: 0,
            expected: 0,
            fresh: 0,
            is_item: false,
            loose: self.loose.len(),
        }
    }

    /// Keeps a value of the member at `at`.
    #[inline(never)] // where values nest, its frame is not to be on the stack meanwhile
    pub fn keep(&mut self, frame: &mut Frame, at: usize, listed: bool, node: S::Node) -> Result<()> {
        self.keep_leaf(frame, at, listed, node)
    }

    /// The same in the loop over leaves.
    #[inline(always)] // a node that goes through memory is read before its parts have arrived there
    #[allow(clippy::inline_always)]
    pub fn keep_leaf(&mut self, frame: &mut Frame, at: usize, listed: bool, node: S::Node) -> Result<()> {
        if at >= frame.fresh {
            frame.fresh = at + 1;
        } else if let Some(slot) = self.find_slot(frame, at) {
            return self.append(slot, node);
        }
        let content = if listed {
            let mut list = self.sink.list(0)?;
            self.sink.push(&mut list, node)?;
            Content::Many(list, 1)
        } else {
            Content::One(node)
        };
        self.slots.push(Slot { member: at as u32, content });
        self.places.note(&self.slots, frame);
        Ok(())
    }

    /// The slot of a member of the innermost record.
    #[inline]
    pub fn find_slot(&self, frame: &Frame, at: usize) -> Option<usize> {
        self.places.find(&self.slots, frame, at)
    }

    /// How many values of a member there are already.
    pub fn count(&self, frame: &Frame, at: usize) -> usize {
        if at >= frame.fresh {
            return 0;
        }
        match self.find_slot(frame, at).map(|slot| &self.slots[slot].content) {
            Some(Content::Many(_, count)) => *count,
            Some(_) => 1,
            None => 0,
        }
    }

    #[inline]
    fn append(&mut self, slot: usize, node: S::Node) -> Result<()> {
        let content = &mut self.slots[slot].content;
        if let Content::Many(list, count) = content {
            *count += 1;
            return self.sink.push(list, node);
        }
        let mut list = self.sink.list(0)?;
        if let Content::One(first) = mem::replace(content, Content::Gone) {
            self.sink.push(&mut list, first)?;
        }
        self.sink.push(&mut list, node)?;
        self.slots[slot].content = Content::Many(list, 2);
        Ok(())
    }

    /// Moves the members of a frame into their record and closes it.
    pub fn settle(&mut self, frame: &Frame, record: S::Record) -> Result<S::Node> {
        let mut record = record;
        let plan = self.plan;
        self.places.forget(frame.base);
        let shape = &plan.shapes[frame.shape];
        let absent = if shape.has_lists { self.absent_lists(frame) } else { Vec::new() };
        for slot in self.slots.drain(frame.base + frame.attributes..) {
            let key = plan.key(plan.members[shape.members.at(slot.member as usize)].key);
            let node = closed(self.sink, slot.content)?;
            self.sink.set(&mut record, key, node)?;
        }
        for at in absent {
            let list = self.sink.list(0)?;
            let node = self.sink.end_list(list)?;
            self.sink.set(&mut record, plan.key(plan.members[shape.members.at(at)].key), node)?;
        }
        for slot in self.slots.drain(frame.base..) {
            let key = plan.key(plan.members[shape.members.at(slot.member as usize)].key);
            let node = closed(self.sink, slot.content)?;
            self.sink.set(&mut record, key, node)?;
        }
        self.settle_unknown(frame, &mut record)?;
        self.sink.end_record(record)
    }

    /// Moves the attributes of a frame that has nothing else into their record and closes it.
    pub fn settle_attributes(&mut self, frame: &Frame, record: S::Record) -> Result<S::Node> {
        let mut record = record;
        let plan = self.plan;
        self.places.forget(frame.base);
        for slot in self.slots.drain(frame.base..) {
            let member = plan.shapes[frame.shape].members.at(slot.member as usize);
            let node = closed(self.sink, slot.content)?;
            self.sink.set(&mut record, plan.key(plan.members[member].key), node)?;
        }
        self.sink.end_record(record)
    }

    /// The repeated members of a frame of which nothing was found.
    fn absent_lists(&self, frame: &Frame) -> Vec<usize> {
        let members = self.plan.members.run(self.plan.shapes[frame.shape].members);
        let listed = members.iter().enumerate().filter(|(_, member)| is_list(member)).map(|(at, _)| at);
        let found = &self.slots[frame.base..];
        if found.len() <= 32 {
            let is_absent =
                |at: &usize| *at >= frame.fresh || found.iter().all(|slot| slot.member as usize != *at);
            return listed.filter(is_absent).collect();
        }
        let mut seen = vec![false; members.len()];
        for slot in found {
            seen[slot.member as usize] = true;
        }
        listed.filter(|&at| !seen[at]).collect()
    }

    /// The value of the only member of a frame instead of a record.
    pub fn settle_only(&mut self, frame: &Frame) -> Result<S::Node> {
        let only = &self.plan.members.run(self.plan.shapes[frame.shape].members)[0];
        self.places.forget(frame.base);
        let found = self.slots.drain(frame.base..).next();
        self.forget_unknown(frame);
        match found {
            Some(slot) => closed(self.sink, slot.content),
            None if is_list(only) => {
                let list = self.sink.list(0)?;
                self.sink.end_list(list)
            }
            None => self.sink.null(),
        }
    }
}

/// Whether hosts see a member as a list even if there is none of it.
fn is_list(member: &Member) -> bool {
    member.repeated() && matches!(member.role, Role::Element | Role::Any(_) | Role::Group(_))
}

/// The finished value of a content.
pub(super) fn closed<S: Sink>(sink: &mut S, content: Content<S>) -> Result<S::Node> {
    match content {
        Content::One(node) => Ok(node),
        Content::Many(list, _) => sink.end_list(list),
        Content::Gone => sink.null(),
    }
}
