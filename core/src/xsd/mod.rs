//! XML Schema 1.0 part 1: schema documents into a [`SchemaSet`] of components with resolved names.
//!
//! [`model`] is the result and `catalog` its maps. `load` queues documents, `parse` reads each construct,
//! `references` reads names, `wellknown` has the schemas nobody ships; then `settle` looks after names that
//! lead nowhere, `expansion` finds circles, which `circles` cuts, and refuses explosions, `normalize` evens out spellings.

pub mod catalog;
mod circles;
mod expansion;
pub(crate) mod load;
pub mod model;
mod normalize;
pub(crate) mod parse;
mod recent;
pub(crate) mod references;
pub(crate) mod settle;
pub(crate) mod sources;
mod visit;
pub mod warning;
pub mod wellknown;

pub use catalog::Catalog;
pub use model::*;
pub use sources::{Fetch, Join};
pub use warning::{DocumentId, Warning};
