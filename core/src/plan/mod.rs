//! The compiled WSDL: immutable flat tables, linked by typed ids.
//!
//! A plan knows nothing of XML documents or host objects; it is `Send + Sync` and shared as `Arc<Plan>`.
//! Everything a host sees (names of attributes, text content, groups) is settled here.

mod check;
mod compile;
mod content;
mod find;
mod image;
mod put;
pub mod services;
pub mod store;
pub mod tables;

pub use check::is_sound;
pub use compile::compile;
pub use content::{Choice, Nesting, NESTING};
pub use services::*;
pub use tables::*;
