//! Rules for accepting calls: by time of day, and for a while.

use super::{accounts, data};
use crate::ports::call::Call;
use crate::soap::fault::Fault;
use crate::soap::Doc;
use crate::store::doc;
use serde_json::{json, Value};
use time::OffsetDateTime;

const KIND: &str = "accept";
const EVERY_DAY: i64 = 127;

/// Replaces the rules. A rule without days holds on all of them: one known client leaves them out.
pub fn set(call: &Call) -> Result<Value, Fault> {
    let account = accounts::of_argument(call)?.id;
    let rules = call.object("rules");
    let mut persistent = Vec::new();
    for rule in doc::list(&rules, "persistent").iter().filter_map(Value::as_object) {
        let days = if doc::given(rule, "days") { doc::int(rule, "days") } else { EVERY_DAY };
        if !(0..=EVERY_DAY).contains(&days) {
            return Err(Fault::argument("rules.persistent.days: expected a mask of seven bits"));
        }
        let (start, stop) = (time_of_day(rule, "start")?, time_of_day(rule, "stop")?);
        persistent
            .push(json!({"start": start, "stop": stop, "groups": doc::list(rule, "groups"), "days": days}));
    }
    let temporary = doc::sub(&rules, "temporary").cloned().unwrap_or_default();
    let minutes = doc::int(&temporary, "duration").max(0);
    let until = if minutes == 0 { 0 } else { now() + minutes.saturating_mul(60) };
    let groups = doc::list(&temporary, "groups");
    let stored = json!({"persistent": persistent, "temporary": {"groups": groups, "until": until}});
    data::write(call.db, account, KIND, &stored)?;
    Ok(Value::Null)
}

/// The rules, the temporary one with the minutes it still has.
pub fn get(call: &Call) -> Result<Value, Fault> {
    let account = accounts::of_argument(call)?.id;
    let stored = data::read(call.db, account, KIND)?;
    let until = stored["temporary"]["until"].as_i64().unwrap_or_default();
    let left = (until - now()).max(0);
    let over = until != 0 && left == 0;
    let groups = stored["temporary"]["groups"].as_array().filter(|_| !over).cloned().unwrap_or_default();
    let persistent = stored["persistent"].as_array().cloned().unwrap_or_default();
    let temporary = json!({"groups": groups, "duration": (left + 59) / 60});
    Ok(json!({
        "rules": {"persistent": persistent, "temporary": temporary},
        "nonEmptyGroups": groups_in_use(call, account)?,
    }))
}

fn groups_in_use(call: &Call, account: i64) -> Result<Vec<String>, Fault> {
    let sql =
        "SELECT DISTINCT \"group\" FROM sip_phonebook WHERE account = ?1 AND \"group\" <> '' ORDER BY 1";
    let mut statement = call.db.prepare_cached(sql)?;
    let names = statement.query_map([account], |row| row.get(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}

fn time_of_day(rule: &Doc, member: &str) -> Result<String, Fault> {
    let text = doc::text(rule, member).trim();
    let valid = text.split_once(':').is_some_and(|(hours, minutes)| {
        let below = |text: &str, limit: u8| text.len() <= 2 && text.parse::<u8>().is_ok_and(|n| n < limit);
        below(hours, 25) && below(minutes, 60)
    });
    if valid {
        return Ok(text.to_owned());
    }
    Err(Fault::argument(format!("rules.persistent.{member}: expected hh:mm")))
}

fn now() -> i64 {
    OffsetDateTime::now_utc().unix_timestamp()
}
