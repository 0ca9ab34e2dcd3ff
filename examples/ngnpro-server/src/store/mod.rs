//! The platform's state in SQLite.
//!
//! Each kind of object is a table of JSON documents whose members are named as on the wire; the members that are
//! searched, sorted or unique are columns generated from the document, so they cannot disagree with it.
//! A call runs in one transaction and leaves nothing behind when it ends in a fault.

pub mod doc;
pub mod query;
pub mod resource;
pub mod rows;

use crate::soap::fault::Fault;
use resource::Resource;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// The database; calls take turns.
pub struct Store {
    connection: Mutex<Connection>,
}

impl Store {
    /// Opens a file, or a database in memory when there is none, and makes the tables it lacks.
    pub fn open(file: Option<&Path>, resources: &[&Resource], more: &[&str]) -> rusqlite::Result<Self> {
        let connection = match file {
            Some(path) => Connection::open(path)?,
            None => Connection::open_in_memory()?,
        };
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.set_prepared_statement_cache_capacity(256);
        // A pattern of many wildcards costs exponential time.
        connection.set_limit(rusqlite::limits::Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 256)?;
        for resource in resources {
            connection.execute_batch(&resource.ddl())?;
        }
        for ddl in more {
            connection.execute_batch(ddl)?;
        }
        Ok(Self { connection: Mutex::new(connection) })
    }

    /// Runs one call; its changes are kept only when it succeeds.
    pub fn transact<T>(&self, call: impl FnOnce(&Transaction) -> Result<T, Fault>) -> Result<T, Fault> {
        // A panic within a call rolls its transaction back, so the connection behind a poisoned lock is sound.
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        // Another process may work on the same file: take the turn before reading what will be written.
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = call(&transaction)?;
        transaction.commit()?;
        Ok(value)
    }
}
