//! The voicemail port: one mailbox for a SIP account.
//!
//! Where the SIP port is served too, the SIP account must exist and its ownership decides. On a machine of its own
//! a mailbox belongs to whom its maker says.

use super::call::{inherit, Call};
use super::sip::accounts;
use super::sip::id::SipId;
use super::Handler;
use crate::soap::fault::{Fault, MAILBOX_EXISTS, MAILBOX_MISSING};
use crate::store::doc;
use crate::store::resource::{number, text, Ownership, Resource};
use crate::store::rows::{self, Row};
use rusqlite::params;
use serde_json::{json, Value};

pub static MAILBOXES: Resource = Resource {
    noun: "voicemail account",
    table: "voicemail_accounts",
    kind: "VoicemailAccount",
    list: "accounts",
    columns: &[
        text("username", "$.sipId.username"),
        text("domain", "$.sipId.domain"),
        number("customer", "$.customer"),
        number("reseller", "$.reseller"),
    ],
    key: &["username", "domain"],
    filters: &[],
    orders: &[],
    ownership: Ownership::CUSTOMER,
    server: &["mailbox", "info"],
    numbered: false,
    missing: MAILBOX_MISSING,
    exists: MAILBOX_EXISTS,
};

pub const TABLE: &str = "CREATE TABLE IF NOT EXISTS voicemail_announcements (
     mailbox INTEGER PRIMARY KEY REFERENCES voicemail_accounts(id) ON DELETE CASCADE, message TEXT NOT NULL)";

/// Mailbox numbers start behind this one.
const FIRST_NUMBER: i64 = 1000;

pub fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "addAccount" => add,
        "updateAccount" => update,
        "deleteAccount" => delete,
        "getAccount" => get,
        "setAnnouncement" => announce,
        _ => return None,
    })
}

fn add(call: &Call) -> Result<Value, Fault> {
    call.may_create()?;
    let mut mailbox = call.object("account");
    let id = SipId::read(&mailbox, "sipId")?;
    mailbox.retain(|member, _| !MAILBOXES.server.contains(&member.as_str()));
    if call.policy.has_accounts {
        inherit(&mut mailbox, &accounts::require(call, &id)?.doc);
    } else {
        call.assign(&mut mailbox)?;
    }
    doc::set(&mut mailbox, "sipId", id.value());
    doc::set(&mut mailbox, "info", "");
    doc::default(&mut mailbox, "options", json!({"delete": false}));
    let mut mailbox = call.insert(&MAILBOXES, mailbox)?;
    let row = call.db.last_insert_rowid();
    doc::set(&mut mailbox, "mailbox", (FIRST_NUMBER + row).to_string());
    rows::save(call.db, &MAILBOXES, row, &mailbox)?;
    Ok(Value::Object(mailbox))
}

fn update(call: &Call) -> Result<Value, Fault> {
    let mut update = call.object("account");
    let mut row = require(call, &SipId::read(&update, "sipId")?)?;
    if !doc::given(&update, "password") {
        update.remove("password");
    }
    doc::merge(&mut row.doc, update, &["sipId", "mailbox", "info"]);
    call.save(&MAILBOXES, &mut row)?;
    Ok(Value::Null)
}

fn delete(call: &Call) -> Result<Value, Fault> {
    let row = of_argument(call)?;
    rows::remove(call.db, &MAILBOXES, row.id)?;
    Ok(Value::Null)
}

fn get(call: &Call) -> Result<Value, Fault> {
    Ok(Value::Object(of_argument(call)?.doc))
}

/// Stores a recorded announcement; an empty one brings the standard one back. `info` tells which is in use.
fn announce(call: &Call) -> Result<Value, Fault> {
    let mut row = of_argument(call)?;
    let message = doc::text(&call.arguments, "message");
    let (sql, info) = if message.is_empty() {
        ("DELETE FROM voicemail_announcements WHERE mailbox = ?1 AND ?2 = ''", "")
    } else {
        (
            "INSERT OR REPLACE INTO voicemail_announcements (mailbox, message) VALUES (?1, ?2)",
            "own announcement",
        )
    };
    call.db.prepare_cached(sql)?.execute(params![row.id, message])?;
    doc::set(&mut row.doc, "info", info);
    call.save(&MAILBOXES, &mut row)?;
    Ok(Value::Null)
}

fn of_argument(call: &Call) -> Result<Row, Fault> {
    require(call, &SipId::read(&call.arguments, "sipId")?)
}

fn require(call: &Call, id: &SipId) -> Result<Row, Fault> {
    if call.policy.has_accounts {
        accounts::require(call, id)?;
        let row = rows::fetch(call.db, &MAILBOXES, &id.key())?;
        return row
            .ok_or_else(|| Fault::server(MAILBOX_MISSING, format!("The account {id} has no voicemail")));
    }
    call.require(&MAILBOXES, &id.key(), &id.to_string())
}

/// Removes the mailbox of an account.
pub fn remove_for(call: &Call, id: &SipId) -> Result<(), Fault> {
    let sql = "DELETE FROM voicemail_accounts WHERE username = ?1 AND domain = ?2";
    call.db.prepare_cached(sql)?.execute(params![id.username, id.domain])?;
    Ok(())
}
