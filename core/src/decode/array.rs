//! Arrays of SOAP encoding (SOAP 1.1, §5.4.2; SOAP 1.2 part 2, §3.1.4): lists.
//!
//! The names of items do not matter. Their type is their own `xsi:type`, else the one in `arrayType`, else
//! the one the WSDL gives. Sizes are believed only as far as the text can bear them.

use std::borrow::Cow;

use super::decoder::{Decoder, Want};
use super::dimensions::{ArrayType, Dimensions};
use super::errors::fail;
use super::leaf::Site;
use super::marks::{Actual, Marks};
use super::nest::Nest;
use super::spaces::Space;
use crate::error::Result;
use crate::index::*;
use crate::plan::*;
use crate::seam::Sink;
use crate::xml::{Attribute, Cursor};

/// What the start tag of an array tells.
#[derive(Clone, Copy)]
pub(super) struct Layout {
    item: Want,
    dimensions: Dimensions,
    /// The number of the first item that was sent.
    offset: usize,
}

/// What a [`Layout`] depends on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Asked {
    attributes: u32,
    id: Option<ArrayId>,
    want: Want,
    encoded: bool,
}

/// How many layouts are remembered.
const LAYOUTS: usize = 8;

impl<'x, S: Sink> Decoder<'_, 'x, S> {
    /// The list that the element just started is; `id` is the plan's description of it, if there is one.
    pub fn array(
        &mut self,
        cursor: &mut Cursor<'x>,
        id: Option<ArrayId>,
        want: Want,
        marks: Marks,
    ) -> Result<S::Node> {
        let layout = self.layout(cursor, id, want, marks);
        let hint = layout.dimensions.announced().min(self.budget.hints);
        self.budget.hints -= hint;
        let mut nest = Nest::new(self.sink, &layout.dimensions, hint)?;
        self.gap(cursor, &mut nest, layout.offset)?;
        let mut scattered = Vec::new();
        let is_any = matches!(self.plan.types[layout.item.ty].kind, TypeKind::Any) && layout.item.levels == 0;
        let of = self.item_context(layout.item);
        loop {
            if let Some(of) = of.filter(|_| scattered.is_empty()) {
                self.leaf_items(cursor, of, &mut nest)?;
            }
            let Some(name) = cursor.next_child()? else { break };
            let mut index = nest.len;
            if let Some((last, _)) = scattered.last() {
                index = *last + 1;
            }
            let position =
                if cursor.has_attributes() { self.position(cursor, &layout.dimensions) } else { None };
            let mut want = layout.item;
            if is_any {
                if let Actual::Type(ty) = self.type_by_element(cursor, name) {
                    want.ty = ty;
                }
            }
            if let Some(of) = of {
                self.note_item(cursor, of, want);
            }
            let node = self.value(cursor, want).map_err(|error| error.in_item(position.unwrap_or(index)))?;
            if position.is_none() && scattered.is_empty() {
                nest.push(self.sink, node)?;
            } else {
                scattered.push((position.unwrap_or(index), node));
            }
        }
        self.gather(cursor, &mut nest, scattered)?;
        nest.finish(self.sink)
    }

    /// Takes the items that follow as long as each is a text as one was before.
    #[inline(never)] // as in `Decoder::leaves`
    fn leaf_items(&mut self, cursor: &mut Cursor<'x>, of: u32, nest: &mut Nest<S>) -> Result<()> {
        while let Some((_, builtin, text)) = cursor.leaf(of) {
            self.budget.values += 1;
            let node = self.builtin(cursor, builtin, text, Site::of(cursor));
            nest.push(self.sink, node.map_err(|error| error.in_item(nest.len))?)?;
        }
        Ok(())
    }

    /// Puts items that were sent with their positions in order.
    fn gather(
        &mut self,
        cursor: &Cursor<'x>,
        nest: &mut Nest<S>,
        mut scattered: Vec<(usize, S::Node)>,
    ) -> Result<()> {
        scattered.sort_by_key(|(index, _)| *index);
        for (index, node) in scattered {
            if index < nest.len {
                return Err(fail(cursor, format!("item {index} of an array was sent twice")));
            }
            self.gap(cursor, nest, index - nest.len)?;
            nest.push(self.sink, node)?;
        }
        Ok(())
    }

    /// Adds positions that were not sent.
    fn gap(&mut self, cursor: &Cursor<'x>, nest: &mut Nest<S>, count: usize) -> Result<()> {
        match self.budget.gaps.checked_sub(count) {
            Some(left) => self.budget.gaps = left,
            None => return Err(fail(cursor, format!("{count} positions of an array were not sent"))),
        }
        for _ in 0..count {
            let null = self.sink.null()?;
            nest.push(self.sink, null)?;
        }
        Ok(())
    }

    /// The `position` attribute of the item just started.
    fn position(&mut self, cursor: &Cursor<'x>, dimensions: &Dimensions) -> Option<usize> {
        let attribute = cursor.attributes().find(|attribute| attribute.local == "position")?;
        match self.spaces.space(self.plan, cursor, attribute.ns) {
            Space::Encoding => dimensions.index(&attribute.value),
            _ => None,
        }
    }

    /// Remembered for each set of attributes.
    fn layout(&mut self, cursor: &Cursor<'x>, id: Option<ArrayId>, want: Want, marks: Marks) -> Layout {
        let asked = Asked { attributes: cursor.attributes_id(), id, want, encoded: self.encoded };
        let place = asked.attributes as usize % LAYOUTS;
        if let Some((_, known)) = self.layouts.get(place).filter(|known| known.0 == asked) {
            return *known;
        }
        let layout = self.read_layout(cursor, id, want, marks);
        self.layouts.resize(LAYOUTS, (asked, layout));
        self.layouts[place] = (asked, layout);
        layout
    }

    #[inline(never)]
    fn read_layout(&mut self, cursor: &Cursor<'x>, id: Option<ArrayId>, want: Want, marks: Marks) -> Layout {
        let mut layout = Layout {
            item: match id {
                Some(id) => Want::of(self.plan.arrays[id].item),
                None if want.levels > 0 => Want { levels: want.levels - 1, default: NameId::NONE, ..want },
                None => Want::ANY,
            },
            dimensions: Dimensions::default(),
            offset: 0,
        };
        if !cursor.has_attributes() {
            return layout;
        }
        let mut offset = None;
        for attribute in cursor.attributes() {
            if self.spaces.space(self.plan, cursor, attribute.ns) != Space::Encoding {
                continue;
            }
            match attribute.local {
                "arrayType" if marks.array => {
                    let (dimensions, actual, levels) = self.array_type(cursor, attribute);
                    layout.dimensions = dimensions;
                    layout.item = self.item_want(layout.item, actual, levels);
                }
                "itemType" => {
                    let actual = self.resolve_type(cursor, &attribute.value);
                    layout.item = self.item_want(layout.item, actual, 0);
                }
                "arraySize" => layout.dimensions = Dimensions::of_array_size(&attribute.value),
                "offset" => offset = Some(&attribute.value),
                _ => {}
            }
        }
        if let Some(offset) = offset {
            layout.offset = layout.dimensions.index(offset).unwrap_or(0);
        }
        layout
    }

    /// The dimensions that an `arrayType` gives, the type of the items and how many arrays those are themselves.
    fn array_type(&mut self, cursor: &Cursor<'x>, attribute: &Attribute<'x>) -> (Dimensions, Actual, u32) {
        match &attribute.value {
            Cow::Borrowed(raw) => {
                let parsed = ArrayType::parse(raw);
                (parsed.dimensions, self.known_type(cursor, parsed.item), parsed.levels)
            }
            Cow::Owned(raw) => {
                let parsed = ArrayType::parse(raw);
                (parsed.dimensions, self.resolve_type(cursor, parsed.item), parsed.levels)
            }
        }
    }

    /// What to read items as, given the type that the array names for them.
    fn item_want(&self, item: Want, named: Actual, levels: u32) -> Want {
        let kind = self.plan.types[item.ty].kind;
        let Actual::Type(named) = named else { return item };
        if levels > 0 && (matches!(kind, TypeKind::Array(_)) || item.levels > 0) {
            // The WSDL's items are arrays as well, and it may know more about them.
            return item;
        }
        let ty = self.marked_type(item, Actual::Type(named)).unwrap_or(item.ty);
        Want { ty, levels, ..item }
    }
}
