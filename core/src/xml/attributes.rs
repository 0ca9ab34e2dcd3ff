//! The attributes of a start tag (XML 1.0, §3.1; Namespaces in XML 1.0, §6.3).
//!
//! A tag's raw attribute text is parsed once and kept in one of a few slots together with the scope it was
//! read in. Documents repeat the same few attribute texts, so most tags find theirs already parsed.

use std::borrow::Cow;
use std::collections::HashSet;
use std::hash::Hash;

use memchr::memchr;

use super::customary;
use super::name_chars::{is_space, split_qname};
use super::place::Fault;
use super::references::{attribute_value, shorten};
use super::scope::{NsId, Scope};
use super::shared::Shared;
use super::words::{attribute_name_length, value_length};

/// One attribute; namespace declarations are not attributes here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute<'x> {
    pub ns: NsId,
    pub local: &'x str,
    /// After attribute-value normalization (XML 1.0, §3.3.3).
    pub value: Cow<'x, str>,
}

/// A parsed attribute text.
#[derive(Default)]
struct Slot<'x> {
    raw: &'x str,
    outer: Scope,
    inner: Scope,
    /// Attributes and declarations.
    count: u32,
    /// Tells it from whatever else was parsed in the document; 0 if nothing was.
    stamp: u32,
    list: Vec<Attribute<'x>>,
}

/// Where the parsed attributes of a tag are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parsed {
    slot: usize,
    stamp: u32,
}

impl Parsed {
    /// Those of a tag without any.
    pub const NONE: Self = Self { slot: usize::MAX, stamp: 0 };
}

/// The attributes of the last start tag and a memory of earlier ones.
pub(super) struct Attributes<'x> {
    slots: Vec<Slot<'x>>,
    /// `usize::MAX` while the last start tag has no attribute text.
    current: usize,
    prefixes: Vec<(&'x str, usize)>,
    declared: Vec<&'x str>,
}

impl<'x> Attributes<'x> {
    /// `slots` is a power of two.
    pub fn new(slots: usize) -> Self {
        let slots = (0..slots).map(|_| Slot::default()).collect();
        Self { slots, current: usize::MAX, prefixes: Vec::new(), declared: Vec::new() }
    }

    #[inline]
    pub fn list(&self) -> &[Attribute<'x>] {
        self.slots.get(self.current).map_or(&[], |slot| &slot.list)
    }

    #[inline]
    pub fn clear(&mut self) {
        self.current = usize::MAX;
    }

    #[inline]
    pub fn stamp(&self) -> u32 {
        self.slots.get(self.current).map_or(0, |slot| slot.stamp)
    }

    /// Where those of the last start tag are.
    pub fn current(&self) -> Parsed {
        self.slots
            .get(self.current)
            .map_or(Parsed::NONE, |slot| Parsed { slot: self.current, stamp: slot.stamp })
    }

    /// Makes attributes parsed before those of the last start tag; false if they were replaced since.
    #[inline]
    pub fn again(&mut self, parsed: Parsed) -> bool {
        self.current = parsed.slot;
        self.slots.get(parsed.slot).is_none_or(|slot| slot.stamp == parsed.stamp)
    }

    /// Makes room for more texts; those parsed are parsed again.
    pub fn grow(&mut self, slots: usize) {
        if self.slots.len() < slots {
            *self = Self::new(slots);
        }
    }

    /// Forgets what was parsed, because prefixes resolve differently from now on.
    pub fn forget(&mut self) {
        self.slots.iter_mut().for_each(|slot| *slot = Slot::default());
        self.clear();
    }

    /// Reads the text after the name of a start tag. Returns the scope inside the element and the number
    /// of attributes and declarations.
    #[inline]
    pub fn read(
        &mut self,
        shared: &Shared<'x>,
        raw: &'x str,
        outer: Scope,
        tolerant: bool,
    ) -> Result<(Scope, u32), Fault> {
        let first = Self::slot_of(raw, outer, self.slots.len());
        let holds = |index: &usize| self.slots[*index].outer == outer && self.slots[*index].raw == raw;
        let found = [first, first ^ 1].into_iter().find(holds);
        let index = if let Some(index) = found {
            index
        } else {
            let older = if self.slots[first].stamp > self.slots[first ^ 1].stamp { first ^ 1 } else { first };
            self.parse(shared, older, raw, outer, tolerant)?;
            older
        };
        self.current = index;
        let slot = &self.slots[index];
        Ok((slot.inner, slot.count))
    }

