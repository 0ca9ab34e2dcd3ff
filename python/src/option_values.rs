//! Python values to the options they mean. Errors name the option and never show a credential.

use std::path::PathBuf;
use std::time::Duration;

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyMapping, PyString, PyTuple};
use wsdlproxy::client::Auth;
use wsdlproxy::decode::Unknown;
use wsdlproxy::similar::hint;
use wsdlproxy::transport::{check_header, check_url, BasicAuth, ClientCert, Pem, ProxyChoice};
use wsdlproxy::Limits;

use crate::error::usage;
use crate::options::{Caching, Location, Trace};

/// The longest time limit; anything beyond is none.
const LONGEST: f64 = 1e9;
/// Headers that belong to the message.
const OWN_HEADERS: [&str; 4] = ["Content-Type", "Content-Length", "Transfer-Encoding", "SOAPAction"];

/// `dict(username=…, password=…, impersonate=…, admin=…)`; what it does not name stays as it is in `base`.
pub fn auth(value: &Bound<'_, PyAny>, base: Option<&Auth>) -> PyResult<Option<Auth>> {
    if value.is_none() {
        return Ok(None);
    }
    let py = value.py();
    let mapping = value
        .cast::<PyMapping>()
        .map_err(|_| usage(py, "auth: expected a dict with username and password"))?;
    let known = ["username", "password", "impersonate", "admin"];
    for name in mapping.keys()?.iter() {
        let name = name.str()?.to_string();
        if !known.contains(&name.as_str()) {
            return Err(usage(py, format!("auth: no member {name:?}{}", hint_or_all(&name, &known))));
        }
    }
    let member = |name: &str| -> PyResult<Option<Bound<'_, PyAny>>> {
        if !mapping.contains(name)? {
            return Ok(None);
        }
        Ok(Some(mapping.get_item(name)?).filter(|value| !value.is_none()))
    };
    let text = |name: &str, before: Option<&String>| -> PyResult<String> {
        match (member(name)?, before) {
            (Some(value), _) => value.extract().map_err(|_| usage(py, format!("auth: {name} is not a str"))),
            (None, Some(before)) => Ok(before.clone()),
            (None, None) => Err(usage(py, format!("auth: {name} is missing"))),
        }
    };
    let mut made = Auth {
        username: text("username", base.map(|auth| &auth.username))?,
        password: text("password", base.map(|auth| &auth.password))?,
        admin: base.and_then(|auth| auth.admin),
        impersonate: base.and_then(|auth| auth.impersonate),
    };
    if mapping.contains("admin")? {
        made.admin = member("admin")?.map(|value| boolean("auth: admin", &value)).transpose()?;
    }
    if mapping.contains("impersonate")? {
        made.impersonate = member("impersonate")?.map(|value| impersonate(&value)).transpose()?;
    }
    Ok(Some(made))
}

/// The id of a customer or reseller.
pub fn impersonate(value: &Bound<'_, PyAny>) -> PyResult<i64> {
    let wrong = || usage(value.py(), "impersonate: expected the number of a customer");
    if value.is_instance_of::<PyBool>() {
        return Err(wrong());
    }
    value.extract().map_err(|_| wrong())
}

/// A text.
pub fn text(name: &str, value: &Bound<'_, PyAny>) -> PyResult<String> {
    value.extract().map_err(|_| usage(value.py(), format!("{name}: expected a str")))
}

/// A number from 0 on.
pub fn count(name: &str, value: &Bound<'_, PyAny>) -> PyResult<u32> {
    let wrong = || usage(value.py(), format!("{name}: expected a number from 0 on"));
    if value.is_instance_of::<PyBool>() {
        return Err(wrong());
    }
    value.extract().map_err(|_| wrong())
}

/// The name that was meant, else all there are.
fn hint_or_all(name: &str, known: &[&str]) -> String {
    match hint(name, known.iter().copied()) {
        near if near.is_empty() => format!("; there are: {}", known.join(", ")),
        near => near,
    }
}

