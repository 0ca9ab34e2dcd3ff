//! Records: attributes, text content, and the check that nothing unknown was given.

use super::content::needed;
use super::fields::Fields;
use super::known::Known;
use super::*;
use crate::error::{ErrorKind, InPath};
use crate::index::*;
use crate::plan::{Complex, Member, Role};
use crate::seam::{Kind, Source};
use crate::secret;
use crate::similar::{hint, near};
use crate::xml;

const MISSING: &str = "missing";
const UNKNOWN: &str = "unknown member";

impl Encoder<'_> {
    /// Writes the rest of a start tag and the content; the caller opens and closes the element.
    pub fn record<S: Source, F: Fields<S>>(&mut self, complex: ComplexId, fields: &F) -> Result<()> {
        let plan = self.plan;
        let row = &plan.complexes[complex];
        let may_be_nil = std::mem::take(&mut self.may_be_nil);
        let mut found = 0;
        for member in plan.members.run(row.attributes) {
            found += usize::from(self.attribute(member, fields)?);
        }
        if let Some(any) = row.any_attribute.get() {
            found += usize::from(self.any_attributes(any, fields)?);
        }
        if may_be_nil && self.is_nil(row, fields, found)? {
            let xsi = self.fixed(XSI);
            self.out.push_str(&format!(" {xsi}:nil=\"true\">"));
            return Ok(());
        }
        self.out.push('>');
        let mut is_xml = false;
        if let Some(text) = row.text.get() {
            let member = &plan.members[text];
            match fields.field(plan.key(member.key))? {
                Some(value) if value.kind() != Kind::Null => {
                    found += 1;
                    self.text(member.ty, &value).in_member("_")?;
                }
                Some(_) => found += 1,
                None => {}
            }
        } else if self.mixed(row, fields, &mut found)? {
            is_xml = true;
        } else {
            let content = self.content(row.shape, fields, &mut found);
            content.map_err(|error| self.likelier(error, row, fields))?;
        }
        if !self.options.strict {
            return Ok(());
        }
        match fields.size() {
            Some(size) if size != found => self.check_unknown(row, fields),
            None if !is_xml => self.check_object(row.shape, fields),
            _ => Ok(()),
        }
    }

    /// Whether a record says by a null under `_` that there is no content, which its attributes may accompany
    /// (XSD 1.0 part 1, §2.6.2).
    fn is_nil<S: Source, F: Fields<S>>(&self, row: &Complex, fields: &F, found: usize) -> Result<bool> {
        if row.text.is_none() && row.attributes.is_empty() && row.any_attribute.is_none() {
            return Ok(false);
        }
        let is_null = fields.field(self.text_key())?.is_some_and(|value| value.kind() == Kind::Null);
        if !is_null || row.text.is_some() {
            return Ok(is_null);
        }
        let named = usize::from(fields.field(self.type_key())?.is_some());
        Ok(fields.size() == Some(found + named + 1))
    }

    /// Writes the inner XML of mixed content, if it is given.
    fn mixed<S: Source, F: Fields<S>>(
        &mut self,
        row: &Complex,
        fields: &F,
        found: &mut usize,
    ) -> Result<bool> {
        let Some(mixed) = row.mixed.get() else { return Ok(false) };
        let member = &self.plan.members[mixed];
        let key = self.plan.key(member.key);
        let Some(value) = fields.field(key)? else { return Ok(false) };
        if value.kind() == Kind::Null {
            return Ok(false);
        }
        self.fragment(&value).in_member(key.text)?;
        // The members are in the XML already; what they say besides is not sent.
        *found = fields.size().unwrap_or(0);
        Ok(true)
    }

    fn attribute<S: Source, F: Fields<S>>(&mut self, member: &Member, fields: &F) -> Result<bool> {
        let key = self.plan.key(member.key);
        let mut value = fields.field(key)?;
        if value.is_none() && !key.text.starts_with('@') {
            let marked = format!("@{}", key.text);
            value = fields.field(Key { id: NameId::NONE, text: &marked })?;
        }
        let given = value.is_some();
        match value {
            Some(value) if value.kind() != Kind::Null => {
                self.attribute_value(member, &value)
                    .map_err(|e| secret::masked(e, key.text))
                    .in_member(key.text)?;
            }
            _ => {
                let text = if member.fixed == NameId::NONE { member.default } else { member.fixed };
                if member.min > 0 && text != NameId::NONE {
                    self.attribute_start(member);
                    xml::escape_attribute(&mut self.out, self.plan.text(text))?;
                    self.out.push('"');
                } else if member.min > 0 && self.options.strict {
                    return Err(self.missing(member).in_member(key.text));
                }
            }
        }
        Ok(given)
    }

    fn attribute_start(&mut self, member: &Member) {
        self.out.push(' ');
        self.name(member.tag);
        self.out.push_str("=\"");
    }

    fn attribute_value<S: Source>(&mut self, member: &Member, value: &S) -> Result<()> {
        self.attribute_start(member);
        let start = self.out.len();
        self.text(member.ty, value)?;
        self.quote(start);
        self.out.push('"');
        Ok(())
    }

    /// Escapes what text may hold and an attribute may not.
    fn quote(&mut self, start: usize) {
        if self.out[start..].contains(['"', '\t', '\n']) {
            let text = self.out.split_off(start);
            let text = text.replace('"', "&quot;").replace('\t', "&#9;").replace('\n', "&#10;");
            self.out.push_str(&text);
        }
    }

    fn any_attributes<S: Source, F: Fields<S>>(&mut self, any: MemberId, fields: &F) -> Result<bool> {
        let key = self.plan.key(self.plan.members[any].key);
        let Some(value) = fields.field(key)? else { return Ok(false) };
        if value.kind() == Kind::Null {
            return Ok(true);
        }
        if value.kind() != Kind::Record {
            let error = Error::encode(format!("expected names and texts, got {}", value.describe()));
            return Err(error.in_member(key.text));
        }
        value
            .entries(&mut |name, value| {
                let qname = crate::name::QNameRef::parse_clark(name);
                if !xml::is_ncname(qname.local) {
                    return Err(Error::encode(format!("{name:?} is no attribute name")));
                }
                let tag = self.qualified(qname.ns, qname.local);
                self.out.push_str(&format!(" {tag}=\""));
                let start = self.out.len();
                self.text(Plan::builtin(crate::scalar::Builtin::AnySimpleType), &value).in_member(name)?;
                self.quote(start);
                self.out.push('"');
                Ok(())
            })
            .in_member(key.text)?;
        Ok(true)
    }

    /// Where a member is missing, one that does not exist but is like one that does is the better error.
    fn likelier<S: Source, F: Fields<S>>(&mut self, error: Error, row: &Complex, fields: &F) -> Error {
        let is_missing = error.kind() == ErrorKind::Encode && error.message().starts_with(MISSING);
        let checked = is_missing.then(|| match fields.size() {
            Some(_) => self.check_unknown(row, fields),
            None => self.check_object(row.shape, fields),
        });
        match checked {
            Some(Err(unknown)) if unknown.message() != UNKNOWN => unknown,
            _ => error,
        }
    }

    pub fn missing(&self, member: &Member) -> Error {
        if member.repeated() {
            return Error::encode(format!("{MISSING}: {}", needed(member.min)));
        }
        Error::encode(format!("{MISSING}: expected {}", self.plan.type_label(member.ty)))
    }

    /// Refuses a member that a record of a repeated group does not have.
    pub fn check_turn<S: Source, F: Fields<S>>(&self, shape: ShapeId, fields: &F) -> Result<()> {
        if fields.size().is_none() {
            return self.check_object(shape, fields);
        }
        let mut known = Vec::new();
        known_keys(self.plan, shape, &mut known);
        fields.entries(&mut |name, _| {
            unknown(name, &known).map_err(|error| match error.message() {
                UNKNOWN => error.with_message(format!("{UNKNOWN}; there are: {}", listed(&known))),
                _ => error,
            })
        })
    }

    /// The better error where a turn of a repeated group lacks something.
    pub fn likelier_turn<S: Source, F: Fields<S>>(&self, error: Error, shape: ShapeId, fields: &F) -> Error {
        let is_missing = error.kind() == ErrorKind::Encode && error.message().starts_with(MISSING);
        match is_missing.then(|| self.check_turn(shape, fields)) {
            Some(Err(unknown)) => unknown,
            _ => error,
        }
    }

    /// Refuses an attribute of an object that is likely meant for a member which the object does not have. Others are
    /// the object's own business.
    pub fn check_object<S: Source, F: Fields<S>>(&self, shape: ShapeId, fields: &F) -> Result<()> {
        let plan = self.plan;
        let mut known = Vec::new();
        known_keys(plan, shape, &mut known);
        let names = Known::new(known.iter().copied());
        fields.names(&mut |name| {
            // A name of one or two letters is near to every other.
            if name == "_type" || name.len() < 3 || names.contains(name.trim_start_matches('@')) {
                return Ok(());
            }
            let mut near: Vec<_> = near(name, known.iter().copied()).collect();
            near.sort_by_key(|(distance, _)| *distance);
            for (_, meant) in near {
                let id = plan.names.find(meant).unwrap_or(NameId::NONE);
                if fields.field(Key { id, text: meant })?.is_none() {
                    let message = format!("{UNKNOWN}; did you mean {meant:?}?");
                    return Err(Error::encode(message).in_member(name));
                }
            }
            Ok(())
        })
    }

    /// Whether an object has nothing of what a record of a type has, so that it is no such record.
    pub fn is_foreign<S: Source>(&self, complex: ComplexId, value: &S) -> Result<bool> {
        if value.size().is_some() || value.field(self.type_key())?.is_some() {
            return Ok(false);
        }
        Ok(!has_member(self.plan, self.plan.complexes[complex].shape, value)? && !value.may_be_empty())
    }

    /// Finds the member that does not exist; there may be none, as `_type` and aliases count too.
    fn check_unknown<S: Source, F: Fields<S>>(&mut self, row: &Complex, fields: &F) -> Result<()> {
        let plan = self.plan;
        let mut known: Vec<&str> = Vec::new();
        known_keys(plan, row.shape, &mut known);
        let names = Known::new(known.iter().copied());
        fields.entries(&mut |name, _| {
            if name == "_type" || names.contains(name) {
                return Ok(());
            }
            if let Some(attribute) = name.strip_prefix('@') {
                if plan.members.run(row.attributes).iter().any(|member| plan.text(member.key) == attribute) {
                    return Ok(());
                }
            }
            unknown(name, &known)
        })
    }
}

