//! Where things are: joining relative locations, comparing origins, and hiding what URLs should not show.
//!
//! [`join`] understands URLs and plain paths and refuses to lead from a remote document to a local file,
//! so that a foreign WSDL cannot read this machine's disk.

use url::Url;

use crate::error::{Error, Result};

/// Query parameters whose value is never shown, matched as a part of their name.
const SECRET_PARAMETERS: [&str; 7] = ["pass", "pwd", "secret", "token", "auth", "ha1", "key"];

/// True for `http:` and `https:` URLs.
pub(super) fn is_remote(location: &str) -> bool {
    matches!(scheme(location), Some(scheme) if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"))
}

/// The scheme of a URL (RFC 3986 section 3.1); one letter is no scheme.
pub(super) fn scheme(location: &str) -> Option<&str> {
    let (scheme, _) = location.split_once(':')?;
    let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    let begins = scheme.starts_with(|c: char| c.is_ascii_alphabetic());
    (scheme.len() > 1 && begins && scheme.chars().all(legal)).then_some(scheme)
}

/// The location that `relative` names inside the document at `base` (RFC 3986 section 5).
///
/// Both may be URLs or plain paths. A remote document must not name a local file.
pub fn join(base: &str, relative: &str) -> Result<String> {
    let relative = relative.trim();
    if let Some(scheme) = scheme(relative) {
        if is_remote(base) && scheme.eq_ignore_ascii_case("file") {
            return Err(Error::wsdl(format!("{} names the local file {relative}: refused", mask(base))));
        }
        return Ok(Url::parse(relative).map_or_else(|_| relative.to_owned(), String::from));
    }
    if scheme(base).is_none() {
        return Ok(join_paths(base, relative));
    }
    let base_url = Url::parse(base)
        .map_err(|error| Error::wsdl(format!("{} is not a valid URL: {error}", mask(base))))?;
    let joined = base_url.join(relative).map_err(|error| {
        Error::wsdl(format!("{relative} cannot be resolved against {}: {error}", mask(base)))
    })?;
    Ok(joined.into())
}

/// Lexical, so that cyclic imports through `..` come back to the same name.
fn join_paths(base: &str, relative: &str) -> String {
    let relative = relative.replace('\\', "/");
    if relative.is_empty() {
        return base.to_owned();
    }
    let full = match (relative.starts_with('/'), base.rfind('/')) {
        (false, Some(end)) => format!("{}{relative}", &base[..=end]),
        _ => relative,
    };
    let mut kept: Vec<&str> = Vec::new();
    for part in full.split('/') {
        match part {
            "" | "." => {}
            ".." if kept.last().is_some_and(|last| *last != "..") => {
                kept.pop();
            }
            ".." if full.starts_with('/') => {}
            part => kept.push(part),
        }
    }
    let root = if full.starts_with('/') { "/" } else { "" };
    format!("{root}{}", kept.join("/"))
}

/// The location as it may be shown: without credentials and without the values of secret parameters.
pub fn mask(location: &str) -> String {
    let Ok(mut url) = Url::parse(location) else {
        return mask_text(location);
    };
    if url.cannot_be_a_base() {
        return mask_text(location);
    }
    if !url.username().is_empty() || url.password().is_some() {
        // These fail only for URLs without a host, which carry no credentials.
        let _ = url.set_password(None);
        let _ = url.set_username("***");
    }
    if let Some(query) = url.query() {
        let shown = query.split('&').map(mask_parameter).collect::<Vec<_>>().join("&");
        if shown != query {
            url.set_query(Some(&shown));
        }
    }
    url.into()
}

/// For what does not parse: everything before the last `@` is hidden.
fn mask_text(location: &str) -> String {
    match location.rsplit_once('@') {
        Some((_, rest)) => format!("***@{rest}"),
        None => location.to_owned(),
    }
}

fn mask_parameter(parameter: &str) -> String {
    let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
    let lower = name.to_ascii_lowercase();
    if !value.is_empty() && SECRET_PARAMETERS.iter().any(|secret| lower.contains(secret)) {
        format!("{name}=***")
    } else {
        parameter.to_owned()
    }
}

/// Whether a URL asks for TLS.
pub(super) fn is_secure(url: &str) -> bool {
    url.trim_start().get(..6).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https:"))
}

/// `host:port`, as connection errors name a server.
pub(super) fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or("");
    match url.port_or_known_default() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

/// Whether what was meant for `home` may be sent to `target`: the same origin, or the same host moved from
/// plain HTTP to HTTPS on their usual ports.
pub(super) fn is_same_party(home: &Url, target: &Url) -> bool {
    if home.host_str() != target.host_str() {
        return false;
    }
    let ports = (home.port_or_known_default(), target.port_or_known_default());
    match (home.scheme(), target.scheme()) {
        (from, to) if from == to => ports.0 == ports.1,
        ("http", "https") => ports == (Some(80), Some(443)),
        _ => false,
    }
}
