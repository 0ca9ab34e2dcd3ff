//! Loading a WSDL, and choosing one of its ports.

use std::borrow::Cow;
use std::sync::Arc;

use crate::error::{Error, Result};
use crate::index::*;
use crate::limits::Limits;
use crate::plan::{compile, Plan, SoapVersion};
use crate::similar::hint;
use crate::wsdl;

/// A loaded WSDL, shared by all proxies made from it.
#[derive(Clone)]
pub struct Definition {
    plan: Arc<Plan>,
}

impl Definition {
    /// Compiles a WSDL that is at hand; `fetch` brings what it imports, as final location and bytes, and `join`
    /// resolves relative locations.
    pub fn parse<'b>(
        location: &str,
        bytes: impl Into<Cow<'b, [u8]>>,
        fetch: &mut dyn FnMut(&str) -> Result<(String, Vec<u8>)>,
        join: &dyn Fn(&str, &str) -> String,
        limits: &Limits,
    ) -> Result<Self> {
        let definitions = wsdl::load(location, bytes, fetch, join, limits)?;
        Ok(Self { plan: Arc::new(compile(definitions)?) })
    }

    pub fn from_plan(plan: Arc<Plan>) -> Self {
        Self { plan }
    }

    pub fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    /// The port meant by a user: by name, or the only one there is. A port with SOAP 1.1 is preferred where both
    /// versions serve the same operations.
    pub fn port(&self, service: Option<&str>, port: Option<&str>) -> Result<PortId> {
        let plan = &*self.plan;
        let services = self.services(service)?;
        let ports: Vec<PortId> = services.iter().flat_map(|id| plan.services[*id].ports.ids()).collect();
        let name = |id: &PortId| plan.text(plan.ports[*id].name);
        if let Some(wanted) = port {
            let exact = ports.iter().find(|id| name(id) == wanted);
            let found = exact.or_else(|| ports.iter().find(|id| name(id).eq_ignore_ascii_case(wanted)));
            return found.copied().ok_or_else(|| {
                let hint = hint(wanted, ports.iter().map(name));
                Error::usage(format!("no port {wanted:?}{hint}; there are: {}", list(ports.iter().map(name))))
            });
        }
        match ports.as_slice() {
            [] => Err(Error::usage("the WSDL has no SOAP port")),
            [only] => Ok(*only),
            several => self.equivalent(several).ok_or_else(|| {
                let names = list(several.iter().map(name));
                Error::usage(format!("several ports, name one of them: {names}"))
            }),
        }
    }

    fn services(&self, service: Option<&str>) -> Result<Vec<ServiceId>> {
        let plan = &*self.plan;
        let Some(wanted) = service else { return Ok(plan.services.ids().collect()) };
        let name = |id: &ServiceId| plan.text(plan.services[*id].name);
        // An imported WSDL may have a service of the same name in another namespace.
        let found: Vec<_> = plan.services.ids().filter(|id| name(id) == wanted).collect();
        if found.is_empty() {
            let ids: Vec<_> = plan.services.ids().collect();
            let hint = hint(wanted, ids.iter().map(name));
            return Err(Error::usage(format!(
                "no service {wanted:?}{hint}; there are: {}",
                list(ids.iter().map(name))
            )));
        }
        Ok(found)
    }

    /// One of the ports of a service that all offer the same operations: they are alternatives (WSDL 1.1, §2.7). The
    /// first with SOAP 1.1, else the first.
    fn equivalent(&self, ports: &[PortId]) -> Option<PortId> {
        let plan = &*self.plan;
        let keys = |id: PortId| {
            let mut keys: Vec<_> =
                plan.operations.run(plan.ports[id].operations).iter().map(|row| row.key).collect();
            keys.sort_unstable();
            keys
        };
        let first = keys(ports[0]);
        let same_service = ports.iter().all(|id| plan.ports[*id].service == plan.ports[ports[0]].service);
        if !same_service || ports.iter().any(|id| keys(*id) != first) {
            return None;
        }
        let older = ports.iter().find(|id| plan.ports[**id].version == SoapVersion::V11);
        older.or(ports.first()).copied()
    }
}

fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

#[cfg(feature = "transport")]
pub(super) use load::resolved;

#[cfg(feature = "transport")]
mod load {
    use std::time::Duration;

    use super::Definition;
    use crate::error::Result;
    use crate::limits::Limits;
    use crate::transport::{join, Transport};

    /// How often a host is asked whether to give up waiting.
    const SLICE: Duration = Duration::from_millis(50);

    impl Definition {
        /// Loads a WSDL and what it imports from URLs or paths; `poll` is called while waiting, and its error gives
        /// the load up.
        pub fn load(
            location: &str,
            transport: &Transport,
            limits: &Limits,
            poll: &mut dyn FnMut() -> Result<()>,
        ) -> Result<Self> {
            let fetcher = transport.fetcher(location, limits)?;
            let root = fetcher.fetch_polling(location, SLICE, poll)?;
            let mut fetch = |wanted: &str| {
                let fetched = fetcher.fetch_polling(wanted, SLICE, poll)?;
                Ok((fetched.location, fetched.bytes))
            };
            Self::parse(&root.location, root.bytes, &mut fetch, &resolved, limits)
        }

        /// The same for a document whose bytes are at hand; `location` is where relative imports start.
        pub fn from_bytes(
            location: &str,
            bytes: &[u8],
            transport: &Transport,
            limits: &Limits,
            poll: &mut dyn FnMut() -> Result<()>,
        ) -> Result<Self> {
            let fetcher = transport.fetcher(location, limits)?;
            let mut fetch = |wanted: &str| {
                let fetched = fetcher.fetch_polling(wanted, SLICE, poll)?;
                Ok((fetched.location, fetched.bytes))
            };
            Self::parse(location, bytes, &mut fetch, &resolved, limits)
        }
    }

    /// What cannot be joined is left as it stands, and fails where it is fetched.
    pub fn resolved(base: &str, relative: &str) -> String {
        join(base, relative).unwrap_or_else(|_| relative.to_owned())
    }
}
