//! What the embedded WSDL says about types and operations.
//!
//! Read once when the server starts; a WSDL that this reader does not understand stops the start with a message,
//! so that the types on the wire have one source.

use super::{ENCODING, NGNPRO, PRESENCE, WSDL, WSDL_SOAP, XSD};
use roxmltree::{Document, Node};
use std::collections::HashMap;

/// The embedded WSDL as it lies in the repository.
pub const TEXT: &str = include_str!("../../../ngnpro/ngnpro.wsdl");

/// The XSD types that the WSDL uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Builtin {
    String,
    Int,
    Integer,
    NonNegativeInteger,
    Boolean,
    Float,
    Base64Binary,
}

impl Builtin {
    fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "string" => Self::String,
            "int" => Self::Int,
            "integer" => Self::Integer,
            "nonNegativeInteger" => Self::NonNegativeInteger,
            "boolean" => Self::Boolean,
            "float" => Self::Float,
            "base64Binary" => Self::Base64Binary,
            _ => return None,
        })
    }

    /// The type's name with the prefix that answers declare.
    pub fn qname(self) -> &'static str {
        match self {
            Self::String => "xsd:string",
            Self::Int => "xsd:int",
            Self::Integer => "xsd:integer",
            Self::NonNegativeInteger => "xsd:nonNegativeInteger",
            Self::Boolean => "xsd:boolean",
            Self::Float => "xsd:float",
            Self::Base64Binary => "xsd:base64Binary",
        }
    }
}

/// A built-in type or an index into [`Schema::types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypeRef {
    Builtin(Builtin),
    Named(usize),
}

/// A member of a struct or a part of a message.
#[derive(Debug)]
pub struct Field {
    pub name: String,
    pub kind: TypeRef,
}

#[derive(Debug)]
pub enum Shape {
    Struct(Vec<Field>),
    Array(TypeRef),
}

/// A complex type; `qname` carries the prefix that answers declare.
#[derive(Debug)]
pub struct Named {
    pub qname: String,
    pub shape: Shape,
}

#[derive(Debug)]
pub struct Operation {
    pub name: String,
    pub inputs: Vec<Field>,
    pub output: Option<Field>,
}

#[derive(Debug)]
pub struct Port {
    pub name: String,
    /// The namespace of the operation elements.
    pub namespace: String,
    /// By lower-case name: callers spell operations in their own way.
    pub operations: HashMap<String, Operation>,
}

#[derive(Debug)]
pub struct Schema {
    types: Vec<Named>,
    by_name: HashMap<(String, String), usize>,
    ports: Vec<Port>,
}

impl Schema {
    /// Reads the embedded WSDL.
    pub fn embedded() -> Result<Self, String> {
        let document = Document::parse(TEXT).map_err(|error| error.to_string())?;
        let root = document.root_element();
        let mut schema = Self { types: Vec::new(), by_name: HashMap::new(), ports: Vec::new() };
        let types: Vec<Node> = root.descendants().filter(|n| n.has_tag_name((XSD, "complexType"))).collect();
        for (index, node) in types.iter().enumerate() {
            let namespace = node.parent().and_then(|s| s.attribute("targetNamespace")).unwrap_or_default();
            let key = (namespace.to_owned(), required(*node, "name")?.to_owned());
            schema.by_name.insert(key, index);
        }
        for node in types {
            let named = schema.read_type(node)?;
            schema.types.push(named);
        }
        for binding in children(root, WSDL, "binding") {
            let port = schema.read_binding(root, binding)?;
            schema.ports.push(port);
        }
        Ok(schema)
    }

    pub fn named(&self, index: usize) -> &Named {
        &self.types[index]
    }

    /// The members of a struct of NGNPro's own namespace.
    pub fn members(&self, name: &str) -> &[Field] {
        let key = (NGNPRO.to_owned(), name.to_owned());
        match self.by_name.get(&key).map(|&index| &self.types[index].shape) {
            Some(Shape::Struct(fields)) => fields,
            _ => &[],
        }
    }

    pub fn ports(&self) -> &[Port] {
        &self.ports
    }

    pub fn port_of_namespace(&self, namespace: &str) -> Option<&Port> {
        self.ports.iter().find(|port| port.namespace == namespace)
    }

    fn read_type(&self, node: Node) -> Result<Named, String> {
        let namespace = node.parent().and_then(|s| s.attribute("targetNamespace")).unwrap_or_default();
        let prefix = if namespace == PRESENCE { "presence" } else { "ngnpro" };
        let qname = format!("{prefix}:{}", required(node, "name")?);
        let array = node.descendants().find_map(|n| n.attribute((WSDL, "arrayType")).map(|text| (n, text)));
        let shape = if let Some((holder, text)) = array {
            Shape::Array(self.resolve(holder, text.trim_end_matches("[]"))?)
        } else {
            let elements = node.descendants().filter(|n| n.has_tag_name((XSD, "element")));
            Shape::Struct(elements.map(|n| self.read_field(n)).collect::<Result<_, _>>()?)
        };
        Ok(Named { qname, shape })
    }

