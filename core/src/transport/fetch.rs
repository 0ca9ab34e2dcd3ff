//! Loads WSDL and schema documents over HTTP(S) and from files.
//!
//! A [`Fetcher`] knows where the first document came from: only that server sees credentials, whatever the
//! documents import and wherever servers redirect. Locations come from [`super::join`].

#![allow(clippy::disallowed_methods)] // reads the documents that are files

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use reqwest::header::HeaderValue;
use url::Url;

use super::exchange::Exchange;
use super::http::{parse_url, HttpRequest, HttpResponse, Method, Transport};
use super::location::{is_remote, is_secure, mask, scheme};
use super::runtime::{self, Engine};
use crate::error::{Error, HttpFailure, Result};
use crate::limits::Limits;

/// Bytes of a failed answer kept in the error.
const SHOWN: usize = 1024;

/// A document and what is needed to notice that it changed.
#[derive(Debug, Clone)]
pub struct Fetched {
    pub bytes: Vec<u8>,
    pub content_type: Option<String>,
    /// After redirects and without credentials: the base for relative locations in the document.
    pub location: String,
    pub etag: Option<String>,
    /// The header of that name; for a file its modification time in nanoseconds since 1970.
    pub last_modified: Option<String>,
}

/// Loads one set of documents.
pub struct Fetcher {
    transport: Transport,
    /// The server of the first document, and the credentials its URL contained; `None` for files.
    home: Option<(Url, Option<HeaderValue>)>,
    max_bytes: usize,
}

impl Transport {
    /// Prepares to load the documents that start at `root`.
    pub fn fetcher(&self, root: &str, limits: &Limits) -> Result<Fetcher> {
        let home = if is_remote(root) { Some(parse_url(root)?) } else { None };
        Ok(Fetcher { transport: self.clone(), home, max_bytes: limits.bytes })
    }

    /// Loads a single document.
    pub fn fetch(&self, location: &str, limits: &Limits) -> Result<Fetched> {
        self.fetcher(location, limits)?.fetch(location)
    }
}

impl Fetcher {
    /// Loads the document at a URL (`http:`, `https:`, `file:`) or path.
    pub fn fetch(&self, location: &str) -> Result<Fetched> {
        let location = location.trim();
        if is_remote(location) {
            let seat = runtime::seat(is_secure(location))?;
            return accept(location, self.request(location, seat.engine)?.waited_for().join()?);
        }
        self.read_file(location)
    }

    /// Like [`Self::fetch`], and calls `poll` after each slice of waiting; its error gives the load up.
    pub fn fetch_polling(
        &self,
        location: &str,
        slice: Duration,
        poll: &mut dyn FnMut() -> Result<()>,
    ) -> Result<Fetched> {
        let location = location.trim();
        if is_remote(location) {
            let seat = runtime::seat(is_secure(location))?;
            let pending = self.request(location, seat.engine)?.waited_for();
            return accept(location, pending.join_polling(slice, poll)?);
        }
        self.read_file(location)
    }

    fn request(&self, location: &str, engine: &'static Engine) -> Result<Exchange> {
        let request = HttpRequest {
            method: Method::Get,
            url: location.to_owned(),
            headers: vec![(
                "accept".into(),
                "text/xml, application/xml, application/wsdl+xml, */*;q=0.5".into(),
            )],
            ..HttpRequest::default()
        };
        let exchange = Exchange::new(&self.transport, engine, request)?;
        // A local root has no server of its own: whatever it imports is met without credentials.
        let (home, credentials) = match &self.home {
            Some((home, credentials)) => (home.clone(), credentials.clone()),
            None => (no_one()?, None),
        };
        Ok(exchange.for_document(home, credentials, self.max_bytes, SHOWN))
    }

