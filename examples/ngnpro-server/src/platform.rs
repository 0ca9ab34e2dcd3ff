//! The platform: from the bytes of a request to the bytes of its answer, without any HTTP.

use crate::actor::{authenticate, Administrator};
use crate::ports::call::{Call, Policy};
use crate::ports::{self, RESOURCES, TABLES};
use crate::soap::fault::{Fault, UNKNOWN_OPERATION};
use crate::soap::parse::{self, Request};
use crate::soap::schema::Schema;
use crate::soap::write;
use crate::store::Store;
use serde_json::Value;
use std::path::Path;
use time::macros::format_description;
use time::OffsetDateTime;

/// Everything a running server shares between requests.
pub struct Platform {
    pub schema: Schema,
    pub store: Store,
    pub administrator: Administrator,
    pub policy: Policy,
    /// Short names of the ports that are served, such as `Sip`.
    pub ports: Vec<String>,
}

/// An answer and whether it is a fault.
pub struct Answer {
    pub body: String,
    pub fault: bool,
}

impl Platform {
    pub fn open(
        database: Option<&Path>,
        administrator: Administrator,
        policy: Policy,
    ) -> Result<Self, String> {
        let schema = Schema::embedded()?;
        let store = Store::open(database, RESOURCES, TABLES).map_err(|error| error.to_string())?;
        let ports = schema.ports().iter().map(|port| short(&port.name).to_owned()).collect();
        Ok(Self { schema, store, administrator, policy, ports })
    }

    /// Answers one request.
    pub fn answer(&self, body: &[u8], content_type: &str) -> Answer {
        let request =
            parse::text(body, content_type).and_then(|text| parse::request(&self.schema, text.as_ref()));
        let outcome = request.and_then(|request| {
            let (port, operation) = (request.port, request.operation);
            let started = std::time::Instant::now();
            let outcome = self.call(request);
            let code = outcome.as_ref().err().map(|fault| fault.code);
            tracing::info!(port = port.name, operation = operation.name, ?code, elapsed = ?started.elapsed(), "call");
            outcome.map(|value| write::response(&self.schema, port, operation, &value))
        });
        match outcome {
            Ok(body) => Answer { body, fault: false },
            Err(fault) => Answer { body: write::fault(&fault), fault: true },
        }
    }

    fn call(&self, request: Request) -> Result<Value, Fault> {
        let port = &request.port.name;
        if !self.ports.iter().any(|served| served == short(port)) {
            return Err(Fault::client(UNKNOWN_OPERATION, format!("{port} is not served here")));
        }
        let handler = ports::handler(port, &request.operation.name);
        let handler = handler
            .ok_or_else(|| Fault::client(UNKNOWN_OPERATION, format!("{port} lacks this operation")))?;
        self.store.transact(|db| {
            let actor = authenticate(db, &self.administrator, request.credentials.as_ref())?;
            let (schema, policy, now) = (&self.schema, &self.policy, now());
            handler(&Call { db, schema, policy, actor, arguments: request.arguments, now })
        })
    }
}

/// A port's name without its ending.
pub fn short(port: &str) -> &str {
    port.trim_end_matches("Port")
}

/// The time as change dates show it, in UTC.
pub fn now() -> String {
    stamp(OffsetDateTime::now_utc())
}

/// A time as change dates show it.
pub fn stamp(at: OffsetDateTime) -> String {
    let form = format_description!("[year]-[month]-[day] [hour]:[minute]:[second]");
    at.format(form).unwrap_or_default()
}
