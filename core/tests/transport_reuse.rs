//! Calls one after the other use one connection. Alone in its process: callers that wait at the same time have
//! connections of their own, and tests run side by side.
#![cfg(feature = "transport")]

mod transport_support;

use transport_support::{post, transport, Server};

#[test]
fn connections_are_reused() {
    let server = Server::echo();
    let transport = transport();
    for i in 0..20 {
        let response = transport.send(post(&server.url("/s"), &format!("<n>{i}</n>"))).unwrap();
        assert_eq!(response.status, 200);
        assert_eq!(response.body, format!("<n>{i}</n>").as_bytes());
        assert_eq!(response.content_type.as_deref(), Some("text/xml"));
    }
    assert_eq!(server.connections(), 1);
    assert_eq!(server.seen().len(), 20);
}
