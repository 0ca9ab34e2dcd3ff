//! Choices, optional and repeated groups: the members are collected, then the content model takes them in turn.

use std::collections::{HashMap, VecDeque};

use super::complex::is_content;
use super::content::check_count;
use super::fields::{Few, Fields, Record};
use super::*;
use crate::error::InPath;
use crate::index::*;
use crate::plan::{Member, Role, Term};
use crate::seam::{Kind, Source};

/// Choices with more branches than this are looked up.
const WIDE: usize = 32;

/// The values of one record, waiting to be taken.
pub(super) struct Slots<S> {
    first: MemberId,
    /// By member of the shape; empty where nothing was given.
    values: Vec<VecDeque<Item<S>>>,
    /// Members that were given, in the order of the shape.
    given: Vec<MemberId>,
}

/// One occurrence of a member.
enum Item<S> {
    Value(S),
    /// A record of a repeated group whose members were given flat.
    Flat(Vec<(String, S)>),
}

impl<S: Source> Slots<S> {
    /// In encoded messages a required member may be null: that is how a value says that there is no other.
    pub fn collect<F: Fields<S>>(
        plan: &Plan,
        shape: ShapeId,
        encoded: bool,
        fields: &F,
        found: &mut usize,
    ) -> Result<Self> {
        let run = plan.shapes[shape].members;
        let mut slots = Self { first: run.at(0), values: Vec::new(), given: Vec::new() };
        for id in run.ids() {
            let member = &plan.members[id];
            let mut items = VecDeque::new();
            if is_content(member) {
                let value = fields.field(plan.key(member.key))?;
                *found += usize::from(value.is_some());
                match (value, member.role) {
                    (Some(value), _) => {
                        let may_be_null = member.nillable || (encoded && member.min > 0);
                        take(member, may_be_null, value, &mut items)?;
                    }
                    (None, Role::Group(inner)) => flat_items(plan, inner, fields, &mut items)?,
                    (None, _) => {}
                }
            }
            if !items.is_empty() {
                slots.given.push(id);
            }
            slots.values.push(items);
        }
        Ok(slots)
    }

    fn left(&self, member: MemberId) -> usize {
        self.values[member.index() - self.first.index()].len()
    }

    fn pop(&mut self, member: MemberId) -> Option<Item<S>> {
        self.values[member.index() - self.first.index()].pop_front()
    }

    /// Whether a particle has something to write.
    fn any_left(&self, plan: &Plan, particle: ParticleId) -> bool {
        match plan.particles[particle].term {
            Term::Member(member) => self.left(member) > 0,
            Term::Sequence(inner) | Term::Choice(inner) | Term::All(inner) => {
                inner.ids().any(|inner| self.any_left(plan, inner))
            }
        }
    }

    /// Whether everything a particle needs is there.
    fn satisfied(&self, plan: &Plan, particle: ParticleId) -> bool {
        let row = plan.particles[particle];
        if row.min == 0 {
            return true;
        }
        match row.term {
            Term::Member(member) => {
                let row = &plan.members[member];
                self.left(member) > 0 || row.default != NameId::NONE || row.fixed != NameId::NONE
            }
            Term::Sequence(inner) | Term::All(inner) => inner.ids().all(|inner| self.satisfied(plan, inner)),
            Term::Choice(inner) => inner.ids().any(|inner| self.satisfied(plan, inner)),
        }
    }

    /// Refuses what the content model, if it is known, had no place for.
    pub fn check_rest(&self, plan: &Plan, root: Option<ParticleId>) -> Result<()> {
        for &id in &self.given {
            if self.left(id) > 0 {
                let message = match root.and_then(|root| self.rivals(plan, root, id)) {
                    Some(rivals) => format!("only one of {rivals} may be given"),
                    None => "not allowed beside the other members, or too often".to_owned(),
                };
                return Err(Error::encode(message).in_member(plan.text(plan.members[id].key)));
            }
        }
        Ok(())
    }

    /// A member that was left and those that were given of other branches of its choice.
    fn rivals(&self, plan: &Plan, particle: ParticleId, left: MemberId) -> Option<String> {
        let branches = match plan.particles[particle].term {
            Term::Member(_) => return None,
            Term::Sequence(inner) | Term::All(inner) | Term::Choice(inner) => inner,
        };
        if let Some(inner) = branches.ids().find_map(|inner| self.rivals(plan, inner, left)) {
            return Some(inner);
        }
        if !matches!(plan.particles[particle].term, Term::Choice(_)) {
            return None;
        }
        let own = branches.ids().find(|branch| contains(plan, *branch, left))?;
        let mut names = Vec::new();
        for branch in branches.ids() {
            let given = if branch == own {
                Some(&left)
            } else {
                self.given
                    .iter()
                    .find(|given| contains(plan, branch, **given) && !contains(plan, own, **given))
            };
            names.extend(given.map(|given| plan.text(plan.members[*given].key)));
        }
        names.dedup();
        let (last, others) = names.split_last().filter(|(_, others)| !others.is_empty())?;
        Some(format!("{} and {last}", others.join(", ")))
    }
}

