//! Element names: checked, split and resolved once, then found again by their text and scope.

use super::cursor::Name;
use super::customary;
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

/// A memory of names, two places for each hash.
pub(super) struct NameMemo<'x> {
    known: Vec<Known<'x>>,
}

impl<'x> NameMemo<'x> {
    /// `places` is a power of two.
    pub fn new(places: usize) -> Self {
        let name = Name { ns: NsId::NONE, local: "" };
        Self { known: vec![Known { raw: "", scope: Scope::default(), name }; places] }
    }

    /// Makes room for more names; those known are learnt again.
    pub fn grow(&mut self, places: usize) {
        if self.known.len() < places {
            *self = Self::new(places);
        }
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
        // Each name has two places, so that two common names with one hash do not keep evicting each other.
        let known = self.known[index ^ 1];
        if known.scope == scope && known.raw == raw && !raw.is_empty() {
            return Ok(known.name);
        }
        let name = resolve(shared, raw, scope, tolerant)?;
        self.known[index ^ 1] = std::mem::replace(&mut self.known[index], Known { raw, scope, name });
        Ok(name)
    }
}

/// Looks at both ends and the length only: a name is compared in full anyway. Each load is as wide as the
/// name allows, because collecting single bytes costs more than the rest of the look-up.
#[inline]
pub(super) fn hash(raw: &[u8], scope: Scope) -> usize {
    let (head, tail) = if let (Some(head), Some(tail)) = (raw.first_chunk::<8>(), raw.last_chunk::<8>()) {
        (u64::from_le_bytes(*head), u64::from_le_bytes(*tail))
    } else if let (Some(head), Some(tail)) = (raw.first_chunk::<4>(), raw.last_chunk::<4>()) {
        (u64::from(u32::from_le_bytes(*head)), u64::from(u32::from_le_bytes(*tail)))
    } else {
        let byte = |at: usize| u64::from(raw.get(at).copied().unwrap_or(0));
        (byte(0) | byte(1) << 8, byte(2))
    };
    let mixed = head.wrapping_mul(0x9E37_79B9_7F4A_7C15)
        ^ tail.wrapping_mul(0xC2B2_AE3D_27D4_EB4F).rotate_left(29)
        ^ ((raw.len() as u64) << 32)
        ^ u64::from(scope.0);
    (mixed.wrapping_mul(0xD6E8_FEB8_6659_FD93) >> 40) as usize
}

#[inline(never)] // keeps the common path of `read` small
fn resolve<'x>(shared: &Shared<'x>, raw: &'x str, scope: Scope, tolerant: bool) -> Result<Name<'x>, Fault> {
    let Some((prefix, local)) = split_qname(raw) else {
        return Err(Fault::new(0, format!("'{}' is not a valid element name", shorten(raw))));
    };
    match shared.scopes.borrow().find(scope, prefix) {
        Some(ns) => Ok(Name { ns, local }),
        None if tolerant => Ok(Name { ns: shared.namespaces.intern(customary::namespace(prefix)), local }),
        None => Err(Fault::of_namespaces(0, format!("the prefix '{}' is not declared", shorten(prefix)))),
    }
}
