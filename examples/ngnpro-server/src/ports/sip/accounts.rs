//! SIP accounts.

use super::aliases::{self, ALIASES};
use super::domains;
use super::id::{SipId, AUTOINCREMENT};
use super::password;
use crate::actor::Scope;
use crate::ports::call::{inherit, Call};
use crate::ports::customer::properties;
use crate::ports::{rating, voicemail};
use crate::soap::fault::{Fault, ACCOUNT_EXISTS, ACCOUNT_MISSING, ALIAS_EXISTS};
use crate::soap::Doc;
use crate::store::doc;
use crate::store::query::Select;
use crate::store::resource::{number, text, Ownership, Resource};
use crate::store::rows::{self, Row};
use rusqlite::{params, Connection};
use serde_json::Value;

pub static ACCOUNTS: Resource = Resource {
    noun: "SIP account",
    table: "sip_accounts",
    kind: "SipAccount",
    list: "accounts",
    columns: &[
        text("username", "$.id.username"),
        text("domain", "$.id.domain"),
        text("firstName", "$.firstName"),
        text("lastName", "$.lastName"),
        text("email", "$.email"),
        number("owner", "$.owner"),
        number("customer", "$.customer"),
        number("reseller", "$.reseller"),
        text("changeDate", "$.changeDate"),
    ],
    key: &["username", "domain"],
    filters: &["username", "domain", "firstName", "lastName", "email", "owner", "customer", "reseller"],
    orders: &["changeDate", "username", "domain"],
    ownership: Ownership::FULL,
    server: &["createDate", "changeDate", "customer", "reseller", "ha1"],
    numbered: false,
    missing: ACCOUNT_MISSING,
    exists: ACCOUNT_EXISTS,
};

/// The last number given to an account of a domain; it is not given again after the account is gone.
pub const COUNTERS: &str =
    "CREATE TABLE IF NOT EXISTS sip_counters (domain TEXT PRIMARY KEY COLLATE NOCASE, last INTEGER NOT NULL)";

/// Numbered accounts start behind this one.
const FIRST_NUMBER: i64 = 100_000;
const ANSWER_SECONDS: i64 = 35;
const MOST_ANSWER_SECONDS: i64 = 900;

pub fn add(call: &Call) -> Result<Value, Fault> {
    call.may_create()?;
    let mut account = call.object("account");
    let mut id = SipId::read(&account, "id")?;
    let domain = domains::require(call, &id.domain)?;
    if id.username == AUTOINCREMENT {
        id.username = next_number(call, &id.domain)?;
    }
    ensure_free(call, &id)?;
    for member in ACCOUNTS.server {
        account.remove(*member);
    }
    inherit(&mut account, &domain.doc);
    doc::set(&mut account, "id", id.value());
    doc::set(&mut account, "createDate", call.now.as_str());
    if let Scope::Customer { id, .. } = call.actor.scope {
        if doc::int(&account, "owner") == 0 {
            doc::set(&mut account, "owner", id);
        }
    }
    normalize(&mut account, &id);
    store_password(call, &mut account, &id)?;
    Ok(Value::Object(call.insert(&ACCOUNTS, account)?))
}

/// No account and no alias may have the name.
pub fn ensure_free(call: &Call, id: &SipId) -> Result<(), Fault> {
    if rows::fetch(call.db, &ACCOUNTS, &id.key())?.is_some() {
        return Err(Fault::server(ACCOUNT_EXISTS, format!("The SIP account {id} already exists")));
    }
    if rows::fetch(call.db, &ALIASES, &id.key())?.is_some() {
        return Err(Fault::server(ALIAS_EXISTS, format!("The name {id} is taken by an alias")));
    }
    Ok(())
}

fn next_number(call: &Call, domain: &str) -> Result<String, Fault> {
    let sql = "INSERT INTO sip_counters (domain, last) VALUES (?1, ?2 + 1)
               ON CONFLICT (domain) DO UPDATE SET last = last + 1 RETURNING last";
    loop {
        let mut statement = call.db.prepare_cached(sql)?;
        let number: i64 = statement.query_row(params![domain, FIRST_NUMBER], |row| row.get(0))?;
        let id = SipId { username: number.to_string(), domain: domain.to_owned() };
        if ensure_free(call, &id).is_ok() {
            return Ok(id.username);
        }
    }
}

