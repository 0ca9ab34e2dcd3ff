//! The operations of a binding and those of its port type.
//!
//! Overloaded operations are told apart by the names of input and output, else by order (WSDL 1.1 §2.5).

use super::join::Lookup;
use super::model::{BindingOperation, BodyBinding, HeaderBinding, Message, Operation, PortType};
use super::parse::RawOperation;
use crate::index::NameId;
use crate::xsd::catalog::NameMap;
use crate::xsd::{Catalog, SchemaSet};

/// The messages that bindings refer to.
pub(super) struct Abstract<'a> {
    pub messages: &'a Catalog<Message>,
    pub lookup: &'a Lookup,
}

/// More operations of one name are not overloading but an attempt to make matching slow.
const MAX_OVERLOADS: usize = 256;

/// Joins the operations of a binding; those that the port type lacks are left out.
pub(super) fn join(
    set: &mut SchemaSet,
    raw: Vec<RawOperation>,
    port_type: &PortType,
    scope: &Abstract<'_>,
) -> Vec<BindingOperation> {
    let mut overloads: NameMap<NameId, Vec<usize>> = NameMap::default();
    for (index, operation) in port_type.operations.iter().enumerate() {
        overloads.entry(operation.name).or_default().push(index);
    }
    let mut joined = Vec::new();
    for RawOperation { mut operation, input, output } in raw {
        let candidates = overloads.get_mut(&operation.name);
        let Some(index) = candidates.and_then(|found| choose(found, &port_type.operations, input, output))
        else {
            let name = set.names.text(operation.name).to_owned();
            set.warn(operation.origin, format!("operation {name} is not in the port type; left out"));
            continue;
        };
        operation.operation = index;
        complete(set, &mut operation, &port_type.operations[index], scope);
        joined.push(operation);
    }
    joined
}

/// Picks the operation meant and takes it off the candidates.
fn choose(
    candidates: &mut Vec<usize>,
    operations: &[Operation],
    input: Option<NameId>,
    output: Option<NameId>,
) -> Option<usize> {
    if candidates.len() > MAX_OVERLOADS {
        return None;
    }
    let named = |index: usize, matches: fn(Option<NameId>, Option<NameId>) -> bool| {
        let Operation { input: have_in, output: have_out, .. } = &operations[index];
        matches(input, have_in.map(|found| found.name)) && matches(output, have_out.map(|found| found.name))
    };
    let exactly = |want: Option<NameId>, have| want.is_some() && want == have;
    let or_unsaid = |want: Option<NameId>, have| want.is_none() || want == have;
    let find = |matches| candidates.iter().position(|&index| named(index, matches));
    let at = find(exactly).or_else(|| find(or_unsaid)).unwrap_or(0);
    (at < candidates.len()).then(|| candidates.remove(at))
}

/// Fills in what the binding leaves unsaid and drops what leads nowhere.
fn complete(set: &mut SchemaSet, operation: &mut BindingOperation, meant: &Operation, scope: &Abstract<'_>) {
    let origin = operation.origin;
    let directions = [(&mut operation.input, meant.input), (&mut operation.output, meant.output)];
    for (body, message) in directions {
        let Some(message) = message else {
            *body = None;
            continue;
        };
        let body = body.get_or_insert_with(BodyBinding::literal);
        body.headers.retain_mut(|header| settle_header(set, header, scope));
        let Some(message) = scope.messages.get(message.message) else { continue };
        let has = |part: NameId| message.parts.iter().any(|own| own.name == part);
        let named = body.parts.as_ref().map_or(0, Vec::len);
        if let Some(parts) = &mut body.parts {
            parts.retain(|part| {
                if !has(*part) {
                    let (part, name) = (set.names.text(*part).to_owned(), set.display(message.name));
                    set.warn(origin, format!("message {name} has no part {part}"));
                }
                has(*part)
            });
        }
        // A list that names no part at all is a slip of its writer, who meant the message.
        if body.parts.as_ref().is_some_and(|parts| parts.is_empty() && named > 0) {
            body.parts = None;
        }
    }
    operation.faults.retain(|fault| {
        let found = meant.faults.iter().any(|own| own.name == fault.name);
        if !found {
            let (fault, name) =
                (set.names.text(fault.name).to_owned(), set.names.text(meant.name).to_owned());
            set.warn(origin, format!("operation {name} has no fault {fault}"));
        }
        found
    });
}

/// Whether a header's part exists; one that is not named is the only one of its message.
fn settle_header(set: &mut SchemaSet, header: &mut HeaderBinding, scope: &Abstract<'_>) -> bool {
    let origin = header.origin;
    let Some(name) = scope.lookup.find(set, scope.messages, "message", header.message, origin) else {
        return false;
    };
    header.message = name;
    header.faults.retain_mut(|fault| settle_header(set, fault, scope));
    let Some(message) = scope.messages.get(name) else { return false };
    match message.parts.as_slice() {
        [only] if header.part == NameId::EMPTY => header.part = only.name,
        parts => {
            if !parts.iter().any(|part| part.name == header.part) {
                let (part, name) = (set.names.text(header.part).to_owned(), set.display(name));
                set.warn(origin, format!("message {name} has no part {part}; header left out"));
                return false;
            }
        }
    }
    true
}
