//! Leaves whose type is a built-in one: the way that almost every element goes.
//!
//! An empty element of a type that has no empty values stands for null: servers send `<port/>` for an
//! absent `xsd:int`. Any other text must be a value of the type.

use std::borrow::Cow;

use super::decoder::Decoder;
use crate::error::{Error, Result};
use crate::index::NameId;
use crate::lexical;
use crate::pages;
use crate::scalar::{Builtin, Scalar};
use crate::seam::Sink;
use crate::xml::{Cursor, Scope};

/// Binary content of fewer characters is copied faster than it is prepared for.
const LONG: usize = 4096;

/// Where a text stands, so that prefixes in it can be resolved after its element was closed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Site {
    pub offset: usize,
    pub scope: Scope,
}

impl Site {
    pub fn of(cursor: &Cursor<'_>) -> Self {
        Self { offset: cursor.offset(), scope: cursor.scope() }
    }
}

impl<'x, S: Sink> Decoder<'_, 'x, S> {
    /// The value of the element just started.
    #[inline]
    pub fn atom(&mut self, cursor: &mut Cursor<'x>, builtin: Builtin, default: NameId) -> Result<S::Node> {
        let site = Site::of(cursor);
        let text = self.text(cursor)?;
        if text.is_empty() && default != NameId::NONE {
            let plan = self.plan;
            return self.builtin(cursor, builtin, plan.text(default), site);
        }
        self.builtin(cursor, builtin, &text, site)
    }

    /// The value that a text is.
    #[inline(always)] // as in `keep_leaf`
    #[allow(clippy::inline_always)]
    pub fn builtin(
        &mut self,
        cursor: &Cursor<'x>,
        builtin: Builtin,
        text: &str,
        site: Site,
    ) -> Result<S::Node> {
        if text.is_empty() {
            return self.empty(builtin);
        }
        match builtin {
            Builtin::QName | Builtin::Notation => return self.qname(cursor, builtin, text, site),
            Builtin::NmTokens | Builtin::IdRefs | Builtin::Entities => {
                return self.tokens(builtin, text);
            }
            Builtin::Base64Binary if text.len() >= LONG => {
                if let Some(node) = self.long_binary(text)? {
                    return Ok(node);
                }
            }
            _ => {}
        }
        match lexical::read(builtin, text) {
            Ok(scalar) => self.sink.scalar(builtin, scalar),
            Err(_) if is_blank(text) => self.empty(builtin),
            Err(error) => self.no_value(cursor, builtin, text, site, error),
        }
    }

    /// A text that is no value of its type: refused, or read as well as can be.
    #[cold]
    fn no_value(
        &mut self,
        cursor: &Cursor<'x>,
        builtin: Builtin,
        text: &str,
        site: Site,
        error: Error,
    ) -> Result<S::Node> {
        if !self.options.lenient {
            return Err(error.at(cursor.position(site.offset)).forgivable());
        }
        if let Some((builtin, meant)) = lexical::forgiving::meant(builtin, text) {
            if let Ok(scalar) = lexical::read(builtin, &meant) {
                return self.sink.scalar(builtin, scalar);
            }
        }
        self.sink.scalar(Builtin::String, Scalar::Str(text.into()))
    }

    /// Binary content written straight into the host's memory; `None` for what may still be read another way.
    #[cold]
    fn long_binary(&mut self, text: &str) -> Result<Option<S::Node>> {
        let Some(length) = lexical::binary::packed_length(text) else { return Ok(None) };
        self.sink.binary(Builtin::Base64Binary, length, &mut |memory| {
            pages::prefer_large(memory);
            lexical::binary::unpack(text, memory)
        })
    }

    /// What an empty text means.
    fn empty(&mut self, builtin: Builtin) -> Result<S::Node> {
        match builtin {
            Builtin::String
            | Builtin::NormalizedString
            | Builtin::Token
            | Builtin::Language
            | Builtin::Name
            | Builtin::NcName
            | Builtin::NmToken
            | Builtin::Id
            | Builtin::IdRef
            | Builtin::Entity
            | Builtin::AnyUri
            | Builtin::AnySimpleType => self.sink.scalar(builtin, Scalar::Str(Cow::Borrowed(""))),
            Builtin::HexBinary | Builtin::Base64Binary => {
                self.sink.scalar(builtin, Scalar::Bytes(Cow::Borrowed(&[])))
            }
            Builtin::NmTokens | Builtin::IdRefs | Builtin::Entities => {
                let list = self.sink.list(0)?;
                self.sink.end_list(list)
            }
            _ => self.sink.null(),
        }
    }

    /// A name with its namespace; with a prefix that nothing declares, the text as it is.
    fn qname(&mut self, cursor: &Cursor<'x>, builtin: Builtin, text: &str, site: Site) -> Result<S::Node> {
        if is_blank(text) {
            return self.sink.null();
        }
        let (prefix, local) = match lexical::qname::split(text) {
            Ok(split) => split,
            Err(error) => return self.no_value(cursor, builtin, text, site, error),
        };
        let ns = cursor.at(site.offset, &site.scope).resolve_prefix(prefix);
        let scalar = match ns {
            Some(ns) => Scalar::QName { ns: cursor.namespace(ns).into(), local: local.into() },
            None => Scalar::Str(text.trim().into()),
        };
        self.sink.scalar(builtin, scalar)
    }

    /// A list of one of the built-in list types.
    fn tokens(&mut self, builtin: Builtin, text: &str) -> Result<S::Node> {
        let item = lexical::list::item(builtin).unwrap_or(Builtin::NmToken);
        let mut list = self.sink.list(0)?;
        for token in lexical::list::items(text) {
            let node = self.sink.scalar(item, Scalar::Str(token.into()))?;
            self.sink.push(&mut list, node)?;
        }
        self.sink.end_list(list)
    }
}

/// Whether a text is nothing but white space.
pub(super) fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
}
