//! Trusted peers: hosts whose calls need no authentication.

use super::required;
use crate::ports::call::Call;
use crate::soap::fault::{Fault, PEER_EXISTS, PEER_MISSING};
use crate::store::doc;
use crate::store::resource::{number, text, Ownership, Resource};
use crate::store::rows::{self, Row};
use serde_json::Value;

pub static PEERS: Resource = Resource {
    noun: "trusted peer",
    table: "sip_trusted_peers",
    kind: "TrustedPeer",
    list: "peers",
    columns: &[
        text("ip", "$.ip"),
        text("description", "$.description"),
        text("tenant", "$.tenant"),
        text("billingId", "$.billingId"),
        text("tags", "$.tags"),
        number("msteams", "$.msteams"),
        number("blocked", "$.blocked"),
        number("owner", "$.owner"),
        number("customer", "$.customer"),
        number("reseller", "$.reseller"),
        text("changeDate", "$.changeDate"),
    ],
    key: &["ip"],
    filters: &["ip", "description", "tenant", "billingId", "tags", "msteams", "blocked"],
    orders: &["description", "changeDate", "ip"],
    ownership: Ownership::FULL,
    server: &["changeDate"],
    numbered: false,
    missing: PEER_MISSING,
    exists: PEER_EXISTS,
};

pub fn add(call: &Call) -> Result<Value, Fault> {
    call.may_create()?;
    let mut peer = call.object("peer");
    let ip = required(&peer, "ip")?.to_lowercase();
    doc::set(&mut peer, "ip", ip);
    call.assign(&mut peer)?;
    for flag in ["msteams", "prepaid", "enumLookup", "transit"] {
        doc::default(&mut peer, flag, false);
    }
    for count in ["blocked", "callLimit", "strip", "owner"] {
        doc::default(&mut peer, count, 0);
    }
    Ok(Value::Object(call.insert(&PEERS, peer)?))
}

pub fn update(call: &Call) -> Result<Value, Fault> {
    let update = call.object("peer");
    let mut row = require(call, &required(&update, "ip")?)?;
    doc::merge(&mut row.doc, update, &["ip", "changeDate"]);
    call.assign(&mut row.doc)?;
    call.save(&PEERS, &mut row)?;
    Ok(Value::Null)
}

pub fn delete(call: &Call) -> Result<Value, Fault> {
    let row = require(call, call.text("ip")?)?;
    rows::remove(call.db, &PEERS, row.id)?;
    Ok(Value::Null)
}

pub fn list(call: &Call) -> Result<Value, Fault> {
    call.list(&PEERS)
}

fn require(call: &Call, ip: &str) -> Result<Row, Fault> {
    call.require(&PEERS, &[ip.to_owned().into()], ip)
}
