//! Bounds on what components expand to: no derivation, group or substitution runs in circles (`circles` cuts
//! those), none is deeper than the limit, and all together they stay within reason. Whoever walks a checked set
//! may recurse along bases and groups. Elements may contain themselves; that is recursion of data, not of definitions.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use super::catalog::NameMap;
use super::circles::Step;
use super::model::{
    AttributeSet, ComplexType, Content, Origin, Particle, SchemaSet, SimpleType, Term, TypeDef, TypeKind,
    TypeRef,
};
use crate::error::{Error, Result};
use crate::index::NameId;
use crate::limits::Limits;
use crate::name::QName;

/// Particles and attributes of all types with their groups written out. Real services have tens of
/// thousands at most.
const MAX_EXPANDED: u64 = 1_000_000;

/// Stands for an anonymous type.
const ANONYMOUS: QName = QName { ns: NameId::NONE, local: NameId::NONE };

/// A component that others expand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Node {
    Type(QName),
    Group(QName),
    AttributeGroup(QName),
    /// An element, for the sake of its substitution group.
    Element(QName),
}

/// What a component takes when expanded.
#[derive(Debug, Clone, Copy, Default)]
struct Cost {
    depth: u32,
    size: u64,
}

enum State {
    Open,
    Done(Cost),
}

/// What a component says itself, and what it expands, each at a depth.
#[derive(Default)]
struct Own<'s> {
    cost: Cost,
    expands: Vec<(Node, u32)>,
    /// Elements it refers to: all that may substitute them become members.
    refers: Vec<QName>,
    /// Anonymous types of its elements: nothing refers to them, so they start afresh.
    inline: Vec<&'s TypeDef>,
}

/// The steps that close circles. Fails if the set cannot be expanded within bounds without them.
pub(super) fn check(set: &SchemaSet, limits: &Limits) -> Result<Vec<Step>> {
    let mut check = Check {
        set,
        limit: limits.depth,
        states: NameMap::default(),
        inline: Vec::new(),
        substitutes: HashMap::new(),
        circles: Vec::new(),
    };
    let mut total: u64 = 0;
    let groups = set.groups.iter().map(|(name, _)| Node::Group(name));
    let attributes = set.attribute_groups.iter().map(|(name, _)| Node::AttributeGroup(name));
    let types = set.types.iter().map(|(name, _)| Node::Type(name));
    let elements = set.elements.iter().map(|(name, _)| Node::Element(name));
    // Elements first: once chains of substitution are known to be short, counting along them is cheap.
    for node in elements.chain(groups).chain(attributes).chain(types) {
        total = total.saturating_add(check.visit(node)?.size);
    }
    while let Some(def) = check.inline.pop() {
        let mut own = Own::default();
        own.type_def(def, 1);
        total = total.saturating_add(check.finish(Node::Type(def.name.unwrap_or(ANONYMOUS)), own)?.size);
    }
    if total > MAX_EXPANDED {
        return Err(Error::wsdl(format!("groups and types expand to {total} particles")));
    }
    Ok(check.circles)
}

struct Check<'s> {
    set: &'s SchemaSet,
    limit: u32,
    states: NameMap<Node, State>,
    inline: Vec<&'s TypeDef>,
    /// See [`Check::substitutes`].
    substitutes: HashMap<QName, u64>,
    circles: Vec<Step>,
}

