//! Group membership of SIP accounts; the groups are a member of the account.

use super::accounts::{self, ACCOUNTS};
use crate::ports::call::Call;
use crate::soap::fault::{Fault, ALREADY_MEMBER, NOT_MEMBER};
use crate::store::doc;
use serde_json::Value;

pub fn add(call: &Call) -> Result<Value, Fault> {
    let (mut row, group) = (accounts::of_argument(call)?, call.text("group")?);
    let mut groups = doc::list(&row.doc, "groups").to_vec();
    if groups.iter().any(|member| member == group) {
        return Err(Fault::server(
            ALREADY_MEMBER,
            format!("The account is already a member of the group {group}"),
        ));
    }
    groups.push(group.into());
    doc::set(&mut row.doc, "groups", groups);
    call.save(&ACCOUNTS, &mut row)?;
    Ok(Value::Null)
}

pub fn remove(call: &Call) -> Result<Value, Fault> {
    let (mut row, group) = (accounts::of_argument(call)?, call.text("group")?);
    let mut groups = doc::list(&row.doc, "groups").to_vec();
    let before = groups.len();
    groups.retain(|member| member != group);
    if groups.len() == before {
        return Err(Fault::server(NOT_MEMBER, format!("The account is not a member of the group {group}")));
    }
    doc::set(&mut row.doc, "groups", groups);
    call.save(&ACCOUNTS, &mut row)?;
    Ok(Value::Null)
}

pub fn list(call: &Call) -> Result<Value, Fault> {
    Ok(doc::list(&accounts::of_argument(call)?.doc, "groups").to_vec().into())
}
