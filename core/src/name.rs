//! Interned strings and qualified names (Namespaces in XML 1.0, §2.1).

use std::fmt;
use std::hash::{BuildHasher, Hasher, RandomState};

use xxhash_rust::xxh3::xxh3_64_with_seed;
use zerocopy::{Immutable, KnownLayout, TryFromBytes};

use crate::index::{Absent, Id, NameId, Rows, Text};

/// Namespace URIs that the standards fix.
pub mod ns {
    pub const XML: &str = "http://www.w3.org/XML/1998/namespace";
    pub const XMLNS: &str = "http://www.w3.org/2000/xmlns/";
    pub const XSD: &str = "http://www.w3.org/2001/XMLSchema";
    pub const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
    pub const XSD_1999: &str = "http://www.w3.org/1999/XMLSchema";
    pub const XSI_1999: &str = "http://www.w3.org/1999/XMLSchema-instance";
    pub const XSD_2000: &str = "http://www.w3.org/2000/10/XMLSchema";
    pub const XSI_2000: &str = "http://www.w3.org/2000/10/XMLSchema-instance";
    pub const SOAP11_ENVELOPE: &str = "http://schemas.xmlsoap.org/soap/envelope/";
    pub const SOAP11_ENCODING: &str = "http://schemas.xmlsoap.org/soap/encoding/";
    pub const SOAP12_ENVELOPE: &str = "http://www.w3.org/2003/05/soap-envelope";
    pub const SOAP12_ENCODING: &str = "http://www.w3.org/2003/05/soap-encoding";
    pub const SOAP12_RPC: &str = "http://www.w3.org/2003/05/soap-rpc";
    pub const WSDL: &str = "http://schemas.xmlsoap.org/wsdl/";
    pub const WSDL_SOAP11: &str = "http://schemas.xmlsoap.org/wsdl/soap/";
    pub const WSDL_SOAP12: &str = "http://schemas.xmlsoap.org/wsdl/soap12/";
    pub const WSDL_HTTP: &str = "http://schemas.xmlsoap.org/wsdl/http/";
    pub const WSDL_MIME: &str = "http://schemas.xmlsoap.org/wsdl/mime/";
    pub const APACHE: &str = "http://xml.apache.org/xml-soap";
}

/// A qualified name in the tables of a plan. `ns` is [`NameId::EMPTY`] for no namespace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, TryFromBytes, KnownLayout, Immutable)]
#[repr(C)]
pub struct QName {
    pub ns: NameId,
    pub local: NameId,
}

impl Absent for QName {
    const ABSENT: Self = Self { ns: NameId::NONE, local: NameId::NONE };
}

/// A qualified name as text. `ns` is empty for no namespace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct QNameRef<'a> {
    pub ns: &'a str,
    pub local: &'a str,
}

impl<'a> QNameRef<'a> {
    pub const fn new(ns: &'a str, local: &'a str) -> Self {
        Self { ns, local }
    }

    /// Reads Clark notation: `{namespace}local`, or a bare local name.
    pub fn parse_clark(text: &'a str) -> Self {
        match text.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
            Some((ns, local)) => Self { ns, local },
            None => Self { ns: "", local: text },
        }
    }
}

/// Clark notation.
impl fmt::Display for QNameRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ns.is_empty() {
            f.write_str(self.local)
        } else {
            write!(f, "{{{}}}{}", self.ns, self.local)
        }
    }
}

/// The strings of a plan: one blob, ids in the order of first use. Id 0 is the empty string.
#[derive(Clone)]
pub struct Names {
    pub(crate) blob: Text,
    /// End of each string in `blob`.
    pub(crate) ends: Rows<u32>,
    /// The hash table of the interner, and what its hashes begin with.
    pub(crate) slots: Rows<NameId>,
    pub(crate) seed: u64,
}

impl Names {
    #[inline]
    pub fn text(&self, id: NameId) -> &str {
        text(&self.blob, &self.ends, id)
    }

