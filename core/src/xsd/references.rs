//! Names mentioned in documents: reading them leniently, and remembering each with its first place.
//!
//! A prefix that nobody declared is guessed where custom leaves no doubt; otherwise the name gets a
//! namespace of its own, in which [`settle`](super::settle) finds nothing and looks further.

use foldhash::HashSet;
use std::borrow::Cow;
use std::sync::Arc;

use super::catalog::NameMap;
use super::model::{Origin, SchemaSet, Source};
use super::recent::Recent;
use super::warning::{DocumentId, Warning};
use super::wellknown;
use crate::error::Position;
use crate::index::NameId;
use crate::name::{ns, QName, QNameRef};
use crate::xml::customary::{self, UNDECLARED};
use crate::xml::document::{Document, Element};
use crate::xml::name_chars::trimmed;

/// Which table a reference points into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefKind {
    Type,
    Element,
    Attribute,
    Group,
    AttributeGroup,
}

/// References by kind and name.
#[derive(Default)]
pub struct References {
    pub(super) first: NameMap<(RefKind, QName), Origin>,
    /// The namespaces of [`wellknown`] that were mentioned, by index.
    pub(super) wanted: u32,
    /// Prefixes that were found undeclared, for one warning each.
    undeclared: HashSet<(DocumentId, String)>,
    recent: Recent,
    /// Namespaces imported from a place that could not be read.
    pub(super) unread: Vec<NameId>,
}

/// Beyond this many a listing helps nobody.
const MAX_WARNINGS: usize = 1000;

/// The place a name is read in.
#[derive(Clone, Copy, PartialEq)]
pub struct Context {
    pub document: DocumentId,
    /// The target namespace of the schema or description.
    pub target: NameId,
    /// Names without namespace mean the target namespace, as in an included schema that has none.
    pub chameleon: bool,
}

impl SchemaSet {
    /// Reads a QName that points into a table, and remembers it.
    pub(crate) fn refer<'d>(
        &mut self,
        context: Context,
        kind: RefKind,
        at: Element<'d>,
        text: &'d str,
    ) -> QName {
        let name = self.qname(context, at, text);
        let document = context.document;
        self.references.wanted |= wellknown::bit(name.ns);
        let origin = || Origin { document, byte: at.byte() };
        self.references.first.entry((kind, name)).or_insert_with(origin);
        name
    }

    /// Reads a QName, guessing what an undeclared prefix means.
    pub(crate) fn qname<'d>(&mut self, context: Context, at: Element<'d>, text: &'d str) -> QName {
        let scope = at.scope();
        if let Some(name) = self.references.recent.get(context, scope, text) {
            return name;
        }
        let name = self.read_qname(context, at, trimmed(text));
        self.references.recent.keep(context, scope, text, name);
        name
    }

    fn read_qname<'d>(&mut self, context: Context, at: Element<'d>, text: &'d str) -> QName {
        let (ns, local) = match at.resolve(text) {
            Ok(name) if name.ns.is_empty() && context.chameleon => (context.target, name.local),
            Ok(name) => return self.canonical(name),
            Err(_) => {
                let (prefix, local) = text.split_once(':').unwrap_or(("", text));
                (self.guess(context, at, prefix), local)
            }
        };
        QName { ns, local: self.names.intern(local) }
    }

    /// Interns a name; the schema namespaces of drafts become that of the recommendation.
    fn canonical(&mut self, name: QNameRef<'_>) -> QName {
        match name.ns {
            ns::XSD => QName { ns: wellknown::XSD, local: self.names.intern(name.local) },
            ns::XSD_1999 | ns::XSD_2000 => {
                let local = wellknown::draft_name(name.local);
                QName { ns: wellknown::XSD, local: self.names.intern(local) }
            }
            _ => self.names.qname(name),
        }
    }

    fn guess(&mut self, context: Context, at: Element<'_>, prefix: &str) -> NameId {
        let (ns, means) = match prefix {
            "tns" | "" => (context.target, Cow::Borrowed("the target namespace")),
            _ => match customary::namespace(prefix) {
                Cow::Borrowed(ns) => (self.names.intern(ns), Cow::Borrowed(ns)),
                Cow::Owned(ns) => (self.names.intern(&ns), Cow::Borrowed("unknown")),
            },
        };
        if self.references.undeclared.insert((context.document, prefix.to_owned())) {
            self.warn_at(context.document, at, || {
                format!("prefix `{prefix}` is not declared; taken as {means}")
            });
        }
        ns
    }

    /// Whether a namespace stands for a prefix nobody declared.
    pub(super) fn is_undeclared(&self, ns: NameId) -> bool {
        self.names.text(ns).starts_with(UNDECLARED)
    }

    /// How a name reads in messages.
    pub fn display(&self, name: QName) -> String {
        let (ns, local) = (self.names.text(name.ns), self.names.text(name.local));
        match ns.strip_prefix(UNDECLARED) {
            Some(prefix) => format!("{prefix}:{local}"),
            None => QNameRef::new(ns, local).to_string(),
        }
    }

    /// Notes that a namespace of [`wellknown`] is needed although no name mentions it.
    pub(crate) fn want(&mut self, ns: &str) {
        let id = self.names.intern(ns);
        self.references.wanted |= wellknown::bit(id);
    }

    pub(crate) fn warn_at(&mut self, document: DocumentId, at: Element<'_>, text: impl FnOnce() -> String) {
        if self.warnings.len() < MAX_WARNINGS {
            let origin = Origin { document, byte: at.byte() };
            self.warn(origin, text());
        }
    }

    pub(crate) fn warn(&mut self, origin: Origin, message: String) {
        if self.warnings.len() < MAX_WARNINGS {
            let document = self.location(origin.document).to_owned();
            self.warnings.push(Warning { message, document, position: Some(self.position(origin)) });
        }
    }

    /// The location of a document.
    pub fn location(&self, document: DocumentId) -> &str {
        self.documents.get(document.0 as usize).map_or("", |source| &source.location)
    }

    /// Line and column of a place.
    pub fn position(&self, origin: Origin) -> Position {
        let source = self.documents.get(origin.document.0 as usize);
        source.map(|source| source.text.position(origin.byte as usize)).unwrap_or_default()
    }

    pub(super) fn add_document(&mut self, document: &Document) -> DocumentId {
        let id = DocumentId(self.documents.len() as u32);
        let text = Arc::clone(document.text());
        self.documents.push(Source { location: document.location().to_owned(), text });
        id
    }

    /// Adds a parsed document with what was forgiven in its markup.
    pub(crate) fn add_parsed(&mut self, document: &Document) -> DocumentId {
        for flaw in document.warnings() {
            self.warnings.push(Warning {
                message: flaw.clone(),
                document: document.location().to_owned(),
                position: None,
            });
        }
        self.add_document(document)
    }
}
