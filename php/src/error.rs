//! Errors of the core become exceptions: one class for each kind, as `errors` of the Python package has them.
//!
//! An exception that PHP code raised meanwhile goes on unchanged, and so does a fatal error.

use std::fmt;
use std::sync::atomic::{AtomicPtr, Ordering};

use ext_php_rs::ffi;
use ext_php_rs::types::Zval;
use ext_php_rs::zend::{ce, try_catch, CatchError, ClassEntry, ExecutorGlobals};
use wsdlproxy::error::Position;
use wsdlproxy::{Error, ErrorKind, Result};

use crate::instance::Instance;
use crate::table::Table;
use crate::zend;

/// The exception classes, a parent before its children.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    Error,
    Wsdl,
    Usage,
    UnknownOption,
    Port,
    UnknownOperation,
    Encode,
    Decode,
    Fault,
    Transport,
    Timeout,
    Connection,
    Tls,
    Http,
    Document,
}

impl Class {
    pub const ALL: [Self; 15] = [
        Self::Error,
        Self::Wsdl,
        Self::Usage,
        Self::UnknownOption,
        Self::Port,
        Self::UnknownOperation,
        Self::Encode,
        Self::Decode,
        Self::Fault,
        Self::Transport,
        Self::Timeout,
        Self::Connection,
        Self::Tls,
        Self::Http,
        Self::Document,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "WsdlProxy\\Error",
            Self::Wsdl => "WsdlProxy\\WSDLError",
            Self::Usage => "WsdlProxy\\UsageError",
            Self::UnknownOption => "WsdlProxy\\UnknownOption",
            Self::Port => "WsdlProxy\\PortError",
            Self::UnknownOperation => "WsdlProxy\\UnknownOperation",
            Self::Encode => "WsdlProxy\\EncodeError",
            Self::Decode => "WsdlProxy\\DecodeError",
            Self::Fault => "WsdlProxy\\Fault",
            Self::Transport => "WsdlProxy\\TransportError",
            Self::Timeout => "WsdlProxy\\Timeout",
            Self::Connection => "WsdlProxy\\ConnectionError",
            Self::Tls => "WsdlProxy\\TLSError",
            Self::Http => "WsdlProxy\\HTTPError",
            Self::Document => "WsdlProxy\\DocumentError",
        }
    }

    /// The class of this module that it extends; `None` for `Error`, which extends `\Exception`.
    pub fn parent(self) -> Option<Self> {
        match self {
            Self::Error => None,
            Self::Wsdl | Self::Usage | Self::Encode | Self::Decode | Self::Fault | Self::Transport => {
                Some(Self::Error)
            }
            Self::UnknownOption | Self::Port | Self::UnknownOperation => Some(Self::Usage),
            Self::Timeout | Self::Connection | Self::Tls | Self::Http => Some(Self::Transport),
            Self::Document => Some(Self::Http),
        }
    }

    fn of(kind: ErrorKind) -> Self {
        match kind {
            ErrorKind::Wsdl => Self::Wsdl,
            ErrorKind::Encode => Self::Encode,
            ErrorKind::Decode => Self::Decode,
            ErrorKind::Usage => Self::Usage,
            ErrorKind::Timeout => Self::Timeout,
            ErrorKind::Connection => Self::Connection,
            ErrorKind::Tls => Self::Tls,
            ErrorKind::Http => Self::Http,
            ErrorKind::Transport => Self::Transport,
            ErrorKind::Host => Self::Error,
        }
    }

    pub fn entry(self) -> *mut ClassEntry {
        ENTRIES[self as usize].load(Ordering::Relaxed)
    }

    pub fn set_entry(self, entry: *mut ClassEntry) {
        ENTRIES[self as usize].store(entry, Ordering::Relaxed);
    }
}

static ENTRIES: [AtomicPtr<ClassEntry>; Class::ALL.len()] =
    [const { AtomicPtr::new(std::ptr::null_mut()) }; Class::ALL.len()];

/// What stopped PHP code that was called while a value was read or built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// An exception is pending.
    Raised,
    /// A fatal error: everything unwinds, then PHP goes on ending the request.
    Bailout,
    /// More memory than `memory_limit` was taken; PHP reports that when control returns to it.
    Memory,
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Raised => "an exception was raised",
            Self::Bailout => "a fatal error was raised",
            Self::Memory => "the value needs more memory than memory_limit allows",
        })
    }
}

impl std::error::Error for Stop {}

/// An exception is pending already.
#[cold]
pub fn raised() -> Error {
    Error::host(Stop::Raised)
}

/// Runs something that may call PHP code. A fatal error there must not jump over our frames, so it is caught here
/// and raised again by [`throw`] when they are gone.
pub fn guarded<R>(call: impl FnOnce() -> R) -> Result<R> {
    match try_catch(std::panic::AssertUnwindSafe(call)) {
        Ok(_) if ExecutorGlobals::has_exception() => Err(raised()),
        Ok(result) => Ok(result),
        Err(CatchError::Bailout) => Err(Error::host(Stop::Bailout)),
        Err(error) => panic!("{error}"),
    }
}

