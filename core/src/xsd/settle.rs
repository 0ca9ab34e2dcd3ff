//! References that lead nowhere: replaced where they can only mean one thing, reported otherwise.
//!
//! The usual flaws are a wrong or undeclared prefix, a built-in type looked for in the target namespace, a type of
//! the target namespace looked for in that of XML Schema, and a schema that lacks its target namespace. A name in a
//! namespace that could not be read is left alone: what happens to be called the same elsewhere is not it.

use foldhash::HashSet;

use super::catalog::NameMap;
use super::model::{Origin, SchemaSet};
use super::references::RefKind;
use super::{visit, wellknown};
use crate::index::NameId;
use crate::name::QName;
use crate::scalar::Builtin;

/// References to change, with what they become.
pub(crate) type Replacements = NameMap<(RefKind, QName), QName>;

impl SchemaSet {
    /// Whether a reference leads to a definition or a built-in type.
    pub(crate) fn has(&self, kind: RefKind, name: QName) -> bool {
        match kind {
            RefKind::Type => self.is_builtin(name) || self.types.contains(name),
            // The schema of schemas itself, which .NET announces inside its data.
            RefKind::Element if name.ns == wellknown::XSD => self.names.text(name.local) == "schema",
            RefKind::Element => self.elements.contains(name),
            RefKind::Attribute => self.attributes.contains(name),
            RefKind::Group => self.groups.contains(name),
            RefKind::AttributeGroup => self.attribute_groups.contains(name),
        }
    }

    /// Whether a name is that of a built-in type, `anyType` included.
    pub fn is_builtin(&self, name: QName) -> bool {
        name.ns == wellknown::XSD && is_builtin_local(self.names.text(name.local))
    }

    fn names_of(&self, kind: RefKind) -> Box<dyn Iterator<Item = QName> + '_> {
        match kind {
            RefKind::Type => Box::new(self.types.iter().map(|(name, _)| name)),
            RefKind::Element => Box::new(self.elements.iter().map(|(name, _)| name)),
            RefKind::Attribute => Box::new(self.attributes.iter().map(|(name, _)| name)),
            RefKind::Group => Box::new(self.groups.iter().map(|(name, _)| name)),
            RefKind::AttributeGroup => Box::new(self.attribute_groups.iter().map(|(name, _)| name)),
        }
    }
}

fn is_builtin_local(local: &str) -> bool {
    local == "anyType" || Builtin::from_name(local).is_some()
}

/// Settles all references of the set; answers what was replaced, for references outside of it.
pub(super) fn settle(set: &mut SchemaSet) -> Replacements {
    let mut dangling: Vec<(RefKind, QName, Origin)> = Vec::new();
    for (&(kind, name), &origin) in &set.references.first {
        if !set.has(kind, name) {
            dangling.push((kind, name, origin));
        }
    }
    if dangling.is_empty() {
        return Replacements::default();
    }
    dangling.sort_by_key(|(_, name, origin)| (origin.document, origin.byte, *name));
    let any_type = QName { ns: wellknown::XSD, local: set.names.intern("anyType") };
    let spelled = respelled(set, &dangling);
    let candidates = Candidates { spelled, ..Candidates::of(set, &dangling, any_type) };
    let mut replacements = Replacements::default();
    for (kind, name, origin) in dangling {
        let shown = set.display(name);
        match candidates.replacement(set, kind, name) {
            Some(other) => {
                replacements.insert((kind, name), other);
                let other = set.display(other);
                set.warn(origin, format!("{} {shown} is not defined; taken as {other}", kind.noun()));
            }
            None => set.warn(origin, format!("{} {shown} is not defined", kind.noun())),
        }
    }
    apply(set, &replacements);
    replacements
}

