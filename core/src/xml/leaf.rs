//! Elements that hold only text, in one step: most elements of an answer.
//!
//! A reader notes with a start tag that it wants nothing but the text of such elements. Where the same tag comes again,
//! its element is taken as a whole, without the events between: the tag, the text, the end tag. Whatever is unusual is
//! left to the cursor, which stands before it as if nothing had happened.

use super::cursor::Cursor;
use super::name_chars::is_space;
use super::words::text_length;
use crate::scalar::Builtin;

impl<'x> Cursor<'x> {
    /// Of the next element, read through its end tag: what was noted about its tag, the type of its text, and the text.
    /// Only if it comes next (but for white space), its tag has a [`Note`](super::tags::Note) `of` this, with a type,
    /// and nothing is unusual about it; else nothing is read.
    #[inline]
    pub fn leaf(&mut self, of: u32) -> Option<(u32, Builtin, &'x str)> {
        let shared = &*self.shared;
        let is_inside = !self.empty && (1..shared.limits.depth as usize).contains(&self.open.len());
        if !is_inside || !shared.scan.is_plain() {
            return None;
        }
        let text = shared.text;
        let bytes = text.as_bytes();
        let mut from = self.at;
        while is_space(*bytes.get(from)?) {
            from += 1;
        }
        if bytes[from..].starts_with(b"</") {
            return None;
        }
        let (place, builtin) = self.tags.expected_leaf(&bytes[from..], self.scope, of)?;
        let known = self.tags.get(place);
        let start = from + known.tag.len();
        let end = start + text_length(&bytes[start..])?;
        let name = &known.tag.as_bytes()[1..][..known.written as usize];
        let after = bytes[end..].strip_prefix(b"</")?.strip_prefix(name)?.strip_prefix(b">")?;
        if !shared.spend(u64::from(known.nodes)) {
            return None;
        }
        self.at = bytes.len() - after.len();
        self.start = from;
        self.tags.take(place);
        Some((self.tags.note().is, builtin, &text[start..end]))
    }
}
