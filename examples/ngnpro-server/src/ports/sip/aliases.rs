//! SIP aliases: second addresses of accounts.

use super::id::{SipId, AUTOINCREMENT};
use super::{accounts, domains};
use crate::ports::call::{inherit, Call};
use crate::soap::fault::{Fault, ALIAS_EXISTS, ALIAS_MISSING};
use crate::store::doc;
use crate::store::resource::{number, text, Ownership, Resource};
use crate::store::rows::{self, Row};
use rusqlite::params;
use serde_json::Value;

pub static ALIASES: Resource = Resource {
    noun: "SIP alias",
    table: "sip_aliases",
    kind: "SipAlias",
    list: "aliases",
    columns: &[
        text("aliasUsername", "$.id.username"),
        text("aliasDomain", "$.id.domain"),
        text("targetUsername", "$.target.username"),
        text("targetDomain", "$.target.domain"),
        number("owner", "$.owner"),
        number("customer", "$.customer"),
        number("reseller", "$.reseller"),
        text("changeDate", "$.changeDate"),
    ],
    key: &["aliasUsername", "aliasDomain"],
    filters: &[
        "aliasUsername",
        "aliasDomain",
        "targetUsername",
        "targetDomain",
        "owner",
        "customer",
        "reseller",
    ],
    orders: &["changeDate", "aliasUsername", "aliasDomain", "targetUsername", "targetDomain"],
    ownership: Ownership::FULL,
    server: &["changeDate", "customer", "reseller"],
    numbered: false,
    missing: ALIAS_MISSING,
    exists: ALIAS_EXISTS,
};

/// An alias needs a domain of the platform for itself and an account of the caller to lead to.
pub fn add(call: &Call) -> Result<Value, Fault> {
    call.may_create()?;
    let mut alias = call.object("alias");
    let id = SipId::read(&alias, "id")?;
    if id.username == AUTOINCREMENT {
        return Err(Fault::argument("id.username: aliases are not numbered"));
    }
    let domain = domains::require(call, &id.domain)?;
    let target = SipId::read(&alias, "target")?;
    accounts::require(call, &target)?;
    accounts::ensure_free(call, &id)?;
    inherit(&mut alias, &domain.doc);
    doc::set(&mut alias, "id", id.value());
    doc::set(&mut alias, "target", target.value());
    doc::default(&mut alias, "owner", 0);
    Ok(Value::Object(call.insert(&ALIASES, alias)?))
}

pub fn update(call: &Call) -> Result<Value, Fault> {
    let update = call.object("alias");
    let mut row = require(call, &SipId::read(&update, "id")?)?;
    if update.contains_key("target") {
        let target = SipId::read(&update, "target")?;
        accounts::require(call, &target)?;
        doc::set(&mut row.doc, "target", target.value());
    }
    doc::merge(&mut row.doc, update, &["id", "target", "changeDate", "customer", "reseller"]);
    call.save(&ALIASES, &mut row)?;
    Ok(Value::Null)
}

pub fn delete(call: &Call) -> Result<Value, Fault> {
    let row = require(call, &SipId::read(&call.arguments, "id")?)?;
    rows::remove(call.db, &ALIASES, row.id)?;
    Ok(Value::Null)
}

pub fn get(call: &Call) -> Result<Value, Fault> {
    Ok(Value::Object(require(call, &SipId::read(&call.arguments, "id")?)?.doc))
}

pub fn list(call: &Call) -> Result<Value, Fault> {
    call.list(&ALIASES)
}

/// Removes the aliases that lead to an account.
pub fn remove_for(call: &Call, target: &SipId) -> Result<(), Fault> {
    let sql = format!("DELETE FROM {} WHERE targetUsername = ?1 AND targetDomain = ?2", ALIASES.table);
    call.db.execute(&sql, params![target.username, target.domain])?;
    Ok(())
}

fn require(call: &Call, id: &SipId) -> Result<Row, Fault> {
    call.require(&ALIASES, &id.key(), &id.to_string())
}