/// One URL for all ports, or a URL for each by its name.
pub fn location(value: &Bound<'_, PyAny>) -> PyResult<Location> {
    if value.is_none() {
        return Ok(Location::OfPort);
    }
    let py = value.py();
    let check = |name: &str, url: &str| {
        check_url(url).map_err(|error| usage(py, format!("{name}: {}", error.message())))
    };
    if let Ok(url) = value.extract::<String>() {
        check("location", &url)?;
        return Ok(Location::One(url));
    }
    if value.cast::<PyMapping>().is_err() {
        return Err(usage(py, "location: expected a URL, or a dict from port to URL"));
    }
    let by_port = pairs("location", value)?;
    for (port, url) in &by_port {
        check(&format!("location[{port:?}]"), url)?;
    }
    Ok(Location::ByPort(by_port))
}

/// A time limit in seconds, or None for no limit.
pub fn seconds(name: &str, value: &Bound<'_, PyAny>) -> PyResult<Option<Duration>> {
    if value.is_none() {
        return Ok(None);
    }
    let wrong = || usage(value.py(), format!("{name}: expected seconds above 0, or None for no limit"));
    let number = match value.extract::<f64>() {
        Ok(number) if !value.is_instance_of::<PyBool>() => number,
        _ => value.extract::<Duration>().map_err(|_| wrong())?.as_secs_f64(),
    };
    if number.is_nan() || number <= 0.0 {
        return Err(wrong());
    }
    Ok((number < LONGEST).then(|| Duration::from_secs_f64(number)))
}

/// How long something counts as unchanged, in seconds; None for the usual time.
pub fn age(value: &Bound<'_, PyAny>) -> PyResult<Option<Duration>> {
    let is_zero = value.extract::<f64>().is_ok_and(|seconds| seconds == 0.0);
    if is_zero && !value.is_instance_of::<PyBool>() {
        return Ok(Some(Duration::ZERO));
    }
    seconds("max_age", value)
        .map_err(|_| usage(value.py(), "max_age: expected seconds from 0 on, or None for a day"))
}

/// None or False for no cache, True for the usual folder, or a folder.
pub fn caching(value: &Bound<'_, PyAny>) -> PyResult<Caching> {
    if value.is_none() {
        return Ok(Caching::Off);
    }
    if value.is_instance_of::<PyBool>() {
        return Ok(if value.extract()? { Caching::Usual } else { Caching::Off });
    }
    match value.extract::<PathBuf>() {
        Ok(folder) if !folder.as_os_str().is_empty() => Ok(Caching::Folder(folder)),
        _ => Err(usage(value.py(), "cache: expected a folder, None for no cache, or True")),
    }
}

/// True or False; nothing else, as `verify="no"` would be true.
pub fn boolean(name: &str, value: &Bound<'_, PyAny>) -> PyResult<bool> {
    value.extract().map_err(|_| usage(value.py(), format!("{name}: expected True or False")))
}

/// True, False, or the CA file to verify with.
pub fn verify(value: &Bound<'_, PyAny>) -> PyResult<(bool, Option<Pem>)> {
    if value.is_instance_of::<PyBool>() {
        return Ok((value.extract()?, None));
    }
    let wrong = |more: &str| {
        usage(value.py(), format!("verify: expected True, False, or the path of a CA file{more}"))
    };
    match pem("verify", value) {
        Ok(Pem::Path(path)) if !path.exists() => Err(wrong(&format!("; there is no {}", path.display()))),
        Ok(ca) => Ok((true, Some(ca))),
        Err(_) => Err(wrong("")),
    }
}

