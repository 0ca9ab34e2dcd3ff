//! A plan as Python data: Structs that read well, and that `json` can write.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use pyo3::IntoPyObjectExt;
use wsdlproxy::encode::{self, parameters, Parameter};
use wsdlproxy::index::{NameId, OpId, PortId};
use wsdlproxy::name::QName;
use wsdlproxy::plan::{Choice, Nesting, Part, Plan, SoapVersion, Style, Use, Wrapper};

use crate::host::host;
use crate::names::Names;

use crate::describe_types::set_content;
pub use crate::describe_types::types;

/// A `Struct` of these members.
macro_rules! record {
    ($py:expr, $($name:ident: $value:expr),* $(,)?) => {{
        let made = $crate::host::host($py)?.structure.bind($py).call0()?.cast_into::<pyo3::types::PyDict>()?;
        $(made.set_item(stringify!($name), $value)?;)*
        made
    }};
}
pub(crate) use record;

/// A name that is its own key, or a longer one if that is taken.
pub fn insert(map: &Bound<'_, PyDict>, name: &str, long: &str, value: Bound<'_, PyDict>) -> PyResult<()> {
    if map.contains(name)? {
        map.set_item(long, value)
    } else {
        map.set_item(name, value)
    }
}

/// Clark notation.
pub fn clark(plan: &Plan, name: QName) -> String {
    plan.qname(name).to_string()
}

pub fn services<'py>(py: Python<'py>, names: &Names) -> PyResult<Bound<'py, PyDict>> {
    let plan = &*names.plan;
    let all = PyDict::new(py);
    for row in plan.services.iter() {
        let name = plan.text(row.name);
        let ports: Vec<&str> = plan.ports.run(row.ports).iter().map(|port| plan.text(port.name)).collect();
        let made = record!(py, name: name, ports: ports, documentation: plan.text(row.documentation));
        all.set_item(name, made)?;
    }
    Ok(all)
}

pub fn ports<'py>(py: Python<'py>, names: &Names) -> PyResult<Bound<'py, PyDict>> {
    let plan = &*names.plan;
    let all = PyDict::new(py);
    for id in plan.ports.ids() {
        let row = &plan.ports[id];
        let service = plan.text(plan.services[row.service].name);
        let operations = PyDict::new(py);
        for op in row.operations.ids() {
            operations.set_item(plan.text(plan.operations[op].key), operation(py, names, op)?)?;
        }
        let name = plan.text(row.name);
        let made = record!(py,
            name: name,
            service: service,
            location: wsdlproxy::transport::mask(plan.text(row.address)),
            binding: clark(plan, row.binding),
            soap: version(row.version),
            documentation: plan.text(row.documentation),
            operations: operations,
        );
        insert(&all, name, &format!("{service}.{name}"), made)?;
    }
    Ok(all)
}

pub fn operations<'py>(py: Python<'py>, names: &Names) -> PyResult<Bound<'py, PyDict>> {
    let plan = &*names.plan;
    let all = PyDict::new(py);
    for id in plan.ports.ids() {
        for op in plan.ports[id].operations.ids() {
            let name = plan.text(plan.operations[op].key);
            let long = format!("{}.{name}", plan.text(plan.ports[id].name));
            let made = operation(py, names, op)?;
            made.set_item("port", port_name(plan, id))?;
            insert(&all, name, &long, made)?;
        }
    }
    Ok(all)
}

fn port_name(plan: &Plan, port: PortId) -> &str {
    plan.text(plan.ports[port].name)
}

fn version(version: SoapVersion) -> &'static str {
    match version {
        SoapVersion::V11 => "1.1",
        SoapVersion::V12 => "1.2",
    }
}

fn style(style: Style) -> &'static str {
    match style {
        Style::Rpc => "rpc",
        Style::Document => "document",
    }
}

fn use_(use_: Use) -> &'static str {
    match use_ {
        Use::Encoded => "encoded",
        Use::Literal => "literal",
    }
}

