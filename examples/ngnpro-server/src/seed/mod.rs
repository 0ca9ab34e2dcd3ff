//! Data to start with.

mod accounts;
mod demo;

use crate::platform::Platform;

/// Fills the platform as `--seed` says.
pub fn fill(platform: &Platform, what: &str) -> Result<(), String> {
    let result = match what.split_once('=') {
        None if what == "demo" => demo::fill(platform),
        Some(("accounts", count)) => {
            let count = count.parse().map_err(|_| format!("--seed {what}: expected a number"))?;
            accounts::fill(platform, count)
        }
        _ => return Err(format!("--seed {what}: expected demo or accounts=NUMBER")),
    };
    result.map_err(|fault| format!("--seed {what}: {fault}"))
}
