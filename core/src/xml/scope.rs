//! Namespaces in scope (Namespaces in XML 1.0, §6): interned names and a tree of bindings.
//!
//! A scope is the index of its innermost binding, so entering and leaving one costs nothing and a scope
//! taken at one place stays valid for a cursor opened there later. Equal declarations under the same
//! scope share one index. The tables are shared by a cursor and those opened from it.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell, RefCell};

use foldhash::HashMap;

use crate::name::ns;

/// A namespace, interned per cursor; [`NsId::NONE`] means none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct NsId(pub u32);

impl NsId {
    /// No namespace.
    pub const NONE: Self = Self(0);
    /// The namespace that the prefix `xml` always has.
    pub(super) const XML: Self = Self(1);
    /// The namespace that the prefix `xmlns` always has; nothing else may be bound to it.
    pub(super) const XMLNS: Self = Self(2);
}

/// The bindings in scope at one place of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Scope(pub(super) u32);

type Block<'x> = Box<[OnceCell<Cow<'x, str>>]>;

const BLOCKS: usize = 28;
const FIRST_BLOCK: usize = 16;

/// Different scopes of one document. Scopes outlive their elements, so their number must be bounded; real
/// documents have a handful, those of serializers that number their prefixes some thousands.
const MOST_SCOPES: usize = 1 << 20;

/// Strings that only grow in number: each can be borrowed while others are added.
pub(super) struct Namespaces<'x> {
    /// Block `k` has room for `16 << k`.
    blocks: [OnceCell<Block<'x>>; BLOCKS],
    count: Cell<u32>,
    ids: RefCell<HashMap<Cow<'x, str>, NsId>>,
}

impl<'x> Namespaces<'x> {
    pub fn new() -> Self {
        let table = Self {
            blocks: [const { OnceCell::new() }; BLOCKS],
            count: Cell::new(0),
            ids: RefCell::new(HashMap::default()),
        };
        for fixed in ["", ns::XML, ns::XMLNS] {
            table.intern(Cow::Borrowed(fixed));
        }
        table
    }

    fn place(id: NsId) -> (usize, usize) {
        let block = (id.0 as usize / FIRST_BLOCK + 1).ilog2() as usize;
        (block, id.0 as usize - FIRST_BLOCK * ((1 << block) - 1))
    }

    pub fn intern(&self, uri: Cow<'x, str>) -> NsId {
        if let Some(id) = self.find(&uri) {
            return id;
        }
        let id = NsId(self.count.get());
        self.count.set(id.0 + 1);
        let (block, index) = Self::place(id);
        let cells = self.blocks[block].get_or_init(|| vec![OnceCell::new(); FIRST_BLOCK << block].into());
        let _ = cells[index].set(uri);
        // Most documents never have a table; where one begins, it begins with all before.
        let first = if id.0 as usize == FIRST_BLOCK { 0 } else { id.0 };
        if id.0 as usize >= FIRST_BLOCK {
            self.ids.borrow_mut().extend((first..=id.0).map(|id| (self.stored(NsId(id)), NsId(id))));
        }
        id
    }

    fn find(&self, uri: &str) -> Option<NsId> {
        let count = self.count.get() as usize;
        if count > FIRST_BLOCK {
            return self.ids.borrow().get(uri).copied();
        }
        let known = self.blocks[0].get()?.iter().take(count);
        let found = known.map(OnceCell::get).position(|known| known.is_some_and(|known| known == uri));
        found.map(|index| NsId(index as u32))
    }

    fn stored(&self, id: NsId) -> Cow<'x, str> {
        let (block, index) = Self::place(id);
        let cells = self.blocks[block].get().expect("the id was given");
        cells[index].get().expect("the id was given").clone()
    }

    pub fn text(&self, id: NsId) -> &str {
        let (block, index) = Self::place(id);
        let cell = self.blocks.get(block).and_then(OnceCell::get).and_then(|cells| cells.get(index));
        cell.and_then(OnceCell::get).map_or("", |uri| uri)
    }

    pub fn len(&self) -> u32 {
        self.count.get()
    }
}

