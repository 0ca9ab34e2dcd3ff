//! SIP identifiers.

use crate::soap::fault::Fault;
use crate::soap::Doc;
use crate::store::doc;
use rusqlite::types::Value as Sql;
use serde_json::{json, Value};
use std::fmt;

/// Username and domain of an account or an alias, lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SipId {
    pub username: String,
    pub domain: String,
}

/// What asks for a username chosen by the server.
pub const AUTOINCREMENT: &str = "<autoincrement>";

impl SipId {
    /// Reads the struct `member` of an argument.
    pub fn read(from: &Doc, member: &str) -> Result<Self, Fault> {
        let id = doc::sub(from, member)
            .ok_or_else(|| Fault::argument(format!("{member}: a username and a domain are required")))?;
        Self::of(id, member)
    }

    /// Reads a SipId struct.
    pub fn of(id: &Doc, path: &str) -> Result<Self, Fault> {
        let part = |name: &str| -> Result<String, Fault> {
            let text = doc::text(id, name).trim().to_lowercase();
            let odd = |c: char| c.is_whitespace() || c.is_control() || "@<>\"'/\\".contains(c);
            if text.is_empty() || (text != AUTOINCREMENT && text.contains(odd)) {
                return Err(Fault::argument(format!("{path}.{name}: this is not a valid {name}")));
            }
            Ok(text)
        };
        Ok(Self { username: part("username")?, domain: part("domain")? })
    }

    pub fn key(&self) -> [Sql; 2] {
        [self.username.clone().into(), self.domain.clone().into()]
    }

    pub fn value(&self) -> Value {
        json!({"username": self.username, "domain": self.domain})
    }
}

impl fmt::Display for SipId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.username, self.domain)
    }
}
