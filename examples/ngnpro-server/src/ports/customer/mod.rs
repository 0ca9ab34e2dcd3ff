//! The customer port: customers, resellers, and their properties.

pub mod accounts;
pub mod properties;

use super::Handler;
use crate::soap::fault::{CUSTOMER_EXISTS, CUSTOMER_MISSING};
use crate::store::resource::{number, text, Ownership, Resource};

pub static CUSTOMERS: Resource = Resource {
    noun: "customer",
    table: "customers",
    kind: "CustomerAccount",
    list: "accounts",
    columns: &[
        number("customer", ""),
        number("reseller", "$.reseller"),
        text("username", "$.username"),
        text("firstName", "$.firstName"),
        text("lastName", "$.lastName"),
        text("organization", "$.organization"),
        text("tel", "$.tel"),
        text("email", "$.email"),
        text("web", "$.web"),
        text("city", "$.city"),
        text("country", "$.country"),
        text("changeDate", "$.changeDate"),
    ],
    key: &["username"],
    filters: &[
        "username",
        "firstName",
        "lastName",
        "organization",
        "tel",
        "email",
        "web",
        "city",
        "country",
        "customer",
        "reseller",
    ],
    orders: &["changeDate", "username", "firstName", "lastName", "organization", "customer"],
    ownership: Ownership::CUSTOMER,
    server: &["id", "changeDate"],
    numbered: true,
    missing: CUSTOMER_MISSING,
    exists: CUSTOMER_EXISTS,
};

/// Customers' numbers start at 20001.
pub const SEQUENCE: &str = "INSERT INTO sqlite_sequence (name, seq)
     SELECT 'customers', 20000 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'customers')";

pub fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "addAccount" => accounts::add,
        "updateAccount" => accounts::update,
        "deleteAccount" => accounts::delete,
        "getAccount" => accounts::get,
        "getCustomers" => accounts::customers,
        "getResellers" => accounts::resellers,
        "setProperties" => properties::set,
        "getProperties" => properties::get,
        _ => return None,
    })
}
