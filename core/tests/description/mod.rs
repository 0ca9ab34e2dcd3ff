//! Loads descriptions from texts in memory, and writes components in a short notation to compare with.
//!
//! `a:xs:int?` is an optional element, `(a, b)` a sequence, `(a | b)` a choice, `(a & b)` an `all`; then
//! attributes follow, each after `@`, with `!` where required. `t:` stands for the namespace `urn:t`.

mod notation;

use wsdlproxy::wsdl::{self, Definitions};
use wsdlproxy::xsd::TypeDef;
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

/// A description with an empty service around the content of `types`.
pub fn around(types: &str) -> String {
    format!(
        r#"<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"
            xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" xmlns:o="urn:o"
            xmlns:e="http://schemas.xmlsoap.org/soap/encoding/" targetNamespace="urn:t">
          <types>{types}</types><service name="S"/></definitions>"#
    )
}

/// A schema of the namespace `urn:t` with these components.
pub fn in_schema(components: &str) -> String {
    format!(r#"<xs:schema targetNamespace="urn:t">{components}</xs:schema>"#)
}

/// Loads a schema of the namespace `urn:t` with these components.
pub fn schema(components: &str) -> Definitions {
    load(&around(&in_schema(components)))
}

/// Loads a description around `types` with further documents, which lie beside it.
pub fn schemas(types: &str, beside: &[(&str, &str)]) -> Definitions {
    let main = around(types);
    let beside: Vec<(String, &str)> =
        beside.iter().map(|(at, text)| (format!("http://test/{at}"), *text)).collect();
    let mut documents = vec![(MAIN, main.as_str())];
    documents.extend(beside.iter().map(|(at, text)| (at.as_str(), *text)));
    load_all(&documents).unwrap()
}

/// A schema document of the namespace `urn:t` with the given attributes and components.
pub fn document(attributes: &str, components: &str) -> String {
    format!(
        r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" xmlns:o="urn:o"
            {attributes}>{components}</xs:schema>"#
    )
}

/// Texts of the warnings.
pub fn warnings(definitions: &Definitions) -> Vec<String> {
    definitions.warnings.iter().map(|warning| warning.message.clone()).collect()
}

/// A type by its name in the notation.
pub fn find_type<'d>(definitions: &'d Definitions, name: &str) -> &'d TypeDef {
    let notation = Notation(&definitions.schemas);
    let mut found = definitions.schemas.types.iter().filter(|(have, _)| notation.name(*have) == name);
    found.next().unwrap_or_else(|| panic!("no type {name}")).1
}

/// A type in the notation.
pub fn show(definitions: &Definitions, name: &str) -> String {
    Notation(&definitions.schemas).type_def(find_type(definitions, name))
}

/// A global element in the notation.
pub fn show_element(definitions: &Definitions, name: &str) -> String {
    let notation = Notation(&definitions.schemas);
    let mut found = definitions.schemas.elements.iter().filter(|(have, _)| notation.name(*have) == name);
    notation.element(found.next().unwrap_or_else(|| panic!("no element {name}")).1)
}
