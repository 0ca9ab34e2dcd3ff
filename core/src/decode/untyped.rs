//! The plan of a service without a WSDL: the built-in types and nothing else.

use std::sync::OnceLock;

use crate::index::*;
use crate::lexical;
use crate::name::{ns, Interner, QName};
use crate::plan::*;
use crate::scalar::Builtin;

/// The plan, made at first use.
pub(super) fn plan() -> &'static Plan {
    static PLAN: OnceLock<Plan> = OnceLock::new();
    PLAN.get_or_init(build)
}

fn build() -> Plan {
    let mut names = Interner::default();
    let mut plan = Plan::default();
    let schema = names.intern(ns::XSD);
    let tag = Tag { text: NameId::EMPTY, ns: 0 };
    for &builtin in Builtin::ALL {
        let simple = plan.simples.push(Simple {
            variety: Variety::Atomic(builtin),
            whitespace: lexical::whitespace(builtin),
            facets: None,
        });
        let name = QName { ns: schema, local: names.intern(builtin.name()) };
        plan.types.push(Type {
            name: name.into(),
            tag,
            kind: TypeKind::Simple(simple),
            atom: builtin.into(),
            base: Plan::ANY_TYPE.into(),
            is_abstract: false,
            documentation: NameId::EMPTY,
        });
    }
    let name = QName { ns: schema, local: names.intern("anyType") };
    plan.types.push(Type {
        name: name.into(),
        tag,
        kind: TypeKind::Any,
        atom: Atom::NONE,
        base: Maybe::NONE,
        is_abstract: false,
        documentation: NameId::EMPTY,
    });
    plan.names = names.freeze();
    plan
}
