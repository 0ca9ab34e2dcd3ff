//! Descriptions, quickly: what is written as almost all of it is written.
//!
//! A cursor learns tags, because answers repeat them; the tags of a description hardly repeat, and learning them costs
//! more than reading them. So tags with nothing special about them are read here straight into the tables of the
//! document: names in ASCII, declared prefixes, values that read as they are written. Whatever is unusual, and every
//! error, is left to the cursor, which stands before it as if nothing had happened.

use memchr::memchr2;

use super::cursor::Cursor;
use super::name_chars::ncname_length;
use super::pieces::Open;
use super::scope::{NsId, Scope};
use super::tree::{AttributeNode, Builder, Node, Span};
use super::words::value_length;

/// Tags with more attributes are left to the cursor, which finds repeated ones in less than quadratic time.
const MOST_ATTRIBUTES: usize = 8;

/// How a start tag ends.
#[derive(Clone, Copy)]
struct TagEnd {
    /// The byte after its `>`.
    at: usize,
    empty: bool,
}

/// The namespace of the prefix that was looked up last: most tags in a row have the same.
#[derive(Clone, Copy, Default)]
pub(super) struct LastPrefix<'x> {
    scope: Scope,
    prefix: &'x str,
    ns: Option<NsId>,
}

impl<'x> Builder<'_, 'x> {
    /// Reads on until something is not plain.
    pub fn read_plain(&mut self, cursor: &mut Cursor<'x>) {
        // Characters that need a look, and what surrounds the root, are none of this file's business.
        let scan = cursor.shared.scan;
        while scan.illegal == usize::MAX && !scan.cdata_end && !cursor.open.is_empty() {
            let end = if cursor.empty {
                Some(cursor.at)
            } else {
                let Some(tag) = self.next_tag(cursor.at) else { return };
                cursor.at = tag;
                cursor.closing(tag)
            };
            match end {
                Some(_) if cursor.open.len() == 1 => return,
                Some(end) => {
                    (cursor.at, cursor.empty) = (end, false);
                    cursor.close();
                    self.closed(end);
                }
                None if self.start(cursor).is_none() => return,
                None => {}
            }
        }
    }

    /// The `<` that ends the text at a byte, which nobody asks for yet.
    #[inline]
    fn next_tag(&self, from: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let at = from + after_space(&bytes[from..])?;
        if bytes[at] == b'<' {
            return Some(at);
        }
        let end = at + memchr2(b'<', b'&', &bytes[at..])?;
        (bytes[end] == b'<').then_some(end)
    }

    /// Reads a start tag; `None` if it is not plain, and nothing has happened.
    fn start(&mut self, cursor: &mut Cursor<'x>) -> Option<()> {
        let start = cursor.at;
        let shared = &*cursor.shared;
        let (prefix, local, name_end) = self.name(start + 1)?;
        let ns = self.namespace(cursor, prefix)?;
        let first = self.document.attributes.len();
        let Some(end) = self.plain_attributes(cursor, name_end) else {
            self.document.attributes.truncate(first);
            return None;
        };
        let last = self.document.attributes.len();
        let count = last - first;
        let fits = cursor.open.len() < shared.limits.depth as usize
            && count <= shared.limits.attributes as usize
            && shared.spend(1 + count as u64);
        if !fits {
            self.document.attributes.truncate(first);
            return None;
        }
        cursor.at = end.at;
        cursor.empty = end.empty;
        let written = (name_end - start - 1) as u32;
        cursor.open.push(Open { start, outer: cursor.scope, written });
        let attributes = (first as u32, last as u32);
        self.opened(Node::new(ns, local, attributes, cursor.scope_id(), start, end.at));
        Some(())
    }

    /// Prefix, local name and end of the qualified name at a byte.
    #[inline]
    fn name(&self, at: usize) -> Option<(&'x str, Span, usize)> {
        let bytes = self.text.as_bytes();
        let end = at + ncname_length(&bytes[at..])?;
        if bytes.get(end) != Some(&b':') {
            return Some(("", Span::of_text(at..end), end));
        }
        let local = end + 1;
        let local_end = local + ncname_length(&bytes[local..])?;
        Some((&self.text[at..end], Span::of_text(local..local_end), local_end))
    }

    #[inline]
    fn namespace(&mut self, cursor: &Cursor<'x>, prefix: &'x str) -> Option<NsId> {
        let scope = cursor.scope;
        if self.last_prefix.scope != scope || self.last_prefix.prefix != prefix {
            let ns = cursor.shared.scopes.borrow().find(scope, prefix);
            self.last_prefix = LastPrefix { scope, prefix, ns };
        }
        self.last_prefix.ns
    }

    /// Reads what stands between a name and the end of its tag.
    fn plain_attributes(&mut self, cursor: &Cursor<'x>, mut at: usize) -> Option<TagEnd> {
        let bytes = self.text.as_bytes();
        let first = self.document.attributes.len();
        loop {
            let space = after_space(&bytes[at..])?;
            at += space;
            match bytes[at] {
                b'>' => return Some(TagEnd { at: at + 1, empty: false }),
                b'/' if bytes.get(at + 1) == Some(&b'>') => {
                    return Some(TagEnd { at: at + 2, empty: true });
                }
                _ if space == 0 || self.document.attributes.len() - first == MOST_ATTRIBUTES => return None,
                _ => at = self.plain_attribute(cursor, first, at)?,
            }
        }
    }

    /// Reads one attribute and answers where it ends; `None` for namespace declarations too.
    fn plain_attribute(&mut self, cursor: &Cursor<'x>, first: usize, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let (prefix, local, end) = self.name(at)?;
        let quote = match bytes.get(end..end + 2)? {
            [b'=', quote @ (b'"' | b'\'')] => *quote,
            _ => return None,
        };
        let ns = match prefix {
            "" if &bytes[at..end] == b"xmlns" => return None,
            "" => NsId::NONE,
            "xmlns" => return None,
            _ => cursor.shared.scopes.borrow().find(cursor.scope, prefix)?,
        };
        let from = end + 2;
        let to = from + value_length(&bytes[from..], quote)?;
        let name = |span: Span| &bytes[span.range().1];
        let is_repeated = |have: &AttributeNode| {
            have.ns == ns.0 && have.local.length == local.length && name(have.local) == name(local)
        };
        if self.document.attributes[first..].iter().any(is_repeated) {
            return None;
        }
        let value = Span::of_text(from..to);
        self.document.attributes.push(AttributeNode { ns: ns.0, local, value });
        Some(to + 1)
    }
}

/// Bytes of white space before something else, in a text without forbidden characters.
#[inline]
fn after_space(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|&byte| byte > b' ')
}
