//! The parts of a message in its `Body` (WSDL 1.1, §3.5), and what hosts see of them.
//!
//! An answer of one part is that part's value, an answer of none is null. Names of wrappers do not matter,
//! and parts may have any names if all are there: servers disagree with their descriptions about both.

use std::borrow::Cow;

use super::decoder::{Decoder, Want};
use super::envelope::Expected;
use super::errors::within;
use super::leaf::{is_blank, Site};
use super::marks::{Actual, Marks};
use super::spaces::Space;
use super::Body;
use crate::error::Result;
use crate::plan::*;
use crate::scalar::{Builtin, Scalar};
use crate::seam::Sink;
use crate::xml::{Cursor, Event, Name, Scope};

impl<'p, 'x, S: Sink> Decoder<'p, 'x, S> {
    /// Reads the body just started, through its end tag.
    pub fn body(&mut self, cursor: &mut Cursor<'x>, expected: Option<Expected<'p>>) -> Result<Body<S::Node>> {
        let site = Site::of(cursor);
        let first = self.next_root(cursor)?;
        if let Some(name) = first {
            if name.local == "Fault" && self.is_fault(cursor, expected, name) {
                let fault = self.fault(cursor, expected.map(|expected| expected.operation))?;
                pass(cursor)?;
                return Ok(Body::Fault(fault));
            }
        }
        let node = match (expected, first) {
            (None, Some(_)) => self.untyped_root(cursor)?,
            (None, None) => self.sink.null()?,
            (Some(expected), first) => {
                if let Some(message) = expected.message {
                    let node = self.message(cursor, expected, message, (site, first))?;
                    return self.unless_late(cursor, expected, node);
                }
                if first.is_some() {
                    cursor.skip()?;
                }
                self.sink.null()?
            }
        };
        if first.is_some() {
            pass(cursor)?;
        }
        Ok(Body::Value(node))
    }

    /// The value, unless a fault came after the elements it is of: a server that failed in the middle.
    fn unless_late(
        &mut self,
        cursor: &Cursor<'x>,
        expected: Expected<'p>,
        node: S::Node,
    ) -> Result<Body<S::Node>> {
        let Some(site) = self.late_fault.take() else { return Ok(Body::Value(node)) };
        let mut nested = cursor.at(site.offset, &site.scope);
        nested.next_child()?;
        self.fault(&mut nested, Some(expected.operation)).map(Body::Fault)
    }

    /// Notes a fault among the children of the body after the first.
    #[cold]
    fn stray(&mut self, cursor: &Cursor<'x>, name: Name<'x>) {
        if name.local == "Fault" && self.spaces.space(self.plan, cursor, name.ns).is_envelope() {
            self.late_fault.get_or_insert_with(|| Site::of(cursor));
        }
    }

    /// Passes over the other children of the body.
    fn pass_body(&mut self, cursor: &mut Cursor<'x>) -> Result<()> {
        while let Some(name) = cursor.next_child()? {
            self.stray(cursor, name);
            cursor.skip()?;
        }
        Ok(())
    }

    /// Whether an element called `Fault` is one: some servers forget its namespace.
    #[cold]
    fn is_fault(&mut self, cursor: &Cursor<'x>, expected: Option<Expected<'p>>, name: Name<'x>) -> bool {
        if self.spaces.space(self.plan, cursor, name.ns).is_envelope() {
            return true;
        }
        let plan = self.plan;
        let parts =
            expected.and_then(|expected| expected.message).map(|message| plan.parts.run(message.parts));
        let is_part =
            parts.is_some_and(|parts| parts.iter().any(|part| plan.text(part.name.local) == "Fault"));
        cursor.namespace(name.ns).is_empty() && !is_part
    }

