//! Calls one after the other use one connection. Alone in its process: callers that wait at the same time have
//! connections of their own, and tests run side by side.
#![cfg(feature = "transport")]

mod transport_support;

use transport_support::{options, post, transport, Server};
use wsdlproxy::transport::{Transport, TransportOptions};

#[test]
fn connections_are_reused() {
    let server = Server::echo();
    let transport = transport();
    for i in 0..20 {
        let response = transport.send(post(&server.url("/s"), &format!("<n>{i}</n>"))).unwrap();
        assert_eq!(response.status, 200);
        assert_eq!(response.body, format!("<n>{i}</n>").as_bytes());
        assert_eq!(response.headers.get("content-type").as_deref(), Some("text/xml"));
    }
    // What is sent along, cookies for example, makes no other connection.
    let kept = TransportOptions { keep_cookies: true, cookies: vec![("a".into(), "b".into())], ..options() };
    Transport::new(&kept).unwrap().send(post(&server.url("/s"), "<n/>")).unwrap();
    assert_eq!(server.seen().last().unwrap().header("cookie"), Some("a=b"));
    assert_eq!(server.connections(), 1);
    assert_eq!(server.seen().len(), 21);
}
