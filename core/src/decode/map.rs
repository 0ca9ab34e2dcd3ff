//! Apache SOAP's `Map`: items of a key and a value, which make a record.

use std::borrow::Cow;

use super::decoder::{Decoder, Want};
use super::errors::within;
use super::marks::Marks;
use crate::error::Result;
use crate::seam::Sink;
use crate::xml::Cursor;

impl<'x, S: Sink> Decoder<'_, 'x, S> {
    /// The record that the element just started is. A key that comes again replaces its value.
    pub fn map(&mut self, cursor: &mut Cursor<'x>, marks: Marks) -> Result<S::Node> {
        self.open_record(None, marks)?;
        let base = self.loose.len();
        while cursor.next_child()?.is_some() {
            match self.marks(cursor).reference().filter(|_| self.encoded) {
                Some(at) => {
                    let target = self.find_target(cursor, at)?;
                    cursor.skip()?;
                    let mut nested = self.open_target(cursor, target)?;
                    self.map_item(&mut nested, base)?;
                    self.close_target(nested);
                }
                None => self.map_item(cursor, base)?,
            }
        }
        let mut record = self.take_record();
        self.settle_loose(base, &mut record)?;
        self.sink.end_record(record)
    }

    fn map_item(&mut self, cursor: &mut Cursor<'x>, base: usize) -> Result<()> {
        let mut key: Option<Cow<'x, str>> = None;
        let mut value = None;
        while let Some(name) = cursor.next_child()? {
            match name.local {
                "key" => key = Some(self.map_key(cursor)?),
                "value" => {
                    let node = self.value(cursor, Want::ANY);
                    let shown = key.as_deref().unwrap_or("value");
                    value = Some(node.map_err(|error| within(error, shown, None))?);
                }
                _ => cursor.skip()?,
            }
        }
        let value = match value {
            Some(value) => value,
            None => self.sink.null()?,
        };
        self.put_loose(base, key.unwrap_or_default(), value);
        Ok(())
    }

    /// The text of the key just started, or of what it refers to.
    fn map_key(&mut self, cursor: &mut Cursor<'x>) -> Result<Cow<'x, str>> {
        let marks = self.marks(cursor);
        match marks.reference().filter(|_| self.encoded) {
            Some(at) => {
                let target = self.find_target(cursor, at)?;
                cursor.skip()?;
                self.open_target(cursor, target)?.text()
            }
            None => cursor.text(),
        }
    }
}
