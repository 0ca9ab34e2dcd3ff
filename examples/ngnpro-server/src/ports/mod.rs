//! The ports and their operations.
//!
//! A port's module maps the names of its operations to functions; `call` is what such a function gets to work with.

pub mod call;
pub mod customer;
pub mod sip;

use crate::soap::fault::Fault;
use crate::store::resource::Resource;
use call::Call;
use serde_json::Value;

/// Carries out one operation; the value becomes the answer's only part, nil stands for an answer without parts.
pub type Handler = fn(&Call) -> Result<Value, Fault>;

/// The function behind an operation of the WSDL.
pub fn handler(port: &str, operation: &str) -> Option<Handler> {
    match port {
        "SipPort" => sip::handler(operation),
        "CustomerPort" => customer::handler(operation),
        _ => None,
    }
}

/// Every kind of object, for the storage and for the question whether a customer still owns something.
pub const RESOURCES: &[&Resource] =
    &[&customer::CUSTOMERS, &sip::domains::DOMAINS, &sip::accounts::ACCOUNTS, &sip::aliases::ALIASES];

/// Tables that hold no objects of the wire.
pub const TABLES: &[&str] = &[sip::accounts::COUNTERS, customer::SEQUENCE];
