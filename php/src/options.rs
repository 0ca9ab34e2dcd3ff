//! The options of a proxy: an array of names and values, checked once.
//!
//! A name that does not exist and a value that makes no sense are errors that name the option.

use std::path::PathBuf;

use ext_php_rs::types::Zval;
use wsdlproxy::client::{Auth, Cache, Settings};
use wsdlproxy::decode::Unknown;
use wsdlproxy::plan::store::hash;
use wsdlproxy::similar::hint;
use wsdlproxy::transport::{BasicAuth, ClientCert, Pem, ProxyChoice, TransportOptions};
use wsdlproxy::{Error, Limits, Result};

use crate::error::{raised_as, Class};
use crate::ini;
use crate::sink::Shapes;
use crate::soapclient;
use crate::table::entries;
use crate::trace::Keep;
use crate::values::*;

/// Where requests go instead of the port's address.
#[derive(Clone, Default)]
pub enum Location {
    #[default]
    Declared,
    Url(String),
    /// By the name of the port.
    ByPort(Vec<(String, String)>),
}

/// Everything a user may choose.
#[derive(Clone, Default)]
pub struct Options {
    pub service: Option<String>,
    pub port: Option<String>,
    pub location: Location,
    /// The WSDL itself; its location then only tells where imports are.
    pub content: Option<Vec<u8>>,
    pub transport: TransportOptions,
    pub settings: Settings,
    pub limits: Limits,
    /// `None` loads the WSDL anew each time.
    pub cache: Option<Cache>,
    pub shapes: Shapes,
    pub trace: Keep,
}

const NAMES: &[&str] = &[
    "port",
    "service",
    "location",
    "auth",
    "impersonate",
    "timeout",
    "connect_timeout",
    "verify",
    "ca_file",
    "client_cert",
    "proxy",
    "basic_auth",
    "headers",
    "cookies",
    "user_agent",
    "gzip",
    "strict",
    "unknown",
    "trace",
    "soap_headers",
    "structs",
    "dates",
    "content",
    "cache",
    "max_age",
    "refresh",
    "keep_cookies",
    "redirects",
    "limits",
];

impl Options {
    /// The options of an array, over the defaults of `php.ini`.
    pub fn parse(array: Option<&Zval>) -> Result<Self> {
        let mut options = Self::defaults();
        let mut cache = Cache { folder: ini::cache_dir(), ..Cache::default() };
        let (mut cached, mut impersonate) = (true, None);
        if let Some(table) = array.and_then(Zval::array) {
            for (name, value) in entries(table) {
                let name = name.to_text();
                match name.as_str() {
                    "cache" if value.is_string() => cache.folder = Some(PathBuf::from(text("cache", value)?)),
                    "impersonate" => impersonate = Some(value),
                    "cache" => cached = !value.is_null() && truth("cache", value)?,
                    "max_age" => cache.max_age = age("max_age", value)?.unwrap_or(cache.max_age),
                    "refresh" => cache.refresh = truth("refresh", value)?,
                    name => options.set(name, value)?,
                }
            }
        }
        if let Some(value) = impersonate {
            options.impersonate(value)?;
        }
        options.settings.decode.limits = options.limits;
        options.transport.max_body = options.limits.bytes;
        cache.identity = options.identity();
        options.cache = cached.then_some(cache);
        Ok(options)
    }

    fn defaults() -> Self {
        let mut options = Self::default();
        options.transport.timeout = ini::default_timeout();
        options.transport.http10 = ini::http10();
        options.limits.bytes = ini::max_body().unwrap_or(options.limits.bytes);
        options.limits.depth = ini::max_depth().unwrap_or(options.limits.depth);
        options
    }

    fn set(&mut self, name: &str, value: &Zval) -> Result<()> {
        match name {
            "port" => self.port = optional_text(name, value)?,
            "service" => self.service = optional_text(name, value)?,
            "location" => self.location = location(value)?,
            "content" => {
                let bytes = crate::zend::bytes(value);
                self.content = if value.is_null() {
                    None
                } else {
                    Some(bytes.ok_or_else(|| bad(name, "a string", value))?.to_vec())
                };
            }
            "auth" => self.settings.auth = auth(value)?,
            "strict" => self.settings.encode.strict = truth(name, value)?,
            "unknown" => {
                let choices = [Unknown::Skip, Unknown::Keep];
                self.settings.decode.unknown = choices[choice(name, value, &["skip", "keep"])?];
            }
            "trace" => self.trace = trace(value)?,
            "structs" => self.shapes.arrays = choice(name, value, &["object", "array"])? == 1,
            "dates" => self.shapes.dates = choice(name, value, &["string", "object"])? == 1,
            "limits" => limits(value, &mut self.limits)?,
            // Read where a call is made, as it holds PHP values.
            "soap_headers" => {}
            _ => return self.set_transport(name, value),
        }
        Ok(())
    }