/// Fills in what the platform decides when the caller does not.
fn normalize(account: &mut Doc, id: &SipId) {
    let older = account.remove("answerTimeout").and_then(|value| value.as_i64()).unwrap_or_default();
    if doc::int(account, "timeout") <= 0 {
        doc::set(account, "timeout", if older > 0 { older } else { ANSWER_SECONDS });
    }
    let seconds = doc::int(account, "timeout").min(MOST_ANSWER_SECONDS);
    doc::set(account, "timeout", seconds);
    doc::lower(account, "email");
    doc::default(account, "email", id.to_string());
    doc::default(account, "timezone", "Europe/Amsterdam");
    doc::default(account, "prepaid", false);
    doc::default(account, "quota", 0);
    doc::default(account, "owner", 0);
    let mut groups = doc::list(account, "groups").to_vec();
    let mut seen = std::collections::HashSet::new();
    groups
        .retain(|group| group.as_str().is_some_and(|name| !name.is_empty() && seen.insert(name.to_owned())));
    doc::set(account, "groups", groups);
}

fn store_password(call: &Call, account: &mut Doc, id: &SipId) -> Result<(), Fault> {
    let encrypted = call.policy.encrypted_passwords
        || properties::value(call.db, doc::int(account, "reseller"), "store_clear_text_passwords")?
            .is_some_and(|value| matches!(value.as_str(), "0" | "false" | "no"));
    if encrypted && doc::given(account, "password") {
        let pair = password::encrypt(id, doc::text(account, "password"));
        doc::set(account, "password", pair);
    }
    Ok(())
}

pub fn update(call: &Call) -> Result<Value, Fault> {
    let mut update = call.object("account");
    let id = SipId::read(&update, "id")?;
    let mut row = require(call, &id)?;
    if !doc::given(&update, "password") {
        update.remove("password");
    }
    if doc::int(&update, "answerTimeout") > 0 && !update.contains_key("timeout") {
        row.doc.remove("timeout");
    }
    doc::merge(&mut row.doc, update, &["id", "createDate", "changeDate", "customer", "reseller", "ha1"]);
    normalize(&mut row.doc, &id);
    store_password(call, &mut row.doc, &id)?;
    call.save(&ACCOUNTS, &mut row)?;
    Ok(Value::Null)
}

/// Encrypts the passwords of accounts that are there from before the platform did.
pub fn encrypt_all(db: &Connection) -> Result<(), Fault> {
    // What is replaced shall not stay in the unused parts of the file.
    db.pragma_update(None, "secure_delete", true)?;
    let (rows, _) = Select::new(&ACCOUNTS, Scope::Everything).rows(db)?;
    for mut row in rows {
        let clear = doc::text(&row.doc, "password").to_owned();
        if password::is_clear(&clear) {
            let id = SipId::read(&row.doc, "id")?;
            doc::set(&mut row.doc, "password", password::encrypt(&id, &clear));
            rows::save(db, &ACCOUNTS, row.id, &row.doc)?;
        }
    }
    Ok(())
}

/// Removes an account with its mailbox and the aliases that lead to it.
pub fn delete(call: &Call) -> Result<Value, Fault> {
    let id = SipId::read(&call.arguments, "sipId")?;
    let row = require(call, &id)?;
    aliases::remove_for(call, &id)?;
    voicemail::remove_for(call, &id)?;
    rating::remove_for(call, &id)?;
    rows::remove(call.db, &ACCOUNTS, row.id)?;
    Ok(Value::Null)
}

pub fn get(call: &Call) -> Result<Value, Fault> {
    let id = SipId::read(&call.arguments, "sipId")?;
    let mut account = require(call, &id)?.doc;
    if doc::given(&account, "password") {
        let ha1 = password::ha1(&id, doc::text(&account, "password"));
        doc::set(&mut account, "ha1", ha1);
    }
    Ok(Value::Object(account))
}

pub fn list(call: &Call) -> Result<Value, Fault> {
    let query = call.object("query");
    let mut select = Select::new(&ACCOUNTS, call.actor.scope);
    select.query(&query)?;
    let group = doc::sub(&query, "filter").and_then(|filter| doc::list(filter, "groups").first()?.as_str());
    if let Some(group) = group.filter(|name| !name.is_empty()) {
        let condition = "EXISTS (SELECT 1 FROM json_each(doc, '$.groups') WHERE value = ?)";
        select.and(condition, [group.to_owned().into()]);
    }
    select.list(call.db)
}

/// The account with this identifier; it must be the caller's.
pub fn require(call: &Call, id: &SipId) -> Result<Row, Fault> {
    call.require(&ACCOUNTS, &id.key(), &id.to_string())
}

/// The account that the argument `sipId` names.
pub fn of_argument(call: &Call) -> Result<Row, Fault> {
    require(call, &SipId::read(&call.arguments, "sipId")?)
}
