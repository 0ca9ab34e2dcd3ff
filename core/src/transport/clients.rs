//! The HTTP clients of one engine: one for each distinct set of connection options, at most 64.
//!
//! Building a TLS client reads the system's certificates (milliseconds), so clients are kept, and an
//! `http:` URL gets one that has read none. Anything that may differ between two calls (credentials,
//! cookies, timeouts) is no part of a client, so that connections are shared as widely as possible.

#![allow(clippy::disallowed_methods)] // reads certificates, and the environment for proxies

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use reqwest::{redirect, retry, Certificate, Client, ClientBuilder, Identity, Proxy};
use url::Url;

use super::location::{authority, is_secure};
use super::options::{Pem, ProxyChoice, TransportOptions};
use crate::error::{Error, ErrorKind, Result};

/// Distinct option sets whose connections are kept; the oldest gives way.
const MAX_CLIENTS: usize = 64;
/// Shorter than what common servers keep idle connections open (5 s), so that they rarely close first.
const IDLE: Duration = Duration::from_secs(4);
const PROXY_SCHEMES: [&str; 6] = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"];
/// A certificate file larger than this is a mistake.
const MAX_PEM: u64 = 16 << 20;

/// What a client is built from.
#[derive(PartialEq, Eq, Hash)]
struct Settings {
    /// `None` for a client that speaks plain HTTP only.
    tls: Option<Tls>,
    connect_timeout: Option<Duration>,
    proxy: ProxyChoice,
    gzip: bool,
    http1_only: bool,
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Tls {
    verify: bool,
    /// Concatenated PEM; `None` trusts the system's certificates.
    ca: Option<Vec<u8>>,
    /// Certificate and key, concatenated PEM.
    identity: Option<Vec<u8>>,
}

/// Settings with their hash, so that a look-up does not read certificates again.
pub(super) struct ClientKey {
    hash: u64,
    settings: Settings,
}

impl ClientKey {
    /// The keys for `http:` and for `https:` URLs; reads and checks the certificates.
    pub(super) fn pair(options: &TransportOptions) -> Result<[Arc<Self>; 2]> {
        let tls = Tls {
            verify: options.verify,
            ca: read_authorities(&options.ca)?,
            identity: read_identity(options)?,
        };
        check_proxy(&options.proxy)?;
        // A proxy may itself be reached over TLS, even for `http:` URLs.
        let plain = if needs_tls(&options.proxy) { Some(tls.clone()) } else { None };
        let key = |tls| {
            let settings = Settings {
                tls,
                connect_timeout: options.connect_timeout,
                proxy: options.proxy.clone(),
                gzip: options.gzip,
                http1_only: options.http1_only,
            };
            let mut hasher = DefaultHasher::new();
            settings.hash(&mut hasher);
            Arc::new(Self { hash: hasher.finish(), settings })
        };
        Ok([key(plain), key(Some(tls))])
    }

