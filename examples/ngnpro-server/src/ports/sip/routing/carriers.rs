//! Carriers.

use super::{copy_to, delete_of, required};
use crate::actor::Scope;
use crate::ports::call::Call;
use crate::soap::fault::{Fault, CARRIER_EXISTS, CARRIER_MISSING};
use crate::store::doc;
use crate::store::resource::{number, text, Ownership, Resource};
use crate::store::rows;
use serde_json::Value;

pub static CARRIERS: Resource = Resource {
    noun: "carrier",
    table: "sip_carriers",
    kind: "Carrier",
    list: "carriers",
    columns: &[text("name", "$.name"), number("reseller", "$.reseller"), text("changeDate", "$.changeDate")],
    key: &["name", "reseller"],
    filters: &["id", "name", "reseller"],
    orders: &["changeDate", "name"],
    ownership: Ownership::RESELLER,
    server: &["id", "changeDate"],
    numbered: true,
    missing: CARRIER_MISSING,
    exists: CARRIER_EXISTS,
};

pub fn add(call: &Call) -> Result<Value, Fault> {
    call.may_manage("carriers")?;
    call.may_create()?;
    let mut carrier = call.object("carrier");
    let name = required(&carrier, "name")?;
    doc::set(&mut carrier, "name", name);
    let reseller = match call.actor.scope {
        Scope::Everything => doc::int(&carrier, "reseller"),
        Scope::Reseller(id) | Scope::Customer { reseller: id, .. } => id,
    };
    doc::set(&mut carrier, "reseller", reseller);
    Ok(Value::Object(call.insert(&CARRIERS, carrier)?))
}

pub fn update(call: &Call) -> Result<Value, Fault> {
    let mut update = call.object("carrier");
    let mut row = call.require_id(&CARRIERS, doc::int(&update, "id"))?;
    if !doc::given(&update, "name") {
        update.remove("name");
    }
    doc::merge(&mut row.doc, update, &["id", "reseller", "changeDate"]);
    call.save(&CARRIERS, &mut row)?;
    for table in ["sip_gateways", "sip_gateway_rules", "sip_routes"] {
        copy_to(call, table, "carrier_id", row.id, "carrier", doc::text(&row.doc, "name"))?;
    }
    Ok(Value::Null)
}

/// Removes a carrier with its gateways, their rules, and the routes to it.
pub fn delete(call: &Call) -> Result<Value, Fault> {
    let row = call.require_id(&CARRIERS, call.number("id")?)?;
    for table in ["sip_gateway_rules", "sip_gateways", "sip_routes"] {
        delete_of(call, table, "carrier_id", row.id)?;
    }
    rows::remove(call.db, &CARRIERS, row.id)?;
    Ok(Value::Null)
}

pub fn list(call: &Call) -> Result<Value, Fault> {
    call.list(&CARRIERS)
}
