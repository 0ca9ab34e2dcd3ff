//! What is the same is said the same way, once all references lead somewhere.

use super::model::{ComplexType, Content, SchemaSet, TypeDef, TypeKind, TypeRef};
use crate::name::QName;

/// Gives array types their items from their bases, and turns `complexContent` over a simple type, which
/// some generators write, into `simpleContent`. Derivations must not run in circles any more.
pub(super) fn normalize(set: &mut SchemaSet) {
    let mut changes = Vec::new();
    for (name, def) in set.types.iter() {
        let Some((base, complex)) = derived(def) else { continue };
        let array = if complex.array.is_none() { set.base_array(base) } else { None };
        if array.is_some() || set.is_simple(base) && complex.particle().is_none() {
            changes.push((name, array.cloned()));
        }
    }
    for (name, array) in changes {
        let Some(TypeDef { kind: TypeKind::Complex(complex), .. }) = set.types.get_mut(name) else {
            continue;
        };
        if array.is_some() {
            complex.array = array;
        } else if let Content::Derived { derivation, base, .. } = &complex.content {
            let (derivation, base) = (*derivation, base.clone());
            complex.content = Content::Simple { derivation, base, narrowed: None, facets: Vec::new() };
        }
    }
}

fn derived(def: &TypeDef) -> Option<(QName, &ComplexType)> {
    match &def.kind {
        TypeKind::Complex(complex) => match &complex.content {
            Content::Derived { base: TypeRef::Named(base), .. } => Some((*base, complex)),
            _ => None,
        },
        TypeKind::Simple(_) => None,
    }
}

impl SchemaSet {
    /// What the nearest array type among a type and its bases says of its items.
    fn base_array(&self, mut name: QName) -> Option<&super::model::ArrayInfo> {
        loop {
            let (base, complex) = derived(self.types.get(name)?)?;
            if complex.array.is_some() {
                return complex.array.as_ref();
            }
            name = base;
        }
    }

    fn is_simple(&self, name: QName) -> bool {
        match self.types.get(name) {
            Some(def) => matches!(def.kind, TypeKind::Simple(_)),
            None => self.is_builtin(name) && self.names.text(name.local) != "anyType",
        }
    }
}
