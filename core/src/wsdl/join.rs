//! Ports to bindings, bindings to port types, operations to messages (WSDL 1.1 §2.1).
//!
//! A name in the wrong namespace is taken as the only component that is called so. What cannot be joined is
//! left out with a warning; only when that leaves nothing to call is it an error.

use super::bound::{self, Abstract};
use super::model::{
    Binding, BindingKind, Definitions, Message, MessageRef, Operation, PartContent, Port, PortType, Service,
};
use super::parse::{Parts, RawBinding};
use crate::error::{Error, Result};
use crate::index::NameId;
use crate::name::QName;
use crate::xsd::catalog::NameMap;
use crate::xsd::references::RefKind;
use crate::xsd::settle::Replacements;
use crate::xsd::sources::UNREADABLE;
use crate::xsd::{Catalog, Origin, SchemaSet, Warning};

/// Joins the components of all documents.
pub(super) fn join(
    mut definitions: Definitions,
    parts: Parts,
    replacements: &Replacements,
) -> Result<Definitions> {
    let set = &mut definitions.schemas;
    let Parts { mut messages, mut port_types, bindings, services } = parts;
    for (_, message) in messages.iter_mut() {
        settle_parts(set, message, replacements);
    }
    let lookup = Lookup::of(&messages);
    for (_, port_type) in port_types.iter_mut() {
        settle_operations(set, port_type, &messages, &lookup);
    }
    let mut joined = Catalog::default();
    let known = Lookup::of(&port_types);
    let scope = Abstract { messages: &messages, lookup: &lookup };
    for (name, raw) in bindings {
        if let Some(binding) = join_binding(set, raw, &port_types, &known, &scope) {
            let _ = joined.insert(name, binding);
        }
    }
    let services = join_services(set, services, &joined)?;
    definitions.services =
        if services.is_empty() { bare_bindings(&mut definitions, &joined) } else { services };
    definitions.messages = messages;
    definitions.port_types = port_types;
    definitions.bindings = joined;
    definitions.warnings = std::mem::take(&mut definitions.schemas.warnings);
    Ok(definitions)
}

/// Finds components by name, or by local name where only one has it.
pub(super) struct Lookup {
    /// `None`: several have it.
    by_local: NameMap<NameId, Option<QName>>,
}

impl Lookup {
    fn of<T>(catalog: &Catalog<T>) -> Self {
        let mut by_local = NameMap::default();
        for (name, _) in catalog.iter() {
            by_local.entry(name.local).and_modify(|only| *only = None).or_insert(Some(name));
        }
        Self { by_local }
    }

    /// The name that is meant; `None`, with a warning, if there is no such component.
    pub fn find<T>(
        &self,
        set: &mut SchemaSet,
        catalog: &Catalog<T>,
        noun: &str,
        name: QName,
        origin: Origin,
    ) -> Option<QName> {
        if catalog.contains(name) {
            return Some(name);
        }
        let found = self.by_local.get(&name.local).copied().flatten();
        let shown = set.display(name);
        match found {
            Some(other) => {
                let other = set.display(other);
                set.warn(origin, format!("{noun} {shown} is not defined; taken as {other}"));
            }
            None => set.warn(origin, format!("{noun} {shown} is not defined")),
        }
        found
    }
}

/// Applies what the schemas settled, and takes an element for a type, or the reverse, if only that exists.
fn settle_parts(set: &mut SchemaSet, message: &mut Message, replacements: &Replacements) {
    for part in &mut message.parts {
        let (kind, name) = match part.content {
            PartContent::Element(name) => (RefKind::Element, name),
            PartContent::Type(name) => (RefKind::Type, name),
        };
        let name = replacements.get(&(kind, name)).copied().unwrap_or(name);
        part.content = match kind {
            RefKind::Element if !set.has(kind, name) && set.has(RefKind::Type, name) => {
                let shown = set.display(name);
                set.warn(part.origin, format!("{shown} is a type, not an element; taken as that"));
                PartContent::Type(name)
            }
            RefKind::Element => PartContent::Element(name),
            _ if !set.has(kind, name) && set.has(RefKind::Element, name) => {
                let shown = set.display(name);
                set.warn(part.origin, format!("{shown} is an element, not a type; taken as that"));
                PartContent::Element(name)
            }
            _ => PartContent::Type(name),
        };
    }
}

