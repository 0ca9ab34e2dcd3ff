//! What a WSDL 1.1 description says, imports joined and names resolved.
//!
//! All names are interned in `schemas.names`. Every operation of a binding belongs to one of its port type
//! and every message it names exists; what could not be joined was left out with a warning. Types and
//! elements that parts name may dangle (see [`SchemaSet`]).

use crate::index::NameId;
use crate::name::QName;
use crate::xsd::{Catalog, Origin, SchemaSet, Warning};

/// A whole description (WSDL 1.1 §2.1).
#[derive(Default)]
pub struct Definitions {
    pub location: String,
    pub target_namespace: String,
    pub documentation: Option<Box<str>>,
    pub messages: Catalog<Message>,
    pub port_types: Catalog<PortType>,
    pub bindings: Catalog<Binding>,
    pub services: Vec<Service>,
    pub schemas: SchemaSet,
    /// All that was forgiven, that of the schemas included.
    pub warnings: Vec<Warning>,
}

/// §2.3
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    pub name: QName,
    pub parts: Vec<Part>,
    pub origin: Origin,
}

/// §2.3.1
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    pub name: NameId,
    pub content: PartContent,
    pub documentation: Option<Box<str>>,
    pub origin: Origin,
}

/// What a part names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartContent {
    Element(QName),
    Type(QName),
}

/// §2.4
#[derive(Debug, Clone, PartialEq)]
pub struct PortType {
    pub name: QName,
    pub documentation: Option<Box<str>>,
    pub operations: Vec<Operation>,
    pub origin: Origin,
}

/// An abstract operation (§2.4). One-way without `output`; a notification without `input`.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    pub name: NameId,
    pub documentation: Option<Box<str>>,
    pub input: Option<MessageRef>,
    pub output: Option<MessageRef>,
    pub faults: Vec<MessageRef>,
    /// `parameterOrder` (§2.4.6): names of parts; empty where it was not given.
    pub parameter_order: Vec<NameId>,
    pub origin: Origin,
}

/// `input`, `output` or `fault` of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MessageRef {
    /// The name given, or the default of §2.4.5.
    pub name: NameId,
    pub message: QName,
}

/// §2.5, §3.3
#[derive(Debug, Clone, PartialEq)]
pub struct Binding {
    pub name: QName,
    pub port_type: QName,
    pub kind: BindingKind,
    /// The default of its operations.
    pub style: Style,
    pub transport: String,
    pub documentation: Option<Box<str>>,
    pub operations: Vec<BindingOperation>,
    pub origin: Origin,
}

/// Which protocol a binding speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BindingKind {
    Soap11,
    Soap12,
    /// HTTP GET or POST, or an extension nobody knows: it has no operations here.
    Skipped,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Document,
    Rpc,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    Literal,
    Encoded,
}

/// §3.4
#[derive(Debug, Clone, PartialEq)]
pub struct BindingOperation {
    pub name: NameId,
    /// Index of the operation in the port type.
    pub operation: usize,
    /// `None` where the attribute is absent, which SOAP 1.2 distinguishes from empty.
    pub soap_action: Option<String>,
    /// `soap12:operation/@soapActionRequired`; true by default.
    pub soap_action_required: bool,
    pub style: Style,
    pub documentation: Option<Box<str>>,
    pub input: Option<BodyBinding>,
    pub output: Option<BodyBinding>,
    pub faults: Vec<FaultBinding>,
    pub origin: Origin,
}

/// `soap:body` (§3.5), taken out of `mime:multipartRelated` where it stands in one, with its headers.
#[derive(Debug, Clone, PartialEq)]
pub struct BodyBinding {
    pub usage: Use,
    /// `None` where the attribute is absent.
    pub namespace: Option<NameId>,
    pub encoding_style: Option<NameId>,
    /// `None`: all parts that no header takes.
    pub parts: Option<Vec<NameId>>,
    pub headers: Vec<HeaderBinding>,
}

/// `soap:header` (§3.7).
#[derive(Debug, Clone, PartialEq)]
pub struct HeaderBinding {
    pub message: QName,
    pub part: NameId,
    pub usage: Use,
    pub namespace: Option<NameId>,
    pub encoding_style: Option<NameId>,
    /// `soap:headerfault`
    pub faults: Vec<HeaderBinding>,
    pub origin: Origin,
}

/// `soap:fault` (§3.6).
#[derive(Debug, Clone, PartialEq)]
pub struct FaultBinding {
    /// That of one of the operation's faults.
    pub name: NameId,
    pub usage: Use,
    pub namespace: Option<NameId>,
    pub encoding_style: Option<NameId>,
}

/// §2.7
#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    pub name: QName,
    pub documentation: Option<Box<str>>,
    pub ports: Vec<Port>,
}

/// §2.6
#[derive(Debug, Clone, PartialEq)]
pub struct Port {
    pub name: NameId,
    pub documentation: Option<Box<str>>,
    /// Exists in [`Definitions::bindings`].
    pub binding: QName,
    /// Empty where the description gives none.
    pub address: String,
    pub origin: Origin,
}
