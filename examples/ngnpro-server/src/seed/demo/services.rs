//! Mailboxes, phonebooks, telephone numbers, DNS zones, routing to the PSTN.

use super::people::{Customer, Domain, ACCOUNTS_PER_DOMAIN};
use super::Filler;
use crate::soap::fault::Fault;
use serde_json::{json, Value};

pub fn fill(filler: &Filler, customers: &[Customer], domains: &[Domain]) -> Result<(), Fault> {
    for (number, domain) in domains.iter().enumerate() {
        let first = 31_208_000_000_i64 + (number * ACCOUNTS_PER_DOMAIN) as i64;
        settings(filler, domain, first)?;
    }
    for (number, customer) in customers.iter().enumerate() {
        telephone_numbers(filler, customer, number, domains)?;
        zone(filler, customer)?;
    }
    routing(filler, customers)
}

/// What the first account of a domain has set up: mailbox, diversions, phonebook, price list.
fn settings(filler: &Filler, domain: &Domain, first: i64) -> Result<(), Fault> {
    let id = json!({"username": first.to_string(), "domain": domain.name});
    let colleague = format!("sip:{}@{}", first + 1, domain.name);
    let mailbox = json!({"sipId": id, "name": "Front desk", "password": "1234",
        "email": format!("desk@{}", domain.name), "options": {"delete": false}});
    filler.run("VoicemailPort", "addAccount", json!({"account": mailbox}))?;
    let diversions = json!({"FBUS": "<voice-mailbox>", "FNOA": colleague});
    filler.run("SipPort", "setCallDiversions", json!({"sipId": id, "diversions": diversions}))?;
    for (uri, name, group) in
        [(colleague.as_str(), "Colleague", "coworkers"), ("sip:echo@example.org", "Echo", "")]
    {
        let entry = json!({"uri": uri, "name": name, "group": group});
        filler.run("SipPort", "addPhonebookEntry", json!({"sipId": id, "entry": entry}))?;
    }
    let profiles = json!({"entity": format!("subscriber://{first}@{}", domain.name), "profileWeekday": "1",
        "profileWeekend": "2", "timezone": "Europe/Amsterdam"});
    filler.run("RatingPort", "setEntityProfiles", json!({"profiles": profiles}))?;
    Ok(())
}

/// A range for each customer with numbers for the first ten accounts of its first domain.
fn telephone_numbers(
    filler: &Filler,
    customer: &Customer,
    number: usize,
    domains: &[Domain],
) -> Result<(), Fault> {
    let prefix = 31_208_100 + number;
    let range = json!({"id": {"prefix": prefix.to_string(), "tld": "e164.arpa"}, "ttl": 3600, "minDigits": 11,
        "maxDigits": 11, "size": 100, "info": format!("Numbers of {}", customer.username),
        "nameservers": ["ns1.example.com", "ns2.example.com"], "customer": customer.id});
    filler.run("EnumPort", "addRange", json!({"range": range}))?;
    let Some(at) = domains.iter().position(|domain| domain.customer == customer.id) else { return Ok(()) };
    for index in 0..10 {
        let account = 31_208_000_000_i64 + (at * ACCOUNTS_PER_DOMAIN + index) as i64;
        let target = format!("sip:{account}@{}", domains[at].name);
        let entry = json!({"id": {"number": format!("{prefix}{index:03}"), "tld": "e164.arpa"},
            "owner": customer.id, "info": "", "mappings": [{"type": "sip", "mapto": target}]});
        filler.run("EnumPort", "addNumber", json!({"number": entry}))?;
    }
    Ok(())
}

fn zone(filler: &Filler, customer: &Customer) -> Result<(), Fault> {
    let zone = format!("{}.example.com", customer.username);
    let arguments = json!({"zone": {"name": zone, "nameservers": ["ns1.example.com", "ns2.example.com"],
        "customer": customer.id, "info": "Demo zone"}});
    filler.run("DnsPort", "addZone", arguments)?;
    let record = |name: &str, kind: &str, value: &str, priority: i64| -> Value {
        json!({"record": {"name": name, "zone": zone, "type": kind, "value": value, "priority": priority,
            "owner": customer.id}})
    };
    let mail = format!("mail.{zone}");
    let sip = format!("0 5060 sip.{zone}");
    for (name, kind, value, priority) in [
        ("", "MX", mail.as_str(), 10),
        ("mail", "A", "192.0.2.80", 0),
        ("sip", "A", "192.0.2.5", 0),
        ("_sip._udp", "SRV", sip.as_str(), 10),
        ("", "NAPTR", "10 \"s\" \"SIP+D2U\" \"\" _sip._udp", 50),
        ("www", "AAAA", "2001:db8::80", 0),
    ] {
        filler.run("DnsPort", "addRecord", record(name, kind, value, priority))?;
    }
    let alias = format!("info@{zone}");
    filler.run("DnsPort", "addFancyRecord", record(&alias, "MBOXFW", "desk@example.org", 0))?;
    filler.run("DnsPort", "addFancyRecord", record("portal", "URL", "https://portal.example.org/", 0))?;
    Ok(())
}

/// Two carriers for each reseller, each with a gateway, a rule and routes, and a trusted peer.
fn routing(filler: &Filler, customers: &[Customer]) -> Result<(), Fault> {
    let mut resellers: Vec<i64> = customers.iter().map(|customer| customer.reseller).collect();
    resellers.dedup();
    for (number, reseller) in resellers.into_iter().enumerate() {
        for (index, name) in ["Blue Carrier", "Red Carrier"].iter().enumerate() {
            let ip = format!("192.0.2.{}", 100 + number * 10 + index);
            let carrier = json!({"name": name, "reseller": reseller});
            let carrier = filler.run("SipPort", "addCarrier", json!({"carrier": carrier}))?["id"].clone();
            let gateway = json!({"name": format!("gw{}", index + 1), "carrier_id": carrier, "ip": ip});
            let gateway = filler.run("SipPort", "addGateway", json!({"gateway": gateway}))?["id"].clone();
            let rule = json!({"gateway_id": gateway, "prefix": "0031", "strip": 2, "prepend": "+"});
            filler.run("SipPort", "addGatewayRule", json!({"rule": rule}))?;
            let routes = json!([{"carrier_id": carrier, "prefix": "0031", "priority": index + 1},
                {"carrier_id": carrier, "prefix": "", "priority": index + 10}]);
            filler.run("SipPort", "addRoutes", json!({"routes": routes}))?;
        }
        let peer = json!({"ip": format!("198.51.100.{}", 10 + number), "description": "Office PBX", "callLimit": 30,
            "customer": reseller});
        filler.run("SipPort", "addTrustedPeer", json!({"peer": peer}))?;
    }
    Ok(())
}
