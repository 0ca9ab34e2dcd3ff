//! `service` and `port` (WSDL 1.1 §2.6, §2.7, §3.8).

use super::{wsdl_children, Reader};
use crate::name::{ns, QName};
use crate::wsdl::model::{Port, Service};
use crate::xml::document::Element;
use crate::xml::name_chars::trimmed;
use crate::xsd::parse::documentation;

impl Reader<'_> {
    pub(super) fn service(&mut self, element: Element<'_>) {
        let ports: Vec<Port> = wsdl_children(element, "port").filter_map(|port| self.port(port)).collect();
        let named = element.attribute("name").is_some_and(|name| !trimmed(name).is_empty());
        let name = match (named, ports.first()) {
            (false, Some(port)) => {
                self.warn(element, || "a service without a name is called like its first port".to_owned());
                QName { ns: self.context.target, local: port.name }
            }
            _ => match self.name(element) {
                Some(name) => name,
                None => return,
            },
        };
        self.parts.services.push(Service { name, documentation: documentation(element), ports });
    }

    fn port(&mut self, element: Element<'_>) -> Option<Port> {
        let name = self.name(element)?.local;
        let Some(binding) = element.attribute("binding") else {
            self.warn(element, || "a port without a binding is ignored".to_owned());
            return None;
        };
        let is_address = |child: &Element<'_>| {
            child.local() == "address"
                && matches!(child.ns(), ns::WSDL_SOAP11 | ns::WSDL_SOAP12 | ns::WSDL_HTTP)
        };
        let address = element.children().find(is_address).and_then(|address| address.attribute("location"));
        Some(Port {
            name,
            documentation: documentation(element),
            binding: self.qname(element, binding),
            address: address.unwrap_or_default().trim().to_owned(),
            origin: self.origin(element),
        })
    }
}
