//! The platform: from the bytes of a request to the bytes of its answer, without any HTTP.

use crate::actor::{authenticate, Actor, Administrator, Scope};
use crate::ports::call::{Call, Policy};
use crate::ports::sip::accounts::encrypt_all;
use crate::ports::{self, RESOURCES, TABLES};
use crate::soap::fault::{Fault, UNKNOWN_OPERATION};
use crate::soap::parse::{self, Credentials, Request};
use crate::soap::schema::Schema;
use crate::soap::write;
use crate::store::Store;
use rusqlite::Connection;
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
    /// Opens the storage; `ports` names the ports to serve in any case, none of them means all.
    pub fn open(
        database: Option<&Path>,
        administrator: Administrator,
        encrypted_passwords: bool,
        ports: &[String],
    ) -> Result<Self, String> {
        let schema = Schema::embedded()?;
        let named = database.map_or_else(|| "the database".to_owned(), |path| path.display().to_string());
        let failed = |error: &dyn std::fmt::Display| format!("{named}: {error}");
        let store = Store::open(database, RESOURCES, TABLES).map_err(|error| failed(&error))?;
        if encrypted_passwords {
            store.transact(|db| encrypt_all(db)).map_err(|error| failed(&error))?;
        }
        let all: Vec<String> = schema.ports().iter().map(|port| short(&port.name).to_owned()).collect();
        let known = |wanted: &String| {
            let found = all.iter().find(|name| name.eq_ignore_ascii_case(short(wanted)));
            found.cloned().ok_or_else(|| format!("there is no port {wanted}; there are {}", all.join(", ")))
        };
        let chosen = ports.iter().map(known).collect::<Result<Vec<_>, _>>()?;
        let ports = if chosen.is_empty() { all } else { chosen };
        let serves = |name: &str| ports.iter().any(|port| port == name);
        let (has_accounts, has_customers) = (serves("Sip"), serves("Customer"));
        let policy = Policy { encrypted_passwords, has_accounts, has_customers };
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

    fn authenticate(&self, db: &Connection, credentials: Option<&Credentials>) -> Result<Actor, Fault> {
        authenticate(db, &self.administrator, credentials, self.policy.has_customers)
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
            let actor = match port.as_str() {
                // Its operations check the password of the account they name, and touch nothing else.
                "PresencePort" => Actor { administrator: false, scope: Scope::Everything, active: true },
                _ => self.authenticate(db, request.credentials.as_ref())?,
            };
            let (schema, policy, now) = (&self.schema, &self.policy, now());
            handler(&Call { db, schema, policy, actor, arguments: request.arguments, now })
        })
    }
}

/// A port's name without its ending.
pub fn short(port: &str) -> &str {
    port.strip_suffix("Port").unwrap_or(port)
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
