//! The rows of a plan: types and their content.

use serde::{Deserialize, Serialize};
use zerocopy::{Immutable, KnownLayout, TryFromBytes};

use super::services::*;
use crate::index::*;
use crate::lexical::facets::Facets;
use crate::lexical::Whitespace;
use crate::name::{Names, QName};
use crate::scalar::Builtin;

/// `max` of a particle without a bound.
pub const UNBOUNDED: u32 = u32::MAX;

/// The compiled form of a WSDL.
#[derive(Debug, Default, Clone)]
pub struct Plan {
    pub names: Names,
    /// The namespaces of tags with their prefixes; row 0 is "no namespace".
    pub namespaces: Rows<Namespace>,
    /// The built-in types come first, in the order of [`Builtin::ALL`], then `anyType`.
    pub types: Table<TypeId, Type>,
    pub simples: Table<SimpleId, Simple>,
    pub facets: Table<FacetsId, Facets>,
    pub complexes: Table<ComplexId, Complex>,
    pub arrays: Table<ArrayId, Array>,
    pub shapes: Table<ShapeId, Shape>,
    pub members: Table<MemberId, Member>,
    pub particles: Table<ParticleId, Particle>,
    pub wildcards: Table<WildcardId, Wildcard>,
    /// Global elements, as message parts, headers, fault details and wildcards need them.
    pub elements: Table<ElementId, Element>,
    /// Element names that lead to a member, sorted within each shape.
    pub lookups: Table<LookupId, Named<MemberId>>,
    /// Sorted by name.
    pub types_by_name: Rows<Named<TypeId>>,
    /// Sorted by name.
    pub elements_by_name: Rows<Named<ElementId>>,
    pub services: Table<ServiceId, Service>,
    pub ports: Table<PortId, Port>,
    pub operations: Table<OpId, Operation>,
    pub messages: Table<MessageId, Message>,
    pub parts: Table<PartId, Part>,
    pub headers: Table<HeaderId, Header>,
    pub faults: Table<FaultId, Fault>,
    /// What was forgiven while loading.
    pub warnings: Vec<String>,
    /// Where the WSDL came from.
    pub location: String,
    pub target_namespace: NameId,
    pub documentation: NameId,
}

/// A namespace with the prefix that requests use for it.
#[derive(Debug, Clone, Copy, TryFromBytes, KnownLayout, Immutable)]
#[repr(C)]
pub struct Namespace {
    pub uri: NameId,
    pub prefix: NameId,
}

/// A name as it stands in a request: `ns1:account` or `account`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TryFromBytes, KnownLayout, Immutable)]
#[repr(C)]
pub struct Tag {
    pub text: NameId,
    /// Index into [`Plan::namespaces`]; 0 for no namespace.
    pub ns: u32,
}

/// What a name leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, TryFromBytes, KnownLayout, Immutable)]
#[repr(C)]
pub struct Named<I>(pub QName, pub I);

/// The built-in type whose lexical space decides, if that is all a decoder needs: its number in [`Builtin::ALL`].
#[derive(Clone, Copy, PartialEq, Eq, TryFromBytes, KnownLayout, Immutable)]
#[repr(transparent)]
pub struct Atom(pub(super) u8);

impl Atom {
    pub const NONE: Self = Self(u8::MAX);

    #[inline]
    pub fn get(self) -> Option<Builtin> {
        Builtin::ALL.get(usize::from(self.0)).copied()
    }
}

impl From<Builtin> for Atom {
    fn from(builtin: Builtin) -> Self {
        Self(builtin as u8)
    }
}

impl std::fmt::Debug for Atom {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.get().fmt(f)
    }
}

/// A type definition (XSD 1.0 part 1, §2.2.1).
#[derive(Debug, Clone, TryFromBytes, KnownLayout, Immutable)]
#[repr(C)]
pub struct Type {
    /// `None` for an anonymous type.
    pub name: Maybe<QName>,
    /// The name as `xsi:type` wants it.
    pub tag: Tag,
    pub kind: TypeKind,
    pub base: Maybe<TypeId>,
    pub documentation: NameId,
    pub atom: Atom,
    pub is_abstract: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, TryFromBytes, KnownLayout, Immutable)]
#[repr(u32)]
pub enum TypeKind {
    /// `xsd:anyType`.
    Any,
    Simple(SimpleId),
    Complex(ComplexId),
    /// A SOAP-encoded array (SOAP 1.1, §5.4.2).
    Array(ArrayId),
    /// Apache's `Map`: a record whose keys are data.
    Map,
}

/// A simple type (XSD 1.0 part 1, §3.14).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Simple {
    pub variety: Variety,
    pub whitespace: Whitespace,
    pub facets: Option<FacetsId>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Variety {
    Atomic(Builtin),
    List(TypeId),
    Union(Vec<TypeId>),
}

