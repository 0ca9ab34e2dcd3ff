//! `schema`, `include` and `import` (XML Schema 1.0 part 1, §3.15.2, §4.2).

use super::{schema_children, Reader, Redefinition};
use crate::index::NameId;
use crate::name::{ns, Interner, QName};
use crate::xml::document::Element;
use crate::xml::name_chars::trimmed;
use crate::xsd::model::{Origin, SchemaSet};
use crate::xsd::references::Context;
use crate::xsd::warning::DocumentId;
use crate::xsd::wellknown;

/// A document that another one names.
pub(in crate::xsd) struct Follow {
    /// As written, relative to the document that names it.
    pub location: String,
    pub reason: Reason,
    pub origin: Origin,
}

/// What a document is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Reason {
    /// `include` or `redefine` into this namespace.
    Include(NameId),
    /// `import` of this namespace.
    Import(NameId),
}

impl Reason {
    /// The namespace that the components of a schema document will have.
    pub(in crate::xsd) fn target(self, names: &mut Interner, schema: Element<'_>) -> NameId {
        match (own_namespace(names, schema), self) {
            (NameId::EMPTY, Self::Include(into)) => into,
            (own, _) => own,
        }
    }
}

fn own_namespace(names: &mut Interner, schema: Element<'_>) -> NameId {
    names.intern(schema.attribute("targetNamespace").map_or("", trimmed))
}

impl<'s> Reader<'s> {
    /// Reads a `schema` element. `reason` is `None` for a schema nothing else named.
    pub(in crate::xsd) fn read(
        set: &'s mut SchemaSet,
        document: DocumentId,
        schema: Element<'_>,
        reason: Option<Reason>,
    ) -> (Vec<Follow>, Vec<Redefinition>) {
        let target = own_namespace(&mut set.names, schema);
        let (target, chameleon) = match (target, reason) {
            (NameId::EMPTY, Some(Reason::Include(into))) => (into, into != NameId::EMPTY),
            (own, _) => (own, false),
        };
        if let Some(Reason::Include(expected) | Reason::Import(expected)) = reason {
            if expected != target {
                let text = |ns| set.names.text(ns).to_owned();
                let message =
                    format!("read for namespace \"{}\" but its own is \"{}\"", text(expected), text(target));
                set.warn_at(document, schema, || message);
            }
        }
        let qualified = |attribute| schema.attribute(attribute).map(trimmed) == Some("qualified");
        let mut reader = Self {
            context: Context { document, target, chameleon },
            elements_qualified: qualified("elementFormDefault"),
            attributes_qualified: qualified("attributeFormDefault"),
            set,
            follow: Vec::new(),
            redefinitions: Vec::new(),
            array: None,
        };
        for (local, child) in schema_children(schema) {
            reader.component(local, child);
        }
        (reader.follow, reader.redefinitions)
    }

    fn component(&mut self, local: &str, element: Element<'_>) {
        match local {
            "element" => self.global_element(element),
            "complexType" => self.global_type(element, Self::complex_type),
            "simpleType" => self.global_type(element, Self::simple_type),
            "attribute" => self.global_attribute(element),
            "group" => self.global_group(element),
            "attributeGroup" => self.global_attribute_group(element),
            "import" => self.import(element),
            "include" => self.include(element),
            "redefine" => {
                self.include(element);
                self.redefinitions(element);
            }
            "annotation" | "notation" => {}
            _ => self.warn(element, || format!("{local} has no place in a schema")),
        }
    }

    fn global_type<'d>(
        &mut self,
        element: Element<'d>,
        parse: fn(&mut Self, Element<'d>, Option<QName>) -> crate::xsd::model::TypeDef,
    ) {
        let Some(name) = self.global_name(element) else { return };
        let def = parse(self, element, Some(name));
        if let Err((second, first)) = self.set.types.insert(name, def) {
            let same = second == *first;
            self.duplicate(element, name, same);
        }
    }

    fn import(&mut self, element: Element<'_>) {
        let namespace = element.attribute("namespace").map_or("", trimmed);
        if matches!(namespace, ns::XSD | ns::XSD_1999 | ns::XSD_2000) {
            return;
        }
        let namespace = self.set.names.intern(namespace);
        let bit = wellknown::bit(namespace);
        self.set.references.wanted |= bit;
        if bit == 0 {
            self.follow(element, Reason::Import(namespace));
        }
    }

    fn include(&mut self, element: Element<'_>) {
        if element.attribute("schemaLocation").is_none() {
            self.warn(element, || format!("{} without schemaLocation is ignored", element.local()));
        }
        self.follow(element, Reason::Include(self.context.target));
    }

    fn follow(&mut self, element: Element<'_>, reason: Reason) {
        let location = element.attribute("schemaLocation").map(trimmed).filter(|at| !at.is_empty());
        if let Some(location) = location {
            let origin = self.origin(element);
            self.follow.push(Follow { location: location.to_owned(), reason, origin });
        }
    }
}
