//! Registers the classes with PHP.
//!
//! Methods are declared without return types, so that a subclass may narrow them as it likes.

use std::sync::{Mutex, PoisonError};

use ext_php_rs::args::{Arg, ArgInfoTables};
use ext_php_rs::builders::{ClassBuilder, ClassProperty, FunctionBuilder};
use ext_php_rs::error::Result;
use ext_php_rs::ffi;
use ext_php_rs::flags::{DataType, MethodFlags, PropertyFlags};
use ext_php_rs::types::{ZendStr, Zval};
use ext_php_rs::zend::{ce, ClassEntry, ExecuteData};

use crate::error::Class;
use crate::handler;
use crate::object::State;
use crate::{call, definition, errors, proxy, trace, zend};

/// A native method.
pub type Handler = extern "C" fn(&mut ExecuteData, &mut Zval);

/// What the engine keeps pointers to for the life of the process.
static PARKED: Mutex<Vec<Parked>> = Mutex::new(Vec::new());

struct Parked {
    _tables: ArgInfoTables,
}

// SAFETY: the tables are written once, at startup, and only the engine reads them afterwards.
unsafe impl Send for Parked {}

fn park(tables: ArgInfoTables) {
    PARKED.lock().unwrap_or_else(PoisonError::into_inner).push(Parked { _tables: tables });
}

/// Registers everything; runs once, when the module starts.
pub fn register() -> Result<()> {
    for class in Class::ALL {
        exception(class)?;
    }
    proxy_class().register()?;
    definition_class().register()?;
    for (class, method, argument) in [
        (proxy::Proxy::class().entry(), "__construct", 1),
        (proxy::Proxy::class().entry(), "withoptions", 0),
        (proxy::Proxy::class().entry(), "__call", 1),
        (proxy::Proxy::class().entry(), "call", 1),
        (proxy::Proxy::class().entry(), "createmessage", 1),
        (definition::Definition::class().entry(), "__construct", 1),
        (definition::Definition::class().entry(), "load", 1),
        (definition::Definition::class().entry(), "proxy", 1),
    ] {
        hide_argument(class, method, argument);
    }
    Ok(())
}

/// Keeps an argument, which may hold passwords, out of backtraces.
fn hide_argument(class: *mut ClassEntry, method: &str, argument: u32) {
    const PERSISTENT: u32 = 1 << 0;
    // SAFETY: the class and its functions live as long as the process; the name is interned for as long.
    unsafe {
        let table = &raw const (*class).function_table;
        let found = ffi::zend_hash_str_find_ptr_lc(table, method.as_ptr().cast(), method.len());
        if let Some(function) = found.cast::<ffi::zend_function>().as_mut() {
            let name = ZendStr::new_interned("SensitiveParameter", true).into_raw();
            let attributes = &raw mut function.common.attributes;
            zend::zend_add_attribute(attributes, name, 0, PERSISTENT, argument + 1, 0);
        }
    }
}

