//! Lists: conditions, order, range, and the total of all matches.
//!
//! Texts match with SQL's LIKE (`%` and `_`), numbers exactly; an absent, empty or zero member of a filter does not
//! restrict. Rows that sort alike follow in the order in which they were made.

use super::doc;
use super::resource::{Kind, Resource};
use super::rows::{document, Row};
use crate::actor::Scope;
use crate::soap::fault::Fault;
use crate::soap::Doc;
use rusqlite::types::Value as Sql;
use rusqlite::{params_from_iter, Connection};
use serde_json::Value;

/// Longest pattern of a filter.
const MAX_PATTERN: usize = 200;
/// Most `%` of a pattern: each multiplies the time a comparison may take.
const MAX_WILDCARDS: usize = 8;

/// A query under construction.
pub struct Select<'r> {
    resource: &'r Resource,
    conditions: Vec<String>,
    values: Vec<Sql>,
    order: String,
    range: Option<(i64, i64)>,
}

impl<'r> Select<'r> {
    /// All objects that the scope may see.
    pub fn new(resource: &'r Resource, scope: Scope) -> Self {
        let mut select = Self {
            resource,
            conditions: Vec::new(),
            values: Vec::new(),
            order: "id".to_owned(),
            range: None,
        };
        let ownership = resource.ownership;
        match scope {
            Scope::Everything => {}
            Scope::Reseller(reseller) => match ownership.reseller {
                Some(column) => select.and(&format!("\"{column}\" = ?"), [reseller.into()]),
                None => select.and("0", []),
            },
            Scope::Customer { id, .. } => {
                let columns: Vec<_> = [ownership.customer, ownership.owner].into_iter().flatten().collect();
                let any: Vec<_> = columns.iter().map(|column| format!("\"{column}\" = ?")).collect();
                let any = if any.is_empty() { "0".to_owned() } else { any.join(" OR ") };
                select.and(&format!("({any})"), columns.iter().map(|_| id.into()));
            }
        }
        select
    }

    /// Adds a condition written in SQL.
    pub fn and(&mut self, condition: &str, values: impl IntoIterator<Item = Sql>) {
        self.conditions.push(condition.to_owned());
        self.values.extend(values);
    }

    /// Matches a text column against a pattern; an empty pattern or one that matches everything does not restrict.
    pub fn like(&mut self, column: &str, pattern: &str) -> Result<(), Fault> {
        let pattern = pattern.trim();
        if pattern.chars().all(|c| c == '%') {
            return Ok(());
        }
        if pattern.len() > MAX_PATTERN || pattern.matches('%').count() > MAX_WILDCARDS {
            return Err(Fault::argument(format!(
                "{column}: the pattern is too long or has too many wildcards"
            )));
        }
        if pattern.contains(['%', '_']) {
            self.and(&format!("\"{column}\" LIKE ?"), [pattern.to_owned().into()]);
        } else {
            self.and(&format!("\"{column}\" = ?"), [pattern.to_owned().into()]);
        }
        Ok(())
    }

    /// Applies the filter, the order and the range of a …Query struct.
    pub fn query(&mut self, query: &Doc) -> Result<(), Fault> {
        if let Some(filter) = doc::sub(query, "filter") {
            self.filter(filter)?;
        }
        if let Some(order) = doc::sub(query, "orderBy") {
            self.order_by(doc::text(order, "attribute"), doc::text(order, "direction"))?;
        }
        if let Some(range) = doc::sub(query, "range") {
            self.range(range)?;
        }
        Ok(())
    }

    fn filter(&mut self, filter: &Doc) -> Result<(), Fault> {
        for &name in self.resource.filters {
            match self.resource.column(name).map(|column| column.kind) {
                Some(Kind::Text) => self.like(name, doc::text(filter, name))?,
                Some(Kind::Number | Kind::Account) | None => {
                    let wanted = doc::int(filter, name);
                    if wanted != 0 {
                        self.and(&format!("\"{name}\" = ?"), [wanted.into()]);
                    }
                }
            }
        }
        Ok(())
    }

    fn order_by(&mut self, attribute: &str, direction: &str) -> Result<(), Fault> {
        if attribute.is_empty() {
            return Ok(());
        }
        let direction = match direction.to_ascii_uppercase().as_str() {
            "" | "ASC" => "ASC",
            "DESC" => "DESC",
            _ => return Err(Fault::argument("orderBy.direction: expected ASC or DESC")),
        };
        let known = self.resource.orders.iter().find(|name| **name == attribute);
        let column = known.ok_or_else(|| {
            let orders = self.resource.orders.join(", ");
            Fault::argument(format!("orderBy.attribute: expected one of {orders}"))
        })?;
        self.order = format!("\"{column}\" {direction}, id {direction}");
        Ok(())
    }

    /// Restricts the rows to a page.
    pub fn range(&mut self, range: &Doc) -> Result<(), Fault> {
        let (start, count) = (doc::int(range, "start"), doc::int(range, "count"));
        if start < 0 || count < 0 {
            return Err(Fault::argument("range: start and count cannot be negative"));
        }
        self.range = Some((start, count));
        Ok(())
    }

    /// The rows of the page and the number of all matches.
    pub fn rows(mut self, db: &Connection) -> Result<(Vec<Row>, i64), Fault> {
        let table = self.resource.table;
        let condition =
            if self.conditions.is_empty() { "1".to_owned() } else { self.conditions.join(" AND ") };
        let total = match self.range {
            Some(_) => {
                let sql = format!("SELECT count(*) FROM {table} WHERE {condition}");
                let mut statement = db.prepare_cached(&sql)?;
                Some(statement.query_row(params_from_iter(&self.values), |row| row.get(0))?)
            }
            None => None,
        };
        let (start, count) = self.range.unwrap_or((0, -1));
        self.values.extend([Sql::Integer(count), Sql::Integer(start)]);
        let order = &self.order;
        let sql = format!("SELECT id, doc FROM {table} WHERE {condition} ORDER BY {order} LIMIT ? OFFSET ?");
        let mut statement = db.prepare_cached(&sql)?;
        let mut cursor = statement.query(params_from_iter(&self.values))?;
        let mut rows = Vec::new();
        while let Some(row) = cursor.next()? {
            let id = row.get(0)?;
            let text = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
            rows.push(Row { id, doc: document(self.resource, id, text)? });
        }
        let total = total.unwrap_or(rows.len() as i64);
        Ok((rows, total))
    }

    /// The answer struct of a list operation.
    pub fn list(self, db: &Connection) -> Result<Value, Fault> {
        let member = self.resource.list;
        let (rows, total) = self.rows(db)?;
        Ok(page(member, rows.into_iter().map(|row| Value::Object(row.doc)).collect(), total))
    }
}

/// A list answer.
pub fn page(member: &str, items: Vec<Value>, total: i64) -> Value {
    let mut answer = Doc::new();
    answer.insert(member.to_owned(), Value::Array(items));
    answer.insert("total".to_owned(), total.into());
    Value::Object(answer)
}
