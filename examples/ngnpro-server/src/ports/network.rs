//! The network port: the state of the platform's servers as the JSON texts that CDRTool reads.

use super::call::Call;
use super::sip::traces::within;
use super::Handler;
use crate::soap::fault::Fault;
use crate::soap::Doc;
use serde_json::{json, Value};

pub const SIP_PROXIES: [&str; 2] = ["192.0.2.5", "192.0.2.6"];
pub const MEDIA_RELAYS: [&str; 2] = ["192.0.2.15", "192.0.2.16"];

pub fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "getStatistics" => statistics,
        "getStatus" => status,
        _ => return None,
    })
}

/// Accounts in all and accounts with devices, by domain, for each proxy and in sum.
fn statistics(call: &Call) -> Result<Value, Fault> {
    let total = count(call, "1")?;
    let online = count(call, "id IN (SELECT account FROM sip_data WHERE kind = 'locations')")?;
    let mut answer = Doc::new();
    for (number, ip) in SIP_PROXIES.iter().enumerate() {
        let share = |counts: &[(String, i64)]| -> Doc {
            let part = |n: i64| (n + number as i64) / SIP_PROXIES.len() as i64;
            counts.iter().map(|(domain, n)| (domain.clone(), part(*n).into())).collect()
        };
        let role = json!({"online_accounts": share(&online), "total_accounts": share(&total)});
        answer.insert((*ip).to_owned(), json!({"sip_proxy": role}));
    }
    let all =
        |counts: &[(String, i64)]| -> Doc { counts.iter().map(|(d, n)| (d.clone(), (*n).into())).collect() };
    let role = json!({"online_accounts": all(&online), "total_accounts": all(&total)});
    answer.insert("summary".to_owned(), json!({"sip_proxy": role}));
    Ok(Value::Object(answer).to_string().into())
}

fn count(call: &Call, condition: &str) -> Result<Vec<(String, i64)>, Fault> {
    let (scope, id) = within(call.actor.scope);
    let sql =
        format!("SELECT domain, count(*) FROM sip_accounts WHERE {scope} AND {condition} GROUP BY domain");
    let mut statement = call.db.prepare_cached(&sql)?;
    let counts = statement.query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(counts.collect::<Result<_, _>>()?)
}

/// The servers and their roles.
#[allow(clippy::unnecessary_wraps, reason = "it is one of the port's handlers")]
fn status(_: &Call) -> Result<Value, Fault> {
    let mut nodes = Doc::new();
    let mut add = |ip: &str, roles: &[&str]| {
        let id = format!("node{:02}", nodes.len() + 1);
        nodes.insert(id, json!({"ip": ip, "version": env!("CARGO_PKG_VERSION"), "roles": roles}));
    };
    for ip in SIP_PROXIES {
        add(ip, &["sip_proxy", "provisioning_server"]);
    }
    for ip in MEDIA_RELAYS {
        add(ip, &["media_relay"]);
    }
    add("192.0.2.25", &["voicemail_server", "conference_server"]);
    add("192.0.2.35", &["xcap_server", "thor_database", "thor_manager", "thor_dnsmanager"]);
    Ok(Value::Object(nodes).to_string().into())
}
