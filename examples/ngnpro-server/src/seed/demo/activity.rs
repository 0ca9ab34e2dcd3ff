//! What happens on a platform by itself: calls, registrations, balances; and vouchers, which come by post.

use super::people::Account;
use super::{draw, pick, Filler};
use crate::ports::sip::{balance, calls, data, locations, traces};
use crate::soap::fault::Fault;
use serde_json::{json, Value};
use time::OffsetDateTime;

const DAY: i64 = 86_400;
/// Calls reach back two weeks, as far as the pages show them.
const DAYS: i64 = 14;
const CALLS_PER_ACCOUNT: i64 = 3;
const VOUCHERS: i64 = 100;
const AGENTS: [&str; 4] =
    ["Blink Pro 6.0.4 (macOS)", "Yealink SIP-T46S 66.86", "Linphone/5.2", "Cisco-SPA504G/7.6"];

pub fn fill(filler: &Filler, accounts: &[Account]) -> Result<(), Fault> {
    let now = OffsetDateTime::now_utc().unix_timestamp();
    for (number, account) in accounts.iter().enumerate() {
        let seed = number as i64;
        for turn in 0..CALLS_PER_ACCOUNT {
            let peer = &accounts[draw(seed * 31 + turn, accounts.len() as i64) as usize];
            call(filler, (account, peer), seed * CALLS_PER_ACCOUNT + turn, now)?;
        }
        if draw(seed, 3) != 0 {
            data::write(filler.db, account.row, locations::KIND, &devices(number, now))?;
        }
        if account.prepaid {
            let id = split(&account.uri);
            let value = 5.0 + draw(seed, 40) as f64 * 2.5;
            let arguments = json!({"sipId": id, "value": value, "description": "Demo balance"});
            filler.run("SipPort", "addBalance", arguments)?;
        }
    }
    for card in 1..=VOUCHERS {
        balance::issue(filler.db, card, &voucher(card), 10.0)?;
    }
    Ok(())
}

/// The digits on a demo voucher.
fn voucher(card: i64) -> String {
    format!("{:08}", card * 12_345_678 % 100_000_000)
}

/// The same call as the caller and as the called account see it.
fn call(filler: &Filler, (from, to): (&Account, &Account), number: i64, now: i64) -> Result<(), Fault> {
    let running = draw(number, 600) == 0;
    let status = [200, 200, 200, 200, 486, 487, 404, 408][draw(number, 8) as usize];
    let status = if running { 200 } else { status };
    let duration = if status == 200 && !running { 10 + draw(number * 7, 900) } else { 0 };
    let start =
        if running { now - draw(number, 600) } else { now - DAY - draw(number * 13, (DAYS - 1) * DAY) };
    let stop = if running { 0 } else { start + duration };
    let price =
        if duration > 0 { (duration as f64 / 60.0 * 0.02 * 10_000.0).round() / 10_000.0 } else { 0.0 };
    let mut call = json!({
        "fromURI": from.uri, "toURI": to.uri,
        "fromHeader": format!("\"{}\" <sip:{}>", quoted_printable(&from.name), from.uri),
        "sessionId": format!("{:016x}@198.51.100.20", draw(number, i64::MAX)),
        "fromTag": format!("{:08x}", draw(number * 3, 1 << 32)), "toTag": format!("{:08x}", draw(number * 5, 1 << 32)),
        "startTime": start, "stopTime": stop, "duration": duration, "status": status, "price": price,
        "proxyIP": traces::proxy_of(from.row), "applicationTypes": ["audio"],
    });
    calls::record(filler.db, from.row, "placed", &call)?;
    if let Some(received) = call.as_object_mut() {
        received.remove("price");
    }
    calls::record(filler.db, to.row, "received", &call)
}

/// Names leave ASCII; the calls' texts are quoted-printable.
fn quoted_printable(text: &str) -> String {
    let keep = |byte: u8| (b' '..=b'~').contains(&byte) && byte != b'=';
    text.bytes()
        .map(|byte| if keep(byte) { char::from(byte).to_string() } else { format!("={byte:02X}") })
        .collect()
}

fn devices(number: usize, now: i64) -> Value {
    let seed = number as i64;
    let device = |index: i64| {
        let nat = draw(seed + index, 2) == 0;
        json!({
            "address": format!("10.0.{}.{}", draw(seed, 200), 10 + index), "port": 5060,
            "publicAddress": if nat { format!("203.0.113.{}", draw(seed, 250)) } else { String::new() },
            "publicPort": if nat { 1024 + draw(seed, 60_000) } else { 0 },
            "registered": now - draw(seed * 3 + index, 3600),
            "userAgent": pick(&AGENTS, number + index as usize),
            "transport": pick(&["udp", "tcp", "tls"], number),
        })
    };
    (0..=draw(seed, 2)).map(device).collect()
}

/// A SIP address as an identifier.
fn split(uri: &str) -> Value {
    let (username, domain) = uri.split_once('@').unwrap_or((uri, ""));
    json!({"username": username, "domain": domain})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_quoted_printable() {
        assert_eq!(quoted_printable("Zoë O'Neill"), "Zo=C3=AB O'Neill");
    }
}
