//! Content models: particles into the members of a shape (XSD 1.0 part 1, §3.8, §3.9).
//!
//! Groups that occur at most once dissolve into their record. A repeated group keeps its records apart under a
//! key of its own, unless it has a single member, which then is simply repeated.

use foldhash::{HashMap, HashSet};

use super::builder::Builder;
use crate::error::Result;
use crate::index::*;
use crate::name::QName;
use crate::plan::tables::*;
use crate::xsd::{self, ElementDecl, Origin, Term as XsdTerm};

/// A particle whose members are slots of a [`ShapeBuilder`].
pub(super) struct Node {
    pub min: u32,
    pub max: u32,
    pub term: NodeTerm,
}

pub(super) enum NodeTerm {
    Member(usize),
    Sequence(Vec<Node>),
    Choice(Vec<Node>),
    All(Vec<Node>),
}

/// A shape in the making.
#[derive(Default)]
pub(super) struct ShapeBuilder {
    pub members: Vec<Member>,
    pub root: Option<Node>,
    slots: HashMap<QName, usize>,
    keys: HashSet<NameId>,
    /// The number that a taken key was last given, so that thousands of groups do not each try all of them.
    numbers: HashMap<NameId, u32>,
    /// Element names below a repeated group, with the group's slot.
    pub inner: Vec<(QName, usize)>,
    pub any: Option<usize>,
}

/// The bounds of a particle within those of a group around it.
fn times(outer: (u32, u32), inner: (u32, u32)) -> (u32, u32) {
    (outer.0.saturating_mul(inner.0), outer.1.saturating_mul(inner.1))
}

fn bounds(particle: &xsd::Particle) -> (u32, u32) {
    (particle.min, particle.max.unwrap_or(UNBOUNDED))
}

impl ShapeBuilder {
    pub fn len(&self) -> usize {
        self.members.len()
    }

    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    pub fn push(&mut self, member: Member) -> usize {
        self.keys.insert(member.key);
        self.members.push(member);
        self.members.len() - 1
    }

    /// The slot of an element; the same name again is the same member.
    fn element(&mut self, builder: &mut Builder<'_>, mut member: Member) -> usize {
        if member.role == Role::Element {
            if let Some(&slot) = self.slots.get(&member.name) {
                return slot;
            }
            self.slots.insert(member.name, self.members.len());
        }
        member.key = self.free_key(builder, member.key, member.name);
        self.push(member)
    }

    fn free_key(&mut self, builder: &mut Builder<'_>, key: NameId, name: QName) -> NameId {
        if !self.keys.contains(&key) {
            return key;
        }
        if name.local == key && name.ns != NameId::EMPTY {
            let clark = builder.clark(name);
            let clark = builder.names.intern(&clark);
            if !self.keys.contains(&clark) {
                return clark;
            }
        }
        let base = builder.names.text(key).to_owned();
        let number = self.numbers.entry(key).or_insert(1);
        loop {
            *number += 1;
            let key = builder.names.intern(&format!("{base}_{number}"));
            if !self.keys.contains(&key) {
                return key;
            }
        }
    }

    /// The key of an attribute: its local name, with `@` before it where an element has that name.
    pub fn attribute_key(&mut self, builder: &mut Builder<'_>, name: QName) -> NameId {
        if !self.keys.contains(&name.local) {
            return name.local;
        }
        let marked = format!("@{}", builder.names.text(name.local));
        let marked = builder.names.intern(&marked);
        self.free_key(builder, marked, name)
    }

    /// The member that holds the text of simple content.
    pub fn text(&mut self, builder: &mut Builder<'_>, ty: TypeId) -> usize {
        let member = builder.named_member("_", Role::Text, ty);
        self.push(member)
    }

    pub fn mixed(&mut self, builder: &mut Builder<'_>) -> usize {
        let member = builder.named_member("_mixed", Role::Mixed, Plan::ANY_TYPE);
        self.push(member)
    }

    pub fn any_attribute(&mut self, builder: &mut Builder<'_>, wildcard: WildcardId) -> usize {
        let member = builder.named_member("_attributes", Role::AnyAttribute(wildcard), Plan::ANY_TYPE);
        self.push(member)
    }
}

impl<'d> Builder<'d> {
    fn named_member(&mut self, key: &str, role: Role, ty: TypeId) -> Member {
        let key = self.names.intern(key);
        self.member(key, role, QName { ns: NameId::EMPTY, local: key }, ty)
    }

