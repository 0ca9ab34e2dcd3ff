//! How often a member can occur in its record, and the finished shape.

use foldhash::HashMap;

use super::builder::Builder;
use super::content::{Node, NodeTerm, ShapeBuilder};
use crate::index::*;
use crate::plan::tables::*;

/// Least and greatest number by slot.
type Counts = HashMap<usize, (u32, u32)>;

impl Node {
    /// Counts of the slots below, in the order of the slots.
    pub fn counts(&self) -> Vec<(u32, u32)> {
        let mut counts: Vec<_> = count(self).into_iter().collect();
        counts.sort_unstable_by_key(|(slot, _)| *slot);
        counts.into_iter().map(|(_, count)| count).collect()
    }
}

fn count(node: &Node) -> Counts {
    let mut counts = Counts::default();
    each_count(node, true, &mut |slot, count| add(counts.entry(slot).or_default(), count));
    counts
}

fn add(total: &mut (u32, u32), (min, max): (u32, u32)) {
    *total = (total.0.saturating_add(min), total.1.saturating_add(max));
}

/// Calls `found` with numbers that add up to those of each slot. What is not `required` may be left out.
fn each_count(node: &Node, required: bool, found: &mut dyn FnMut(usize, (u32, u32))) {
    let required = required && node.min > 0;
    match &node.term {
        NodeTerm::Member(slot) => found(*slot, (if required { node.min } else { 0 }, node.max)),
        NodeTerm::Sequence(inner) | NodeTerm::All(inner) => {
            inner.iter().for_each(|inner| each_count(inner, required, found));
        }
        NodeTerm::Choice(branches) => {
            for (slot, (min, max)) in either(branches) {
                found(slot, (if required { min } else { 0 }, max));
            }
        }
    }
}

/// One branch occurs: the least is that of all branches, and 0 for a member that one of them lacks.
fn either(branches: &[Node]) -> Counts {
    let mut total: HashMap<usize, (u32, u32, usize)> = HashMap::default();
    for branch in branches {
        for (slot, (min, max)) in count(branch) {
            let entry = total.entry(slot).or_insert((u32::MAX, 0, 0));
            entry.0 = entry.0.min(min);
            entry.1 = entry.1.max(max);
            entry.2 += 1;
        }
    }
    let everywhere = branches.len();
    total
        .into_iter()
        .map(|(slot, (min, max, seen))| (slot, (if seen == everywhere { min } else { 0 }, max)))
        .collect()
}

impl ShapeBuilder {
    /// Writes the shape into the plan; returns its id and its run of members.
    pub fn finish(mut self, builder: &mut Builder<'_>) -> (ShapeId, Run<MemberId>) {
        let root = self.root.take();
        if let Some(root) = &root {
            let mut counts = vec![None; self.members.len()];
            each_count(root, true, &mut |slot, count| add(counts[slot].get_or_insert_default(), count));
            for (member, count) in self.members.iter_mut().zip(counts) {
                (member.min, member.max) = count.unwrap_or((member.min, member.max));
            }
        }
        let flat = root.as_ref().is_some_and(|root| is_flat(root, &self.members));
        let has_lists = self.members.iter().any(Member::repeated);
        let names: Vec<_> = self
            .members
            .iter()
            .enumerate()
            .filter(|(_, member)| member.role == Role::Element)
            .map(|(slot, member)| (member.name, slot))
            .chain(self.inner.iter().copied())
            .collect();
        let any = self.any;
        let members = builder.plan.members.push_all(self.members);
        let lookup = lookup_rows(builder, names, members);
        let root = root.map(|root| {
            let particle = particle(builder, root, members);
            builder.plan.particles.push(particle)
        });
        let any = any.map(|slot| members.at(slot));
        let shape = Shape { members, root: root.into(), flat, lookup, any: any.into(), has_lists };
        (builder.plan.shapes.push(shape), members)
    }
}

/// Whether the content is a sequence of distinct members in slot order, the first slots of the shape.
fn is_flat(root: &Node, members: &[Member]) -> bool {
    let NodeTerm::Sequence(nodes) = &root.term else { return false };
    root.min == 1
        && nodes
            .iter()
            .enumerate()
            .all(|(at, node)| matches!(node.term, NodeTerm::Member(slot) if slot == at))
        && members[..nodes.len()].iter().all(|member| matches!(member.role, Role::Element))
}

fn lookup_rows(
    builder: &mut Builder<'_>,
    names: Vec<(crate::name::QName, usize)>,
    members: Run<MemberId>,
) -> Run<LookupId> {
    let mut rows: Vec<_> = names.into_iter().map(|(name, slot)| Named(name, members.at(slot))).collect();
    rows.sort_unstable();
    rows.dedup_by_key(|row| row.0);
    builder.plan.lookups.push_all(rows)
}

fn particle(builder: &mut Builder<'_>, node: Node, members: Run<MemberId>) -> Particle {
    let mut inner = |nodes: Vec<Node>| {
        let rows: Vec<_> = nodes.into_iter().map(|node| particle(builder, node, members)).collect();
        builder.plan.particles.push_all(rows)
    };
    let term = match node.term {
        NodeTerm::Member(slot) => Term::Member(members.at(slot)),
        NodeTerm::Sequence(nodes) => Term::Sequence(inner(nodes)),
        NodeTerm::Choice(nodes) => Term::Choice(inner(nodes)),
        NodeTerm::All(nodes) => Term::All(inner(nodes)),
    };
    Particle { min: node.min, max: node.max, term }
}
