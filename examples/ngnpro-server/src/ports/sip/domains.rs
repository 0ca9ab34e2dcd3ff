//! SIP domains.

use super::accounts::ACCOUNTS;
use super::aliases::ALIASES;
use crate::ports::call::Call;
use crate::ports::voicemail::MAILBOXES;
use crate::soap::fault::{Fault, DOMAIN_EXISTS, DOMAIN_MISSING};
use crate::soap::Doc;
use crate::store::doc;
use crate::store::resource::{number, text, Ownership, Resource};
use crate::store::rows::{self, Row};
use rusqlite::params;
use serde_json::Value;

pub static DOMAINS: Resource = Resource {
    noun: "SIP domain",
    table: "sip_domains",
    kind: "SipDomain",
    list: "domains",
    columns: &[
        text("domain", "$.domain"),
        number("customer", "$.customer"),
        number("reseller", "$.reseller"),
        text("changeDate", "$.changeDate"),
    ],
    key: &["domain"],
    filters: &["domain", "customer", "reseller"],
    orders: &["changeDate", "domain"],
    ownership: Ownership::CUSTOMER,
    server: &["changeDate"],
    numbered: false,
    missing: DOMAIN_MISSING,
    exists: DOMAIN_EXISTS,
};

pub fn add(call: &Call) -> Result<Value, Fault> {
    call.may_create()?;
    let mut domain = call.object("domain");
    let name = name(&domain)?;
    if rows::fetch(call.db, &DOMAINS, &[name.clone().into()])?.is_some() {
        return Err(Fault::server(DOMAIN_EXISTS, format!("The SIP domain {name} already exists")));
    }
    doc::set(&mut domain, "domain", name);
    call.assign(&mut domain)?;
    for flag in ["verify_cert", "require_cert"] {
        doc::default(&mut domain, flag, false);
    }
    Ok(Value::Object(call.insert(&DOMAINS, domain)?))
}

pub fn update(call: &Call) -> Result<Value, Fault> {
    let update = call.object("domain");
    let mut row = require(call, &name(&update)?)?;
    let before = owners(&row.doc);
    doc::merge(&mut row.doc, update, &["domain", "changeDate"]);
    call.assign(&mut row.doc)?;
    call.save(&DOMAINS, &mut row)?;
    if owners(&row.doc) != before {
        pass_on(call, &row.doc)?;
    }
    Ok(Value::Null)
}

/// Accounts and aliases belong to whom their domain belongs.
fn pass_on(call: &Call, domain: &Doc) -> Result<(), Fault> {
    let (customer, reseller) = owners(domain);
    for (table, column) in
        [(ACCOUNTS.table, "domain"), (MAILBOXES.table, "domain"), (ALIASES.table, "aliasDomain")]
    {
        let sql = format!(
            "UPDATE {table} SET doc = json_set(doc, '$.customer', ?1, '$.reseller', ?2) WHERE {column} = ?3"
        );
        call.db.execute(&sql, params![customer, reseller, doc::text(domain, "domain")])?;
    }
    Ok(())
}

/// Removes a domain with the accounts and aliases in it, and the aliases elsewhere that lead to those accounts.
pub fn delete(call: &Call) -> Result<Value, Fault> {
    let row = require(call, &call.text("domain")?.to_lowercase())?;
    let name = doc::text(&row.doc, "domain");
    let db = call.db;
    db.execute(
        &format!("DELETE FROM {} WHERE aliasDomain = ?1 OR targetDomain = ?1", ALIASES.table),
        [name],
    )?;
    for table in [ACCOUNTS.table, MAILBOXES.table] {
        db.execute(&format!("DELETE FROM {table} WHERE domain = ?1"), [name])?;
    }
    db.execute("DELETE FROM rating_profiles WHERE substr(entity, instr(entity, '@') + 1) = ?1", [name])?;
    rows::remove(db, &DOMAINS, row.id)?;
    Ok(Value::Null)
}

pub fn list(call: &Call) -> Result<Value, Fault> {
    call.list(&DOMAINS)
}

/// The domain of this name; it must be the caller's.
pub fn require(call: &Call, name: &str) -> Result<Row, Fault> {
    call.require(&DOMAINS, &[name.to_owned().into()], name)
}

fn name(domain: &Doc) -> Result<String, Fault> {
    let name = doc::text(domain, "domain").trim().to_lowercase();
    let ordinary = |c: char| c.is_alphanumeric() || ".-_".contains(c);
    if name.is_empty() || !name.chars().all(ordinary) {
        return Err(Fault::argument("domain.domain: this is not a valid domain"));
    }
    Ok(name)
}

fn owners(domain: &Doc) -> (i64, i64) {
    (doc::int(domain, "customer"), doc::int(domain, "reseller"))
}
