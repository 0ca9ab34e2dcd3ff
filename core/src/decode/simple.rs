//! Simple types that are more than a built-in type: lists, unions and other white space
//! (XSD 1.0 part 2, §2.5.1).
//!
//! Facets are not checked: an answer is taken as it comes.

use super::decoder::Decoder;
use super::leaf::{is_blank, Site};
use crate::error::{Error, Result};
use crate::index::*;
use crate::lexical;
use crate::plan::*;
use crate::scalar::{Builtin, Scalar};
use crate::seam::Sink;
use crate::xml::Cursor;

impl<'x, S: Sink> Decoder<'_, 'x, S> {
    /// The value of the element just started.
    pub fn simple(
        &mut self,
        cursor: &mut Cursor<'x>,
        ty: TypeId,
        id: SimpleId,
        default: NameId,
    ) -> Result<S::Node> {
        let site = Site::of(cursor);
        let text = self.text(cursor)?;
        let plan = self.plan;
        if text.is_empty() && default != NameId::NONE {
            return self.simple_text(cursor, ty, plan.text(default), site);
        }
        if is_blank(&text) && matches!(plan.simples[id].variety, Variety::Union(_)) {
            return self.blank_union(cursor, ty, &text, site);
        }
        self.simple_text(cursor, ty, &text, site)
    }

    /// The value of a text, whether of an element, an attribute or an item of a list. Texts of types that
    /// are not simple read as they are.
    pub fn simple_text(
        &mut self,
        cursor: &Cursor<'x>,
        ty: TypeId,
        text: &str,
        site: Site,
    ) -> Result<S::Node> {
        let plan = self.plan;
        let row = &plan.types[ty];
        if let Some(builtin) = row.atom.get() {
            return self.builtin(cursor, builtin, text, site);
        }
        let simple = match row.kind {
            TypeKind::Simple(id) => &plan.simples[id],
            TypeKind::Complex(id) => {
                let text_type = plan.complexes[id].text.get().map(|member| plan.members[member].ty);
                return match text_type.filter(|inner| *inner != ty) {
                    Some(inner) => self.nested_text(cursor, inner, text, site),
                    None => self.sink.scalar(Builtin::String, Scalar::Str(text.into())),
                };
            }
            _ => return self.sink.scalar(Builtin::String, Scalar::Str(text.into())),
        };
        match &simple.variety {
            Variety::Atomic(builtin) => {
                let text = simple.whitespace.apply(text);
                self.builtin(cursor, *builtin, &text, site)
            }
            Variety::List(item) => {
                let mut list = self.sink.list(0)?;
                for (index, token) in lexical::list::items(text).enumerate() {
                    let node = self.nested_text(cursor, *item, token, site);
                    let node = node.map_err(|error| error.in_item(index))?;
                    self.sink.push(&mut list, node)?;
                }
                self.sink.end_list(list)
            }
            Variety::Union(members) => self.union(cursor, ty, members, text, site),
        }
    }

    /// The value as the first member type that reads the text.
    fn union(
        &mut self,
        cursor: &Cursor<'x>,
        ty: TypeId,
        members: &[TypeId],
        text: &str,
        site: Site,
    ) -> Result<S::Node> {
        for &member in members {
            if self.reads(member, text, 0) {
                return self.nested_text(cursor, member, text, site);
            }
        }
        if self.options.lenient {
            return self.sink.scalar(Builtin::String, Scalar::Str(text.into()));
        }
        let label = self.plan.type_label(ty);
        let shown: String = text.chars().take(40).collect();
        let error = Error::decode(format!("expected {label}, got {shown:?}"));
        Err(error.at(cursor.position(site.offset)).forgivable())
    }

    /// An empty union is null unless a member type has the empty text.
    fn blank_union(&mut self, cursor: &Cursor<'x>, ty: TypeId, text: &str, site: Site) -> Result<S::Node> {
        if self.reads(ty, text, 0) {
            self.simple_text(cursor, ty, text, site)
        } else {
            self.sink.null()
        }
    }

    /// Whether a text is a value of a simple type; enumerations and patterns included, so that a union
    /// finds the member type that was meant.
    pub fn reads(&self, ty: TypeId, text: &str, depth: u32) -> bool {
        let plan = self.plan;
        let TypeKind::Simple(id) = plan.types[ty].kind else { return true };
        let simple = &plan.simples[id];
        if depth > self.options.limits.depth {
            return false;
        }
        match &simple.variety {
            Variety::Atomic(builtin) => {
                let text = simple.whitespace.apply(text);
                let Ok(scalar) = lexical::read(*builtin, &text) else { return false };
                let facets = simple.facets.map(|facets| &plan.facets[facets]);
                facets.is_none_or(|facets| facets.allows(*builtin, &text, &scalar))
            }
            Variety::List(item) => {
                lexical::list::items(text).all(|token| self.reads(*item, token, depth + 1))
            }
            Variety::Union(members) => members.iter().any(|member| self.reads(*member, text, depth + 1)),
        }
    }

    fn nested_text(&mut self, cursor: &Cursor<'x>, ty: TypeId, text: &str, site: Site) -> Result<S::Node> {
        self.enter(cursor)?;
        let node = self.simple_text(cursor, ty, text, site);
        self.depth -= 1;
        node
    }
}