    fn read_field(&self, node: Node) -> Result<Field, String> {
        Ok(Field {
            name: required(node, "name")?.to_owned(),
            kind: self.resolve(node, required(node, "type")?)?,
        })
    }

    fn resolve(&self, scope: Node, qname: &str) -> Result<TypeRef, String> {
        let (prefix, local) = qname.split_once(':').ok_or_else(|| format!("{qname} has no prefix"))?;
        let namespace = scope.lookup_namespace_uri(Some(prefix)).unwrap_or_default();
        if namespace == XSD {
            let builtin = Builtin::from_name(local).ok_or_else(|| format!("{qname} is not known"))?;
            return Ok(TypeRef::Builtin(builtin));
        }
        let key = (namespace.to_owned(), local.to_owned());
        self.by_name.get(&key).map(|&i| TypeRef::Named(i)).ok_or_else(|| format!("{qname} is not declared"))
    }

    fn read_binding(&self, root: Node, binding: Node) -> Result<Port, String> {
        let type_name = local(required(binding, "type")?);
        let port_type = find(root, "portType", type_name)?;
        let body =
            binding.descendants().find(|n| n.has_tag_name((WSDL_SOAP, "body"))).ok_or("no soap:body")?;
        if body.attribute("encodingStyle") != Some(ENCODING) {
            return Err(format!("the binding of {type_name} is not encoded"));
        }
        let mut operations = HashMap::new();
        for node in children(port_type, WSDL, "operation") {
            let operation = self.read_operation(root, node)?;
            operations.insert(operation.name.to_ascii_lowercase(), operation);
        }
        Ok(Port {
            name: type_name.trim_end_matches("Type").to_owned(),
            namespace: required(body, "namespace")?.to_owned(),
            operations,
        })
    }

    fn read_operation(&self, root: Node, node: Node) -> Result<Operation, String> {
        let parts = |direction: &str| -> Result<Vec<Field>, String> {
            let message = children(node, WSDL, direction).next().ok_or("an operation lacks a message")?;
            let message = find(root, "message", local(required(message, "message")?))?;
            children(message, WSDL, "part").map(|part| self.read_field(part)).collect()
        };
        Ok(Operation {
            name: required(node, "name")?.to_owned(),
            inputs: parts("input")?,
            output: parts("output")?.pop(),
        })
    }
}

fn children<'a, 'd: 'a>(
    node: Node<'a, 'd>,
    namespace: &'static str,
    name: &'a str,
) -> impl Iterator<Item = Node<'a, 'd>> {
    node.children().filter(move |n| n.has_tag_name((namespace, name)))
}

fn find<'a, 'd>(root: Node<'a, 'd>, kind: &'a str, name: &str) -> Result<Node<'a, 'd>, String> {
    let found = children(root, WSDL, kind).find(|n| n.attribute("name") == Some(name));
    found.ok_or_else(|| format!("the WSDL has no {kind} {name}"))
}

fn required<'a>(node: Node<'a, '_>, attribute: &str) -> Result<&'a str, String> {
    node.attribute(attribute).ok_or_else(|| format!("{} lacks {attribute}", node.tag_name().name()))
}

fn local(qname: &str) -> &str {
    qname.rsplit(':').next().unwrap_or(qname)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_port_and_operation_is_found() {
        let schema = Schema::embedded().expect("the embedded WSDL is readable");
        let counts: Vec<_> = schema.ports().iter().map(|p| (p.name.as_str(), p.operations.len())).collect();
        let expected = [
            ("SipPort", 60),
            ("VoicemailPort", 5),
            ("EnumPort", 9),
            ("DnsPort", 15),
            ("RatingPort", 3),
            ("CustomerPort", 8),
            ("NetworkPort", 2),
            ("PresencePort", 6),
        ];
        assert_eq!(counts, expected);
    }

    #[test]
    fn parts_and_members_keep_their_order_and_types() {
        let schema = Schema::embedded().expect("the embedded WSDL is readable");
        let sip = schema.port_of_namespace("urn:AGProjects:NGNPro:Sip").expect("SipPort");
        let operation = &sip.operations["addbalance"];
        let names: Vec<_> = operation.inputs.iter().map(|f| f.name.as_str()).collect();
        assert_eq!(names, ["sipId", "value", "description"]);
        assert_eq!(operation.inputs[1].kind, TypeRef::Builtin(Builtin::Float));
        let range: Vec<_> = schema.members("Range").iter().map(|f| f.name.as_str()).collect();
        assert_eq!(range, ["start", "count"]);
    }
}
