//! The arguments of a call and the parameters they meet.

use super::complex::{known_keys, listed};
use super::fields::Fields;
use super::known::Known;
use crate::error::{Error, Result};
use crate::index::*;
use crate::plan::{Choice, Plan, Role};
use crate::seam::{Key, Kind, Source};
use crate::similar::hint;

/// Positional values, then a record of named ones.
#[derive(Debug, Clone)]
pub struct Arguments<S> {
    pub positional: Vec<S>,
    pub named: Option<S>,
}

impl<S: Source> Arguments<S> {
    /// The only argument, if it is a record that may stand for all of them.
    pub(super) fn only_record(&self) -> Option<&S> {
        let [only] = self.positional.as_slice() else { return None };
        let named = self.named.as_ref().is_some_and(|named| named.size() != Some(0));
        (!named && only.kind() == Kind::Record && only.size().is_some()).then_some(only)
    }

    /// Whether the only argument is empty: users of other clients say so that there are no parameters.
    pub(super) fn say_nothing(&self) -> bool {
        let [only] = self.positional.as_slice() else { return false };
        let named = self.named.as_ref().is_some_and(|named| named.size() != Some(0));
        !named && matches!(only.kind(), Kind::Record | Kind::List) && only.size() == Some(0)
    }
}

/// A parameter as hosts see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter {
    pub key: NameId,
    /// What kind of member it is; a part is an element.
    pub role: Role,
    pub ty: TypeId,
    pub required: bool,
    pub repeated: bool,
    pub nillable: bool,
    pub documentation: NameId,
}

impl Parameter {
    /// How its type is called, without regard to repetition.
    pub fn type_label(&self, plan: &Plan) -> String {
        plan.role_label(self.role, self.ty)
    }
}

/// The choices among the parameters of an operation's input.
pub fn choices(plan: &Plan, message: MessageId) -> Vec<Choice> {
    let wrapped = plan.messages[message].wrapped.get();
    wrapped.map(|complex| plan.choices(plan.complexes[complex].shape)).unwrap_or_default()
}

/// The parameters of an operation's input in their order: the members of a wrapped document, else the parts.
pub fn parameters(plan: &Plan, message: MessageId) -> Vec<Parameter> {
    let message = &plan.messages[message];
    if let Some(complex) = message.wrapped.get() {
        let shape = &plan.shapes[plan.complexes[complex].shape];
        return plan
            .members
            .run(shape.members)
            .iter()
            .map(|member| Parameter {
                key: member.key,
                role: member.role,
                ty: member.ty,
                required: member.min > 0 && !member.nillable && !matches!(member.role, Role::Any(_)),
                repeated: member.repeated(),
                nillable: member.nillable,
                documentation: member.documentation,
            })
            .collect();
    }
    let parts = plan.parts.run(message.parts).iter();
    parts
        .map(|part| Parameter {
            key: part.key,
            role: Role::Element,
            ty: part.ty,
            required: true,
            repeated: false,
            nillable: part.nillable,
            documentation: part.documentation,
        })
        .collect()
}

/// Arguments joined with the names of the parameters.
pub(super) struct Bound<'a, S> {
    arguments: &'a Arguments<S>,
    keys: Vec<NameId>,
}

impl<'a, S: Source> Bound<'a, S> {
    /// Refuses more positional values than there are parameters, and a parameter given twice.
    pub fn new(plan: &Plan, keys: Vec<NameId>, operation: &str, arguments: &'a Arguments<S>) -> Result<Self> {
        let given = arguments.positional.len();
        if given > keys.len() {
            let names: Vec<_> = keys.iter().map(|key| plan.text(*key)).collect();
            let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
            let plural = if keys.len() == 1 { "" } else { "s" };
            return Err(Error::encode(format!(
                "{operation} takes {} argument{plural} ({names}), got {given}",
                keys.len()
            )));
        }
        if let (Some(named), true) = (&arguments.named, given > 0) {
            for &key in &keys[..given] {
                if named.field(plan.key(key))?.is_some() {
                    return Err(
                        Error::encode("given twice, by position and by name").in_member(plan.text(key))
                    );
                }
            }
        }
        Ok(Self { arguments, keys })
    }

    /// Refuses names that are no parameters.
    pub fn check_names(&self, plan: &Plan) -> Result<()> {
        let names: Vec<_> = self.keys.iter().map(|key| plan.text(*key)).collect();
        self.check_known(plan, &names)
    }

    /// The same where the parameters are the members of a record, which may also have a type, and groups.
    pub fn check_members(&self, plan: &Plan, shape: ShapeId) -> Result<()> {
        let mut names = Vec::new();
        known_keys(plan, shape, &mut names);
        self.check_known(plan, &names)
    }

    fn check_known(&self, plan: &Plan, names: &[&str]) -> Result<()> {
        let Some(named) = &self.arguments.named else { return Ok(()) };
        let known = Known::new(names.iter().copied());
        named.entries(&mut |name, _| {
            if known.contains(name) || known.contains(name.trim_start_matches('@')) || name == "_type" {
                return Ok(());
            }
            let mut left = Vec::new();
            for other in names {
                let id = plan.names.find(other).unwrap_or(NameId::NONE);
                if self.field(Key { id, text: other })?.is_none() {
                    left.push(*other);
                }
            }
            let mut hint = hint(name, left);
            if hint.is_empty() {
                hint = format!("; there are: {}", listed(names));
            }
            Err(Error::encode(format!("unknown argument{hint}")).in_member(name))
        })
    }
}

impl<S: Source> Fields<S> for Bound<'_, S> {
    fn field(&self, key: Key<'_>) -> Result<Option<S>> {
        let positional = &self.arguments.positional;
        let by_position = self.keys.iter().take(positional.len()).position(|known| *known == key.id);
        if let Some(at) = by_position {
            return Ok(Some(positional[at].clone()));
        }
        match &self.arguments.named {
            Some(named) => named.field(key),
            None => Ok(None),
        }
    }

    fn size(&self) -> Option<usize> {
        let named = self.arguments.named.as_ref().map_or(Some(0), Source::size)?;
        Some(self.arguments.positional.len() + named)
    }

    fn entries(&self, f: &mut dyn FnMut(&str, S) -> Result<()>) -> Result<()> {
        match &self.arguments.named {
            Some(named) => named.entries(f),
            None => Ok(()),
        }
    }
}

/// The only argument, if it is a record of the parameters rather than the first of them.
pub(super) fn whole_record<'a, S: Source>(
    plan: &Plan,
    keys: &[NameId],
    first_is_record: bool,
    arguments: &'a Arguments<S>,
) -> Result<Option<&'a S>> {
    let Some(only) = arguments.only_record() else { return Ok(None) };
    if only.size() == Some(0) {
        return Ok((!first_is_record).then_some(only));
    }
    let known = Known::new(keys.iter().map(|key| plan.text(*key).trim_start_matches('@')));
    let mut all = true;
    only.entries(&mut |name, _| {
        let name = name.strip_prefix('@').unwrap_or(name);
        all &= name == "_type" || known.contains(name);
        Ok(())
    })?;
    // A record that fits neither way is reported as the parameters' record if the first cannot be one.
    Ok((all || !first_is_record).then_some(only))
}
