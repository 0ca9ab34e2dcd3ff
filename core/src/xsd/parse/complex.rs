//! `complexType` with `simpleContent` and `complexContent` (XML Schema 1.0 part 1, §3.4.2).

use super::{documentation, schema_children, Reader};
use crate::name::{ns, QName};
use crate::xml::document::Element;
use crate::xsd::model::{
    ArrayInfo, AttributeSet, ComplexType, Content, Derivation, Particle, Term, TypeDef, TypeKind, TypeRef,
};
use crate::xsd::references::RefKind;

impl Reader<'_> {
    pub(super) fn complex_type(&mut self, element: Element<'_>, name: Option<QName>) -> TypeDef {
        // An array type may hold, in its items, another: what is met inside belongs there.
        let outer = self.array.take();
        let mut complex = self.complex_body(element);
        complex.array = self.array.take().or(complex.array);
        self.array = outer;
        TypeDef {
            name,
            kind: TypeKind::Complex(complex),
            is_abstract: self.flag(element, "abstract"),
            documentation: documentation(element),
            origin: self.origin(element),
        }
    }

    fn complex_body(&mut self, element: Element<'_>) -> ComplexType {
        let mixed = self.flag(element, "mixed");
        for (local, child) in schema_children(element) {
            match local {
                "simpleContent" => return self.simple_content(child),
                "complexContent" => {
                    let mixed = match child.attribute("mixed") {
                        Some(_) => self.flag(child, "mixed"),
                        None => mixed,
                    };
                    return self.complex_content(child, mixed);
                }
                // Seen in the wild: the derivation without `complexContent` around it.
                "extension" | "restriction" => return self.complex_content(element, mixed),
                _ => {}
            }
        }
        let (particle, attributes) = self.content(element);
        ComplexType { mixed, content: Content::Particle(particle), attributes, array: None }
    }

    fn complex_content(&mut self, element: Element<'_>, mixed: bool) -> ComplexType {
        let Some((derivation, child, base)) = self.derivation(element) else {
            let (particle, attributes) = self.content(element);
            return ComplexType { mixed, content: Content::Particle(particle), attributes, array: None };
        };
        let (particle, attributes) = self.content(child);
        let array = self.is_array(base).then(ArrayInfo::default);
        let base = TypeRef::Named(base);
        ComplexType { mixed, content: Content::Derived { derivation, base, particle }, attributes, array }
    }

    fn simple_content(&mut self, element: Element<'_>) -> ComplexType {
        let Some((derivation, child, base)) = self.derivation(element) else {
            let (particle, attributes) = self.content(element);
            return ComplexType {
                mixed: true,
                content: Content::Particle(particle),
                attributes,
                array: None,
            };
        };
        let narrowed = self.inner_simple(child);
        let facets = self.facets(child);
        let (_, attributes) = self.content(child);
        let content = Content::Simple { derivation, base: TypeRef::Named(base), narrowed, facets };
        ComplexType { mixed: false, content, attributes, array: None }
    }

    fn derivation<'d>(&mut self, element: Element<'d>) -> Option<(Derivation, Element<'d>, QName)> {
        for (local, child) in schema_children(element) {
            let derivation = match local {
                "extension" => Derivation::Extension,
                "restriction" => Derivation::Restriction,
                _ => continue,
            };
            let Some(base) = child.attribute("base") else { break };
            return Some((derivation, child, self.refer(RefKind::Type, child, base)));
        }
        self.warn(element, || format!("{} derives from nothing", element.local()));
        None
    }

    fn is_array(&self, base: QName) -> bool {
        self.set.names.text(base.local) == "Array"
            && matches!(self.set.names.text(base.ns), ns::SOAP11_ENCODING | ns::SOAP12_ENCODING)
    }

    /// The particle and attributes among the children. Several particles make a sequence: the draft of 1999
    /// lists elements directly in the type, and some generators still do.
    fn content(&mut self, element: Element<'_>) -> (Option<Particle>, AttributeSet) {
        let mut attributes = AttributeSet::default();
        let mut particles = Vec::new();
        for (local, child) in schema_children(element) {
            match self.particle(local, child) {
                Some(particle) => particles.push(particle),
                None => self.add_attribute(&mut attributes, local, child),
            }
        }
        let bare = |particle: &Particle| {
            matches!(particle.term, Term::Element(_) | Term::ElementRef(_) | Term::Any(_))
        };
        let particle = match particles.len() {
            0 => None,
            1 if !bare(&particles[0]) => particles.pop(),
            _ => Some(Particle { min: 1, max: Some(1), term: Term::Sequence(particles) }),
        };
        (particle, attributes)
    }
}
