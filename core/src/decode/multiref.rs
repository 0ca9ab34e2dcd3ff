//! References between elements (SOAP 1.1, §5.4.1; SOAP 1.2 part 2, §3.1.5): `href`, `ref` and `id`.
//!
//! A reference is followed by a second cursor at the target. Each target is decoded once for each type it
//! is wanted as; further references share the value, so identity survives. A reference to a record that is
//! still open is a cycle, which the host may be able to hold. A target that is itself a reference is refused.

use std::collections::HashMap;

use super::decoder::{Decoder, Want};
use super::errors::fail;
use super::index::{referred, Index};
use super::marks::Actual;
use crate::error::{Error, Result};
use crate::index::TypeId;
use crate::plan::TypeKind;
use crate::scalar::{Builtin, Scalar};
use crate::seam::Sink;
use crate::xml::Cursor;

/// A target and what it is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Reading {
    target: usize,
    ty: TypeId,
    levels: u32,
    /// Whether its record names its type.
    named: bool,
}

enum State<N> {
    /// Being decoded; the place of its record, once that is open.
    Open(Option<usize>),
    /// Decoded, at a cost of so many values.
    Done(N, u64),
}

/// The targets of a document and what was made of them.
pub(super) struct References<'x, N> {
    index: Index<'x>,
    states: HashMap<Reading, State<N>>,
    /// The readings under way, innermost last.
    under_way: Vec<Reading>,
    /// Cursors that are done with their target, for the next one.
    spare: Vec<Cursor<'x>>,
}

impl<'x, N> References<'x, N> {
    pub fn new(index: Index<'x>) -> Self {
        Self { index, states: HashMap::new(), under_way: Vec::new(), spare: Vec::new() }
    }

    /// Notes that the target now being decoded has opened its record.
    pub fn opened(&mut self, target: usize, record: usize) {
        if let Some(reading) = self.under_way.last().filter(|reading| reading.target == target) {
            self.states.insert(*reading, State::Open(Some(record)));
        }
    }

    /// Gives up what is under way, after an error that is survived.
    pub fn abandon(&mut self) {
        for reading in self.under_way.drain(..) {
            self.states.remove(&reading);
        }
    }
}

