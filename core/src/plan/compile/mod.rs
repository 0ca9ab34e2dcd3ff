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

use crate::error::{Error, Result};
use crate::wsdl::Definitions;

use super::check::simple_cycle;
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
    let plan = builder.finish();
    match simple_cycle(&plan) {
        Some(id) => Err(Error::wsdl(format!("simple type {} contains itself", plan.type_label(id)))),
        None => Ok(plan),
    }
}
