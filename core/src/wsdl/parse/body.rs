//! `soap:body`, `soap:header` and the MIME extension around them (WSDL 1.1 §3.5, §3.7, §5).

use super::{soap_name, Reader};
use crate::index::NameId;
use crate::name::{ns, QName};
use crate::wsdl::model::{BindingKind, BodyBinding, HeaderBinding, Use};
use crate::xml::document::Element;
use crate::xml::name_chars::trimmed;

impl Reader<'_> {
    /// `input` or `output` of an operation of a binding.
    pub(super) fn body(&mut self, element: Element<'_>, kind: BindingKind) -> BodyBinding {
        let mut body = BodyBinding::literal();
        self.add_extensions(element, &mut body);
        if body.usage == Use::Encoded {
            let soap12 = kind == BindingKind::Soap12;
            self.set.want(if soap12 { ns::SOAP12_ENCODING } else { ns::SOAP11_ENCODING });
        }
        body
    }

    fn add_extensions(&mut self, element: Element<'_>, body: &mut BodyBinding) {
        for child in element.children() {
            match (soap_name(child), child.local()) {
                (Some("body"), _) => self.add_body(child, body),
                (Some("header"), _) => body.headers.extend(self.header(child, None)),
                (None, "multipartRelated" | "part") if child.ns() == ns::WSDL_MIME => {
                    self.add_extensions(child, body);
                }
                _ => {}
            }
        }
    }

    fn add_body(&mut self, element: Element<'_>, body: &mut BodyBinding) {
        body.usage = usage(element);
        body.namespace = self.uri(element, "namespace");
        body.encoding_style = self.uri(element, "encodingStyle");
        body.parts = element.attribute("parts").map(|list| self.names(list));
    }

    /// `soap:header`, or `soap:headerfault` inside one; `outer` is the message of the former.
    fn header(&mut self, element: Element<'_>, outer: Option<QName>) -> Option<HeaderBinding> {
        let named = element.attribute("message").map(|text| self.qname(element, text));
        let Some(message) = named.or(outer) else {
            self.warn(element, || format!("{} names no message; ignored", element.local()));
            return None;
        };
        let inner = element.children().filter(|child| soap_name(*child) == Some("headerfault"));
        let inner: Vec<Element<'_>> = inner.collect();
        let faults = inner.into_iter().filter_map(|child| self.header(child, Some(message))).collect();
        Some(HeaderBinding {
            message,
            part: self.set.names.intern(element.attribute("part").map_or("", trimmed)),
            usage: usage(element),
            namespace: self.uri(element, "namespace"),
            encoding_style: self.uri(element, "encodingStyle"),
            faults,
            origin: self.origin(element),
        })
    }

    pub(super) fn uri(&mut self, element: Element<'_>, attribute: &str) -> Option<NameId> {
        element.attribute(attribute).map(|uri| self.set.names.intern(trimmed(uri)))
    }
}

impl BodyBinding {
    /// What holds where nothing is said: all parts, literally.
    pub(in crate::wsdl) fn literal() -> Self {
        Self { usage: Use::Literal, namespace: None, encoding_style: None, parts: None, headers: Vec::new() }
    }
}

/// `use`; literal where it is absent, as all peers have it.
pub(super) fn usage(element: Element<'_>) -> Use {
    match element.attribute("use").map(trimmed) {
        Some("encoded") => Use::Encoded,
        _ => Use::Literal,
    }
}
