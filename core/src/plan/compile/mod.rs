//! Compiles a WSDL and its schemas into a plan.
//!
//! Named types are compiled from a queue, so recursive schemas cost no stack; anonymous ones nest no deeper
//! than their document. Every name that hosts see is made here.

mod array;
mod attributes;
mod builder;
mod complex;
mod content;
mod counts;
mod elements;
mod messages;
mod services;
mod simple;
mod types;

use crate::error::Result;
use crate::wsdl::Definitions;

use super::tables::Plan;
use builder::Builder;

/// Compiles a description. The models can be dropped afterwards.
pub fn compile(mut definitions: Definitions) -> Result<Plan> {
    let names = std::mem::take(&mut definitions.schemas.names);
    let mut builder = Builder::new(names, &definitions);
    builder.all_types()?;
    builder.all_elements();
    builder.services()?;
    builder.drain()?;
    Ok(builder.finish())
}
