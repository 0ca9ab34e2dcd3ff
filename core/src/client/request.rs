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
    /// element, to its value; or a list of XML texts.
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
                        Kind::Null => Err(Error::encode("expected XML or a record, got null")),
                        _ => self.write_headers(op, &item, envelope),
                    };
                    written.in_item(at - 1)
                })
            }
            Kind::Record => headers
                .entries(&mut |name, value| self.write_header(op, name, &value, envelope).in_member(name)),
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
        let message = &plan.messages[plan.operations[op].input];
        let declared = message.headers.ids().find(|id| {
            let part = &plan.headers[*id].part;
            plan.text(part.key) == name || plan.text(part.name.local) == name
        });
        if let Some(header) = declared {
            return envelope.header(header, value);
        }
        if let Some(element) = plan.find_element(QNameRef::parse_clark(name)) {
            return envelope.element_header(element, value);
        }
        let known: Vec<_> = message.headers.ids().map(|id| plan.text(plan.headers[id].part.key)).collect();
        let hint = crate::similar::hint(name, known);
        Err(Error::encode(format!(
            "no header of that name is declared{hint}; other headers can be given as XML"
        )))
    }
}
