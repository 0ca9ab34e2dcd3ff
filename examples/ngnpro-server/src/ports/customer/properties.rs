//! Properties of customers, each with the level that may change it.

use super::CUSTOMERS;
use crate::actor::Scope;
use crate::ports::call::Call;
use crate::soap::fault::Fault;
use crate::soap::Doc;
use crate::store::doc;
use rusqlite::{Connection, OptionalExtension};
use serde_json::Value;

/// Levels in rising order.
const LEVELS: [&str; 3] = ["customer", "reseller", "admin"];

/// Adds properties to a customer's; those of a name that exists are replaced, all others stay.
pub fn set(call: &Call) -> Result<Value, Fault> {
    let mut row = call.require_id(&CUSTOMERS, call.number("customer")?)?;
    let mut properties = read(&row.doc);
    for change in read(&call.arguments) {
        apply(call, &mut properties, change)?;
    }
    store(&mut row.doc, properties);
    call.save(&CUSTOMERS, &mut row)?;
    Ok(Value::Null)
}

pub fn get(call: &Call) -> Result<Value, Fault> {
    let row = call.require_id(&CUSTOMERS, call.number("customer")?)?;
    Ok(doc::list(&row.doc, "properties").to_vec().into())
}

/// Checks the properties of a new customer.
pub fn check_new(call: &Call, account: &mut Doc) -> Result<(), Fault> {
    let mut properties = Vec::new();
    for property in read(account) {
        apply(call, &mut properties, property)?;
    }
    store(account, properties);
    Ok(())
}

/// Checks the properties of an update, which replace the stored ones except those above the caller's level.
pub fn check_update(call: &Call, stored: &Doc, update: &mut Doc) -> Result<(), Fault> {
    if !update.contains_key("properties") {
        return Ok(());
    }
    let mut properties = read(stored);
    let wanted = read(update);
    properties.retain(|old| {
        level(old) > own_level(call)
            || wanted.iter().any(|new| doc::text(new, "name") == doc::text(old, "name"))
    });
    for property in wanted {
        apply(call, &mut properties, property)?;
    }
    store(update, properties);
    Ok(())
}

/// A property of a customer, for decisions of the platform.
pub fn value(db: &Connection, customer: i64, name: &str) -> Result<Option<String>, Fault> {
    let sql = "SELECT p.value ->> '$.value' FROM customers, json_each(doc, '$.properties') AS p
               WHERE customers.id = ?1 AND p.value ->> '$.name' = ?2";
    let mut statement = db.prepare_cached(sql)?;
    let found = statement.query_row(rusqlite::params![customer, name], |row| row.get(0)).optional()?;
    Ok(found)
}

fn apply(call: &Call, properties: &mut Vec<Doc>, mut property: Doc) -> Result<(), Fault> {
    let name = doc::text(&property, "name").to_owned();
    if name.is_empty() {
        return Err(Fault::argument("properties.name: a value is required"));
    }
    for member in ["category", "value"] {
        doc::default(&mut property, member, "");
    }
    let old = properties.iter_mut().find(|old| doc::text(old, "name") == name);
    if old.as_deref() == Some(&property) {
        return Ok(());
    }
    let inherited =
        old.as_deref().map_or(LEVELS[own_level(call)], |old| doc::text(old, "permission")).to_owned();
    doc::default(&mut property, "permission", inherited);
    let needed = level(&property).max(old.as_deref().map_or(0, level));
    if needed > own_level(call) {
        return Err(Fault::denied(format!("The property {name} is beyond the caller's level")));
    }
    match old {
        Some(old) => *old = property,
        None => properties.push(property),
    }
    Ok(())
}

fn own_level(call: &Call) -> usize {
    match call.actor.scope {
        _ if call.actor.administrator => 2,
        Scope::Everything => 2,
        Scope::Reseller(_) => 1,
        Scope::Customer { .. } => 0,
    }
}

/// Whatever is not a level counts as the highest.
fn level(property: &Doc) -> usize {
    LEVELS.iter().position(|level| *level == doc::text(property, "permission")).unwrap_or(2)
}

fn read(from: &Doc) -> Vec<Doc> {
    doc::list(from, "properties").iter().filter_map(|item| item.as_object().cloned()).collect()
}

fn store(into: &mut Doc, properties: Vec<Doc>) {
    let items: Vec<Value> = properties.into_iter().map(Value::Object).collect();
    doc::set(into, "properties", items);
}
