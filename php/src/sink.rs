//! PHP values as the decoder builds them.
//!
//! Records are `stdClass` objects, or arrays by option. Their tables are filled directly, with keys that exist once
//! per request. `memory_limit` is looked at every few values, because PHP notices it only when control returns.

use std::mem::ManuallyDrop;

use ext_php_rs::ffi;
use ext_php_rs::types::{ZendHashTable, ZendObject, ZendStr, Zval};
use wsdlproxy::index::{NameId, ShapeId};
use wsdlproxy::scalar::{Duration, Temporal};
use wsdlproxy::{Builtin, Error, Fill, Key, Result, Scalar, Sink};

use crate::dates;
use crate::error::Stop;
use crate::names::Names;
use crate::table;
use crate::zend;

/// How values are built.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shapes {
    /// Records are arrays instead of objects.
    pub arrays: bool,
    /// `xsd:dateTime` is a `DateTimeImmutable` instead of a text.
    pub dates: bool,
}

/// Builds the values of one answer.
pub struct Builder<'n> {
    names: &'n Names,
    shapes: Shapes,
    /// Values until the memory is looked at again.
    countdown: u32,
}

/// Values between two looks at the memory.
const INTERVAL: u32 = 64;

impl<'n> Builder<'n> {
    pub fn new(names: &'n Names, shapes: Shapes) -> Self {
        Self { names, shapes, countdown: INTERVAL }
    }

    #[inline]
    fn count(&mut self) -> Result<()> {
        self.countdown -= 1;
        if self.countdown == 0 {
            self.countdown = INTERVAL;
            if zend::is_over_memory_limit() {
                return Err(Error::host(Stop::Memory));
            }
        }
        Ok(())
    }
}

/// A record that is being filled: an array, or an object with its table of properties.
pub struct Open {
    owner: Zval,
    table: *mut ZendHashTable,
    shape: Option<ShapeId>,
}

fn counted_array(table: *mut ZendHashTable) -> Zval {
    let mut value = Zval::new();
    value.value.arr = table;
    value.u1.type_info = ffi::IS_ARRAY_EX;
    value
}

impl Sink for Builder<'_> {
    type Node = Zval;
    type Record = Open;
    type List = Zval;

    fn null(&mut self) -> Result<Zval> {
        Ok(Zval::null())
    }

    #[inline]
    fn scalar(&mut self, _of: Builtin, value: Scalar<'_>) -> Result<Zval> {
        self.count()?;
        Ok(match value {
            Scalar::Str(text) => zend::text(text.as_bytes()),
            Scalar::Int(number) => zend::long(number),
            Scalar::Bool(truth) => zend::boolean(truth),
            Scalar::Double(number) => zend::double(number),
            Scalar::BigInt(digits) | Scalar::Decimal(digits) => zend::text(digits.as_bytes()),
            Scalar::Bytes(bytes) => zend::text(&bytes),
            Scalar::Temporal(at) => self.temporal(&at),
            Scalar::Duration(span) => duration(&span),
            Scalar::QName { ns, local } if ns.is_empty() => zend::text(local.as_bytes()),
            Scalar::QName { ns, local } => zend::text(format!("{{{ns}}}{local}")),
        })
    }

    fn binary(&mut self, _of: Builtin, length: usize, fill: &mut Fill<'_>) -> Result<Option<Zval>> {
        self.count()?;
        Ok(zend::filled(length, fill))
    }

    #[inline]
    fn record(&mut self, shape: Option<ShapeId>) -> Result<Open> {
        self.count()?;
        let room = shape.map_or(8, |shape| self.names.room(shape));
        // SAFETY: a new table of our own, which becomes the content of an array, or of an object that has none yet.
        unsafe {
            let table = ffi::_zend_new_array(room);
            zend::zend_hash_real_init_mixed(table);
            let owner = if self.shapes.arrays {
                counted_array(table)
            } else {
                let mut object = ManuallyDrop::new(ZendObject::new_stdclass());
                object.properties = table;
                let mut owner = Zval::new();
                owner.value.obj = &raw mut **object;
                owner.u1.type_info = ffi::IS_OBJECT_EX;
                owner
            };
            Ok(Open { owner, table, shape })
        }
    }

    #[inline]
    fn set(&mut self, record: &mut Open, key: Key<'_>, node: Zval) -> Result<()> {
        let mut node = ManuallyDrop::new(node);
        let known = if key.id == NameId::NONE { std::ptr::null_mut() } else { self.names.key(key.id) };
        // SAFETY: the table belongs to the open record, which nobody else changes; it takes the node over.
        unsafe {
            if !known.is_null() {
                // A key that comes a second time is not added; the node is still ours then.
                if ffi::zend_hash_add(record.table, known, &raw mut *node).is_null() {
                    drop(ManuallyDrop::into_inner(node));
                }
                return Ok(());
            }
            match table::as_index(key.text) {
                Some(index) if self.shapes.arrays => {
                    ffi::zend_hash_index_update(record.table, index as u64, &raw mut *node);
                }
                _ => {
                    let mut name = ZendStr::new(key.text, false);
                    ffi::zend_hash_update(record.table, name.as_mut_ptr(), &raw mut *node);
                }
            }
        }
        Ok(())
    }

    #[inline]
    fn end_record(&mut self, record: Open) -> Result<Zval> {
        if let Some(shape) = record.shape {
            // SAFETY: the table lives as long as its owner.
            self.names.remember(shape, unsafe { (*record.table).nNumOfElements });
        }
        Ok(record.owner)
    }

    fn list(&mut self, size: usize) -> Result<Zval> {
        self.count()?;
        // SAFETY: a new table of our own.
        unsafe {
            let table = ffi::_zend_new_array(size.clamp(8, 1 << 16) as u32);
            zend::zend_hash_real_init_packed(table);
            Ok(counted_array(table))
        }
    }

    #[inline]
    fn push(&mut self, list: &mut Zval, node: Zval) -> Result<()> {
        let mut node = ManuallyDrop::new(node);
        // SAFETY: the list is an array of ours alone; it takes the node over.
        unsafe { zend::zend_hash_next_index_insert_new(list.value.arr, &raw mut *node) };
        Ok(())
    }

    fn end_list(&mut self, list: Zval) -> Result<Zval> {
        Ok(list)
    }

    fn share(&mut self, node: &Zval) -> Zval {
        node.shallow_clone()
    }

    fn share_open(&mut self, record: &Open) -> Option<Zval> {
        (!self.shapes.arrays).then(|| record.owner.shallow_clone())
    }
}

impl Builder<'_> {
    fn temporal(&self, at: &Temporal<'_>) -> Zval {
        let made = if self.shapes.dates { dates::moment(at) } else { None };
        made.unwrap_or_else(|| zend::text(at.lexical.as_bytes()))
    }
}

fn duration(span: &Duration<'_>) -> Zval {
    zend::text(span.lexical.as_bytes())
}
