//! The presence port. It takes no credentials: the SIP password is a parameter of each operation.

use super::call::Call;
use super::sip::accounts::ACCOUNTS;
use super::sip::id::SipId;
use super::sip::{data, password};
use super::Handler;
use crate::soap::fault::{Fault, ACCOUNT_MISSING, NOT_AUTHENTICATED};
use crate::soap::Doc;
use crate::store::doc;
use crate::store::rows;
use serde_json::{json, Value};

const INFORMATION: &str = "presence";
const POLICY: &str = "presence-policy";
const ACTIVITIES: [&str; 4] = ["open", "idle", "busy", "available"];

pub fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "setPresenceInformation" => set_information,
        "getPresenceInformation" => get_information,
        "deletePresenceInformation" => delete_information,
        "getWatchers" => watchers,
        "setPolicy" => set_policy,
        "getPolicy" => get_policy,
        _ => return None,
    })
}

/// The account whose password was given.
fn login(call: &Call) -> Result<(i64, SipId), Fault> {
    let id = SipId::read(&call.arguments, "sipId")?;
    let missing = || Fault::server(ACCOUNT_MISSING, format!("The SIP account {id} does not exist"));
    let row = rows::fetch(call.db, &ACCOUNTS, &id.key())?.ok_or_else(missing)?;
    if !password::verify(&id, doc::text(&row.doc, "password"), doc::text(&call.arguments, "password")) {
        return Err(Fault::server(NOT_AUTHENTICATED, "The password of the SIP account is wrong"));
    }
    Ok((row.id, id))
}

fn set_information(call: &Call) -> Result<Value, Fault> {
    let (account, _) = login(call)?;
    let information = call.object("information");
    let activity = doc::text(&information, "activity").trim();
    if !ACTIVITIES.contains(&activity) {
        return Err(Fault::argument(format!(
            "information.activity: expected one of {}",
            ACTIVITIES.join(", ")
        )));
    }
    let stored = json!({"activity": activity, "note": doc::text(&information, "note")});
    data::write(call.db, account, INFORMATION, &stored)?;
    Ok(Value::Null)
}

/// What was published; empty texts when nothing was.
fn get_information(call: &Call) -> Result<Value, Fault> {
    let stored = data::read(call.db, login(call)?.0, INFORMATION)?;
    Ok(if stored.is_null() { json!({"activity": "", "note": ""}) } else { stored })
}

fn delete_information(call: &Call) -> Result<Value, Fault> {
    data::remove(call.db, login(call)?.0, INFORMATION)?;
    Ok(Value::Null)
}

fn set_policy(call: &Call) -> Result<Value, Fault> {
    let (account, _) = login(call)?;
    let policy = call.object("policy");
    let stored = json!({"allow": doc::list(&policy, "allow"), "deny": doc::list(&policy, "deny")});
    data::write(call.db, account, POLICY, &stored)?;
    Ok(Value::Null)
}

fn get_policy(call: &Call) -> Result<Value, Fault> {
    let stored = data::read(call.db, login(call)?.0, POLICY)?;
    Ok(if stored.is_null() { json!({"allow": [], "deny": []}) } else { stored })
}

/// The accounts that have this one in their phonebook, except those its policy denies.
fn watchers(call: &Call) -> Result<Value, Fault> {
    let (account, id) = login(call)?;
    let policy = data::read(call.db, account, POLICY)?;
    let policy: Doc = policy.as_object().cloned().unwrap_or_default();
    let sql =
        "SELECT username || '@' || domain FROM sip_phonebook JOIN sip_accounts ON sip_accounts.id = account
               WHERE uri IN (?1, 'sip:' || ?1) ORDER BY 1";
    let mut statement = call.db.prepare_cached(sql)?;
    let names = statement.query_map([id.to_string()], |row| row.get(0))?;
    let names: Vec<String> = names.collect::<Result<_, _>>()?;
    let denied = |name: &String| {
        let texts = doc::list(&policy, "deny").iter().filter_map(Value::as_str);
        texts.map(|text| text.trim_start_matches("sip:")).any(|text| text.eq_ignore_ascii_case(name))
    };
    Ok(names.into_iter().filter(|name| !denied(name)).collect())
}
