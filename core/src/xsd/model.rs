//! What the schemas of a service define, with every name resolved (XML Schema 1.0 part 1, §3).
//!
//! Names are interned in [`SchemaSet::names`]. The schema namespaces of 1999 and 2000 read as that of 2001,
//! and the built-in types live only in [`Builtin`](crate::scalar::Builtin): a [`TypeRef::Named`] in the
//! namespace of XML Schema names one of them or `anyType`, nothing else. Any other reference may dangle
//! where nothing in the documents defines it; loading then leaves a warning, and who needs it reports it.

use super::catalog::Catalog;
use super::references::References;
use super::warning::{DocumentId, Warning};
use crate::index::NameId;
use crate::name::{Interner, QName};
use crate::xml::place::DocumentText;
use std::sync::Arc;

/// All components of all schema documents of one service. Derivations and groups in it do not run in
/// circles, and what they expand to is bounded.
pub struct SchemaSet {
    /// The strings behind all names of this set, and of the WSDL around it.
    pub names: Interner,
    pub types: Catalog<TypeDef>,
    pub elements: Catalog<ElementDecl>,
    pub attributes: Catalog<AttributeDecl>,
    pub groups: Catalog<ModelGroup>,
    pub attribute_groups: Catalog<AttributeGroup>,
    /// Head element to the elements that name it in `substitutionGroup`, in document order, one step deep.
    pub substitutions: Catalog<Vec<QName>>,
    /// The documents read, by [`DocumentId`].
    pub documents: Vec<Source>,
    pub warnings: Vec<Warning>,
    /// What is named anywhere, with the place of the first mention.
    pub(super) references: References,
}

/// A document that was read.
#[derive(Clone)]
pub struct Source {
    pub location: String,
    pub text: Arc<DocumentText>,
}

/// Where a component was defined; [`SchemaSet::position`] tells the line. Any two are equal, so that components
/// compare by what they say.
#[derive(Debug, Clone, Copy, Default)]
pub struct Origin {
    pub document: DocumentId,
    /// Offset of the start tag in the document's text.
    pub byte: u32,
}