/// One operation, with all that a caller may want to know.
pub fn operation<'py>(py: Python<'py>, names: &Names, op: OpId) -> PyResult<Bound<'py, PyDict>> {
    let plan = &*names.plan;
    let row = &plan.operations[op];
    let input = &plan.messages[row.input];
    let name = plan.text(row.key);
    let results = row.output.get().map(|output| parameters(plan, output)).unwrap_or_default();
    let given = parameters(plan, row.input);
    let headers: Vec<Bound<'_, PyDict>> = plan
        .headers
        .run(input.headers)
        .iter()
        .map(|header| part(py, plan, &header.part))
        .collect::<PyResult<_>>()?;
    let faults: Vec<&str> = plan.faults.run(row.faults).iter().map(|fault| plan.text(fault.name)).collect();
    let returns = returns(plan, row.output.is_none(), &results);
    Ok(record!(py,
        name: name,
        signature: signature(plan, name, &given, &returns),
        documentation: plan.text(row.documentation),
        action: plan.text(row.action),
        namespace: input.wrapper.get().map_or("", |Wrapper(name, _)| plan.text(name.ns)),
        style: style(row.style),
        use: use_(input.use_),
        soap: version(row.version),
        one_way: row.output.is_none(),
        parameters: described(py, plan, &given)?,
        choices: choices(py, plan, &encode::choices(plan, row.input))?,
        returns: returns,
        results: described(py, plan, &results)?,
        headers: headers,
        faults: faults,
    ))
}

fn part<'py>(py: Python<'py>, plan: &Plan, part: &Part) -> PyResult<Bound<'py, PyDict>> {
    Ok(record!(py,
        name: plan.text(part.key),
        type: plan.type_label(part.ty),
        element: part.element.get().map(|_| clark(plan, part.name)),
        documentation: plan.text(part.documentation),
    ))
}

fn described<'py>(py: Python<'py>, plan: &Plan, rows: &[Parameter]) -> PyResult<Bound<'py, PyList>> {
    let list = PyList::empty(py);
    for row in rows {
        let made = record!(py,
            name: plan.text(row.key),
            type: row.type_label(plan),
            type_name: plan.types[row.ty].name.get().map(|name| clark(plan, name)),
            required: row.required,
            repeated: row.repeated,
            nillable: row.nillable,
            documentation: documentation(plan, row),
        );
        if let Some(shape) = plan.nested(row.role, row.ty) {
            set_content(py, plan, shape, &made, &mut Nesting::default())?;
        }
        list.append(made)?;
    }
    Ok(list)
}

/// Each choice: whether one of its branches is required, and the names of each branch's members.
pub fn choices<'py>(py: Python<'py>, plan: &Plan, rows: &[Choice]) -> PyResult<Bound<'py, PyList>> {
    let list = PyList::empty(py);
    for row in rows {
        let names = |branch: &Vec<NameId>| branch.iter().map(|key| plan.text(*key)).collect();
        let branches: Vec<Vec<&str>> = row.branches.iter().map(names).collect();
        list.append(record!(py, required: row.required, branches: branches))?;
    }
    Ok(list)
}

/// The parameter's own text, else that of its type, unless that is XML Schema's.
fn documentation<'p>(plan: &'p Plan, row: &Parameter) -> &'p str {
    if row.documentation != NameId::EMPTY {
        return plan.text(row.documentation);
    }
    plan.text(plan.types[row.ty].documentation)
}

fn label(plan: &Plan, row: &Parameter) -> String {
    let label = row.type_label(plan);
    if row.repeated {
        format!("list of {label}")
    } else {
        label
    }
}

/// One value is itself, none is None, several are a struct.
fn returns(plan: &Plan, one_way: bool, results: &[Parameter]) -> String {
    match results {
        _ if one_way => "None".to_owned(),
        [] => "None".to_owned(),
        [only] => label(plan, only),
        several => {
            let members: Vec<_> =
                several.iter().map(|row| format!("{}: {}", plan.text(row.key), label(plan, row))).collect();
            format!("Struct({})", members.join(", "))
        }
    }
}

/// `addToGroup(sipId: SipId, group: xsd:string) -> None`.
fn signature(plan: &Plan, name: &str, given: &[Parameter], returns: &str) -> String {
    let parameters: Vec<_> = given
        .iter()
        .map(|row| {
            let optional = if row.required { "" } else { " = None" };
            format!("{}: {}{optional}", plan.text(row.key), label(plan, row))
        })
        .collect();
    format!("{name}({}) -> {returns}", parameters.join(", "))
}

/// A Python value or None.
pub fn optional<'py>(py: Python<'py>, plan: &Plan, id: NameId) -> PyResult<Bound<'py, PyAny>> {
    if id == NameId::NONE {
        Ok(py.None().into_bound(py))
    } else {
        plan.text(id).into_bound_py_any(py)
    }
}

/// An empty Struct, for the callers that fill one in steps.
pub fn empty(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    Ok(host(py)?.structure.bind(py).call0()?.cast_into::<PyDict>()?)
}
