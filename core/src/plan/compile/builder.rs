//! The plan in the making: tables, interner, and what is known so far of each name.

use foldhash::HashMap;

use crate::error::{Error, Position, Result};
use crate::index::*;
use crate::name::{ns, Interner, QName};
use crate::plan::tables::*;
use crate::scalar::Builtin;
use crate::wsdl::Definitions;
use crate::xsd::{Origin, SchemaSet, TypeDef};

pub(super) use crate::plan::content::NESTING;

/// How far the compilation of a type is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Waiting,
    Running,
    Done,
}

pub(super) struct Builder<'d> {
    pub names: Interner,
    pub definitions: &'d Definitions,
    pub set: &'d SchemaSet,
    pub plan: Plan,
    /// Named types, those of the encodings included.
    pub type_ids: HashMap<QName, TypeId>,
    pub element_ids: HashMap<QName, ElementId>,
    /// One per row of `plan.types`.
    pub states: Vec<State>,
    /// One per row of `plan.types`; `None` where no schema defines it.
    pub definitions_of: Vec<Option<&'d TypeDef>>,
    /// Anonymous types by the address of their definition: a group may be used, and thus met, many times.
    pub anonymous: HashMap<*const TypeDef, TypeId>,
    /// Types that are referenced but not compiled.
    pub queue: Vec<TypeId>,
    /// Namespace URI to row of `plan.namespaces`.
    prefixes: HashMap<NameId, u32>,
    tags: HashMap<QName, Tag>,
    pub wellknown: WellKnown,
    /// Nesting of anonymous types and groups at this moment.
    pub depth: u32,
}

/// Ids of the namespaces that are treated on their own.
pub(super) struct WellKnown {
    pub xsd: NameId,
    pub soap11_encoding: NameId,
    pub soap12_encoding: NameId,
    pub apache: NameId,
}

impl<'d> Builder<'d> {
    pub fn new(mut names: Interner, definitions: &'d Definitions) -> Self {
        // Keys with a meaning of their own, so that hosts have them interned.
        for key in ["_", "_type", "_any", "_mixed", "_attributes", "item", "key", "value"] {
            names.intern(key);
        }
        let wellknown = WellKnown {
            xsd: names.intern(ns::XSD),
            soap11_encoding: names.intern(ns::SOAP11_ENCODING),
            soap12_encoding: names.intern(ns::SOAP12_ENCODING),
            apache: names.intern(ns::APACHE),
        };
        let mut plan = Plan {
            location: definitions.location.clone(),
            warnings: definitions.warnings.iter().map(ToString::to_string).collect(),
            ..Plan::default()
        };
        plan.target_namespace = names.intern(&definitions.target_namespace);
        plan.documentation = names.intern(definitions.documentation.as_deref().unwrap_or_default());
        let mut builder = Self {
            names,
            definitions,
            set: &definitions.schemas,
            plan,
            type_ids: HashMap::default(),
            element_ids: HashMap::default(),
            states: Vec::new(),
            definitions_of: Vec::new(),
            anonymous: HashMap::default(),
            queue: Vec::new(),
            prefixes: HashMap::default(),
            tags: HashMap::default(),
            wellknown,
            depth: 0,
        };
        builder.fixed_namespaces();
        builder.builtin_types();
        builder
    }

    fn fixed_namespaces(&mut self) {
        let rows = [
            ("", ""),
            (ns::XSD, "xsd"),
            (ns::XSI, "xsi"),
            (ns::SOAP11_ENCODING, "SOAP-ENC"),
            (ns::SOAP12_ENCODING, "enc"),
            (ns::SOAP11_ENVELOPE, "SOAP-ENV"),
            (ns::SOAP12_ENVELOPE, "env"),
            (ns::XML, "xml"),
            (ns::APACHE, "apache"),
        ];
        for (uri, prefix) in rows {
            let (uri, prefix) = (self.names.intern(uri), self.names.intern(prefix));
            self.prefixes.insert(uri, self.plan.namespaces.len() as u32);
            self.plan.namespaces.change(|rows| rows.push(Namespace { uri, prefix }));
        }
    }

    fn builtin_types(&mut self) {
        for &builtin in Builtin::ALL {
            let base = match builtin {
                Builtin::AnySimpleType => Some(Plan::ANY_TYPE),
                _ => Some(Plan::builtin(parent(builtin))),
            };
            self.builtin_alias(ns::XSD, builtin.name(), builtin, base);
        }
        let name = QName { ns: self.wellknown.xsd, local: self.names.intern("anyType") };
        let id = self.reserve(Some(name));
        debug_assert_eq!(id, Plan::ANY_TYPE);
        self.states[id.index()] = State::Done;
    }

