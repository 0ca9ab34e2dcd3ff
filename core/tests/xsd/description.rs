//! Schemas for tests: whole descriptions from their components, and components to compare with.

#[path = "../description/mod.rs"]
mod shared;

use wsdlproxy::wsdl::Definitions;
use wsdlproxy::xsd::TypeDef;

pub use shared::*;

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
