//! Schemas that every service may use and few carry: they are compiled in, so that loading never asks the
//! network for them, nor the author for an import.

use super::catalog::Catalog;
use super::model::SchemaSet;
use super::parse::Reader;
use super::references::References;
use crate::error::Result;
use crate::index::NameId;
use crate::limits::Limits;
use crate::name::{ns, Interner};
use crate::xml::document::Document;

/// The namespace of XML Schema in every [`SchemaSet`].
pub const XSD: NameId = NameId(1);
/// The namespace of WSDL: the last row of [`SCHEMAS`].
pub(super) const WSDL: NameId = NameId(FIRST + SCHEMAS.len() as u32 - 1);
const FIRST: u32 = 2;

/// Namespace and schema. Their order gives the ids of the namespaces.
pub(super) const SCHEMAS: [(&str, &str); 13] = [
    (ns::SOAP11_ENCODING, include_str!("wellknown/soap11-encoding.xsd")),
    (ns::SOAP12_ENCODING, include_str!("wellknown/soap12-encoding.xsd")),
    (ns::XML, include_str!("wellknown/xml.xsd")),
    (ns::SOAP11_ENVELOPE, include_str!("wellknown/soap11-envelope.xsd")),
    (ns::SOAP12_ENVELOPE, include_str!("wellknown/soap12-envelope.xsd")),
    (ns::SOAP12_RPC, include_str!("wellknown/soap12-rpc.xsd")),
    (ns::APACHE, include_str!("wellknown/xml-soap.xsd")),
    ("http://www.w3.org/2005/08/addressing", include_str!("wellknown/addressing-2005-08.xsd")),
    ("http://schemas.xmlsoap.org/ws/2004/08/addressing", include_str!("wellknown/addressing-2004-08.xsd")),
    ("http://www.w3.org/2005/05/xmlmime", include_str!("wellknown/xmlmime-2005-05.xsd")),
    ("http://www.w3.org/2004/11/xmlmime", include_str!("wellknown/xmlmime-2004-11.xsd")),
    ("http://ws-i.org/profiles/basic/1.1/xsd", include_str!("wellknown/swaref.xsd")),
    (ns::WSDL, include_str!("wellknown/wsdl.xsd")),
];

/// The index of a namespace in [`SCHEMAS`].
pub(super) fn index(ns: NameId) -> Option<usize> {
    let index = ns.0.checked_sub(FIRST)? as usize;
    (index < SCHEMAS.len()).then_some(index)
}

/// The bit of a namespace in a set of those in [`SCHEMAS`]; 0 for all others.
pub(super) fn bit(ns: NameId) -> u32 {
    index(ns).map_or(0, |index| 1 << index)
}

impl Default for SchemaSet {
    fn default() -> Self {
        let mut names = Interner::default();
        assert_eq!(names.intern(ns::XSD), XSD, "the first name of a set");
        for (ns, _) in SCHEMAS {
            names.intern(ns);
        }
        Self {
            names,
            types: Catalog::default(),
            elements: Catalog::default(),
            attributes: Catalog::default(),
            groups: Catalog::default(),
            attribute_groups: Catalog::default(),
            substitutions: Catalog::default(),
            documents: Vec::new(),
            warnings: Vec::new(),
            references: References::default(),
        }
    }
}

/// Reads the schemas that were mentioned, and those that these mention. What the service's own documents
/// define goes before.
pub(super) fn add(set: &mut SchemaSet) -> Result<()> {
    let mut done = 0;
    loop {
        let next = set.references.wanted & !done;
        if next == 0 {
            return Ok(());
        }
        done |= next;
        for (row, (ns, text)) in SCHEMAS.iter().enumerate() {
            if next & (1 << row) != 0 {
                let document = Document::parse(*text, ns, &Limits::default())?;
                let id = set.add_document(&document);
                let warnings = set.warnings.len();
                Reader::read(set, id, document.root(), None);
                // A service may carry its own edition of such a schema.
                set.warnings.truncate(warnings);
            }
        }
    }
}

/// What a built-in type of the drafts of 1999 and 2000 is called in the recommendation.
pub(super) fn draft_name(local: &str) -> &str {
    match local {
        "ur-type" => "anyType",
        "timeInstant" => "dateTime",
        "timeDuration" => "duration",
        "timePeriod" | "recurringDate" | "recurringDay" | "recurringDuration" => "string",
        "month" => "gYearMonth",
        "year" => "gYear",
        "century" => "string",
        "binary" => "base64Binary",
        "uriReference" | "uri" => "anyURI",
        "CDATA" => "normalizedString",
        "encodedString" => "base64Binary",
        _ => local,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_namespace_has_the_id_of_its_row() {
        let mut set = SchemaSet::default();
        for (row, (ns, _)) in SCHEMAS.iter().enumerate() {
            let id = set.names.intern(ns);
            assert_eq!(index(id), Some(row));
            assert_eq!(bit(id), 1 << row);
        }
        assert_eq!((index(XSD), bit(XSD)), (None, 0));
    }
}
