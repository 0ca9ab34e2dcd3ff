//! Look-ups in a plan: by name, by derivation, by member.

use crate::index::*;
use crate::name::{ns, QName, QNameRef};
use crate::scalar::Builtin;
use crate::seam::Key;

use super::tables::*;

impl Plan {
    /// The type id of `xsd:anyType`.
    pub const ANY_TYPE: TypeId = TypeId(Builtin::ALL.len() as u32);

    /// The row of a built-in type.
    #[inline]
    pub fn builtin(builtin: Builtin) -> TypeId {
        TypeId(builtin as u32)
    }

    #[inline]
    pub fn text(&self, id: NameId) -> &str {
        self.names.text(id)
    }

    #[inline]
    pub fn key(&self, id: NameId) -> Key<'_> {
        Key { id, text: self.names.text(id) }
    }

    pub fn qname(&self, name: QName) -> QNameRef<'_> {
        QNameRef { ns: self.text(name.ns), local: self.text(name.local) }
    }

    fn qname_id(&self, name: QNameRef<'_>) -> Option<QName> {
        Some(QName { ns: self.names.find(name.ns)?, local: self.names.find(name.local)? })
    }

    /// A named type; the XML Schema drafts of 1999 and 2000 count as the Recommendation.
    pub fn find_type(&self, name: QNameRef<'_>) -> Option<TypeId> {
        if matches!(name.ns, ns::XSD | ns::XSD_1999 | ns::XSD_2000) {
            return builtin_type(name.local);
        }
        let name = self.qname_id(name)?;
        let at = self.types_by_name.binary_search_by_key(&name, |row| row.0).ok()?;
        Some(self.types_by_name[at].1)
    }

    /// A named type by local name alone, if exactly one namespace has it.
    pub fn find_type_by_local(&self, local: &str) -> Option<TypeId> {
        let local = self.names.find(local)?;
        let mut found = self.namespaces.iter().filter_map(|row| {
            let name = QName { ns: row.uri, local };
            self.types_by_name.binary_search_by_key(&name, |row| row.0).ok()
        });
        let first = self.types_by_name[found.next()?].1;
        found.next().is_none().then_some(first)
    }

    /// A global element.
    pub fn find_element(&self, name: QNameRef<'_>) -> Option<ElementId> {
        let name = self.qname_id(name)?;
        let at = self.elements_by_name.binary_search_by_key(&name, |row| row.0).ok()?;
        Some(self.elements_by_name[at].1)
    }

    /// Whether `sub` is `base` or derived from it. Derivation chains are finite: compile refuses cycles.
    pub fn derives(&self, sub: TypeId, base: TypeId) -> bool {
        if base == Self::ANY_TYPE {
            return true;
        }
        let mut at = Some(sub);
        while let Some(id) = at {
            if id == base {
                return true;
            }
            at = self.types[id].base.get();
        }
        false
    }

    /// The member of `shape` that takes an element: by its full name, else by its local name if no other
    /// member has that.
    pub fn find_member(&self, shape: ShapeId, name: QNameRef<'_>) -> Option<MemberId> {
        let rows = self.lookup(shape);
        let local = self.names.find(name.local)?;
        if let Some(ns) = self.names.find(name.ns) {
            if let Ok(at) = rows.binary_search_by_key(&QName { ns, local }, |row| row.0) {
                return Some(rows[at].1);
            }
        }
        let mut found = rows.iter().filter(|row| row.0.local == local).map(|row| row.1);
        let first = found.next()?;
        found.all(|other| other == first).then_some(first)
    }

    /// The element names that lead to members of `shape`.
    pub fn lookup(&self, shape: ShapeId) -> &[Named<MemberId>] {
        self.lookups.run(self.shapes[shape].lookup)
    }

    /// How a type is called in messages and signatures: `xsd:int`, `Account`, `Account[]`.
    pub fn type_label(&self, id: TypeId) -> String {
        let ty = &self.types[id];
        if let Some(name) = ty.name.get() {
            let name = self.qname(name);
            return if name.ns == ns::XSD { format!("xsd:{}", name.local) } else { name.local.to_owned() };
        }
        match ty.kind {
            TypeKind::Array(array) if self.arrays[array].item != id => {
                format!("{}[]", self.type_label(self.arrays[array].item))
            }
            TypeKind::Array(_) => "array".to_owned(),
            TypeKind::Simple(simple) => match &self.simples[simple].variety {
                Variety::Atomic(builtin) => format!("xsd:{}", builtin.name()),
                Variety::List(_) => "list".to_owned(),
                Variety::Union(_) => "union".to_owned(),
            },
            TypeKind::Map => "map".to_owned(),
            TypeKind::Any => "xsd:anyType".to_owned(),
            TypeKind::Complex(_) => "struct".to_owned(),
        }
    }
}

/// A type of the XML Schema namespace, the renamed ones of its drafts included.
pub fn builtin_type(local: &str) -> Option<TypeId> {
    match local {
        "anyType" | "ur-type" => Some(Plan::ANY_TYPE),
        "timeInstant" => Some(Plan::builtin(Builtin::DateTime)),
        "timeDuration" => Some(Plan::builtin(Builtin::Duration)),
        "uriReference" => Some(Plan::builtin(Builtin::AnyUri)),
        "CDATA" => Some(Plan::builtin(Builtin::NormalizedString)),
        _ => Builtin::from_name(local).map(Plan::builtin),
    }
}
