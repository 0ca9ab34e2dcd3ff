//! `--seed demo`: a platform with believable data.
//!
//! 2 resellers, 5 customers, 20 domains and 5,000 accounts, most of them through the same functions that serve
//! callers; calls, registered devices and vouchers, which no operation makes, are put into the storage directly.
//! Everything follows from the numbers of things, so that two platforms hold the same but for their dates.

mod activity;
mod people;
mod services;

use crate::actor::{Actor, Scope};
use crate::platform::{now, Platform};
use crate::ports::call::{Call, Policy};
use crate::ports::handler;
use crate::seed::accounts::object;
use crate::soap::fault::{Fault, UNKNOWN_OPERATION};
use crate::soap::schema::Schema;
use rusqlite::Connection;
use serde_json::Value;

/// Fills a platform that does not have the data yet.
pub fn fill(platform: &Platform) -> Result<(), Fault> {
    platform.store.transact(|db| {
        let filler = Filler { db, schema: &platform.schema, policy: &platform.policy, now: now() };
        if people::is_present(&filler)? {
            return Ok(());
        }
        let customers = people::customers(&filler)?;
        let domains = people::domains(&filler, &customers)?;
        let accounts = people::accounts(&filler, &domains)?;
        activity::fill(&filler, &accounts)?;
        services::fill(&filler, &customers, &domains)
    })
}

/// Calls operations as an administrator would.
struct Filler<'f> {
    db: &'f Connection,
    schema: &'f Schema,
    policy: &'f Policy,
    now: String,
}

impl Filler<'_> {
    fn run(&self, port: &str, operation: &str, arguments: Value) -> Result<Value, Fault> {
        let unknown = || Fault::client(UNKNOWN_OPERATION, format!("{port} has no operation {operation}"));
        let run = handler(port, operation).ok_or_else(unknown)?;
        let actor = Actor { administrator: true, scope: Scope::Everything, active: true };
        let (db, schema, policy, now) = (self.db, self.schema, self.policy, self.now.clone());
        run(&Call { db, schema, policy, actor, arguments: object(arguments), now })
    }
}

/// The item of a list that belongs to a number.
fn pick<'l>(list: &[&'l str], number: usize) -> &'l str {
    list[number % list.len()]
}

/// A number that looks drawn by lot and always is the same for the same input.
fn draw(seed: i64, below: i64) -> i64 {
    let mut x = (seed as u64).wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((x ^ (x >> 31)) % below as u64) as i64
}
