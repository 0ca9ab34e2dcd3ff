//! What native code wants to know of a class of PEAR or one that extends it, found out once and remembered: where its
//! objects keep the properties of the base class, and which methods are no longer those of the base class.
//!
//! Looking a property up by its name costs more than most of what is done with it.

use std::cell::RefCell;
use std::ptr;

use ext_php_rs::ffi;
use ext_php_rs::types::Zval;
use ext_php_rs::zend::ClassEntry;

use super::guard::guarded;
use super::{class, zv};
use crate::instance::Instance;
use crate::zend;

/// The parts of a base class that matter to somebody.
pub struct Parts {
    pub base: &'static str,
    pub properties: &'static [&'static str],
    /// In lower case.
    pub methods: &'static [&'static str],
}

/// Enough for every [`Parts`].
const PROPERTIES: usize = 8;
const METHODS: usize = 3;
/// Classes remembered at a time: a program that has more of them starts over.
const CLASSES: usize = 32;

/// The parts of one class.
#[derive(Clone, Copy)]
pub struct Layout {
    class: *const ClassEntry,
    parts: &'static Parts,
    /// Whether it is the base class, or extends it.
    pub extends: bool,
    /// Distances from the start of an object; 0 has to be looked up.
    offsets: [u32; PROPERTIES],
    overridden: [bool; METHODS],
}

thread_local! {
    /// Of this request: classes come and go with it.
    static KNOWN: RefCell<Vec<Layout>> = const { RefCell::new(Vec::new()) };
}

impl Layout {
    pub fn of(object: Instance<'_>, parts: &'static Parts) -> Self {
        let class = object.class().cast_const();
        KNOWN.with_borrow_mut(|known| {
            let same = |layout: &&Self| ptr::eq(layout.class, class) && ptr::eq(layout.parts, parts);
            if let Some(layout) = known.iter().find(same) {
                return *layout;
            }
            if known.len() >= CLASSES {
                known.clear();
            }
            let layout = Self {
                class,
                parts,
                extends: class::is_a(object, parts.base),
                offsets: each(parts.properties, |name| offset(object, name, parts.base)),
                overridden: each(parts.methods, |name| class::overrides(object, name, parts.base)),
            };
            known.push(layout);
            layout
        })
    }

    pub fn overrides(&self, method: usize) -> bool {
        self.overridden[method]
    }

    /// The value in its place; `None` if the engine has to be asked.
    fn place(&self, object: Instance<'_>, index: usize) -> Option<*mut Zval> {
        debug_assert!(ptr::eq(object.class(), self.class));
        let offset = self.offsets[index];
        // SAFETY: an object of the class has a value at an offset that the class gives to a property.
        let place = unsafe { object.raw().byte_add(offset as usize).cast::<Zval>() };
        // SAFETY: as above; the value is one, set or not.
        (offset != 0 && zend::type_of(unsafe { &*place }) != ffi::IS_UNDEF).then_some(place)
    }

    /// Writes the property of an object of this class.
    pub fn set(&self, object: Instance<'_>, index: usize, value: Zval) {
        let Some(place) = self.place(object, index) else {
            class::set_property(object, self.parts.properties[index], value);
            return;
        };
        // SAFETY: the value in place is the object's, or that of a reference to it, and has no type to keep; what was
        // there before is ours from now on.
        let before = unsafe { class::exchange(place, value) };
        if matches!(zv::kind(&before), zv::Kind::Array(_) | zv::Kind::Object(_)) {
            // Something in it may have a destructor.
            let _ = guarded(|| drop(before));
        }
    }

    /// The property of an object of this class; another owner of it, because PHP code may change the object.
    #[inline]
    pub fn property(&self, object: Instance<'_>, index: usize) -> Zval {
        if let Some(place) = self.place(object, index) {
            // SAFETY: the value is the object's, which is alive.
            return zend::share(unsafe { &*place });
        }
        class::property(object, self.parts.properties[index])
    }
}

/// What is found for each of the names, in their places.
fn each<T: Copy + Default, const N: usize>(names: &[&str], find: impl Fn(&str) -> T) -> [T; N] {
    let mut found = [T::default(); N];
    for (place, name) in found.iter_mut().zip(names) {
        *place = find(name);
    }
    found
}

/// Where objects have a property that the base class or one of its parents declares. One that a subclass declares again,
/// maybe with code of its own, is left to the engine.
fn offset(object: Instance<'_>, name: &str, base: &str) -> u32 {
    // SAFETY: the table of a class holds descriptions of its properties, which name the class that declares them;
    // all of them live as long as the class.
    unsafe {
        let found = zv::entry_raw(&(*object.class()).properties_info, name.as_bytes());
        let Some(found) = found.as_ref() else { return 0 };
        let property = &*found.value.ptr.cast::<ffi::zend_property_info>();
        if is_above(object.class(), base, property.ce) && property.flags & ffi::ZEND_ACC_STATIC == 0 {
            property.offset
        } else {
            0
        }
    }
}

/// Whether `wanted` is the class called `base` among the parents of `class`, or one of that one's parents.
///
/// # Safety
/// `class` is the class of an object.
unsafe fn is_above(class: *mut ClassEntry, base: &str, wanted: *const ClassEntry) -> bool {
    let (mut class, mut is_base) = (class.cast_const(), false);
    // SAFETY: classes live as long as their objects; the parents of a linked class are pointers.
    unsafe {
        while let Some(entry) = class.as_ref() {
            is_base |= entry.name.as_ref().is_some_and(|name| name.as_bytes() == base.as_bytes());
            if ptr::eq(class, wanted) {
                return is_base;
            }
            class = entry.__bindgen_anon_1.parent;
        }
    }
    false
}

/// At the end of a request.
pub fn forget() {
    KNOWN.take();
}
