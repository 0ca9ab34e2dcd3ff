//! HTTP(S): one runtime per process, bodies in memory, errors that name the host and never a password.
//!
//! A [`Transport`] is made once from [`TransportOptions`] and then sends requests ([`Transport::send`],
//! [`Transport::start`]) and loads documents ([`Transport::fetcher`]). It holds no socket itself: sockets
//! belong to the process's runtime, so a `Transport` stays usable after `fork` on both sides.
//! A request is never written twice unless the server asked for it with a status.

mod arrivals;
mod bulk;
mod clients;
mod cookies;
mod exchange;
mod failure;
mod fetch;
mod headers;
mod http;
mod location;
mod options;
mod pending;
mod redirect;
mod retry;
mod runtime;

pub use arrivals::Arrivals;
pub use bulk::BulkPolicy;
pub use fetch::{Fetched, Fetcher};
pub use headers::Headers;
pub use http::{check_header, check_url, HttpRequest, HttpResponse, Method, Transport};
pub use location::{join, mask};
pub use options::{BasicAuth, ClientCert, Pem, ProxyChoice, TransportOptions};
pub use pending::Pending;
pub use retry::{only_reads, Retry};
pub use runtime::{configure, Threading};
