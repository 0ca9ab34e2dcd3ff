//! The native half of the PEAR SOAP drop-in in `php/pear`.
//!
//! Plain functions, called by the PHP classes and by nobody else: they write requests, turn answers into PHP
//! values, talk HTTP and read WSDL tables. The PHP side holds all state, in the public properties that old
//! programs know.

mod array;
mod class;
mod envelope;
mod markup;
mod qname;
mod serialize;
mod zv;

use ext_php_rs::prelude::*;

/// Adds the functions to the module.
pub fn register(module: ModuleBuilder) -> ModuleBuilder {
    envelope::register(module)
}
