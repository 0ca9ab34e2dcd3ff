//! TLS for the test server, with certificates made on the spot.

use std::net::TcpStream;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, ServerConnection, StreamOwned};

use super::{reset_on_close, Seen, Server, Stream, Then};

impl Stream for StreamOwned<ServerConnection, TcpStream> {
    fn reset(&self) {
        reset_on_close(&self.sock);
    }

    fn socket(&self) -> std::io::Result<TcpStream> {
        self.sock.try_clone()
    }
}

/// A certificate with its key, both as PEM, and signed by whom the maker says.
pub struct Party {
    pub cert: CertificateDer<'static>,
    pub cert_pem: String,
    key: KeyPair,
}

impl Party {
    pub fn key_pem(&self) -> String {
        self.key.serialize_pem()
    }

    /// A certificate that vouches for itself only.
    pub fn self_signed(host: &str) -> Self {
        let key = KeyPair::generate().expect("key");
        let params = CertificateParams::new(vec![host.to_owned()]).expect("params");
        let cert = params.self_signed(&key).expect("certificate");
        Self { cert: cert.der().clone(), cert_pem: cert.pem(), key }
    }
}

/// A certification authority.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub fn new() -> Self {
        let mut params = CertificateParams::new(Vec::<String>::new()).expect("params");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().expect("key")).expect("authority"))
    }

    pub fn pem(&self) -> String {
        self.0.pem()
    }

    pub fn issue(&self, host: &str) -> Party {
        let key = KeyPair::generate().expect("key");
        let params = CertificateParams::new(vec![host.to_owned()]).expect("params");
        let cert = params.signed_by(&key, &self.0).expect("certificate");
        Party { cert: cert.der().clone(), cert_pem: cert.pem(), key }
    }
}

/// A server that shows `party`, and demands a certificate issued by `clients` if given.
pub fn start(
    party: &Party,
    clients: Option<&Authority>,
    handler: impl Fn(&Seen, &mut dyn Stream) -> Then + Send + Sync + 'static,
) -> Server {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .expect("versions");
    let builder = match clients {
        None => builder.with_no_client_auth(),
        Some(authority) => {
            let mut roots = RootCertStore::empty();
            roots.add(authority.0.der().clone()).expect("root");
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build();
            builder.with_client_cert_verifier(verifier.expect("verifier"))
        }
    };
    let key = PrivateKeyDer::try_from(party.key.serialize_der()).expect("key");
    let config = Arc::new(builder.with_single_cert(vec![party.cert.clone()], key).expect("config"));
    let accept = move |stream: TcpStream| -> Box<dyn Stream> {
        let connection = ServerConnection::new(Arc::clone(&config)).expect("connection");
        Box::new(StreamOwned::new(connection, stream))
    };
    Server::start_with(accept, handler)
}

/// The `https:` URL of a server.
pub fn url(server: &Server, path: &str) -> String {
    format!("https://localhost:{}{path}", server.addr.port())
}
