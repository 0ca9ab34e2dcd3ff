//! Wildcards: XML that the schema does not describe (XSD 1.0 part 1, §3.10).

use std::borrow::Cow;

use super::*;
use crate::error::InPath;
use crate::limits::Limits;
use crate::name::QNameRef;
use crate::scalar::{Builtin, Scalar};
use crate::seam::{Kind, Source};
use crate::xml;

impl Encoder<'_> {
    /// Writes the elements of a wildcard: XML texts, or records of global elements.
    pub fn wildcard_items<S: Source>(&mut self, value: &S) -> Result<()> {
        match value.kind() {
            Kind::Null => Ok(()),
            Kind::List => {
                let mut at = 0;
                value.each(&mut |item| {
                    at += 1;
                    self.wildcard_item(&item).in_item(at - 1)
                })
            }
            Kind::Scalar | Kind::Record => self.wildcard_item(value),
        }
    }

    pub fn wildcard_item<S: Source>(&mut self, value: &S) -> Result<()> {
        match value.kind() {
            Kind::Null if self.encoded || !self.options.strict => Ok(()),
            Kind::Null => Err(Error::encode(format!("expected XML, got {}", value.describe()))),
            Kind::Scalar => self.elements(value),
            Kind::List => Err(Error::encode("expected XML, got a list")),
            Kind::Record => {
                let plan = self.plan;
                value.entries(&mut |name, member| {
                    let qname = QNameRef::parse_clark(name);
                    let element = plan.find_element(qname).ok_or_else(|| {
                        Error::encode(format!("no global element {qname}; give XML text instead"))
                    })?;
                    let row = &plan.elements[element];
                    self.element(row.tag, row.ty, &member, row.nillable).in_member(name)
                })
            }
        }
    }

    /// Writes content as it is, text and elements, once it is known to be well-formed.
    pub fn fragment<S: Source>(&mut self, value: &S) -> Result<()> {
        let xml = content(value)?;
        xml::check_fragment(&xml, &Limits::default())?;
        self.out.push_str(&xml);
        Ok(())
    }

    /// Writes elements as they are; text stands beside no element of a wildcard.
    pub fn elements<S: Source>(&mut self, value: &S) -> Result<()> {
        self.put_elements(&content(value)?)
    }

    pub fn put_elements(&mut self, xml: &str) -> Result<()> {
        xml::check_elements(xml, &Limits::default())?;
        self.out.push_str(xml);
        Ok(())
    }
}

/// The XML that a scalar is: a text, or a piece of a document of the host's.
fn content<S: Source>(value: &S) -> Result<Cow<'_, str>> {
    if let Some(xml) = value.xml()? {
        return Ok(xml);
    }
    match value.scalar(Builtin::String)? {
        Scalar::Str(text) => Ok(text),
        other => Err(Error::encode(format!("expected XML, got {}", other.kind()))),
    }
}