    /// A row for a type that is a built-in one under a name of its own.
    pub fn builtin_alias(&mut self, ns: &str, local: &str, builtin: Builtin, base: Option<TypeId>) -> TypeId {
        let name = QName { ns: self.names.intern(ns), local: self.names.intern(local) };
        let id = self.reserve(Some(name));
        let simple = self.plan.simples.push(Simple {
            variety: Variety::Atomic(builtin),
            whitespace: crate::lexical::whitespace(builtin),
            facets: None,
        });
        let row = &mut self.plan.types[id];
        row.kind = TypeKind::Simple(simple);
        row.atom = builtin.into();
        row.base = base.into();
        self.states[id.index()] = State::Done;
        id
    }

    /// A row for a type that is compiled later; until then it is `anyType` under its name.
    pub fn reserve(&mut self, name: Option<QName>) -> TypeId {
        let tag = match name {
            Some(name) => self.tag(name),
            None => Tag { text: NameId::EMPTY, ns: 0 },
        };
        self.states.push(State::Waiting);
        self.definitions_of.push(None);
        let id = self.plan.types.push(Type {
            name: name.into(),
            tag,
            kind: TypeKind::Any,
            atom: Atom::NONE,
            base: Maybe::NONE,
            is_abstract: false,
            documentation: NameId::EMPTY,
        });
        if let Some(name) = name {
            self.type_ids.insert(name, id);
        }
        id
    }

    /// The name as requests write it, with a prefix of the plan's.
    pub fn tag(&mut self, name: QName) -> Tag {
        if let Some(&tag) = self.tags.get(&name) {
            return tag;
        }
        let ns = self.namespace(name.ns);
        let tag = if ns == 0 {
            Tag { text: name.local, ns }
        } else {
            let prefix = self.plan.namespaces[ns as usize].prefix;
            let text = [self.names.text(prefix), ":", self.names.text(name.local)].concat();
            Tag { text: self.names.intern(&text), ns }
        };
        self.tags.insert(name, tag);
        tag
    }

    fn namespace(&mut self, uri: NameId) -> u32 {
        if let Some(&row) = self.prefixes.get(&uri) {
            return row;
        }
        let row = self.plan.namespaces.len() as u32;
        let number = self.prefixes.len() - 8;
        let prefix = self.names.intern(&format!("ns{number}"));
        self.prefixes.insert(uri, row);
        self.plan.namespaces.change(|rows| rows.push(Namespace { uri, prefix }));
        row
    }

    pub fn documentation(&mut self, text: Option<&str>) -> NameId {
        text.map_or(NameId::EMPTY, |text| self.names.intern(text.trim()))
    }

    /// `{namespace}local`, for messages.
    pub fn clark(&self, name: QName) -> String {
        let (uri, local) = (self.names.text(name.ns), self.names.text(name.local));
        crate::name::QNameRef::new(uri, local).to_string()
    }

    pub fn document(&self, origin: Origin) -> &str {
        self.set.location(origin.document)
    }

    pub fn error(&self, message: String, origin: Origin) -> Error {
        Error::wsdl(message).in_document(self.document(origin)).at(self.set.position(origin))
    }

    pub fn warn(&mut self, message: String, origin: Origin) {
        let Position { line, column, .. } = self.set.position(origin);
        let document = self.document(origin);
        let text = format!("{message} ({document}, line {line}, column {column})");
        if !self.plan.warnings.contains(&text) && self.plan.warnings.len() < 1000 {
            self.plan.warnings.push(text);
        }
    }

    /// Goes one level down; an error where a schema nests without end.
    pub fn descend(&mut self) -> Result<()> {
        self.depth += 1;
        if self.depth > NESTING {
            return Err(Error::wsdl(format!(
                "the schema nests more than {NESTING} levels, or refers to itself"
            )));
        }
        Ok(())
    }

    pub fn finish(mut self) -> Plan {
        self.plan.types_by_name = sorted(self.type_ids);
        self.plan.elements_by_name = sorted(self.element_ids);
        self.plan.names = self.names.freeze();
        self.plan
    }
}

fn sorted<I: Ord>(ids: HashMap<QName, I>) -> Rows<Named<I>> {
    let mut rows: Vec<_> = ids.into_iter().map(|(name, id)| Named(name, id)).collect();
    rows.sort_unstable();
    rows.into()
}

/// The base of a built-in type (XSD 1.0 part 2, §3).
fn parent(builtin: Builtin) -> Builtin {
    use Builtin::*;
    match builtin {
        NormalizedString => String,
        Token => NormalizedString,
        Language | Name | NmToken => Token,
        NcName => Name,
        Id | IdRef | Entity => NcName,
        Integer => Decimal,
        NonPositiveInteger | NonNegativeInteger | Long => Integer,
        NegativeInteger => NonPositiveInteger,
        Int => Long,
        Short => Int,
        Byte => Short,
        UnsignedLong | PositiveInteger => NonNegativeInteger,
        UnsignedInt => UnsignedLong,
        UnsignedShort => UnsignedInt,
        UnsignedByte => UnsignedShort,
        _ => AnySimpleType,
    }
}
