//! SOAP-encoded arrays (SOAP 1.1, §5.4.2; SOAP 1.2 part 2, §3.1.6).

use super::any::builtin_of;
use super::*;
use crate::error::InPath;
use crate::index::*;
use crate::plan::Array;
use crate::scalar::Builtin;
use crate::seam::{Kind, Source};

impl Encoder<'_> {
    /// The rest of an element of an array type.
    pub fn array<S: Source>(&mut self, ty: TypeId, array: ArrayId, value: &S) -> Result<()> {
        let row = &self.plan.arrays[array];
        let mut items = Vec::new();
        let mut sizes = Vec::new();
        self.collect(ty, value, row.rank, &mut sizes, &mut items)?;
        if self.encoded {
            self.array_type(ty, row, &sizes);
        }
        self.out.push('>');
        for (at, item) in items.iter().enumerate() {
            self.element(row.item_tag, row.item, item, true).in_item(at)?;
        }
        Ok(())
    }

    /// Collects the items in row-major order; dimensions must be rectangular.
    fn collect<S: Source>(
        &self,
        ty: TypeId,
        value: &S,
        rank: u32,
        sizes: &mut Vec<usize>,
        items: &mut Vec<S>,
    ) -> Result<()> {
        let mut level = one_level(value)?;
        sizes.push(level.len());
        for _ in 1..rank {
            let mut next = Vec::new();
            let mut width = None;
            for row in &level {
                if row.kind() != Kind::List {
                    return Err(self.unexpected(ty, row));
                }
                let row = one_level(row)?;
                if *width.get_or_insert(row.len()) != row.len() {
                    return Err(Error::encode("the rows of a multi-dimensional array differ in length"));
                }
                next.extend(row);
            }
            sizes.push(width.unwrap_or(0));
            level = next;
        }
        items.append(&mut level);
        Ok(())
    }

    fn array_type(&mut self, ty: TypeId, row: &Array, sizes: &[usize]) {
        self.used[XSI] = true;
        if self.plan.types[ty].tag.text == NameId::EMPTY {
            let enc = self.encoding_prefix();
            self.out.push_str(&format!(" xsi:type=\"{enc}:Array\""));
        } else {
            self.type_attribute(ty);
        }
        self.used[row.item_type_tag.ns as usize] = true;
        let item = self.plan.text(row.item_type_tag.text);
        self.sizes(item, sizes);
    }

    fn encoding_prefix(&mut self) -> &'static str {
        match self.version {
            SoapVersion::V11 => self.fixed(SOAP11_ENC),
            SoapVersion::V12 => self.fixed(SOAP12_ENC),
        }
    }

    /// `arrayType="item[2,3]"`, or `itemType` and `arraySize` in SOAP 1.2.
    fn sizes(&mut self, item: &str, sizes: &[usize]) {
        let enc = self.encoding_prefix();
        let sizes: Vec<String> = sizes.iter().map(usize::to_string).collect();
        let text = match self.version {
            SoapVersion::V11 => format!(" {enc}:arrayType=\"{item}[{}]\"", sizes.join(",")),
            SoapVersion::V12 => {
                format!(" {enc}:itemType=\"{item}\" {enc}:arraySize=\"{}\"", sizes.join(" "))
            }
        };
        self.out.push_str(&text);
    }

    /// A list for `anyType`: an array of the items' common type.
    pub fn untyped_array<S: Source>(&mut self, value: &S) -> Result<()> {
        if !self.encoded {
            return Err(Error::encode("expected a single value for xsd:anyType, got a list"));
        }
        let items = one_level(value)?;
        let mut common = None;
        for item in &items {
            let own = match item.kind() {
                Kind::Scalar => Some(builtin_of(&item.scalar(Builtin::AnySimpleType)?)),
                _ => None,
            };
            if *common.get_or_insert(own) != own {
                common = Some(None);
            }
        }
        let ty = common.flatten().map_or(Plan::ANY_TYPE, Plan::builtin);
        let (xsi, enc) = (self.fixed(XSI), self.encoding_prefix());
        self.out.push_str(&format!(" {xsi}:type=\"{enc}:Array\""));
        let tag = self.plan.types[ty].tag;
        self.used[tag.ns as usize] = true;
        let name = self.plan.text(tag.text);
        self.sizes(name, &[items.len()]);
        self.out.push('>');
        for (at, item) in items.iter().enumerate() {
            self.named_any("item", item).in_item(at)?;
        }
        Ok(())
    }
}

/// The items of a list; anything else is a list of itself.
fn one_level<S: Source>(value: &S) -> Result<Vec<S>> {
    if value.kind() != Kind::List {
        if value.kind() == Kind::Record && value.size() == Some(0) {
            return Ok(Vec::new());
        }
        return Ok(vec![value.clone()]);
    }
    let mut items = Vec::new();
    value.each(&mut |item| {
        items.push(item);
        Ok(())
    })?;
    Ok(items)
}
