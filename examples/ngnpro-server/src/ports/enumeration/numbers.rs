//! ENUM numbers and their mappings. A number belongs to whom its range belongs.

use super::{digits, ranges};
use crate::ports::call::{inherit, Call};
use crate::soap::fault::{Fault, NUMBER_EXISTS, NUMBER_MISSING, RANGE_FULL};
use crate::soap::Doc;
use crate::store::doc;
use crate::store::query::Select;
use crate::store::resource::{number, text, Ownership, Resource};
use crate::store::rows::{self, Row};
use serde_json::{json, Value};

pub static NUMBERS: Resource = Resource {
    noun: "ENUM number",
    table: "enum_numbers",
    kind: "EnumNumber",
    list: "numbers",
    columns: &[
        text("number", "$.id.number"),
        text("tld", "$.id.tld"),
        text("range_prefix", "$.range"),
        number("owner", "$.owner"),
        number("customer", "$.customer"),
        number("reseller", "$.reseller"),
        text("changeDate", "$.changeDate"),
    ],
    key: &["number", "tld"],
    filters: &["number", "tld", "owner", "customer", "reseller"],
    orders: &["changeDate", "number", "tld"],
    ownership: Ownership::FULL,
    server: &["customer", "reseller", "changeDate"],
    numbered: false,
    missing: NUMBER_MISSING,
    exists: NUMBER_EXISTS,
};

/// The last number given to a mapping.
pub const COUNTER: &str =
    "CREATE TABLE IF NOT EXISTS enum_mapping_ids (id INTEGER PRIMARY KEY AUTOINCREMENT)";

pub fn add(call: &Call) -> Result<Value, Fault> {
    call.may_create()?;
    let mut number = call.object("number");
    let (digits, tld) = identifier(doc::sub(&number, "id"))?;
    let mut range = ranges::containing(call, &digits, &tld)?;
    if rows::fetch(call.db, &NUMBERS, &[digits.clone().into(), tld.clone().into()])?.is_some() {
        return Err(Fault::server(
            NUMBER_EXISTS,
            format!("The ENUM number {digits} of {tld} already exists"),
        ));
    }
    check_limits(&range.doc, &digits)?;
    doc::set(&mut number, "id", json!({"number": digits, "tld": tld}));
    let prefix = doc::sub(&range.doc, "id").map_or("", |id| doc::text(id, "prefix")).to_owned();
    doc::set(&mut number, "range", prefix);
    doc::default(&mut number, "owner", 0);
    inherit(&mut number, &range.doc);
    let mappings = mappings(call, &number, &[])?;
    doc::set(&mut number, "mappings", mappings);
    let number = call.insert(&NUMBERS, number)?;
    ranges::bump(call, &mut range)?;
    Ok(Value::Object(number))
}

fn identifier(id: Option<&Doc>) -> Result<(String, String), Fault> {
    let id = id.ok_or_else(|| Fault::argument("number.id: a number and a tld are required"))?;
    let number = doc::text(id, "number").trim().trim_start_matches('+').to_owned();
    let tld = doc::text(id, "tld").trim().trim_matches('.').to_lowercase();
    if !digits(&number) || number.len() > 20 || tld.is_empty() {
        return Err(Fault::argument("number.id: expected digits and the name of a tree"));
    }
    Ok((number, tld))
}

fn check_limits(range: &Doc, number: &str) -> Result<(), Fault> {
    let length = number.len() as i64;
    let (least, most, size) =
        (doc::int(range, "minDigits"), doc::int(range, "maxDigits"), doc::int(range, "size"));
    if length < least || (most != 0 && length > most) {
        return Err(Fault::argument(format!("number.id.number: the range wants {least} to {most} digits")));
    }
    if size != 0 && doc::int(range, "used") >= size {
        return Err(Fault::server(RANGE_FULL, format!("The ENUM range has its {size} numbers already")));
    }
    Ok(())
}