    fn is(&self, other: &Self) -> bool {
        std::ptr::eq(self, other) || (self.hash == other.hash && self.settings == other.settings)
    }
}

fn needs_tls(proxy: &ProxyChoice) -> bool {
    match proxy {
        ProxyChoice::Direct => false,
        ProxyChoice::Url(url) => is_secure(url),
        ProxyChoice::Environment => ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"]
            .iter()
            .any(|name| std::env::var(name).is_ok_and(|url| is_secure(&url))),
    }
}

fn check_proxy(proxy: &ProxyChoice) -> Result<()> {
    match proxy {
        ProxyChoice::Url(url) => proxy_for(url).map(drop),
        ProxyChoice::Environment | ProxyChoice::Direct => Ok(()),
    }
}

fn proxy_for(url: &str) -> Result<Proxy> {
    // The library's error may repeat the URL and with it a password.
    let wrong = || {
        Error::usage("proxy is not a URL such as http://user:password@host:port (or https, socks5, socks5h)")
    };
    // It passes by a proxy whose scheme it does not know.
    if let Some((scheme, _)) = url.split_once("://") {
        if !PROXY_SCHEMES.iter().any(|known| scheme.trim_start().eq_ignore_ascii_case(known)) {
            return Err(wrong());
        }
    }
    Proxy::all(url).map_err(|_| wrong())
}

/// `host:port` of a proxy, for errors; the environment's are not known here.
pub(super) fn proxy_authority(proxy: &ProxyChoice) -> Option<String> {
    let ProxyChoice::Url(text) = proxy else { return None };
    let url = Url::parse(text).or_else(|_| Url::parse(&format!("http://{text}"))).ok()?;
    Some(authority(&url))
}

fn read_pem(pem: &Pem, what: &str) -> Result<Vec<u8>> {
    match pem {
        Pem::Bytes(bytes) => Ok(bytes.clone()),
        Pem::Path(path) => {
            let fail = |reason: String| Error::usage(format!("{what} {}: {reason}", path.display()));
            let meta = fs::metadata(path).map_err(|error| fail(error.to_string()))?;
            if !meta.is_file() || meta.len() > MAX_PEM {
                return Err(fail("not a PEM file".to_owned()));
            }
            fs::read(path).map_err(|error| fail(error.to_string()))
        }
    }
}

fn read_authorities(ca: &[Pem]) -> Result<Option<Vec<u8>>> {
    if ca.is_empty() {
        return Ok(None);
    }
    let mut all = Vec::new();
    for pem in ca {
        let bytes = read_pem(pem, "ca_file")?;
        if parse_authorities(&bytes)?.is_empty() {
            let from = match pem {
                Pem::Path(path) => format!("ca_file {}", path.display()),
                Pem::Bytes(_) => "ca_file".to_owned(),
            };
            return Err(Error::usage(format!("{from}: no certificate in PEM format in it")));
        }
        all.extend_from_slice(&bytes);
        all.push(b'\n');
    }
    Ok(Some(all))
}

fn parse_authorities(pem: &[u8]) -> Result<Vec<Certificate>> {
    Certificate::from_pem_bundle(pem)
        .map_err(|_| Error::usage("ca_file: a certificate in it is damaged or not in PEM format"))
}

fn read_identity(options: &TransportOptions) -> Result<Option<Vec<u8>>> {
    let Some(chosen) = &options.client_cert else {
        return Ok(None);
    };
    let mut pem = read_pem(&chosen.cert, "client_cert")?;
    if let Some(key) = &chosen.key {
        pem.push(b'\n');
        pem.extend_from_slice(&read_pem(key, "client_cert key")?);
    }
    parse_identity(&pem)?;
    Ok(Some(pem))
}

fn parse_identity(pem: &[u8]) -> Result<Identity> {
    if memchr::memmem::find(pem, b"ENCRYPTED").is_some() {
        return Err(Error::usage(
            "client_cert: the private key is encrypted; store it decrypted (openssl pkey -in key.pem -out plain.pem)",
        ));
    }
    Identity::from_pem(pem)
        .map_err(|_| Error::usage("client_cert: it must hold a PEM certificate and its PEM private key"))
}

/// The clients built so far, oldest first.
#[derive(Default)]
pub(super) struct Clients(RwLock<Vec<(Arc<ClientKey>, Client)>>);

impl Clients {
    /// The client for these settings, built on first use.
    pub(super) fn get(&self, key: &Arc<ClientKey>) -> Result<Client> {
        let find = |known: &[(Arc<ClientKey>, Client)]| {
            known.iter().find(|(have, _)| have.is(key)).map(|(_, client)| client.clone())
        };
        if let Some(client) = find(&self.0.read().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(client);
        }
        let built = build(&key.settings)?;
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = find(&known) {
            return Ok(client);
        }
        if known.len() >= MAX_CLIENTS {
            known.remove(0);
        }
        known.push((Arc::clone(key), built.clone()));
        Ok(built)
    }
}

fn build(settings: &Settings) -> Result<Client> {
    let mut builder = Client::builder()
        // Redirects and retries of a POST are decided by us or not at all. What remains is hyper-util's
        // own second attempt for a request that a closed idle connection handed back unwritten.
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .referer(false)
        .pool_idle_timeout(IDLE)
        .gzip(settings.gzip)
        .deflate(settings.gzip);
    if let Some(limit) = settings.connect_timeout {
        builder = builder.connect_timeout(limit);
    }
    if settings.http1_only {
        builder = builder.http1_only();
    }
    builder = match &settings.proxy {
        ProxyChoice::Environment => builder,
        ProxyChoice::Direct => builder.no_proxy(),
        ProxyChoice::Url(url) => builder.proxy(proxy_for(url)?),
    };
    builder = match &settings.tls {
        Some(tls) => with_tls(builder, tls)?,
        None => builder.tls_certs_only([]),
    };
    builder.build().map_err(|error| {
        let kind = if settings.tls.is_some() { ErrorKind::Tls } else { ErrorKind::Transport };
        Error::new(kind, format!("cannot set up the connection: {}", super::failure::chain(&error)))
    })
}

fn with_tls(mut builder: ClientBuilder, tls: &Tls) -> Result<ClientBuilder> {
    if !tls.verify {
        builder = builder.tls_danger_accept_invalid_certs(true);
    }
    if let Some(ca) = &tls.ca {
        builder = builder.tls_certs_only(parse_authorities(ca)?);
    }
    if let Some(pem) = &tls.identity {
        builder = builder.identity(parse_identity(pem)?);
    }
    Ok(builder)
}
