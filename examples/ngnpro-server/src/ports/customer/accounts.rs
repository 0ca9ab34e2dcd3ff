//! Customers and resellers: a customer whose id is its own reseller is a reseller.

use super::{properties, CUSTOMERS};
use crate::actor::Scope;
use crate::ports::call::Call;
use crate::ports::sip::routing::carriers::CARRIERS;
use crate::ports::RESOURCES;
use crate::soap::fault::{Fault, CUSTOMER_EXISTS, CUSTOMER_IN_USE, CUSTOMER_MISSING};
use crate::soap::Doc;
use crate::store::doc;
use crate::store::query::Select;
use crate::store::resource::Resource;
use crate::store::rows::{self, Row};
use serde_json::Value;

/// Members that only administrators set.
const PRIVILEGED: &[&str] = &["companyCode", "resellerActive", "balance", "credit", "reseller"];

pub fn add(call: &Call) -> Result<Value, Fault> {
    call.may_manage("customers")?;
    call.may_create()?;
    let mut account = call.object("account");
    let username = doc::text(&account, "username").trim().to_owned();
    ensure_free(call, &username)?;
    doc::set(&mut account, "username", username);
    account.remove("id");
    if !call.actor.administrator {
        account.retain(|member, _| !PRIVILEGED.contains(&member.as_str()));
    }
    let reseller = match call.actor.scope {
        Scope::Everything => doc::int(&account, "reseller"),
        Scope::Reseller(id) | Scope::Customer { reseller: id, .. } => id,
    };
    if reseller != 0 && call.reseller_of(reseller)? != reseller {
        return Err(Fault::server(CUSTOMER_MISSING, format!("Customer {reseller} is not a reseller")));
    }
    doc::set(&mut account, "reseller", reseller);
    check_impersonate(call, &account, reseller)?;
    properties::check_new(call, &mut account)?;
    for (member, value) in
        [("balance", Value::from(0.0)), ("credit", 0.0.into()), ("resellerActive", false.into())]
    {
        doc::default(&mut account, member, value);
    }
    let mut account = call.insert(&CUSTOMERS, account)?;
    if reseller == 0 {
        let id = doc::int(&account, "id");
        doc::set(&mut account, "reseller", id);
        rows::save(call.db, &CUSTOMERS, id, &account)?;
    }
    Ok(Value::Object(account))
}

fn ensure_free(call: &Call, username: &str) -> Result<(), Fault> {
    if username.is_empty() {
        return Err(Fault::argument("account.username: a value is required"));
    }
    if rows::fetch(call.db, &CUSTOMERS, &[username.to_owned().into()])?.is_some() {
        return Err(Fault::server(CUSTOMER_EXISTS, format!("The customer {username} already exists")));
    }
    Ok(())
}

/// Rights can be lent by a customer that exists; only administrators lend those of another reseller.
fn check_impersonate(call: &Call, account: &Doc, reseller: i64) -> Result<(), Fault> {
    let id = doc::int(account, "impersonate");
    if id == 0 || call.reseller_of(id)? == reseller || call.actor.administrator {
        return Ok(());
    }
    Err(Fault::denied(format!("Customer {id} belongs to another reseller")))
}

/// The reseller that a customer is to have, which is itself for one that becomes a reseller.
fn check_reseller(call: &Call, row: &Row, reseller: i64) -> Result<(), Fault> {
    if reseller != row.id && call.reseller_of(reseller)? != reseller {
        return Err(Fault::server(CUSTOMER_MISSING, format!("Customer {reseller} is not a reseller")));
    }
    let customers = rows::count(call.db, &CUSTOMERS, "reseller", row.id)?;
    let itself = i64::from(doc::int(&row.doc, "reseller") == row.id);
    if customers > itself || rows::count(call.db, &CARRIERS, "reseller", row.id)? > 0 {
        let text = format!("The reseller {} still has customers or carriers", row.id);
        return Err(Fault::server(CUSTOMER_IN_USE, text));
    }
    Ok(())
}

