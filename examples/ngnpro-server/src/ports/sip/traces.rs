//! Traces and media of calls as the JSON texts that CDRTool reads, made from the stored calls.

use super::calls;
use crate::actor::Scope;
use crate::ports::call::Call;
use crate::ports::network::{MEDIA_RELAYS, SIP_PROXIES};
use crate::soap::fault::{Fault, NO_MEDIA};
use crate::soap::Doc;
use crate::store::doc;
use serde_json::{json, Value};
use time::{Duration, OffsetDateTime};

/// The signalling of a call; a call that is not known has none.
pub fn sip(call: &Call) -> Result<Value, Fault> {
    let filter = call.object("filter");
    let Some(found) = find(call, &filter)? else { return Ok("[]".into()) };
    let start = doc::int(&found, "startTime");
    let duration = doc::int(&found, "duration");
    let proxy = doc::text(&found, "proxyIP");
    let status = doc::int(&found, "status");
    let mut steps = vec![(0, "in", "INVITE", 0), (0, "out", "INVITE", 100), (1, "in", "INVITE", 180)];
    steps.push((2, "in", "INVITE", status));
    steps.push((2, "out", "ACK", 0));
    if status == 200 && doc::int(&found, "stopTime") != 0 {
        steps.extend([(duration, "in", "BYE", 0), (duration, "out", "BYE", 200)]);
    }
    let lines = steps.iter().enumerate().map(|(number, &(second, direction, method, status))| {
        let client = "198.51.100.20";
        let (from, to) = if direction == "in" { (client, proxy) } else { (proxy, client) };
        let status = if status == 0 { Value::from("") } else { status.into() };
        json!({"id": number + 1, "from_ip": format!("udp:{from}:5060"), "from_port": 5060, "to_ip": format!("udp:{to}:5060"),
            "to_port": 5060, "to_proto": "udp", "time_stamp": stamp(start + second), "direction": direction,
            "method": method, "status": status, "message": message(&found, method, &status)})
    });
    Ok(Value::from(lines.collect::<Vec<_>>()).to_string().into())
}

fn message(call: &Doc, method: &str, status: &Value) -> String {
    let member = |name| doc::text(call, name);
    let first = match status.as_i64() {
        Some(code) => format!("SIP/2.0 {code} Status"),
        None => format!("{method} sip:{} SIP/2.0", member("toURI")),
    };
    format!(
        "{first}\r\nFrom: {};tag={}\r\nTo: <sip:{}>;tag={}\r\nCall-ID: {}\r\nCSeq: 1 {method}\r\n\r\n",
        member("fromHeader"),
        member("fromTag"),
        member("toURI"),
        member("toTag"),
        member("sessionId"),
    )
}

/// The media of a call; one that had none is fault 1060.
pub fn media(call: &Call) -> Result<Value, Fault> {
    let found = find(call, &call.object("filter"))?.filter(|found| doc::int(found, "duration") > 0);
    let found =
        found.ok_or_else(|| Fault::server(NO_MEDIA, "There is no media information for this call"))?;
    let duration = doc::int(&found, "duration");
    let trace = json!({"duration": duration, "streams": [{
        "media_type": "audio", "status": "closed", "start_time": 0, "end_time": duration, "timeout_wait": 0,
        "caller_packets": duration * 50, "callee_packets": duration * 50,
        "caller_local": format!("{}:50000", MEDIA_RELAYS[0]),
    }]});
    Ok(trace.to_string().into())
}

fn find(call: &Call, filter: &Doc) -> Result<Option<Doc>, Fault> {
    let candidates = calls::of_session(call, doc::text(filter, "callId"))?;
    let agrees = |found: &Doc, member: &str| {
        let wanted = doc::text(filter, member);
        wanted.is_empty() || wanted == doc::text(found, member)
    };
    let node = |found: &Doc| {
        let wanted = doc::text(filter, "nodeIp");
        wanted.is_empty() || wanted == doc::text(found, "proxyIP")
    };
    Ok(candidates.into_iter().find(|c| agrees(c, "fromTag") && agrees(c, "toTag") && node(c)))
}

/// The media relays and what they carry.
pub fn summary(call: &Call) -> Result<Value, Fault> {
    let running = calls::in_progress(call)?.len();
    let relays = MEDIA_RELAYS.iter().enumerate().map(|(number, ip)| {
        let count = running / MEDIA_RELAYS.len() + usize::from(number < running % MEDIA_RELAYS.len());
        json!({"ip": ip, "version": "4.4.1", "uptime": 86_400, "bps_relayed": count * 160_000,
            "session_count": count, "stream_count": {"audio": count}, "status": "ok"})
    });
    Ok(Value::from(relays.collect::<Vec<_>>()).to_string().into())
}

/// The sessions of the calls in progress.
pub fn sessions(call: &Call) -> Result<Value, Fault> {
    let now = OffsetDateTime::now_utc().unix_timestamp();
    let sessions = calls::in_progress(call)?.into_iter().map(|found| {
        let seconds = (now - doc::int(&found, "startTime")).max(0);
        let relay = format!("{}:50000", MEDIA_RELAYS[0]);
        json!({"from_uri": doc::text(&found, "fromURI"), "to_uri": doc::text(&found, "toURI"),
            "call_id": doc::text(&found, "sessionId"), "caller_ua": "Blink", "callee_ua": "Unknown",
            "duration": seconds, "streams": [{"status": "active", "timeout_wait": 0, "media_type": "audio",
                "caller_codec": "opus", "caller_remote": "198.51.100.20:40000", "callee_remote": "?.?.?.?:?",
                "caller_local": relay, "callee_local": relay,
                "caller_bytes": seconds * 8000, "callee_bytes": seconds * 8000}]})
    });
    Ok(Value::from(sessions.collect::<Vec<_>>()).to_string().into())
}

/// The condition and its value that keep a caller to the accounts it may see.
pub fn within(scope: Scope) -> (&'static str, i64) {
    match scope {
        Scope::Everything => ("?1 = 0", 0),
        Scope::Reseller(id) => ("reseller = ?1", id),
        Scope::Customer { id, .. } => ("(customer = ?1 OR owner = ?1)", id),
    }
}

/// The proxy that handles the calls of an account.
pub fn proxy_of(account: i64) -> &'static str {
    SIP_PROXIES[account.rem_euclid(SIP_PROXIES.len() as i64) as usize]
}

fn stamp(unix: i64) -> String {
    crate::platform::stamp(OffsetDateTime::UNIX_EPOCH + Duration::seconds(unix))
}
