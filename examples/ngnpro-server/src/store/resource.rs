//! What the storage must know about a kind of object: its columns, its key, its rights, its error codes.

use crate::soap::fault::Code;
use std::fmt::Write as _;

/// A column generated from the document.
#[derive(Debug)]
pub struct Column {
    pub name: &'static str,
    /// Path of the member within the document; empty for the row's number.
    pub path: &'static str,
    pub kind: Kind,
}

/// How a column is searched: text with LIKE, numbers and flags for equality.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Number,
    /// Number of the SIP account the object goes away with.
    Account,
}

pub const fn text(name: &'static str, path: &'static str) -> Column {
    Column { name, path, kind: Kind::Text }
}

pub const fn number(name: &'static str, path: &'static str) -> Column {
    Column { name, path, kind: Kind::Number }
}

pub const fn account(name: &'static str, path: &'static str) -> Column {
    Column { name, path, kind: Kind::Account }
}

/// To whom an object belongs; each names a column.
#[derive(Debug, Clone, Copy)]
pub struct Ownership {
    pub customer: Option<&'static str>,
    pub reseller: Option<&'static str>,
    pub owner: Option<&'static str>,
}

impl Ownership {
    pub const FULL: Self =
        Self { customer: Some("customer"), reseller: Some("reseller"), owner: Some("owner") };
    pub const CUSTOMER: Self = Self { customer: Some("customer"), reseller: Some("reseller"), owner: None };
    /// Reached only through an account, whose ownership decides.
    pub const ACCOUNT: Self = Self { customer: None, reseller: None, owner: None };
    pub const RESELLER: Self = Self { customer: None, reseller: Some("reseller"), owner: None };
}

/// A kind of object.
#[derive(Debug)]
pub struct Resource {
    /// For messages.
    pub noun: &'static str,
    pub table: &'static str,
    /// Type in the WSDL.
    pub kind: &'static str,
    /// Member of a list answer that holds the objects.
    pub list: &'static str,
    pub columns: &'static [Column],
    /// Columns that together are unique; empty when the number `id` is the key.
    pub key: &'static [&'static str],
    /// Members of the query's filter that name columns; the kind of the column says how they match.
    pub filters: &'static [&'static str],
    /// Columns a query may sort by.
    pub orders: &'static [&'static str],
    pub ownership: Ownership,
    /// Members that callers cannot change.
    pub server: &'static [&'static str],
    /// Whether objects carry their row's number as member `id`.
    pub numbered: bool,
    pub missing: Code,
    pub exists: Code,
}

impl Resource {
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The statements that make the table and its indexes.
    pub fn ddl(&self) -> String {
        let table = self.table;
        let mut sql = format!(
            "CREATE TABLE IF NOT EXISTS {table} (id INTEGER PRIMARY KEY AUTOINCREMENT, doc TEXT NOT NULL"
        );
        for Column { name, path, kind } in self.columns {
            let (kind, reference) = match kind {
                Kind::Text => ("TEXT COLLATE NOCASE", ""),
                Kind::Number => ("INTEGER", ""),
                Kind::Account => ("INTEGER", " REFERENCES sip_accounts(id) ON DELETE CASCADE"),
            };
            let _ = if path.is_empty() {
                write!(sql, ", \"{name}\" {kind} GENERATED ALWAYS AS (id) VIRTUAL")
            } else {
                write!(sql, ", \"{name}\" {kind} GENERATED ALWAYS AS (doc ->> '{path}') STORED{reference}")
            };
        }
        sql.push_str(");");
        if !self.key.is_empty() {
            let key = self.key.join("\", \"");
            let _ = write!(sql, "CREATE UNIQUE INDEX IF NOT EXISTS {table}_key ON {table} (\"{key}\");");
        }
        for name in ["customer", "reseller", "owner"] {
            if self.column(name).is_some() {
                let _ = write!(sql, "CREATE INDEX IF NOT EXISTS {table}_{name} ON {table} ({name});");
            }
        }
        sql
    }
}
