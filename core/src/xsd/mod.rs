//! XML Schema 1.0 part 1: schema documents into a [`SchemaSet`] of components with resolved names.
//!
//! [`model`] is the result, `catalog` its maps.

pub mod catalog;
pub mod model;
pub mod warning;

pub use catalog::Catalog;
pub use model::*;
pub use warning::{DocumentId, Warning};
