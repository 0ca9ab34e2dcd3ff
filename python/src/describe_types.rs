//! The named types of a plan as Python data.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use wsdlproxy::index::{ShapeId, TypeId};
use wsdlproxy::name::ns;
use wsdlproxy::plan::{Member, Nesting, Plan, Role, Simple, TypeKind, Variety, UNBOUNDED};

use crate::describe::{choices, clark, empty, insert, optional, record};
use crate::names::Names;

/// Namespaces whose types belong to the standards, not to the service.
const STANDARD: [&str; 5] =
    [ns::XSD, ns::SOAP11_ENCODING, ns::SOAP12_ENCODING, ns::SOAP11_ENVELOPE, ns::SOAP12_ENVELOPE];

/// By local name; a second one of that name as `{namespace}name`.
pub fn types<'py>(py: Python<'py>, names: &Names) -> PyResult<Bound<'py, PyDict>> {
    let plan = &*names.plan;
    let all = PyDict::new(py);
    for id in plan.types.ids() {
        let Some(name) = plan.types[id].name.get() else { continue };
        if STANDARD.contains(&plan.text(name.ns)) {
            continue;
        }
        insert(&all, plan.text(name.local), &clark(plan, name), described(py, plan, id)?)?;
    }
    Ok(all)
}

fn described<'py>(py: Python<'py>, plan: &Plan, id: TypeId) -> PyResult<Bound<'py, PyDict>> {
    let row = &plan.types[id];
    let made = empty(py)?;
    if let Some(name) = row.name.get() {
        made.set_item("name", plan.text(name.local))?;
        made.set_item("namespace", plan.text(name.ns))?;
    }
    made.set_item("kind", kind(row.kind))?;
    made.set_item(
        "base",
        row.base.get().filter(|base| *base != Plan::ANY_TYPE).map(|base| plan.type_label(base)),
    )?;
    made.set_item("abstract", row.is_abstract)?;
    made.set_item("documentation", plan.text(row.documentation))?;
    match row.kind {
        TypeKind::Any | TypeKind::Map => {}
        TypeKind::Simple(simple) => set_simple(py, plan, &plan.simples[simple], &made)?,
        TypeKind::Array(array) => {
            let array = &plan.arrays[array];
            made.set_item("item", plan.type_label(array.item))?;
            made.set_item("dimensions", array.rank)?;
        }
        TypeKind::Complex(complex) => {
            set_content(py, plan, plan.complexes[complex].shape, &made, &mut Nesting::default())?;
        }
    }
    Ok(made)
}

fn kind(kind: TypeKind) -> &'static str {
    match kind {
        TypeKind::Any => "any",
        TypeKind::Simple(_) => "simple",
        TypeKind::Complex(_) => "struct",
        TypeKind::Array(_) => "array",
        TypeKind::Map => "map",
    }
}

fn set_simple<'py>(py: Python<'py>, plan: &Plan, simple: &Simple, made: &Bound<'py, PyDict>) -> PyResult<()> {
    match &simple.variety {
        Variety::Atomic(builtin) => made.set_item("primitive", format!("xsd:{}", builtin.name()))?,
        Variety::List(item) => made.set_item("list_of", plan.type_label(*item))?,
        Variety::Union(members) => {
            let labels = members.iter().map(|member| plan.type_label(*member));
            made.set_item("union_of", PyList::new(py, labels.collect::<Vec<_>>())?)?;
        }
    }
    if let Some(facets) = simple.facets {
        let facets = &plan.facets[facets];
        if !facets.enumeration.is_empty() {
            made.set_item("values", facets.enumeration.clone())?;
        }
        let listed = facets.listed();
        if !listed.is_empty() {
            made.set_item("facets", listed)?;
        }
    }
    Ok(())
}

/// The members and choices of a shape.
pub fn set_content<'py>(
    py: Python<'py>,
    plan: &Plan,
    shape: ShapeId,
    made: &Bound<'py, PyDict>,
    nesting: &mut Nesting,
) -> PyResult<()> {
    if !nesting.enter(shape) {
        return Ok(());
    }
    let list = PyList::empty(py);
    for row in plan.members.run(plan.shapes[shape].members) {
        list.append(member(py, plan, row, nesting)?)?;
    }
    nesting.leave();
    made.set_item("members", list)?;
    made.set_item("choices", choices(py, plan, &plan.choices(shape))?)
}

fn member<'py>(
    py: Python<'py>,
    plan: &Plan,
    row: &Member,
    nesting: &mut Nesting,
) -> PyResult<Bound<'py, PyDict>> {
    let made = record!(py,
        name: plan.text(row.key),
        role: role(row.role),
        type: plan.role_label(row.role, row.ty),
        required: row.min > 0,
        repeated: row.repeated(),
        min: row.min,
        max: (row.max != UNBOUNDED).then_some(row.max),
        nillable: row.nillable,
        default: optional(py, plan, row.default)?,
        fixed: optional(py, plan, row.fixed)?,
        documentation: plan.text(row.documentation),
    );
    if let Some(shape) = plan.nested(row.role, row.ty) {
        set_content(py, plan, shape, &made, nesting)?;
    }
    Ok(made)
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Element => "element",
        Role::Attribute => "attribute",
        Role::Text => "text",
        Role::Mixed => "mixed",
        Role::Any(_) => "any",
        Role::AnyAttribute(_) => "any attribute",
        Role::Group(_) => "group",
    }
}
