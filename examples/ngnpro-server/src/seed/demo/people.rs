//! Resellers, customers, domains, accounts, aliases.

use super::{draw, pick, Filler};
use crate::ports::customer::CUSTOMERS;
use crate::ports::sip::accounts::ACCOUNTS;
use crate::soap::fault::Fault;
use crate::store::rows;
use serde_json::{json, Value};

const RESELLERS: [(&str, &str, &str); 2] =
    [("northsea", "Northsea Telecom", "Rotterdam"), ("alpine", "Alpine Voice", "Innsbruck")];
/// Username, organization, city, and the number of the reseller.
const CUSTOMERS_OF: [(&str, &str, &str, usize); 5] = [
    ("harbour", "Harbour Logistics", "Rotterdam", 0),
    ("lighthouse", "Lighthouse Publishing", "Den Haag", 0),
    ("dunes", "Dunes Hotels", "Zandvoort", 0),
    ("summit", "Summit Outdoor", "Innsbruck", 1),
    ("valley", "Valley Dairies", "Salzburg", 1),
];
const LABELS: [&str; 4] = ["office", "sales", "support", "warehouse"];
pub const ACCOUNTS_PER_DOMAIN: usize = 250;

const FIRST: [&str; 16] = [
    "Alice", "Bram", "Carla", "Dirk", "Élodie", "Fatima", "Göran", "Hanna", "Igor", "Jana", "Kaan", "Lotte",
    "Marek", "Noor", "Olga", "Zoë",
];
const LAST: [&str; 13] = [
    "Jansen", "Smith", "O'Neill", "Müller", "Ionescu", "García", "Yılmaz", "de Vries", "Novák", "Rossi",
    "Hansen", "Dubois", "Kowalski",
];

pub struct Customer {
    pub id: i64,
    pub reseller: i64,
    pub username: &'static str,
}

pub struct Domain {
    pub name: String,
    pub customer: i64,
}

/// An account: its number in the storage and what others need of it.
pub struct Account {
    pub row: i64,
    pub uri: String,
    pub name: String,
    pub prepaid: bool,
}

/// Whether the demo's first reseller is there.
pub fn is_present(filler: &Filler) -> Result<bool, Fault> {
    let username = RESELLERS[0].0.to_owned();
    Ok(rows::fetch(filler.db, &CUSTOMERS, &[username.into()])?.is_some())
}

/// Makes the resellers and the customers; all of them have the password `demo`.
pub fn customers(filler: &Filler) -> Result<Vec<Customer>, Fault> {
    let mut resellers = Vec::new();
    for (username, organization, city) in RESELLERS {
        let account =
            contact(username, organization, city, json!({"resellerActive": true, "credit": 1000.0}));
        resellers.push(add(filler, account)?);
    }
    let mut customers = Vec::new();
    for (username, organization, city, reseller) in CUSTOMERS_OF {
        let reseller = resellers[reseller];
        let account = contact(
            username,
            organization,
            city,
            json!({"reseller": reseller, "properties": [
            {"name": "sip_credit", "category": "credit", "value": "2000", "permission": "admin"},
            {"name": "pstn_access", "category": "sip", "value": "1", "permission": "reseller"},
            {"name": "sip_accounts_last_domain", "category": "web", "value": "", "permission": "customer"}]}),
        );
        customers.push(Customer { id: add(filler, account)?, reseller, username });
    }
    Ok(customers)
}

fn contact(username: &str, organization: &str, city: &str, more: Value) -> Value {
    let mut account = json!({
        "username": username, "password": "demo", "organization": organization, "city": city,
        "firstName": pick(&FIRST, username.len()), "lastName": pick(&LAST, organization.len()),
        "email": format!("info@{username}.example.com"), "web": format!("https://www.{username}.example.com/"),
        "tel": "+31208005100", "address": "Unknown", "postcode": "Unknown", "country": "N/A", "state": "N/A",
        "timezone": "Europe/Amsterdam", "language": "en",
    });
    if let (Some(account), Value::Object(more)) = (account.as_object_mut(), more) {
        account.extend(more);
    }
    account
}

fn add(filler: &Filler, account: Value) -> Result<i64, Fault> {
    let made = filler.run("CustomerPort", "addAccount", json!({"account": account}))?;
    Ok(made["id"].as_i64().unwrap_or_default())
}

/// Makes four domains for each customer.
pub fn domains(filler: &Filler, customers: &[Customer]) -> Result<Vec<Domain>, Fault> {
    let mut domains = Vec::new();
    for customer in customers {
        for label in LABELS {
            let name = format!("{label}.{}.example.com", customer.username);
            let domain = json!({"domain": name, "customer": customer.id, "reseller": customer.reseller});
            filler.run("SipPort", "addDomain", json!({"domain": domain}))?;
            domains.push(Domain { name, customer: customer.id });
        }
    }
    Ok(domains)
}

/// Makes the accounts of all domains, and an alias for every tenth.
pub fn accounts(filler: &Filler, domains: &[Domain]) -> Result<Vec<Account>, Fault> {
    let mut accounts = Vec::new();
    for domain in domains {
        for _ in 0..ACCOUNTS_PER_DOMAIN {
            let number = accounts.len();
            let account = account(number, domain);
            let id = account["id"].clone();
            let prepaid = account["prepaid"] == true;
            let name = format!("{} {}", pick(&FIRST, number), pick(&LAST, number));
            filler.run("SipPort", "addAccount", json!({"account": account}))?;
            let uri = format!("{}@{}", id["username"].as_str().unwrap_or_default(), domain.name);
            let key =
                ["username", "domain"].map(|part| id[part].as_str().unwrap_or_default().to_owned().into());
            let row = rows::fetch(filler.db, &ACCOUNTS, &key)?.map_or(0, |row| row.id);
            if number.is_multiple_of(10) {
                let alias = json!({"id": {"username": format!("desk{number:04}"), "domain": domain.name},
                    "target": id, "owner": domain.customer});
                filler.run("SipPort", "addAlias", json!({"alias": alias}))?;
            }
            accounts.push(Account { row, uri, name, prepaid });
        }
    }
    Ok(accounts)
}

fn account(number: usize, domain: &Domain) -> Value {
    let (first, last) = (pick(&FIRST, number), pick(&LAST, number));
    let seed = number as i64;
    let prepaid = draw(seed, 5) == 0;
    let mut groups = vec!["free-pstn"];
    for (group, odds) in [("voicemail", 3), ("missed-calls", 4), ("anonymous", 20), ("blocked", 60)] {
        if draw(seed + odds, odds) == 0 {
            groups.push(group);
        }
    }
    json!({
        "id": {"username": format!("{}", 31_208_000_000_i64 + seed), "domain": domain.name},
        "firstName": first, "lastName": last,
        "password": format!("demo{number:04}"),
        "timezone": "Europe/Amsterdam",
        "email": format!("user{number:04}@{}", domain.name),
        "owner": domain.customer,
        "rpid": format!("0031208{number:06}"),
        "groups": groups, "prepaid": prepaid, "quota": if prepaid { 0 } else { 25 + draw(seed, 4) * 25 },
        "callLimit": 2 + draw(seed, 3), "region": "nl",
        "acl": if draw(seed, 25) == 0 { json!([{"ip": "192.0.2.0", "mask": 24, "tag": "office"}]) } else { json!([]) },
        "properties": [{"name": "language", "value": pick(&["en", "nl", "de"], number)}],
    })
}
