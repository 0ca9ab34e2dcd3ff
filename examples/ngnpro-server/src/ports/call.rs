//! What an operation works with: the arguments, the caller's rights, the storage.

use crate::actor::{Actor, Scope};
use crate::ports::customer::CUSTOMERS;
use crate::soap::fault::{Fault, CUSTOMER_MISSING};
use crate::soap::schema::Schema;
use crate::soap::Doc;
use crate::store::doc;
use crate::store::query::Select;
use crate::store::resource::Resource;
use crate::store::rows::{self, Row};
use rusqlite::types::Value as Sql;
use rusqlite::Connection;
use serde_json::Value;

/// Settings that operations consult.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// Store SIP passwords as the hash pair only.
    pub encrypted_passwords: bool,
    /// Whether SIP accounts live on this server, so that other ports can ask for them.
    pub has_accounts: bool,
    /// Whether customers are managed on this server.
    pub has_customers: bool,
}

/// One call of one operation, inside its transaction.
pub struct Call<'c> {
    pub db: &'c Connection,
    pub schema: &'c Schema,
    pub policy: &'c Policy,
    pub actor: Actor,
    pub arguments: Doc,
    /// The time of the call as change dates show it.
    pub now: String,
}

impl Call<'_> {
    /// A struct argument, empty when it is absent.
    pub fn object(&self, name: &str) -> Doc {
        doc::sub(&self.arguments, name).cloned().unwrap_or_default()
    }

    /// A text argument that cannot be empty.
    pub fn text(&self, name: &str) -> Result<&str, Fault> {
        let text = doc::text(&self.arguments, name).trim();
        if text.is_empty() {
            return Err(Fault::argument(format!("{name}: a value is required")));
        }
        Ok(text)
    }

    /// A number argument that must be there.
    pub fn number(&self, name: &str) -> Result<i64, Fault> {
        if !doc::given(&self.arguments, name) {
            return Err(Fault::argument(format!("{name}: a value is required")));
        }
        Ok(doc::int(&self.arguments, name))
    }

    /// Whether the caller may see and change an object.
    pub fn owns(&self, resource: &Resource, row: &Row) -> bool {
        let ownership = resource.ownership;
        let value = |column: Option<&str>| match column {
            Some("customer") if resource.table == CUSTOMERS.table => row.id,
            Some(name) => doc::int(&row.doc, name),
            None => 0,
        };
        match self.actor.scope {
            Scope::Everything => true,
            Scope::Reseller(reseller) => value(ownership.reseller) == reseller,
            Scope::Customer { id, .. } => value(ownership.customer) == id || value(ownership.owner) == id,
        }
    }

    /// The object with this key; it must exist and be the caller's.
    pub fn require(&self, resource: &Resource, key: &[Sql], label: &str) -> Result<Row, Fault> {
        self.checked(resource, rows::fetch(self.db, resource, key)?, label)
    }

    /// The object with this number; it must exist and be the caller's.
    pub fn require_id(&self, resource: &Resource, id: i64) -> Result<Row, Fault> {
        self.checked(resource, rows::fetch_id(self.db, resource, id)?, &id.to_string())
    }

    fn checked(&self, resource: &Resource, row: Option<Row>, label: &str) -> Result<Row, Fault> {
        let noun = resource.noun;
        let missing = || Fault::server(resource.missing, format!("The {noun} {label} does not exist"));
        let row = row.ok_or_else(missing)?;
        if !self.owns(resource, &row) {
            return Err(Fault::denied(format!("The {noun} {label} belongs to somebody else")));
        }
        Ok(row)
    }

    /// Stops resellers that are not active.
    pub fn may_create(&self) -> Result<(), Fault> {
        if self.actor.active {
            return Ok(());
        }
        Err(Fault::denied("The reseller is not active and cannot create anything"))
    }

    /// Stops callers that are mere customers.
    pub fn may_manage(&self, noun: &str) -> Result<(), Fault> {
        if matches!(self.actor.scope, Scope::Customer { .. }) {
            return Err(Fault::denied(format!("A customer cannot manage {noun}")));
        }
        Ok(())
    }

    /// Stores a new object and returns it as answers show it.
    pub fn insert(&self, resource: &Resource, mut new: Doc) -> Result<Doc, Fault> {
        doc::complete(self.schema, resource.kind, &mut new, resource.server);
        doc::set(&mut new, "changeDate", self.now.as_str());
        let id = rows::insert(self.db, resource, &new)?;
        if resource.numbered {
            doc::set(&mut new, "id", id);
        }
        Ok(new)
    }

    /// Stores a changed object.
    pub fn save(&self, resource: &Resource, row: &mut Row) -> Result<(), Fault> {
        doc::complete(self.schema, resource.kind, &mut row.doc, resource.server);
        doc::set(&mut row.doc, "changeDate", self.now.as_str());
        rows::save(self.db, resource, row.id, &row.doc)
    }

    /// A list operation with nothing special about it.
    pub fn list(&self, resource: &Resource) -> Result<Value, Fault> {
        let mut select = Select::new(resource, self.actor.scope);
        select.query(&self.object("query"))?;
        select.list(self.db)
    }

    /// Gives an object the customer and the reseller it is to belong to, as far as the caller may choose.
    pub fn assign(&self, target: &mut Doc) -> Result<(), Fault> {
        let (customer, reseller) = (doc::int(target, "customer"), doc::int(target, "reseller"));
        let (customer, reseller) = match self.actor.scope {
            Scope::Everything if !self.policy.has_customers => (customer, reseller),
            Scope::Everything if customer != 0 => (customer, self.reseller_of(customer)?),
            Scope::Everything if reseller != 0 => (reseller, self.reseller_of(reseller)?),
            Scope::Everything => (0, 0),
            Scope::Reseller(own) if customer == 0 || customer == own => (own, own),
            Scope::Reseller(own) if self.reseller_of(customer)? == own => (customer, own),
            Scope::Reseller(_) => {
                return Err(Fault::denied(format!("Customer {customer} belongs to another reseller")));
            }
            Scope::Customer { id, reseller } => (id, reseller),
        };
        doc::set(target, "customer", customer);
        doc::set(target, "reseller", reseller);
        Ok(())
    }

    /// The reseller of a customer, who must exist.
    pub fn reseller_of(&self, customer: i64) -> Result<i64, Fault> {
        let row = rows::fetch_id(self.db, &CUSTOMERS, customer)?;
        let missing = || Fault::server(CUSTOMER_MISSING, format!("Customer {customer} does not exist"));
        Ok(doc::int(&row.ok_or_else(missing)?.doc, "reseller"))
    }
}

/// Takes over customer and reseller from the object that contains a new one.
pub fn inherit(child: &mut Doc, parent: &Doc) {
    for member in ["customer", "reseller"] {
        doc::set(child, member, doc::int(parent, member));
    }
}
