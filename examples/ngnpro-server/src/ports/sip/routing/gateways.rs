//! Gateways of carriers.

use super::carriers::CARRIERS;
use super::{copy_to, delete_of, required};
use crate::ports::call::Call;
use crate::soap::fault::{Fault, GATEWAY_EXISTS, GATEWAY_MISSING};
use crate::soap::Doc;
use crate::store::doc;
use crate::store::resource::{number, text, Ownership, Resource};
use crate::store::rows;
use serde_json::Value;

pub static GATEWAYS: Resource = Resource {
    noun: "gateway",
    table: "sip_gateways",
    kind: "Gateway",
    list: "gateways",
    columns: &[
        text("name", "$.name"),
        number("carrier_id", "$.carrier_id"),
        text("ip", "$.ip"),
        number("reseller", "$.reseller"),
        text("changeDate", "$.changeDate"),
    ],
    key: &["carrier_id", "name"],
    filters: &["id", "name", "carrier_id", "reseller"],
    orders: &["changeDate", "name", "carrier_id", "ip"],
    ownership: Ownership::RESELLER,
    server: &["id", "carrier", "reseller", "changeDate"],
    numbered: true,
    missing: GATEWAY_MISSING,
    exists: GATEWAY_EXISTS,
};

pub fn add(call: &Call) -> Result<Value, Fault> {
    call.may_manage("gateways")?;
    call.may_create()?;
    let mut gateway = call.object("gateway");
    complete(call, &mut gateway)?;
    Ok(Value::Object(call.insert(&GATEWAYS, gateway)?))
}

/// Checks the members and copies what comes from the carrier.
fn complete(call: &Call, gateway: &mut Doc) -> Result<(), Fault> {
    for member in ["name", "ip"] {
        let value = required(gateway, member)?;
        doc::set(gateway, member, value);
    }
    let carrier = call.require_id(&CARRIERS, doc::int(gateway, "carrier_id"))?.doc;
    doc::set(gateway, "carrier", doc::text(&carrier, "name"));
    doc::set(gateway, "reseller", doc::int(&carrier, "reseller"));
    doc::default(gateway, "transport", "udp");
    doc::lower(gateway, "transport");
    if !["udp", "tcp", "tls"].contains(&doc::text(gateway, "transport")) {
        return Err(Fault::argument("gateway.transport: expected udp, tcp or tls"));
    }
    if doc::int(gateway, "port") == 0 {
        doc::set(gateway, "port", 5060);
    }
    if !(1..=65_535).contains(&doc::int(gateway, "port")) {
        return Err(Fault::argument("gateway.port: expected a port number"));
    }
    Ok(())
}

pub fn update(call: &Call) -> Result<Value, Fault> {
    let update = call.object("gateway");
    let mut row = call.require_id(&GATEWAYS, doc::int(&update, "id"))?;
    doc::merge(&mut row.doc, update, GATEWAYS.server);
    complete(call, &mut row.doc)?;
    call.save(&GATEWAYS, &mut row)?;
    for (member, from) in [("gateway", "name"), ("carrier", "carrier")] {
        copy_to(call, "sip_gateway_rules", ("gateway_id", row.id), member, doc::text(&row.doc, from))?;
    }
    for member in ["carrier_id", "reseller"] {
        copy_to(call, "sip_gateway_rules", ("gateway_id", row.id), member, doc::int(&row.doc, member))?;
    }
    Ok(Value::Null)
}

/// Removes a gateway with its rules.
pub fn delete(call: &Call) -> Result<Value, Fault> {
    let row = call.require_id(&GATEWAYS, call.number("id")?)?;
    delete_of(call, "sip_gateway_rules", "gateway_id", row.id)?;
    rows::remove(call.db, &GATEWAYS, row.id)?;
    Ok(Value::Null)
}

pub fn list(call: &Call) -> Result<Value, Fault> {
    call.list(&GATEWAYS)
}