/// Whether a member is an element or stands for some.
pub(super) fn is_content(member: &Member) -> bool {
    matches!(member.role, Role::Element | Role::Any(_) | Role::Group(_))
}

/// Whether a value has a member of a shape, or of its groups.
fn has_member<S: Source>(plan: &Plan, shape: ShapeId, value: &S) -> Result<bool> {
    for member in plan.members.run(plan.shapes[shape].members) {
        if value.field(plan.key(member.key))?.is_some() {
            return Ok(true);
        }
        if let Role::Group(inner) = member.role {
            if has_member(plan, inner, value)? {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// The first of some names.
pub(super) fn listed(names: &[&str]) -> String {
    const MOST: usize = 20;
    let more = if names.len() > MOST { ", …" } else { "" };
    let shown = &names[..names.len().min(MOST)];
    if shown.is_empty() {
        "none".to_owned()
    } else {
        format!("{}{more}", shown.join(", "))
    }
}

fn unknown(name: &str, known: &[&str]) -> Result<()> {
    if known.contains(&name) {
        return Ok(());
    }
    let hint = hint(name, known.iter().copied());
    Err(Error::encode(format!("{UNKNOWN}{hint}")).in_member(name))
}

/// The keys of a shape, and of its groups, whose members may be given flat.
pub(super) fn known_keys<'p>(plan: &'p Plan, shape: ShapeId, known: &mut Vec<&'p str>) {
    for member in plan.members.run(plan.shapes[shape].members) {
        known.push(plan.text(member.key));
        if let Role::Group(inner) = member.role {
            known_keys(plan, inner, known);
        }
    }
}
