//! SOAP 1.1 rpc/encoded as this server speaks it, written over a DOM and independent of the `wsdlproxy` crate on purpose:
//! a client must be judged by a server that does not share its mistakes.
//!
//! `schema` reads the embedded WSDL, `parse` turns a request into JSON values by its types, `write` does the
//! reverse for answers, `fault` holds the error codes.

pub mod fault;
pub mod guard;
pub mod parse;
pub mod scalar;
pub mod schema;
pub mod write;

pub const ENVELOPE: &str = "http://schemas.xmlsoap.org/soap/envelope/";
pub const ENCODING: &str = "http://schemas.xmlsoap.org/soap/encoding/";
pub const XSD: &str = "http://www.w3.org/2001/XMLSchema";
pub const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
pub const WSDL: &str = "http://schemas.xmlsoap.org/wsdl/";
pub const WSDL_SOAP: &str = "http://schemas.xmlsoap.org/wsdl/soap/";
pub const NGNPRO: &str = "urn:AGProjects:NGNPro";
pub const PRESENCE: &str = "urn:AGProjects:SoapSIMPLEProxy";

/// A struct on its way between the wire and the storage; the schema gives the order of its members.
pub type Doc = serde_json::Map<String, serde_json::Value>;
