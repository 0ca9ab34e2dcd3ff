//! The rows of a plan: services, ports, operations and their messages.

use zerocopy::{Immutable, KnownLayout, TryFromBytes};

use super::tables::Tag;
use crate::index::*;
use crate::name::QName;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, TryFromBytes, KnownLayout, Immutable)]
#[repr(u32)]
pub enum SoapVersion {
    V11,
    V12,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, TryFromBytes, KnownLayout, Immutable)]
#[repr(u32)]
pub enum Style {
    Rpc,
    Document,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, TryFromBytes, KnownLayout, Immutable)]
#[repr(u32)]
pub enum Use {
    Encoded,
    Literal,
}

/// `wsdl:service` (WSDL 1.1, §2.7).
#[derive(Debug, Clone, TryFromBytes, KnownLayout, Immutable)]
#[repr(C)]
pub struct Service {
    pub name: NameId,
    pub ports: Run<PortId>,
    pub documentation: NameId,
}

/// `wsdl:port` with its binding (WSDL 1.1, §2.5, §2.6).
#[derive(Debug, Clone, TryFromBytes, KnownLayout, Immutable)]
#[repr(C)]
pub struct Port {
    pub name: NameId,
    pub service: ServiceId,
    pub binding: QName,
    pub address: NameId,
    pub version: SoapVersion,
    /// Shared by ports of the same binding.
    pub operations: Run<OpId>,
    pub documentation: NameId,
}

/// An operation of a binding (WSDL 1.1, §2.4, §3.4).
#[derive(Debug, Clone, TryFromBytes, KnownLayout, Immutable)]
#[repr(C)]
pub struct Operation {
    pub name: NameId,
    /// The name that hosts call; differs from `name` only for a further overload.
    pub key: NameId,
    pub action: NameId,
    pub style: Style,
    pub version: SoapVersion,
    pub input: MessageId,
    /// `None` for a one-way operation.
    pub output: Maybe<MessageId>,
    pub faults: Run<FaultId>,
    pub documentation: NameId,
}

/// The name of the element around the parts of an rpc message.
#[derive(Debug, Clone, Copy, PartialEq, TryFromBytes, KnownLayout, Immutable)]
#[repr(C)]
pub struct Wrapper(pub QName, pub Tag);

impl Absent for Wrapper {
    const ABSENT: Self = Self(QName::ABSENT, Tag { text: NameId::NONE, ns: 0 });
}

/// One direction of an operation.
#[derive(Debug, Clone, TryFromBytes, KnownLayout, Immutable)]
#[repr(C)]
pub struct Message {
    pub wrapper: Maybe<Wrapper>,
    pub use_: Use,
    /// `encodingStyle`, or empty.
    pub encoding_style: NameId,
    pub parts: Run<PartId>,
    /// The complex type of the one document part whose members are the host's parameters.
    pub wrapped: Maybe<ComplexId>,
    pub headers: Run<HeaderId>,
}

/// A message part (WSDL 1.1, §2.3.1).
#[derive(Debug, Clone, TryFromBytes, KnownLayout, Immutable)]
#[repr(C)]
pub struct Part {
    /// What hosts call it.
    pub key: NameId,
    /// The element's name, or the part's own in rpc messages.
    pub name: QName,
    pub tag: Tag,
    pub ty: TypeId,
    pub element: Maybe<ElementId>,
    pub documentation: NameId,
    pub nillable: bool,
}

/// `soap:header` (WSDL 1.1, §3.7).
#[derive(Debug, Clone, TryFromBytes, KnownLayout, Immutable)]
#[repr(C)]
pub struct Header {
    pub part: Part,
    pub use_: Use,
}

/// `soap:fault` (WSDL 1.1, §3.6).
#[derive(Debug, Clone, TryFromBytes, KnownLayout, Immutable)]
#[repr(C)]
pub struct Fault {
    pub name: NameId,
    pub part: Part,
    pub use_: Use,
}
