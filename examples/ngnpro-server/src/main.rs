//! An NGNPro-compatible SOAP server on embedded SQLite, for demos and tests.
//!
//! It shares no code with the client it is used to try out: `soap` is its own small SOAP layer, `ports` the
//! operations, `store` the database, `http` the listeners, `seed` the data to start with.

// The ports that are still missing use what nothing uses yet.
#![allow(dead_code)]

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
use options::Options;
use platform::Platform;
use ports::call::Policy;
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
    let (username, password) =
        options.administrator.split_once(':').ok_or("--administrator: expected USERNAME:PASSWORD")?;
    let administrator = Administrator { username: username.to_owned(), password: password.to_owned() };
    let policy = Policy { encrypted_passwords: options.encrypted_passwords, has_accounts: true };
    let platform = Platform::open(options.database.as_deref(), administrator, policy)?;
    for what in &options.seed {
        seed::fill(&platform, what)?;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    runtime.block_on(listen(options, Arc::new(platform)))
}

async fn listen(options: &Options, platform: Arc<Platform>) -> Result<(), String> {
    let listener = TcpListener::bind((options.host, options.port)).await;
    let listener = listener.map_err(|error| format!("cannot listen on port {}: {error}", options.port))?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let (announce, stop) = watch::channel(false);
    let mut terminate = signal(SignalKind::terminate()).map_err(|error| error.to_string())?;
    let service = http::Service { platform, scheme: "http", authority: address.to_string() };
    let server = tokio::spawn(http::serve(listener, Arc::new(service), stop));
    println!("ngnpro-server listening on http://{address}/ngnpro/");
    std::io::stdout().flush().map_err(|error| error.to_string())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
    let _ = announce.send(true);
    server.await.map_err(|error| error.to_string())
}
