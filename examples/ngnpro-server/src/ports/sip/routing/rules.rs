//! Gateway rules: how a gateway wants numbers to be written.

use super::gateways::GATEWAYS;
use crate::ports::call::Call;
use crate::soap::fault::{Fault, RULE_EXISTS, RULE_MISSING};
use crate::soap::Doc;
use crate::store::doc;
use crate::store::resource::{number, text, Ownership, Resource};
use crate::store::rows;
use serde_json::Value;

pub static RULES: Resource = Resource {
    noun: "gateway rule",
    table: "sip_gateway_rules",
    kind: "GatewayRule",
    list: "gateway_rules",
    columns: &[
        number("gateway_id", "$.gateway_id"),
        number("carrier_id", "$.carrier_id"),
        text("prefix", "$.prefix"),
        text("gateway", "$.gateway"),
        text("carrier", "$.carrier"),
        number("reseller", "$.reseller"),
        text("changeDate", "$.changeDate"),
    ],
    key: &[],
    filters: &["id", "gateway_id", "carrier_id", "prefix", "reseller"],
    orders: &["changeDate", "gateway", "carrier", "prefix"],
    ownership: Ownership::RESELLER,
    server: &["id", "gateway", "carrier", "carrier_id", "reseller", "changeDate"],
    numbered: true,
    missing: RULE_MISSING,
    exists: RULE_EXISTS,
};

pub fn add(call: &Call) -> Result<Value, Fault> {
    call.may_manage("gateway rules")?;
    call.may_create()?;
    let mut rule = call.object("rule");
    complete(call, &mut rule)?;
    Ok(Value::Object(call.insert(&RULES, rule)?))
}

/// Checks the members and copies what comes from the gateway.
fn complete(call: &Call, rule: &mut Doc) -> Result<(), Fault> {
    let gateway = call.require_id(&GATEWAYS, doc::int(rule, "gateway_id"))?.doc;
    doc::set(rule, "gateway", doc::text(&gateway, "name"));
    doc::set(rule, "carrier", doc::text(&gateway, "carrier"));
    doc::set(rule, "carrier_id", doc::int(&gateway, "carrier_id"));
    doc::set(rule, "reseller", doc::int(&gateway, "reseller"));
    for member in ["strip", "minLength", "maxLength"] {
        doc::default(rule, member, 0);
        if doc::int(rule, member) < 0 {
            return Err(Fault::argument(format!("rule.{member}: a number of digits cannot be negative")));
        }
    }
    Ok(())
}

pub fn update(call: &Call) -> Result<Value, Fault> {
    let update = call.object("rule");
    let mut row = call.require_id(&RULES, doc::int(&update, "id"))?;
    doc::merge(&mut row.doc, update, RULES.server);
    complete(call, &mut row.doc)?;
    call.save(&RULES, &mut row)?;
    Ok(Value::Null)
}

pub fn delete(call: &Call) -> Result<Value, Fault> {
    let row = call.require_id(&RULES, call.number("id")?)?;
    rows::remove(call.db, &RULES, row.id)?;
    Ok(Value::Null)
}

pub fn list(call: &Call) -> Result<Value, Fault> {
    call.list(&RULES)
}
