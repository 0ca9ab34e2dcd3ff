//! `with_options`: the same port with a few options changed, at the price of a small copy.

use std::sync::Arc;
use std::time::Duration;

use pyo3::prelude::*;
use pyo3::types::PyDict;
use wsdlproxy::client::Settings;
use wsdlproxy::transport::Transport;

use crate::error::{port_error, to_python, usage};
use crate::option_values as values;
use crate::options::{unexpected, Location, Options, Strict};
use crate::session::{Extra, Last, Session};

pub const NAMES: [&str; 9] =
    ["timeout", "impersonate", "headers", "soap_headers", "trace", "location", "auth", "strict", "unknown"];
/// As good as no limit.
const YEARS: Duration = Duration::from_secs(10 * 365 * 86_400);

/// A session like `base`, with the same transport and thus the same connections.
pub fn session(py: Python<'_>, base: &Arc<Session>, given: Option<&Bound<'_, PyDict>>) -> PyResult<Session> {
    let mut options = base.options.clone();
    let mut extra = base.extra.clone();
    let (mut impersonate, mut removed) = (None, false);
    for (name, value) in given.into_iter().flat_map(PyDictMethods::iter) {
        let name: String = name.extract()?;
        match name.as_str() {
            "timeout" => extra.timeout = Some(values::seconds(&name, &value)?.unwrap_or(YEARS)),
            "impersonate" => impersonate = Some(value),
            "headers" => removed |= change_headers(&mut options, &mut extra, &value)?,
            "soap_headers" => options.soap_headers = (!value.is_none()).then(|| Arc::new(value.unbind())),
            "trace" => options.trace = values::trace(&value)?,
            "location" => options.location = values::location(&value)?,
            "auth" => options.auth = values::auth(&value, options.auth.as_ref())?,
            "strict" => options.strict = Strict(values::boolean(&name, &value)?),
            "unknown" => options.unknown = values::unknown(&value)?,
            _ => return Err(unexpected(py, "with_options", &name, &NAMES)),
        }
    }
    if let Some(value) = impersonate {
        let Some(auth) = &mut options.auth else {
            return Err(usage(py, "impersonate: there are no credentials; give auth as well"));
        };
        auth.impersonate = if value.is_none() { None } else { Some(values::impersonate(&value)?) };
    }
    let client =
        base.client.with_settings(settings(py, base, &options)?).map_err(|error| port_error(py, error))?;
    // A header that all requests of a transport have can only be left out by another one.
    let transport = if removed {
        Transport::new(&options.transport).map_err(|error| to_python(py, error))?
    } else {
        base.transport.clone()
    };
    Ok(Session { loaded: Arc::clone(&base.loaded), client, transport, options, extra, last: Last::default() })
}

/// Sets headers over those there are, and takes away those that are None, or all. Whether one was the transport's own.
fn change_headers(options: &mut Options, extra: &mut Extra, value: &Bound<'_, PyAny>) -> PyResult<bool> {
    if value.is_none() {
        extra.headers.clear();
        return Ok(!std::mem::take(&mut options.transport.headers).is_empty());
    }
    let mut removed = false;
    for (name, text) in values::header_changes(value)? {
        let is_other = |(other, _): &(String, String)| !other.eq_ignore_ascii_case(&name);
        extra.headers.retain(is_other);
        if let Some(text) = text {
            extra.headers.push((name, text));
            continue;
        }
        let own = &mut options.transport.headers;
        let before = own.len();
        own.retain(is_other);
        removed |= own.len() < before;
    }
    Ok(removed)
}

fn settings(py: Python<'_>, base: &Session, options: &Options) -> PyResult<Settings> {
    let plan = base.client.plan();
    if let Location::ByPort(_) = options.location {
        options.check_ports(py, plan.ports.iter().map(|row| plan.text(row.name)))?;
    }
    Ok(options.settings(plan.text(plan.ports[base.client.port()].name)))
}
