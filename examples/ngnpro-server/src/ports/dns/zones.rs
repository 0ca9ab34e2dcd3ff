//! DNS zones.

use super::records::{FANCY_RECORDS, RECORDS};
use crate::ports::call::Call;
use crate::ports::serial;
use crate::soap::fault::{Fault, ZONE_EXISTS, ZONE_MISSING};
use crate::store::doc;
use crate::store::resource::{number, text, Ownership, Resource};
use crate::store::rows::{self, Row};
use rusqlite::params;
use serde_json::Value;

pub static ZONES: Resource = Resource {
    noun: "DNS zone",
    table: "dns_zones",
    kind: "DnsZone",
    list: "zones",
    columns: &[
        text("name", "$.name"),
        text("info", "$.info"),
        number("customer", "$.customer"),
        number("reseller", "$.reseller"),
        text("changeDate", "$.changeDate"),
    ],
    key: &["name"],
    filters: &["name", "info", "customer", "reseller"],
    orders: &["changeDate", "name"],
    ownership: Ownership::CUSTOMER,
    server: &["serial", "changeDate"],
    numbered: false,
    missing: ZONE_MISSING,
    exists: ZONE_EXISTS,
};

pub fn add(call: &Call) -> Result<Value, Fault> {
    call.may_create()?;
    let mut zone = call.object("zone");
    let name = name(doc::text(&zone, "name"))?;
    doc::default(&mut zone, "email", format!("hostmaster@{name}"));
    doc::set(&mut zone, "name", name);
    call.assign(&mut zone)?;
    for (member, seconds) in [("ttl", 3600), ("minimum", 3600), ("retry", 7200), ("expire", 604_800)] {
        doc::default(&mut zone, member, seconds);
    }
    doc::set(&mut zone, "serial", serial::next(0, &call.now));
    Ok(Value::Object(call.insert(&ZONES, zone)?))
}

fn name(text: &str) -> Result<String, Fault> {
    let name = text.trim().trim_end_matches('.').to_lowercase();
    let ordinary = |c: char| c.is_alphanumeric() || ".-_/".contains(c);
    if name.is_empty() || name.starts_with('.') || !name.chars().all(ordinary) {
        return Err(Fault::argument("zone.name: this is not a valid zone"));
    }
    Ok(name)
}

pub fn update(call: &Call) -> Result<Value, Fault> {
    let update = call.object("zone");
    let mut row = require(call, doc::text(&update, "name"))?;
    doc::merge(&mut row.doc, update, &["name", "serial", "changeDate"]);
    call.assign(&mut row.doc)?;
    bump(call, &mut row)?;
    let zone = doc::text(&row.doc, "name");
    let owners = (doc::int(&row.doc, "customer"), doc::int(&row.doc, "reseller"));
    for table in [RECORDS.table, FANCY_RECORDS.table] {
        let sql = format!(
            "UPDATE {table} SET doc = json_set(doc, '$.customer', ?1, '$.reseller', ?2) WHERE zone = ?3"
        );
        call.db.execute(&sql, params![owners.0, owners.1, zone])?;
    }
    Ok(Value::Null)
}

/// Removes a zone with its records.
pub fn delete(call: &Call) -> Result<Value, Fault> {
    let row = of_argument(call)?;
    for table in [RECORDS.table, FANCY_RECORDS.table] {
        call.db.execute(&format!("DELETE FROM {table} WHERE zone = ?1"), [doc::text(&row.doc, "name")])?;
    }
    rows::remove(call.db, &ZONES, row.id)?;
    Ok(Value::Null)
}

pub fn get(call: &Call) -> Result<Value, Fault> {
    Ok(Value::Object(of_argument(call)?.doc))
}

pub fn list(call: &Call) -> Result<Value, Fault> {
    call.list(&ZONES)
}

fn of_argument(call: &Call) -> Result<Row, Fault> {
    require(call, call.text("zone")?)
}

/// The zone of this name; it must be the caller's.
pub fn require(call: &Call, zone: &str) -> Result<Row, Fault> {
    let name = name(zone)?;
    call.require(&ZONES, &[name.clone().into()], &name)
}

/// Stores a zone after a change in it, with a new serial.
pub fn bump(call: &Call, row: &mut Row) -> Result<(), Fault> {
    let next = serial::next(doc::int(&row.doc, "serial"), &call.now);
    doc::set(&mut row.doc, "serial", next);
    call.save(&ZONES, row)
}
