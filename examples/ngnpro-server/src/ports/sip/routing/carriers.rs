//! Carriers.

use super::{copy_to, delete_of, required};
use crate::actor::Scope;
use crate::ports::call::Call;
use crate::soap::fault::{Fault, CARRIER_EXISTS, CARRIER_MISSING};
use crate::soap::Doc;
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
        Scope::Everything => chosen_reseller(call, &carrier)?,
        Scope::Reseller(id) | Scope::Customer { reseller: id, .. } => id,
    };
    doc::set(&mut carrier, "reseller", reseller);
    Ok(Value::Object(call.insert(&CARRIERS, carrier)?))
}

/// The reseller an administrator names, directly or by one of its customers; 0 when it names none.
fn chosen_reseller(call: &Call, carrier: &Doc) -> Result<i64, Fault> {
    match doc::int(carrier, "reseller") {
        named if named == 0 || !call.policy.has_customers => Ok(named),
        named => call.reseller_of(named),
    }
}

/// An administrator can give a carrier to another reseller; what belongs to the carrier goes with it.
pub fn update(call: &Call) -> Result<Value, Fault> {
    let mut update = call.object("carrier");
    let mut row = call.require_id(&CARRIERS, doc::int(&update, "id"))?;
    if !doc::given(&update, "name") {
        update.remove("name");
    }
    if call.actor.scope == Scope::Everything {
        let reseller = chosen_reseller(call, &update)?;
        if reseller != 0 {
            doc::set(&mut row.doc, "reseller", reseller);
        }
    }
    doc::merge(&mut row.doc, update, &["id", "reseller", "changeDate"]);
    call.save(&CARRIERS, &mut row)?;
    let reseller = doc::int(&row.doc, "reseller");
    for table in ["sip_gateways", "sip_gateway_rules", "sip_routes"] {
        copy_to(call, table, ("carrier_id", row.id), "carrier", doc::text(&row.doc, "name"))?;
        copy_to(call, table, ("carrier_id", row.id), "reseller", reseller)?;
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
