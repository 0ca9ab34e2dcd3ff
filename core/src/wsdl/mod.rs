//! WSDL 1.1: descriptions, with all they import, into [`Definitions`].
//!
//! [`model`] is the result. `load` queues documents, `parse` reads each element of the grammar, `join` leads
//! ports to bindings, bindings to port types and operations to messages. Documents arrive through a closure,
//! so nothing here knows HTTP.

mod bound;
mod join;
mod load;
pub mod model;

mod parse;

pub use crate::xsd::Warning;
pub use load::load;
pub use model::*;
