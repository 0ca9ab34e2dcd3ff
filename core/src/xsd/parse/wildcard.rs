//! `any` and `anyAttribute` (XML Schema 1.0 part 1, §3.10.2).

use super::Reader;
use crate::index::NameId;
use crate::xml::document::Element;
use crate::xml::name_chars::trimmed;
use crate::xsd::model::{Namespaces, Process, Wildcard};

impl Reader<'_> {
    pub(super) fn wildcard(&mut self, element: Element<'_>) -> Wildcard {
        let namespaces = match element.attribute("namespace").map(trimmed) {
            None | Some("" | "##any") => Namespaces::Any,
            Some("##other") => Namespaces::Other(self.context.target),
            Some(list) => Namespaces::List(
                list.split_ascii_whitespace()
                    .map(|one| match one {
                        "##targetNamespace" => self.context.target,
                        "##local" => NameId::EMPTY,
                        uri => self.set.names.intern(uri),
                    })
                    .collect(),
            ),
        };
        let process = match element.attribute("processContents").map(trimmed) {
            Some("lax") => Process::Lax,
            Some("skip") => Process::Skip,
            _ => Process::Strict,
        };
        Wildcard { namespaces, process }
    }
}
