//! Routes: which carrier takes which prefix. Each operation takes a list and does all of it or nothing.

use super::carriers::CARRIERS;
use crate::ports::call::Call;
use crate::soap::fault::{Fault, ROUTE_EXISTS, ROUTE_MISSING};
use crate::soap::Doc;
use crate::store::doc;
use crate::store::resource::{number, text, Ownership, Resource};
use crate::store::rows;
use serde_json::Value;

pub static ROUTES: Resource = Resource {
    noun: "route",
    table: "sip_routes",
    kind: "Route",
    list: "routes",
    columns: &[
        number("carrier_id", "$.carrier_id"),
        text("prefix", "$.prefix"),
        text("originator", "$.originator"),
        number("priority", "$.priority"),
        number("reseller", "$.reseller"),
        text("changeDate", "$.changeDate"),
    ],
    key: &["prefix", "originator", "carrier_id"],
    filters: &["prefix", "carrier_id", "reseller", "id"],
    orders: &["prefix", "priority"],
    ownership: Ownership::RESELLER,
    server: &["id", "carrier", "reseller", "changeDate"],
    numbered: true,
    missing: ROUTE_MISSING,
    exists: ROUTE_EXISTS,
};

/// Answers nothing: the list of new routes would break the platform's own client.
pub fn add(call: &Call) -> Result<Value, Fault> {
    call.may_manage("routes")?;
    call.may_create()?;
    for mut route in routes(call) {
        complete(call, &mut route)?;
        call.insert(&ROUTES, route)?;
    }
    Ok(Value::Null)
}

fn complete(call: &Call, route: &mut Doc) -> Result<(), Fault> {
    let carrier = call.require_id(&CARRIERS, doc::int(route, "carrier_id"))?.doc;
    doc::set(route, "carrier", doc::text(&carrier, "name"));
    doc::set(route, "reseller", doc::int(&carrier, "reseller"));
    doc::default(route, "priority", 0);
    for member in ["prefix", "originator"] {
        doc::default(route, member, "");
    }
    Ok(())
}

pub fn update(call: &Call) -> Result<Value, Fault> {
    for update in routes(call) {
        let mut row = call.require_id(&ROUTES, doc::int(&update, "id"))?;
        doc::merge(&mut row.doc, update, ROUTES.server);
        complete(call, &mut row.doc)?;
        call.save(&ROUTES, &mut row)?;
    }
    Ok(Value::Null)
}

pub fn delete(call: &Call) -> Result<Value, Fault> {
    for route in routes(call) {
        let row = call.require_id(&ROUTES, doc::int(&route, "id"))?;
        rows::remove(call.db, &ROUTES, row.id)?;
    }
    Ok(Value::Null)
}

pub fn list(call: &Call) -> Result<Value, Fault> {
    call.list(&ROUTES)
}

fn routes(call: &Call) -> Vec<Doc> {
    doc::list(&call.arguments, "routes").iter().filter_map(|route| route.as_object().cloned()).collect()
}
