//! Whether a plan is sound: every id and run within its table, nothing that refers to itself without an end.
//!
//! A compiled plan is sound by construction, but for cycles among simple types, which only show when all are
//! known. A plan from disk is checked in full before anything uses it.

use super::services::*;
use super::tables::*;
use crate::index::*;
use crate::name::QName;
use crate::scalar::Builtin;

/// The number of namespaces that every plan begins with.
const FIXED_NAMESPACES: usize = 9;

/// Whether all that refers to something refers to a row that exists.
pub fn is_sound(plan: &Plan) -> bool {
    let check = Check { plan };
    plan.names.is_sound()
        && check.builtins()
        && check.namespaces()
        && check.types()
        && check.arrays()
        && check.content()
        && check.shapes()
        && check.services()
        && check.messages()
        && base_cycle(plan).is_none()
        && simple_cycle(plan).is_none()
}

struct Check<'p> {
    plan: &'p Plan,
}

fn within<I: Id, T>(table: &Table<I, T>, id: I) -> bool {
    id.index() < table.len()
}

fn run_within<I: Id, T>(table: &Table<I, T>, run: Run<I>) -> bool {
    (run.start as usize).checked_add(run.len as usize).is_some_and(|end| end <= table.len())
}

impl Check<'_> {
    fn name(&self, id: NameId) -> bool {
        id.index() < self.plan.names.len()
    }

    fn name_or_none(&self, id: NameId) -> bool {
        id == NameId::NONE || self.name(id)
    }

    fn qname(&self, name: QName) -> bool {
        self.name(name.ns) && self.name(name.local)
    }

    fn tag(&self, tag: Tag) -> bool {
        self.name(tag.text) && (tag.ns as usize) < self.plan.namespaces.len()
    }

    fn ty(&self, id: TypeId) -> bool {
        within(&self.plan.types, id)
    }

    fn builtins(&self) -> bool {
        let rows = &self.plan.types;
        rows.len() > Builtin::ALL.len()
            && Builtin::ALL.iter().zip(rows.iter()).all(|(builtin, row)| row.atom.get() == Some(*builtin))
            && rows[Plan::ANY_TYPE].kind == TypeKind::Any
    }

    fn namespaces(&self) -> bool {
        let rows = &self.plan.namespaces;
        rows.len() >= FIXED_NAMESPACES
            && rows.iter().all(|row| self.name(row.uri) && self.name(row.prefix))
            && self.name(self.plan.target_namespace)
            && self.name(self.plan.documentation)
    }

    fn types(&self) -> bool {
        let plan = self.plan;
        let kind = |kind: TypeKind| match kind {
            TypeKind::Any | TypeKind::Map => true,
            TypeKind::Simple(id) => within(&plan.simples, id),
            TypeKind::Complex(id) => within(&plan.complexes, id),
            TypeKind::Array(id) => within(&plan.arrays, id),
        };
        plan.types.iter().all(|row| {
            row.name.get().is_none_or(|name| self.qname(name))
                && self.tag(row.tag)
                && kind(row.kind)
                && row.base.get().is_none_or(|base| self.ty(base))
                && self.name(row.documentation)
        }) && plan.simples.iter().all(|row| {
            let variety = match &row.variety {
                Variety::Atomic(_) => true,
                Variety::List(item) => self.ty(*item),
                Variety::Union(members) => members.iter().all(|member| self.ty(*member)),
            };
            variety && row.facets.is_none_or(|facets| within(&plan.facets, facets))
        }) && plan.types_by_name.iter().all(|row| self.qname(row.0) && self.ty(row.1))
    }

    fn arrays(&self) -> bool {
        self.plan.arrays.iter().all(|row| {
            self.ty(row.item)
                && (1..=64).contains(&row.rank)
                && self.tag(row.item_tag)
                && self.tag(row.item_type_tag)
        })
    }

    fn content(&self) -> bool {
        let plan = self.plan;
        let member = |id: Maybe<MemberId>| id.get().is_none_or(|id| within(&plan.members, id));
        plan.complexes.iter().all(|row| {
            within(&plan.shapes, row.shape)
                && run_within(&plan.members, row.attributes)
                && member(row.text)
                && member(row.mixed)
                && member(row.any_attribute)
        }) && plan.members.iter().all(|row| {
            let role = match row.role {
                Role::Any(id) | Role::AnyAttribute(id) => within(&plan.wildcards, id),
                Role::Group(id) => within(&plan.shapes, id),
                Role::Element | Role::Attribute | Role::Text | Role::Mixed => true,
            };
            role && self.name(row.key)
                && self.qname(row.name)
                && self.tag(row.tag)
                && self.ty(row.ty)
                && self.name_or_none(row.default)
                && self.name_or_none(row.fixed)
                && self.name(row.documentation)
        }) && plan.wildcards.iter().all(|row| match &row.namespaces {
            Allowed::Any => true,
            Allowed::Other(uri) => self.name(*uri),
            Allowed::Listed(uris) => uris.iter().all(|uri| self.name(*uri)),
        })
    }

    /// Inner groups and particles come before what contains them, so nothing contains itself.
    fn shapes(&self) -> bool {
        let plan = self.plan;
        let ordered = plan.particles.ids().all(|id| match plan.particles[id].term {
            Term::Member(member) => within(&plan.members, member),
            Term::Sequence(inner) | Term::Choice(inner) | Term::All(inner) => {
                run_within(&plan.particles, inner) && (inner.is_empty() || inner.at(inner.len() - 1) < id)
            }
        });
        // A particle belongs to one shape, so a walk over all of them visits each once.
        let mut budget = plan.particles.len() + plan.shapes.len();
        ordered && plan.shapes.ids().all(|id| self.shape(id, &mut budget))
    }

    fn shape(&self, id: ShapeId, budget: &mut usize) -> bool {
        let plan = self.plan;
        let shape = &plan.shapes[id];
        if !run_within(&plan.members, shape.members) {
            return false;
        }
        if !run_within(&plan.lookups, shape.lookup) {
            return false;
        }
        let rows = plan.lookups.run(shape.lookup);
        let mut waiting: Vec<ParticleId> = shape.root.get().into_iter().collect();
        while let Some(particle) = waiting.pop() {
            let Some(row) = plan.particles.get(particle) else { return false };
            let Some(left) = budget.checked_sub(1) else { return false };
            *budget = left;
            match row.term {
                Term::Member(member) if shape.members.contains(member) => {}
                Term::Member(_) => return false,
                Term::Sequence(inner) | Term::Choice(inner) | Term::All(inner) => waiting.extend(inner.ids()),
            }
        }
        rows.iter().all(|row| self.qname(row.0) && shape.members.contains(row.1))
            && shape.any.get().is_none_or(|any| shape.members.contains(any))
            && plan.members.run(shape.members).iter().all(|member| match member.role {
                Role::Group(inner) => inner < id,
                _ => true,
            })
    }

    fn services(&self) -> bool {
        let plan = self.plan;
        plan.elements.iter().all(|row| {
            self.qname(row.name) && self.tag(row.tag) && self.ty(row.ty) && self.name(row.documentation)
        }) && plan.elements_by_name.iter().all(|row| self.qname(row.0) && within(&plan.elements, row.1))
            && plan.services.iter().all(|row| {
                self.name(row.name) && run_within(&plan.ports, row.ports) && self.name(row.documentation)
            })
            && plan.ports.iter().all(|row| {
                self.name(row.name)
                    && within(&plan.services, row.service)
                    && self.qname(row.binding)
                    && self.name(row.address)
                    && run_within(&plan.operations, row.operations)
                    && self.name(row.documentation)
            })
    }

    fn part(&self, part: &Part) -> bool {
        self.name(part.key)
            && self.qname(part.name)
            && self.tag(part.tag)
            && self.ty(part.ty)
            && part.element.get().is_none_or(|element| within(&self.plan.elements, element))
            && self.name(part.documentation)
    }

    fn messages(&self) -> bool {
        let plan = self.plan;
        plan.operations.iter().all(|row| {
            self.name(row.name)
                && self.name(row.key)
                && self.name(row.action)
                && within(&plan.messages, row.input)
                && row.output.get().is_none_or(|output| within(&plan.messages, output))
                && run_within(&plan.faults, row.faults)
                && self.name(row.documentation)
        }) && plan.messages.iter().all(|row| {
            row.wrapper.get().is_none_or(|Wrapper(name, tag)| self.qname(name) && self.tag(tag))
                && self.name(row.encoding_style)
                && run_within(&plan.parts, row.parts)
                && run_within(&plan.headers, row.headers)
                && row.wrapped.get().is_none_or(|id| within(&plan.complexes, id) && row.parts.len() == 1)
        }) && plan.parts.iter().all(|part| self.part(part))
            && plan.headers.iter().all(|header| self.part(&header.part))
            && plan.faults.iter().all(|fault| self.name(fault.name) && self.part(&fault.part))
    }
}

