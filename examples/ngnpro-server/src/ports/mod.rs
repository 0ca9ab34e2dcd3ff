//! The ports and their operations.
//!
//! A port's module maps the names of its operations to functions; `call` is what such a function gets to work with.

pub mod call;
pub mod customer;
pub mod dns;
pub mod enumeration;
pub mod network;
pub mod presence;
pub mod rating;
pub mod serial;
pub mod sip;
pub mod voicemail;

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
        "VoicemailPort" => voicemail::handler(operation),
        "EnumPort" => enumeration::handler(operation),
        "DnsPort" => dns::handler(operation),
        "RatingPort" => rating::handler(operation),
        "CustomerPort" => customer::handler(operation),
        "NetworkPort" => network::handler(operation),
        "PresencePort" => presence::handler(operation),
        _ => None,
    }
}

/// Every kind of object, for the storage and for the question whether a customer still owns something.
pub const RESOURCES: &[&Resource] = &[
    &customer::CUSTOMERS,
    &sip::domains::DOMAINS,
    &sip::accounts::ACCOUNTS,
    &sip::aliases::ALIASES,
    &sip::phonebook::PHONEBOOK,
    &sip::routing::carriers::CARRIERS,
    &sip::routing::gateways::GATEWAYS,
    &sip::routing::rules::RULES,
    &sip::routing::routes::ROUTES,
    &sip::routing::peers::PEERS,
    &voicemail::MAILBOXES,
    &enumeration::ranges::RANGES,
    &enumeration::numbers::NUMBERS,
    &dns::zones::ZONES,
    &dns::records::RECORDS,
    &dns::records::FANCY_RECORDS,
    &rating::PROFILES,
];

/// Tables that hold no objects of the wire.
pub const TABLES: &[&str] = &[
    customer::SEQUENCE,
    sip::accounts::COUNTERS,
    sip::data::TABLE,
    sip::balance::TABLES,
    sip::calls::TABLE,
    voicemail::TABLE,
    enumeration::numbers::COUNTER,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::soap::schema::Schema;

    #[test]
    fn every_operation_of_the_wsdl_has_a_handler() {
        let schema = Schema::embedded().expect("the embedded WSDL is readable");
        let operations =
            schema.ports().iter().flat_map(|p| p.operations.values().map(move |o| (&p.name, &o.name)));
        let missing: Vec<_> = operations.filter(|(port, name)| handler(port, name).is_none()).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn filters_and_orders_name_columns() {
        for resource in RESOURCES {
            for name in resource.filters.iter().chain(resource.orders).chain(resource.key) {
                assert!(*name == "id" || resource.column(name).is_some(), "{}: {name}", resource.table);
            }
        }
    }
}