    /// Whom the login acts for, over what `auth` says.
    fn impersonate(&mut self, value: &Zval) -> Result<()> {
        let whom = if value.is_null() { None } else { Some(whole("impersonate", value)?) };
        match &mut self.settings.auth {
            Some(auth) => auth.impersonate = whom,
            None if whom.is_some() => return Err(Error::usage("impersonate: there is no auth")),
            None => {}
        }
        Ok(())
    }

    fn set_transport(&mut self, name: &str, value: &Zval) -> Result<()> {
        let transport = &mut self.transport;
        match name {
            "timeout" => transport.timeout = seconds(name, value)?,
            "connect_timeout" => transport.connect_timeout = seconds(name, value)?,
            "verify" if value.is_string() => {
                let file = pem(text(name, value)?);
                if matches!(&file, Pem::Path(path) if !path.exists()) {
                    return Err(bad(name, "true or false, or a file of authorities that exists", value));
                }
                (transport.verify, transport.ca) = (true, vec![file]);
            }
            "verify" => transport.verify = truth(name, value)?,
            "ca_file" => transport.ca = authorities(value)?,
            "client_cert" => transport.client_cert = client_cert(value)?,
            "proxy" => {
                transport.proxy = match value.bool() {
                    Some(true) => ProxyChoice::Environment,
                    Some(false) => ProxyChoice::Direct,
                    None => optional_text(name, value)?.map_or(ProxyChoice::Environment, ProxyChoice::Url),
                }
            }
            "basic_auth" => transport.basic_auth = basic_auth(value)?,
            "headers" => transport.headers = pairs(name, value)?,
            "cookies" => transport.cookies = pairs(name, value)?,
            "user_agent" => transport.user_agent = optional_text(name, value)?,
            "keep_cookies" => transport.keep_cookies = truth(name, value)?,
            "gzip" => transport.gzip = truth(name, value)?,
            "redirects" => {
                let number = whole(name, value)?;
                transport.redirects = u32::try_from(number)
                    .map_err(|_| Error::usage(format!("{name}: expected 0 or more, got {number}")))?;
            }
            _ => {
                let hint = match soapclient::option(name) {
                    Some(here) => format!("; SoapClient's {name} is {here}"),
                    None => hint(name, NAMES.iter().copied()),
                };
                let text = format!("no option {name:?}{hint}; there are: {}", NAMES.join(", "));
                return Err(raised_as(Class::UnknownOption, Error::usage(text)));
            }
        }
        Ok(())
    }

    /// Where requests to a port go, if not where the WSDL says.
    pub fn location_of(&self, port: &str) -> Option<String> {
        match &self.location {
            Location::Declared => None,
            Location::Url(url) => Some(url.clone()),
            Location::ByPort(all) => all.iter().find(|(name, _)| name == port).map(|(_, url)| url.clone()),
        }
    }

    /// The ports that `location` names; each must exist.
    pub fn check_ports<'p>(&self, ports: impl Iterator<Item = &'p str> + Clone) -> Result<()> {
        let Location::ByPort(all) = &self.location else { return Ok(()) };
        match all.iter().find(|(name, _)| !ports.clone().any(|port| port == name)) {
            Some((name, _)) => Err(Error::usage(format!("location: no port {name:?}{}", hint(name, ports)))),
            None => Ok(()),
        }
    }

    /// What a server may look at when it decides which WSDL to show.
    fn identity(&self) -> u64 {
        let transport = &self.transport;
        let mut seen = String::new();
        if let Some(basic) = &transport.basic_auth {
            seen.push_str(&format!("{}\n{}\n", basic.user, basic.password));
        }
        for (name, value) in transport.headers.iter().chain(&transport.cookies) {
            seen.push_str(&format!("{name}: {value}\n"));
        }
        if seen.is_empty() {
            0
        } else {
            hash(seen.as_bytes())
        }
    }
}

/// What is kept of requests and answers.
fn trace(value: &Zval) -> Result<Keep> {
    match truth("trace", value) {
        Ok(true) => Ok(Keep::Masked),
        Ok(false) => Ok(Keep::Nothing),
        Err(_) if crate::zend::bytes(value) == Some(b"full") => Ok(Keep::Full),
        Err(_) => Err(bad("trace", "true, false or \"full\"", value)),
    }
}

