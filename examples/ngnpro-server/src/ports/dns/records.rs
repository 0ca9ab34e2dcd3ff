//! Records of DNS zones, and the fancy records with the same members: e-mail aliases and web redirects.

use super::zones;
use crate::ports::call::{inherit, Call};
use crate::soap::fault::{Fault, RECORD_EXISTS, RECORD_MISSING};
use crate::soap::Doc;
use crate::store::doc;
use crate::store::resource::{number, text, Column, Ownership, Resource};
use crate::store::rows;
use serde_json::Value;

const COLUMNS: &[Column] = &[
    text("zone", "$.zone"),
    text("name", "$.name"),
    text("type", "$.type"),
    text("value", "$.value"),
    number("owner", "$.owner"),
    number("customer", "$.customer"),
    number("reseller", "$.reseller"),
    text("changeDate", "$.changeDate"),
];

const PLAIN: Resource = Resource {
    noun: "DNS record",
    table: "dns_records",
    kind: "DnsRecord",
    list: "records",
    columns: COLUMNS,
    key: &["zone", "name", "type", "value"],
    filters: &["id", "zone", "name", "type", "value", "owner", "customer", "reseller"],
    orders: &["changeDate", "type", "name"],
    ownership: Ownership::FULL,
    server: &["id", "customer", "reseller", "changeDate"],
    numbered: true,
    missing: RECORD_MISSING,
    exists: RECORD_EXISTS,
};

pub static RECORDS: Resource = PLAIN;

pub static FANCY_RECORDS: Resource =
    Resource { noun: "fancy DNS record", table: "dns_fancy_records", kind: "DnsFancyRecord", ..PLAIN };

const TYPES: &[&str] = &["A", "AAAA", "CNAME", "MX", "SRV", "NS", "NAPTR", "PTR", "TXT", "LOC"];
const FANCY_TYPES: &[&str] = &["MBOXFW", "URL"];

/// A record needs a zone of the caller's.
pub fn add(call: &Call, resource: &'static Resource) -> Result<Value, Fault> {
    call.may_create()?;
    let mut record = call.object("record");
    let mut zone = zones::require(call, doc::text(&record, "zone"))?;
    doc::set(&mut record, "zone", doc::text(&zone.doc, "name"));
    check(resource, &mut record)?;
    inherit(&mut record, &zone.doc);
    let record = call.insert(resource, record)?;
    zones::bump(call, &mut zone)?;
    Ok(Value::Object(record))
}

fn check(resource: &Resource, record: &mut Doc) -> Result<(), Fault> {
    let types = if resource.table == FANCY_RECORDS.table { FANCY_TYPES } else { TYPES };
    let kind = doc::text(record, "type").trim().to_uppercase();
    if !types.contains(&kind.as_str()) {
        return Err(Fault::argument(format!("record.type: expected one of {}", types.join(", "))));
    }
    doc::set(record, "type", kind);
    let (name, value) =
        (doc::text(record, "name").trim().to_owned(), doc::text(record, "value").trim().to_owned());
    if value.is_empty() {
        return Err(Fault::argument("record.value: a value is required"));
    }
    if doc::text(record, "type") == "MBOXFW" && !is_address_in(&name, doc::text(record, "zone")) {
        return Err(Fault::argument("record.name: expected an e-mail address in the zone"));
    }
    doc::set(record, "name", name);
    doc::set(record, "value", value);
    for (member, value) in [("ttl", 3600), ("priority", 0), ("owner", 0)] {
        doc::default(record, member, value);
    }
    Ok(())
}

fn is_address_in(name: &str, zone: &str) -> bool {
    let name = name.to_lowercase();
    name.split_once('@').is_some_and(|(user, domain)| {
        !user.is_empty()
            && domain.strip_suffix(zone).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    })
}

pub fn update(call: &Call, resource: &'static Resource) -> Result<Value, Fault> {
    let update = call.object("record");
    let mut row = call.require_id(resource, doc::int(&update, "id"))?;
    doc::merge(&mut row.doc, update, &["id", "zone", "customer", "reseller", "changeDate"]);
    check(resource, &mut row.doc)?;
    call.save(resource, &mut row)?;
    touch_zone(call, &row.doc)
}

pub fn delete(call: &Call, resource: &'static Resource) -> Result<Value, Fault> {
    let row = call.require_id(resource, call.number("recordId")?)?;
    rows::remove(call.db, resource, row.id)?;
    touch_zone(call, &row.doc)
}

/// Whoever may change a record may change the serial of its zone.
fn touch_zone(call: &Call, record: &Doc) -> Result<Value, Fault> {
    let key = [doc::text(record, "zone").to_owned().into()];
    if let Some(mut zone) = rows::fetch(call.db, &zones::ZONES, &key)? {
        zones::bump(call, &mut zone)?;
    }
    Ok(Value::Null)
}

pub fn get(call: &Call, resource: &'static Resource) -> Result<Value, Fault> {
    Ok(Value::Object(call.require_id(resource, call.number("recordId")?)?.doc))
}
