//! XML on floor 1: the only user of the tokenizer crate.
//!
//! [`cursor`] reads a document as a stream and refuses everything that is not namespace-well-formed XML 1.0
//! without a document type; [`document`] keeps a small tree for WSDL and schema documents; [`escape`] and
//! [`fragment`] serve the writer; [`encoding`] turns bytes into text;
//! [`mask`] makes messages fit to be shown.

pub mod cursor;
pub mod customary;
pub mod document;
pub mod encoding;
pub mod escape;
pub mod fragment;
pub mod mask;
mod mask_plain;
pub mod name_chars;

mod attributes;
mod leaf;
mod markup;
mod names;
mod pieces;
pub mod place;
mod plain;
mod references;
mod scan;
mod scope;
mod shared;
mod standalone;
mod tags;
mod tree;
mod words;

pub use attributes::Attribute;
pub use cursor::{Cursor, Event, Name, Note};
pub use document::{Document, Element};
pub use escape::{escape_attribute, escape_text};
pub use fragment::{check_elements, check_fragment};
pub use name_chars::is_ncname;
pub use scope::{NsId, Scope};
