//! The command line.

use crate::http::chaos::{delay, Failure};
use clap::Parser;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

/// An NGNPro-compatible provisioning server for demos and tests.
///
/// To look around:               ngnpro-server --seed demo
/// To keep what you make:        ngnpro-server --database platform.db
/// As a platform of two servers: ngnpro-server --tls tls --tls-port 9243
///                               ngnpro-server --port 9201 --ports voicemail
///
/// It runs in the foreground until Ctrl-C or SIGTERM, and lets the calls in progress end.
///
/// The first line on standard output names the address, for instance
/// "ngnpro-server listening on http://127.0.0.1:9200/ngnpro/"; the WSDL is there under "wsdl", and under
/// "wsdl?port=Voicemail" with one port only. Log messages go to standard error (RUST_LOG=info shows each call).
///
/// Credentials: the administrator is admin with the password secret unless --administrator says otherwise.
/// Customers made through the CustomerPort log in with their own username and password.
#[derive(Parser)]
#[command(version, verbatim_doc_comment)]
pub struct Options {
    /// Address to listen on.
    #[arg(long, default_value = "127.0.0.1")]
    pub host: IpAddr,

    /// Port to listen on; 0 takes a free one.
    #[arg(long, default_value_t = 9200)]
    pub port: u16,

    /// File that keeps the data; without it they are gone when the server ends.
    #[arg(long, value_name = "FILE")]
    pub database: Option<PathBuf>,

    /// The administrator account.
    #[arg(
        long,
        value_name = "USERNAME:PASSWORD",
        default_value = "admin:secret",
        env = "NGNPRO_ADMINISTRATOR",
        hide_env_values = true
    )]
    pub administrator: String,

    /// Fill the platform before listening: "demo" (2 resellers, 5 customers, 20 domains, 5,000 accounts in use), or
    /// "accounts=NUMBER" for that many accounts in one domain. Can be given more than once; data that are there
    /// already stay.
    #[arg(long, value_name = "WHAT")]
    pub seed: Vec<String>,

    /// Keep SIP passwords as hashes only, those that are there already too, so that no answer shows one again.
    #[arg(long)]
    pub encrypted_passwords: bool,

    /// Serve HTTPS too, with a certificate of an authority of the server's own, both made in this folder.
    /// A second line on standard output names the address and the authority's file.
    #[arg(long, value_name = "FOLDER")]
    pub tls: Option<PathBuf>,

    /// Port to listen on for HTTPS; 0 takes a free one.
    #[arg(long, default_value_t = 0, requires = "tls")]
    pub tls_port: u16,

    /// Serve these of the ports sip, voicemail, enum, dns, rating, customer, network and presence only; "voicemail"
    /// makes a voicemail server of its own.
    #[arg(long, value_name = "PORT,…", value_delimiter = ',')]
    pub ports: Vec<String>,

    /// Wait this long before each call, for instance 20ms.
    #[arg(long, value_name = "TIME", value_parser = delay, default_value = "0ms")]
    pub latency: Duration,

    /// Make calls fail: "drop" (carried out, no answer), "refuse" (not carried out, no answer), "truncate"
    /// (carried out, half an answer) or "http500" (not carried out, an HTML page); ":every=3" takes every third.
    /// Can be given more than once.
    #[arg(long, value_name = "KIND[:every=N]")]
    pub fail: Vec<Failure>,
}