/// Scopes with more bindings remember what was looked up, so that a service that declares hundreds of
/// prefixes on its root, or an attacker who does, does not make each name cost a walk over all of them.
const DEEP: u32 = 16;

/// So many bindings are looked through one by one: a table costs more than most documents have.
const FEW: usize = 16;

/// One prefix bound to one namespace, inside an outer scope.
#[derive(Debug, Clone, Copy)]
pub(super) struct Binding<'x> {
    pub outer: Scope,
    pub prefix: &'x str,
    pub ns: NsId,
    /// How many bindings, shadowed ones included, one passes from here to the outermost.
    depth: u32,
}

/// A prefix looked up in a scope: where it is bound, or `Scope(0)` for an undeclared default namespace.
#[derive(Clone, Copy, Default)]
struct Found {
    scope: Scope,
    bound: Scope,
}

/// All bindings of a document.
pub(super) struct Scopes<'x> {
    bindings: Vec<Binding<'x>>,
    known: HashMap<(Scope, &'x str, NsId), Scope>,
    /// Look-ups in scopes with many bindings, one place for each hash; empty until there is such a scope.
    found: Vec<Cell<Found>>,
}

impl<'x> Scopes<'x> {
    pub fn new() -> Self {
        // Scope 0 binds only what the standard binds.
        let xml = Binding { outer: Scope(0), prefix: "xml", ns: NsId::XML, depth: 0 };
        let mut bindings = Vec::with_capacity(FEW);
        bindings.push(xml);
        Self { bindings, known: HashMap::default(), found: Vec::new() }
    }

    /// The namespace of a prefix; `None` if undeclared. The empty prefix is the default namespace.
    #[inline(never)]
    pub fn find(&self, scope: Scope, prefix: &str) -> Option<NsId> {
        let deep = self.bindings.get(scope.0 as usize).is_some_and(|binding| binding.depth > DEEP);
        let place = if deep { self.found.get(place_of(scope, prefix, self.found.len())) } else { None };
        if let Some(found) = place.map(Cell::get).filter(|found| found.scope == scope) {
            let binding = &self.bindings[found.bound.0 as usize];
            if found.bound == Scope(0) && prefix.is_empty() {
                return Some(NsId::NONE);
            }
            if found.bound != Scope(0) && binding.prefix == prefix {
                return Some(binding.ns);
            }
        }
        let mut at = scope;
        loop {
            let binding = self.bindings.get(at.0 as usize)?;
            if binding.prefix == prefix || binding.depth == 0 {
                let declared = binding.prefix == prefix;
                if let Some(place) = place.filter(|_| at != Scope(0) || prefix.is_empty()) {
                    place.set(Found { scope, bound: at });
                }
                return declared.then_some(binding.ns).or(prefix.is_empty().then_some(NsId::NONE));
            }
            at = binding.outer;
        }
    }

    /// The scope inside `outer` where `prefix` is bound to `ns`; `None` if that makes too many:
    /// more than `limit` in scope or more than a document may have at all.
    pub fn bind(&mut self, outer: Scope, prefix: &'x str, ns: NsId, limit: u32) -> Option<Scope> {
        if self.find(outer, prefix) == Some(ns) {
            return Some(outer);
        }
        if let Some(scope) = self.bound_before(outer, prefix, ns) {
            return Some(scope);
        }
        let depth = self.bindings[outer.0 as usize].depth + 1;
        if depth > limit || self.bindings.len() >= MOST_SCOPES {
            return None;
        }
        let scope = Scope(self.bindings.len() as u32);
        self.bindings.push(Binding { outer, prefix, ns, depth });
        if depth > DEEP && self.found.is_empty() {
            self.found = vec![Cell::default(); 4096];
        }
        match self.bindings.len() {
            ..=FEW => {}
            count => {
                let first = if count == FEW + 1 { 1 } else { count - 1 };
                let missing = self.bindings.iter().enumerate().skip(first);
                let keyed = missing.map(|(at, one)| ((one.outer, one.prefix, one.ns), Scope(at as u32)));
                self.known.extend(keyed);
            }
        }
        Some(scope)
    }

