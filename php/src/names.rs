//! PHP strings for the names of a plan, made once per request.
//!
//! The strings are interned, so they live until the request ends and no longer: the module's shutdown of a request
//! calls [`forget`].

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use ext_php_rs::ffi::{self, zend_string};
use ext_php_rs::types::Zval;
use wsdlproxy::index::{Id, NameId, ShapeId};
use wsdlproxy::plan::Plan;

use crate::instance::Instance;

/// The names of one plan.
pub struct Names {
    plan: Arc<Plan>,
    keys: Box<[Cell<*mut zend_string>]>,
    /// Members that a record of each shape had last time.
    sizes: Box<[Cell<u32>]>,
    /// Iterators that this call has read, each with its items: a second look must see the same.
    read: RefCell<Vec<Read>>,
}

/// An iterator and its items.
pub type Read = (Zval, Zval);

thread_local! {
    static KNOWN: RefCell<HashMap<*const Plan, Rc<Names>>> = RefCell::default();
}

impl Names {
    /// The names of a plan in this request.
    pub fn of(plan: &Arc<Plan>) -> Rc<Self> {
        KNOWN.with_borrow_mut(|known| {
            let names = known.entry(Arc::as_ptr(plan)).or_insert_with(|| Rc::new(Self::new(plan)));
            Rc::clone(names)
        })
    }

    fn new(plan: &Arc<Plan>) -> Self {
        let empty = |count: usize| std::iter::repeat_with(Cell::default).take(count).collect();
        let keys = (0..plan.names.len()).map(|_| Cell::new(std::ptr::null_mut())).collect();
        Self { plan: Arc::clone(plan), keys, sizes: empty(plan.shapes.len()), read: RefCell::default() }
    }

    pub fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    /// The interned string of a name; null for one that the plan does not have.
    #[inline]
    pub fn key(&self, id: NameId) -> *mut zend_string {
        match self.keys.get(id.index()) {
            Some(cell) if !cell.get().is_null() => cell.get(),
            Some(cell) => self.make(id, cell),
            None => std::ptr::null_mut(),
        }
    }

    #[cold]
    fn make(&self, id: NameId, cell: &Cell<*mut zend_string>) -> *mut zend_string {
        let text = self.plan.text(id);
        // SAFETY: the engine copies the text; a string interned in a request is never freed before its end.
        let made = unsafe {
            ffi::zend_string_init_interned.map(|make| make(text.as_ptr().cast(), text.len(), false))
        };
        let made = made.unwrap_or(std::ptr::null_mut());
        cell.set(made);
        made
    }

    /// The items of an iterator that was read before.
    pub fn items(&self, iterator: Instance<'_>) -> Option<Zval> {
        let read = self.read.borrow();
        let is_it =
            |(known, _): &&Read| Instance::of(known).is_some_and(|known| known.raw() == iterator.raw());
        read.iter().find(is_it).map(|(_, items)| items.shallow_clone())
    }

    pub fn remember_items(&self, iterator: Instance<'_>, items: &Zval) {
        self.read.borrow_mut().push((iterator.to_value(), items.shallow_clone()));
    }

    /// Puts what was read aside when a call begins, and back when it ends: PHP code may call within a call.
    pub fn swap_read(&self, others: Vec<Read>) -> Vec<Read> {
        self.read.replace(others)
    }

    /// The room that a record of a shape will need.
    #[inline]
    pub fn room(&self, shape: ShapeId) -> u32 {
        self.sizes.get(shape.index()).map_or(8, |cell| cell.get().max(8))
    }

    #[inline]
    pub fn remember(&self, shape: ShapeId, size: u32) {
        if let Some(cell) = self.sizes.get(shape.index()) {
            cell.set(size);
        }
    }
}

/// Drops the tables of a request that ends: their strings end with it.
pub fn forget() {
    KNOWN.with_borrow_mut(HashMap::clear);
}
