//! Particles: `sequence`, `choice`, `all`, `group`, `any`, and elements inside them (XML Schema 1.0 part 1,
//! §3.7.2 to §3.9.2).

use super::written::Written;
use super::{schema_children, Reader};
use crate::name::QName;
use crate::xml::document::Element;
use crate::xml::name_chars::trimmed;
use crate::xsd::model::{ElementDecl, ModelGroup, Particle, Term};
use crate::xsd::references::RefKind;
use crate::xsd::wellknown;

impl Reader<'_> {
    pub(super) fn global_group(&mut self, element: Element<'_>) {
        let Some(group) = self.group(element) else { return };
        let name = group.name;
        if let Err((second, first)) = self.set.groups.insert(name, group) {
            let same = second == *first;
            self.duplicate(element, name, same);
        }
    }

    pub(super) fn group(&mut self, element: Element<'_>) -> Option<ModelGroup> {
        let name = self.global_name(element)?;
        let found = schema_children(element).find_map(|(local, child)| match local {
            "sequence" | "choice" | "all" => self.particle(local, child),
            _ => None,
        });
        let empty = || Particle { min: 1, max: Some(1), term: Term::Sequence(Vec::new()) };
        Some(ModelGroup { name, particle: found.unwrap_or_else(empty), origin: self.origin(element) })
    }

    /// Reads one particle. `None`: the element is none, or may never occur.
    pub(super) fn particle(&mut self, local: &str, element: Element<'_>) -> Option<Particle> {
        if local == "element" {
            return self.element_particle(element);
        }
        let term = match local {
            "sequence" => Term::Sequence(self.particles(element)),
            "choice" => Term::Choice(self.particles(element)),
            "all" => Term::All(self.particles(element)),
            "group" => match element.attribute("ref") {
                Some(name) => Term::GroupRef(self.refer(RefKind::Group, element, name)),
                // The draft of 1999 nests groups in place.
                None => Term::Sequence(self.particles(element)),
            },
            "any" => Term::Any(self.wildcard(element)),
            _ => return None,
        };
        self.occurring(element, term, element.attribute("minOccurs"), element.attribute("maxOccurs"))
    }

    fn particles(&mut self, element: Element<'_>) -> Vec<Particle> {
        let mut particles = Vec::with_capacity(element.children().count());
        particles.extend(schema_children(element).filter_map(|(local, child)| self.particle(local, child)));
        particles
    }

    fn element_particle(&mut self, element: Element<'_>) -> Option<Particle> {
        let written = Written::of(element);
        let term = if let Some(text) = written.reference {
            let name = self.refer(RefKind::Element, element, text);
            if name.ns == wellknown::XSD {
                Term::Element(Box::new(self.embedded_schema(element, name)))
            } else {
                Term::ElementRef(name)
            }
        } else if let Some(name) = written.name {
            let name = self.local_name(name, written.form, self.elements_qualified);
            Term::Element(Box::new(self.element(element, &written, name)))
        } else {
            self.warn(element, || "an element without name and ref is ignored".to_owned());
            return None;
        };
        self.occurring(element, term, written.min, written.max)
    }

    /// `ref="xs:schema"`, by which .NET says that a schema comes with the data: any content will do.
    fn embedded_schema(&mut self, element: Element<'_>, name: QName) -> ElementDecl {
        ElementDecl {
            name,
            type_ref: None,
            nillable: false,
            is_abstract: false,
            default: None,
            fixed: None,
            substitution_group: None,
            documentation: None,
            origin: self.origin(element),
        }
    }

    fn occurring(
        &mut self,
        element: Element<'_>,
        term: Term,
        min: Option<&str>,
        max: Option<&str>,
    ) -> Option<Particle> {
        let min = min.map_or(1, |text| self.count(element, text));
        let max = match max.map(trimmed) {
            None => Some(1),
            // The second form is of the draft of 1999.
            Some("*") => None,
            Some(text) if text.eq_ignore_ascii_case("unbounded") => None,
            Some(text) => Some(self.count(element, text)).filter(|count| *count != u32::MAX),
        };
        // Often seen: `minOccurs="2"` alone. Never meant: that nothing at all is allowed.
        let max = max.map(|max| if max == 0 { 0 } else { max.max(min) });
        (max != Some(0)).then_some(Particle { min, max, term })
    }

    /// A number; more than 32 bits are as good as no bound.
    fn count(&mut self, element: Element<'_>, text: &str) -> u32 {
        let text = text.trim();
        match text.parse() {
            Ok(count) => count,
            Err(_) if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) => u32::MAX,
            Err(_) => {
                self.warn(element, || format!("\"{text}\" is not a number of occurrences; taken as 1"));
                1
            }
        }
    }
}
