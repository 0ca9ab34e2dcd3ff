//! Connections that the server ended while nobody used them are noticed. Alone in its process, as
//! `transport_reuse.rs` is.
#![cfg(feature = "transport")]

mod transport_support;

use transport_support::{survives_idle_end, Then};

#[test]
fn idle_connection_ended_by_server_is_noticed() {
    survives_idle_end(|| Then::Close);
    survives_idle_end(|| Then::Reset);
}
