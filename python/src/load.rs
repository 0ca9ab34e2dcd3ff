//! Loading a WSDL from whatever names it: a URL, a path, the document's bytes, an open file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyString};
use wsdlproxy::client::{self, Cache};
use wsdlproxy::plan::store::hash;
use wsdlproxy::transport::{mask, Transport, TransportOptions};
use wsdlproxy::{Error, Limits};

use crate::definition::{Definition, Loaded};
use crate::error::{check_signals, load_error, usage};
use crate::options::{Caching, Options};

/// The location of a document that was given by its bytes; relative imports start in the current folder.
const NOWHERE: &str = "<bytes>";

/// Where a document is, or its bytes and where its relative imports start.
enum Wsdl {
    At(String),
    Bytes(String, Vec<u8>),
}

/// The definition that the first argument of `Proxy` and `load` means.
pub fn load(wsdl: &Bound<'_, PyAny>, options: &Options, transport: &Transport) -> PyResult<Arc<Loaded>> {
    if let Ok(definition) = wsdl.cast::<Definition>() {
        return Ok(Arc::clone(&definition.get().loaded));
    }
    let py = wsdl.py();
    let source = source(wsdl)?;
    let limits = options.limits;
    let cache = match &source {
        Wsdl::At(location) => cache(py, location, options)?,
        Wsdl::Bytes(..) => None,
    };
    let definition = py
        .detach(|| fetch(source, transport, &limits, cache.as_ref()))
        .map_err(|error| load_error(py, error))?;
    Ok(Arc::new(Loaded::new(definition)))
}

/// Where the compiled WSDL is kept and for how long it is trusted; `None` compiles it anew.
fn cache(py: Python<'_>, location: &str, options: &Options) -> PyResult<Option<Cache>> {
    let folder = match &options.caching {
        Caching::Off => return Ok(None),
        Caching::Usual => py.import("wsdlproxy._cache")?.getattr("folder")?.call0()?.extract()?,
        Caching::Folder(folder) => Some(folder.clone()),
    };
    let mut cache = Cache {
        folder,
        refresh: options.refresh,
        identity: identity(&options.transport),
        ..Cache::default()
    };
    if let Some(max_age) = options.max_age {
        cache.max_age = max_age;
        cache.refresh |= max_age.is_zero();
    } else if is_loopback(location) {
        // A server on this machine is one that is being worked on.
        cache.refresh = true;
    }
    Ok(Some(cache))
}

/// Tells apart what different credentials may be shown.
fn identity(transport: &TransportOptions) -> u64 {
    let basic = transport.basic_auth.iter().map(|basic| (&basic.user, &basic.password));
    let others = transport.headers.iter().chain(&transport.cookies).map(|(name, value)| (name, value));
    let seen: Vec<String> = basic.chain(others).map(|(name, value)| format!("{name}\n{value}\n")).collect();
    if seen.is_empty() {
        0
    } else {
        hash(seen.concat().as_bytes())
    }
}

fn is_loopback(location: &str) -> bool {
    let rest = location.split_once("://").map_or("", |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or("");
    let host = authority.rsplit('@').next().unwrap_or("").to_ascii_lowercase();
    host.starts_with("127.") || host.starts_with("localhost") || host.starts_with("[::1]")
}

fn fetch(
    source: Wsdl,
    transport: &Transport,
    limits: &Limits,
    cache: Option<&Cache>,
) -> wsdlproxy::Result<client::Definition> {
    let mut poll = check_signals;
    match source {
        Wsdl::At(location) => match cache {
            Some(cache) => client::Definition::load_cached(&location, transport, limits, cache, &mut poll),
            None => client::Definition::load(&location, transport, limits, &mut poll),
        },
        Wsdl::Bytes(location, bytes) if bytes.is_empty() => {
            Err(Error::wsdl("the document is empty").in_document(&location))
        }
        Wsdl::Bytes(location, bytes) => {
            client::Definition::from_bytes(&location, &bytes, transport, limits, &mut poll)
        }
    }
}

fn source(wsdl: &Bound<'_, PyAny>) -> PyResult<Wsdl> {
    if let Ok(text) = wsdl.cast::<PyString>() {
        let text: String = text.extract()?;
        // The document itself, decoded already.
        if text.trim_start().starts_with('<') {
            return Ok(Wsdl::Bytes(NOWHERE.to_owned(), decoded(&text)));
        }
        return at(wsdl.py(), text);
    }
    if let Ok(bytes) = wsdl.cast::<PyBytes>() {
        return Ok(Wsdl::Bytes(NOWHERE.to_owned(), bytes.as_bytes().to_vec()));
    }
    if let Ok(bytes) = wsdl.cast::<PyByteArray>() {
        return Ok(Wsdl::Bytes(NOWHERE.to_owned(), bytes.to_vec()));
    }
    if let Ok(path) = wsdl.extract::<PathBuf>() {
        return Ok(Wsdl::At(path.to_string_lossy().into_owned()));
    }
    let py = wsdl.py();
    let Some(read) = wsdl.getattr_opt(intern!(py, "read"))? else {
        return Err(usage(py, "wsdl: expected a URL, a path, bytes or an open file"));
    };
    // An open file knows its name, or has a number for one.
    let location = match wsdl.getattr_opt(intern!(py, "name"))? {
        Some(name) => name.extract::<PathBuf>().map(|path| path.to_string_lossy().into_owned()),
        None => Ok(NOWHERE.to_owned()),
    };
    let content = read.call0()?;
    let bytes = match content.cast::<PyString>() {
        Ok(text) => decoded(&text.extract::<String>()?),
        Err(_) => content.extract()?,
    };
    Ok(Wsdl::Bytes(location.unwrap_or_else(|_| NOWHERE.to_owned()), bytes))
}

/// A URL or a path. One that is meant for a URL is not looked for on the disk.
fn at(py: Python<'_>, text: String) -> PyResult<Wsdl> {
    if text.trim().is_empty() {
        return Err(usage(py, "wsdl: expected a URL, a path, bytes or an open file, got an empty text"));
    }
    let first = text.split(['/', '?']).next().unwrap_or("");
    let is_host = first.starts_with("www.")
        || first.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok())
        || first.eq_ignore_ascii_case("localhost")
        || text.contains("?wsdl");
    // What the core knows by its scheme, or finds, is none of this.
    if is_host && !text.contains("://") && !Path::new(&text).exists() {
        let shown = mask(&text);
        return Err(load_error(
            py,
            Error::wsdl(format!("{shown}: no such file; a URL begins with http:// or https://")),
        ));
    }
    Ok(Wsdl::At(text))
}

/// Text that was decoded already: the mark says UTF-8, whatever its XML declaration says.
fn decoded(text: &str) -> Vec<u8> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    [b"\xEF\xBB\xBF", text.as_bytes()].concat()
}
