//! What a cursor and the cursors opened from it have in common: the text, its names and its budget.
//!
//! Nested cursors count against the same limits, so that reading one element again and again is bounded.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell, RefCell};

use super::place::{position, Fault};
use super::scan::{has_reference, Scan};
use super::scope::{Namespaces, NsId, Scope, Scopes};
use crate::error::Error;
use crate::limits::Limits;

pub(super) struct Shared<'x> {
    pub text: &'x str,
    pub scan: Scan,
    pub limits: Limits,
    nodes: Cell<u64>,
    parsed: Cell<u32>,
    /// Whether references may occur, once somebody asked.
    references: OnceCell<bool>,
    pub namespaces: Namespaces<'x>,
    pub scopes: RefCell<Scopes<'x>>,
}

impl<'x> Shared<'x> {
    pub fn new(text: &'x str, limits: &Limits) -> Self {
        Self {
            text,
            scan: Scan::of(text),
            limits: *limits,
            nodes: Cell::new(0),
            parsed: Cell::new(0),
            references: OnceCell::new(),
            namespaces: Namespaces::new(),
            scopes: RefCell::new(Scopes::new()),
        }
    }

    /// Counts elements and attributes; false once there are too many.
    #[inline]
    pub fn spend(&self, nodes: u64) -> bool {
        let total = self.nodes.get() + nodes;
        self.nodes.set(total);
        total <= self.limits.nodes
    }

    pub fn mentions_references(&self) -> bool {
        *self.references.get_or_init(|| has_reference(self.text))
    }

    /// A number for what was just parsed, which nothing else in the document has; never 0.
    pub fn stamp(&self) -> u32 {
        let stamp = self.parsed.get().checked_add(1).unwrap_or(1);
        self.parsed.set(stamp);
        stamp
    }

    #[cold]
    pub fn error(&self, byte: usize, message: impl Into<String>) -> Error {
        Error::decode(message).at(position(self.text, byte))
    }

    /// The error of a fault found in a text that begins at `start`.
    #[cold]
    pub fn fault(&self, start: usize, fault: Fault) -> Error {
        let error = self.error(start + fault.at, format!("not well-formed XML: {}", fault.message));
        if fault.forgivable {
            error.forgivable()
        } else {
            error
        }
    }

    /// The scope inside `outer` after one more declaration `xmlns:prefix="uri"`, checked by the rules of
    /// Namespaces in XML 1.0, §3; `prefix` is empty for the default namespace.
    pub fn declare(
        &self,
        outer: Scope,
        prefix: &'x str,
        uri: Cow<'x, str>,
        tolerant: bool,
    ) -> Result<Scope, Fault> {
        let fault = |message: &str| Err(Fault::new(0, message));
        let ns = self.namespaces.intern(uri);
        match (prefix, ns) {
            ("xmlns", _) => return fault("the prefix 'xmlns' cannot be declared"),
            ("xml", NsId::XML) => return Ok(outer),
            ("xml", _) => return fault("the prefix 'xml' cannot be bound to another namespace"),
            (_, NsId::XML | NsId::XMLNS) => return fault("this namespace is reserved for its own prefix"),
            // PHP's SoapServer writes so where a binding's namespace is empty.
            (prefix, NsId::NONE) if !prefix.is_empty() && !tolerant => {
                return Err(Fault::of_namespaces(0, "a prefix cannot be bound to no namespace"))
            }
            _ => {}
        }
        let scope = self.scopes.borrow_mut().bind(outer, prefix, ns, self.limits.attributes);
        scope.ok_or_else(|| Fault::new(0, "too many namespace declarations"))
    }
}
