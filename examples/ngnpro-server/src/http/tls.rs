//! A certificate authority and a server certificate of our own, made once in a folder.
//!
//! Clients trust `ca.pem`; the key of the authority is thrown away as soon as it has signed, so that nothing else
//! can ever be signed with it.

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::fs;
use std::io::Write as _;
use std::net::IpAddr;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use time::{Duration, OffsetDateTime};
use tokio_rustls::TlsAcceptor;

const VALID: Duration = Duration::days(3650);

/// The acceptor of TLS connections and the file of the authority.
pub fn acceptor(folder: &Path, host: IpAddr) -> Result<(TlsAcceptor, PathBuf), String> {
    let file = |name: &str| folder.join(name);
    let (authority, certificate, key) = (file("ca.pem"), file("server.pem"), file("server-key.pem"));
    if ![&authority, &certificate, &key].iter().all(|path| path.exists()) {
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let made = make(host).map_err(|error| error.to_string())?;
        write(&key, &made.key, 0o600)?;
        write(&certificate, &made.certificate, 0o644)?;
        write(&authority, &made.authority, 0o644)?;
    }
    let chain: Result<Vec<_>, _> = CertificateDer::pem_file_iter(&certificate)
        .map_err(|error| format!("{}: {error}", certificate.display()))?
        .collect();
    let chain = chain.map_err(|error| format!("{}: {error}", certificate.display()))?;
    let key_der =
        PrivateKeyDer::from_pem_file(&key).map_err(|error| format!("{}: {error}", key.display()))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_no_client_auth()
        .with_single_cert(chain, key_der)
        .map_err(|error| error.to_string())?;
    Ok((TlsAcceptor::from(Arc::new(config)), authority))
}

struct Made {
    authority: String,
    certificate: String,
    key: String,
}

fn make(host: IpAddr) -> Result<Made, rcgen::Error> {
    let now = OffsetDateTime::now_utc();
    let dated = |mut params: CertificateParams, name: &str| {
        params.distinguished_name.push(DnType::CommonName, name);
        params.not_before = now - Duration::days(1);
        params.not_after = now + VALID;
        params
    };
    let mut authority = dated(CertificateParams::default(), "ngnpro-server test authority");
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let authority_key = KeyPair::generate()?;
    let authority_certificate = authority.self_signed(&authority_key)?;
    let issuer = Issuer::new(authority, authority_key);

    let names = ["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned(), host.to_string()];
    let server = dated(CertificateParams::new(names)?, "ngnpro-server");
    let key = KeyPair::generate()?;
    let certificate = server.signed_by(&key, &issuer)?;
    Ok(Made {
        authority: authority_certificate.pem(),
        certificate: certificate.pem(),
        key: key.serialize_pem(),
    })
}

fn write(path: &Path, text: &str, mode: u32) -> Result<(), String> {
    let file = fs::OpenOptions::new().create(true).truncate(true).write(true).mode(mode).open(path);
    let written = file.and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| format!("{}: {error}", path.display()))
}
