//! What callers may want to know of a content model: its choices (XSD 1.0 part 1, §3.8).

use super::tables::*;
use crate::index::*;

/// A choice among the members of a record.
#[derive(Debug, PartialEq, Eq)]
pub struct Choice {
    /// Whether one of the branches must be there.
    pub required: bool,
    /// The keys of each branch's members.
    pub branches: Vec<Vec<NameId>>,
}

/// Records described in each other.
const DEEPEST: usize = 16;

/// The records that are being described, one in the other.
#[derive(Debug)]
pub struct Nesting {
    open: Vec<ShapeId>,
    left: u32,
}

impl Default for Nesting {
    fn default() -> Self {
        // Elements that refer to each other can make a description far longer than their definitions.
        Self { open: Vec::new(), left: 1000 }
    }
}

impl Nesting {
    /// Whether to describe a record here: not inside itself, nor deeper than anybody reads, nor after a thousand others.
    pub fn enter(&mut self, shape: ShapeId) -> bool {
        let is_new = self.left > 0 && self.open.len() < DEEPEST && !self.open.contains(&shape);
        if is_new {
            self.left -= 1;
            self.open.push(shape);
        }
        is_new
    }

    /// Ends what [`Self::enter`] began.
    pub fn leave(&mut self) {
        self.open.pop();
    }

    pub fn depth(&self) -> usize {
        self.open.len()
    }
}

/// How far anonymous types, groups and derivations may nest; deeper content models are not compiled.
pub const NESTING: u32 = 512;

impl Plan {
    /// The choices of a shape, outermost first; those of a repeated group are its own.
    pub fn choices(&self, shape: ShapeId) -> Vec<Choice> {
        let mut found = Vec::new();
        if let Some(root) = self.shapes[shape].root.get() {
            self.find_choices(root, NESTING, &mut found);
        }
        found
    }

    fn find_choices(&self, at: ParticleId, nesting: u32, found: &mut Vec<Choice>) {
        let particle = &self.particles[at];
        let (Term::Sequence(inner) | Term::All(inner) | Term::Choice(inner)) = particle.term else { return };
        if let Term::Choice(_) = particle.term {
            let mut branches: Vec<Vec<NameId>> =
                inner.ids().map(|branch| self.keys(branch, nesting)).collect();
            let required = particle.min > 0 && branches.iter().all(|branch| !branch.is_empty());
            branches.retain(|branch| !branch.is_empty());
            // A choice of one is none.
            if branches.len() > 1 {
                found.push(Choice { required, branches });
            }
        }
        if nesting > 0 {
            inner.ids().for_each(|particle| self.find_choices(particle, nesting - 1, found));
        }
    }

    /// The keys of the members below a particle.
    fn keys(&self, at: ParticleId, nesting: u32) -> Vec<NameId> {
        match self.particles[at].term {
            Term::Member(member) => vec![self.members[member].key],
            Term::Sequence(inner) | Term::All(inner) | Term::Choice(inner) if nesting > 0 => {
                inner.ids().flat_map(|particle| self.keys(particle, nesting - 1)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// `one of mail | phone | street, town`, or `at most one of …`.
    pub fn choice_label(&self, choice: &Choice) -> String {
        let branch =
            |keys: &Vec<NameId>| keys.iter().map(|key| self.text(*key)).collect::<Vec<_>>().join(", ");
        let branches: Vec<_> = choice.branches.iter().map(branch).collect();
        let least = if choice.required { "" } else { "at most " };
        format!("{least}one of {}", branches.join(" | "))
    }

    /// The members that only the place of a member can show: those of a repeated group, and of a type without a name.
    pub fn nested(&self, role: Role, ty: TypeId) -> Option<ShapeId> {
        match (role, self.types[ty].kind) {
            (Role::Group(shape), _) => Some(shape),
            (_, TypeKind::Complex(id)) if self.types[ty].name.is_none() => Some(self.complexes[id].shape),
            _ => None,
        }
    }

    /// How the type of a member is called: [`Plan::type_label`], or `struct` for a repeated group, which has none.
    pub fn role_label(&self, role: Role, ty: TypeId) -> String {
        match role {
            Role::Group(_) => "struct".to_owned(),
            _ => self.type_label(ty),
        }
    }
}
