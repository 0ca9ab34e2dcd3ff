//! Leaves: text of simple types, with conversion, lexical check and facets (XSD 1.0 part 2).

use super::any::builtin_of;
use super::*;
use crate::index::*;
use crate::lexical;
use crate::name::QNameRef;
use crate::plan::{Simple, TypeKind, Variety};
use crate::scalar::{Builtin, Scalar};
use crate::seam::{Kind, Source};
use crate::xml;

impl Encoder<'_> {
    /// Writes a whole element of an atomic type.
    pub fn leaf<S: Source>(&mut self, tag: Tag, ty: TypeId, value: &S) -> Result<()> {
        self.open(tag);
        if self.encoded {
            self.type_attribute(ty);
        }
        self.out.push('>');
        self.text(ty, value)?;
        self.close(tag);
        Ok(())
    }

    /// Writes the text of a value, escaped for element content.
    pub fn text<S: Source>(&mut self, ty: TypeId, value: &S) -> Result<()> {
        let plan = self.plan;
        let TypeKind::Simple(simple) = plan.types[ty].kind else {
            return self.atomic(Builtin::AnySimpleType, ty, value);
        };
        let simple = &plan.simples[simple];
        match &simple.variety {
            Variety::Atomic(builtin)
                if value.kind() == Kind::List && lexical::list::item(*builtin).is_some() =>
            {
                let item = lexical::list::item(*builtin).map_or(ty, Plan::builtin);
                self.list(item, simple, ty, value)
            }
            Variety::Atomic(builtin) if simple.facets.is_none() => self.atomic(*builtin, ty, value),
            Variety::Atomic(builtin) => self.checked(*builtin, simple, ty, value),
            Variety::List(item) => self.list(*item, simple, ty, value),
            Variety::Union(members) => self.union(members, simple, ty, value),
        }
    }

    fn atomic<S: Source>(&mut self, builtin: Builtin, ty: TypeId, value: &S) -> Result<()> {
        if value.kind() != Kind::Scalar {
            return Err(self.unexpected(ty, value));
        }
        let scalar = value.scalar(builtin)?;
        if let (Builtin::String | Builtin::AnySimpleType, Scalar::Str(text)) = (builtin, &scalar) {
            return xml::escape_text(&mut self.out, text);
        }
        if builtin == Builtin::String || is_text(builtin) {
            self.scratch.clear();
            self.lexical(builtin, ty, &scalar, value)?;
            return xml::escape_text(&mut self.out, &self.scratch);
        }
        // No other type has a character that XML would escape.
        let start = self.out.len();
        match lexical::write(builtin, &scalar, &mut self.out) {
            Ok(()) => Ok(()),
            Err(error) => {
                self.out.truncate(start);
                let text = self.unfit(builtin, &scalar, self.described(error, ty, value))?;
                xml::escape_text(&mut self.out, &text)
            }
        }
    }

    /// The text of a value that is none of its type: what it may mean, else as it is. Only without `strict`.
    #[cold]
    fn unfit(&self, builtin: Builtin, scalar: &Scalar<'_>, error: Error) -> Result<String> {
        let mut text = String::new();
        if self.options.strict || lexical::write(Builtin::String, scalar, &mut text).is_err() {
            return Err(error);
        }
        Ok(lexical::forgiving::meant(builtin, &text).map_or(text, |(_, meant)| meant))
    }

    /// Writes the lexical text to the scratch buffer.
    fn lexical<S: Source>(
        &mut self,
        builtin: Builtin,
        ty: TypeId,
        scalar: &Scalar<'_>,
        value: &S,
    ) -> Result<()> {
        if matches!(builtin, Builtin::QName | Builtin::Notation) {
            return self.qname(scalar);
        }
        let builtin = if builtin == Builtin::AnySimpleType { builtin_of(scalar) } else { builtin };
        match lexical::write(builtin, scalar, &mut self.scratch) {
            Ok(()) => Ok(()),
            Err(error) => {
                self.scratch = self.unfit(builtin, scalar, self.described(error, ty, value))?;
                Ok(())
            }
        }
    }

    /// A QName in content: `{namespace}local` gets a prefix of the envelope's.
    fn qname(&mut self, scalar: &Scalar<'_>) -> Result<()> {
        let (ns, local) = match scalar {
            Scalar::QName { ns, local } => (ns.as_ref(), local.as_ref()),
            Scalar::Str(text) => {
                let name = QNameRef::parse_clark(text);
                (name.ns, name.local)
            }
            other => return Err(Error::encode(format!("expected xsd:QName, got {}", other.kind()))),
        };
        if !xml::is_ncname(local) {
            return Err(Error::encode(format!("expected xsd:QName as {{namespace}}name, got {local:?}")));
        }
        let text = self.qualified(ns, local);
        self.scratch.push_str(&text);
        Ok(())
    }

    /// Says what the host's value is, as the host calls it, after what was expected.
    #[cold]
    fn described<S: Source>(&self, error: Error, ty: TypeId, value: &S) -> Error {
        let message = error.message();
        let expected = message.split_once(", got ").map_or(message, |(expected, _)| expected);
        let label = self.plan.type_label(ty);
        let named = expected.strip_prefix("expected xsd:").is_none() || label.starts_with("xsd:");
        let note = if named { String::new() } else { format!(" ({label})") };
        Error::encode(format!("{expected}{note}, got {}", value.describe()))
    }

    /// A leaf with facets: its lexical text is made, read back into the value space and checked.
    fn checked<S: Source>(&mut self, builtin: Builtin, simple: &Simple, ty: TypeId, value: &S) -> Result<()> {
        if value.kind() != Kind::Scalar {
            return Err(self.unexpected(ty, value));
        }
        let scalar = value.scalar(builtin)?;
        self.scratch.clear();
        self.lexical(builtin, ty, &scalar, value)?;
        let text = match simple.whitespace {
            lexical::Whitespace::Preserve => std::mem::take(&mut self.scratch),
            lexical::Whitespace::Replace => lexical::replace(&self.scratch).into_owned(),
            lexical::Whitespace::Collapse => lexical::collapse(&self.scratch).into_owned(),
        };
        if let (true, Some(facets)) = (self.options.strict, simple.facets) {
            if !matches!(builtin, Builtin::QName | Builtin::Notation) {
                let read = lexical::read(builtin, &text).map_err(|error| self.described(error, ty, value))?;
                self.plan.facets[facets]
                    .check(builtin, &text, &read)
                    .map_err(|reason| self.refused(ty, &reason))?;
            }
        }
        xml::escape_text(&mut self.out, &text)
    }

    fn refused(&self, ty: TypeId, reason: &str) -> Error {
        Error::encode(format!("expected {}: {reason}", self.plan.type_label(ty)))
    }

    fn list<S: Source>(&mut self, item: TypeId, simple: &Simple, ty: TypeId, value: &S) -> Result<()> {
        let start = self.out.len();
        let mut count = 0;
        match value.kind() {
            Kind::List => value.each(&mut |each| {
                if count > 0 {
                    self.out.push(' ');
                }
                count += 1;
                let before = self.out.len();
                self.text(item, &each).map_err(|error| error.in_item(count - 1))?;
                self.check_item(before, ty).map_err(|error| error.in_item(count - 1))
            })?,
            Kind::Scalar => {
                if let Scalar::Str(text) = value.scalar(Builtin::String)? {
                    count = lexical::list::items(&text).count();
                    if self.options.strict
                        && !lexical::list::items(&text).all(|token| self.reads(item, token))
                    {
                        return Err(self.unexpected(ty, value));
                    }
                    let text = lexical::collapse(&text);
                    xml::escape_text(&mut self.out, &text)?;
                } else {
                    count = 1;
                    self.text(item, value)?;
                }
            }
            _ => return Err(self.unexpected(ty, value)),
        }
        if let (true, Some(facets)) = (self.options.strict, simple.facets) {
            let text = &self.out[start..];
            let checked = self.plan.facets[facets].check_list(count, text);
            checked.map_err(|reason| self.refused(ty, &reason))?;
        }
        Ok(())
    }

    /// An item that is empty or has spaces would be read as none or several.
    fn check_item(&self, start: usize, ty: TypeId) -> Result<()> {
        let text = &self.out[start..];
        if self.options.strict && (text.is_empty() || text.contains([' ', '\t', '\n', '\r'])) {
            let reason = format!("{text:?} cannot be an item of a list, whose items are separated by spaces");
            return Err(self.refused(ty, &reason));
        }
        Ok(())
    }

    /// Whether a text, an item of a list that was given as text, is of a simple type.
    fn reads(&self, ty: TypeId, text: &str) -> bool {
        let TypeKind::Simple(simple) = self.plan.types[ty].kind else { return true };
        let simple = &self.plan.simples[simple];
        match &simple.variety {
            Variety::Atomic(Builtin::QName | Builtin::Notation) | Variety::List(_) => true,
            Variety::Atomic(builtin) => lexical::read(*builtin, text).is_ok_and(|read| {
                simple.facets.is_none_or(|row| self.plan.facets[row].check(*builtin, text, &read).is_ok())
            }),
            Variety::Union(members) => members.iter().any(|member| self.reads(*member, text)),
        }
    }

    /// Whether a type is the one that a date or time is of: another would cut it.
    fn is_own(&self, member: TypeId, kind: Option<Builtin>) -> bool {
        let TypeKind::Simple(simple) = self.plan.types[member].kind else { return false };
        matches!(&self.plan.simples[simple].variety, Variety::Atomic(builtin) if Some(*builtin) == kind)
    }

    /// The first member type that can write the value does, or the date's or time's own.
    fn union<S: Source>(&mut self, members: &[TypeId], simple: &Simple, ty: TypeId, value: &S) -> Result<()> {
        let start = self.out.len();
        let kind = match value.scalar(Builtin::AnySimpleType) {
            Ok(Scalar::Temporal(temporal)) => Some(temporal.kind),
            _ => None,
        };
        let own = members.iter().copied().find(|member| self.is_own(*member, kind));
        // Or else the first would take anything.
        let strict = std::mem::replace(&mut self.options.strict, true);
        let written = self.first_that_writes(own.into_iter().chain(members.iter().copied()), value);
        self.options.strict = strict;
        if written {
            if let (true, Some(facets)) = (strict, simple.facets) {
                let text = self.out[start..].to_owned();
                let read = Scalar::Str(text.as_str().into());
                let checked = self.plan.facets[facets].check(Builtin::String, &text, &read);
                checked.map_err(|reason| self.refused(ty, &reason))?;
            }
            return Ok(());
        }
        let labels: Vec<_> = members.iter().map(|member| self.plan.type_label(*member)).collect();
        let error = Error::encode(format!("expected one of {}, got {}", labels.join(", "), value.describe()));
        if value.kind() != Kind::Scalar {
            return Err(error);
        }
        let text = self.unfit(Builtin::AnySimpleType, &value.scalar(Builtin::String)?, error)?;
        xml::escape_text(&mut self.out, &text)
    }

    fn first_that_writes<S: Source>(&mut self, members: impl Iterator<Item = TypeId>, value: &S) -> bool {
        let start = self.out.len();
        for member in members {
            if self.text(member, value).is_ok() {
                return true;
            }
            self.out.truncate(start);
        }
        false
    }
}

/// Types whose text may hold characters that must be escaped, or that are written to the scratch buffer.
fn is_text(builtin: Builtin) -> bool {
    use Builtin::*;
    matches!(
        builtin,
        AnySimpleType
            | NormalizedString
            | Token
            | Language
            | Name
            | NmToken
            | NmTokens
            | NcName
            | Id
            | IdRef
            | IdRefs
            | Entity
            | Entities
            | AnyUri
            | QName
            | Notation
    )
}
