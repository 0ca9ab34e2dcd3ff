//! NGNPro's `auth` header.
//!
//! It goes out as the binding's `soap:header` declares it; where the WSDL declares none, operations in NGNPro's own
//! namespaces get it as NGNPro's clients have always sent it: without a namespace, its members typed.

use std::fmt;

use super::Client;
use crate::encode::Envelope;
use crate::error::{Error, Result};
use crate::index::*;
use crate::plan::Wrapper;
use crate::seam::Value;

/// The namespaces of NGNPro's operations begin so.
const NGNPRO: &str = "urn:AGProjects:NGNPro:";

/// Credentials of an NGNPro administrator, reseller or customer.
#[derive(Clone, PartialEq, Eq)]
pub struct Auth {
    pub username: String,
    pub password: String,
    /// Whether the login is an administrator's; sent only if given.
    pub admin: Option<bool>,
    /// The customer or reseller to act for; sent only if given.
    pub impersonate: Option<i64>,
}

/// Shows the user's name only.
impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Auth").field("username", &self.username).finish_non_exhaustive()
    }
}

impl Auth {
    fn value(&self) -> Value {
        let mut members = vec![
            ("username".to_owned(), Value::string(&*self.username)),
            ("password".to_owned(), Value::string(&*self.password)),
        ];
        if let Some(admin) = self.admin {
            members.push(("admin".to_owned(), admin.into()));
        }
        if let Some(impersonate) = self.impersonate {
            members.push(("impersonate".to_owned(), impersonate.into()));
        }
        Value::Record(members)
    }
}

impl Client {
    /// The declared header that credentials go into.
    fn auth_header(&self, op: OpId) -> Option<HeaderId> {
        let plan = &*self.plan;
        let message = &plan.messages[plan.operations[op].input];
        message.headers.ids().find(|id| plan.text(plan.headers[*id].part.name.local) == "auth")
    }

    fn is_ngnpro(&self, op: OpId) -> bool {
        let plan = &*self.plan;
        let message = &plan.messages[plan.operations[op].input];
        message.wrapper.get().is_some_and(|Wrapper(name, _)| plan.text(name.ns).starts_with(NGNPRO))
    }

    /// Refuses credentials for a port that has no place for them.
    pub(super) fn check_auth(&self) -> Result<()> {
        if self.operations().ids().any(|op| self.auth_header(op).is_some() || self.is_ngnpro(op)) {
            return Ok(());
        }
        let port = self.plan.text(self.plan.ports[self.port].name);
        Err(Error::usage(format!(
            "auth: the operations of {port} have no auth header; for HTTP authentication use basic_auth"
        )))
    }

    /// Adds the header to a request of `op`.
    pub(super) fn write_auth(&self, op: OpId, envelope: &mut Envelope<'_>) -> Result<()> {
        let Some(auth) = &self.settings.auth else { return Ok(()) };
        if let Some(header) = self.auth_header(op) {
            envelope.header(header, &&auth.value())
        } else if self.is_ngnpro(op) {
            envelope.unqualified_header("auth", &&auth.value())
        } else {
            Ok(())
        }
    }
}
