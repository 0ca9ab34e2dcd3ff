//! One element: its actual type, nil, and the dispatch by the kind of its type.

use super::fields::{Few, Record};
use super::*;
use crate::index::*;
use crate::name::{ns, QNameRef};
use crate::plan::TypeKind;
use crate::scalar::{Builtin, Scalar};
use crate::seam::{Kind, Source};

impl Encoder<'_> {
    /// Writes `<tag …>value</tag>`.
    pub fn element<S: Source>(
        &mut self,
        tag: Tag,
        declared: TypeId,
        value: &S,
        nillable: bool,
    ) -> Result<()> {
        let plan = self.plan;
        let kind = value.kind();
        if kind == Kind::Null {
            return self.nil(tag, declared, nillable);
        }
        if kind == Kind::Scalar {
            if let Some(builtin) = plan.types[declared].atom.get() {
                if builtin != Builtin::AnySimpleType {
                    return self.leaf(tag, declared, value);
                }
            }
        }
        self.open(tag);
        self.may_be_nil = nillable || self.encoded;
        self.rest(declared, value, kind)?;
        self.close(tag);
        Ok(())
    }

    /// Writes the rest of a start tag, `>` and the content of a value that is not null.
    pub fn rest<S: Source>(&mut self, declared: TypeId, value: &S, kind: Kind) -> Result<()> {
        if let Err(error) = self.descend() {
            self.deepest = value.identity();
            return Err(error);
        }
        self.rest_of(declared, value, kind).map_err(|error| self.in_circle(error, value))?;
        self.depth -= 1;
        Ok(())
    }

    /// Says on the way up that a value contains itself, where the one that was too deep is met again.
    #[cold]
    fn in_circle<S: Source>(&mut self, error: Error, value: &S) -> Error {
        if self.deepest.is_none() || self.deepest != value.identity() {
            return error;
        }
        self.deepest = None;
        error.with_message("the value contains itself")
    }

    fn rest_of<S: Source>(&mut self, declared: TypeId, value: &S, kind: Kind) -> Result<()> {
        let plan = self.plan;
        let may_be_nil = std::mem::take(&mut self.may_be_nil);
        let ty = self.actual_type(declared, value, kind)?;
        match plan.types[ty].kind {
            TypeKind::Simple(_) => self.simple_rest(declared, ty, value, kind)?,
            TypeKind::Complex(complex) => {
                if plan.types[ty].is_abstract && self.options.strict && kind != Kind::Record {
                    return Err(self.unexpected(ty, value));
                }
                self.check_concrete(ty)?;
                self.actual_type_attribute(declared, ty);
                self.may_be_nil = may_be_nil;
                self.complex(ty, complex, value, kind)?;
            }
            TypeKind::Array(array) => self.array(ty, array, value)?,
            TypeKind::Map => self.map(ty, value)?,
            TypeKind::Any if ty == Plan::ANY_TYPE || self.is_struct(ty) => self.any(value)?,
            // As ext/soap sends what no schema describes.
            TypeKind::Any if !self.options.strict && kind == Kind::Scalar => {
                self.out.push('>');
                self.text(Plan::builtin(Builtin::AnySimpleType), value)?;
            }
            TypeKind::Any => {
                let name =
                    plan.types[ty].name.get().map(|name| plan.qname(name).to_string()).unwrap_or_default();
                return Err(Error::wsdl(format!("the WSDL does not define {name}")));
            }
        }
        Ok(())
    }

    /// The rest of an element of a simple type; a record of `_` and `_type` is how a leaf says its type.
    fn simple_rest<S: Source>(&mut self, declared: TypeId, ty: TypeId, value: &S, kind: Kind) -> Result<()> {
        let text = if kind == Kind::Record && ty != declared { value.field(self.text_key())? } else { None };
        let value = text.as_ref().unwrap_or(value);
        if is_any_simple(self.plan, ty) {
            return self.any_simple(value);
        }
        self.actual_type_attribute(declared, ty);
        self.out.push('>');
        self.text(ty, value)
    }

    /// `SOAP-ENC:Struct`, whose members are anything.
    fn is_struct(&self, ty: TypeId) -> bool {
        self.plan.types[ty].base.get() == Some(Plan::ANY_TYPE)
    }

    fn nil(&mut self, tag: Tag, declared: TypeId, nillable: bool) -> Result<()> {
        if !nillable && !self.encoded && self.options.strict {
            return Err(Error::encode(format!("expected {}, got null", self.plan.type_label(declared))));
        }
        self.open(tag);
        let xsi = self.fixed(XSI);
        self.out.push(' ');
        self.out.push_str(xsi);
        self.out.push_str(":nil=\"true\"/>");
        Ok(())
    }

    /// The type a value asks for, if it may stand for the declared one.
    pub fn actual_type<S: Source>(&self, declared: TypeId, value: &S, kind: Kind) -> Result<TypeId> {
        let plan = self.plan;
        let is_record = kind == Kind::Record && !matches!(plan.types[declared].kind, TypeKind::Map);
        let named = if is_record { value.field(self.type_key())? } else { None };
        if let Some(named) = named {
            return self.named_type(declared, &named);
        }
        match value.type_hint() {
            Some(hint) => self.derived(find_type(plan, hint, hint.local)?, declared),
            None => Ok(declared),
        }
    }

    /// The type that the value of `_type` names.
    pub fn named_type<S: Source>(&self, declared: TypeId, named: &S) -> Result<TypeId> {
        let plan = self.plan;
        let ty = match named.scalar(Builtin::String)? {
            Scalar::Str(text) => find_type(plan, QNameRef::parse_clark(&text), &text)?,
            Scalar::QName { ns, local } => find_type(plan, QNameRef::new(&ns, &local), &local)?,
            _ => return Err(Error::encode("expected the name of a type").in_member("_type")),
        };
        self.derived(ty, declared)
    }

    /// A type that may stand for the declared one.
    fn derived(&self, ty: TypeId, declared: TypeId) -> Result<TypeId> {
        let plan = self.plan;
        if self.options.strict && !plan.derives(ty, declared) {
            return Err(Error::encode(format!(
                "{} is not derived from {}",
                plan.type_label(ty),
                plan.type_label(declared)
            ))
            .in_member("_type"));
        }
        Ok(ty)
    }

    /// Refuses a type that no element can be of.
    pub fn check_concrete(&self, ty: TypeId) -> Result<()> {
        if self.plan.types[ty].is_abstract && self.options.strict {
            let label = self.plan.type_label(ty);
            return Err(Error::encode(format!("{label} is abstract: name the actual type in `_type`")));
        }
        Ok(())
    }

    pub fn complex<S: Source>(
        &mut self,
        ty: TypeId,
        complex: ComplexId,
        value: &S,
        kind: Kind,
    ) -> Result<()> {
        let plan = self.plan;
        match kind {
            Kind::Record => {
                if self.options.strict && self.is_foreign(complex, value)? {
                    self.check_object(plan.complexes[complex].shape, &Record(value))?;
                    return Err(self.unexpected(ty, value));
                }
                self.record(complex, &Record(value))
            }
            Kind::Scalar if plan.complexes[complex].text.is_some() => {
                self.record(complex, &Few(&[("_", value.clone())]))
            }
            Kind::Scalar if self.is_fragment(complex) => {
                // Between the elements of mixed content may be text, and that may be all.
                let is_mixed = plan.complexes[complex].mixed.is_some();
                let key = if is_mixed { "_mixed" } else { "_any" };
                self.record(complex, &Few(&[(key, value.clone())]))
            }
            Kind::List => {
                let shape = &plan.shapes[plan.complexes[complex].shape];
                if let [only] = plan.members.run(shape.members) {
                    if only.repeated() {
                        return self.record(complex, &Few(&[(plan.text(only.key), value.clone())]));
                    }
                }
                let mut empty = true;
                value.each(&mut |_| {
                    empty = false;
                    Ok(())
                })?;
                if empty {
                    return self.record::<S, _>(complex, &Few(&[]));
                }
                Err(self.unexpected(ty, value))
            }
            _ => Err(self.unexpected(ty, value)),
        }
    }

    /// Whether a type is nothing but a wildcard, so that a bare text is its content.
    fn is_fragment(&self, complex: ComplexId) -> bool {
        let shape = &self.plan.shapes[self.plan.complexes[complex].shape];
        let mut elements = self.plan.members.run(shape.members).iter().filter(|member| {
            !matches!(member.role, crate::plan::Role::Mixed | crate::plan::Role::AnyAttribute(_))
        });
        matches!(
            (elements.next().map(|member| member.role), elements.next()),
            (Some(crate::plan::Role::Any(_)), None)
        )
    }

    pub fn unexpected<S: Source>(&self, ty: TypeId, value: &S) -> Error {
        Error::encode(format!("expected {}, got {}", self.plan.type_label(ty), value.describe()))
    }

    /// ` xsi:type="…"`, if the message says every type or this is not the declared one.
    #[inline]
    pub fn actual_type_attribute(&mut self, declared: TypeId, ty: TypeId) {
        if self.encoded || ty != declared {
            self.type_attribute(ty);
        }
    }

    /// ` xsi:type="…"`; an anonymous type has no name to give.
    #[inline]
    pub fn type_attribute(&mut self, ty: TypeId) {
        let tag = self.plan.types[ty].tag;
        if tag.text == NameId::EMPTY {
            return;
        }
        self.used[XSI] = true;
        self.out.push_str(" xsi:type=\"");
        self.name(tag);
        self.out.push('"');
    }
}

fn is_any_simple(plan: &Plan, ty: TypeId) -> bool {
    plan.types[ty].atom.get() == Some(Builtin::AnySimpleType)
}

/// A type by Clark name or unique local name, of XML Schema if no other has that; a prefix of the host's own means
/// nothing and is dropped.
fn find_type(plan: &Plan, name: QNameRef<'_>, text: &str) -> Result<TypeId> {
    let local = name.local.rsplit(':').next().unwrap_or(name.local);
    let found = plan.find_type(name).or_else(|| {
        if name.ns.is_empty() {
            plan.find_type_by_local(local).or_else(|| plan.find_type(QNameRef::new(ns::XSD, local)))
        } else {
            None
        }
    });
    found.ok_or_else(|| {
        let known = plan.types_by_name.iter().map(|row| plan.text(row.0.local));
        let hint = crate::similar::hint(local, known);
        Error::encode(format!("no type {text:?}{hint}")).in_member("_type")
    })
}
