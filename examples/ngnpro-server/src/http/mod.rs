//! HTTP/1.1 and 1.0, with or without TLS: the WSDL for GET, the ports for POST at any path.

pub mod chaos;
mod patience;
mod service;
pub mod tls;

pub use service::Service;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use patience::Patient;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;

/// How long connections get to finish after the signal to stop.
const GRACE: Duration = Duration::from_secs(10);
/// How long a client may take to send the head of a request, and for the TLS handshake.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);
/// How long a client may take nothing of an answer.
const WRITE_TIMEOUT: Duration = Duration::from_secs(60);

/// One address the server listens on.
pub struct Listener {
    pub socket: TcpListener,
    pub tls: Option<TlsAcceptor>,
    pub service: Arc<Service>,
}

impl Listener {
    /// Accepts connections until `stop` changes, then lets the calls in progress end.
    pub async fn serve(self, mut stop: watch::Receiver<bool>) {
        let graceful = GracefulShutdown::new();
        loop {
            let accepted = tokio::select! {
                accepted = self.socket.accept() => accepted,
                _ = stop.changed() => break,
            };
            match accepted {
                Ok((stream, _)) => self.connection(stream, graceful.watcher()),
                Err(error) => {
                    // Out of descriptors, for instance: give the others time to end.
                    tracing::warn!(%error, "accept");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            }
        }
        drop(self.socket);
        let _ = tokio::time::timeout(GRACE, graceful.shutdown()).await;
    }

    fn connection(&self, stream: TcpStream, watcher: Watcher) {
        let _ = stream.set_nodelay(true);
        let service = Arc::clone(&self.service);
        let Some(acceptor) = self.tls.clone() else {
            tokio::spawn(exchange(stream, service, watcher));
            return;
        };
        tokio::spawn(async move {
            match tokio::time::timeout(HEAD_TIMEOUT, acceptor.accept(stream)).await {
                Ok(Ok(stream)) => exchange(stream, service, watcher).await,
                Ok(Err(error)) => tracing::debug!(%error, "handshake"),
                Err(_) => tracing::debug!("handshake took too long"),
            }
        });
    }
}

async fn exchange<S>(stream: S, service: Arc<Service>, watcher: Watcher)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let answer = service_fn(move |request| {
        let service = Arc::clone(&service);
        async move { service.answer(request).await }
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD_TIMEOUT);
    let connection = builder.serve_connection(TokioIo::new(Patient::new(stream, WRITE_TIMEOUT)), answer);
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(%error, "connection");
    }
}