/// A complex type (XSD 1.0 part 1, §3.4).
#[derive(Debug, Clone, TryFromBytes, KnownLayout, Immutable)]
#[repr(C)]
pub struct Complex {
    /// Elements first, then the text of simple content, then attributes.
    pub shape: ShapeId,
    /// The attributes among the shape's members.
    pub attributes: Run<MemberId>,
    /// The member of simple content.
    pub text: Maybe<MemberId>,
    /// The member that takes the inner XML of mixed content.
    pub mixed: Maybe<MemberId>,
    pub any_attribute: Maybe<MemberId>,
    /// Whether an attribute that is absent has a value all the same.
    pub has_defaults: bool,
}

/// A SOAP-encoded array.
#[derive(Debug, Clone, TryFromBytes, KnownLayout, Immutable)]
#[repr(C)]
pub struct Array {
    pub item: TypeId,
    /// Number of dimensions of the innermost bracket; hosts nest lists.
    pub rank: u32,
    /// What an item's element is called: `item` unless the schema says otherwise.
    pub item_tag: Tag,
    /// `arrayType` up to the last bracket: `xsd:int` or, for arrays of arrays, `xsd:int[]`.
    pub item_type_tag: Tag,
}

/// The members of one record.
#[derive(Debug, Clone, TryFromBytes, KnownLayout, Immutable)]
#[repr(C)]
pub struct Shape {
    pub members: Run<MemberId>,
    /// The content model; `None` if there are no elements.
    pub root: Maybe<ParticleId>,
    /// Rows of [`Plan::lookups`].
    pub lookup: Run<LookupId>,
    /// The member that takes elements of no other member.
    pub any: Maybe<MemberId>,
    /// Whether the content is a plain sequence of the element members in order.
    pub flat: bool,
    /// Whether a member is repeated, so that an absent one reads as an empty list.
    pub has_lists: bool,
}

/// One member of a record, with the key that hosts see.
#[derive(Debug, Clone, TryFromBytes, KnownLayout, Immutable)]
#[repr(C)]
pub struct Member {
    pub key: NameId,
    pub role: Role,
    /// The element's or attribute's name.
    pub name: QName,
    pub tag: Tag,
    pub ty: TypeId,
    /// Least number in a valid record, over all its particles: 0 if a choice can leave it out.
    pub min: u32,
    /// Greatest number; a member with more than one is a list in hosts.
    pub max: u32,
    /// [`NameId::NONE`] if absent.
    pub default: NameId,
    /// [`NameId::NONE`] if absent.
    pub fixed: NameId,
    pub documentation: NameId,
    pub nillable: bool,
    pub is_abstract: bool,
}

impl Member {
    #[inline]
    pub fn repeated(&self) -> bool {
        self.max > 1
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, TryFromBytes, KnownLayout, Immutable)]
#[repr(u32)]
pub enum Role {
    Element,
    Attribute,
    /// The text of simple content.
    Text,
    /// Inner XML of mixed content.
    Mixed,
    /// Elements of a wildcard, each as an XML fragment.
    Any(WildcardId),
    /// Attributes of a wildcard: a record from Clark name to text.
    AnyAttribute(WildcardId),
    /// A repeated model group: a list of records.
    Group(ShapeId),
}

/// A particle of a content model (XSD 1.0 part 1, §3.9).
#[derive(Debug, Clone, Copy, TryFromBytes, KnownLayout, Immutable)]
#[repr(C)]
pub struct Particle {
    pub min: u32,
    pub max: u32,
    pub term: Term,
}

#[derive(Debug, Clone, Copy, TryFromBytes, KnownLayout, Immutable)]
#[repr(u32)]
pub enum Term {
    /// An element, a wildcard or a repeated group.
    Member(MemberId),
    Sequence(Run<ParticleId>),
    Choice(Run<ParticleId>),
    All(Run<ParticleId>),
}

/// A wildcard (XSD 1.0 part 1, §3.10).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Wildcard {
    pub namespaces: Allowed,
    pub process: Process,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Allowed {
    Any,
    /// Anything but this namespace and no namespace.
    Other(NameId),
    Listed(Vec<NameId>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Process {
    Strict,
    Lax,
    Skip,
}

/// A global element declaration (XSD 1.0 part 1, §3.3).
#[derive(Debug, Clone, TryFromBytes, KnownLayout, Immutable)]
#[repr(C)]
pub struct Element {
    pub name: QName,
    pub tag: Tag,
    pub ty: TypeId,
    pub documentation: NameId,
    pub nillable: bool,
    pub is_abstract: bool,
}
