//! Loads descriptions from texts in memory, and writes components in a short notation to compare with.
//!
//! `a:xs:int?` is an optional element, `(a, b)` a sequence, `(a | b)` a choice, `(a & b)` an `all`; then
//! attributes follow, each after `@`, with `!` where required. `t:` stands for the namespace `urn:t`.

mod notation;

use wsdlproxy::wsdl::{self, Definitions};
use wsdlproxy::{Error, Limits, Result};

pub use notation::Notation;

/// The location of the first document.
pub const MAIN: &str = "http://test/main.wsdl";

/// Loads the first of some documents, which may refer to the others by location.
pub fn load_bytes(documents: &[(&str, &[u8])], limits: &Limits) -> Result<Definitions> {
    let mut fetch = |location: &str| {
        let found = documents.iter().find(|(at, _)| *at == location);
        let (at, bytes) = found.ok_or_else(|| Error::wsdl(format!("no document at {location}")))?;
        Ok(((*at).to_owned(), bytes.to_vec()))
    };
    wsdl::load(documents[0].0, documents[0].1, &mut fetch, &join, limits)
}

/// Loads the first of some texts.
pub fn load_all(documents: &[(&str, &str)]) -> Result<Definitions> {
    let bytes: Vec<(&str, &[u8])> = documents.iter().map(|(at, text)| (*at, text.as_bytes())).collect();
    load_bytes(&bytes, &Limits::default())
}

/// Loads a single text.
pub fn load(text: &str) -> Definitions {
    load_all(&[(MAIN, text)]).unwrap()
}

/// References in tests are absolute, or names beside the document.
fn join(base: &str, reference: &str) -> String {
    match base.rfind('/') {
        Some(slash) if !reference.contains("://") => format!("{}/{reference}", &base[..slash]),
        _ => reference.to_owned(),
    }
}

/// Texts of the warnings.
pub fn warnings(definitions: &Definitions) -> Vec<String> {
    definitions.warnings.iter().map(|warning| warning.message.clone()).collect()
}
