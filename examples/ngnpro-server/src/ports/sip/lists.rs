//! Lists of texts that an account has: callers to reject, prefixes not to call.

use super::{accounts, data};
use crate::ports::call::Call;
use crate::soap::fault::Fault;
use crate::store::doc;
use serde_json::Value;

pub fn set_reject_members(call: &Call) -> Result<Value, Fault> {
    set(call, "reject", "members")
}

pub fn get_reject_members(call: &Call) -> Result<Value, Fault> {
    get(call, "reject")
}

pub fn set_barring_prefixes(call: &Call) -> Result<Value, Fault> {
    set(call, "barring", "prefixes")
}

pub fn get_barring_prefixes(call: &Call) -> Result<Value, Fault> {
    get(call, "barring")
}

fn set(call: &Call, kind: &str, argument: &str) -> Result<Value, Fault> {
    let account = accounts::of_argument(call)?.id;
    let texts = doc::list(&call.arguments, argument).iter().filter_map(Value::as_str).map(str::trim);
    let texts: Vec<Value> = texts.filter(|text| !text.is_empty()).map(Value::from).collect();
    data::write(call.db, account, kind, &texts.into())?;
    Ok(Value::Null)
}

fn get(call: &Call, kind: &str) -> Result<Value, Fault> {
    let stored = data::read(call.db, accounts::of_argument(call)?.id, kind)?;
    Ok(if stored.is_null() { Vec::<Value>::new().into() } else { stored })
}