/// A PEM document: a path, or its bytes.
fn pem(name: &str, value: &Bound<'_, PyAny>) -> PyResult<Pem> {
    if let Ok(bytes) = value.cast::<PyBytes>() {
        return Ok(Pem::Bytes(bytes.as_bytes().to_vec()));
    }
    match value.extract::<PathBuf>() {
        Ok(path) => Ok(Pem::Path(path)),
        Err(_) => Err(usage(value.py(), format!("{name}: expected a path, or the bytes of a PEM file"))),
    }
}

/// One CA file or several.
pub fn authorities(value: &Bound<'_, PyAny>) -> PyResult<Vec<Pem>> {
    if value.is_none() {
        return Ok(Vec::new());
    }
    if let Ok(one) = pem("ca_file", value) {
        return Ok(vec![one]);
    }
    let wrong = |_| usage(value.py(), "ca_file: expected a path, the bytes of a PEM file, or a list of them");
    value.try_iter().map_err(wrong)?.map(|item| pem("ca_file", &item?)).collect()
}

/// A path, or certificate and key.
pub fn client_cert(value: &Bound<'_, PyAny>) -> PyResult<Option<ClientCert>> {
    if value.is_none() {
        return Ok(None);
    }
    let Ok(pair) = value.cast::<PyTuple>() else {
        return Ok(Some(ClientCert { cert: pem("client_cert", value)?, key: None }));
    };
    if pair.len() != 2 {
        return Err(usage(value.py(), "client_cert: expected a path, or (certificate, key)"));
    }
    let cert = pem("client_cert", &pair.get_item(0)?)?;
    let key = pair.get_item(1)?;
    let key = if key.is_none() { None } else { Some(pem("client_cert", &key)?) };
    Ok(Some(ClientCert { cert, key }))
}

/// None for what the environment says, False for no proxy at all, or a URL.
pub fn proxy(value: &Bound<'_, PyAny>) -> PyResult<ProxyChoice> {
    if value.is_none() {
        return Ok(ProxyChoice::Environment);
    }
    if value.is_instance_of::<PyBool>() {
        let wanted: bool = value.extract()?;
        return Ok(if wanted { ProxyChoice::Environment } else { ProxyChoice::Direct });
    }
    let url = value.extract().map_err(|_| usage(value.py(), "proxy: expected a URL, or False for none"))?;
    Ok(ProxyChoice::Url(url))
}

/// `(user, password)`, or a dict with `username` and `password`.
pub fn basic_auth(value: &Bound<'_, PyAny>) -> PyResult<Option<BasicAuth>> {
    if value.is_none() {
        return Ok(None);
    }
    let wrong = || usage(value.py(), "basic_auth: expected (user, password)");
    let (user, password): (String, String) = match value.cast::<PyMapping>() {
        Ok(mapping) => {
            let item = |name: &str| mapping.get_item(name).and_then(|value| value.extract::<String>());
            (item("username").map_err(|_| wrong())?, item("password").map_err(|_| wrong())?)
        }
        Err(_) => value.extract().map_err(|_| wrong())?,
    };
    Ok(Some(BasicAuth { user, password }))
}

/// A mapping of texts, or a sequence of pairs.
pub fn pairs(name: &str, value: &Bound<'_, PyAny>) -> PyResult<Vec<(String, String)>> {
    let wrong = |key: &str| usage(value.py(), format!("{name}[{key:?}]: expected a str, got NoneType"));
    let texts = optional_pairs(name, value)?;
    texts.into_iter().map(|(key, text)| text.ok_or_else(|| wrong(&key)).map(|text| (key, text))).collect()
}

