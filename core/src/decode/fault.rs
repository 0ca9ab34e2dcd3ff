//! Faults (SOAP 1.1, §4.4; SOAP 1.2 part 1, §5.4).
//!
//! What a fault says must reach the caller: a detail that is not what the WSDL says is delivered as XML
//! rather than as an error.

use std::borrow::Cow;

use super::decoder::{Decoder, Want};
use super::leaf::is_blank;
use super::marks::Actual;
use super::Fault;
use crate::error::{ErrorKind, Result};
use crate::plan::{self, Operation, Use};
use crate::scalar::{Builtin, Scalar};
use crate::seam::Sink;
use crate::xml::{Cursor, Event, Name};

impl<'p, 'x, S: Sink> Decoder<'p, 'x, S> {
    /// Reads the fault just started, through its end tag.
    pub fn fault(
        &mut self,
        cursor: &mut Cursor<'x>,
        operation: Option<&Operation>,
    ) -> Result<Fault<S::Node>> {
        let mut fault = Fault {
            code: String::new(),
            subcodes: Vec::new(),
            string: String::new(),
            actor: None,
            detail: None,
            name: None,
        };
        while let Some(name) = cursor.next_child()? {
            match name.local {
                "faultcode" => fault.code = cursor.text()?.trim().to_owned(),
                "faultstring" => fault.string = cursor.text()?.into_owned(),
                "faultactor" | "Role" => fault.actor = Some(cursor.text()?.trim().to_owned()),
                "Node" => {
                    let node = cursor.text()?;
                    fault.actor.get_or_insert_with(|| node.trim().to_owned());
                }
                "Code" => codes(cursor, &mut fault)?,
                "Reason" => fault.string = first_text(cursor)?,
                "detail" | "Detail" if fault.detail.is_none() => {
                    self.detail(cursor, operation, &mut fault)?;
                }
                _ => cursor.skip()?,
            }
        }
        fault.actor = fault.actor.filter(|actor| !actor.is_empty());
        Ok(fault)
    }

    fn detail(
        &mut self,
        cursor: &mut Cursor<'x>,
        operation: Option<&Operation>,
        fault: &mut Fault<S::Node>,
    ) -> Result<()> {
        let marks = self.marks(cursor);
        if marks.array || marks.actual == Actual::Array {
            fault.detail = Some(self.lenient(cursor, Want::ANY, true)?);
            return Ok(());
        }
        let base = self.loose.len();
        let mut text = Cow::Borrowed("");
        loop {
            match cursor.next()? {
                Event::Start(name) => self.detail_entry(cursor, operation, name, fault, base)?,
                Event::Text(more) if text.is_empty() => text = more,
                Event::Text(more) => text.to_mut().push_str(&more),
                Event::End | Event::Eof => break,
            }
        }
        if self.loose.len() > base {
            let mut record = self.sink.record(None)?;
            self.settle_loose(base, &mut record)?;
            fault.detail = Some(self.sink.end_record(record)?);
        } else if !is_blank(&text) {
            fault.detail = Some(self.sink.scalar(Builtin::String, Scalar::Str(text))?);
        }
        Ok(())
    }

    /// Reads one entry as the declared fault it is, or else as what it looks like.
    fn detail_entry(
        &mut self,
        cursor: &mut Cursor<'x>,
        operation: Option<&Operation>,
        name: Name<'x>,
        fault: &mut Fault<S::Node>,
        base: usize,
    ) -> Result<()> {
        let declared = operation.and_then(|operation| self.find_fault(cursor, operation, name));
        let node = if let Some(declared) = declared {
            let plan = self.plan;
            fault.name.get_or_insert_with(|| plan.text(declared.name).to_owned());
            self.lenient(cursor, Want::of(declared.part.ty), declared.use_ == Use::Encoded)?
        } else {
            let want = self.global_want(cursor, name);
            self.lenient(cursor, want, true)?
        };
        self.add_loose(base, Cow::Borrowed(name.local), node)
    }

    /// The value of the element just started, or its XML if it is not what is wanted.
    pub fn lenient(&mut self, cursor: &mut Cursor<'x>, want: Want, encoded: bool) -> Result<S::Node> {
        if self.budget.mistakes == 0 {
            return self.fragment(cursor);
        }
        let (offset, scope, depth) = (cursor.offset(), cursor.scope(), cursor.depth());
        let before = self.heights();
        match self.value_as(cursor, want, encoded) {
            Err(error) if error.kind() == ErrorKind::Decode => {}
            node => return node,
        }
        self.budget.mistakes -= 1;
        self.fall_back(before);
        // A document that is not well-formed fails again here.
        while cursor.depth() >= depth {
            cursor.next()?;
        }
        let mut nested = cursor.at(offset, &scope);
        nested.next_child()?;
        self.fragment(&mut nested)
    }

    /// The declared fault that a detail entry is: by its full name, its local name, or its `xsi:type`.
    fn find_fault(
        &mut self,
        cursor: &Cursor<'x>,
        operation: &Operation,
        name: Name<'x>,
    ) -> Option<&'p plan::Fault> {
        let plan = self.plan;
        let faults = plan.faults.run(operation.faults);
        let ns = self.spaces.name(plan, cursor, name.ns);
        let marks = self.marks(cursor);
        let named = |fault: &&plan::Fault| plan.text(fault.part.name.local) == name.local;
        let exact = faults.iter().filter(|fault| fault.part.name.ns == ns).find(named);
        let found = exact.or_else(|| faults.iter().find(named));
        found.or_else(|| faults.iter().find(|fault| marks.actual == Actual::Type(fault.part.ty)))
    }
}

/// `Code` with its `Value`, and the values of the `Subcode` elements inside each other.
fn codes<N>(cursor: &mut Cursor<'_>, fault: &mut Fault<N>) -> Result<()> {
    let mut depth = 0_usize;
    loop {
        match cursor.next_child()? {
            Some(name) if name.local == "Subcode" => depth += 1,
            Some(name) if name.local == "Value" => {
                let value = cursor.text()?.trim().to_owned();
                if depth == 0 {
                    fault.code = value;
                } else {
                    fault.subcodes.push(value);
                }
            }
            Some(_) => cursor.skip()?,
            None if depth == 0 => return Ok(()),
            None => depth -= 1,
        }
    }
}

/// The first `Text` of `Reason`.
fn first_text(cursor: &mut Cursor<'_>) -> Result<String> {
    let mut first = None;
    while cursor.next_child()?.is_some() {
        let text = cursor.text()?;
        first.get_or_insert_with(|| text.into_owned());
    }
    Ok(first.unwrap_or_default())
}