    /// Builds the content model of particles that follow each other.
    pub fn content(
        &mut self,
        shape: &mut ShapeBuilder,
        particles: &[&'d xsd::Particle],
        origin: Origin,
    ) -> Result<()> {
        let mut nodes = Vec::new();
        for particle in particles {
            nodes.extend(self.node(shape, particle, bounds(particle), origin)?);
        }
        if !nodes.is_empty() {
            let root = Node { min: 1, max: 1, term: NodeTerm::Sequence(spliced(nodes)) };
            shape.root = Some(unwrapped(root));
        }
        Ok(())
    }

    /// The node of one particle with the given bounds; `None` if it allows nothing.
    fn node(
        &mut self,
        shape: &mut ShapeBuilder,
        particle: &'d xsd::Particle,
        (min, max): (u32, u32),
        origin: Origin,
    ) -> Result<Option<Node>> {
        if max == 0 {
            return Ok(None);
        }
        self.descend()?;
        let node = match &particle.term {
            XsdTerm::Element(declaration) => {
                let member = self.local_element(declaration);
                Some(self.leaf(shape, member, min, max))
            }
            XsdTerm::ElementRef(name) => Some(self.element_ref(shape, *name, min, max, origin)),
            XsdTerm::Any(wildcard) => {
                let slot = match shape.any {
                    Some(slot) if matches!(shape.members[slot].role, Role::Any(_)) => slot,
                    _ => {
                        let wildcard = self.wildcard(wildcard);
                        let member = self.named_member("_any", Role::Any(wildcard), Plan::ANY_TYPE);
                        shape.push(member)
                    }
                };
                shape.any = Some(slot);
                Some(Node { min, max, term: NodeTerm::Member(slot) })
            }
            XsdTerm::GroupRef(name) => {
                if let Some(group) = self.set.groups.get(*name) {
                    let bounds = times((min, max), bounds(&group.particle));
                    self.node(shape, &group.particle, bounds, origin)?
                } else {
                    self.warn(format!("group {} is not defined", self.clark(*name)), origin);
                    None
                }
            }
            XsdTerm::Sequence(_) | XsdTerm::Choice(_) | XsdTerm::All(_) if max > 1 => {
                self.repeated(shape, particle, (min, max), origin)?
            }
            XsdTerm::Sequence(_) | XsdTerm::Choice(_) | XsdTerm::All(_) => {
                self.group(shape, particle, min, origin)?
            }
        };
        self.depth -= 1;
        Ok(node)
    }

    /// A group that occurs at most once: its members are the record's.
    fn group(
        &mut self,
        shape: &mut ShapeBuilder,
        particle: &'d xsd::Particle,
        min: u32,
        origin: Origin,
    ) -> Result<Option<Node>> {
        let (XsdTerm::Sequence(inner) | XsdTerm::Choice(inner) | XsdTerm::All(inner)) = &particle.term else {
            return Ok(None);
        };
        let mut nodes = Vec::with_capacity(inner.len());
        let mut optional = false;
        for inner in inner {
            let node = self.node(shape, inner, bounds(inner), origin)?;
            optional |= node.is_none();
            nodes.extend(node);
        }
        if nodes.is_empty() {
            return Ok(None);
        }
        let (min, term) = match &particle.term {
            // A branch that is empty can always be taken.
            XsdTerm::Choice(_) => (if optional { 0 } else { min }, NodeTerm::Choice(nodes)),
            XsdTerm::All(_) => (min, NodeTerm::All(nodes)),
            _ => (min, NodeTerm::Sequence(spliced(nodes))),
        };
        Ok(Some(unwrapped(Node { min, max: 1, term })))
    }

    /// A group that may occur more than once.
    fn repeated(
        &mut self,
        shape: &mut ShapeBuilder,
        particle: &'d xsd::Particle,
        (min, max): (u32, u32),
        origin: Origin,
    ) -> Result<Option<Node>> {
        let mut inner = ShapeBuilder::default();
        inner.root = self.group(&mut inner, particle, 1, origin)?;
        let key = if matches!(particle.term, XsdTerm::Choice(_)) { "_choice" } else { "_sequence" };
        Ok(self.kept(shape, inner, key, (min, max)))
    }

    /// Puts a repeated inner shape into a shape: as its only member repeated, or as a list of records.
    fn kept(
        &mut self,
        shape: &mut ShapeBuilder,
        mut inner: ShapeBuilder,
        key: &str,
        outer: (u32, u32),
    ) -> Option<Node> {
        let root = inner.root.as_ref()?;
        if inner.members.len() == 1 {
            let (min, max) = times(outer, root.counts().first().copied().unwrap_or((0, 1)));
            let member = inner.members.pop()?;
            let is_any = inner.any.is_some();
            let slot =
                if let (true, Some(slot)) = (is_any, shape.any) { slot } else { shape.element(self, member) };
            if is_any {
                shape.any = Some(slot);
            }
            shape.inner.extend(inner.inner.iter().map(|(name, _)| (*name, slot)));
            return Some(Node { min, max, term: NodeTerm::Member(slot) });
        }
        let has_any = inner.any.is_some();
        let (inner, _) = inner.finish(self);
        let member = self.named_member(key, Role::Group(inner), Plan::ANY_TYPE);
        let slot = shape.element(self, member);
        shape.inner.extend(self.plan.lookup(inner).iter().map(|Named(name, _)| (*name, slot)));
        if has_any {
            shape.any.get_or_insert(slot);
        }
        Some(Node { min: outer.0, max: outer.1, term: NodeTerm::Member(slot) })
    }

    fn leaf(&mut self, shape: &mut ShapeBuilder, member: Member, min: u32, max: u32) -> Node {
        let slot = shape.element(self, member);
        Node { min, max, term: NodeTerm::Member(slot) }
    }

    /// A reference to a global element, which the members of its substitution group may stand for.
    fn element_ref(
        &mut self,
        shape: &mut ShapeBuilder,
        name: QName,
        min: u32,
        max: u32,
        origin: Origin,
    ) -> Node {
        let options = self.substitutes(name);
        if options.len() <= 1 {
            let member = self.global_member(options.first().copied().unwrap_or(name), origin);
            return self.leaf(shape, member, min, max);
        }
        if max == 1 {
            let nodes = options
                .into_iter()
                .map(|option| {
                    let member = self.global_member(option, origin);
                    self.leaf(shape, member, 1, 1)
                })
                .collect();
            return Node { min, max, term: NodeTerm::Choice(nodes) };
        }
        let mut inner = ShapeBuilder::default();
        let nodes = options
            .into_iter()
            .map(|option| {
                let member = self.global_member(option, origin);
                self.leaf(&mut inner, member, 1, 1)
            })
            .collect();
        inner.root = Some(Node { min: 1, max: 1, term: NodeTerm::Choice(nodes) });
        let key = self.names.text(name.local).to_owned();
        self.kept(shape, inner, &key, (min, max)).expect("a substitution group has members")
    }

    fn local_element(&mut self, declaration: &'d ElementDecl) -> Member {
        let ty = self.declared_type(declaration);
        let mut member = self.member(declaration.name.local, Role::Element, declaration.name, ty);
        self.describe_element(&mut member, declaration);
        member
    }

    pub fn describe_element(&mut self, member: &mut Member, declaration: &'d ElementDecl) {
        member.nillable = declaration.nillable;
        member.is_abstract = declaration.is_abstract;
        member.default = declaration.default.as_deref().map_or(NameId::NONE, |text| self.names.intern(text));
        member.fixed = declaration.fixed.as_deref().map_or(NameId::NONE, |text| self.names.intern(text));
        member.documentation = self.documentation(declaration.documentation.as_deref());
    }

    pub fn wildcard(&mut self, wildcard: &xsd::Wildcard) -> WildcardId {
        let namespaces = match &wildcard.namespaces {
            xsd::Namespaces::Any => Allowed::Any,
            xsd::Namespaces::Other(uri) => Allowed::Other(*uri),
            xsd::Namespaces::List(uris) => Allowed::Listed(uris.clone()),
        };
        let process = match wildcard.process {
            xsd::Process::Strict => Process::Strict,
            xsd::Process::Lax => Process::Lax,
            xsd::Process::Skip => Process::Skip,
        };
        self.plan.wildcards.push(Wildcard { namespaces, process })
    }
}

/// Sequences that stand in a sequence exactly once are part of it.
fn spliced(nodes: Vec<Node>) -> Vec<Node> {
    let mut flat = Vec::with_capacity(nodes.len());
    for node in nodes {
        match node {
            Node { min: 1, max: 1, term: NodeTerm::Sequence(inner) } => flat.extend(inner),
            node => flat.push(node),
        }
    }
    flat
}

/// A group of one group is that group.
fn unwrapped(node: Node) -> Node {
    match node {
        Node { min: 1, max: 1, term: NodeTerm::Sequence(mut inner) | NodeTerm::All(mut inner) }
            if inner.len() == 1 && !matches!(inner[0].term, NodeTerm::Member(_)) =>
        {
            inner.remove(0)
        }
        node => node,
    }
}
