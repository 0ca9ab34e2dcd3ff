//! Registered devices. They register outside of provisioning: here they come from the seed.

use super::id::SipId;
use super::{accounts, data};
use crate::ports::call::Call;
use crate::soap::fault::Fault;
use crate::store::doc;
use serde_json::{json, Value};
use time::OffsetDateTime;

/// Name of the stored list; each device carries `registered`, the time of one of its registrations.
pub const KIND: &str = "locations";
/// Seconds after which a device registers again.
const PERIOD: i64 = 3600;

/// One list for each account asked about, in the same order.
pub fn list(call: &Call) -> Result<Value, Fault> {
    let mut answer = Vec::new();
    for id in doc::list(&call.arguments, "sipIds").iter().filter_map(Value::as_object) {
        let id = SipId::of(id, "sipIds")?;
        let account = accounts::require(call, &id)?.id;
        let stored = data::read(call.db, account, KIND)?;
        let mut locations = stored.as_array().cloned().unwrap_or_default();
        for location in locations.iter_mut().filter_map(Value::as_object_mut) {
            let age = OffsetDateTime::now_utc().unix_timestamp() - doc::int(location, "registered");
            doc::set(location, "expires", PERIOD - age.rem_euclid(PERIOD));
        }
        answer.push(json!({"sipId": id.value(), "locations": locations}));
    }
    Ok(answer.into())
}
