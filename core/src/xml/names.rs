//! Element names: checked, split and resolved once, then found again by their text and scope.

use super::cursor::Name;
use super::name_chars::split_qname;
use super::place::Fault;
use super::references::shorten;
use super::scope::{NsId, Scope};
use super::shared::Shared;

#[derive(Clone, Copy)]
struct Known<'x> {
    raw: &'x str,
    scope: Scope,
    name: Name<'x>,
}

/// A memory of names, one place for each hash.
pub(super) struct NameMemo<'x> {
    known: Vec<Known<'x>>,
}

impl<'x> NameMemo<'x> {
    /// `places` is a power of two.
    pub fn new(places: usize) -> Self {
        let name = Name { ns: NsId::NONE, local: "" };
        Self { known: vec![Known { raw: "", scope: Scope::default(), name }; places] }
    }

    /// Forgets everything, because prefixes resolve differently from now on.
    pub fn forget(&mut self) {
        *self = Self::new(self.known.len());
    }

    /// The element name written `raw`, in a scope that includes the element's own declarations.
    #[inline]
    pub fn read(
        &mut self,
        shared: &Shared<'x>,
        raw: &'x str,
        scope: Scope,
        tolerant: bool,
    ) -> Result<Name<'x>, Fault> {
        let index = hash(raw.as_bytes(), scope) & (self.known.len() - 1);
        let known = &self.known[index];
        if known.scope == scope && known.raw == raw && !raw.is_empty() {
            return Ok(known.name);
        }
        let name = resolve(shared, raw, scope, tolerant)?;
        self.known[index] = Known { raw, scope, name };
        Ok(name)
    }
}

/// Looks at both ends and the length only: a name is compared in full anyway.
#[inline]
fn hash(raw: &[u8], scope: Scope) -> usize {
    let mut head = [0; 8];
    let mut tail = [0; 8];
    let length = raw.len().min(8);
    head[..length].copy_from_slice(&raw[..length]);
    tail[..length].copy_from_slice(&raw[raw.len() - length..]);
    let mixed = u64::from_le_bytes(head).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        ^ u64::from_le_bytes(tail).rotate_left(23)
        ^ ((raw.len() as u64) << 32)
        ^ u64::from(scope.0);
    (mixed.wrapping_mul(0xD6E8_FEB8_6659_FD93) >> 40) as usize
}

fn resolve<'x>(shared: &Shared<'x>, raw: &'x str, scope: Scope, tolerant: bool) -> Result<Name<'x>, Fault> {
    let Some((prefix, local)) = split_qname(raw) else {
        return Err(Fault::new(0, format!("'{}' is not a valid element name", shorten(raw))));
    };
    match shared.scopes.borrow().find(scope, prefix) {
        Some(ns) => Ok(Name { ns, local }),
        None if tolerant => Ok(Name { ns: NsId::NONE, local }),
        None => Err(Fault::new(0, format!("the prefix '{}' is not declared", shorten(prefix)))),
    }
}
