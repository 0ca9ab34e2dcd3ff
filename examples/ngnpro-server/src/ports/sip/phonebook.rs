//! Phonebooks of accounts.

use super::accounts;
use crate::actor::Scope;
use crate::ports::call::Call;
use crate::soap::fault::{Fault, CONTACT_EXISTS, CONTACT_MISSING};
use crate::soap::Doc;
use crate::store::doc;
use crate::store::query::Select;
use crate::store::resource::{account, text, Ownership, Resource};
use crate::store::rows::{self, Row};
use serde_json::Value;

pub static PHONEBOOK: Resource = Resource {
    noun: "phonebook entry",
    table: "sip_phonebook",
    kind: "PhonebookEntry",
    list: "entries",
    columns: &[
        account("account", "$.account"),
        text("uri", "$.uri"),
        text("name", "$.name"),
        text("group", "$.group"),
    ],
    key: &["account", "uri"],
    filters: &["uri", "name"],
    orders: &[],
    ownership: Ownership::ACCOUNT,
    server: &[],
    numbered: false,
    missing: CONTACT_MISSING,
    exists: CONTACT_EXISTS,
};

pub fn add(call: &Call) -> Result<Value, Fault> {
    let account = accounts::of_argument(call)?.id;
    let mut entry = call.object("entry");
    let uri = uri(&entry)?;
    doc::set(&mut entry, "uri", uri);
    doc::set(&mut entry, "account", account);
    call.insert(&PHONEBOOK, entry)?;
    Ok(Value::Null)
}

pub fn update(call: &Call) -> Result<Value, Fault> {
    let account = accounts::of_argument(call)?.id;
    let update = call.object("entry");
    let mut row = find(call, account, &uri(&update)?)?;
    doc::merge(&mut row.doc, update, &["uri", "account"]);
    call.save(&PHONEBOOK, &mut row)?;
    Ok(Value::Null)
}

pub fn delete(call: &Call) -> Result<Value, Fault> {
    let account = accounts::of_argument(call)?.id;
    let row = find(call, account, &call.text("uri")?.to_lowercase())?;
    rows::remove(call.db, &PHONEBOOK, row.id)?;
    Ok(Value::Null)
}

/// Entries that match the patterns; no group means any group, an empty one only entries without a group.
pub fn list(call: &Call) -> Result<Value, Fault> {
    let account = accounts::of_argument(call)?.id;
    let wanted = call.object("match");
    let mut select = Select::new(&PHONEBOOK, Scope::Everything);
    select.and("account = ?", [account.into()]);
    for member in PHONEBOOK.filters {
        select.like(member, doc::text(&wanted, member))?;
    }
    match wanted.get("group").and_then(Value::as_str) {
        Some("") => select.and("\"group\" = ''", []),
        Some(group) => select.like("group", group)?,
        None => {}
    }
    if let Some(range) = doc::sub(&call.arguments, "range") {
        select.range(range)?;
    }
    select.list(call.db)
}

fn find(call: &Call, account: i64, uri: &str) -> Result<Row, Fault> {
    let row = rows::fetch(call.db, &PHONEBOOK, &[account.into(), uri.to_owned().into()])?;
    row.ok_or_else(|| Fault::server(CONTACT_MISSING, format!("The phonebook has no entry {uri}")))
}

fn uri(entry: &Doc) -> Result<String, Fault> {
    let uri = doc::text(entry, "uri").trim().to_lowercase();
    if uri.is_empty() {
        return Err(Fault::argument("entry.uri: a value is required"));
    }
    Ok(uri)
}