    /// The id of a string, if the plan has it.
    pub fn find(&self, wanted: &str) -> Option<NameId> {
        let is_wanted = |id| self.text(id) == wanted;
        probe(&self.slots, hash(wanted, self.seed), is_wanted).ok()
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Whether every offset lies in the blob, on character boundaries and in order, and all in the table is a name. A
    /// name that stands at the wrong place there is not found, which is as harmless as another name would be.
    pub fn is_sound(&self) -> bool {
        let mut last = 0;
        self.slots.len().is_power_of_two()
            && !self.ends.is_empty()
            && self.ends[0] == 0
            && self.slots.iter().all(|&id| id == NameId::NONE || id.index() < self.ends.len())
            && self.ends.iter().all(|&end| {
                let ok = end >= last && self.blob.is_char_boundary(end as usize);
                last = end;
                ok
            })
    }
}

#[inline]
fn text<'n>(blob: &'n str, ends: &[u32], id: NameId) -> &'n str {
    let index = id.index();
    let start = if index == 0 { 0 } else { ends[index - 1] as usize };
    &blob[start..ends[index] as usize]
}

fn hash(text: &str, seed: u64) -> u64 {
    xxh3_64_with_seed(text.as_bytes(), seed)
}

/// The id that is wanted, or the free slot where it would go; open addressing, one slot after the other. A table
/// without a free slot answers the last one.
#[inline]
fn probe(slots: &[NameId], hash: u64, is_wanted: impl Fn(NameId) -> bool) -> Result<NameId, usize> {
    let mask = slots.len().wrapping_sub(1);
    let mut at = hash as usize & mask;
    for _ in 0..slots.len() {
        match slots[at] {
            NameId::NONE => return Err(at),
            id if is_wanted(id) => return Ok(id),
            _ => at = (at + 1) & mask,
        }
    }
    Err(at)
}

impl Default for Names {
    fn default() -> Self {
        Interner::default().freeze()
    }
}

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} names", self.len())
    }
}

/// Interns strings while a plan is compiled.
pub struct Interner {
    blob: String,
    ends: Vec<u32>,
    /// Ids by hash; a power of two, at most three quarters of it taken.
    slots: Vec<NameId>,
    /// Differs from one interner to the next, so that nobody writes a description whose names all meet in one slot.
    seed: u64,
}

impl Default for Interner {
    fn default() -> Self {
        let seed = RandomState::new().build_hasher().finish();
        let slots = vec![NameId::NONE; 1024];
        let mut interner = Self { blob: String::new(), ends: Vec::new(), slots, seed };
        interner.intern("");
        interner
    }
}

impl Interner {
    pub fn intern(&mut self, wanted: &str) -> NameId {
        let free = match probe(&self.slots, hash(wanted, self.seed), |id| self.text(id) == wanted) {
            Ok(id) => return id,
            Err(free) => free,
        };
        let id = NameId::new(self.ends.len());
        self.blob.push_str(wanted);
        self.ends.push(u32::try_from(self.blob.len()).expect("names stay under 4 GB"));
        self.slots[free] = id;
        if self.ends.len() > self.slots.len() / 4 * 3 {
            self.grow();
        }
        id
    }

    #[cold]
    fn grow(&mut self) {
        let mut slots = vec![NameId::NONE; self.slots.len() * 4];
        for id in (0..self.ends.len()).map(NameId::new) {
            if let Err(free) = probe(&slots, hash(self.text(id), self.seed), |_| false) {
                slots[free] = id;
            }
        }
        self.slots = slots;
    }

    pub fn qname(&mut self, name: QNameRef<'_>) -> QName {
        QName { ns: self.intern(name.ns), local: self.intern(name.local) }
    }

    pub fn text(&self, id: NameId) -> &str {
        text(&self.blob, &self.ends, id)
    }

    pub fn freeze(self) -> Names {
        Names { blob: self.blob.into(), ends: self.ends.into(), slots: self.slots.into(), seed: self.seed }
    }
}
