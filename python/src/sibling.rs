//! `with_options`: the same port with a few options changed, at the price of a small copy.

use std::sync::Arc;
use std::time::Duration;

use pyo3::prelude::*;
use pyo3::types::PyDict;
use wsdlproxy::client::Settings;

use crate::error::{port_error, usage};
use crate::option_values as values;
use crate::options::{unexpected, Location, Options, Strict};
use crate::session::{Last, Session};

const NAMES: [&str; 9] =
    ["timeout", "impersonate", "headers", "soap_headers", "trace", "location", "auth", "strict", "unknown"];
/// As good as no limit.
const YEARS: Duration = Duration::from_secs(10 * 365 * 86_400);

/// A session like `base`, with the same transport and thus the same connections.
pub fn session(py: Python<'_>, base: &Arc<Session>, given: Option<&Bound<'_, PyDict>>) -> PyResult<Session> {
    let mut options = base.options.clone();
    let mut extra = base.extra.clone();
    let mut impersonate = None;
    for (name, value) in given.into_iter().flat_map(PyDictMethods::iter) {
        let name: String = name.extract()?;
        match name.as_str() {
            "timeout" => extra.timeout = Some(values::seconds(&name, &value)?.unwrap_or(YEARS)),
            "impersonate" => impersonate = Some(value),
            "headers" => extra.headers = values::headers(&value)?,
            "soap_headers" => options.soap_headers = (!value.is_none()).then(|| Arc::new(value.unbind())),
            "trace" => options.trace = values::trace(&value)?,
            "location" => options.location = values::location(&value)?,
            "auth" => options.auth = values::auth(&value)?,
            "strict" => options.strict = Strict(values::boolean(&name, &value)?),
            "unknown" => options.unknown = values::unknown(&value)?,
            _ => return Err(unexpected("with_options", &name, &NAMES)),
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
    Ok(Session {
        loaded: Arc::clone(&base.loaded),
        client,
        transport: base.transport.clone(),
        options,
        extra,
        last: Last::default(),
    })
}

fn settings(py: Python<'_>, base: &Session, options: &Options) -> PyResult<Settings> {
    let plan = base.client.plan();
    if let Location::ByPort(_) = options.location {
        options.check_ports(py, plan.ports.iter().map(|row| plan.text(row.name)))?;
    }
    Ok(options.settings(plan.text(plan.ports[base.client.port()].name)))
}
