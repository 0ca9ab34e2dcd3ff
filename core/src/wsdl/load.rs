//! Documents into one description: the one asked for, and those it imports, each read once.

use std::borrow::Cow;
use std::collections::{HashSet, VecDeque};

use super::join;
use super::model::Definitions;
use super::parse::{wsdl_children, Parts, Reader};
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;
use crate::name::ns;
use crate::xml::document::{Document, Element};
use crate::xml::encoding;
use crate::xsd::load::Loader;
use crate::xsd::parse::{documentation, Reason};
use crate::xsd::references::Context;
use crate::xsd::sources::{Sources, UNREADABLE};
use crate::xsd::{DocumentId, Fetch, Join, Origin};

/// Reads the description in `bytes`, which came from `location`, with all it imports.
///
/// `fetch` answers a location with where the document was finally found and its bytes; `join` resolves a
/// reference against the location of the document it stands in. Errors are of [`ErrorKind::Wsdl`].
pub fn load<'a, 'b>(
    location: &str,
    bytes: impl Into<Cow<'b, [u8]>>,
    fetch: &'a mut Fetch<'a>,
    join: &'a Join<'a>,
    limits: &'a Limits,
) -> Result<Definitions> {
    let mut sources = Sources { fetch, join, limits, documents: 1, bytes: 0 };
    let bytes = bytes.into();
    sources.count(location, bytes.len())?;
    let text = encoding::decode_owned(bytes, None);
    let text = text.map_err(|error| error.with_kind(ErrorKind::Wsdl).in_document(location))?;
    let document = Document::parse(text, location, limits)?;
    let mut load = Load::default();
    load.first(&document, &sources)?;
    drop(document);
    load.imports(&mut sources)?;
    load.loader.follow(&mut sources)?;
    let (schemas, replacements) = load.loader.finish(limits)?;
    let definitions = Definitions { schemas, ..load.definitions };
    join::join(definitions, load.parts, &replacements)
}

#[derive(Default)]
struct Load {
    definitions: Definitions,
    parts: Parts,
    loader: Loader,
    /// Locations to read, the namespace each was imported for, and where.
    queue: VecDeque<(String, String, Origin)>,
    asked: HashSet<String>,
}

impl Load {
    /// Reads the document that was asked for, which must be a description.
    fn first(&mut self, document: &Document, sources: &Sources<'_>) -> Result<()> {
        let root = document.root();
        if !root.is(ns::WSDL, "definitions") {
            let found = match (root.ns(), root.local()) {
                ("http://www.w3.org/ns/wsdl", "description") => "a description in WSDL 2.0".to_owned(),
                ("", local) => format!("<{local}>"),
                (ns, local) => format!("<{local}> of {ns}"),
            };
            return Err(root.error(format!("expected the definitions of a WSDL 1.1 document, found {found}")));
        }
        self.asked.insert(document.location().to_owned());
        document.location().clone_into(&mut self.definitions.location);
        let target = root.attribute("targetNamespace").unwrap_or_default();
        target.trim().clone_into(&mut self.definitions.target_namespace);
        self.definitions.documentation = documentation(root);
        self.description(document, sources);
        Ok(())
    }

    fn description(&mut self, document: &Document, sources: &Sources<'_>) {
        if !self.loader.is_new_description(document.location()) {
            return;
        }
        let root = document.root();
        let id = self.loader.set.add_parsed(document);
        for types in wsdl_children(root, "types") {
            self.loader.add_types(id, types, sources);
        }
        let imports = wsdl_children(root, "import").chain(wsdl_children(root, "include"));
        for import in imports {
            self.import(id, import, sources);
        }
        let target = root.attribute("targetNamespace").map_or("", str::trim);
        let target = self.loader.set.names.intern(target);
        let context = Context { document: id, target, chameleon: false };
        Reader { set: &mut self.loader.set, parts: &mut self.parts, context }.read(root);
    }

    fn import(&mut self, document: DocumentId, element: Element<'_>, sources: &Sources<'_>) {
        let Some(location) = element.attribute("location").map(str::trim).filter(|at| !at.is_empty()) else {
            self.loader.set.warn_at(document, element, || "an import without location is ignored".to_owned());
            return;
        };
        let location = (sources.join)(self.loader.set.location(document), location);
        let namespace = element.attribute("namespace").map_or("", str::trim).to_owned();
        self.queue.push_back((location, namespace, Origin { document, byte: element.byte() }));
    }

    fn imports(&mut self, sources: &mut Sources<'_>) -> Result<()> {
        while let Some((location, namespace, origin)) = self.queue.pop_front() {
            if !self.asked.insert(location.clone()) {
                continue;
            }
            let read = sources.read(&location)?;
            let parsed = read.and_then(|(location, text)| Document::parse(text, &location, sources.limits));
            match parsed {
                Ok(document) if document.root().is(ns::WSDL, "definitions") => {
                    self.description(&document, sources);
                }
                Ok(document) => {
                    let reason = Reason::Import(self.loader.set.names.intern(&namespace));
                    self.loader.add_document(&document, reason, sources);
                }
                Err(error) => self.unreadable(&location, origin, &error),
            }
        }
        Ok(())
    }

    fn unreadable(&mut self, location: &str, origin: Origin, error: &Error) {
        self.loader.set.warn(origin, format!("{location} {UNREADABLE}: {error}"));
    }
}
