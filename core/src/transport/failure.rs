//! Turns the network libraries' errors into ours: the kind says what to catch, the text what to do.
//!
//! Texts are built from the causes inside an error, never from the URL it carries, so no credential can
//! come through.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use rustls::CertificateError;
use url::Url;

use super::location::authority;
use crate::error::{Error, ErrorKind};

/// Whom we spoke to and how long we were ready to wait.
pub(super) struct Peer<'a> {
    pub url: &'a Url,
    /// `host:port` of the proxy between, if one was named.
    pub proxy: Option<&'a str>,
    pub connect_timeout: Option<Duration>,
}

impl Peer<'_> {
    /// `host:port`; made only when an error names it.
    pub fn authority(&self) -> String {
        authority(self.url)
    }
}

/// Every cause behind an error, itself first. An `io::Error` hides the error it wraps from `source()`.
fn causes<'a>(error: &'a (dyn StdError + 'static)) -> Vec<&'a (dyn StdError + 'static)> {
    let mut all: Vec<&'a (dyn StdError + 'static)> = Vec::new();
    let mut next = Some(error);
    while let Some(cause) = next {
        // Causes form no cycle; the bound is for libraries that prove otherwise.
        if all.len() >= 32 {
            break;
        }
        all.push(cause);
        next = match cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(inner) => Some(inner as &(dyn StdError + 'static)),
            None => cause.source(),
        };
    }
    all
}

fn find<'a, E: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a E> {
    causes(error).into_iter().find_map(<dyn StdError>::downcast_ref::<E>)
}

/// The texts of the causes, the library's own outermost sentence (with its URL) left out.
pub(super) fn chain(error: &reqwest::Error) -> String {
    let mut texts: Vec<String> = Vec::new();
    for cause in causes(error).into_iter().skip(1) {
        let text = cause.to_string();
        if texts.last().is_none_or(|last| !last.ends_with(&text)) {
            texts.push(text);
        }
    }
    if texts.is_empty() {
        return "unknown cause".to_owned();
    }
    texts.join(": ")
}

/// A failure before the first byte of the answer's body.
pub(super) fn on_send(error: &reqwest::Error, peer: &Peer<'_>) -> Error {
    let host = &peer.authority();
    if let Some(failure) = tls_failure(error, host) {
        return if error.is_connect() { failure.unsent() } else { failure };
    }
    if error.is_connect() {
        return on_connect(error, peer).unsent();
    }
    if let Some(hyper) = find::<hyper::Error>(error) {
        if hyper.is_parse() {
            let cause = chain(error);
            // What a TLS server says to plain HTTP is an alert record, which no HTTP begins with.
            let is_tls = peer.url.scheme() == "http" && cause.contains("invalid HTTP version");
            let advice = if is_tls { "; does it speak TLS? Then the URL begins with https" } else { "" };
            let text = format!("{host} answered with something that is not HTTP: {cause}{advice}");
            return Error::new(ErrorKind::Transport, text);
        }
    }
    if error.is_builder() {
        return Error::usage(format!("the request to {host} is not valid: {}", chain(error)));
    }
    let text = format!(
        "the connection to {host} was lost before an answer came; the server may have acted on the request, \
         so it was not sent again: {}",
        chain(error)
    );
    Error::new(ErrorKind::Connection, text)
}

/// Nothing was written yet.
fn on_connect(error: &reqwest::Error, peer: &Peer<'_>) -> Error {
    let host = &match peer.proxy {
        Some(proxy) => format!("the proxy {proxy} (for {})", peer.authority()),
        None => peer.authority(),
    };
    if error.is_timeout() {
        let text = match peer.connect_timeout {
            Some(limit) => format!("no connection to {host} within {limit:?} (connect_timeout)"),
            None => format!("no connection to {host}: {}", chain(error)),
        };
        return Error::new(ErrorKind::Timeout, text);
    }
    let text = if error.is_dns() {
        format!("{host}: the host name cannot be resolved: {}", chain(error))
    } else {
        match find::<io::Error>(error).map(io::Error::kind) {
            Some(io::ErrorKind::ConnectionRefused) => format!("{host} refused the connection"),
            _ => format!("no connection to {host}: {}", chain(error)),
        }
    };
    Error::new(ErrorKind::Connection, text)
}

/// A failure while the answer's body is read.
pub(super) fn on_body(error: &reqwest::Error, peer: &Peer<'_>) -> Error {
    let host = &peer.authority();
    if let Some(hyper) = find::<hyper::Error>(error) {
        let cause = if hyper.is_incomplete_message() || find::<io::Error>(error).is_some() {
            "the connection was lost before the answer was complete"
        } else {
            "the answer's body is damaged"
        };
        return Error::new(ErrorKind::Connection, format!("{host}: {cause}: {}", chain(error)));
    }
    Error::decode(format!("{host}: the answer's compressed content is damaged: {}", chain(error)))
}

pub(super) fn total_timeout(host: &str, limit: Duration) -> Error {
    let text = format!("no complete answer from {host} within {limit:?} (timeout)");
    Error::new(ErrorKind::Timeout, text)
}

fn tls_failure(error: &reqwest::Error, host: &str) -> Option<Error> {
    let tls = find::<rustls::Error>(error)?;
    let advice = match tls {
        rustls::Error::InvalidCertificate(reason) => certificate_advice(reason),
        rustls::Error::InvalidMessage(_) => {
            "; it does not seem to speak TLS: is it https, and is the port right?"
        }
        rustls::Error::AlertReceived(_) => {
            "; the server refused the handshake: does it require a client_cert?"
        }
        _ => "",
    };
    Some(Error::new(ErrorKind::Tls, format!("TLS with {host} failed: {tls}{advice}")))
}

fn certificate_advice(reason: &CertificateError) -> &'static str {
    match reason {
        CertificateError::UnknownIssuer => {
            "; its issuer is not trusted: name the issuer's certificate with ca_file, or turn verify off"
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "; the certificate was made for another host name"
        }
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "; the certificate has expired"
        }
        _ => "; name a certificate to trust with ca_file, or turn verify off",
    }
}
