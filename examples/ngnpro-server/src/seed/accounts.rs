//! `--seed accounts=NUMBER`: many accounts in the domain `bulk.example.com`, every member of each filled.

use crate::platform::{now, Platform};
use crate::ports::sip::accounts::ACCOUNTS;
use crate::ports::sip::domains::DOMAINS;
use crate::soap::fault::Fault;
use crate::soap::Doc;
use crate::store::rows;
use serde_json::{json, Value};

const DOMAIN: &str = "bulk.example.com";

/// Makes the domain and as many of its accounts as are missing.
pub fn fill(platform: &Platform, count: u32) -> Result<(), Fault> {
    platform.store.transact(|db| {
        let now = now();
        if rows::fetch(db, &DOMAINS, &[DOMAIN.to_owned().into()])?.is_none() {
            let domain = json!({"domain": DOMAIN, "customer": 0, "reseller": 0, "verify_cert": false,
                "require_cert": false, "certificate": "", "private_key": "", "match_ip_address": "",
                "match_sip_domain": "", "changeDate": now});
            rows::insert(db, &DOMAINS, &object(domain))?;
        }
        let present = rows::count(db, &ACCOUNTS, "domain", DOMAIN.to_owned())?;
        for number in (present as u32)..count {
            rows::insert(db, &ACCOUNTS, &account(number, &now))?;
        }
        Ok(())
    })
}

/// An account with 21 members: a nested identifier, a list of texts, two lists of structs, numbers and flags.
fn account(number: u32, now: &str) -> Doc {
    const FIRST: [&str; 8] = ["Alice", "Bob", "Carla", "Dirk", "Élodie", "Fatima", "Göran", "Zoë"];
    const LAST: [&str; 7] = ["Jansen", "Smith", "O'Neill", "Müller & Söhne", "Ionescu", "García", "Yılmaz"];
    const REGIONS: [&str; 4] = ["noord-holland", "zuid-holland", "utrecht", "gelderland"];
    let pick = |list: &[&'static str]| list[number as usize % list.len()];
    let username = format!("user{number:06}");
    object(json!({
        "id": {"username": username, "domain": DOMAIN},
        "firstName": pick(&FIRST),
        "lastName": pick(&LAST),
        "password": format!("pw-{:08x}", number.wrapping_mul(2_654_435_761)),
        "timezone": "Europe/Amsterdam",
        "email": format!("{username}@{DOMAIN}"),
        "owner": 0,
        "rpid": format!("0031208{number:06}"),
        "groups": ["free-pstn", "voicemail", "missed-calls"],
        "prepaid": number.is_multiple_of(3),
        "quota": number % 100,
        "acl": [{"ip": format!("192.0.2.{}", number % 250), "mask": 32, "tag": "office"},
                {"ip": "198.51.100.0", "mask": 24, "tag": "warehouse"}],
        "properties": [{"name": "language", "value": "en"},
                       {"name": "mobile_number", "value": format!("00316{number:08}")}],
        "callLimit": 4,
        "timeout": 35,
        "region": pick(&REGIONS),
        "quickdialPrefix": "0031208",
        "createDate": now,
        "changeDate": now,
        "customer": 0,
        "reseller": 0,
    }))
}

/// The members of a JSON object.
pub fn object(value: Value) -> Doc {
    match value {
        Value::Object(doc) => doc,
        _ => Doc::new(),
    }
}