pub fn method(name: &'static str, handler: Handler) -> FunctionBuilder<'static> {
    FunctionBuilder::new(name, handler)
}

pub fn text(name: &'static str) -> Arg<'static> {
    Arg::new(name, DataType::String)
}

fn array(name: &'static str) -> Arg<'static> {
    Arg::new(name, DataType::Array)
}

fn wsdl_and_options(method: FunctionBuilder<'static>) -> FunctionBuilder<'static> {
    method.arg(text("wsdl")).arg(array("options").default("[]")).required_args(1)
}

fn operation_and_arguments(method: FunctionBuilder<'static>) -> FunctionBuilder<'static> {
    method.arg(text("operation")).arg(Arg::new("arguments", DataType::Mixed).is_variadic())
}

fn proxy_class() -> ClassBuilder {
    use proxy::*;
    let public = MethodFlags::Public;
    ClassBuilder::new(Proxy::CLASS)
        .method(wsdl_and_options(method("__construct", handler!(construct))), public)
        .method(method("__call", handler!(call::magic)).arg(text("name")).arg(array("arguments")), public)
        .method(operation_and_arguments(method("call", handler!(call::explicit))), public)
        .method(operation_and_arguments(method("createMessage", handler!(call::create_message))), public)
        .method(
            method("parseResponse", handler!(call::parse_response))
                .arg(text("operation"))
                .arg(text("content"))
                .arg(text("contentType").allow_null().default("null"))
                .arg(Arg::new("status", DataType::Long).default("200"))
                .required_args(2),
            public,
        )
        .method(method("withOptions", handler!(with_options)).arg(array("options")), public)
        .method(method("getFunctions", handler!(functions)), public)
        .method(method("getTypes", handler!(types)), public)
        .method(method("lastRequest", handler!(trace::last_request)), public)
        .method(method("lastResponse", handler!(trace::last_response)), public)
        .method(method("lastHeaders", handler!(trace::last_headers)), public)
        .method(method("__debugInfo", handler!(debug_info)), public)
        .registration(|entry, tables| {
            park(tables);
            Proxy::class().set_entry(entry);
        })
}

fn definition_class() -> ClassBuilder {
    use definition::*;
    let public = MethodFlags::Public;
    let port = || text("port").allow_null().default("null");
    ClassBuilder::new(Definition::CLASS)
        .method(wsdl_and_options(method("__construct", handler!(construct))), public)
        .method(wsdl_and_options(method("load", handler!(open))), public | MethodFlags::Static)
        .method(method("services", handler!(services)), public)
        .method(method("ports", handler!(ports)), public)
        .method(method("operations", handler!(operations)).arg(port()).required_args(0), public)
        .method(method("types", handler!(types)), public)
        .method(method("warnings", handler!(warnings)), public)
        .method(
            method("proxy", handler!(proxy)).arg(port()).arg(array("options").default("[]")).required_args(0),
            public,
        )
        .method(
            method("stubs", handler!(stubs))
                .arg(text("namespace").allow_null().default("null"))
                .required_args(0),
            public,
        )
        .method(method("__debugInfo", handler!(debug_info)), public)
        .registration(|entry, tables| {
            park(tables);
            Definition::class().set_entry(entry);
        })
}

/// A property of an exception; texts begin empty, everything else as null.
fn property(name: &str, flags: PropertyFlags, is_text: bool) -> ClassProperty {
    ClassProperty {
        name: name.to_owned(),
        flags,
        default: Some(Box::new(move || {
            let mut value = Zval::null();
            if is_text {
                value.set_interned_string("", true)?;
            }
            Ok(value)
        })),
        docs: &[],
        ty: None,
        nullable: !is_text,
        readonly: false,
        default_stub: None,
    }
}

fn exception(class: Class) -> Result<()> {
    let mut builder = ClassBuilder::new(class.name()).extends(match class.parent() {
        None => (ce::exception, "\\Exception"),
        Some(Class::Usage) => (|| entry(Class::Usage), "\\WsdlProxy\\UsageError"),
        Some(Class::Transport) => (|| entry(Class::Transport), "\\WsdlProxy\\TransportError"),
        Some(_) => (|| entry(Class::Error), "\\WsdlProxy\\Error"),
    });
    for (name, is_text) in errors::public(class) {
        builder = builder.property(property(name, PropertyFlags::Public, *is_text));
    }
    for (name, getter, is_text) in errors::getters(class) {
        builder = builder
            .property(property(name, PropertyFlags::Protected, is_text))
            .method(getter, MethodFlags::Public);
    }
    builder
        .registration(|entry, tables| {
            park(tables);
            let name = entry.name().unwrap_or_default().to_owned();
            if let Some(class) = Class::ALL.into_iter().find(|class| class.name() == name) {
                class.set_entry(entry);
            }
        })
        .register()
}

fn entry(class: Class) -> &'static ClassEntry {
    // SAFETY: a parent is registered before its children and lives as long as the process.
    unsafe { &*class.entry() }
}