/// Whether a particle has a member.
fn contains(plan: &Plan, particle: ParticleId, member: MemberId) -> bool {
    match plan.particles[particle].term {
        Term::Member(own) => own == member,
        Term::Sequence(inner) | Term::All(inner) | Term::Choice(inner) => {
            inner.ids().any(|inner| contains(plan, inner, member))
        }
    }
}

/// The occurrences of a member in the value given for it.
fn take<S: Source>(
    member: &Member,
    may_be_null: bool,
    value: S,
    items: &mut VecDeque<Item<S>>,
) -> Result<()> {
    let is_list = value.kind() == Kind::List;
    let is_many = member.repeated() || matches!(member.role, Role::Any(_));
    if value.kind() == Kind::Null && (!may_be_null || is_many) {
        return Ok(());
    }
    if is_list && is_many {
        return value.each(&mut |item| {
            items.push_back(Item::Value(item));
            Ok(())
        });
    }
    items.push_back(Item::Value(value));
    Ok(())
}

/// The records of a repeated group whose members were given beside the others: the items of a choice one after
/// the other, those of a sequence side by side.
fn flat_items<S: Source, F: Fields<S>>(
    plan: &Plan,
    inner: ShapeId,
    fields: &F,
    items: &mut VecDeque<Item<S>>,
) -> Result<()> {
    let shape = &plan.shapes[inner];
    let is_choice = shape.root.get().is_some_and(|root| matches!(plan.particles[root].term, Term::Choice(_)));
    let mut rows: Vec<Vec<(String, S)>> = Vec::new();
    for member in plan.members.run(shape.members) {
        let Some(value) = fields.field(plan.key(member.key))? else { continue };
        let mut taken = VecDeque::new();
        if value.kind() == Kind::List {
            value.each(&mut |item| {
                taken.push_back(item);
                Ok(())
            })?;
        } else if value.kind() != Kind::Null {
            taken.push_back(value);
        }
        for (at, item) in taken.into_iter().enumerate() {
            let entry = (plan.text(member.key).to_owned(), item);
            match rows.get_mut(at) {
                Some(row) if !is_choice => row.push(entry),
                _ => rows.push(vec![entry]),
            }
        }
    }
    items.extend(rows.into_iter().map(Item::Flat));
    Ok(())
}

