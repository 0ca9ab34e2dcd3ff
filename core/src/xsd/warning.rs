//! What was wrong with a document and forgiven.

use std::fmt;

use crate::error::Position;

/// A row of [`SchemaSet::documents`](super::model::SchemaSet::documents).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct DocumentId(pub u32);

/// A flaw that did not keep the service from loading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    pub message: String,
    /// Location of the document.
    pub document: String,
    pub position: Option<Position>,
}

/// As errors read: the text, then document and line in parentheses.
impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.position {
            Some(at) => {
                write!(f, "{} ({}, line {}, column {})", self.message, self.document, at.line, at.column)
            }
            None => write!(f, "{} ({})", self.message, self.document),
        }
    }
}
