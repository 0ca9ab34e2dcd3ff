//! Registers the classes with PHP.
//!
//! Methods are declared without return types, so that a subclass may narrow them as it likes.

use std::sync::{Mutex, PoisonError};

use ext_php_rs::args::{Arg, ArgInfoTables};
use ext_php_rs::builders::{ClassBuilder, ClassProperty, FunctionBuilder};
use ext_php_rs::error::Result;
use ext_php_rs::ffi;
use ext_php_rs::flags::{ClassFlags, DataType, MethodFlags, PropertyFlags};
use ext_php_rs::types::{ZendStr, Zval};
use ext_php_rs::zend::{ce, ClassEntry, ExecuteData};

use crate::error::Class;
use crate::errors::Initial;
use crate::handler;
use crate::object::State;
use crate::{bulk, call, definition, errors, proxy, trace, zend};

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
    bulk_class().register()?;
    let proxy = proxy::Proxy::class().entry();
    let definition = definition::Definition::class().entry();
    for (class, method, arguments) in [
        // A location may hold credentials too, and so may an answer.
        (proxy, "__construct", 0..2),
        (proxy, "withoptions", 0..1),
        (proxy, "__call", 1..2),
        (proxy, "call", 1..2),
        (proxy, "createmessage", 1..2),
        (proxy, "bulk", 1..2),
        (proxy, "parseresponse", 1..2),
        (definition, "__construct", 0..2),
        (definition, "load", 0..2),
        (definition, "proxy", 1..2),
    ] {
        arguments.for_each(|argument| hide_argument(class, method, argument));
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
        .method(bulk_method(), public)
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
        .method(method("port", handler!(port)), public)
        .method(method("service", handler!(service)), public)
        .method(method("location", handler!(location)), public)
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

fn bulk_method() -> FunctionBuilder<'static> {
    let flag = |name, usual| Arg::new(name, DataType::Bool).default(usual);
    let number = |name, usual| Arg::new(name, DataType::Long).default(usual);
    method("bulk", handler!(bulk::open))
        .arg(text("operation"))
        .arg(Arg::new("arguments", DataType::Mixed))
        .arg(number("concurrency", "16"))
        .arg(flag("ordered", "true"))
        .arg(flag("stopOnError", "false"))
        .arg(number("retry", "0"))
        .arg(flag("idempotent", "null").allow_null())
        .arg(flag("progress", "false"))
        .required_args(2)
}

fn bulk_class() -> ClassBuilder {
    use bulk::*;
    let public = MethodFlags::Public;
    let returning = |name, handler: Handler, of: DataType| method(name, handler).returns(of, false, false);
    let mut class = ClassBuilder::new(Bulk::CLASS)
        .flags(ClassFlags::Final)
        .implements((ce::iterator, "\\Iterator"))
        .method(returning("current", handler!(current), DataType::Mixed), public)
        .method(returning("key", handler!(key), DataType::Mixed), public)
        .method(returning("next", handler!(next), DataType::Void), public)
        .method(returning("valid", handler!(valid), DataType::Bool), public)
        .method(returning("rewind", handler!(rewind), DataType::Void), public)
        .method(returning("__toString", handler!(summary), DataType::String), public)
        .method(method("arguments", handler!(arguments)), public)
        .method(method("close", handler!(close)), public);
    let counters: [(&str, Handler); 5] = [
        ("sent", handler!(sent)),
        ("done", handler!(done)),
        ("failed", handler!(failed)),
        ("retried", handler!(retried)),
        ("unknown", handler!(unknown)),
    ];
    for (name, handler) in counters {
        class = class.method(method(name, handler), public);
    }
    class.registration(|entry, tables| {
        park(tables);
        Bulk::class().set_entry(entry);
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

/// A property of an exception.
fn property(name: &str, flags: PropertyFlags, initial: Initial) -> ClassProperty {
    ClassProperty {
        name: name.to_owned(),
        flags,
        default: Some(Box::new(move || {
            let mut value = Zval::null();
            match initial {
                Initial::Null => {}
                Initial::True => value.set_bool(true),
                Initial::Text => value.set_interned_string("", true)?,
            }
            Ok(value)
        })),
        docs: &[],
        ty: None,
        nullable: matches!(initial, Initial::Null),
        readonly: false,
        default_stub: None,
    }
}

fn exception(class: Class) -> Result<()> {
    let mut builder = ClassBuilder::new(class.name()).extends(match class.parent() {
        None => (ce::exception, "\\Exception"),
        Some(Class::Usage) => (|| entry(Class::Usage), "\\WsdlProxy\\UsageError"),
        Some(Class::Http) => (|| entry(Class::Http), "\\WsdlProxy\\HTTPError"),
        Some(Class::Transport) => (|| entry(Class::Transport), "\\WsdlProxy\\TransportError"),
        Some(_) => (|| entry(Class::Error), "\\WsdlProxy\\Error"),
    });
    for (name, initial) in errors::public(class) {
        builder = builder.property(property(name, PropertyFlags::Public, *initial));
    }
    for (name, getter, initial) in errors::getters(class) {
        builder = builder
            .property(property(name, PropertyFlags::Protected, initial))
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
