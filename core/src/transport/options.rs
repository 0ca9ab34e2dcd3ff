//! What a user may choose about the network, as plain data.
//!
//! Nothing is checked or read here; `Transport::new` does both once. Printing the options never shows a
//! password, a key or the value of a header.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use super::location::mask;
use crate::limits::Limits;

/// A PEM document: a file, or its content.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Pem {
    Path(PathBuf),
    Bytes(Vec<u8>),
}

/// The certificate this client shows, with its unencrypted private key; `key` may sit in the same PEM.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ClientCert {
    pub cert: Pem,
    pub key: Option<Pem>,
}

/// RFC 7617 credentials, sent only to the server they were given for.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct BasicAuth {
    pub user: String,
    pub password: String,
}

/// Which proxy requests go through.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub enum ProxyChoice {
    /// `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, as other clients read them.
    #[default]
    Environment,
    /// None, whatever the environment says.
    Direct,
    /// `http://user:password@host:port`, or with `https`, `socks5`, `socks5h`.
    Url(String),
}

/// Everything that can be chosen about HTTP and TLS.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct TransportOptions {
    /// From the start of a request to the last byte of its answer, redirects included. Default 60 s.
    pub timeout: Option<Duration>,
    /// For DNS, TCP, proxy and TLS together. Default 10 s.
    pub connect_timeout: Option<Duration>,
    /// For the head of an answer, and for each wait for more of its body. Default none.
    pub idle_timeout: Option<Duration>,
    /// Whether the server's certificate must be valid. Default true.
    pub verify: bool,
    /// Trusted certificates; when there are any, the system's are not trusted.
    pub ca: Vec<Pem>,
    pub client_cert: Option<ClientCert>,
    pub proxy: ProxyChoice,
    pub basic_auth: Option<BasicAuth>,
    /// Sent with every request to the server named by the caller, and to no other.
    pub headers: Vec<(String, String)>,
    /// Offer gzip and deflate for answers. Default true.
    pub gzip: bool,
    /// Hand over an answer that is compressed without having been asked to be, instead of refusing it. Default false.
    pub keep_compressed: bool,
    /// Default `wsdlproxy/<version>`.
    pub user_agent: Option<String>,
    /// Sent with every request to the server named by the caller.
    pub cookies: Vec<(String, String)>,
    /// Remember and send back the cookies servers set (RFC 6265). Default false.
    pub keep_cookies: bool,
    /// Bytes of one body after decompression.
    pub max_body: usize,
    /// Redirects followed for one request. Default 5.
    pub redirects: u32,
    /// Never negotiate HTTP/2. Default false.
    pub http1_only: bool,
    /// Speak HTTP/1.0, for servers that know nothing later. Default false.
    pub http10: bool,
}

impl Default for TransportOptions {
    fn default() -> Self {
        Self {
            timeout: Some(Duration::from_secs(60)),
            connect_timeout: Some(Duration::from_secs(10)),
            idle_timeout: None,
            verify: true,
            ca: Vec::new(),
            client_cert: None,
            proxy: ProxyChoice::Environment,
            basic_auth: None,
            headers: Vec::new(),
            gzip: true,
            keep_compressed: false,
            user_agent: None,
            cookies: Vec::new(),
            keep_cookies: false,
            max_body: Limits::default().bytes,
            redirects: 5,
            http1_only: false,
            http10: false,
        }
    }
}

impl fmt::Debug for TransportOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names =
            |pairs: &[(String, String)]| pairs.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        f.debug_struct("TransportOptions")
            .field("timeout", &self.timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("idle_timeout", &self.idle_timeout)
            .field("verify", &self.verify)
            .field("ca", &self.ca)
            .field("client_cert", &self.client_cert)
            .field("proxy", &self.proxy)
            .field("basic_auth", &self.basic_auth)
            .field("headers", &names(&self.headers))
            .field("gzip", &self.gzip)
            .field("keep_compressed", &self.keep_compressed)
            .field("user_agent", &self.user_agent)
            .field("cookies", &names(&self.cookies))
            .field("keep_cookies", &self.keep_cookies)
            .field("max_body", &self.max_body)
            .field("redirects", &self.redirects)
            .field("http1_only", &self.http1_only)
            .field("http10", &self.http10)
            .finish()
    }
}

impl fmt::Debug for Pem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => write!(f, "Path({})", path.display()),
            Self::Bytes(bytes) => write!(f, "Bytes({} bytes)", bytes.len()),
        }
    }
}

impl fmt::Debug for BasicAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BasicAuth({}, ***)", self.user)
    }
}

impl fmt::Debug for ProxyChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Environment => f.write_str("Environment"),
            Self::Direct => f.write_str("Direct"),
            Self::Url(url) => write!(f, "Url({})", mask(url)),
        }
    }
}
