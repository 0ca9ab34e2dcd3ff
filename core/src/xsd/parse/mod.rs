//! One schema document into components: a file for each construct of the standard.
//!
//! The parser refuses nothing. What does not make sense is read as it can only have been meant, with a
//! warning, or left out.

mod attribute;
mod complex;
mod element;
mod particle;
mod redefine;
mod schema;
mod simple;
mod wildcard;
mod written;

pub(super) use redefine::Redefinition;
pub(super) use schema::Follow;
pub(crate) use schema::Reason;

use std::borrow::Cow;

use super::model::{ArrayInfo, Origin, SchemaSet};
use super::references::{Context, RefKind};
use crate::index::NameId;
use crate::name::{ns, QName};
use crate::xml::document::Element;
use crate::xml::name_chars::trimmed;

/// Reads the components of one `schema` element into the set.
pub(super) struct Reader<'s> {
    set: &'s mut SchemaSet,
    context: Context,
    elements_qualified: bool,
    attributes_qualified: bool,
    /// Documents this one names.
    follow: Vec<Follow>,
    redefinitions: Vec<Redefinition>,
    /// The `wsdl:arrayType` met in the attributes of the type being read.
    array: Option<ArrayInfo>,
}

/// The local name of an element of XML Schema, whichever of its namespaces is used.
pub(crate) fn schema_name(element: Element<'_>) -> Option<&str> {
    matches!(element.ns(), ns::XSD | ns::XSD_2000 | ns::XSD_1999).then(|| element.local())
}

/// The children from the namespace of XML Schema, with their local names; inside a schema, those whose prefix was
/// forgotten too.
fn schema_children(element: Element<'_>) -> impl Iterator<Item = (&str, Element<'_>)> {
    let meant = |child: Element<'_>| child.ns().is_empty() || schema_name(child).is_some();
    element.children().filter(move |child| meant(*child)).map(|child| (child.local(), child))
}

/// The text of `annotation/documentation`, or of WSDL's `documentation`; `None` if it is blank.
pub(crate) fn documentation(element: Element<'_>) -> Option<Box<str>> {
    let mut text = Cow::Borrowed("");
    for child in element.children() {
        match child.local() {
            "annotation" => {
                child
                    .children()
                    .filter(|inner| inner.local() == "documentation")
                    .for_each(|d| add(&mut text, d));
            }
            "documentation" => add(&mut text, child),
            _ => {}
        }
    }
    (!text.is_empty()).then(|| text.into())
}

fn add<'d>(text: &mut Cow<'d, str>, documentation: Element<'d>) {
    let piece = match documentation.text() {
        Cow::Borrowed(piece) => Cow::Borrowed(trimmed(piece)),
        Cow::Owned(piece) => Cow::Owned(trimmed(&piece).to_owned()),
    };
    if text.is_empty() {
        *text = piece;
    } else if !piece.is_empty() {
        text.to_mut().push('\n');
        text.to_mut().push_str(&piece);
    }
}

impl Reader<'_> {
    fn origin(&self, at: Element<'_>) -> Origin {
        Origin { document: self.context.document, byte: at.byte() }
    }

    fn warn(&mut self, at: Element<'_>, text: impl FnOnce() -> String) {
        self.set.warn_at(self.context.document, at, text);
    }

    fn refer<'d>(&mut self, kind: RefKind, at: Element<'d>, text: &'d str) -> QName {
        self.set.refer(self.context, kind, at, text)
    }

    /// The name of a global component, in the target namespace.
    fn global_name(&mut self, element: Element<'_>) -> Option<QName> {
        let Some(name) = element.attribute("name").map(trimmed).filter(|name| !name.is_empty()) else {
            self.warn(element, || format!("a global {} without a name is ignored", element.local()));
            return None;
        };
        Some(QName { ns: self.context.target, local: self.set.names.intern(name) })
    }

    /// The name of a local declaration: qualified by `form`, else by the schema's default.
    fn local_name(&mut self, name: &str, form: Option<&str>, default: bool) -> QName {
        let qualified = match form.map(trimmed) {
            Some("qualified") => true,
            Some("unqualified") => false,
            _ => default,
        };
        let ns = if qualified { self.context.target } else { NameId::EMPTY };
        QName { ns, local: self.set.names.intern(trimmed(name)) }
    }

    fn flag(&mut self, element: Element<'_>, attribute: &str) -> bool {
        self.yes(element, attribute, element.attribute(attribute))
    }

    /// The value of a boolean attribute.
    fn yes(&mut self, element: Element<'_>, attribute: &str, value: Option<&str>) -> bool {
        match value.map(trimmed) {
            None | Some("false" | "0" | "") => false,
            Some("true" | "1") => true,
            Some(other) => {
                let yes = other.eq_ignore_ascii_case("true");
                self.warn(element, || format!("{attribute}=\"{other}\" is read as {yes}"));
                yes
            }
        }
    }

    /// Keeps the first of two definitions; says so unless they are the same.
    fn duplicate(&mut self, element: Element<'_>, name: QName, same: bool) {
        if !same {
            let name = self.set.display(name);
            self.warn(element, || format!("a second, different {} {name} is ignored", element.local()));
        }
    }
}
