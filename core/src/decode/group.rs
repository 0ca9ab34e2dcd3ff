//! Repeated groups (XSD 1.0 part 1, §3.8): their elements make a list of records.
//!
//! A record ends where its content model has no place for the next element: another branch of a choice, a
//! single element that comes again, or an order that goes back.

use std::collections::HashMap;
use std::rc::Rc;

use super::decoder::Decoder;
use super::errors::within;
use super::marks::Marks;
use super::slots::Frame;
use crate::error::Result;
use crate::index::*;
use crate::plan::*;
use crate::seam::Sink;
use crate::xml::{Cursor, Name};

/// For each member of a shape the choices on the way to it, each with the branch taken.
type Routes = Rc<Vec<Vec<(ParticleId, usize)>>>;

/// The routes of the shapes met so far.
#[derive(Debug, Default)]
pub(super) struct RouteMemo {
    known: HashMap<ShapeId, Routes>,
}

impl<'x, S: Sink> Decoder<'_, 'x, S> {
    /// Reads the run of elements that begins with `first` into the list of the group at `at`. Returns the
    /// child that follows.
    pub fn group(
        &mut self,
        cursor: &mut Cursor<'x>,
        frame: &mut Frame,
        at: usize,
        inner: ShapeId,
        first: Name<'x>,
    ) -> Result<Option<Name<'x>>> {
        // A group inside a group makes values deeper without making the document so.
        let counted = u32::from(frame.is_item);
        if frame.is_item {
            self.enter(cursor)?;
        }
        let mut name = first;
        loop {
            let (node, next) = match self.item(cursor, inner, name) {
                Ok(item) => item,
                Err(error) => {
                    let index = self.count(frame, at);
                    let plan = self.plan;
                    let member = &plan.members[plan.shapes[frame.shape].members.at(at)];
                    return Err(within(error, plan.text(member.key), Some(index)));
                }
            };
            self.keep(frame, at, true, node)?;
            match next {
                Some(next) if self.belongs(cursor, inner, next) => name = next,
                next => {
                    self.depth -= counted;
                    return Ok(next);
                }
            }
        }
    }

    /// One record of a group, and the child that follows it.
    fn item(
        &mut self,
        cursor: &mut Cursor<'x>,
        shape: ShapeId,
        first: Name<'x>,
    ) -> Result<(S::Node, Option<Name<'x>>)> {
        self.open_record(Some(shape), Marks::NONE)?;
        let mut frame = Frame { is_item: true, ..self.frame(shape) };
        let routes = self.routes(shape);
        let mut last = None;
        let mut next = Some(first);
        while let Some(name) = next {
            let Some(at) = self.locate(cursor, &frame, name) else {
                if last.is_none() {
                    // Names that are ambiguous inside the group: go on, or the run would never end.
                    self.unknown(cursor, &frame, name)?;
                    next = self.next_element(cursor)?;
                }
                break;
            };
            if last.is_some_and(|last| self.begins_record(&frame, &routes, last, at)) {
                break;
            }
            last = Some(at);
            next = self.element(cursor, &mut frame, at, name)?;
        }
        let record = self.take_record();
        Ok((self.settle(&frame, record)?, next))
    }

    /// Whether an element of the member at `at` cannot follow one of the member at `last`.
    fn begins_record(&self, frame: &Frame, routes: &Routes, last: usize, at: usize) -> bool {
        let plan = self.plan;
        if at == last {
            return !plan.members[plan.shapes[frame.shape].members.at(at)].repeated();
        }
        at < last || are_exclusive(&routes[last], &routes[at])
    }

    fn routes(&mut self, shape: ShapeId) -> Routes {
        if let Some(known) = self.routes.known.get(&shape) {
            return Rc::clone(known);
        }
        let plan = self.plan;
        let row = &plan.shapes[shape];
        let mut routes = vec![None; row.members.len()];
        if let Some(root) = row.root.get() {
            Tracer { plan, members: row.members, route: Vec::new(), routes: &mut routes }.trace(root, 0);
        }
        let routes: Routes = Rc::new(routes.into_iter().map(Option::unwrap_or_default).collect());
        self.routes.known.insert(shape, Rc::clone(&routes));
        routes
    }
}

/// Notes the route to each member. A member at two places has no route: it excludes none.
struct Tracer<'p> {
    plan: &'p Plan,
    members: Run<MemberId>,
    route: Vec<(ParticleId, usize)>,
    routes: &'p mut [Option<Vec<(ParticleId, usize)>>],
}

impl Tracer<'_> {
    fn trace(&mut self, at: ParticleId, depth: u32) {
        if depth > NESTING {
            return;
        }
        match self.plan.particles[at].term {
            Term::Member(member) => {
                let place = &mut self.routes[member.index() - self.members.start as usize];
                *place = Some(if place.is_none() { self.route.clone() } else { Vec::new() });
            }
            Term::Sequence(inner) | Term::All(inner) => {
                inner.ids().for_each(|particle| self.trace(particle, depth + 1));
            }
            Term::Choice(branches) => {
                for (branch, particle) in branches.ids().enumerate() {
                    self.route.push((at, branch));
                    self.trace(particle, depth + 1);
                    self.route.pop();
                }
            }
        }
    }
}

/// Whether two routes take different branches of one choice.
fn are_exclusive(a: &[(ParticleId, usize)], b: &[(ParticleId, usize)]) -> bool {
    a.iter().any(|(choice, branch)| b.iter().any(|(other, taken)| choice == other && branch != taken))
}
