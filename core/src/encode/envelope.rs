//! The message as a whole (SOAP 1.1, §4; SOAP 1.2 part 1, §5).

use super::arguments::{parameters, whole_record, Arguments, Bound};

use super::fields::{Few, Fields, Record};
use super::*;
use crate::error::{ErrorKind, InPath};
use crate::index::*;
use crate::plan::{Message, Operation, Part, TypeKind, Use, Wrapper};
use crate::seam::{Kind, Source};
use crate::secret;
use crate::xml;

/// A request in the making: headers first, then the body, then [`Envelope::finish`].
pub struct Envelope<'p> {
    encoder: Encoder<'p>,
    operation: &'p Operation,
    headers: String,
    body: String,
}

impl<'p> Envelope<'p> {
    pub fn new(plan: &'p Plan, op: OpId, options: Options) -> Self {
        let operation = &plan.operations[op];
        let encoder = Encoder::new(plan, operation.version, options);
        Self { encoder, operation, headers: String::new(), body: String::new() }
    }

    /// Adds a header that the binding declares.
    pub fn header<S: Source>(&mut self, header: HeaderId, value: &S) -> Result<()> {
        let header = &self.encoder.plan.headers[header];
        self.write_header(&header.part, header.use_ == Use::Encoded, value)
    }

    /// Adds a header that is a global element of the schemas.
    pub fn element_header<S: Source>(&mut self, element: ElementId, value: &S) -> Result<()> {
        let row = &self.encoder.plan.elements[element];
        let part = Part {
            key: row.name.local,
            name: row.name,
            tag: row.tag,
            ty: row.ty,
            element: element.into(),
            nillable: row.nillable,
            documentation: NameId::EMPTY,
        };
        self.write_header(&part, false, value)
    }

    fn write_header<S: Source>(&mut self, part: &Part, encoded: bool, value: &S) -> Result<()> {
        let plan = self.encoder.plan;
        self.encoder.encoded = encoded;
        let name = plan.text(part.key);
        let written = self.encoder.element(part.tag, part.ty, value, part.nillable);
        written.map_err(|error| secret::masked(error, name)).in_member(name)?;
        self.headers.push_str(&self.encoder.out);
        self.encoder.out.clear();
        Ok(())
    }

    /// Adds a header without a namespace whose members say their types.
    pub fn unqualified_header<S: Source>(&mut self, name: &str, value: &S) -> Result<()> {
        self.encoder.encoded = false;
        self.encoder.named_any(name, value).in_member(name)?;
        self.headers.push_str(&self.encoder.out);
        self.encoder.out.clear();
        Ok(())
    }

    /// Adds a header as it is: well-formed XML that declares its own namespaces.
    pub fn raw_header<S: Source>(&mut self, value: &S) -> Result<()> {
        self.encoder.elements(value)?;
        self.headers.push_str(&self.encoder.out);
        self.encoder.out.clear();
        Ok(())
    }

    /// Writes the body from the arguments of a call.
    pub fn body<S: Source>(&mut self, arguments: &Arguments<S>) -> Result<()> {
        let plan = self.encoder.plan;
        let id = self.operation.input;
        let message = &plan.messages[id];
        let encoder = &mut self.encoder;
        encoder.encoded = message.use_ == Use::Encoded;
        let params = parameters(plan, id);
        let keys: Vec<_> = params.iter().map(|parameter| parameter.key).collect();
        let name = plan.text(self.operation.key);
        if message.wrapped.is_some() {
            let first_is_record = params.first().is_some_and(|first| {
                matches!(plan.types[first.ty].kind, TypeKind::Complex(_) | TypeKind::Map | TypeKind::Any)
            });
            let declared = plan.parts.run(message.parts)[0].ty;
            let is_optional = params.first().is_some_and(|first| !first.required && !first.nillable);
            let is_member = keys.contains(&encoder.keys.ty);
            if first_is_record && is_optional && arguments.say_nothing() {
                encoder.wrapped::<S, _>(message, declared, &Few(&[]))?;
            } else if let Some((ty, only)) = encoder.typed_record(declared, arguments).filter(|_| !is_member)
            {
                encoder.wrapped(message, ty, &Record(only))?;
            } else if let Some(only) = whole_record(plan, &keys, first_is_record, arguments)?.filter(|only| {
                is_member || !params.first().is_some_and(|first| encoder.is_of(first.ty, *only))
            }) {
                let named = if is_member { None } else { only.field(encoder.type_key())? };
                let ty = encoder.root_type(declared, named)?;
                encoder.wrapped(message, ty, &Record(only))?;
            } else {
                let bound = Bound::new(plan, keys, name, arguments)?;
                let named = if is_member { None } else { bound.field(encoder.type_key())? };
                let ty = encoder.root_type(declared, named)?;
                let (written, strict) = (encoder.wrapped(message, ty, &bound), encoder.options.strict);
                written.map_err(|error| named_better(plan, message, &bound, error, strict))?;
            }
        } else {
            let bound = Bound::new(plan, keys, name, arguments)?;
            if encoder.options.strict {
                bound.check_names(plan)?;
            }
            encoder.parts(message, &bound)?;
        }
        self.body = std::mem::take(&mut encoder.out);
        Ok(())
    }

