//! The attributes of an `element`, read in one pass: most of a large description is elements, and looking
//! for each attribute by name would cost more than all else.

use crate::xml::document::Element;
use crate::xml::name_chars::trimmed;

/// What an `element` says of itself (XML Schema 1.0 part 1, §3.3.2), and the drafts' spellings of it.
#[derive(Default)]
pub(super) struct Written<'d> {
    pub name: Option<&'d str>,
    pub reference: Option<&'d str>,
    pub type_name: Option<&'d str>,
    pub form: Option<&'d str>,
    pub min: Option<&'d str>,
    pub max: Option<&'d str>,
    pub nillable: Option<&'d str>,
    pub is_abstract: Option<&'d str>,
    pub default: Option<&'d str>,
    pub fixed: Option<&'d str>,
    pub head: Option<&'d str>,
}

impl<'d> Written<'d> {
    pub fn of(element: Element<'d>) -> Self {
        let mut written = Self::default();
        for (_, local, value) in element.attributes().filter(|(ns, _, _)| ns.is_empty()) {
            let place = match local {
                "name" => &mut written.name,
                "ref" => &mut written.reference,
                "type" => &mut written.type_name,
                "form" => &mut written.form,
                "minOccurs" => &mut written.min,
                "maxOccurs" => &mut written.max,
                "nillable" | "nullable" => &mut written.nillable,
                "abstract" => &mut written.is_abstract,
                "default" => &mut written.default,
                "fixed" => &mut written.fixed,
                "substitutionGroup" | "equivClass" => &mut written.head,
                _ => continue,
            };
            *place = Some(value);
        }
        written.type_name = written.type_name.filter(|name| !trimmed(name).is_empty());
        written
    }
}
