//! The keyword arguments of `Proxy` and `load`.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use pyo3::prelude::*;
use pyo3::types::PyDict;
use wsdlproxy::client::{Auth, Settings};
use wsdlproxy::decode::Unknown;
use wsdlproxy::similar::hint;
use wsdlproxy::transport::TransportOptions;
use wsdlproxy::{decode, encode, Limits};

use crate::error::{unknown_option, usage};
use crate::option_values as values;

/// Everything that can be chosen, checked.
#[derive(Clone, Default)]
pub struct Options {
    pub transport: TransportOptions,
    pub auth: Option<Auth>,
    pub location: Location,
    pub strict: Strict,
    pub unknown: Unknown,
    pub limits: Limits,
    pub trace: Trace,
    pub soap_headers: Option<Arc<Py<PyAny>>>,
    pub caching: Caching,
    /// How long a WSDL of another machine counts as unchanged.
    pub max_age: Option<Duration>,
    /// Look now whether it changed.
    pub refresh: bool,
}

/// Where compiled WSDLs are kept.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Caching {
    Off,
    /// In the user's cache folder.
    #[default]
    Usual,
    Folder(PathBuf),
}

/// Where to send instead of the port's own address.
#[derive(Clone, Default)]
pub enum Location {
    #[default]
    OfPort,
    One(String),
    /// By the name of the port.
    ByPort(Vec<(String, String)>),
}

/// Whether a value must be valid before it is sent.
#[derive(Clone, Copy)]
pub struct Strict(pub bool);

impl Default for Strict {
    fn default() -> Self {
        Self(true)
    }
}

/// What is kept of requests and answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Trace {
    #[default]
    Off,
    Masked,
    Full,
}

/// Who takes the options, for error texts.
pub const NAMES: [&str; 23] = [
    "auth",
    "location",
    "timeout",
    "connect_timeout",
    "verify",
    "ca_file",
    "client_cert",
    "proxy",
    "basic_auth",
    "headers",
    "gzip",
    "user_agent",
    "cookies",
    "keep_cookies",
    "redirects",
    "strict",
    "unknown",
    "limits",
    "trace",
    "soap_headers",
    "cache",
    "max_age",
    "refresh",
];

impl Options {
    /// These options with those of `given` in their place.
    pub fn with(&self, function: &str, given: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        let mut options = self.clone();
        for (name, value) in given.into_iter().flat_map(PyDictMethods::iter) {
            let name: String = name.extract()?;
            options.set(function, &name, &value)?;
        }
        Ok(options)
    }

    fn set(&mut self, function: &str, name: &str, value: &Bound<'_, PyAny>) -> PyResult<()> {
        let transport = &mut self.transport;
        match name {
            "auth" => self.auth = values::auth(value, None)?,
            "location" => self.location = values::location(value)?,
            "timeout" => transport.timeout = values::seconds(name, value)?,
            "connect_timeout" => transport.connect_timeout = values::seconds(name, value)?,
            "verify" => match values::verify(value)? {
                (verify, Some(ca)) => (transport.verify, transport.ca) = (verify, vec![ca]),
                (verify, None) => transport.verify = verify,
            },
            "ca_file" => transport.ca = values::authorities(value)?,
            "client_cert" => transport.client_cert = values::client_cert(value)?,
            "proxy" => transport.proxy = values::proxy(value)?,
            "basic_auth" => transport.basic_auth = values::basic_auth(value)?,
            "headers" => transport.headers = values::headers(value)?,
            "gzip" => transport.gzip = values::boolean(name, value)?,
            "user_agent" => {
                transport.user_agent = if value.is_none() { None } else { Some(values::text(name, value)?) };
            }
            "cookies" => transport.cookies = values::pairs(name, value)?,
            "keep_cookies" => transport.keep_cookies = values::boolean(name, value)?,
            "redirects" => transport.redirects = values::count(name, value)?,
            "strict" => self.strict = Strict(values::boolean(name, value)?),
            "unknown" => self.unknown = values::unknown(value)?,
            "limits" => {
                self.limits = values::limits(value)?;
                transport.max_body = self.limits.bytes;
            }
            "cache" => self.caching = values::caching(value)?,
            "max_age" => self.max_age = values::age(value)?,
            "refresh" => self.refresh = values::boolean(name, value)?,
            "trace" => self.trace = values::trace(value)?,
            "soap_headers" => {
                self.soap_headers = (!value.is_none()).then(|| Arc::new(value.clone().unbind()));
            }
            _ => return Err(unexpected(value.py(), function, name, &NAMES)),
        }
        Ok(())
    }

    /// What the core's client needs for a port of this name.
    pub fn settings(&self, port: &str) -> Settings {
        let location = match &self.location {
            Location::OfPort => None,
            Location::One(url) => Some(url.clone()),
            Location::ByPort(map) => map.iter().find(|(name, _)| name == port).map(|(_, url)| url.clone()),
        };
        Settings {
            location,
            auth: self.auth.clone(),
            encode: encode::Options { strict: self.strict.0 },
            decode: decode::Options {
                unknown: self.unknown,
                limits: self.limits,
                ..decode::Options::default()
            },
        }
    }

    /// The ports that `location` names; each must exist.
    pub fn check_ports<'p>(
        &self,
        py: Python<'_>,
        ports: impl Iterator<Item = &'p str> + Clone,
    ) -> PyResult<()> {
        let Location::ByPort(map) = &self.location else { return Ok(()) };
        match map.iter().find(|(name, _)| !ports.clone().any(|port| port == name)) {
            Some((name, _)) => Err(usage(py, format!("location: no port {name:?}{}", hint(name, ports)))),
            None => Ok(()),
        }
    }
}

/// As Python says it, with the option that was meant.
pub fn unexpected(py: Python<'_>, function: &str, name: &str, known: &[&str]) -> PyErr {
    let mut hint = hint(name, known.iter().copied());
    if ["username", "password", "impersonate", "admin"].contains(&name) {
        hint = format!("; it is a member of auth: auth={{{name:?}: …}}");
    } else if hint.is_empty() {
        hint = format!("; there are: {}", known.join(", "));
    }
    unknown_option(py, format!("{function}() got an unexpected keyword argument {name:?}{hint}"))
}
