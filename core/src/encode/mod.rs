//! Native values to SOAP messages, in one pass over plan and value, without a tree between.
//!
//! Bodies and headers are written first; the envelope's start tag comes last and declares just the namespaces
//! that were used.

mod any;
mod arguments;
mod array;
mod complex;
mod content;
mod element;
mod envelope;
mod fields;
mod group;
mod known;
mod simple;
mod wildcard;

pub use arguments::{choices, parameters, Arguments, Parameter};
pub use envelope::Envelope;

use std::collections::HashMap;

use crate::error::{Error, Result};
use crate::index::{NameId, ParticleId, ShapeId};
use crate::plan::{Plan, SoapVersion, Tag};
use crate::seam::Key;

/// How deep a value may nest: a cycle in it ends here.
const DEPTH: u32 = 200;

/// How requests are written.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Whether a value must be valid. Without it, unknown members are dropped, missing ones left out and facets
    /// not checked.
    pub strict: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { strict: true }
    }
}

/// The state of one message.
struct Encoder<'p> {
    plan: &'p Plan,
    out: String,
    /// Which rows of [`Plan::namespaces`] occur.
    used: Vec<bool>,
    /// Namespaces of values that the plan does not have: `x1`, `x2` …
    foreign: Vec<String>,
    /// Whether the message is encoded, so that every element says its type.
    encoded: bool,
    version: SoapVersion,
    options: Options,
    depth: u32,
    /// The container at which the value was found to nest too deep.
    deepest: Option<usize>,
    keys: Keys,
    /// Whether the element whose start tag is open may say `xsi:nil`.
    may_be_nil: bool,
    /// Text of a leaf that must be checked or escaped before it is written.
    scratch: String,
    /// Branches by key of the choices that have many.
    wide: HashMap<ShapeId, HashMap<&'p str, ParticleId>>,
}

/// The members with a meaning of their own.
#[derive(Clone, Copy)]
struct Keys {
    ty: NameId,
    any: NameId,
    text: NameId,
}

impl<'p> Encoder<'p> {
    fn new(plan: &'p Plan, version: SoapVersion, options: Options) -> Self {
        let find = |name| plan.names.find(name).unwrap_or(NameId::NONE);
        Self {
            plan,
            out: String::with_capacity(1024),
            used: vec![false; plan.namespaces.len()],
            foreign: Vec::new(),
            encoded: false,
            version,
            options,
            depth: 0,
            deepest: None,
            keys: Keys { ty: find("_type"), any: find("_any"), text: find("_") },
            may_be_nil: false,
            scratch: String::new(),
            wide: HashMap::new(),
        }
    }

    fn type_key(&self) -> Key<'static> {
        Key { id: self.keys.ty, text: "_type" }
    }

    fn text_key(&self) -> Key<'static> {
        Key { id: self.keys.text, text: "_" }
    }

    fn any_key(&self) -> Key<'static> {
        Key { id: self.keys.any, text: "_any" }
    }

    /// Writes a name and notes that its namespace is needed.
    #[inline]
    fn name(&mut self, tag: Tag) {
        self.used[tag.ns as usize] = true;
        self.out.push_str(self.plan.names.text(tag.text));
    }

    #[inline]
    fn open(&mut self, tag: Tag) {
        self.out.push('<');
        self.name(tag);
    }

    #[inline]
    fn close(&mut self, tag: Tag) {
        self.out.push_str("</");
        self.out.push_str(self.plan.names.text(tag.text));
        self.out.push('>');
    }

    /// Uses one of the fixed namespaces by the row it has in every plan.
    fn fixed(&mut self, row: usize) -> &'static str {
        self.used[row] = true;
        FIXED[row]
    }

    /// A prefix for a namespace that a value names.
    fn prefix(&mut self, uri: &str) -> String {
        if let Some(row) = self.plan.namespaces.iter().position(|row| self.plan.text(row.uri) == uri) {
            self.used[row] = true;
            return self.plan.text(self.plan.namespaces[row].prefix).to_owned();
        }
        let at = self.foreign.iter().position(|known| known == uri).unwrap_or_else(|| {
            self.foreign.push(uri.to_owned());
            self.foreign.len() - 1
        });
        format!("x{}", at + 1)
    }

    /// A QName in content or `xsi:type`.
    fn qualified(&mut self, uri: &str, local: &str) -> String {
        if uri.is_empty() {
            local.to_owned()
        } else {
            format!("{}:{local}", self.prefix(uri))
        }
    }

    fn descend(&mut self) -> Result<()> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(Error::encode(format!(
                "the value nests more than {DEPTH} levels, or contains itself"
            )));
        }
        Ok(())
    }
}

/// The prefixes of the rows that every plan begins with.
const FIXED: [&str; 9] = ["", "xsd", "xsi", "SOAP-ENC", "enc", "SOAP-ENV", "env", "xml", "apache"];
const XSI: usize = 2;
const SOAP11_ENC: usize = 3;
const SOAP12_ENC: usize = 4;
const SOAP11_ENV: usize = 5;
const SOAP12_ENV: usize = 6;
const XML: usize = 7;
