//! WSDL 1.1: descriptions, with all they import, into [`Definitions`].
//!
//! [`model`] is the result; documents arrive through a closure, so nothing here knows HTTP.

pub mod model;

pub use crate::xsd::Warning;
pub use model::*;