/// What belongs to a customer belongs to its reseller.
fn pass_on(call: &Call, customer: i64, reseller: i64) -> Result<(), Fault> {
    let both =
        |resource: &Resource| ["customer", "reseller"].iter().all(|name| resource.column(name).is_some());
    for resource in RESOURCES.iter().filter(|resource| resource.table != CUSTOMERS.table && both(resource)) {
        let table = resource.table;
        let sql = format!("UPDATE {table} SET doc = json_set(doc, '$.reseller', ?1) WHERE customer = ?2");
        call.db.execute(&sql, [reseller, customer])?;
    }
    Ok(())
}

pub fn update(call: &Call) -> Result<Value, Fault> {
    let mut update = call.object("account");
    let mut row = call.require_id(&CUSTOMERS, doc::int(&update, "id"))?;
    let username = doc::text(&update, "username").trim().to_owned();
    if username.is_empty() {
        update.remove("username");
    } else if !username.eq_ignore_ascii_case(doc::text(&row.doc, "username")) {
        ensure_free(call, &username)?;
    }
    if !doc::given(&update, "password") {
        update.remove("password");
    }
    if !call.actor.administrator {
        update.retain(|member, _| !PRIVILEGED.contains(&member.as_str()));
    }
    if matches!(call.actor.scope, Scope::Customer { .. }) {
        update.remove("impersonate");
    }
    if doc::int(&update, "reseller") == 0 {
        update.remove("reseller");
    }
    let before = doc::int(&row.doc, "reseller");
    let reseller = if update.contains_key("reseller") { doc::int(&update, "reseller") } else { before };
    if reseller != before {
        check_reseller(call, &row, reseller)?;
    }
    check_impersonate(call, &update, reseller)?;
    properties::check_update(call, &row.doc, &mut update)?;
    doc::merge(&mut row.doc, update, CUSTOMERS.server);
    call.save(&CUSTOMERS, &mut row)?;
    if reseller != before {
        pass_on(call, row.id, reseller)?;
    }
    Ok(Value::Null)
}

/// Removes a customer that owns nothing any more.
pub fn delete(call: &Call) -> Result<Value, Fault> {
    call.may_manage("customers")?;
    let row = call.require_id(&CUSTOMERS, call.number("id")?)?;
    if call.actor.scope == Scope::Reseller(row.id) {
        return Err(Fault::denied("A reseller cannot delete itself"));
    }
    for resource in RESOURCES {
        for column in ["customer", "reseller", "owner"] {
            if resource.column(column).is_none() {
                continue;
            }
            let itself = resource.table == CUSTOMERS.table
                && (column == "customer" || doc::int(&row.doc, "reseller") == row.id);
            if rows::count(call.db, resource, column, row.id)? > i64::from(itself) {
                let text = format!("The customer {} still has a {}", row.id, resource.noun);
                return Err(Fault::server(CUSTOMER_IN_USE, text));
            }
        }
    }
    let sql = "SELECT count(*) FROM customers WHERE doc ->> '$.impersonate' = ?1 AND id <> ?1";
    let borrowers: i64 = call.db.prepare_cached(sql)?.query_row([row.id], |row| row.get(0))?;
    if borrowers > 0 {
        let text = format!("The customer {} still lends its rights to another one", row.id);
        return Err(Fault::server(CUSTOMER_IN_USE, text));
    }
    rows::remove(call.db, &CUSTOMERS, row.id)?;
    Ok(Value::Null)
}

pub fn get(call: &Call) -> Result<Value, Fault> {
    Ok(Value::Object(call.require_id(&CUSTOMERS, call.number("id")?)?.doc))
}

pub fn customers(call: &Call) -> Result<Value, Fault> {
    search(call, false)
}

/// Resellers; with a customer in the filter, the account of that id whoever it is.
pub fn resellers(call: &Call) -> Result<Value, Fault> {
    let query = call.object("query");
    let one = doc::sub(&query, "filter").is_some_and(|filter| doc::int(filter, "customer") != 0);
    search(call, !one)
}

fn search(call: &Call, only_resellers: bool) -> Result<Value, Fault> {
    let query = call.object("query");
    let mut select = Select::new(&CUSTOMERS, call.actor.scope);
    select.query(&query)?;
    let ticked =
        doc::sub(&query, "filter").is_some_and(|f| matches!(doc::text(f, "only_resellers"), "1" | "true"));
    if only_resellers || ticked {
        select.and("id = reseller", []);
    }
    select.list(call.db)
}