impl<'s> Check<'s> {
    /// The cost of a component; walks depth first with a stack of its own, as chains may be long.
    fn visit(&mut self, root: Node) -> Result<Cost> {
        let mut stack: Vec<(Node, Own<'s>, usize)> = Vec::new();
        let mut seen: HashSet<Step> = HashSet::new();
        self.open(root, &mut stack);
        while let Some((node, own, next)) = stack.last_mut() {
            if let Some(&(child, _)) = own.expands.get(*next) {
                *next += 1;
                match self.states.get(&child) {
                    Some(State::Done(_)) => {}
                    // What is open has no cost yet, so the step counts as left out.
                    Some(State::Open) if seen.insert((*node, child)) => self.circles.push((*node, child)),
                    Some(State::Open) => {}
                    None => self.open(child, &mut stack),
                }
            } else {
                let (node, own, _) = stack.pop().expect("the loop saw it");
                let cost = self.finish(node, own)?;
                self.states.insert(node, State::Done(cost));
            }
        }
        match self.states.get(&root) {
            Some(State::Done(cost)) => Ok(*cost),
            _ => Ok(Cost::default()),
        }
    }

    fn open(&mut self, node: Node, stack: &mut Vec<(Node, Own<'s>, usize)>) {
        if let Entry::Vacant(entry) = self.states.entry(node) {
            entry.insert(State::Open);
            stack.push((node, self.own(node), 0));
        }
    }

    fn own(&self, node: Node) -> Own<'s> {
        let mut own = Own::default();
        match node {
            Node::Type(name) => self.set.types.get(name).into_iter().for_each(|def| own.type_def(def, 1)),
            Node::Group(name) => {
                if let Some(group) = self.set.groups.get(name) {
                    own.particle(&group.particle, 1);
                }
            }
            Node::AttributeGroup(name) => {
                let group = self.set.attribute_groups.get(name);
                if let Some(group) = group {
                    own.attributes(&group.attributes, 1);
                }
            }
            Node::Element(name) => {
                let decl = self.set.elements.get(name);
                let head = decl.and_then(|decl| decl.substitution_group);
                own.expands.extend(head.map(|head| (Node::Element(head), 1)));
                own.inline.extend(decl.and_then(|decl| inline(decl.type_ref.as_ref())));
            }
        }
        own
    }

    /// Adds up a component whose parts are done.
    fn finish(&mut self, node: Node, own: Own<'s>) -> Result<Cost> {
        let mut cost = own.cost;
        for (child, depth) in own.expands {
            if let Some(State::Done(inner)) = self.states.get(&child) {
                cost.depth = cost.depth.max(depth.saturating_add(inner.depth));
                cost.size = cost.size.saturating_add(inner.size);
            }
        }
        for head in own.refers {
            cost.size = cost.size.saturating_add(self.substitutes(head));
        }
        self.inline.extend(own.inline);
        if cost.depth > self.limit {
            let limit = self.limit;
            return Err(self.error(node, |name| format!("{name} is nested deeper than {limit}")));
        }
        Ok(cost)
    }

    /// How many elements may stand for `head`, those that stand for them included.
    fn substitutes(&mut self, head: QName) -> u64 {
        if let Some(&known) = self.substitutes.get(&head) {
            return known;
        }
        let mut found = vec![head];
        let mut seen = HashSet::from([head]);
        while let Some(next) = found.pop() {
            let members = self.set.substitutions.get(next).into_iter().flatten();
            found.extend(members.filter(|name| seen.insert(**name)));
        }
        let count = seen.len() as u64 - 1;
        self.substitutes.insert(head, count);
        count
    }

    fn error(&self, node: Node, message: impl FnOnce(&str) -> String) -> Error {
        let (noun, origin) = node.describe(self.set);
        let name = match node.name() {
            ANONYMOUS => "an anonymous type".to_owned(),
            name => format!("{noun} {}", self.set.display(name)),
        };
        let error = Error::wsdl(message(&name));
        match origin {
            Some(origin) => {
                error.at(self.set.position(origin)).in_document(self.set.location(origin.document))
            }
            None => error,
        }
    }
}

impl Node {
    /// What kind of component it is, and where it is defined.
    pub fn describe(self, set: &SchemaSet) -> (&'static str, Option<Origin>) {
        match self {
            Self::Type(name) => ("type", set.types.get(name).map(|def| def.origin)),
            Self::Group(name) => ("group", set.groups.get(name).map(|group| group.origin)),
            Self::AttributeGroup(name) => {
                ("attribute group", set.attribute_groups.get(name).map(|group| group.origin))
            }
            Self::Element(name) => ("element", set.elements.get(name).map(|decl| decl.origin)),
        }
    }

    pub fn name(self) -> QName {
        match self {
            Self::Type(name) | Self::Group(name) | Self::AttributeGroup(name) | Self::Element(name) => name,
        }
    }
}

fn inline(reference: Option<&TypeRef>) -> Option<&TypeDef> {
    match reference {
        Some(TypeRef::Inline(def)) => Some(def),
        _ => None,
    }
}

impl<'s> Own<'s> {
    fn reach(&mut self, depth: u32) {
        self.cost.depth = self.cost.depth.max(depth);
        self.cost.size += 1;
    }

    fn type_def(&mut self, def: &'s TypeDef, depth: u32) {
        self.reach(depth);
        match &def.kind {
            TypeKind::Simple(SimpleType::Restriction { base, .. }) => self.type_ref(base, depth),
            TypeKind::Simple(SimpleType::List(item)) => self.type_ref(item, depth),
            TypeKind::Simple(SimpleType::Union(members)) => {
                for member in members {
                    self.type_ref(member, depth);
                }
            }
            TypeKind::Complex(complex) => self.complex_type(complex, depth),
        }
    }

    fn type_ref(&mut self, reference: &'s TypeRef, depth: u32) {
        match reference {
            TypeRef::Named(name) => self.expands.push((Node::Type(*name), depth + 1)),
            TypeRef::Inline(def) => self.type_def(def, depth + 1),
        }
    }

    fn complex_type(&mut self, complex: &'s ComplexType, depth: u32) {
        match &complex.content {
            Content::Particle(particle) => particle.iter().for_each(|inner| self.particle(inner, depth + 1)),
            Content::Derived { base, particle, .. } => {
                self.type_ref(base, depth);
                if let Some(inner) = particle {
                    self.particle(inner, depth + 1);
                }
            }
            Content::Simple { base, narrowed, .. } => {
                self.type_ref(base, depth);
                if let Some(inner) = narrowed {
                    self.type_ref(inner, depth);
                }
            }
        }
        self.attributes(&complex.attributes, depth + 1);
    }

    fn particle(&mut self, particle: &'s Particle, depth: u32) {
        self.reach(depth);
        match &particle.term {
            Term::Element(decl) => self.inline.extend(inline(decl.type_ref.as_ref())),
            Term::Sequence(list) | Term::Choice(list) | Term::All(list) => {
                for inner in list {
                    self.particle(inner, depth + 1);
                }
            }
            Term::GroupRef(name) => self.expands.push((Node::Group(*name), depth + 1)),
            Term::ElementRef(name) => self.refers.push(*name),
            Term::Any(_) => {}
        }
    }

    fn attributes(&mut self, set: &'s AttributeSet, depth: u32) {
        self.cost.size += set.uses.len() as u64;
        self.expands.extend(set.groups.iter().map(|name| (Node::AttributeGroup(*name), depth + 1)));
    }
}
