//! PHP binding: the extension `wsdlproxy`.
//!
//! `WsdlProxy\Proxy` makes methods of a port's operations, `WsdlProxy\Definition` shows what a WSDL has, and the
//! exceptions below `WsdlProxy\Error` say what went wrong. Every entry from PHP goes through `frame`, where errors
//! and panics become exceptions. `pear` is the native half of the drop-in for PEAR SOAP.

mod bulk;
mod bulk_policy;
mod bulk_run;
mod call;
mod classes;
mod dates;
mod definition;
mod describe;
mod document;
mod error;
mod errors;
mod frame;
mod ini;
mod instance;
mod items;
mod load;
mod names;
mod object;
mod options;
mod pear;
mod progress;
mod proxy;
mod siblings;
mod signals;
mod sink;
mod soapclient;
mod source;
mod stubs;
mod table;
mod trace;
mod values;
mod zend;

use ext_php_rs::prelude::*;
use wsdlproxy::transport::{configure, Threading};

#[php_module]
pub fn get_module(module: ModuleBuilder) -> ModuleBuilder {
    let module = module
        .name("wsdlproxy")
        .startup_function(startup)
        .request_shutdown_function(request_shutdown)
        .info_function(ini::info);
    pear::register(module)
}

unsafe extern "C" fn startup(_kind: i32, module: i32) -> i32 {
    // A panic is told by the exception that it becomes, not on standard error.
    std::panic::set_hook(Box::new(|_| {}));
    // PHP waits for each answer, so its own thread can drive the network.
    configure(Threading::CurrentThread);
    ini::register(module);
    i32::from(classes::register().is_err())
}

unsafe extern "C" fn request_shutdown(_kind: i32, _module: i32) -> i32 {
    names::forget();
    pear::forget();
    0
}
