//! Services, ports and the operations of their bindings (WSDL 1.1, §2.4 to §2.7).

use foldhash::{HashMap, HashSet};

use super::builder::Builder;
use crate::error::Result;
use crate::index::*;
use crate::name::QName;
use crate::plan::services::*;
use crate::wsdl::{self, BindingKind};

impl<'d> Builder<'d> {
    pub fn services(&mut self) -> Result<()> {
        let mut compiled: HashMap<QName, Run<OpId>> = HashMap::default();
        for service in &self.definitions.services {
            let id = ServiceId::new(self.plan.services.len());
            let mut ports = Vec::new();
            for port in &service.ports {
                let Some(binding) = self.definitions.bindings.get(port.binding) else { continue };
                let version = match binding.kind {
                    BindingKind::Soap11 => SoapVersion::V11,
                    BindingKind::Soap12 => SoapVersion::V12,
                    BindingKind::Skipped => continue,
                };
                let operations = if let Some(run) = compiled.get(&port.binding) {
                    *run
                } else {
                    let run = self.binding(binding, version)?;
                    compiled.insert(port.binding, run);
                    run
                };
                ports.push(Port {
                    name: port.name,
                    service: id,
                    binding: port.binding,
                    address: self.names.intern(port.address.trim()),
                    version,
                    operations,
                    documentation: self.documentation(port.documentation.as_deref()),
                });
            }
            let ports = self.plan.ports.push_all(ports);
            let documentation = self.documentation(service.documentation.as_deref());
            self.plan.services.push(Service { name: service.name.local, ports, documentation });
        }
        Ok(())
    }

    fn binding(&mut self, binding: &'d wsdl::Binding, version: SoapVersion) -> Result<Run<OpId>> {
        let Some(port_type) = self.definitions.port_types.get(binding.port_type) else {
            return Ok(Run::default());
        };
        let mut keys = HashSet::default();
        let mut rows = Vec::new();
        for bound in &binding.operations {
            let Some(operation) = port_type.operations.get(bound.operation) else { continue };
            let style = match bound.style {
                wsdl::Style::Rpc => Style::Rpc,
                wsdl::Style::Document => Style::Document,
            };
            let input = match (&bound.input, operation.input) {
                (Some(body), Some(message)) => {
                    let wrapper = self.wrapper(style, body, bound.name, "");
                    self.message(message.message, body, style, wrapper)?
                }
                // A notification (§2.4.4) is asked for by a message that says nothing.
                _ => match &bound.output {
                    Some(body) => {
                        let wrapper = self.wrapper(style, body, bound.name, "");
                        self.empty_message(wrapper)
                    }
                    None => continue,
                },
            };
            let output = match (&bound.output, operation.output) {
                (Some(body), Some(message)) => {
                    let wrapper = self.wrapper(style, body, bound.name, "Response");
                    Some(self.message(message.message, body, style, wrapper)?)
                }
                _ => None,
            };
            let faults = self.faults(operation, bound);
            let key = self.operation_key(bound.name, &mut keys);
            let text = bound.documentation.as_deref().or(operation.documentation.as_deref());
            rows.push(Operation {
                name: bound.name,
                key,
                action: self.names.intern(bound.soap_action.as_deref().unwrap_or_default()),
                style,
                version,
                input,
                output: output.into(),
                faults,
                documentation: self.documentation(text),
            });
        }
        Ok(self.plan.operations.push_all(rows))
    }

    /// The name hosts call: an overload after the first gets a number.
    fn operation_key(&mut self, name: NameId, keys: &mut HashSet<NameId>) -> NameId {
        if keys.insert(name) {
            return name;
        }
        let base = self.names.text(name).to_owned();
        let mut number = 2;
        loop {
            let key = self.names.intern(&format!("{base}_{number}"));
            if keys.insert(key) {
                return key;
            }
            number += 1;
        }
    }
}
