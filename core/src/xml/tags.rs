//! Start tags seen before, found again as a whole.
//!
//! Documents repeat the same tags in the same order. So each remembers which two followed it lately, as after an item
//! comes another one or the list's neighbour, and one comparison of bytes recognises the next tag with its name and its
//! attributes. What is compared is a whole tag, up to the `>` that ends it, so an equal text can only be the same tag.

use super::attributes::Parsed;
use super::cursor::Name;
use super::names::hash;
use super::scope::{NsId, Scope};

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
    next: [u32; 2],
}

impl<'x> Known<'x> {
    pub fn new(tag: &'x str, name: Name<'x>, written: usize, outer: Scope) -> Self {
        let written = written as u32;
        Self { tag, outer, inner: outer, name, written, nodes: 1, attributes: Parsed::NONE, next: [0; 2] }
    }
}

/// A memory of start tags, two places for each hash.
pub(super) struct Tags<'x> {
    known: Vec<Known<'x>>,
    last: usize,
    kept: usize,
}

impl<'x> Tags<'x> {
    /// `places` is a power of two.
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
        let [latest, before] = self.known[self.last].next;
        let is_next = |place: u32| {
            let known = &self.known[place as usize];
            known.outer == outer && !known.tag.is_empty() && rest.starts_with(known.tag.as_bytes())
        };
        let found = if is_next(latest) { latest } else { Some(before).filter(|place| is_next(*place))? };
        Some(found as usize)
    }

    /// The place of a tag, if it is known in this scope.
    #[inline]
    pub fn find(&self, tag: &str, outer: Scope) -> Option<usize> {
        let place = self.place(tag, outer);
        [place, place ^ 1].into_iter().find(|place| {
            let known = &self.known[*place];
            known.outer == outer && known.tag == tag
        })
    }

    fn place(&self, tag: &str, outer: Scope) -> usize {
        // Tags differ in their names most; many end alike. Of a short tag both hashes are the same and must not cancel out.
        let bytes = tag.as_bytes();
        let name = hash(&bytes[..bytes.len().min(12)], outer);
        (name >> 7 ^ hash(bytes, outer)) & (self.known.len() - 1)
    }

    /// Remembers a tag in the place of another; of the two places each is taken in turn.
    pub fn keep(&mut self, known: Known<'x>) -> usize {
        let place = self.place(known.tag, known.outer);
        let place = if self.known[place].tag.is_empty() { place } else { place ^ (self.kept & 1) };
        self.kept += 1;
        self.known[place] = known;
        place
    }

    /// The tag at a place, which is the one that the text has now.
    #[inline]
    pub fn take(&mut self, place: usize) -> &Known<'x> {
        let [latest, _] = &mut self.known[self.last].next;
        if *latest != place as u32 {
            let latest = *latest;
            self.known[self.last].next = [place as u32, latest];
        }
        self.last = place;
        &self.known[place]
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