    fn slot_of(raw: &str, outer: Scope, slots: usize) -> usize {
        let bytes = raw.as_bytes();
        let mut hash = (bytes.len() as u32).wrapping_add(outer.0);
        // The end of a text varies more than its beginning.
        for &byte in bytes.iter().rev().take(16) {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
        (hash ^ (hash >> 15)) as usize & (slots - 1)
    }

    #[inline(never)] // keeps the common path of `read` small
    fn parse(
        &mut self,
        shared: &Shared<'x>,
        index: usize,
        raw: &'x str,
        outer: Scope,
        tolerant: bool,
    ) -> Result<(), Fault> {
        self.prefixes.clear();
        self.declared.clear();
        let mut slot = std::mem::take(&mut self.slots[index]);
        slot.list.clear();
        slot.count = 0;
        let mut inner = outer;
        let mut rest = Tag { raw, at: 0 };
        while let Some(Pair { name_at, name, value, is_plain }) = rest.next()? {
            slot.count += 1;
            if slot.count > shared.limits.attributes {
                let limit = shared.limits.attributes;
                return Err(Fault::new(name_at, format!("an element has more than {limit} attributes")));
            }
            let Some((prefix, local)) = split_qname(name) else {
                return Err(Fault::new(
                    name_at,
                    format!("'{}' is not a valid attribute name", shorten(name)),
                ));
            };
            let value = if is_plain {
                Cow::Borrowed(value)
            } else {
                attribute_value(value).map_err(|fault| fault.within(rest.at - 1 - value.len()))?
            };
            if prefix == "xmlns" || name == "xmlns" {
                let declared = if prefix.is_empty() { "" } else { local };
                inner = shared
                    .declare(inner, declared, value, tolerant)
                    .map_err(|fault| fault.within(name_at))?;
                self.declared.push(declared);
            } else {
                slot.list.push(Attribute { ns: NsId::NONE, local, value });
                self.prefixes.push((prefix, name_at));
            }
        }
        self.resolve(shared, &mut slot.list, inner, tolerant)?;
        if let Some(twice) = first_repeated(&self.declared, |prefix| *prefix) {
            return Err(Fault::new(
                0,
                format!("the namespace prefix '{}' is declared twice", shorten(twice)),
            ));
        }
        if let Some(twice) = first_repeated(&slot.list, |attribute| (attribute.ns, attribute.local)) {
            return Err(Fault::new(0, format!("the attribute '{}' occurs twice", shorten(twice.local))));
        }
        (slot.raw, slot.outer, slot.inner) = (raw, outer, inner);
        slot.stamp = shared.stamp();
        self.slots[index] = slot;
        Ok(())
    }

    /// Declarations of the same tag apply whatever their order, so prefixes are resolved last.
    fn resolve(
        &self,
        shared: &Shared<'x>,
        list: &mut [Attribute<'x>],
        inner: Scope,
        tolerant: bool,
    ) -> Result<(), Fault> {
        for (attribute, &(prefix, at)) in list.iter_mut().zip(&self.prefixes) {
            if prefix.is_empty() {
                continue;
            }
            attribute.ns = match shared.scopes.borrow().find(inner, prefix) {
                Some(ns) => ns,
                None if tolerant => shared.namespaces.intern(customary::namespace(prefix)),
                None => {
                    return Err(Fault::of_namespaces(
                        at,
                        format!("the prefix '{}' is not declared", shorten(prefix)),
                    ))
                }
            };
        }
        Ok(())
    }
}

/// The first entry that is the same as an earlier one, in less than quadratic time.
fn first_repeated<T, K: Eq + Hash>(list: &[T], key: impl Fn(&T) -> K) -> Option<&T> {
    if list.len() <= 8 {
        let mut entries = list.iter().enumerate();
        let found = entries.find(|(at, item)| list[..*at].iter().any(|earlier| key(earlier) == key(item)));
        return found.map(|(_, item)| item);
    }
    let mut seen = HashSet::with_capacity(list.len());
    list.iter().find(|item| !seen.insert(key(item)))
}

/// `name = "value"` in a tag.
struct Pair<'x> {
    name_at: usize,
    name: &'x str,
    /// As written.
    value: &'x str,
    /// The value reads as it is written.
    is_plain: bool,
}

/// Reads `name = "value"` pairs (productions 10, 25 and 41).
struct Tag<'x> {
    raw: &'x str,
    at: usize,
}

impl<'x> Tag<'x> {
    fn skip_space(&mut self) -> bool {
        let before = self.at;
        while self.raw.as_bytes().get(self.at).copied().is_some_and(is_space) {
            self.at += 1;
        }
        self.at > before
    }

    /// `None` at the end of the tag.
    #[inline]
    fn next(&mut self) -> Result<Option<Pair<'x>>, Fault> {
        let spaced = self.skip_space();
        let bytes = self.raw.as_bytes();
        if self.at == bytes.len() {
            return Ok(None);
        }
        let start = self.at;
        if !spaced {
            return Err(Fault::new(start, "white space is missing before an attribute"));
        }
        let length = attribute_name_length(&bytes[start..]);
        self.at = length.map_or(bytes.len(), |length| start + length);
        let name = &self.raw[start..self.at];
        self.skip_space();
        if bytes.get(self.at) != Some(&b'=') {
            let message = format!("the attribute '{}' has no value", shorten(name));
            return Err(Fault::new(start, message));
        }
        self.at += 1;
        self.skip_space();
        let Some(&quote @ (b'"' | b'\'')) = bytes.get(self.at) else {
            return Err(Fault::new(self.at, "the value of an attribute is not quoted"));
        };
        let from = self.at + 1;
        let plain = value_length(&bytes[from..], quote);
        let length = plain.or_else(|| memchr(quote, &bytes[from..]));
        let length = length.ok_or_else(|| Fault::new(self.at, "the value of an attribute is not closed"))?;
        self.at = from + length + 1;
        let value = &self.raw[from..from + length];
        Ok(Some(Pair { name_at: start, name, value, is_plain: plain.is_some() }))
    }
}
