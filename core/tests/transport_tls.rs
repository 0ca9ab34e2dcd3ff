//! TLS: who is trusted, who is not, and what the errors say.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]
#![cfg(feature = "transport")]

mod transport_support;

use std::io::{Read as _, Write as _};

use transport_support::tls::{self, Authority, Party};
use transport_support::{answer, options, post, Seen, Server, Stream, Then};
use wsdlproxy::transport::{ClientCert, Pem, Transport, TransportOptions};
use wsdlproxy::ErrorKind;

fn echo(seen: &Seen, stream: &mut dyn Stream) -> Then {
    answer(stream, 200, "text/xml", &seen.body);
    Then::Keep
}

fn trusting(pem: &str) -> TransportOptions {
    TransportOptions { ca: vec![Pem::Bytes(pem.as_bytes().to_vec())], ..options() }
}

fn send(options: &TransportOptions, server: &Server) -> wsdlproxy::Result<Vec<u8>> {
    Ok(Transport::new(options)?.send(post(&tls::url(server, "/"), "<a/>"))?.body.to_vec())
}

#[test]
fn self_signed_is_refused_with_advice() {
    let server = tls::start(&Party::self_signed("localhost"), None, echo);
    let trusted_elsewhere = Authority::new();
    let error = send(&trusting(&trusted_elsewhere.pem()), &server).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Tls, "{error}");
    assert!(error.message().contains("ca_file") && error.message().contains("verify"), "{error}");
    assert!(server.seen().is_empty());
}

#[test]
fn self_signed_is_accepted_when_named_or_unverified() {
    let party = Party::self_signed("localhost");
    let server = tls::start(&party, None, echo);
    assert_eq!(send(&trusting(&party.cert_pem), &server).unwrap(), b"<a/>");
    assert_eq!(send(&TransportOptions { verify: false, ..options() }, &server).unwrap(), b"<a/>");
}

#[test]
fn one_of_several_authorities_is_enough() {
    let (other, right) = (Authority::new(), Authority::new());
    let server = tls::start(&right.issue("localhost"), None, echo);
    let bundle = format!("{}\n{}", other.pem(), right.pem());
    assert_eq!(send(&trusting(&bundle), &server).unwrap(), b"<a/>");
    let file = std::env::temp_dir().join(format!("wsdlproxy-ca-{}.pem", std::process::id()));
    std::fs::write(&file, &bundle).unwrap();
    let from_file = TransportOptions { ca: vec![Pem::Path(file.clone())], ..options() };
    let outcome = send(&from_file, &server);
    std::fs::remove_file(&file).unwrap();
    assert_eq!(outcome.unwrap(), b"<a/>");
}

#[test]
fn wrong_host_name_is_told() {
    let authority = Authority::new();
    let server = tls::start(&authority.issue("elsewhere.example"), None, echo);
    let error = send(&trusting(&authority.pem()), &server).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Tls, "{error}");
    assert!(error.message().contains("another host name"), "{error}");
}

#[test]
fn plain_server_behind_https_is_told() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}/", listener.local_addr().unwrap());
    let talker = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        // Closing before all is read would be a reset, which may overtake the answer.
        assert!(stream.read(&mut [0; 1 << 14]).unwrap() > 0);
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let _ = stream.read_to_end(&mut Vec::new());
    });
    let chosen = TransportOptions { verify: false, ..options() };
    let error = Transport::new(&chosen).unwrap().send(post(&url, "<a/>")).unwrap_err();
    talker.join().unwrap();
    assert_eq!(error.kind(), ErrorKind::Tls, "{error}");
    assert!(error.message().contains("is it https"), "{error}");
}

#[test]
fn client_certificate_is_shown_when_demanded() {
    let authority = Authority::new();
    let server = tls::start(&authority.issue("localhost"), Some(&authority), echo);
    let without = trusting(&authority.pem());
    let error = send(&without, &server).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Tls | ErrorKind::Connection), "{error:?}");
    let client = authority.issue("client");
    let with = TransportOptions {
        client_cert: Some(ClientCert {
            cert: Pem::Bytes(client.cert_pem.clone().into_bytes()),
            key: Some(Pem::Bytes(client.key_pem().into_bytes())),
        }),
        ..without
    };
    assert_eq!(send(&with, &server).unwrap(), b"<a/>");
    assert!(!format!("{with:?}").contains("PRIVATE"));
}

#[test]
fn unusable_certificates_are_refused_early() {
    let error = Transport::new(&trusting("no certificate")).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::Usage);
    let cert = Pem::Bytes(b"-----BEGIN ENCRYPTED PRIVATE KEY-----\n".to_vec());
    let chosen = TransportOptions { client_cert: Some(ClientCert { cert, key: None }), ..options() };
    let error = Transport::new(&chosen).err().unwrap();
    assert!(error.message().contains("encrypted"), "{error}");
}
