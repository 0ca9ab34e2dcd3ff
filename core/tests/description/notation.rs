//! Components of schemas in a short notation.

use std::fmt::Write;

use wsdlproxy::name::QName;
use wsdlproxy::xsd::{
    AttributeSet, AttributeTerm, ComplexType, Content, Derivation, ElementDecl, Facet, Namespaces, Particle,
    Process, SchemaSet, SimpleType, Term, TypeDef, TypeKind, TypeRef, Usage, Wildcard,
};

pub struct Notation<'s>(pub &'s SchemaSet);

impl Notation<'_> {
    pub fn name(&self, name: QName) -> String {
        let (ns, local) = (self.0.names.text(name.ns), self.0.names.text(name.local));
        match ns {
            "" => local.to_owned(),
            "http://www.w3.org/2001/XMLSchema" => format!("xs:{local}"),
            "urn:t" => format!("t:{local}"),
            "urn:o" => format!("o:{local}"),
            "http://schemas.xmlsoap.org/soap/encoding/" => format!("e:{local}"),
            "http://www.w3.org/XML/1998/namespace" => format!("xml:{local}"),
            _ => self.0.display(name),
        }
    }

    pub fn type_ref(&self, reference: &TypeRef) -> String {
        match reference {
            TypeRef::Named(name) => self.name(*name),
            TypeRef::Inline(def) => format!("<{}>", self.type_def(def)),
        }
    }

    pub fn type_def(&self, def: &TypeDef) -> String {
        let text = match &def.kind {
            TypeKind::Simple(simple) => self.simple(simple),
            TypeKind::Complex(complex) => self.complex(complex),
        };
        if def.is_abstract {
            format!("abstract {text}")
        } else {
            text
        }
    }

    fn simple(&self, simple: &SimpleType) -> String {
        match simple {
            SimpleType::Restriction { base, facets } => {
                format!("{}{}", self.type_ref(base), self.facets(facets))
            }
            SimpleType::List(item) => format!("list of {}", self.type_ref(item)),
            SimpleType::Union(members) => {
                let members: Vec<_> = members.iter().map(|member| self.type_ref(member)).collect();
                format!("union of {}", members.join(" "))
            }
        }
    }

    fn facets(&self, facets: &[Facet]) -> String {
        let facets: Vec<_> = facets
            .iter()
            .map(|facet| {
                let fixed = if facet.fixed { " fixed" } else { "" };
                let name =
                    facet.qname.map(|name| format!(" as {}", self.0.display(name))).unwrap_or_default();
                format!("{:?} {}{fixed}{name}", facet.kind, facet.value)
            })
            .collect();
        if facets.is_empty() {
            String::new()
        } else {
            format!(" [{}]", facets.join(", "))
        }
    }

    fn complex(&self, complex: &ComplexType) -> String {
        let mut text = String::new();
        if complex.mixed {
            text.push_str("mixed ");
        }
        let content = match &complex.content {
            Content::Particle(particle) => self.optional(particle.as_ref()),
            Content::Derived { derivation, base, particle } => {
                format!("{} {}: {}", verb(*derivation), self.type_ref(base), self.optional(particle.as_ref()))
            }
            Content::Simple { derivation, base, narrowed, facets } => {
                let narrowed = narrowed.as_ref().map(|inner| format!(" by {}", self.type_ref(inner)));
                let narrowed = narrowed.unwrap_or_default();
                format!("text {} {}{narrowed}{}", verb(*derivation), self.type_ref(base), self.facets(facets))
            }
        };
        text.push_str(&content);
        text.push_str(&self.attributes(&complex.attributes));
        if let Some(array) = &complex.array {
            let item = array.item.map_or("items".to_owned(), |name| self.name(name));
            let _ = write!(text, " array of {item}{}", array.dimensions);
        }
        text
    }

    pub fn attributes(&self, set: &AttributeSet) -> String {
        let mut text = String::new();
        for attribute in &set.uses {
            let (mut own, mut default, mut fixed) = match &attribute.attribute {
                AttributeTerm::Ref(name) => (format!("ref {}", self.name(*name)), None, None),
                AttributeTerm::Local(decl) => {
                    let type_ref = decl.type_ref.as_ref().map(|found| format!(":{}", self.type_ref(found)));
                    let name = format!("{}{}", self.name(decl.name), type_ref.unwrap_or_default());
                    (name, decl.default.as_deref(), decl.fixed.as_deref())
                }
            };
            own.push_str(match attribute.usage {
                Usage::Optional => "",
                Usage::Required => "!",
                Usage::Prohibited => " prohibited",
            });
            default = attribute.default.as_deref().or(default);
            fixed = attribute.fixed.as_deref().or(fixed);
            let _ = write!(text, " @{own}{}", values(default, fixed));
        }
        for group in &set.groups {
            let _ = write!(text, " @group {}", self.name(*group));
        }
        if let Some(any) = &set.any {
            let _ = write!(text, " @{}", self.wildcard(any));
        }
        text
    }

    fn optional(&self, particle: Option<&Particle>) -> String {
        particle.map_or("empty".to_owned(), |particle| self.particle(particle))
    }

    pub fn particle(&self, particle: &Particle) -> String {
        let group = |list: &[Particle], between: &str| {
            let list: Vec<_> = list.iter().map(|inner| self.particle(inner)).collect();
            format!("({})", list.join(between))
        };
        let term = match &particle.term {
            Term::Element(decl) => self.element(decl),
            Term::ElementRef(name) => format!("ref {}", self.name(*name)),
            Term::GroupRef(name) => format!("group {}", self.name(*name)),
            Term::Sequence(list) => group(list, ", "),
            Term::Choice(list) => group(list, " | "),
            Term::All(list) => group(list, " & "),
            Term::Any(wildcard) => self.wildcard(wildcard),
        };
        let occurs = match (particle.min, particle.max) {
            (1, Some(1)) => String::new(),
            (0, Some(1)) => "?".to_owned(),
            (0, None) => "*".to_owned(),
            (1, None) => "+".to_owned(),
            (min, None) => format!("{{{min},}}"),
            (min, Some(max)) => format!("{{{min},{max}}}"),
        };
        term + &occurs
    }

    pub fn element(&self, decl: &ElementDecl) -> String {
        let mut text = self.name(decl.name);
        if let Some(found) = &decl.type_ref {
            let _ = write!(text, ":{}", self.type_ref(found));
        }
        if decl.nillable {
            text.push_str(" nillable");
        }
        if decl.is_abstract {
            text.push_str(" abstract");
        }
        if let Some(head) = decl.substitution_group {
            let _ = write!(text, " for {}", self.name(head));
        }
        text + &values(decl.default.as_deref(), decl.fixed.as_deref())
    }

    fn wildcard(&self, wildcard: &Wildcard) -> String {
        let namespaces = match &wildcard.namespaces {
            Namespaces::Any => String::new(),
            Namespaces::Other(ns) => format!(" but {}", self.0.names.text(*ns)),
            Namespaces::List(list) => {
                let list: Vec<_> = list.iter().map(|ns| format!("'{}'", self.0.names.text(*ns))).collect();
                format!(" of {}", list.join(" "))
            }
        };
        let process = match wildcard.process {
            Process::Strict => "",
            Process::Lax => " lax",
            Process::Skip => " skip",
        };
        format!("any{namespaces}{process}")
    }
}

fn verb(derivation: Derivation) -> &'static str {
    match derivation {
        Derivation::Extension => "extends",
        Derivation::Restriction => "restricts",
    }
}

fn values(default: Option<&str>, fixed: Option<&str>) -> String {
    match (default, fixed) {
        (Some(text), _) => format!("={text}"),
        (None, Some(text)) => format!("=={text}"),
        (None, None) => String::new(),
    }
}
