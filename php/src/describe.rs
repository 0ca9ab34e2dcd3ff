//! Operations and types as texts, in the notation of ext/soap's `__getFunctions` and `__getTypes`.

use wsdlproxy::encode::{parameters, Parameter};
use wsdlproxy::index::*;
use wsdlproxy::name::{ns, QName};
use wsdlproxy::plan::{Named, Nesting, Plan, Simple, TypeKind, Variety};

/// `Account getAccount(SipId $sipId, ?int $limit)`
pub fn function(plan: &Plan, op: OpId) -> String {
    let operation = &plan.operations[op];
    let given: Vec<String> = parameters(plan, operation.input)
        .iter()
        .map(|parameter| format!("{} ${}", parameter_label(plan, parameter), plan.text(parameter.key)))
        .collect();
    format!("{} {}({})", result(plan, op), plan.text(operation.key), given.join(", "))
}

/// A parameter's type, with `?` where it may be left out.
pub fn parameter_label(plan: &Plan, parameter: &Parameter) -> String {
    let optional = if parameter.required { "" } else { "?" };
    let list = if parameter.repeated { "[]" } else { "" };
    format!("{optional}{}{list}", parameter.type_label(plan))
}

/// The type of an operation's result as hosts get it.
pub fn result(plan: &Plan, op: OpId) -> String {
    let Some(output) = plan.operations[op].output.get() else { return "void".to_owned() };
    match parameters(plan, output).as_slice() {
        [] => "void".to_owned(),
        [only] if only.repeated => format!("{}[]", only.type_label(plan)),
        [only] => only.type_label(plan),
        _ => "struct".to_owned(),
    }
}

/// The type of an operation's result, if it is one of the WSDL's.
pub fn result_type(plan: &Plan, op: OpId) -> Option<(TypeId, bool)> {
    match parameters(plan, plan.operations[op].output.get()?).as_slice() {
        [only] => Some((only.ty, only.repeated)),
        _ => None,
    }
}

/// Namespaces whose types belong to the standards, not to the service.
const STANDARD: [&str; 5] =
    [ns::XSD, ns::SOAP11_ENCODING, ns::SOAP12_ENCODING, ns::SOAP11_ENVELOPE, ns::SOAP12_ENVELOPE];

/// The named types of the WSDL itself.
pub fn own_types(plan: &Plan) -> impl Iterator<Item = (QName, TypeId)> + '_ {
    let own = |name: &QName| !STANDARD.contains(&plan.text(name.ns));
    plan.types_by_name.iter().map(|Named(name, id)| (*name, *id)).filter(move |(name, _)| own(name))
}

/// Every named type of the WSDL.
pub fn types(plan: &Plan) -> Vec<String> {
    own_types(plan).map(|(_, id)| definition(plan, id)).collect()
}

/// `struct SipId { xsd:string username; … }`
pub fn definition(plan: &Plan, id: TypeId) -> String {
    let label = plan.type_label(id);
    match plan.types[id].kind {
        TypeKind::Complex(complex) => {
            let mut text = format!("struct {label} {{\n");
            let mut nesting = Nesting::default();
            nesting.enter(plan.complexes[complex].shape);
            content(plan, plan.complexes[complex].shape, &mut nesting, &mut text);
            text + "}"
        }
        TypeKind::Array(array) => format!("{}[] {label}", plan.type_label(plan.arrays[array].item)),
        TypeKind::Simple(simple) => match &plan.simples[simple].variety {
            Variety::Atomic(builtin) => {
                format!("xsd:{} {label}{}", builtin.name(), facets(plan, &plan.simples[simple]))
            }
            Variety::List(item) => format!("list({}) {label}", plan.type_label(*item)),
            Variety::Union(members) => {
                let members: Vec<_> = members.iter().map(|member| plan.type_label(*member)).collect();
                format!("union({}) {label}", members.join(", "))
            }
        },
        TypeKind::Map => format!("map {label}"),
        TypeKind::Any => format!("any {label}"),
    }
}

/// The members of a record, those of groups and of types without a name under theirs, and the choices among them.
/// The record was entered.
fn content(plan: &Plan, shape: ShapeId, nesting: &mut Nesting, text: &mut String) {
    let indent = "  ".repeat(nesting.depth());
    for member in plan.members.run(plan.shapes[shape].members) {
        let list = if member.repeated() { "[]" } else { "" };
        let optional = if member.min == 0 && !member.repeated() { "?" } else { "" };
        let ty = plan.role_label(member.role, member.ty);
        let key = plan.text(member.key);
        text.push_str(&format!("{indent}{optional}{ty}{list} {key}"));
        if let Some(inner) = plan.nested(member.role, member.ty).filter(|inner| nesting.enter(*inner)) {
            text.push_str(" {\n");
            content(plan, inner, nesting, text);
            nesting.leave();
            text.push_str(&format!("{indent}}}"));
        }
        text.push_str(";\n");
    }
    for choice in plan.choices(shape) {
        text.push_str(&format!("{indent}// {}\n", plan.choice_label(&choice)));
    }
}

/// What restricts a simple type, as a comment: ` // maxLength 9`.
fn facets(plan: &Plan, simple: &Simple) -> String {
    let Some(facets) = simple.facets else { return String::new() };
    let facets = &plan.facets[facets];
    let mut all: Vec<_> = facets.listed().iter().map(|(name, value)| format!("{name} {value}")).collect();
    if !facets.enumeration.is_empty() {
        let shown: Vec<_> = facets.enumeration.iter().take(20).map(|value| format!("{value:?}")).collect();
        let more = if facets.enumeration.len() > shown.len() { ", …" } else { "" };
        all.insert(0, format!("one of {}{more}", shown.join(", ")));
    }
    if all.is_empty() {
        String::new()
    } else {
        format!(" // {}", all.join(", "))
    }
}