/// The same, where None takes away what there was.
fn optional_pairs(name: &str, value: &Bound<'_, PyAny>) -> PyResult<Vec<(String, Option<String>)>> {
    if value.is_none() {
        return Ok(Vec::new());
    }
    let wrong = || usage(value.py(), format!("{name}: expected a dict of texts"));
    let pair = |item: Bound<'_, PyAny>| -> PyResult<(String, Option<String>)> {
        let (key, text): (String, Bound<'_, PyAny>) = item.extract().map_err(|_| wrong())?;
        let kind = text.get_type().name()?;
        // Not the value: it may be a credential.
        let text = text
            .extract()
            .map_err(|_| usage(value.py(), format!("{name}[{key:?}]: expected a str, got {kind}")))?;
        Ok((key, text))
    };
    if value.is_instance_of::<PyString>() {
        return Err(wrong());
    }
    let items = match value.cast::<PyMapping>() {
        Ok(mapping) => mapping.items()?.into_any(),
        Err(_) => value.clone(),
    };
    items.try_iter().map_err(|_| wrong())?.map(|item| pair(item?)).collect()
}

/// HTTP headers, but for those that say what the message is.
pub fn headers(value: &Bound<'_, PyAny>) -> PyResult<Vec<(String, String)>> {
    let headers = pairs("headers", value)?;
    headers.iter().try_for_each(|(name, text)| check_own(value.py(), name, Some(text)))?;
    Ok(headers)
}

/// The headers of a sibling; None takes away one that there was.
pub fn header_changes(value: &Bound<'_, PyAny>) -> PyResult<Vec<(String, Option<String>)>> {
    let headers = optional_pairs("headers", value)?;
    headers.iter().try_for_each(|(name, text)| check_own(value.py(), name, text.as_deref()))?;
    Ok(headers)
}

fn check_own(py: Python<'_>, name: &str, text: Option<&str>) -> PyResult<()> {
    check_header(name, text.unwrap_or_default())
        .map_err(|error| usage(py, format!("headers: {}", error.message())))?;
    if OWN_HEADERS.iter().any(|own| own.eq_ignore_ascii_case(name)) {
        return Err(usage(py, format!("headers: {name} is written by the proxy itself")));
    }
    Ok(())
}

/// `"skip"` or `"keep"`.
pub fn unknown(value: &Bound<'_, PyAny>) -> PyResult<Unknown> {
    match value.extract::<String>().as_deref() {
        Ok("skip") => Ok(Unknown::Skip),
        Ok("keep") => Ok(Unknown::Keep),
        _ => Err(usage(value.py(), "unknown: expected \"skip\" or \"keep\"")),
    }
}

/// False, True, or `"full"` to keep credentials as well.
pub fn trace(value: &Bound<'_, PyAny>) -> PyResult<Trace> {
    if let Ok(wanted) = value.extract::<bool>() {
        return Ok(if wanted { Trace::Masked } else { Trace::Off });
    }
    match value.extract::<String>().as_deref() {
        Ok("full") => Ok(Trace::Full),
        _ => Err(usage(value.py(), "trace: expected True, False or \"full\"")),
    }
}

/// A dict of some of the limits; the others keep their defaults.
pub fn limits(value: &Bound<'_, PyAny>) -> PyResult<Limits> {
    let mut limits = Limits::default();
    if value.is_none() {
        return Ok(limits);
    }
    let py = value.py();
    let mapping = value.cast::<PyMapping>().map_err(|_| usage(py, "limits: expected a dict of numbers"))?;
    for item in mapping.items()?.iter() {
        let (name, number): (Bound<'_, PyAny>, Bound<'_, PyAny>) = item.extract()?;
        let name = name.str()?.to_string();
        let wrong = || usage(py, format!("limits: {name} is not a number in range"));
        match name.as_str() {
            "bytes" => limits.bytes = number.extract().map_err(|_| wrong())?,
            "depth" => limits.depth = number.extract().map_err(|_| wrong())?,
            "nodes" => limits.nodes = number.extract().map_err(|_| wrong())?,
            "attributes" => limits.attributes = number.extract().map_err(|_| wrong())?,
            "documents" => limits.documents = number.extract().map_err(|_| wrong())?,
            _ => {
                let hint = hint_or_all(&name, &["bytes", "depth", "nodes", "attributes", "documents"]);
                return Err(usage(py, format!("limits: no limit {name:?}{hint}")));
            }
        }
    }
    Ok(limits)
}
