//! Prepaid balances, vouchers, and the history of both.

use super::id::SipId;
use super::{accounts, data};
use crate::ports::call::Call;
use crate::soap::fault::{Fault, BAD_VOUCHER};
use crate::store::doc;
use rusqlite::{params, Connection, OptionalExtension};
use serde_json::{json, Value};

const KIND: &str = "balance";

pub const TABLES: &str = "CREATE TABLE IF NOT EXISTS sip_credit (id INTEGER PRIMARY KEY,
     account INTEGER NOT NULL REFERENCES sip_accounts(id) ON DELETE CASCADE, doc TEXT NOT NULL);
 CREATE INDEX IF NOT EXISTS sip_credit_account ON sip_credit (account, id);
 CREATE TABLE IF NOT EXISTS sip_cards (id INTEGER PRIMARY KEY, number TEXT NOT NULL, value REAL NOT NULL,
     used INTEGER NOT NULL DEFAULT 0)";

pub fn add(call: &Call) -> Result<Value, Fault> {
    let account = accounts::of_argument(call)?.id;
    if !doc::given(&call.arguments, "value") {
        return Err(Fault::argument("value: a value is required"));
    }
    let value = doc::float(&call.arguments, "value");
    change(call, account, value, "Set balance", doc::text(&call.arguments, "description"))
}

pub fn add_from_voucher(call: &Call) -> Result<Value, Fault> {
    let account = accounts::of_argument(call)?.id;
    let card = call.object("card");
    let (id, number) = (doc::int(&card, "id"), doc::text(&card, "number").trim());
    let sql = "UPDATE sip_cards SET used = 1 WHERE id = ?1 AND number = ?2 AND used = 0 RETURNING value";
    let mut statement = call.db.prepare_cached(sql)?;
    let value: Option<f64> = statement.query_row(params![id, number], |row| row.get(0)).optional()?;
    let value = value.ok_or_else(|| Fault::server(BAD_VOUCHER, format!("Voucher {id} is not valid")))?;
    change(call, account, value, "Add balance", &format!("Voucher {id}"))
}

fn change(call: &Call, account: i64, value: f64, action: &str, description: &str) -> Result<Value, Fault> {
    let old = balance(call.db, account)?;
    let new = round(old + value);
    data::write(call.db, account, KIND, &new.into())?;
    let entry = json!({"date": call.now, "action": action, "description": description, "value": value,
        "balance": new, "session": ""});
    record(call.db, account, &entry)?;
    Ok(json!({"old_balance": old, "new_balance": new}))
}

/// Sums of money have four decimals; binary fractions must not add up to more.
fn round(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

fn balance(db: &Connection, account: i64) -> Result<f64, Fault> {
    Ok(data::read(db, account, KIND)?.as_f64().unwrap_or_default())
}

fn record(db: &Connection, account: i64, entry: &Value) -> Result<(), Fault> {
    let sql = "INSERT INTO sip_credit (account, doc) VALUES (?1, ?2)";
    db.prepare_cached(sql)?.execute(params![account, entry.to_string()])?;
    Ok(())
}

/// Puts a voucher into circulation.
pub fn issue(db: &Connection, card: i64, number: &str, value: f64) -> Result<(), Fault> {
    let sql = "INSERT OR REPLACE INTO sip_cards (id, number, value) VALUES (?1, ?2, ?3)";
    db.prepare_cached(sql)?.execute(params![card, number, value])?;
    Ok(())
}

/// The latest changes, newest first.
pub fn history(call: &Call) -> Result<Value, Fault> {
    let account = accounts::of_argument(call)?.id;
    let count = doc::int(&call.arguments, "count");
    let sql = "SELECT doc FROM sip_credit WHERE account = ?1 ORDER BY id DESC LIMIT ?2";
    let mut statement = call.db.prepare_cached(sql)?;
    let limit = if count > 0 { count } else { -1 };
    let texts = statement.query_map(params![account, limit], |row| row.get(0))?;
    let texts: Vec<String> = texts.collect::<Result<_, _>>()?;
    let entries: Result<Vec<Value>, _> = texts.iter().map(|text| serde_json::from_str(text)).collect();
    Ok(json!({"entries": entries?}))
}

/// One status for each account asked about, in the same order.
pub fn status(call: &Call) -> Result<Value, Fault> {
    let mut list = Vec::new();
    for id in doc::list(&call.arguments, "sipIds").iter().filter_map(Value::as_object) {
        let account = accounts::require(call, &SipId::of(id, "sipIds")?)?.id;
        list.push(json!({"balance": balance(call.db, account)?, "lastCallPrice": last_price(call, account)?,
            "maxSessionTime": 0, "sessionTime": 0, "callInProgress": false, "destination": ""}));
    }
    Ok(list.into())
}

fn last_price(call: &Call, account: i64) -> Result<f64, Fault> {
    let sql = "SELECT doc ->> '$.price' FROM sip_calls WHERE account = ?1 AND direction = 'placed'
               ORDER BY start DESC LIMIT 1";
    let mut statement = call.db.prepare_cached(sql)?;
    let price: Option<Option<f64>> = statement.query_row([account], |row| row.get(0)).optional()?;
    Ok(price.flatten().unwrap_or_default())
}
