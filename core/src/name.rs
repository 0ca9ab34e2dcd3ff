//! Interned strings and qualified names (Namespaces in XML 1.0, §2.1).

use foldhash::HashMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::index::{Id, NameId};

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct QName {
    pub ns: NameId,
    pub local: NameId,
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
#[derive(Clone, Serialize, Deserialize)]
pub struct Names {
    blob: String,
    /// End of each string in `blob`.
    ends: Vec<u32>,
    /// Ids sorted by text, for look-ups in a finished table.
    sorted: Vec<NameId>,
}

impl Names {
    #[inline]
    pub fn text(&self, id: NameId) -> &str {
        let index = id.index();
        let start = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        &self.blob[start..self.ends[index] as usize]
    }

    /// The id of a string, if the plan has it.
    pub fn find(&self, text: &str) -> Option<NameId> {
        self.sorted.binary_search_by(|id| self.text(*id).cmp(text)).ok().map(|at| self.sorted[at])
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Whether every offset lies in the blob, on character boundaries and in order.
    pub fn is_sound(&self) -> bool {
        let mut last = 0;
        self.sorted.len() == self.ends.len()
            && !self.ends.is_empty()
            && self.ends[0] == 0
            && self.sorted.iter().all(|id| id.index() < self.ends.len())
            && self.ends.iter().all(|&end| {
                let ok = end >= last && self.blob.is_char_boundary(end as usize);
                last = end;
                ok
            })
            && self.sorted.windows(2).all(|pair| self.text(pair[0]) < self.text(pair[1]))
    }
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
    ids: HashMap<Box<str>, NameId>,
    blob: String,
    ends: Vec<u32>,
}

impl Default for Interner {
    fn default() -> Self {
        let mut interner = Self { ids: HashMap::default(), blob: String::new(), ends: Vec::new() };
        interner.intern("");
        interner
    }
}

impl Interner {
    pub fn intern(&mut self, text: &str) -> NameId {
        if let Some(&id) = self.ids.get(text) {
            return id;
        }
        let id = NameId::new(self.ends.len());
        self.blob.push_str(text);
        self.ends.push(u32::try_from(self.blob.len()).expect("names stay under 4 GB"));
        self.ids.insert(text.into(), id);
        id
    }

    pub fn qname(&mut self, name: QNameRef<'_>) -> QName {
        QName { ns: self.intern(name.ns), local: self.intern(name.local) }
    }

    pub fn text(&self, id: NameId) -> &str {
        let index = id.index();
        let start = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        &self.blob[start..self.ends[index] as usize]
    }

    pub fn freeze(self) -> Names {
        let mut names = Names { blob: self.blob, ends: self.ends, sorted: Vec::new() };
        let mut sorted: Vec<NameId> = (0..names.len()).map(NameId::new).collect();
        sorted.sort_unstable_by(|a, b| names.text(*a).cmp(names.text(*b)));
        names.sorted = sorted;
        names
    }
}