impl Encoder<'_> {
    /// Writes what a particle takes.
    pub fn particle<S: Source>(&mut self, particle: ParticleId, slots: &mut Slots<S>) -> Result<()> {
        let row = self.plan.particles[particle];
        match row.term {
            Term::Member(member) => self.members(member, row.min, row.max, slots),
            Term::Sequence(inner) | Term::All(inner) => {
                if row.min == 0 && !slots.any_left(self.plan, particle) {
                    return Ok(());
                }
                inner.ids().try_for_each(|inner| self.particle(inner, slots))
            }
            Term::Choice(inner) => self.choice(particle, inner, row.min, slots),
        }
    }

    /// Takes as many occurrences as the particle may have.
    fn members<S: Source>(&mut self, id: MemberId, min: u32, max: u32, slots: &mut Slots<S>) -> Result<()> {
        let plan = self.plan;
        let member = &plan.members[id];
        let name = plan.text(member.key);
        let mut count = 0;
        while count < max {
            let Some(item) = slots.pop(id) else { break };
            let written = self.item(member, &item);
            let index = count as usize;
            let written = if member.repeated() { written.in_item(index) } else { written };
            written.in_member(name)?;
            count += 1;
        }
        if count == 0 && min > 0 && member.role == Role::Element {
            return self.absent_at(member, min).in_member(name);
        }
        if self.options.strict && !matches!(member.role, Role::Any(_)) {
            check_count(min, max, count).in_member(name)?;
        }
        Ok(())
    }

    /// A member that its particle requires, though its record as a whole may not.
    fn absent_at(&mut self, member: &Member, min: u32) -> Result<()> {
        self.absent(&Member { min, ..member.clone() })
    }

    fn item<S: Source>(&mut self, member: &Member, item: &Item<S>) -> Result<()> {
        match (member.role, item) {
            (Role::Any(_), Item::Value(value)) => self.wildcard_item(value),
            (Role::Group(inner), Item::Value(value)) => {
                if value.kind() != Kind::Record {
                    return Err(Error::encode(format!(
                        "expected a record of one turn, got {}",
                        value.describe()
                    )));
                }
                self.turn(inner, &Record(value))
            }
            (Role::Group(inner), Item::Flat(entries)) => {
                let entries: Vec<(&str, S)> =
                    entries.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
                self.turn(inner, &Few(&entries))
            }
            (_, Item::Value(value)) => self.once(member, value),
            (_, Item::Flat(_)) => Ok(()),
        }
    }

    /// One record of a repeated group.
    fn turn<S: Source, F: Fields<S>>(&mut self, shape: ShapeId, fields: &F) -> Result<()> {
        self.descend()?;
        if self.wide_turn(shape, fields)? {
            self.depth -= 1;
            return Ok(());
        }
        let mut found = 0;
        let written = self.content(shape, fields, &mut found);
        if self.options.strict {
            written.map_err(|error| self.likelier_turn(error, shape, fields))?;
            if fields.size() != Some(found) {
                self.check_turn(shape, fields)?;
            }
        }
        self.depth -= 1;
        Ok(())
    }

    /// One turn of a choice among many: its only member is looked up, as asking the record for every one that
    /// there is would make the whole quadratic. False if it is none of that kind.
    fn wide_turn<S: Source, F: Fields<S>>(&mut self, shape: ShapeId, fields: &F) -> Result<bool> {
        let plan = self.plan;
        let Some(Term::Choice(branches)) =
            plan.shapes[shape].root.get().map(|root| plan.particles[root].term)
        else {
            return Ok(false);
        };
        if branches.len() <= WIDE || fields.size() != Some(1) {
            return Ok(false);
        }
        let mut only = None;
        fields.entries(&mut |name, value| {
            only = Some((name.to_owned(), value));
            Ok(())
        })?;
        let Some((name, value)) = only else { return Ok(false) };
        let names = self.wide.entry(shape).or_insert_with(|| branch_names(plan, branches));
        let Some(&branch) = names.get(name.as_str()) else { return Ok(false) };
        let row = plan.particles[branch];
        let Term::Member(id) = row.term else { return Ok(false) };
        let mut items = VecDeque::new();
        take(&plan.members[id], plan.members[id].nillable, value, &mut items)?;
        if items.is_empty() {
            return Ok(false);
        }
        let mut slots = Slots { first: id, values: vec![items], given: vec![id] };
        self.members(id, row.min, row.max, &mut slots)?;
        if self.options.strict {
            slots.check_rest(plan, None)?;
        }
        Ok(true)
    }

    /// Writes the branch that was given.
    fn choice<S: Source>(
        &mut self,
        particle: ParticleId,
        branches: Run<ParticleId>,
        min: u32,
        slots: &mut Slots<S>,
    ) -> Result<()> {
        let plan = self.plan;
        let given = || branches.ids().filter(|branch| slots.any_left(plan, *branch));
        let best = given().find(|branch| slots.satisfied(plan, *branch)).or_else(|| given().next());
        if let Some(branch) = best {
            return self.particle(branch, slots);
        }
        if min == 0 || branches.ids().any(|branch| slots.satisfied(plan, branch)) || !self.options.strict {
            return Ok(());
        }
        let mut names = Vec::new();
        first_names(plan, particle, &mut names);
        Err(Error::encode(format!("missing: expected one of {}", names.join(", "))))
    }
}

/// The branches of a choice that are single members, by key.
fn branch_names(plan: &Plan, branches: Run<ParticleId>) -> HashMap<&str, ParticleId> {
    let mut names = HashMap::with_capacity(branches.len());
    for branch in branches.ids() {
        if let Term::Member(member) = plan.particles[branch].term {
            names.entry(plan.text(plan.members[member].key)).or_insert(branch);
        }
    }
    names
}

/// The members that a choice begins with, for its error.
fn first_names(plan: &Plan, particle: ParticleId, names: &mut Vec<String>) {
    if names.len() >= 10 {
        return;
    }
    match plan.particles[particle].term {
        Term::Member(member) => names.push(plan.text(plan.members[member].key).to_owned()),
        Term::Choice(inner) => inner.ids().for_each(|inner| first_names(plan, inner, names)),
        Term::Sequence(inner) | Term::All(inner) => {
            if let Some(first) = inner.ids().next() {
                first_names(plan, first, names);
            }
        }
    }
}