    fn bound_before(&self, outer: Scope, prefix: &str, ns: NsId) -> Option<Scope> {
        if self.bindings.len() > FEW {
            return self.known.get(&(outer, prefix, ns)).copied();
        }
        let is_same = |one: &Binding<'_>| one.outer == outer && one.ns == ns && one.prefix == prefix;
        let at = self.bindings.iter().skip(1).position(is_same)?;
        Some(Scope(at as u32 + 1))
    }

    /// The bindings that lead to a scope, innermost first, shadowed ones included, ending with that of `xml`.
    pub fn chain(&self, scope: Scope) -> impl Iterator<Item = &Binding<'x>> {
        let first = self.bindings.get(scope.0 as usize);
        std::iter::successors(first, |binding| {
            (binding.depth > 0).then(|| &self.bindings[binding.outer.0 as usize])
        })
    }

    pub fn bindings(&self) -> &[Binding<'x>] {
        &self.bindings
    }
}

fn place_of(scope: Scope, prefix: &str, places: usize) -> usize {
    let hash = prefix.bytes().fold(scope.0, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (hash ^ (hash >> 15)) as usize % places.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interning_is_stable_over_many_blocks() {
        let table = Namespaces::new();
        let first = table.intern(Cow::Borrowed("urn:0"));
        let text = table.text(first);
        for n in 0..5000 {
            let id = table.intern(Cow::Owned(format!("urn:{n}")));
            assert_eq!(id.0, n + 3);
            assert_eq!(table.text(id), format!("urn:{n}"));
        }
        assert_eq!(text, "urn:0");
        assert_eq!(table.intern(Cow::Borrowed("urn:77")).0, 80);
        assert_eq!((table.text(NsId::NONE), table.text(NsId(u32::MAX))), ("", ""));
    }

    #[test]
    fn scopes_nest_shadow_and_repeat() {
        let mut scopes = Scopes::new();
        let root = Scope(0);
        let a = scopes.bind(root, "a", NsId(7), 9).unwrap();
        let b = scopes.bind(a, "a", NsId(8), 9).unwrap();
        let c = scopes.bind(b, "", NsId(9), 9).unwrap();
        assert_eq!(scopes.bind(root, "a", NsId(7), 9), Some(a));
        assert_eq!(scopes.bind(c, "a", NsId(8), 9), Some(c));
        assert_eq!(scopes.find(c, "a"), Some(NsId(8)));
        assert_eq!(scopes.find(a, "a"), Some(NsId(7)));
        assert_eq!((scopes.find(a, ""), scopes.find(c, "")), (Some(NsId::NONE), Some(NsId(9))));
        assert_eq!((scopes.find(c, "xml"), scopes.find(c, "b")), (Some(NsId::XML), None));
        assert_eq!(scopes.bind(c, "z", NsId(7), 3), None);
    }

    #[test]
    fn many_bindings_resolve_as_few_do() {
        let prefixes: Vec<String> = (0..300).map(|n| format!("p{n}")).collect();
        let mut scopes = Scopes::new();
        let mut scope = Scope(0);
        for (n, prefix) in prefixes.iter().enumerate() {
            scope = scopes.bind(scope, prefix, NsId(n as u32 + 10), 1000).unwrap();
        }
        let inner = scopes.bind(scope, "p7", NsId(9), 1000).unwrap();
        let default = scopes.bind(inner, "", NsId(8), 1000).unwrap();
        for _ in 0..3 {
            for (n, prefix) in prefixes.iter().enumerate() {
                let want = Some(NsId(n as u32 + 10));
                assert_eq!(scopes.find(scope, prefix), want);
                assert_eq!(scopes.find(inner, prefix), if n == 7 { Some(NsId(9)) } else { want });
            }
            assert_eq!((scopes.find(inner, ""), scopes.find(default, "")), (Some(NsId::NONE), Some(NsId(8))));
            assert_eq!((scopes.find(default, "xml"), scopes.find(default, "p300")), (Some(NsId::XML), None));
        }
    }
}