    /// The next child of the body that is not there only to be referred to.
    fn next_root(&mut self, cursor: &mut Cursor<'x>) -> Result<Option<Name<'x>>> {
        while let Some(name) = cursor.next_child()? {
            if !cursor.has_attributes() || !self.is_referred_only(cursor, name) {
                return Ok(Some(name));
            }
            cursor.skip()?;
        }
        Ok(None)
    }

    /// `SOAP-ENC:root="0"` (SOAP 1.1, §5.6), or the name that Axis uses.
    fn is_referred_only(&mut self, cursor: &Cursor<'x>, name: Name<'x>) -> bool {
        let plan = self.plan;
        cursor.attributes().any(|attribute| match attribute.local {
            "root" => {
                matches!(&*attribute.value, "0" | "false")
                    && self.spaces.space(plan, cursor, attribute.ns) == Space::Encoding
            }
            "id" => name.local == "multiRef",
            _ => false,
        })
    }

    fn message(
        &mut self,
        cursor: &mut Cursor<'x>,
        expected: Expected<'p>,
        message: &'p Message,
        (site, first): (Site, Option<Name<'x>>),
    ) -> Result<S::Node> {
        let parts = self.plan.parts.run(message.parts);
        let mut found: Vec<Option<S::Node>> = parts.iter().map(|_| None).collect();
        match (parts, expected.operation.style) {
            ([only], Style::Document)
                if only.element.is_none() && self.is_content(cursor, only, site, first)? =>
            {
                found[0] = Some(self.content(cursor, only, site, first.is_some())?);
            }
            (_, Style::Rpc) if first.is_some() => {
                let inside = cursor.next_child()?;
                self.parts(cursor, expected, message, inside, &mut found)?;
                self.pass_body(cursor)?;
            }
            _ => self.parts(cursor, expected, message, first, &mut found)?,
        }
        self.assemble(expected, message, found)
    }

    /// Whether what the body has is the content of a part's type rather than an element for the part
    /// (WSDL 1.1, §3.5, "the part ... appears directly under the SOAP body"; few servers take it at its word).
    fn is_content(
        &mut self,
        cursor: &Cursor<'x>,
        part: &Part,
        site: Site,
        first: Option<Name<'x>>,
    ) -> Result<bool> {
        let plan = self.plan;
        match (plan.types[part.ty].kind, first) {
            (TypeKind::Complex(id), Some(name)) => Ok(name.local != plan.text(part.name.local)
                && self.belongs(cursor, plan.complexes[id].shape, name)),
            (TypeKind::Simple(_), None) => {
                let mut body = cursor.at(site.offset, &site.scope);
                body.next_child()?;
                Ok(!is_blank(&body.text()?))
            }
            _ => Ok(false),
        }
    }

    /// The content of the body as the value of a part, through the body's end tag, which is passed already if
    /// there was no child.
    fn content(
        &mut self,
        cursor: &mut Cursor<'x>,
        part: &Part,
        site: Site,
        has_child: bool,
    ) -> Result<S::Node> {
        let mut body = cursor.at(site.offset, &site.scope);
        body.next_child()?;
        let node = self.plain(&mut body, Want::of(part.ty), Marks::NONE);
        let node = node.map_err(|error| crate::secret::masked(error, self.plan.text(part.key)))?;
        if has_child {
            cursor.skip()?;
            self.pass_body(cursor)?;
        }
        Ok(node)
    }

    /// What hosts see of the parts of a message.
    fn assemble(
        &mut self,
        expected: Expected<'p>,
        message: &Message,
        mut found: Vec<Option<S::Node>>,
    ) -> Result<S::Node> {
        let is_single = found.len() == 1 && (!expected.is_call || message.wrapped.is_some());
        if is_single || (found.is_empty() && !expected.is_call) {
            return match found.pop().flatten() {
                Some(node) => Ok(node),
                None => self.sink.null(),
            };
        }
        let plan = self.plan;
        let mut record = self.sink.record(None)?;
        for (part, node) in plan.parts.run(message.parts).iter().zip(found) {
            let node = match node {
                Some(node) => node,
                None => self.sink.null()?,
            };
            self.sink.set(&mut record, plan.key(part.key), node)?;
        }
        self.sink.end_record(record)
    }

    /// Reads parts from the child `first` on, through the end tag of the element around them.
    fn parts(
        &mut self,
        cursor: &mut Cursor<'x>,
        expected: Expected<'p>,
        message: &'p Message,
        first: Option<Name<'x>>,
        found: &mut [Option<S::Node>],
    ) -> Result<()> {
        let parts = self.plan.parts.run(message.parts);
        let mut strays: Vec<(usize, Scope)> = Vec::new();
        let mut next = first;
        while let Some(name) = next {
            // `rpc:result` names the part that is the result.
            let is_value = self.spaces.space(self.plan, cursor, name.ns) != Space::Rpc;
            let at = self.find_part(cursor, parts, name, found).filter(|_| is_value);
            if let Some(at) = at {
                found[at] = Some(self.part(cursor, expected, message, &parts[at])?);
            } else {
                self.stray(cursor, name);
                // One more than there are parts tells that there are too many.
                if is_value && strays.len() <= parts.len() {
                    strays.push((cursor.offset(), cursor.scope()));
                }
                cursor.skip()?;
            }
            next = cursor.next_child()?;
        }
        // Names do not matter where none is right (SOAP 1.1, §7.1): the parts then stand in their order.
        let is_each = strays.len() == parts.len() || parts.len() == 1;
        if is_each && found.iter().all(Option::is_none) {
            for (at, (offset, scope)) in strays.iter().take(parts.len()).enumerate() {
                let mut nested = cursor.at(*offset, scope);
                nested.next_child()?;
                found[at] = Some(self.part(&mut nested, expected, message, &parts[at])?);
            }
        }
        Ok(())
    }

    /// The part that an element is: by its full name, else by its local name.
    fn find_part(
        &mut self,
        cursor: &Cursor<'x>,
        parts: &[Part],
        name: Name<'x>,
        found: &[Option<S::Node>],
    ) -> Option<usize> {
        let plan = self.plan;
        let ns = self.spaces.name(plan, cursor, name.ns);
        let named = |at: &usize| found[*at].is_none() && plan.text(parts[*at].name.local) == name.local;
        let exact = (0..parts.len()).filter(|at| parts[*at].name.ns == ns).find(named);
        exact.or_else(|| (0..parts.len()).find(named))
    }

    fn part(
        &mut self,
        cursor: &mut Cursor<'x>,
        expected: Expected<'p>,
        message: &Message,
        part: &Part,
    ) -> Result<S::Node> {
        let plan = self.plan;
        let node = match message.wrapped.get() {
            Some(id) if !expected.is_call => self.wrapped(cursor, part, id),
            _ => self.value(cursor, Want::of(part.ty)),
        };
        node.map_err(|error| match message.parts.len() {
            1 => crate::secret::masked(error, plan.text(part.key)),
            _ => within(error, plan.text(part.key), None),
        })
    }

    /// The value of the document part just started: of its only member if it has one, null if it has none.
    fn wrapped(
        &mut self,
        cursor: &mut Cursor<'x>,
        part: &Part,
        id: crate::index::ComplexId,
    ) -> Result<S::Node> {
        let members = self.plan.shapes[self.plan.complexes[id].shape].members.len();
        let marks = if cursor.has_attributes() { self.marks(cursor) } else { Marks::NONE };
        let is_declared = match marks.actual {
            Actual::None => true,
            Actual::Type(_) | Actual::Likely(_) => {
                self.marked_type(Want::of(part.ty), marks.actual) == Some(part.ty)
            }
            _ => false,
        };
        if members > 1 || !is_declared {
            return self.value(cursor, Want::of(part.ty));
        }
        if members == 0 || marks.nil {
            cursor.skip()?;
            return self.sink.null();
        }
        self.only_member(cursor, id)
    }

    /// The first child of the body read without a plan: of an element with one child that child's value.
    fn untyped_root(&mut self, cursor: &mut Cursor<'x>) -> Result<S::Node> {
        let marks = self.marks(cursor);
        if marks.nil || marks.array || marks.actual != Actual::None || marks.reference().is_some() {
            return self.value(cursor, Want::ANY);
        }
        let base = self.loose.len();
        let mut text = Cow::Borrowed("");
        loop {
            match cursor.next()? {
                Event::Start(name) => self.loose_child(cursor, base, name)?,
                Event::Text(more) if text.is_empty() => text = more,
                Event::Text(more) => text.to_mut().push_str(&more),
                Event::End | Event::Eof => break,
            }
        }
        match self.settle_few(base)? {
            Some(node) => Ok(node),
            None if is_blank(&text) => self.sink.null(),
            None => self.sink.scalar(Builtin::String, Scalar::Str(text)),
        }
    }
}

/// Passes over what is left of the element whose children are being read.
fn pass(cursor: &mut Cursor<'_>) -> Result<()> {
    while cursor.next_child()?.is_some() {
        cursor.skip()?;
    }
    Ok(())
}
