//! Start tags seen before, found again as a whole.
//!
//! Documents repeat the same tags in the same order. So each remembers which few followed it lately, as after an item
//! comes another one, its first member or the list's neighbour, and a comparison of bytes or two recognises the next tag
//! with its name and its attributes. What is compared is a whole tag, up to the `>` that ends it, so an equal text can
//! only be the same tag.

use super::attributes::Parsed;
use super::cursor::Name;
use super::names::hash;
use super::scope::{NsId, Scope};
use crate::scalar::Builtin;

/// How many followers of a tag are remembered: lists of several kinds often name their items alike.
const FOLLOWERS: usize = 4;
/// Places in which a tag may stand, from that of its hash on.
const PROBES: usize = 8;

/// What a start tag says in the scope around it.
#[derive(Clone, Copy)]
pub(super) struct Known<'x> {
    /// From its `<` to its `>`; empty in a place that is free.
    pub tag: &'x str,
    pub outer: Scope,
    pub inner: Scope,
    pub name: Name<'x>,
    /// Bytes of the name as it is written.
    pub written: u32,
    /// The element itself, its attributes and declarations.
    pub nodes: u32,
    pub attributes: Parsed,
    /// The places of the tags that followed, the latest first.
    next: [u32; FOLLOWERS],
    /// What a reader of the document noted about the tag.
    note: Note,
}

/// Something that a reader found out about a tag, and about what it holds for; the tag as it was read first has
/// [`Note::NONE`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Note {
    pub of: u32,
    pub is: u32,
    /// What the text of the element is a value of, if that text is all that the reader wants of the element.
    pub text: Option<Builtin>,
}

impl Note {
    pub const NONE: Self = Self { of: u32::MAX, is: u32::MAX, text: None };
}

impl<'x> Known<'x> {
    pub fn new(tag: &'x str, name: Name<'x>, written: usize, outer: Scope) -> Self {
        let written = written as u32;
        Self {
            tag,
            outer,
            inner: outer,
            name,
            written,
            nodes: 1,
            attributes: Parsed::NONE,
            next: [0; FOLLOWERS],
            note: Note::NONE,
        }
    }
}

/// A memory of start tags, a hash table with few places for each hash.
pub(super) struct Tags<'x> {
    known: Vec<Known<'x>>,
    last: usize,
    kept: usize,
}

impl<'x> Tags<'x> {
    /// `places` is a power of two, at least [`PROBES`].
    pub fn new(places: usize) -> Self {
        let name = Name { ns: NsId::NONE, local: "" };
        Self { known: vec![Known::new("", name, 0, Scope::default()); places], last: 0, kept: 0 }
    }

    /// Makes room for more tags; those known are learnt again.
    pub fn grow(&mut self, places: usize) {
        if self.known.len() < places {
            *self = Self::new(places);
        }
    }

    /// Forgets everything, because prefixes resolve differently from now on.
    pub fn forget(&mut self) {
        *self = Self::new(self.known.len());
    }

    /// The place of the tag that is expected next, if the text goes on with it.
    #[inline]
    pub fn expected(&self, rest: &[u8], outer: Scope) -> Option<usize> {
        let is_next = |place: &u32| {
            let known = &self.known[*place as usize];
            known.outer == outer && !known.tag.is_empty() && rest.starts_with(known.tag.as_bytes())
        };
        self.known[self.last].next.iter().find(|place| is_next(place)).map(|place| *place as usize)
    }

    /// The same for a tag with a note of this that gives a type to its text, and that type.
    #[inline(always)] // with its caller one loop over almost all elements
    #[allow(clippy::inline_always)]
    pub fn expected_leaf(&self, rest: &[u8], outer: Scope, of: u32) -> Option<(usize, Builtin)> {
        for place in self.known[self.last].next {
            let known = &self.known[place as usize];
            if known.note.of == of && known.outer == outer && rest.starts_with(known.tag.as_bytes()) {
                return Some((place as usize, known.note.text?));
            }
        }
        None
    }

    /// The place of a tag, if it is known in this scope.
    #[inline]
    pub fn find(&self, tag: &str, outer: Scope) -> Option<usize> {
        let mut places = self.places(tag, outer).take_while(|place| !self.known[*place].tag.is_empty());
        places.find(|place| {
            let known = &self.known[*place];
            known.outer == outer && known.tag == tag
        })
    }

    fn places(&self, tag: &str, outer: Scope) -> impl Iterator<Item = usize> {
        let (first, last) = (self.place(tag, outer), self.known.len() - 1);
        (0..PROBES).map(move |probe| (first + probe) & last)
    }

    fn place(&self, tag: &str, outer: Scope) -> usize {
        // Tags differ in their names most; many end alike. Both hashes of a short tag are the same, and must not cancel
        // each other out.
        let bytes = tag.as_bytes();
        let name = hash(&bytes[..bytes.len().min(12)], outer);
        (name >> 7 ^ hash(bytes, outer)) & (self.known.len() - 1)
    }

    /// Remembers a tag, anew if it is known, else in the place of another if none is free; of its places each is given
    /// up in turn.
    pub fn keep(&mut self, known: Known<'x>) -> usize {
        let is_free = |place: &usize| self.known[*place].tag.is_empty();
        let own = self.find(known.tag, known.outer);
        let own = own.or_else(|| self.places(known.tag, known.outer).find(is_free));
        let place = own.unwrap_or_else(|| {
            self.kept += 1;
            (self.place(known.tag, known.outer) + self.kept % PROBES) & (self.known.len() - 1)
        });
        self.known[place] = known;
        place
    }

    /// The tag at a place, which is the one that the text has now.
    #[inline]
    pub fn take(&mut self, place: usize) -> &Known<'x> {
        let next = &mut self.known[self.last].next;
        if next[0] != place as u32 {
            let known = next.iter().position(|next| *next == place as u32).unwrap_or(FOLLOWERS - 1);
            next[..=known].rotate_right(1);
            next[0] = place as u32;
        }
        self.last = place;
        &self.known[place]
    }

    /// What was noted about the last tag.
    #[inline]
    pub fn note(&self) -> Note {
        self.known[self.last].note
    }

    #[inline]
    pub fn set_note(&mut self, note: Note) {
        self.known[self.last].note = note;
    }

    #[inline]
    pub fn get(&self, place: usize) -> &Known<'x> {
        &self.known[place]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn short_tags_have_places_of_their_own() {
        let tags = Tags::new(128);
        let places = |ending: &str| -> usize {
            let names =
                ["id", "name", "item", "value", "domain", "owner", "email", "rpid", "quota", "region"];
            let place = |name| tags.place(&format!("<{name}{ending}>"), Scope::default());
            names.into_iter().map(place).collect::<HashSet<_>>().len()
        };
        assert!(places("") >= 8, "{}", places(""));
        assert!(places(" xsi:type=\"xsd:string\"") >= 8);
    }
}