    /// The complete message in UTF-8.
    pub fn finish(self) -> String {
        let Self { mut encoder, headers, body, .. } = self;
        let row = match encoder.version {
            SoapVersion::V11 => SOAP11_ENV,
            SoapVersion::V12 => SOAP12_ENV,
        };
        encoder.used[row] = true;
        let env = FIXED[row];
        let mut out = String::with_capacity(body.len() + headers.len() + 512);
        out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<");
        out.push_str(env);
        out.push_str(":Envelope");
        for (at, row) in encoder.plan.namespaces.iter().enumerate().skip(1) {
            if encoder.used[at] && at != XML {
                declare(&mut out, encoder.plan.text(row.prefix), encoder.plan.text(row.uri));
            }
        }
        for (at, uri) in encoder.foreign.iter().enumerate() {
            declare(&mut out, &format!("x{}", at + 1), uri);
        }
        out.push('>');
        if !headers.is_empty() {
            out.extend(["<", env, ":Header>", &headers, "</", env, ":Header>"]);
        }
        out.extend(["<", env, ":Body>", &body, "</", env, ":Body></", env, ":Envelope>"]);
        out
    }
}

/// A keyword that is no parameter is the better error than what its lack leads to.
#[cold]
fn named_better<S: Source>(
    plan: &Plan,
    message: &Message,
    bound: &Bound<'_, S>,
    error: Error,
    strict: bool,
) -> Error {
    let Some(complex) = message.wrapped.get().filter(|_| strict && error.kind() == ErrorKind::Encode) else {
        return error;
    };
    bound.check_members(plan, plan.complexes[complex].shape).err().unwrap_or(error)
}

fn declare(out: &mut String, prefix: &str, uri: &str) {
    out.push_str(" xmlns:");
    out.push_str(prefix);
    out.push_str("=\"");
    // A namespace of a schema was legal XML; one of a value may not be, which its own element then shows.
    let start = out.len();
    if xml::escape_attribute(out, uri).is_err() {
        out.truncate(start);
    }
    out.push('"');
}

impl Encoder<'_> {
    /// The only argument, if it is the parameters' record and names a type derived from the declared one.
    fn typed_record<'a, S: Source>(
        &self,
        declared: TypeId,
        arguments: &'a Arguments<S>,
    ) -> Option<(TypeId, &'a S)> {
        let only = arguments.only_record()?;
        let ty = self.actual_type(declared, only, Kind::Record).ok()?;
        (ty != declared && self.plan.derives(ty, declared)).then_some((ty, only))
    }

    /// Whether a record says that it is of a type derived from a complex one.
    fn is_of<S: Source>(&self, ty: TypeId, value: &S) -> bool {
        let is_complex = matches!(self.plan.types[ty].kind, TypeKind::Complex(_));
        is_complex && self.actual_type(ty, value, Kind::Record).is_ok_and(|actual| actual != ty)
    }

    /// The type of the parameters' record, which they may name like a member.
    fn root_type<S: Source>(&self, declared: TypeId, named: Option<S>) -> Result<TypeId> {
        named.map_or(Ok(declared), |named| self.named_type(declared, &named))
    }

    /// The single element of a document message whose members are the parameters.
    fn wrapped<S: Source, F: Fields<S>>(&mut self, message: &Message, ty: TypeId, fields: &F) -> Result<()> {
        let part = &self.plan.parts.run(message.parts)[0];
        let TypeKind::Complex(complex) = self.plan.types[ty].kind else {
            let label = self.plan.type_label(part.ty);
            return Err(Error::encode(format!("expected {label}")).in_member("_type"));
        };
        self.check_concrete(ty)?;
        self.open(part.tag);
        self.encoding_style(message);
        self.actual_type_attribute(part.ty, ty);
        self.record(complex, fields)?;
        self.close(part.tag);
        Ok(())
    }

    /// The parts one after the other; of an rpc message in its wrapper.
    fn parts<S: Source>(&mut self, message: &Message, fields: &Bound<'_, S>) -> Result<()> {
        let plan = self.plan;
        if let Some(Wrapper(_, tag)) = message.wrapper.get() {
            self.open(tag);
            self.encoding_style(message);
            self.out.push('>');
        }
        for part in plan.parts.run(message.parts) {
            let value = fields.field(plan.key(part.key))?;
            let written = match value {
                Some(value) => self.element(part.tag, part.ty, &value, part.nillable),
                // An element without a type is how many services say that there is nothing to say.
                None if part.ty == Plan::ANY_TYPE && message.wrapper.is_none() => {
                    self.open(part.tag);
                    self.out.push('>');
                    self.close(part.tag);
                    Ok(())
                }
                None if self.options.strict => {
                    Err(Error::encode(format!("missing: expected {}", plan.type_label(part.ty))))
                }
                None => Ok(()),
            };
            let name = plan.text(part.key);
            written.map_err(|error| secret::masked(error, name)).in_member(name)?;
        }
        if let Some(Wrapper(_, tag)) = message.wrapper.get() {
            self.close(tag);
        }
        Ok(())
    }

    /// `encodingStyle` stands on the body's child: both versions allow it there.
    fn encoding_style(&mut self, message: &Message) {
        if message.use_ == Use::Literal || message.encoding_style == NameId::EMPTY {
            return;
        }
        let row = match self.version {
            SoapVersion::V11 => SOAP11_ENV,
            SoapVersion::V12 => SOAP12_ENV,
        };
        let uri = match self.version {
            SoapVersion::V11 => self.plan.text(message.encoding_style),
            SoapVersion::V12 => crate::name::ns::SOAP12_ENCODING,
        };
        self.out.extend([" ", FIXED[row], ":encodingStyle=\"", uri, "\""]);
    }
}