/// An array of some of the limits; the others stay.
fn limits(value: &Zval, limits: &mut Limits) -> Result<()> {
    if value.is_null() {
        return Ok(());
    }
    for (name, value) in members("limits", value, &["bytes", "depth", "nodes", "attributes", "documents"])? {
        let number = positive(&format!("limits.{name}"), value)?;
        let narrow = u32::try_from(number).unwrap_or(u32::MAX);
        match name.as_str() {
            "bytes" => limits.bytes = number,
            "depth" => limits.depth = narrow,
            "nodes" => limits.nodes = number as u64,
            "attributes" => limits.attributes = narrow,
            _ => limits.documents = narrow,
        }
    }
    Ok(())
}

/// A file, or the certificate itself.
fn pem(text: String) -> Pem {
    if text.contains("-----BEGIN") {
        Pem::Bytes(text.into_bytes())
    } else {
        Pem::Path(PathBuf::from(text))
    }
}

/// One file of certificate authorities, or several.
fn authorities(value: &Zval) -> Result<Vec<Pem>> {
    match value.array() {
        Some(files) => entries(files)
            .map(|(key, file)| text(&format!("ca_file.{}", key.to_text()), file).map(pem))
            .collect(),
        None => Ok(optional_text("ca_file", value)?.map(pem).into_iter().collect()),
    }
}

fn location(value: &Zval) -> Result<Location> {
    if value.is_null() {
        return Ok(Location::Declared);
    }
    if value.is_array() {
        return pairs("location", value).map(Location::ByPort);
    }
    if value.is_string() {
        return text("location", value).map(Location::Url);
    }
    Err(bad("location", "a URL, or an array from port to URL", value))
}

fn auth(value: &Zval) -> Result<Option<Auth>> {
    if value.is_null() {
        return Ok(None);
    }
    let (mut username, mut password, mut admin, mut impersonate) = (None, None, None, None);
    for (name, value) in members("auth", value, &["username", "password", "impersonate", "admin"])? {
        let full = format!("auth.{name}");
        match name.as_str() {
            "username" => username = Some(text(&full, value)?),
            "password" => password = Some(text(&full, value)?),
            "admin" if !value.is_null() => admin = Some(truth(&full, value)?),
            "impersonate" if !value.is_null() => impersonate = Some(whole(&full, value)?),
            _ => {}
        }
    }
    let missing = |name: &str| Error::usage(format!("auth: {name} is missing"));
    Ok(Some(Auth {
        username: username.ok_or_else(|| missing("username"))?,
        password: password.ok_or_else(|| missing("password"))?,
        admin,
        impersonate,
    }))
}

fn basic_auth(value: &Zval) -> Result<Option<BasicAuth>> {
    if value.is_null() {
        return Ok(None);
    }
    let table = value.array().ok_or_else(|| bad("basic_auth", "an array of user and password", value))?;
    let given: Vec<(String, String)> = entries(table)
        .map(|(key, value)| Ok((key.to_text(), text(&format!("basic_auth.{}", key.to_text()), value)?)))
        .collect::<Result<_>>()?;
    let find = |names: [&str; 3]| {
        given.iter().find(|(key, _)| names.contains(&key.as_str())).map(|(_, text)| text.clone())
    };
    let (user, password) = (find(["user", "username", "0"]), find(["password", "pass", "1"]));
    match (user, password, given.len()) {
        (Some(user), Some(password), 2) => Ok(Some(BasicAuth { user, password })),
        _ => Err(Error::usage("basic_auth: expected [user, password]")),
    }
}

fn client_cert(value: &Zval) -> Result<Option<ClientCert>> {
    if value.is_null() {
        return Ok(None);
    }
    if value.is_string() {
        return Ok(Some(ClientCert { cert: pem(text("client_cert", value)?), key: None }));
    }
    let given = pairs("client_cert", value)?;
    let find =
        |names: [&str; 2]| given.iter().find(|(key, _)| names.contains(&key.as_str())).map(|(_, text)| text);
    let (cert, key) = (find(["cert", "0"]), find(["key", "1"]));
    if usize::from(cert.is_some()) + usize::from(key.is_some()) != given.len() {
        return Err(Error::usage("client_cert: expected a file, or [certificate, key]"));
    }
    let cert = cert.ok_or_else(|| Error::usage("client_cert: the certificate is missing"))?;
    Ok(Some(ClientCert { cert: pem(cert.clone()), key: key.map(|key| pem(key.clone())) }))
}