/// A type that is its own base, however far up.
fn base_cycle(plan: &Plan) -> Option<TypeId> {
    let next = |id: TypeId, into: &mut Vec<TypeId>| into.extend(plan.types[id].base.get());
    cycle(plan, &next)
}

/// A list or union type that contains itself (XSD 1.0 part 1, §3.14.6).
pub(super) fn simple_cycle(plan: &Plan) -> Option<TypeId> {
    let next = |id: TypeId, into: &mut Vec<TypeId>| {
        if let TypeKind::Simple(simple) = plan.types[id].kind {
            match &plan.simples[simple].variety {
                Variety::Atomic(_) => {}
                Variety::List(item) => into.push(*item),
                Variety::Union(members) => into.extend(members),
            }
        }
    };
    cycle(plan, &next)
}

/// A type on a cycle of `next`; without recursion, each type once.
fn cycle(plan: &Plan, next: &dyn Fn(TypeId, &mut Vec<TypeId>)) -> Option<TypeId> {
    const OPEN: u8 = 1;
    const DONE: u8 = 2;
    let mut states = vec![0u8; plan.types.len()];
    let mut waiting = Vec::new();
    for start in plan.types.ids() {
        waiting.push(start);
        while let Some(&id) = waiting.last() {
            if states[id.index()] != 0 {
                states[id.index()] = DONE;
                waiting.pop();
                continue;
            }
            states[id.index()] = OPEN;
            let before = waiting.len();
            next(id, &mut waiting);
            for &follower in &waiting[before..] {
                if states[follower.index()] == OPEN {
                    return Some(follower);
                }
            }
            let states = &states;
            let mut at = before;
            while at < waiting.len() {
                if states[waiting[at].index()] == DONE {
                    waiting.swap_remove(at);
                } else {
                    at += 1;
                }
            }
        }
    }
    None
}