/// The mappings as they are stored; one that was there before keeps its number.
fn mappings(call: &Call, number: &Doc, before: &[Value]) -> Result<Vec<Value>, Fault> {
    let known = |id: i64| before.iter().any(|old| old["id"].as_i64() == Some(id));
    let mut stored = Vec::new();
    for mapping in doc::list(number, "mappings").iter().filter_map(Value::as_object) {
        let mut mapping = mapping.clone();
        for member in ["type", "mapto"] {
            let value = doc::text(&mapping, member).trim().to_owned();
            if value.is_empty() {
                return Err(Fault::argument(format!("number.mappings.{member}: a value is required")));
            }
            doc::set(&mut mapping, member, value);
        }
        doc::default(&mut mapping, "priority", 5);
        doc::default(&mut mapping, "ttl", 3600);
        if !known(doc::int(&mapping, "id")) {
            call.db.prepare_cached("INSERT INTO enum_mapping_ids DEFAULT VALUES")?.execute([])?;
            doc::set(&mut mapping, "id", call.db.last_insert_rowid());
        }
        stored.push(Value::Object(mapping));
    }
    Ok(stored)
}

pub fn update(call: &Call) -> Result<Value, Fault> {
    let update = call.object("number");
    let mut row = require(call, doc::sub(&update, "id"))?;
    let before = doc::list(&row.doc, "mappings").to_vec();
    doc::merge(&mut row.doc, update, &["id", "range", "customer", "reseller", "changeDate"]);
    let mappings = mappings(call, &row.doc, &before)?;
    doc::set(&mut row.doc, "mappings", mappings);
    call.save(&NUMBERS, &mut row)?;
    touch_range(call, &row)
}

pub fn delete(call: &Call) -> Result<Value, Fault> {
    let row = of_argument(call)?;
    rows::remove(call.db, &NUMBERS, row.id)?;
    touch_range(call, &row)
}

fn touch_range(call: &Call, number: &Row) -> Result<Value, Fault> {
    let id = doc::sub(&number.doc, "id").cloned().unwrap_or_default();
    let key = [doc::text(&number.doc, "range").to_owned().into(), doc::text(&id, "tld").to_owned().into()];
    if let Some(mut range) = rows::fetch(call.db, &ranges::RANGES, &key)? {
        ranges::bump(call, &mut range)?;
    }
    Ok(Value::Null)
}

pub fn get(call: &Call) -> Result<Value, Fault> {
    Ok(Value::Object(of_argument(call)?.doc))
}

/// Numbers by the usual members, and by a mapping whose type and address match; the scheme may be left out.
pub fn list(call: &Call) -> Result<Value, Fault> {
    let query = call.object("query");
    let mut select = Select::new(&NUMBERS, call.actor.scope);
    select.query(&query)?;
    let filter = doc::sub(&query, "filter").cloned().unwrap_or_default();
    let (kind, mapto) = (doc::text(&filter, "type"), doc::text(&filter, "mapto"));
    if kind.len() > 200 || mapto.len() > 200 || mapto.matches('%').count() > 8 {
        return Err(Fault::argument("mapto: the pattern is too long or has too many wildcards"));
    }
    if !kind.is_empty() || !mapto.is_empty() {
        let pattern = |text: &str| if text.is_empty() { "%".to_owned() } else { text.to_owned() };
        let mapto = pattern(mapto);
        let condition =
            "EXISTS (SELECT 1 FROM json_each(doc, '$.mappings') AS m WHERE m.value ->> '$.type' LIKE ?
             AND (m.value ->> '$.mapto' LIKE ?
                  OR substr(m.value ->> '$.mapto', 1 + instr(m.value ->> '$.mapto', ':')) LIKE ?))";
        select.and(condition, [pattern(kind).into(), mapto.clone().into(), mapto.into()]);
    }
    select.list(call.db)
}

fn of_argument(call: &Call) -> Result<Row, Fault> {
    require(call, doc::sub(&call.arguments, "enumId"))
}

fn require(call: &Call, id: Option<&Doc>) -> Result<Row, Fault> {
    let (number, tld) = identifier(id)?;
    let label = format!("{number} of {tld}");
    call.require(&NUMBERS, &[number.into(), tld.into()], &label)
}
