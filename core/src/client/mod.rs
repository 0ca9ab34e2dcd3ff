//! The client: a plan, a port and the choices of a user, with the three verbs of a call.
//!
//! [`Client::prepare`] writes the request, the binding's own code sends it while it holds no interpreter lock,
//! and [`Client::finish`] reads the answer. Nothing here calls user code while waiting.

mod answer;
mod auth;
#[cfg(feature = "transport")]
mod cache;
mod definition;
mod multipart;
mod request;

pub use crate::xml::mask::masked;
pub use answer::Response;
pub use auth::Auth;
#[cfg(feature = "transport")]
pub use cache::Cache;
pub use definition::Definition;
pub use request::Request;

use std::sync::Arc;

use crate::decode;
use crate::encode;
use crate::error::{Error, Result};
use crate::index::*;
use crate::plan::Plan;
use crate::similar::hint;

/// What a user chose besides the network.
#[derive(Clone, Default)]
pub struct Settings {
    /// Where to send instead of the port's address.
    pub location: Option<String>,
    pub auth: Option<Auth>,
    pub encode: encode::Options,
    pub decode: decode::Options,
}

/// One port of a service, ready for calls. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    plan: Arc<Plan>,
    port: PortId,
    location: Arc<str>,
    settings: Arc<Settings>,
}

impl Client {
    /// A client of `port`. Fails if credentials are given that its operations have no header for.
    pub fn new(plan: Arc<Plan>, port: PortId, mut settings: Settings) -> Result<Self> {
        // Best effort in one direction is best effort in the other.
        settings.decode.lenient |= !settings.encode.strict;
        let location = match &settings.location {
            Some(location) => location.as_str().into(),
            None => plan.text(plan.ports[port].address).into(),
        };
        let client = Self { plan, port, location, settings: Arc::new(settings) };
        if client.settings.auth.is_some() {
            client.check_auth()?;
        }
        Ok(client)
    }

    /// The same port with other settings.
    pub fn with_settings(&self, settings: Settings) -> Result<Self> {
        Self::new(Arc::clone(&self.plan), self.port, settings)
    }

    pub fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    pub fn port(&self) -> PortId {
        self.port
    }

    pub fn location(&self) -> &str {
        &self.location
    }

    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The port's operations.
    pub fn operations(&self) -> Run<OpId> {
        self.plan.ports[self.port].operations
    }

    /// An operation by its exact name, else without regard to case.
    pub fn operation(&self, name: &str) -> Result<OpId> {
        let plan = &*self.plan;
        let key = |op: &OpId| plan.text(plan.operations[*op].key);
        if let Some(op) = self.operations().ids().find(|op| key(op) == name) {
            return Ok(op);
        }
        if let Some(op) = self.operations().ids().find(|op| key(op).eq_ignore_ascii_case(name)) {
            return Ok(op);
        }
        let port = plan.text(plan.ports[self.port].name);
        let names: Vec<_> = self.operations().ids().collect();
        let others = plan.ports.ids().filter(|port| *port != self.port);
        let elsewhere = others
            .into_iter()
            .find(|port| plan.ports[*port].operations.ids().any(|op| key(&op).eq_ignore_ascii_case(name)));
        let hint = match elsewhere {
            Some(other) => format!("; {} has it", plan.text(plan.ports[other].name)),
            None => hint(name, names.iter().map(key)),
        };
        Err(Error::usage(format!("{port} has no operation {name:?}{hint}")))
    }
}
