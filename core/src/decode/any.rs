//! `xsd:anyType`, and every element of which nothing is known.
//!
//! Encoded, an element with children is a struct: a record by local names (SOAP 1.1, §5.4.1). Literal, its
//! children are XML of unknown meaning and stay XML.

use std::borrow::Cow;

use super::decoder::Decoder;
use super::marks::{Actual, Marks};
use crate::error::Result;
use crate::scalar::{Builtin, Scalar};
use crate::seam::Sink;
use crate::xml::{Cursor, Event, Name};

impl<'x, S: Sink> Decoder<'_, 'x, S> {
    /// The value of the element just started: a text, unless it has children.
    pub fn any(&mut self, cursor: &mut Cursor<'x>, marks: Marks) -> Result<S::Node> {
        let mut text = Cow::Borrowed("");
        loop {
            match cursor.next()? {
                Event::Text(more) if text.is_empty() => text = more,
                Event::Text(more) => text.to_mut().push_str(&more),
                Event::Start(name) if self.encoded || marks.actual == Actual::Struct => {
                    return self.open_struct(cursor, Some(name), marks);
                }
                Event::Start(_) => return self.raw_children(cursor, marks),
                Event::End | Event::Eof if marks.actual == Actual::Struct => {
                    return self.open_struct(cursor, None, marks);
                }
                Event::End | Event::Eof => return self.sink.scalar(Builtin::String, Scalar::Str(text)),
            }
        }
    }

    /// A record of the child just started and those that follow it. Without a child the element was
    /// closed already.
    fn open_struct(
        &mut self,
        cursor: &mut Cursor<'x>,
        first: Option<Name<'x>>,
        marks: Marks,
    ) -> Result<S::Node> {
        self.open_record(None, marks)?;
        let base = self.loose.len();
        let mut next = first;
        while let Some(name) = next {
            self.loose_child(cursor, base, name)?;
            next = cursor.next_child()?;
        }
        let mut record = self.take_record();
        self.settle_loose(base, &mut record)?;
        self.sink.end_record(record)
    }

    /// A record that keeps the child just started and those that follow it as XML.
    fn raw_children(&mut self, cursor: &mut Cursor<'x>, marks: Marks) -> Result<S::Node> {
        self.open_record(None, marks)?;
        let mut list = self.sink.list(0)?;
        let mut more = true;
        while more {
            let node = self.fragment(cursor)?;
            self.sink.push(&mut list, node)?;
            more = cursor.next_child()?.is_some();
        }
        let mut record = self.take_record();
        let list = self.sink.end_list(list)?;
        let key = self.key("_any");
        self.sink.set(&mut record, key, list)?;
        self.sink.end_record(record)
    }
}
