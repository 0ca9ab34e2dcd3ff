//! Schemas into a set: those inside a description, those they include and import, and the well-known ones.
//!
//! Each document is read once for each namespace it is included into. Documents wait in a queue, so that
//! neither circles nor long chains of imports matter.

use std::collections::{HashSet, VecDeque};

use super::model::{Origin, SchemaSet};
use super::parse::{schema_name, Follow, Reader, Reason, Redefinition};
use super::sources::{Sources, UNREADABLE};
use super::warning::DocumentId;
use super::wellknown;
use super::{circles, expansion, normalize, settle};
use crate::error::{Error, Result};
use crate::index::NameId;
use crate::limits::Limits;
use crate::name::ns;
use crate::xml::document::{Document, Element};

/// Collects schemas, then settles them.
#[derive(Default)]
pub(crate) struct Loader {
    pub set: SchemaSet,
    queue: VecDeque<(String, Reason, Origin)>,
    /// Locations asked for, and what for.
    asked: HashSet<(String, Reason)>,
    /// Documents read: final location and namespace, which for one without its own is that of the includer.
    read: HashSet<(String, NameId)>,
    redefinitions: Vec<Redefinition>,
}

impl Loader {
    /// Reads the schemas inside `types` of a description.
    pub fn add_types(&mut self, document: DocumentId, types: Element<'_>, sources: &Sources<'_>) {
        for schema in types.children().filter(|child| schema_name(*child) == Some("schema")) {
            self.add_schema(document, schema, None, sources);
        }
    }

    /// Reads one `schema` element and queues what it names.
    pub fn add_schema(
        &mut self,
        document: DocumentId,
        schema: Element<'_>,
        reason: Option<Reason>,
        sources: &Sources<'_>,
    ) {
        let (follow, redefinitions) = Reader::read(&mut self.set, document, schema, reason);
        self.redefinitions.extend(redefinitions);
        for Follow { location, reason, origin } in follow {
            let location = (sources.join)(self.set.location(document), &location);
            self.queue.push_back((location, reason, origin));
        }
    }

    /// Whether a description is met for the first time; its schemas are to be read then.
    pub fn is_new_description(&mut self, location: &str) -> bool {
        self.read.insert((location.to_owned(), wellknown::WSDL))
    }

    /// Reads all that is queued.
    pub fn follow(&mut self, sources: &mut Sources<'_>) -> Result<()> {
        while let Some((location, reason, origin)) = self.queue.pop_front() {
            if !self.asked.insert((location.clone(), reason)) {
                continue;
            }
            let read = sources.read(&location)?;
            let parsed = read.and_then(|(location, text)| Document::parse(text, &location, sources.limits));
            match parsed {
                Ok(document) => self.add_document(&document, reason, sources),
                Err(error) => self.unreadable(&location, reason, origin, &error),
            }
        }
        Ok(())
    }

    /// Reads a document that is a schema, or has some inside.
    pub fn add_document(&mut self, document: &Document, reason: Reason, sources: &Sources<'_>) {
        let (root, location) = (document.root(), document.location());
        if root.is(ns::WSDL, "definitions") {
            if self.is_new_description(location) {
                let id = self.set.add_parsed(document);
                for types in root.children().filter(|child| child.is(ns::WSDL, "types")) {
                    self.add_types(id, types, sources);
                }
            }
        } else if schema_name(root) == Some("schema") {
            let target = reason.target(&mut self.set.names, root);
            if self.read.insert((location.to_owned(), target)) {
                let id = self.set.add_parsed(document);
                self.add_schema(id, root, Some(reason), sources);
            }
        } else {
            let id = self.set.add_parsed(document);
            self.set.warn_at(id, root, || format!("expected a schema, found {}", root.local()));
        }
    }

    fn unreadable(&mut self, location: &str, reason: Reason, origin: Origin, error: &Error) {
        let (Reason::Include(ns) | Reason::Import(ns)) = reason;
        self.set.references.unread.push(ns);
        self.set.warn(origin, format!("{location} {UNREADABLE}: {error}"));
    }

    /// Completes the set when all documents are in.
    pub fn finish(mut self, limits: &Limits) -> Result<(SchemaSet, settle::Replacements)> {
        // Documents come in order of discovery; the outermost redefinition has the last word.
        for redefinition in self.redefinitions.drain(..).rev() {
            redefinition.apply(&mut self.set);
        }
        wellknown::add(&mut self.set)?;
        let replacements = settle::settle(&mut self.set);
        let steps = expansion::check(&self.set, limits)?;
        circles::cut(&mut self.set, steps);
        normalize::normalize(&mut self.set);
        Ok((self.set, replacements))
    }
}
