//! What an account has only one of: diversions, lists of callers, rules, balance, presence.
//!
//! It goes away with the account.

use crate::soap::fault::Fault;
use rusqlite::{params, Connection, OptionalExtension};
use serde_json::Value;

pub const TABLE: &str = "CREATE TABLE IF NOT EXISTS sip_data (
     account INTEGER NOT NULL REFERENCES sip_accounts(id) ON DELETE CASCADE,
     kind TEXT NOT NULL, doc TEXT NOT NULL, PRIMARY KEY (account, kind)) WITHOUT ROWID";

/// What is stored under a name, or nil.
pub fn read(db: &Connection, account: i64, kind: &str) -> Result<Value, Fault> {
    let sql = "SELECT doc FROM sip_data WHERE account = ?1 AND kind = ?2";
    let mut statement = db.prepare_cached(sql)?;
    let text: Option<String> = statement.query_row(params![account, kind], |row| row.get(0)).optional()?;
    Ok(text.map(|text| serde_json::from_str(&text)).transpose()?.unwrap_or_default())
}

/// Stores a value under a name.
pub fn write(db: &Connection, account: i64, kind: &str, value: &Value) -> Result<(), Fault> {
    let sql = "INSERT OR REPLACE INTO sip_data (account, kind, doc) VALUES (?1, ?2, ?3)";
    db.prepare_cached(sql)?.execute(params![account, kind, serde_json::to_string(value)?])?;
    Ok(())
}

/// Forgets what is stored under a name.
pub fn remove(db: &Connection, account: i64, kind: &str) -> Result<(), Fault> {
    let sql = "DELETE FROM sip_data WHERE account = ?1 AND kind = ?2";
    db.prepare_cached(sql)?.execute(params![account, kind])?;
    Ok(())
}
