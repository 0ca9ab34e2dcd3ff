//! Arrays of section 5 (SOAP 1.1, §5.4.2) as PEAR writes them: one type for all items, or `xsd:anyType`.

use ext_php_rs::types::{ZendHashTable, Zval};

use super::class::Result;
use super::qname;
use super::serialize::{Content, Element, Given, SchemaItems, Serializer};
use super::soap_value::SoapValue;
use super::zv::{self, Kind, Text};

/// How far the types of the items agree.
struct Items {
    last: Text,
    differ: bool,
    count: usize,
    namespace: Vec<u8>,
}

impl Serializer<'_> {
    pub(super) fn array(
        &mut self,
        out: &mut Vec<u8>,
        value: Given<'_>,
        element: &Element<'_>,
        schema: SchemaItems,
    ) -> Result<Content> {
        let made = match value.kind() {
            Kind::Array(_) | Kind::Null => None,
            Kind::Object(object) => Some(zv::properties(object)),
            _ => Some(list_of(value)),
        };
        let table = match value.kind() {
            Kind::Array(table) => Some(table),
            _ => made.as_ref().and_then(Zval::array),
        };
        let flatten = has_option(element, b"flatten");
        let several = schema.kind.contains(&b',') || schema.kind.windows(2).any(|pair| pair == b"][");
        if flatten || several {
            return self.flattened(out, table, schema);
        }
        let mut kind = qname::local(&schema.kind).to_vec();
        let items = self.items(out, table, element, schema.namespace)?;
        let mut schema_prefix = false;
        let mut differ = false;
        if kind.is_empty() {
            differ = items.differ;
            kind = items.last.to_vec();
            if kind == b"Array" {
                kind = b"anyType".to_vec();
                schema_prefix = true;
            }
        }
        let name = if kind.is_empty() || differ {
            b"xsd:anyType".to_vec()
        } else {
            self.item_type(kind, &items.namespace, schema_prefix)?
        };
        let size = items.count.to_string();
        Ok(Content {
            is_null: items.count == 0,
            array_type: attribute(&name, schema.depth, &size),
            offset: true,
        })
    }

    fn item_type(&mut self, kind: Vec<u8>, namespace: &[u8], schema_prefix: bool) -> Result<Vec<u8>> {
        let prefix = if !namespace.is_empty() {
            self.prefix(namespace)?
        } else if self.is_schema_type(&kind) {
            self.schema_prefix()
        } else if schema_prefix {
            Text::Word(b"xsd")
        } else {
            Text::EMPTY
        };
        Ok(if prefix.is_empty() { kind } else { [&prefix[..], b":", &kind].concat() })
    }

    fn items(
        &mut self,
        out: &mut Vec<u8>,
        table: Option<&ZendHashTable>,
        element: &Element<'_>,
        namespace: Vec<u8>,
    ) -> Result<Items> {
        let mut items = Items { last: Text::EMPTY, differ: false, count: 0, namespace };
        let mut entries = table.map(zv::entries);
        while let Some((_, item)) = entries.as_mut().and_then(zv::Entries::next) {
            let kind = if let Some(value) = zv::object(item).and_then(SoapValue::of) {
                items.namespace = value.kind_namespace().to_vec();
                self.soap_value(out, value)?;
                value.kind()
            } else {
                let kind = self.kind_of(Given::Value(item))?;
                let namespace = if self.section5 { b"" } else { element.namespace };
                let child = Element { name: b"item", kind: Some(&kind), namespace, ..Element::default() };
                self.child(out, Given::Value(item), child)?;
                kind
            };
            items.differ |= items.count > 0 && *items.last != *kind;
            items.count += 1;
            items.last = kind;
        }
        Ok(items)
    }

    /// Nested lists as one list of items, with the sizes of all dimensions.
    fn flattened(
        &mut self,
        out: &mut Vec<u8>,
        table: Option<&ZendHashTable>,
        schema: SchemaItems,
    ) -> Result<Content> {
        let start = out.len();
        let (mut kind, mut size) = (schema.kind, None);
        self.flatten_table(out, table, &mut kind, &mut size, 0)?;
        let name = if kind.is_empty() {
            b"xsd:anyType".to_vec()
        } else {
            self.item_type(kind, &schema.namespace, false)?
        };
        let size = size.unwrap_or_default();
        Ok(Content {
            is_null: out.len() == start,
            array_type: attribute(&name, schema.depth, &size),
            offset: false,
        })
    }

    fn flatten_table(
        &mut self,
        out: &mut Vec<u8>,
        table: Option<&ZendHashTable>,
        kind: &mut Vec<u8>,
        size: &mut Option<String>,
        depth: u32,
    ) -> Result<()> {
        let count = table.map_or(0, ZendHashTable::len);
        for index in 0..count {
            // Items are counted, not listed: a gap in the keys is a null.
            let item = table.and_then(|table| table.get_index(index as i64)).map(zv::plain);
            self.flatten(out, item.unwrap_or(&Zval::null()), kind, size, depth + 1)?;
        }
        *size = Some(match size.take() {
            Some(inner) if inner != "0" => format!("{count},{inner}"),
            _ => count.to_string(),
        });
        Ok(())
    }

    /// One value of a flattened array: the base class's `_multiArrayType`.
    pub fn flatten(
        &mut self,
        out: &mut Vec<u8>,
        value: &Zval,
        kind: &mut Vec<u8>,
        size: &mut Option<String>,
        depth: u32,
    ) -> Result<()> {
        if let Kind::Array(table) = zv::kind(value) {
            if depth < 64 {
                return self.flatten_table(out, Some(table), kind, size, depth);
            }
        }
        *size = None;
        if let Some(value) = zv::object(value).and_then(SoapValue::of) {
            *kind = value.kind().to_vec();
            return self.soap_value(out, value);
        }
        *kind = self.kind_of(Given::Value(value))?.to_vec();
        let child = Element { name: b"item", kind: Some(kind), ..Element::default() };
        self.child(out, Given::Value(value), child)
    }
}

fn list_of(value: Given<'_>) -> Zval {
    let mut list = zv::Table::new(1);
    if let Given::Value(value) = value {
        list.push(zv::share(value));
    }
    list.finish()
}

fn has_option(element: &Element<'_>, name: &[u8]) -> bool {
    element.options.and_then(|options| zv::entry(options, name)).is_some_and(|value| !value.is_null())
}

fn attribute(name: &[u8], depth: usize, size: &str) -> Vec<u8> {
    [b" SOAP-ENC:arrayType=\"", name, "[]".repeat(depth).as_bytes(), b"[", size.as_bytes(), b"]\""].concat()
}
