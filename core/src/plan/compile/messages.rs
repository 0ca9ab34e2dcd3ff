//! Messages as their binding puts them on the wire (WSDL 1.1, §3.5 to §3.7).

use super::builder::Builder;
use crate::error::Result;
use crate::index::*;
use crate::name::{ns, QName};
use crate::plan::services::*;
use crate::plan::tables::*;
use crate::wsdl::{self, BodyBinding, HeaderBinding, PartContent};

impl<'d> Builder<'d> {
    /// The element around the parts of an rpc message: in the body's namespace, named for the operation.
    pub fn wrapper(
        &mut self,
        style: Style,
        body: &BodyBinding,
        operation: NameId,
        suffix: &str,
    ) -> Maybe<Wrapper> {
        if style == Style::Document {
            return Maybe::NONE;
        }
        let local = [self.names.text(operation), suffix].concat();
        let name = QName { ns: body.namespace.unwrap_or(NameId::EMPTY), local: self.names.intern(&local) };
        Wrapper(name, self.tag(name)).into()
    }

    pub fn message(
        &mut self,
        name: QName,
        body: &'d BodyBinding,
        style: Style,
        wrapper: Maybe<Wrapper>,
    ) -> Result<MessageId> {
        let use_ = usage(body.usage);
        let mut rows = Vec::new();
        if let Some(message) = self.definitions.messages.get(name) {
            for part in body_parts(message, body) {
                rows.push(self.part(part));
            }
        }
        let headers: Vec<Header> = body.headers.iter().filter_map(|header| self.header(header)).collect();
        let headers = self.plan.headers.push_all(headers);
        let wrapped = match rows.as_slice() {
            [only] if style == Style::Document && only.element.is_some() => self.wrapped(only.ty)?.into(),
            _ => Maybe::NONE,
        };
        let encoding_style = match (use_, body.encoding_style) {
            (Use::Literal, _) => NameId::EMPTY,
            (Use::Encoded, Some(style)) if style != NameId::EMPTY => style,
            (Use::Encoded, _) => self.names.intern(ns::SOAP11_ENCODING),
        };
        let parts = self.plan.parts.push_all(rows);
        Ok(self.plan.messages.push(Message { wrapper, use_, encoding_style, parts, wrapped, headers }))
    }

    /// A message without parts.
    pub fn empty_message(&mut self, wrapper: Maybe<Wrapper>) -> MessageId {
        self.plan.messages.push(Message {
            wrapper,
            use_: Use::Literal,
            encoding_style: NameId::EMPTY,
            parts: Run::default(),
            wrapped: Maybe::NONE,
            headers: Run::default(),
        })
    }

    /// The complex type whose members are the parameters, unless it is one with text content.
    fn wrapped(&mut self, ty: TypeId) -> Result<Option<ComplexId>> {
        self.compiled(ty)?;
        let TypeKind::Complex(id) = self.plan.types[ty].kind else { return Ok(None) };
        let complex = &self.plan.complexes[id];
        Ok((complex.text.is_none() && !self.plan.types[ty].is_abstract).then_some(id))
    }

    /// An element stands under its own name, a type under the part's. What nothing defines fails when it is
    /// used, not here.
    fn part(&mut self, part: &'d wsdl::Part) -> Part {
        let documentation = self.documentation(part.documentation.as_deref());
        match part.content {
            PartContent::Element(name) => {
                let element = self.global_element(name, part.origin);
                let row = &self.plan.elements[element];
                Part {
                    key: part.name,
                    name,
                    tag: row.tag,
                    ty: row.ty,
                    element: element.into(),
                    nillable: row.nillable,
                    documentation,
                }
            }
            PartContent::Type(ty) => {
                let name = QName { ns: NameId::EMPTY, local: part.name };
                let ty = self.named_type(ty, part.origin);
                let tag = self.tag(name);
                Part { key: part.name, name, tag, ty, element: Maybe::NONE, nillable: true, documentation }
            }
        }
    }

    fn header(&mut self, header: &'d HeaderBinding) -> Option<Header> {
        let part = self
            .definitions
            .messages
            .get(header.message)
            .and_then(|message| message.parts.iter().find(|part| part.name == header.part));
        let mut row = self.part(part?);
        if let (None, Some(uri)) = (row.element.get(), header.namespace) {
            row.name.ns = uri;
            row.tag = self.tag(row.name);
        }
        Some(Header { part: row, use_: usage(header.usage) })
    }

    pub fn faults(
        &mut self,
        operation: &'d wsdl::Operation,
        bound: &'d wsdl::BindingOperation,
    ) -> Run<FaultId> {
        let mut rows = Vec::new();
        for fault in &operation.faults {
            let use_ = bound
                .faults
                .iter()
                .find(|binding| binding.name == fault.name)
                .map_or(Use::Literal, |binding| usage(binding.usage));
            let part = self.definitions.messages.get(fault.message).and_then(|message| message.parts.first());
            if let Some(part) = part {
                rows.push(Fault { name: fault.name, part: self.part(part), use_ });
            }
        }
        self.plan.faults.push_all(rows)
    }
}

/// The parts that stand in the body: those it lists, else all that no header of the same message takes. A part that
/// MIME content names too is no exception (WSDL 1.1, §3.5).
///
/// They keep the order of the message. `parameterOrder` is a hint about signatures (WSDL 1.1, §2.4.6) that other
/// clients do not follow, so positional arguments and the wire would differ from theirs.
fn body_parts<'d>(message: &'d wsdl::Message, body: &BodyBinding) -> Vec<&'d wsdl::Part> {
    let in_header = |name: NameId| {
        body.headers.iter().any(|header| header.message == message.name && header.part == name)
    };
    let stands = |part: &&wsdl::Part| match &body.parts {
        Some(listed) => listed.contains(&part.name),
        None => !in_header(part.name),
    };
    message.parts.iter().filter(stands).collect()
}

fn usage(usage: wsdl::Use) -> Use {
    match usage {
        wsdl::Use::Literal => Use::Literal,
        wsdl::Use::Encoded => Use::Encoded,
    }
}
