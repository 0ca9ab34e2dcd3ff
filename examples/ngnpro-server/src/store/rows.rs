//! Single objects: insert, fetch, save, remove.

use super::resource::Resource;
use crate::soap::fault::Fault;
use crate::soap::Doc;
use rusqlite::types::Value as Sql;
use rusqlite::{params, params_from_iter, Connection, OptionalExtension};

/// A stored object.
#[derive(Debug, Clone)]
pub struct Row {
    pub id: i64,
    pub doc: Doc,
}

/// Reads a stored document; numbered objects get their number.
pub fn document(resource: &Resource, id: i64, text: &str) -> Result<Doc, Fault> {
    let mut doc: Doc = serde_json::from_str(text)?;
    if resource.numbered {
        doc.insert("id".to_owned(), id.into());
    }
    Ok(doc)
}

fn serialize(resource: &Resource, doc: &Doc) -> Result<String, Fault> {
    if resource.numbered {
        let mut stored = doc.clone();
        stored.remove("id");
        return Ok(serde_json::to_string(&stored)?);
    }
    Ok(serde_json::to_string(doc)?)
}

/// Adds an object and returns its number; a second one with the same key is the resource's fault.
pub fn insert(db: &Connection, resource: &Resource, doc: &Doc) -> Result<i64, Fault> {
    let sql = format!("INSERT INTO {} (doc) VALUES (?1)", resource.table);
    let text = serialize(resource, doc)?;
    match db.prepare_cached(&sql)?.execute(params![text]) {
        Ok(_) => Ok(db.last_insert_rowid()),
        Err(error) => Err(conflict(resource, error)),
    }
}

/// Replaces an object.
pub fn save(db: &Connection, resource: &Resource, id: i64, doc: &Doc) -> Result<(), Fault> {
    let sql = format!("UPDATE {} SET doc = ?2 WHERE id = ?1", resource.table);
    let text = serialize(resource, doc)?;
    db.prepare_cached(&sql)?.execute(params![id, text]).map_err(|error| conflict(resource, error))?;
    Ok(())
}

fn conflict(resource: &Resource, error: rusqlite::Error) -> Fault {
    if error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation) {
        return Fault::server(resource.exists, format!("The {} already exists", resource.noun));
    }
    error.into()
}

/// The object with these values of its key columns, or with this number where the key is the number.
pub fn fetch(db: &Connection, resource: &Resource, key: &[Sql]) -> Result<Option<Row>, Fault> {
    let mut sql = format!("SELECT id, doc FROM {} WHERE ", resource.table);
    if resource.key.is_empty() {
        sql.push_str("id = ?");
    } else {
        let columns: Vec<String> = resource.key.iter().map(|name| format!("\"{name}\" = ?")).collect();
        sql.push_str(&columns.join(" AND "));
    }
    fetch_by(db, resource, &sql, key)
}

/// The object with this number.
pub fn fetch_id(db: &Connection, resource: &Resource, id: i64) -> Result<Option<Row>, Fault> {
    let sql = format!("SELECT id, doc FROM {} WHERE id = ?", resource.table);
    fetch_by(db, resource, &sql, &[Sql::Integer(id)])
}

fn fetch_by(db: &Connection, resource: &Resource, sql: &str, values: &[Sql]) -> Result<Option<Row>, Fault> {
    let mut statement = db.prepare_cached(sql)?;
    let read = |row: &rusqlite::Row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?));
    let found = statement.query_row(params_from_iter(values), read).optional()?;
    found.map(|(id, text)| Ok(Row { id, doc: document(resource, id, &text)? })).transpose()
}

/// Removes an object.
pub fn remove(db: &Connection, resource: &Resource, id: i64) -> Result<(), Fault> {
    let sql = format!("DELETE FROM {} WHERE id = ?1", resource.table);
    db.prepare_cached(&sql)?.execute(params![id])?;
    Ok(())
}

/// How many objects have this value in a column.
pub fn count(
    db: &Connection,
    resource: &Resource,
    column: &str,
    value: impl Into<Sql>,
) -> Result<i64, Fault> {
    let sql = format!("SELECT count(*) FROM {} WHERE \"{column}\" = ?1", resource.table);
    Ok(db.prepare_cached(&sql)?.query_row(params![value.into()], |row| row.get(0))?)
}
