//! The native half of the PEAR SOAP drop-in in `php/pear`.
//!
//! Plain functions, called by the PHP classes and by nobody else: they write requests, turn answers into PHP
//! values, talk HTTP and read WSDL tables. The PHP side holds all state, in the public properties that old
//! programs know.

mod answer;
mod array;
mod charset;
mod class;
mod decode;
mod dime;
mod envelope;
mod exchange;
mod guard;
mod head;
mod layout;
mod markup;
mod members;
mod mime;
mod prefixes;
mod qname;
mod record;
mod schema;
mod serialize;
mod soap_value;
mod tree;
mod wsdl;
mod zv;

use ext_php_rs::prelude::*;

/// At the end of a request.
pub fn forget() {
    guard::forget();
    layout::forget();
}

/// Adds the functions to the module.
pub fn register(module: ModuleBuilder) -> ModuleBuilder {
    let module = envelope::register(module);
    let module = answer::register(module);
    let module = wsdl::register(module);
    let module = mime::register(module);
    let module = dime::register(module);
    let module = head::register(module);
    exchange::register(module)
}