    fn read_file(&self, location: &str) -> Result<Fetched> {
        if self.home.is_some() {
            return Err(Error::wsdl(format!("{}: a remote WSDL cannot name local files", mask(location))));
        }
        let fail = |reason: &dyn std::fmt::Display| Error::wsdl(format!("{}: {reason}", mask(location)));
        let path = file_path(location)?;
        let file = open(&path).map_err(|error| fail(&error))?;
        let meta = file.metadata().map_err(|error| fail(&error))?;
        if !meta.is_file() {
            return Err(fail(&"not a regular file"));
        }
        let mut bytes = Vec::with_capacity(meta.len().min(self.max_bytes as u64) as usize + 1);
        let limit = (self.max_bytes as u64).saturating_add(1);
        file.take(limit).read_to_end(&mut bytes).map_err(|error| fail(&error))?;
        if bytes.len() > self.max_bytes {
            return Err(fail(&format!("larger than the limit of {} bytes", self.max_bytes)));
        }
        let modified = meta.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Ok(Fetched {
            bytes,
            content_type: None,
            location: location.to_owned(),
            etag: None,
            last_modified: modified.map(|age| age.as_nanos().to_string()),
        })
    }
}

/// An origin nothing compares equal to.
fn no_one() -> Result<Url> {
    Url::parse("none:").map_err(|error| Error::wsdl(error.to_string()))
}

fn accept(location: &str, answer: HttpResponse) -> Result<Fetched> {
    let status = answer.status;
    let header = |name: &str| answer.headers.get(name).map(Cow::into_owned);
    let refuse = |reason: String| {
        let body = answer.body[..answer.body.len().min(SHOWN)].to_vec();
        let failure = HttpFailure { status, content_type: header("content-type"), body };
        Error::http(format!("{}: {reason}", mask(location)), failure)
    };
    if !(200..300).contains(&status) {
        return Err(refuse(format!("the server answered {status} instead of a document")));
    }
    if answer.body.is_empty() {
        return Err(refuse("the server answered with an empty body".to_owned()));
    }
    if is_html(&answer.body) {
        return Err(refuse("the server answered with an HTML page instead of a document".to_owned()));
    }
    Ok(Fetched {
        etag: header("etag"),
        last_modified: header("last-modified"),
        content_type: header("content-type"),
        location: answer.url,
        bytes: answer.body.into(),
    })
}

/// Judged by content: many servers label a WSDL `text/html`.
fn is_html(body: &[u8]) -> bool {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body).trim_ascii_start();
    let begins = |with: &[u8]| body.len() >= with.len() && body[..with.len()].eq_ignore_ascii_case(with);
    begins(b"<!doctype html") || begins(b"<html")
}

fn file_path(location: &str) -> Result<PathBuf> {
    match scheme(location) {
        None => Ok(PathBuf::from(location)),
        Some(scheme) if scheme.eq_ignore_ascii_case("file") => {
            let local = Url::parse(location).ok().and_then(|url| url.to_file_path().ok());
            local.ok_or_else(|| Error::wsdl(format!("{location}: not the URL of a local file")))
        }
        Some(scheme) => {
            Err(Error::wsdl(format!("{}: documents cannot be loaded from {scheme}: URLs", mask(location))))
        }
    }
}

/// A `schemaLocation` is a URI reference even beside a plain path, so `%20` may stand for a space and a query or
/// fragment may follow. Where nothing has the name, case does not count: it does not where many WSDLs are written.
fn open(path: &Path) -> io::Result<File> {
    let first = open_regular(path);
    if !matches!(&first, Err(error) if error.kind() == io::ErrorKind::NotFound) {
        return first;
    }
    let text = path.to_string_lossy();
    let decoded = percent_encoding::percent_decode_str(&text).decode_utf8_lossy();
    let bare = decoded.split(['?', '#']).next().unwrap_or_default();
    open_regular(Path::new(bare))
        .or_else(|_| spelled(Path::new(bare)).map_or(first, |path| open_regular(&path)))
}

/// The path of that name in another case, if there is one.
fn spelled(path: &Path) -> Option<PathBuf> {
    let mut found = PathBuf::new();
    for part in path.components() {
        let next = found.join(part);
        if next.exists() {
            found = next;
            continue;
        }
        let folder = if found.as_os_str().is_empty() { Path::new(".") } else { &found };
        let mut entries = std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.file_name());
        found = found.join(entries.find(|name| name.eq_ignore_ascii_case(part.as_os_str()))?);
    }
    Some(found)
}

/// Opening a named pipe would wait for a writer, so the kind is looked at first.
fn open_regular(path: &Path) -> io::Result<File> {
    if std::fs::metadata(path)?.is_file() {
        File::open(path)
    } else {
        Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"))
    }
}