impl PartialEq for Origin {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Origin {}

/// A type by name, or defined on the spot.
#[derive(Debug, Clone, PartialEq)]
pub enum TypeRef {
    Named(QName),
    Inline(Box<TypeDef>),
}

/// A type definition (§2.2.1).
#[derive(Debug, Clone, PartialEq)]
pub struct TypeDef {
    /// `None` for an anonymous type.
    pub name: Option<QName>,
    pub kind: TypeKind,
    pub is_abstract: bool,
    pub documentation: Option<Box<str>>,
    pub origin: Origin,
}

#[derive(Debug, Clone, PartialEq)]
pub enum TypeKind {
    Simple(SimpleType),
    Complex(ComplexType),
}

/// A simple type definition (§3.14).
#[derive(Debug, Clone, PartialEq)]
pub enum SimpleType {
    Restriction { base: TypeRef, facets: Vec<Facet> },
    List(TypeRef),
    Union(Vec<TypeRef>),
}

/// One constraining facet (part 2, §4.3).
#[derive(Debug, Clone, PartialEq)]
pub struct Facet {
    pub kind: FacetKind,
    pub value: Box<str>,
    pub fixed: bool,
    /// The value of an enumeration read as a QName, where its prefix is declared.
    pub qname: Option<QName>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FacetKind {
    Enumeration,
    Pattern,
    Length,
    MinLength,
    MaxLength,
    WhiteSpace,
    MinInclusive,
    MaxInclusive,
    MinExclusive,
    MaxExclusive,
    TotalDigits,
    FractionDigits,
}

/// A complex type definition (§3.4).
#[derive(Debug, Clone, PartialEq)]
pub struct ComplexType {
    pub mixed: bool,
    pub content: Content,
    pub attributes: AttributeSet,
    /// Set where the type derives from the `Array` of a SOAP encoding.
    pub array: Option<ArrayInfo>,
}

/// The content of a complex type.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// No derivation, which is a restriction of `anyType`. `None` is empty content.
    Particle(Option<Particle>),
    /// `complexContent`: the type's own particle; an extension's follows that of the base.
    Derived { derivation: Derivation, base: TypeRef, particle: Option<Particle> },
    /// `simpleContent`. A restriction may narrow the text by `narrowed` (its `simpleType`) and facets.
    Simple { derivation: Derivation, base: TypeRef, narrowed: Option<TypeRef>, facets: Vec<Facet> },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Derivation {
    Extension,
    Restriction,
}

/// How many of which term may stand at a place (§3.9).
#[derive(Debug, Clone, PartialEq)]
pub struct Particle {
    pub min: u32,
    /// `None` is unbounded.
    pub max: Option<u32>,
    pub term: Term,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Term {
    /// A local declaration.
    Element(Box<ElementDecl>),
    /// A global declaration by name.
    ElementRef(QName),
    Sequence(Vec<Particle>),
    Choice(Vec<Particle>),
    All(Vec<Particle>),
    GroupRef(QName),
    Any(Wildcard),
}

/// A named model group (§3.7).
#[derive(Debug, Clone, PartialEq)]
pub struct ModelGroup {
    pub name: QName,
    /// A sequence, choice or all.
    pub particle: Particle,
    pub origin: Origin,
}

/// An element declaration (§3.3), global or local.
#[derive(Debug, Clone, PartialEq)]
pub struct ElementDecl {
    /// The name on the wire: the namespace is empty where the form is unqualified.
    pub name: QName,
    /// `None`: the type of the substitution group's head, or `anyType`.
    pub type_ref: Option<TypeRef>,
    pub nillable: bool,
    pub is_abstract: bool,
    pub default: Option<Box<str>>,
    pub fixed: Option<Box<str>>,
    pub substitution_group: Option<QName>,
    pub documentation: Option<Box<str>>,
    pub origin: Origin,
}

/// The attributes of a complex type or attribute group, without those of its base.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AttributeSet {
    pub uses: Vec<AttributeUse>,
    pub groups: Vec<QName>,
    pub any: Option<Wildcard>,
}

/// A named attribute group (§3.6).
#[derive(Debug, Clone, PartialEq)]
pub struct AttributeGroup {
    pub name: QName,
    pub attributes: AttributeSet,
    pub origin: Origin,
}

/// An attribute declaration (§3.2), global or local.
#[derive(Debug, Clone, PartialEq)]
pub struct AttributeDecl {
    /// The name on the wire: the namespace is empty where the form is unqualified.
    pub name: QName,
    /// `None` is `anySimpleType`.
    pub type_ref: Option<TypeRef>,
    pub default: Option<Box<str>>,
    pub fixed: Option<Box<str>>,
    pub origin: Origin,
}

/// An attribute of a complex type (§3.5).
#[derive(Debug, Clone, PartialEq)]
pub struct AttributeUse {
    pub usage: Usage,
    pub attribute: AttributeTerm,
    /// Overrides that of a referenced declaration.
    pub default: Option<Box<str>>,
    pub fixed: Option<Box<str>>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum AttributeTerm {
    Local(Box<AttributeDecl>),
    /// A global declaration by name.
    Ref(QName),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    Optional,
    Required,
    Prohibited,
}

/// `any` or `anyAttribute` (§3.10).
#[derive(Debug, Clone, PartialEq)]
pub struct Wildcard {
    pub namespaces: Namespaces,
    pub process: Process,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Namespaces {
    Any,
    /// Any namespace but this one and none.
    Other(NameId),
    /// These; [`NameId::EMPTY`] is no namespace.
    List(Vec<NameId>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Process {
    Strict,
    Lax,
    Skip,
}

/// What the items of an encoded array are (SOAP 1.1 §5.4.2, WSDL 1.1 §2.2).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ArrayInfo {
    /// The type named in `wsdl:arrayType`. `None`: see [`ComplexType::item_element`], else `anyType`.
    pub item: Option<QName>,
    /// The rest of `wsdl:arrayType`, as `[]`, `[,]` or `[][]`. Empty where there was none, which is `[]`.
    pub dimensions: Box<str>,
}

impl ComplexType {
    /// The particle written in this type itself.
    pub fn particle(&self) -> Option<&Particle> {
        match &self.content {
            Content::Particle(particle) | Content::Derived { particle, .. } => particle.as_ref(),
            Content::Simple { .. } => None,
        }
    }

    /// The type this one derives from, `None` for `anyType`.
    pub fn base(&self) -> Option<&TypeRef> {
        match &self.content {
            Content::Particle(_) => None,
            Content::Derived { base, .. } | Content::Simple { base, .. } => Some(base),
        }
    }

    /// The only element of an array type that lists its item in a sequence instead of `wsdl:arrayType`.
    pub fn item_element(&self) -> Option<&Particle> {
        let mut particle = self.particle()?;
        loop {
            match &particle.term {
                Term::Sequence(inner) | Term::Choice(inner) | Term::All(inner) => match inner.as_slice() {
                    [only] => particle = only,
                    _ => return None,
                },
                Term::Element(_) | Term::ElementRef(_) => return Some(particle),
                Term::GroupRef(_) | Term::Any(_) => return None,
            }
        }
    }
}
