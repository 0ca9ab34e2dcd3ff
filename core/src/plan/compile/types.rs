//! Named and anonymous types: who refers to whom, and in what order they are compiled.

use super::builder::{Builder, State};
use crate::error::Result;
use crate::index::*;
use crate::name::{ns, QName};
use crate::plan::find::builtin_type;
use crate::plan::tables::*;
use crate::scalar::Builtin;
use crate::xsd::{self, Origin, TypeRef};

impl<'d> Builder<'d> {
    /// Compiles every type of the schemas: an `xsi:type` may name any of them.
    pub fn all_types(&mut self) -> Result<()> {
        for (name, _) in self.set.types.iter() {
            self.named_type(name, Origin::default());
            self.drain()?;
        }
        Ok(())
    }

    /// Compiles what is waiting.
    pub fn drain(&mut self) -> Result<()> {
        while let Some(id) = self.queue.pop() {
            if self.states[id.index()] == State::Waiting {
                self.compile_type(id)?;
            }
        }
        Ok(())
    }

    /// The row of a reference. An anonymous type waits in the queue like a named one: through groups and
    /// global elements it may contain itself.
    pub fn type_ref(&mut self, reference: &'d TypeRef, origin: Origin) -> TypeId {
        let definition: &'d xsd::TypeDef = match reference {
            TypeRef::Named(name) => return self.named_type(*name, origin),
            TypeRef::Inline(definition) => definition,
        };
        if let Some(&id) = self.anonymous.get(&std::ptr::from_ref(definition)) {
            return id;
        }
        let id = self.reserve(None);
        self.anonymous.insert(definition, id);
        self.definitions_of[id.index()] = Some(definition);
        self.queue.push(id);
        id
    }

    /// The row of a named type. A name that nothing defines becomes a row of kind `Any` that is not
    /// `anyType`: encoding a value of it is an error, loading is not.
    pub fn named_type(&mut self, name: QName, origin: Origin) -> TypeId {
        if name.ns == self.wellknown.xsd {
            if let Some(id) = builtin_type(self.names.text(name.local)) {
                return id;
            }
        }
        if let Some(&id) = self.type_ids.get(&name) {
            return id;
        }
        if let Some(id) = self.encoding_type(name) {
            return id;
        }
        let id = self.reserve(Some(name));
        self.definitions_of[id.index()] = self.set.types.get(name);
        if self.definitions_of[id.index()].is_some() {
            self.queue.push(id);
        } else {
            self.states[id.index()] = State::Done;
            self.warn(format!("type {} is not defined", self.clark(name)), origin);
        }
        id
    }

    /// The types of the SOAP encodings and of Apache SOAP.
    fn encoding_type(&mut self, name: QName) -> Option<TypeId> {
        let known = &self.wellknown;
        let local = self.names.text(name.local).to_owned();
        if name.ns == known.apache {
            return match local.as_str() {
                "Map" => Some(self.special(name, TypeKind::Map)),
                "Vector" => Some(self.array_of_any(name)),
                _ => None,
            };
        }
        let uri = if name.ns == known.soap11_encoding {
            ns::SOAP11_ENCODING
        } else if name.ns == known.soap12_encoding {
            ns::SOAP12_ENCODING
        } else {
            return None;
        };
        match local.as_str() {
            "Array" => Some(self.array_of_any(name)),
            "Struct" => Some(self.special(name, TypeKind::Map)).map(|id| self.open_struct(id)),
            "base64" => {
                let base = Plan::builtin(Builtin::Base64Binary);
                Some(self.builtin_alias(uri, &local, Builtin::Base64Binary, Some(base)))
            }
            _ => {
                let builtin = Builtin::from_name(&local)?;
                Some(self.builtin_alias(uri, &local, builtin, Some(Plan::builtin(builtin))))
            }
        }
    }

    fn special(&mut self, name: QName, kind: TypeKind) -> TypeId {
        let id = self.reserve(Some(name));
        self.plan.types[id].kind = kind;
        self.plan.types[id].base = Plan::ANY_TYPE.into();
        self.states[id.index()] = State::Done;
        id
    }

    /// `SOAP-ENC:Struct`: any members, which is what `anyType` reads and writes for a record.
    fn open_struct(&mut self, id: TypeId) -> TypeId {
        self.plan.types[id].kind = TypeKind::Any;
        id
    }

    fn array_of_any(&mut self, name: QName) -> TypeId {
        let id = self.reserve(Some(name));
        let array = self.array_row(Plan::ANY_TYPE, 1, None);
        self.plan.types[id].kind = TypeKind::Array(array);
        self.plan.types[id].base = Plan::ANY_TYPE.into();
        self.states[id.index()] = State::Done;
        id
    }

    /// Compiles one type into its reserved row.
    fn compile_type(&mut self, id: TypeId) -> Result<()> {
        let Some(definition) = self.definitions_of[id.index()] else { return Ok(()) };
        if self.states[id.index()] == State::Running {
            let name = definition.name.map_or_else(String::new, |name| self.clark(name));
            return Err(self.error(format!("type {name} is derived from itself"), definition.origin));
        }
        self.states[id.index()] = State::Running;
        self.descend()?;
        let documentation = self.documentation(definition.documentation.as_deref());
        let row = &mut self.plan.types[id];
        row.documentation = documentation;
        row.is_abstract = definition.is_abstract;
        match &definition.kind {
            xsd::TypeKind::Simple(simple) => self.simple_type(id, simple, definition.origin)?,
            xsd::TypeKind::Complex(complex) => self.complex_type(id, complex, definition.origin)?,
        }
        self.depth -= 1;
        self.states[id.index()] = State::Done;
        Ok(())
    }

    /// Compiles a type now, because another is derived from it.
    pub fn compiled(&mut self, id: TypeId) -> Result<()> {
        if self.states[id.index()] == State::Done {
            return Ok(());
        }
        self.compile_type(id)
    }
}
