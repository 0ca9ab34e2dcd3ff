//! ENUM ranges: a prefix within a tree such as e164.arpa, with limits for the numbers below it.

use super::digits;
use super::numbers::NUMBERS;
use crate::ports::call::Call;
use crate::ports::serial;
use crate::soap::fault::{Fault, RANGE_EXISTS, RANGE_MISSING};
use crate::soap::Doc;
use crate::store::doc;
use crate::store::resource::{number, text, Ownership, Resource};
use crate::store::rows::{self, Row};
use rusqlite::params;
use serde_json::{json, Value};

pub static RANGES: Resource = Resource {
    noun: "ENUM range",
    table: "enum_ranges",
    kind: "EnumRange",
    list: "ranges",
    columns: &[
        text("prefix", "$.id.prefix"),
        text("tld", "$.id.tld"),
        text("info", "$.info"),
        number("customer", "$.customer"),
        number("reseller", "$.reseller"),
        text("changeDate", "$.changeDate"),
    ],
    key: &["prefix", "tld"],
    filters: &["prefix", "tld", "info", "customer", "reseller"],
    orders: &["changeDate", "prefix", "tld"],
    ownership: Ownership::CUSTOMER,
    server: &["used", "serial", "changeDate"],
    numbered: false,
    missing: RANGE_MISSING,
    exists: RANGE_EXISTS,
};

pub fn add(call: &Call) -> Result<Value, Fault> {
    call.may_create()?;
    let mut range = call.object("range");
    let (prefix, tld) = identifier(doc::sub(&range, "id"))?;
    doc::set(&mut range, "id", json!({"prefix": prefix, "tld": tld}));
    call.assign(&mut range)?;
    check(&mut range)?;
    doc::set(&mut range, "used", 0);
    doc::set(&mut range, "serial", serial::next(0, &call.now));
    Ok(Value::Object(call.insert(&RANGES, range)?))
}

fn identifier(id: Option<&Doc>) -> Result<(String, String), Fault> {
    let id = id.ok_or_else(|| Fault::argument("range.id: a prefix and a tld are required"))?;
    let prefix = doc::text(id, "prefix").trim().trim_start_matches('+').to_owned();
    let tld = doc::text(id, "tld").trim().trim_matches('.').to_lowercase();
    if !digits(&prefix) || tld.is_empty() {
        return Err(Fault::argument("range.id: expected digits and the name of a tree"));
    }
    Ok((prefix, tld))
}

fn check(range: &mut Doc) -> Result<(), Fault> {
    doc::default(range, "ttl", 3600);
    for member in ["minDigits", "maxDigits", "size"] {
        doc::default(range, member, 0);
        if doc::int(range, member) < 0 {
            return Err(Fault::argument(format!("range.{member}: cannot be negative")));
        }
    }
    let (least, most) = (doc::int(range, "minDigits"), doc::int(range, "maxDigits"));
    if most != 0 && least > most {
        return Err(Fault::argument("range.minDigits: cannot be above maxDigits"));
    }
    Ok(())
}

pub fn update(call: &Call) -> Result<Value, Fault> {
    let update = call.object("range");
    let mut row = require(call, doc::sub(&update, "id"))?;
    doc::merge(&mut row.doc, update, &["id", "used", "serial", "changeDate"]);
    call.assign(&mut row.doc)?;
    check(&mut row.doc)?;
    bump(call, &mut row)?;
    let (prefix, tld) = identifier(doc::sub(&row.doc, "id"))?;
    let owners = (doc::int(&row.doc, "customer"), doc::int(&row.doc, "reseller"));
    let sql = format!(
        "UPDATE {} SET doc = json_set(doc, '$.customer', ?1, '$.reseller', ?2) WHERE range_prefix = ?3 AND tld = ?4",
        NUMBERS.table
    );
    call.db.execute(&sql, params![owners.0, owners.1, prefix, tld])?;
    Ok(Value::Null)
}

/// Removes a range with its numbers.
pub fn delete(call: &Call) -> Result<Value, Fault> {
    let id = call.object("range");
    let row = require(call, Some(&id))?;
    let (prefix, tld) = identifier(Some(&id))?;
    let sql = format!("DELETE FROM {} WHERE range_prefix = ?1 AND tld = ?2", NUMBERS.table);
    call.db.execute(&sql, params![prefix, tld])?;
    rows::remove(call.db, &RANGES, row.id)?;
    Ok(Value::Null)
}

pub fn list(call: &Call) -> Result<Value, Fault> {
    call.list(&RANGES)
}

fn require(call: &Call, id: Option<&Doc>) -> Result<Row, Fault> {
    let (prefix, tld) = identifier(id)?;
    let label = format!("{prefix} of {tld}");
    call.require(&RANGES, &[prefix.into(), tld.into()], &label)
}

/// The most specific of the caller's ranges that a number lies in.
pub fn containing(call: &Call, number: &str, tld: &str) -> Result<Row, Fault> {
    for length in (1..=number.len()).rev() {
        let key = [number[..length].to_owned().into(), tld.to_owned().into()];
        if let Some(row) = rows::fetch(call.db, &RANGES, &key)? {
            if !call.owns(&RANGES, &row) {
                return Err(Fault::denied(format!("The ENUM range of {number} belongs to somebody else")));
            }
            return Ok(row);
        }
    }
    Err(Fault::server(RANGE_MISSING, format!("There is no ENUM range for {number} of {tld}")))
}

/// Stores a range after a change in it, with a new serial and the count of its numbers.
pub fn bump(call: &Call, row: &mut Row) -> Result<(), Fault> {
    let id = doc::sub(&row.doc, "id").cloned().unwrap_or_default();
    let sql = format!("SELECT count(*) FROM {} WHERE range_prefix = ?1 AND tld = ?2", NUMBERS.table);
    let mut statement = call.db.prepare_cached(&sql)?;
    let key = params![doc::text(&id, "prefix"), doc::text(&id, "tld")];
    let used: i64 = statement.query_row(key, |row| row.get(0))?;
    let next = serial::next(doc::int(&row.doc, "serial"), &call.now);
    doc::set(&mut row.doc, "used", used);
    doc::set(&mut row.doc, "serial", next);
    call.save(&RANGES, row)
}
