//! On the current-thread runtime too, calls one after the other use one connection. Alone in its process, as
//! `transport_reuse.rs` is: the runtime is chosen once in a process, and tests run side by side.
#![cfg(feature = "transport")]

mod transport_support;

use transport_support::{post, transport, Server};
use wsdlproxy::transport::{configure, Threading};

#[test]
fn connections_are_reused_by_one_thread() {
    configure(Threading::CurrentThread);
    let server = Server::echo();
    let transport = transport();
    for _ in 0..30 {
        transport.send(post(&server.url("/"), "<a/>")).unwrap();
    }
    assert_eq!(server.connections(), 1);
}
