//! Calls of accounts and their totals. Calls happen outside of provisioning: here they come from the seed.

use super::{accounts, traces};
use crate::ports::call::Call;
use crate::soap::fault::Fault;
use crate::soap::Doc;
use crate::store::doc;
use rusqlite::{params, Connection};
use serde_json::{json, Value};

pub const TABLE: &str = "CREATE TABLE IF NOT EXISTS sip_calls (id INTEGER PRIMARY KEY,
     account INTEGER NOT NULL REFERENCES sip_accounts(id) ON DELETE CASCADE,
     direction TEXT NOT NULL, doc TEXT NOT NULL,
     start INTEGER GENERATED ALWAYS AS (doc ->> '$.startTime') STORED,
     session TEXT GENERATED ALWAYS AS (doc ->> '$.sessionId') STORED);
 CREATE INDEX IF NOT EXISTS sip_calls_account ON sip_calls (account, direction, start);
 CREATE INDEX IF NOT EXISTS sip_calls_session ON sip_calls (session)";

const DIRECTIONS: [&str; 2] = ["placed", "received"];

/// Stores a call.
pub fn record(db: &Connection, account: i64, direction: &str, call: &Value) -> Result<(), Fault> {
    let sql = "INSERT INTO sip_calls (account, direction, doc) VALUES (?1, ?2, ?3)";
    db.prepare_cached(sql)?.execute(params![account, direction, call.to_string()])?;
    Ok(())
}

/// Calls of the directions asked for, newest first; without any, of both.
pub fn list(call: &Call) -> Result<Value, Fault> {
    let account = accounts::of_argument(call)?.id;
    let query = call.object("query");
    let any = DIRECTIONS.iter().any(|direction| doc::sub(&query, direction).is_some());
    let mut answer = Doc::new();
    for direction in DIRECTIONS {
        let calls = match doc::sub(&query, direction) {
            None if any => Vec::new(),
            period => select(call.db, account, direction, period)?,
        };
        doc::set(&mut answer, direction, calls);
    }
    Ok(answer.into())
}

fn select(db: &Connection, account: i64, direction: &str, query: Option<&Doc>) -> Result<Vec<Value>, Fault> {
    let (from, to) = period(query);
    let limit = query.map_or(0, |query| doc::int(query, "limit"));
    let limit = if limit > 0 { limit } else { -1 };
    let sql = "SELECT doc FROM sip_calls WHERE account = ?1 AND direction = ?2 AND start BETWEEN ?3 AND ?4
               ORDER BY start DESC, id DESC LIMIT ?5";
    let mut statement = db.prepare_cached(sql)?;
    let texts = statement.query_map(params![account, direction, from, to, limit], |row| row.get(0))?;
    let texts: Vec<String> = texts.collect::<Result<_, _>>()?;
    Ok(texts.iter().map(|text| serde_json::from_str(text)).collect::<Result<_, _>>()?)
}

fn period(query: Option<&Doc>) -> (i64, i64) {
    let bound = |name| query.map_or(0, |query| doc::int(query, name));
    (bound("fromDate"), if bound("toDate") > 0 { bound("toDate") } else { i64::MAX })
}

/// Totals of each direction; the limit of a query does not apply to them.
pub fn statistics(call: &Call) -> Result<Value, Fault> {
    let account = accounts::of_argument(call)?.id;
    let query = call.object("query");
    let sql = "SELECT count(*), coalesce(sum(doc ->> '$.price'), 0.0) FROM sip_calls
               WHERE account = ?1 AND direction = ?2 AND start BETWEEN ?3 AND ?4";
    let mut answer = Doc::new();
    for direction in DIRECTIONS {
        let (from, to) = period(doc::sub(&query, direction));
        let mut statement = call.db.prepare_cached(sql)?;
        let read = |row: &rusqlite::Row| Ok((row.get::<_, i64>(0)?, row.get::<_, f64>(1)?));
        let (calls, price) = statement.query_row(params![account, direction, from, to], read)?;
        let price = (price * 10_000.0).round() / 10_000.0;
        doc::set(&mut answer, direction, json!({"calls": calls, "price": price}));
    }
    Ok(answer.into())
}

/// The calls with this Call-ID, as far as the caller may see their accounts.
pub fn of_session(call: &Call, session: &str) -> Result<Vec<Doc>, Fault> {
    within_scope(call, "sip_calls.session = ?2", session)
}

/// The placed calls that have not ended.
pub fn in_progress(call: &Call) -> Result<Vec<Doc>, Fault> {
    within_scope(call, "direction = ?2 AND sip_calls.doc ->> '$.stopTime' = 0", "placed")
}

fn within_scope(call: &Call, condition: &str, value: &str) -> Result<Vec<Doc>, Fault> {
    let (scope, id) = traces::within(call.actor.scope);
    let sql = format!(
        "SELECT sip_calls.doc FROM sip_calls JOIN sip_accounts ON sip_accounts.id = account
         WHERE {scope} AND {condition} ORDER BY start DESC LIMIT 1000"
    );
    let mut statement = call.db.prepare_cached(&sql)?;
    let texts = statement.query_map(params![id, value], |row| row.get(0))?;
    let texts: Vec<String> = texts.collect::<Result<_, _>>()?;
    Ok(texts.iter().map(|text| serde_json::from_str(text)).collect::<Result<_, _>>()?)
}