/// Raises the exception for an error; `true` if a fatal error is to go on instead.
pub fn throw(error: Error) -> bool {
    let class = Class::of(error.kind());
    throw_as(class, error)
}

/// The same as another class than the kind's own.
pub fn throw_as(class: Class, error: Error) -> bool {
    if error.kind() == ErrorKind::Host {
        let text = error.to_string();
        match error.host_error().and_then(|cause| cause.downcast::<Stop>().ok()).map(|stop| *stop) {
            Some(Stop::Bailout) => return true,
            Some(Stop::Raised) => {}
            Some(Stop::Memory) | None => raise(new(Class::Error, &text, 0)),
        }
        return false;
    }
    let status = error.http_failure().map_or(0, |failure| i64::from(failure.status));
    let exception = new(class, &error.to_string(), status);
    describe(&exception, &error);
    raise(exception);
    false
}

/// The exception for an error, instead of raising it. What ends the script goes on.
pub fn caught(error: Error) -> Result<Zval> {
    if error.kind() == ErrorKind::Host {
        let stop = error.host_error().and_then(|cause| cause.downcast::<Stop>().ok()).map(|stop| *stop);
        match stop {
            Some(Stop::Raised) | None => {}
            Some(stop) => return Err(Error::host(stop)),
        }
    } else {
        throw(error);
    }
    let mut globals = ExecutorGlobals::get_mut();
    let mut value = Zval::new();
    value.value.obj = globals.exception;
    value.u1.type_info = ffi::IS_OBJECT_EX;
    // `exit` unwinds as an exception that nobody may catch.
    let is_catchable = !globals.exception.is_null()
        && Instance::of(&value).is_some_and(|object| object.is_a(ce::throwable()));
    if is_catchable {
        globals.exception = std::ptr::null_mut();
        return Ok(value);
    }
    std::mem::forget(value);
    Err(raised())
}

/// Raises now, and returns the error that unwinds.
pub fn raised_as(class: Class, error: Error) -> Error {
    if error.kind() == ErrorKind::Host {
        return error;
    }
    throw_as(class, error);
    raised()
}

/// A new exception object, with the trace of where PHP is now.
pub fn new(class: Class, message: &str, code: i64) -> Zval {
    let mut value = Zval::new();
    // SAFETY: the class was registered at startup; its constructor is `\Exception`'s and sets only what is set here.
    unsafe {
        zend::object_init_ex(&raw mut value, class.entry());
        let scope = std::ptr::from_ref(ce::exception()).cast_mut();
        zend::set_property(value.value.obj, scope, "message", zend::text(message));
        zend::set_property(value.value.obj, scope, "code", zend::long(code));
    }
    value
}

/// Sets a member that the class declares.
pub fn set(exception: &Zval, class: Class, name: &str, value: Zval) {
    if let Some(object) = Instance::of(exception) {
        zend::set_property(object.raw(), class.entry(), name, value);
    }
}

/// Raises an exception object.
pub fn raise(exception: Zval) {
    let mut exception = std::mem::ManuallyDrop::new(exception);
    // SAFETY: the engine takes the object over.
    unsafe { ffi::zend_throw_exception_object(&raw mut *exception) }
}

fn describe(exception: &Zval, error: &Error) {
    if error.is_unsent() {
        set(exception, Class::Transport, "sent", zend::boolean(false));
    }
    match error.kind() {
        ErrorKind::Wsdl => {
            set(exception, Class::Wsdl, "document", zend::optional(error.document()));
            set(exception, Class::Wsdl, "position", position(error.position()));
        }
        ErrorKind::Encode => set(exception, Class::Encode, "path", zend::text(error.path())),
        ErrorKind::Decode => {
            set(exception, Class::Decode, "path", zend::text(error.path()));
            set(exception, Class::Decode, "position", position(error.position()));
        }
        ErrorKind::Http => {
            if let Some(failure) = error.http_failure() {
                set(exception, Class::Http, "status", zend::long(i64::from(failure.status)));
                set(exception, Class::Http, "contentType", zend::optional(failure.content_type.as_deref()));
                set(exception, Class::Http, "body", zend::text(&failure.body));
            }
        }
        ErrorKind::Usage
        | ErrorKind::Timeout
        | ErrorKind::Connection
        | ErrorKind::Tls
        | ErrorKind::Transport
        | ErrorKind::Host => {}
    }
}

fn position(position: Option<Position>) -> Zval {
    let Some(at) = position else { return Zval::null() };
    let mut table = Table::new();
    table.set("byte", zend::long(at.byte as i64));
    table.set("line", zend::long(i64::from(at.line)));
    table.set("column", zend::long(i64::from(at.column)));
    table.finish()
}
