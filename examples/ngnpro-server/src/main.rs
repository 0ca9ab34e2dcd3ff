//! An NGNPro-compatible SOAP server on embedded SQLite, for demos and tests.
//!
//! It shares no code with the client it is used to try out: `soap` is its own small SOAP layer, `ports` the
//! operations, `store` the database, `http` the listeners, `seed` the data to start with.

mod actor;
mod http;
mod options;
mod platform;
mod ports;
mod seed;
mod soap;
mod store;
mod wsdl;

use actor::Administrator;
use clap::Parser;
use http::chaos::Chaos;
use http::{Listener, Service};
use options::Options;
use platform::Platform;
use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::signal::unix::{signal, SignalKind};
use tokio::sync::watch;

fn main() -> ExitCode {
    let options = Options::parse();
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match run(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(text) => {
            eprintln!("ngnpro-server: {text}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<(), String> {
    let credentials = options.administrator.split_once(':');
    let credentials = credentials.filter(|(username, password)| !username.is_empty() && !password.is_empty());
    let (username, password) = credentials.ok_or("--administrator: expected USERNAME:PASSWORD")?;
    let administrator = Administrator { username: username.to_owned(), password: password.to_owned() };
    let database = options.database.as_deref();
    let platform = Platform::open(database, administrator, options.encrypted_passwords, &options.ports)?;
    for what in &options.seed {
        seed::fill(&platform, what)?;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    runtime.block_on(listen(options, Arc::new(platform)))
}

async fn listen(options: &Options, platform: Arc<Platform>) -> Result<(), String> {
    let chaos = Arc::new(Chaos::new(options.latency, options.fail.clone()));
    let mut terminate = signal(SignalKind::terminate()).map_err(|error| error.to_string())?;
    let (announce, stop) = watch::channel(false);
    let mut servers = tokio::task::JoinSet::new();
    let mut lines = Vec::new();
    for scheme in ["http", "https"] {
        let (tls, trust) = match (&options.tls, scheme) {
            (Some(folder), "https") => {
                let (acceptor, authority) = http::tls::acceptor(folder, options.host)?;
                (Some(acceptor), format!(" with the certificate authority {}", authority.display()))
            }
            (None, "https") => continue,
            _ => (None, String::new()),
        };
        let port = if tls.is_some() { options.tls_port } else { options.port };
        let socket = TcpListener::bind((options.host, port)).await;
        let socket = socket.map_err(|error| format!("cannot listen on port {port}: {error}"))?;
        let authority = socket.local_addr().map_err(|error| error.to_string())?.to_string();
        lines.push(format!("ngnpro-server listening on {scheme}://{authority}/ngnpro/{trust}"));
        let service =
            Service { platform: Arc::clone(&platform), scheme, authority, chaos: Arc::clone(&chaos) };
        let listener = Listener { socket, tls, service: Arc::new(service) };
        servers.spawn(listener.serve(stop.clone()));
    }
    println!("{}", lines.join("\n"));
    std::io::stdout().flush().map_err(|error| error.to_string())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
    let _ = announce.send(true);
    servers.join_all().await;
    Ok(())
}
