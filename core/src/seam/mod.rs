//! The seam between the core and a host language: values are read through [`Source`] and built through
//! [`Sink`]. Tree shape goes through the traits, leaves through [`Scalar`](crate::scalar::Scalar).

mod sink;
mod source;
mod value;

pub use sink::{Fill, Sink};
pub use source::{Kind, Source};
pub use value::{Value, ValueSink};

use crate::index::NameId;

/// The name of a record's member.
///
/// Hosts keep one native string per `id`; `id` is [`NameId::NONE`] for a name that the plan does not have.
#[derive(Debug, Clone, Copy)]
pub struct Key<'a> {
    pub id: NameId,
    pub text: &'a str,
}
