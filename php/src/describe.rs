//! Operations and types as texts, in the notation of ext/soap's `__getFunctions` and `__getTypes`.

use wsdlproxy::encode::{parameters, Parameter};
use wsdlproxy::index::*;
use wsdlproxy::name::{ns, QName};
use wsdlproxy::plan::{Named, Plan, TypeKind, Variety};

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
    format!("{optional}{}{list}", plan.type_label(parameter.ty))
}

/// The type of an operation's result as hosts get it.
pub fn result(plan: &Plan, op: OpId) -> String {
    let Some(output) = plan.operations[op].output.get() else { return "void".to_owned() };
    match parameters(plan, output).as_slice() {
        [] => "void".to_owned(),
        [only] if only.repeated => format!("{}[]", plan.type_label(only.ty)),
        [only] => plan.type_label(only.ty),
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
            let shape = &plan.shapes[plan.complexes[complex].shape];
            let mut text = format!("struct {label} {{\n");
            for member in plan.members.run(shape.members) {
                let list = if member.repeated() { "[]" } else { "" };
                let optional = if member.min == 0 && !member.repeated() { "?" } else { "" };
                let ty = plan.type_label(member.ty);
                text.push_str(&format!("  {optional}{ty}{list} {};\n", plan.text(member.key)));
            }
            text + "}"
        }
        TypeKind::Array(array) => format!("{}[] {label}", plan.type_label(plan.arrays[array].item)),
        TypeKind::Simple(simple) => match &plan.simples[simple].variety {
            Variety::Atomic(builtin) => format!("xsd:{} {label}", builtin.name()),
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
