//! The rating port: price lists of subscribers.

use super::call::Call;
use super::sip::accounts;
use super::sip::id::SipId;
use super::Handler;
use crate::actor::Scope;
use crate::soap::fault::{Fault, NO_PROFILE};
use crate::store::doc;
use crate::store::resource::{text, Ownership, Resource};
use crate::store::rows::{self, Row};
use serde_json::Value;

pub static PROFILES: Resource = Resource {
    noun: "rating profile",
    table: "rating_profiles",
    kind: "RatingEntityProfiles",
    list: "profiles",
    columns: &[text("entity", "$.entity")],
    key: &["entity"],
    filters: &[],
    orders: &[],
    ownership: Ownership::ACCOUNT,
    server: &[],
    numbered: false,
    missing: NO_PROFILE,
    exists: NO_PROFILE,
};

pub fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "setEntityProfiles" => set,
        "deleteEntityProfiles" => delete,
        "getEntityProfiles" => get,
        _ => return None,
    })
}

fn set(call: &Call) -> Result<Value, Fault> {
    let mut profiles = call.object("profiles");
    let entity = subscriber(call, doc::text(&profiles, "entity"))?;
    doc::set(&mut profiles, "entity", entity.as_str());
    match find(call, &entity)? {
        Some(mut row) => {
            row.doc = profiles;
            call.save(&PROFILES, &mut row)?;
        }
        None => {
            call.insert(&PROFILES, profiles)?;
        }
    }
    Ok(Value::Null)
}

fn delete(call: &Call) -> Result<Value, Fault> {
    let row = require(call)?;
    rows::remove(call.db, &PROFILES, row.id)?;
    Ok(Value::Null)
}

fn get(call: &Call) -> Result<Value, Fault> {
    Ok(Value::Object(require(call)?.doc))
}

fn require(call: &Call) -> Result<Row, Fault> {
    let entity = subscriber(call, doc::text(&call.arguments, "entity"))?;
    find(call, &entity)?.ok_or_else(|| missing(&entity))
}

fn find(call: &Call, entity: &str) -> Result<Option<Row>, Fault> {
    rows::fetch(call.db, &PROFILES, &[entity.to_owned().into()])
}

/// The entity in its usual form; the account it names must be there and the caller's.
fn subscriber(call: &Call, entity: &str) -> Result<String, Fault> {
    let entity = entity.trim().to_lowercase();
    let (username, domain) = entity
        .strip_prefix("subscriber://")
        .and_then(|id| id.split_once('@'))
        .ok_or_else(|| missing(&entity))?;
    let id = SipId { username: username.to_owned(), domain: domain.to_owned() };
    if call.policy.has_accounts {
        match accounts::require(call, &id) {
            Err(fault) if fault.code == accounts::ACCOUNTS.missing => return Err(missing(&entity)),
            other => other?,
        };
    } else if call.actor.scope != Scope::Everything {
        return Err(Fault::denied("Only an administrator rates subscribers of another server"));
    }
    Ok(entity)
}

/// Removes the price lists of an account.
pub fn remove_for(call: &Call, id: &SipId) -> Result<(), Fault> {
    let sql = "DELETE FROM rating_profiles WHERE entity = ?1";
    call.db.prepare_cached(sql)?.execute([format!("subscriber://{id}")])?;
    Ok(())
}

fn missing(entity: &str) -> Fault {
    Fault::server(NO_PROFILE, format!("The entity \"{entity}\" has no rating profile"))
}
