//! Header blocks of an answer (SOAP 1.1, §4.2): a record by their local names.

use std::borrow::Cow;

use super::decoder::{Decoder, Want};
use super::errors::within;
use crate::error::Result;
use crate::name::QNameRef;
use crate::plan::*;
use crate::seam::Sink;
use crate::xml::{Cursor, Name};

impl<'p, 'x, S: Sink> Decoder<'p, 'x, S> {
    /// Reads the header just started; `None` if it is empty.
    pub fn headers(&mut self, cursor: &mut Cursor<'x>, message: Option<&Message>) -> Result<Option<S::Node>> {
        let base = self.loose.len();
        while let Some(name) = cursor.next_child()? {
            let declared = match message {
                Some(message) => self.find_header(cursor, message, name),
                None => None,
            };
            let node = if let Some(header) = declared {
                self.value_as(cursor, Want::of(header.part.ty), header.use_ == Use::Encoded)
            } else {
                // Nobody asked for it, so it cannot spoil the answer.
                let want = self.global_want(cursor, name);
                self.lenient(cursor, want, true)
            };
            let node = node.map_err(|error| within(error, name.local, None))?;
            self.add_loose(base, Cow::Borrowed(name.local), node)?;
        }
        if self.loose.len() == base {
            return Ok(None);
        }
        let mut record = self.sink.record(None)?;
        self.settle_loose(base, &mut record)?;
        self.sink.end_record(record).map(Some)
    }

    fn find_header(&mut self, cursor: &Cursor<'x>, message: &Message, name: Name<'x>) -> Option<&'p Header> {
        let plan = self.plan;
        let ns = self.spaces.name(plan, cursor, name.ns);
        let headers = plan.headers.run(message.headers);
        let named = |header: &&Header| plan.text(header.part.name.local) == name.local;
        let exact = headers.iter().filter(|header| header.part.name.ns == ns).find(named);
        exact.or_else(|| headers.iter().find(named))
    }

    /// What an element is where the message declares nothing: the global element of its name, or anything.
    pub fn global_want(&self, cursor: &Cursor<'x>, name: Name<'x>) -> Want {
        let plan = self.plan;
        let element = plan.find_element(QNameRef::new(cursor.namespace(name.ns), name.local));
        element.map_or(Want::ANY, |element| Want::of(plan.elements[element].ty))
    }

    /// A value read by the rules of SOAP encoding, or by those of literal messages.
    pub fn value_as(&mut self, cursor: &mut Cursor<'x>, want: Want, encoded: bool) -> Result<S::Node> {
        let outer = std::mem::replace(&mut self.encoded, encoded);
        let node = self.value(cursor, want);
        self.encoded = outer;
        node
    }
}
