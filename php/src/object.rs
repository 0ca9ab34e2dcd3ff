//! Native classes: a PHP object with Rust state in front of it.
//!
//! The state is set by the constructor; a subclass that does not call it has none, and its methods say so. Objects
//! can be neither cloned nor serialized.

use std::ffi::c_int;
use std::marker::PhantomData;
use std::mem::{offset_of, MaybeUninit};
use std::sync::atomic::{AtomicPtr, Ordering};
use std::sync::OnceLock;

use ext_php_rs::ffi;
use ext_php_rs::types::{ZendHashTable, ZendObject, Zval};
use ext_php_rs::zend::ClassEntry;
use wsdlproxy::{Error, Result};

use crate::instance::Instance;
use crate::zend;

/// The Rust side of a class.
pub trait State: Sized + 'static {
    const CLASS: &'static str;

    fn class() -> &'static Class<Self>;

    /// The PHP values it holds, for the cycle collector.
    fn held(&self) -> &[Zval] {
        &[]
    }
}

/// What PHP needs to know of a class.
pub struct Class<T> {
    entry: AtomicPtr<ClassEntry>,
    handlers: OnceLock<Handlers>,
    state: PhantomData<fn(T)>,
}

struct Handlers(ffi::zend_object_handlers);

// SAFETY: the table is written once, at startup, and holds nothing but numbers and pointers to functions.
unsafe impl Send for Handlers {}
// SAFETY: as above.
unsafe impl Sync for Handlers {}

#[repr(C)]
struct Native<T> {
    state: Option<Box<T>>,
    std: ZendObject,
}

impl<T: State> Class<T> {
    pub const fn new() -> Self {
        Self { entry: AtomicPtr::new(std::ptr::null_mut()), handlers: OnceLock::new(), state: PhantomData }
    }

    /// Finishes the registration of a class.
    pub fn set_entry(&self, entry: &'static mut ClassEntry) {
        entry.__bindgen_anon_2.create_object = Some(create::<T>);
        entry.ce_flags |= ffi::ZEND_ACC_NOT_SERIALIZABLE;
        self.entry.store(entry, Ordering::Relaxed);
    }

    pub fn entry(&self) -> *mut ClassEntry {
        self.entry.load(Ordering::Relaxed)
    }

    fn handlers(&self) -> *const ffi::zend_object_handlers {
        &raw const self
            .handlers
            .get_or_init(|| {
                // SAFETY: the engine's own table, which is complete before any module starts.
                let mut handlers = unsafe { ffi::std_object_handlers };
                handlers.offset = offset_of!(Native<T>, std) as c_int;
                handlers.free_obj = Some(free::<T>);
                handlers.clone_obj = None;
                handlers.get_gc = Some(held::<T>);
                Handlers(handlers)
            })
            .0
    }
}

fn native<T: State>(object: *mut ZendObject) -> *mut Native<T> {
    object.wrapping_byte_sub(offset_of!(Native<T>, std)).cast()
}

unsafe extern "C" fn create<T: State>(class: *mut ClassEntry) -> *mut ZendObject {
    // SAFETY: the engine allocates and zeroes room for the object and its declared properties; a zeroed `Option<Box>`
    // is `None`.
    unsafe {
        let made =
            ffi::ext_php_rs_zend_object_alloc(size_of::<Native<T>>(), class).cast::<MaybeUninit<Native<T>>>();
        let made = made.cast::<Native<T>>();
        (&raw mut (*made).state).write(None);
        let object = &raw mut (*made).std;
        ffi::zend_object_std_init(object, class);
        ffi::object_properties_init(object, class);
        (*object).handlers = T::class().handlers();
        object
    }
}

unsafe extern "C" fn free<T: State>(object: *mut ZendObject) {
    // SAFETY: the engine frees each object once; the state is taken out before the rest goes.
    unsafe {
        drop((*native::<T>(object)).state.take());
        ffi::zend_object_std_dtor(object);
    }
}

unsafe extern "C" fn held<T: State>(
    object: *mut ZendObject,
    values: *mut *mut Zval,
    count: *mut c_int,
) -> *mut ZendHashTable {
    // SAFETY: the object is alive; the collector only looks at the values.
    unsafe {
        let held = (*native::<T>(object)).state.as_deref().map_or(&[][..], State::held);
        *values = held.as_ptr().cast_mut();
        *count = held.len() as c_int;
        ffi::zend_std_get_properties(object)
    }
}

fn check<T: State>(object: Instance<'_>) -> Result<*mut Native<T>> {
    if object.is_a(T::class().entry()) {
        return Ok(native::<T>(object.raw()));
    }
    Err(Error::usage(format!("this is no {}", T::CLASS)))
}

/// The state of an object of the class.
pub fn state<T: State>(object: Instance<'_>) -> Result<&T> {
    let native = check::<T>(object)?;
    // SAFETY: the class is checked; the state is set once and stays until the object is freed.
    let state = unsafe { (*native).state.as_deref() };
    state.ok_or_else(|| Error::usage(format!("the constructor of {} was not called", T::CLASS)))
}

/// Sets the state of a new object, once.
pub fn set_state<T: State>(object: Instance<'_>, state: T) -> Result<()> {
    let native = check::<T>(object)?;
    // SAFETY: as above; nobody has a reference to a state that is not there.
    let place = unsafe { &mut (*native).state };
    if place.is_some() {
        return Err(Error::usage(format!("{} is constructed already", T::CLASS)));
    }
    *place = Some(Box::new(state));
    Ok(())
}

/// A new object of a class, `T`'s own or one that extends it, without a call of its constructor.
pub fn make<T: State>(class: *mut ClassEntry, state: T) -> Result<Zval> {
    let mut value = Zval::new();
    // SAFETY: the class is registered; an abstract one raises and leaves no object.
    if unsafe { zend::object_init_ex(&raw mut value, class) } != 0 {
        return Err(crate::error::raised());
    }
    if let Some(object) = Instance::of(&value) {
        set_state(object, state)?;
    }
    Ok(value)
}
