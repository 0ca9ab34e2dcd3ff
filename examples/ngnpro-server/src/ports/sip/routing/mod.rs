//! Routing to the PSTN: carriers, their gateways with rules, the routes, and the peers that need no password.
//!
//! Carriers belong to resellers, everything else to the reseller of its carrier. Names of carriers and gateways are
//! copied to where lists show them and follow when they change.

pub mod carriers;
pub mod gateways;
pub mod peers;
pub mod routes;
pub mod rules;

use crate::ports::call::Call;
use crate::soap::fault::Fault;
use crate::soap::Doc;
use crate::store::doc;
use rusqlite::{params, ToSql};

/// Changes a copied member wherever it was copied to.
fn copy_to(
    call: &Call,
    table: &str,
    (reference, id): (&str, i64),
    member: &str,
    value: impl ToSql,
) -> Result<(), Fault> {
    let sql = format!("UPDATE {table} SET doc = json_set(doc, '$.{member}', ?1) WHERE {reference} = ?2");
    call.db.execute(&sql, params![value, id])?;
    Ok(())
}

fn delete_of(call: &Call, table: &str, reference: &str, id: i64) -> Result<(), Fault> {
    call.db.execute(&format!("DELETE FROM {table} WHERE {reference} = ?1"), params![id])?;
    Ok(())
}

fn required(object: &Doc, member: &str) -> Result<String, Fault> {
    let text = doc::text(object, member).trim();
    if text.is_empty() {
        return Err(Fault::argument(format!("{member}: a value is required")));
    }
    Ok(text.to_owned())
}