impl<'x, S: Sink> Decoder<'_, 'x, S> {
    /// The value that the element just started refers to by its attribute at `at`.
    #[cold]
    pub fn reference(&mut self, cursor: &mut Cursor<'x>, at: usize, want: Want) -> Result<S::Node> {
        let attribute = cursor.attributes().nth(at).cloned();
        if let Some(attribute) = attribute {
            if let Some(node) = self.attached(cursor, &attribute.value)? {
                return Ok(node);
            }
            let is_any = matches!(self.plan.types[want.ty].kind, TypeKind::Any);
            if is_any && referred(attribute.local, &attribute.value).is_none() {
                cursor.skip()?;
                return self.sink.scalar(Builtin::AnyUri, Scalar::Str(attribute.value));
            }
        }
        let target = self.find_target(cursor, at)?;
        cursor.skip()?;
        self.shared(cursor, target, want, false)
    }

    /// The target of a reference.
    pub fn find_target(&mut self, cursor: &Cursor<'x>, at: usize) -> Result<usize> {
        let attribute = cursor.attributes().nth(at);
        let attribute = attribute.ok_or_else(|| fail(cursor, "a reference is missing"))?;
        let shown: String = attribute.value.chars().take(80).collect();
        let Some(id) = referred(attribute.local, &attribute.value) else {
            return Err(fail(cursor, format!("reference to {shown:?}, which is outside the message")));
        };
        let missing = || fail(cursor, format!("reference to {shown:?}, but no element has that id"));
        self.target_of(cursor, id)?.ok_or_else(missing)
    }

    /// The target that the element just started is by its attribute at `at`, if references lead to it.
    #[cold]
    pub fn inline_target(&mut self, cursor: &Cursor<'x>, at: usize) -> Result<Option<usize>> {
        let Some(attribute) = cursor.attributes().nth(at) else { return Ok(None) };
        let Some(at) = self.target_of(cursor, &attribute.value)? else { return Ok(None) };
        let target = self.references.as_ref().map(|references| &references.index.targets[at]);
        let is_meant = target.is_some_and(|target| target.uses > 0 && target.offset == cursor.offset());
        Ok(is_meant.then_some(at))
    }

    /// Whether a target is not being read as what is wanted.
    pub fn is_settled(&self, target: usize, want: Want) -> bool {
        let reading = self.reading(target, want);
        let state = self.references.as_ref().and_then(|references| references.states.get(&reading));
        !matches!(state, Some(State::Open(_)))
    }

    /// The target of an id, if there is one. The first time, the envelope is read once through for all of them, if there
    /// can be references at all: most have none.
    pub fn target_of(&mut self, cursor: &Cursor<'x>, id: &str) -> Result<Option<usize>> {
        if let (None, Some(root), true) = (&self.references, self.root, cursor.mentions_references()) {
            let mut envelope = cursor.at(root.offset, &root.scope);
            envelope.next_child()?;
            self.references = Some(References::new(self.index(&envelope)?));
        }
        Ok(self.references.as_ref().and_then(|references| references.index.ids.get(id).copied()))
    }

    /// A cursor that has just started the target's element.
    pub fn open_target(&mut self, cursor: &Cursor<'x>, target: usize) -> Result<Cursor<'x>> {
        let Some(references) = &mut self.references else {
            return Err(fail(cursor, "a reference in a message without references"));
        };
        let target = &references.index.targets[target];
        let mut nested = match references.spare.pop() {
            Some(mut spare) => {
                spare.move_to(target.offset, &target.scope);
                spare
            }
            None => cursor.at(target.offset, &target.scope),
        };
        nested.next_child()?;
        Ok(nested)
    }

    /// Gives back a cursor of [`Self::open_target`].
    pub fn close_target(&mut self, nested: Cursor<'x>) {
        if let Some(references) = &mut self.references {
            references.spare.push(nested);
        }
    }

    /// The value of a target: of the element just started if `inline`, else of a reference already passed.
    #[cold]
    pub fn shared(
        &mut self,
        cursor: &mut Cursor<'x>,
        target: usize,
        want: Want,
        inline: bool,
    ) -> Result<S::Node> {
        let reading = self.reading(target, want);
        let Some(references) = &mut self.references else {
            return Err(fail(cursor, "a reference in a message without references"));
        };
        match references.states.get(&reading) {
            Some(State::Done(node, cost)) => {
                let (node, cost) = (self.sink.share(node), *cost);
                self.spend(cursor, cost)?;
                if inline {
                    cursor.skip()?;
                }
                return Ok(node);
            }
            Some(State::Open(record)) => {
                let record = *record;
                let open = record.and_then(|record| self.sink.share_open(&self.records[record]));
                return open.ok_or_else(|| cyclic(cursor, record.is_some()));
            }
            None => {}
        }
        references.states.insert(reading, State::Open(None));
        references.under_way.push(reading);
        let before = self.budget.values;
        let node = if inline {
            let marks = self.marks(cursor).with_target(target);
            self.plain(cursor, want, marks)?
        } else {
            self.enter(cursor)?;
            let node = self.target_value(cursor, target, want)?;
            self.depth -= 1;
            node
        };
        let cost = self.budget.values - before + 1;
        self.remember(cursor, reading, &node, cost)?;
        Ok(node)
    }

    fn target_value(&mut self, cursor: &Cursor<'x>, target: usize, want: Want) -> Result<S::Node> {
        let mut nested = self.open_target(cursor, target)?;
        let marks = self.marks(&nested);
        let node = if marks.nil {
            self.sink.null()?
        } else if marks.reference().is_some() {
            return Err(fail(&nested, "a reference leads to another reference"));
        } else {
            self.budget.values += 1;
            self.plain(&mut nested, want, marks.with_target(target))?
        };
        self.close_target(nested);
        Ok(node)
    }

    /// Keeps a value for further references.
    fn remember(&mut self, cursor: &Cursor<'x>, reading: Reading, node: &S::Node, cost: u64) -> Result<()> {
        let Some(references) = &mut self.references else { return Ok(()) };
        references.under_way.pop();
        // An inline target is met once more than it is referred to.
        if references.index.targets[reading.target].uses == 0 {
            references.states.remove(&reading);
            return Ok(());
        }
        let kept = self.sink.share(node);
        references.states.insert(reading, State::Done(kept, cost));
        self.spend(cursor, cost)
    }

    /// Counts values that sharing copies.
    fn spend(&mut self, cursor: &Cursor<'x>, cost: u64) -> Result<()> {
        self.budget.values = self.budget.values.saturating_add(if S::SHARE_COPIES { cost } else { 1 });
        let limit = self.options.limits.nodes;
        if self.budget.values > limit {
            return Err(fail(cursor, format!("references make more than {limit} values")));
        }
        Ok(())
    }

    fn reading(&self, target: usize, want: Want) -> Reading {
        let actual = self.references.as_ref().map(|references| references.index.targets[target].actual);
        let ty = match actual {
            Some(actual @ (Actual::Type(_) | Actual::Likely(_))) => {
                self.marked_type(want, actual).unwrap_or(want.ty)
            }
            _ => want.ty,
        };
        Reading { target, ty, levels: want.levels, named: ty != want.declared }
    }
}

#[cold]
fn cyclic(cursor: &Cursor<'_>, in_record: bool) -> Error {
    let message = if in_record {
        "a record refers to itself, which this kind of value cannot hold"
    } else {
        "an element that is no record refers to itself"
    };
    fail(cursor, message)
}
