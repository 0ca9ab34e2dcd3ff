//! Call diversions, one target for each condition.

use super::{accounts, data};
use crate::ports::call::Call;
use crate::soap::fault::Fault;
use crate::soap::Doc;
use crate::store::doc;
use serde_json::Value;

const KIND: &str = "diversions";
const CONDITIONS: [&str; 5] = ["FUNC", "FNOL", "FBUS", "FNOA", "FUNV"];

/// Replaces all diversions: a condition that is not given is cleared.
pub fn set(call: &Call) -> Result<Value, Fault> {
    let account = accounts::of_argument(call)?.id;
    let wanted = call.object("diversions");
    let mut stored = Doc::new();
    for condition in CONDITIONS {
        match doc::text(&wanted, condition).trim() {
            "" => {}
            "voice-mailbox" => doc::set(&mut stored, condition, "<voice-mailbox>"),
            target => doc::set(&mut stored, condition, target),
        }
    }
    data::write(call.db, account, KIND, &Value::Object(stored))?;
    Ok(Value::Null)
}

pub fn get(call: &Call) -> Result<Value, Fault> {
    let stored = data::read(call.db, accounts::of_argument(call)?.id, KIND)?;
    let target = |condition: &str| stored.get(condition).cloned().unwrap_or_default();
    Ok(CONDITIONS
        .iter()
        .map(|condition| ((*condition).to_owned(), target(condition)))
        .collect::<Doc>()
        .into())
}