/// Keeps the operations of a port type whose messages exist.
fn settle_operations(
    set: &mut SchemaSet,
    port_type: &mut PortType,
    messages: &Catalog<Message>,
    lookup: &Lookup,
) {
    port_type.operations.retain_mut(|operation| {
        let origin = operation.origin;
        let mut settle = |reference: &mut MessageRef| {
            let found = lookup.find(set, messages, "message", reference.message, origin);
            found.map(|name| reference.message = name).is_some()
        };
        operation.faults.retain_mut(&mut settle);
        let Operation { input, output, .. } = operation;
        let usable = input.iter_mut().chain(output).all(settle);
        if !usable {
            let name = set.names.text(operation.name).to_owned();
            set.warn(origin, format!("operation {name} lacks a message; left out"));
        }
        usable
    });
}

fn join_binding(
    set: &mut SchemaSet,
    raw: RawBinding,
    port_types: &Catalog<PortType>,
    known: &Lookup,
    scope: &Abstract<'_>,
) -> Option<Binding> {
    let RawBinding { mut binding, operations } = raw;
    if binding.kind == BindingKind::Skipped {
        return Some(binding);
    }
    binding.port_type = known.find(set, port_types, "port type", binding.port_type, binding.origin)?;
    let port_type = port_types.get(binding.port_type)?;
    binding.operations = bound::join(set, operations, port_type, scope);
    Some(binding)
}

fn join_services(
    set: &mut SchemaSet,
    services: Vec<Service>,
    bindings: &Catalog<Binding>,
) -> Result<Vec<Service>> {
    let lookup = Lookup::of(bindings);
    let mut all = usable(bindings);
    let only = all.next().map(|binding| binding.name).filter(|_| all.next().is_none());
    let mut lost = None;
    let mut joined: Vec<Service> = Vec::new();
    let mut names = std::collections::HashSet::new();
    for mut service in services {
        if !names.insert(service.name) {
            continue;
        }
        service.ports.retain_mut(|port| {
            match lookup.find(set, bindings, "binding", port.binding, port.origin) {
                Some(found) => port.binding = found,
                None => match only.filter(|only| only.ns == port.binding.ns) {
                    Some(only) => stand_in(set, port, only),
                    None => lost = lost.or(Some((port.binding, port.origin))),
                },
            }
            bindings.contains(port.binding)
        });
        joined.push(service);
    }
    match lost {
        Some((binding, origin)) if joined.iter().all(|service| service.ports.is_empty()) => {
            if usable(bindings).next().is_some() {
                return Ok(Vec::new());
            }
            // Without a port nothing can be called, but what there is can be looked at. If a document is missing,
            // that is what the user must know.
            if !set.warnings.iter().any(|warning| warning.message.contains(UNREADABLE)) {
                return Ok(joined);
            }
            let message = format!("no port is left: binding {} cannot be used", set.display(binding));
            Err(Error::wsdl(because(set, message))
                .at(set.position(origin))
                .in_document(set.location(origin.document)))
        }
        _ => Ok(joined),
    }
}

/// The bindings that this crate can speak.
fn usable(bindings: &Catalog<Binding>) -> impl Iterator<Item = &Binding> {
    bindings.values().filter(|binding| binding.kind != BindingKind::Skipped)
}

/// Gives a port that names nothing the only binding there is.
fn stand_in(set: &mut SchemaSet, port: &mut Port, only: QName) {
    let name = set.names.text(port.name).to_owned();
    let shown = set.display(only);
    set.warn(port.origin, format!("port {name} is given the only binding, {shown}"));
    port.binding = only;
}

/// Adds warnings that tell why: documents that could not be read, else what came last.
fn because(set: &SchemaSet, mut message: String) -> String {
    let unread = |warning: &&Warning| warning.message.contains(UNREADABLE);
    let mut reasons: Vec<&Warning> = set.warnings.iter().filter(unread).take(3).collect();
    if reasons.is_empty() {
        reasons.extend(set.warnings.iter().rev().take(3).rev());
    }
    for warning in reasons {
        message.push_str("; ");
        message.push_str(&warning.message);
    }
    message
}

/// A service made up for bindings that none offers: its ports have no address.
fn bare_bindings(definitions: &mut Definitions, bindings: &Catalog<Binding>) -> Vec<Service> {
    let ports: Vec<Port> = usable(bindings)
        .map(|binding| Port {
            name: binding.name.local,
            documentation: None,
            binding: binding.name,
            address: String::new(),
            origin: binding.origin,
        })
        .collect();
    let set = &mut definitions.schemas;
    let Some(first) = ports.first() else {
        set.warn(Origin::default(), "the description has no service".to_owned());
        return Vec::new();
    };
    set.warn(
        first.origin,
        "the description has no usable service; its bindings stand in, without address".to_owned(),
    );
    vec![Service { name: first.binding, documentation: None, ports }]
}
