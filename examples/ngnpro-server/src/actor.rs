//! Who calls, and what that lets them see and change.
//!
//! Administrators come from the command line, customers from the customers table. Without `admin` in the header the
//! administrators are tried first. `impersonate` narrows an administrator to a customer or reseller; 0 does not.

use crate::ports::customer::CUSTOMERS;
use crate::soap::fault::{Fault, CUSTOMER_MISSING, NOT_AUTHENTICATED};
use crate::soap::parse::Credentials;
use crate::store::doc;
use crate::store::rows::{self, Row};
use rusqlite::Connection;

/// The part of the platform a caller works on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Everything,
    Reseller(i64),
    Customer { id: i64, reseller: i64 },
}

/// An authenticated caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor {
    /// Whether the credentials are an administrator's, impersonating or not.
    pub administrator: bool,
    pub scope: Scope,
    /// False for a reseller that must not create anything.
    pub active: bool,
}

/// The administrator account of the command line.
#[derive(Clone)]
pub struct Administrator {
    pub username: String,
    pub password: String,
}

/// Checks credentials; `has_customers` tells whether customers are managed on this server.
pub fn authenticate(
    db: &Connection,
    administrator: &Administrator,
    credentials: Option<&Credentials>,
    has_customers: bool,
) -> Result<Actor, Fault> {
    let refuse = |text: &str| Fault::server(NOT_AUTHENTICATED, text);
    let credentials = credentials.ok_or_else(|| refuse("The request carries no credentials"))?;
    let wanted = credentials.impersonate.unwrap_or_default();
    if credentials.admin != Some(false) && matches(administrator, credentials) {
        let unrestricted = Actor { administrator: true, scope: Scope::Everything, active: true };
        if wanted == 0 {
            return Ok(unrestricted);
        }
        return match customer(db, wanted) {
            // A voicemail server of its own does not know the customers of the platform.
            Err(_) if !has_customers => Ok(unrestricted),
            found => act_for(db, &found?, true),
        };
    }
    if credentials.admin == Some(true) {
        return Err(refuse("The username or the password of the administrator is wrong"));
    }
    let row = login(db, credentials)?.ok_or_else(|| refuse("The username or the password is wrong"))?;
    let own = act_for(db, &row, false)?;
    if wanted == 0 || wanted == row.id {
        return Ok(own);
    }
    let target = customer(db, wanted)?;
    let reseller = doc::int(&target.doc, "reseller");
    if own.scope != Scope::Reseller(reseller) {
        return Err(Fault::denied(format!("These credentials cannot act for customer {wanted}")));
    }
    act_for(db, &target, false)
}

fn matches(administrator: &Administrator, credentials: &Credentials) -> bool {
    let same = |a: &str, b: &str| {
        // Takes as long for a near miss as for any other.
        let differing = a.bytes().zip(b.bytes()).fold(0, |sum, (x, y)| sum | (x ^ y));
        a.len() == b.len() && differing == 0
    };
    same(&administrator.username, &credentials.username)
        & same(&administrator.password, &credentials.password)
}

fn login(db: &Connection, credentials: &Credentials) -> Result<Option<Row>, Fault> {
    let row = rows::fetch(db, &CUSTOMERS, &[credentials.username.clone().into()])?;
    Ok(row.filter(|row| {
        let known = Administrator {
            username: doc::text(&row.doc, "username").to_owned(),
            password: doc::text(&row.doc, "password").to_owned(),
        };
        !known.password.is_empty() && matches(&known, credentials)
    }))
}

fn customer(db: &Connection, id: i64) -> Result<Row, Fault> {
    let missing = || Fault::server(CUSTOMER_MISSING, format!("Customer {id} does not exist"));
    rows::fetch_id(db, &CUSTOMERS, id)?.ok_or_else(missing)
}

/// The rights of an account: its own, or those of the account it impersonates.
fn act_for(db: &Connection, row: &Row, administrator: bool) -> Result<Actor, Fault> {
    let impersonated = doc::int(&row.doc, "impersonate");
    let other =
        if impersonated == 0 || impersonated == row.id { None } else { Some(customer(db, impersonated)?) };
    let row = other.as_ref().unwrap_or(row);
    let reseller = doc::int(&row.doc, "reseller");
    let (scope, active) = if row.id == reseller {
        (Scope::Reseller(reseller), doc::flag(&row.doc, "resellerActive"))
    } else {
        (Scope::Customer { id: row.id, reseller }, true)
    };
    Ok(Actor { administrator, scope, active })
}
