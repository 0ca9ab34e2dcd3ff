//! wsdlproxy: a SOAP client that compiles any WSDL at run time.
//!
//! The modules stand on floors and import downward only: `error`, `name`, `index`, `scalar`, `limits`;
//! then `seam`, `xml`, `lexical`, `transport`; then `xsd` and `wsdl`; then `plan`; then `encode` and
//! `decode`; then `client`. Bindings use only what this file exports.

pub mod client;
pub mod decode;
pub mod encode;
pub mod error;
pub mod index;
pub mod lexical;
pub mod limits;
pub mod name;
mod pages;
pub mod plan;
pub mod scalar;
pub mod seam;
pub mod secret;
pub mod similar;
#[cfg(feature = "transport")]
pub mod transport;
pub mod wsdl;
pub mod xml;
pub mod xsd;

pub use error::{Error, ErrorKind, Result};
pub use limits::Limits;
pub use scalar::{Builtin, Scalar};
pub use seam::{Fill, Key, Sink, Source};
