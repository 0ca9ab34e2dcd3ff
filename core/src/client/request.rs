//! A call's request: the body in bytes and the HTTP headers that SOAP wants.

use super::Client;
use crate::encode::{Arguments, Envelope};
use crate::error::{Error, InPath, Result};
use crate::index::*;
use crate::name::QNameRef;
use crate::plan::SoapVersion;
use crate::seam::{Kind, Source};

/// A request that is ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Client {
    /// Writes the request of a call. `headers` is a record from the name of a declared header, or of a global
    /// element, to its value; or a list of XML texts. One that only other operations declare is left out.
    pub fn prepare<S: Source>(
        &self,
        op: OpId,
        arguments: &Arguments<S>,
        headers: Option<&S>,
    ) -> Result<Request> {
        let mut envelope = Envelope::new(&self.plan, op, self.settings.encode);
        self.write_auth(op, &mut envelope)?;
        if let Some(headers) = headers {
            self.write_headers(op, headers, &mut envelope).in_member("soap_headers")?;
        }
        envelope.body(arguments)?;
        Ok(Request {
            url: self.location.to_string(),
            headers: self.http_headers(op),
            body: envelope.finish(),
        })
    }

    /// `Content-Type` and `SOAPAction` (SOAP 1.1, §6.1.1), or the action parameter (SOAP 1.2 part 2, §7.1.4).
    pub fn http_headers(&self, op: OpId) -> Vec<(String, String)> {
        let operation = &self.plan.operations[op];
        let action = self.plan.text(operation.action);
        match operation.version {
            SoapVersion::V11 => vec![
                ("Content-Type".to_owned(), "text/xml; charset=utf-8".to_owned()),
                ("SOAPAction".to_owned(), format!("\"{action}\"")),
            ],
            SoapVersion::V12 => {
                let action = if action.is_empty() { String::new() } else { format!("; action=\"{action}\"") };
                vec![("Content-Type".to_owned(), format!("application/soap+xml; charset=utf-8{action}"))]
            }
        }
    }

    fn write_headers<S: Source>(&self, op: OpId, headers: &S, envelope: &mut Envelope<'_>) -> Result<()> {
        match headers.kind() {
            Kind::Null => Ok(()),
            Kind::Scalar => envelope.raw_header(headers),
            Kind::List => {
                let mut at = 0;
                headers.each(&mut |item| {
                    at += 1;
                    let written = match item.kind() {
                        Kind::Null => Err(no_header(&item)),
                        _ => self.write_headers(op, &item, envelope),
                    };
                    written.in_item(at - 1)
                })
            }
            Kind::Record => {
                let mut empty = true;
                headers.entries(&mut |name, value| {
                    empty = false;
                    self.write_header(op, name, &value, envelope).in_member(name)
                })?;
                if empty && !headers.may_be_empty() {
                    return Err(no_header(headers));
                }
                Ok(())
            }
        }
    }

    fn write_header<S: Source>(
        &self,
        op: OpId,
        name: &str,
        value: &S,
        envelope: &mut Envelope<'_>,
    ) -> Result<()> {
        let plan = &*self.plan;
        if let Some(header) = self.declared_header(op, name) {
            return envelope.header(header, value);
        }
        if let Some(element) = plan.find_element(QNameRef::parse_clark(name)) {
            return envelope.element_header(element, value);
        }
        // An option is for all operations of the port, and each takes what it declares.
        if self.operations().ids().any(|other| self.declared_header(other, name).is_some()) {
            return Ok(());
        }
        let mut known: Vec<_> = self
            .operations()
            .ids()
            .flat_map(|op| plan.messages[plan.operations[op].input].headers.ids())
            .map(|id| plan.text(plan.headers[id].part.key))
            .collect();
        known.sort_unstable();
        known.dedup();
        let declared = match known.as_slice() {
            [] => String::new(),
            known => format!("; declared are: {}", known.join(", ")),
        };
        Err(Error::encode(format!(
            "no operation declares a header {name:?}{declared}; other headers can be given as XML"
        )))
    }

    /// The header of an operation that has a name as its own or its element's.
    fn declared_header(&self, op: OpId, name: &str) -> Option<HeaderId> {
        let plan = &*self.plan;
        plan.messages[plan.operations[op].input].headers.ids().find(|id| {
            let part = &plan.headers[*id].part;
            plan.text(part.key) == name || plan.text(part.name.local) == name
        })
    }
}

fn no_header<S: Source>(value: &S) -> Error {
    Error::encode(format!("expected XML or a record, got {}", value.describe()))
}