fn apply(set: &mut SchemaSet, replacements: &Replacements) {
    if replacements.is_empty() {
        return;
    }
    visit::set(set, &mut |kind, name| {
        if let Some(other) = replacements.get(&(kind, *name)) {
            *name = *other;
        }
    });
    for (&(kind, name), &other) in replacements {
        if kind != RefKind::Element {
            continue;
        }
        let Some(members) = set.substitutions.get_mut(name).map(std::mem::take) else { continue };
        if let Err((mut members, all)) = set.substitutions.insert(other, members) {
            all.append(&mut members);
        }
    }
}

/// What dangling references might mean, by local name.
struct Candidates {
    by_local: NameMap<(RefKind, NameId), Vec<QName>>,
    /// Namespaces in which something is defined.
    present: HashSet<NameId>,
    any_type: QName,
    /// The built-in types meant by names of XML Schema that differ in case: `xsd:String`.
    spelled: NameMap<NameId, NameId>,
}

/// See [`Candidates::spelled`].
fn respelled(set: &mut SchemaSet, dangling: &[(RefKind, QName, Origin)]) -> NameMap<NameId, NameId> {
    let mut spelled = NameMap::default();
    for (kind, name, _) in dangling {
        if *kind != RefKind::Type || name.ns != wellknown::XSD {
            continue;
        }
        let local = set.names.text(name.local);
        let mut known = Builtin::ALL.iter().map(|builtin| builtin.name()).chain(["anyType"]);
        if let Some(meant) = known.find(|known| known.eq_ignore_ascii_case(local)) {
            spelled.insert(name.local, set.names.intern(meant));
        }
    }
    spelled
}

impl Candidates {
    fn of(set: &SchemaSet, dangling: &[(RefKind, QName, Origin)], any_type: QName) -> Self {
        let mut by_local: NameMap<(RefKind, NameId), Vec<QName>> = NameMap::default();
        for (kind, name, _) in dangling {
            by_local.insert((*kind, name.local), Vec::new());
        }
        let mut present = HashSet::default();
        for kind in RefKind::ALL {
            for name in set.names_of(kind) {
                present.insert(name.ns);
                if let Some(found) = by_local.get_mut(&(kind, name.local)) {
                    found.push(name);
                }
            }
        }
        Self { by_local, present, any_type, spelled: NameMap::default() }
    }

    fn replacement(&self, set: &SchemaSet, kind: RefKind, name: QName) -> Option<QName> {
        let unread = set.references.unread.contains(&name.ns);
        let foreign = name.ns != NameId::EMPTY && !set.is_undeclared(name.ns);
        let known = name.ns == wellknown::XSD || self.present.contains(&name.ns);
        if unread {
            return None;
        }
        if foreign && !known {
            // All but a schema without namespace, which was to have this one.
            let found = self.by_local.get(&(kind, name.local))?;
            return found.iter().find(|found| found.ns == NameId::EMPTY).copied();
        }
        if kind == RefKind::Type && is_builtin_local(set.names.text(name.local)) {
            return Some(QName { ns: wellknown::XSD, local: name.local });
        }
        // An element of XML Schema, where a type was to be named.
        if kind == RefKind::Type && name.ns == wellknown::XSD && set.names.text(name.local) == "any" {
            return Some(self.any_type);
        }
        if let (RefKind::Type, wellknown::XSD, Some(&local)) = (kind, name.ns, self.spelled.get(&name.local))
        {
            return Some(QName { ns: wellknown::XSD, local });
        }
        match self.by_local.get(&(kind, name.local))?.as_slice() {
            [only] => Some(*only),
            several => {
                // Copies of the encoding's names in other namespaces do not count.
                let mut own = several.iter().filter(|name| wellknown::bit(name.ns) == 0);
                own.next().filter(|_| own.next().is_none()).copied()
            }
        }
    }
}

impl RefKind {
    pub(super) const ALL: [Self; 5] =
        [Self::Type, Self::Element, Self::Attribute, Self::Group, Self::AttributeGroup];

    /// What to call it in messages.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Element => "element",
            Self::Attribute => "attribute",
            Self::Group => "group",
            Self::AttributeGroup => "attribute group",
        }
    }
}
