//! The one error type of the crate: a kind, a message, the path of the value concerned and the place in
//! the document where it was found.
//!
//! The path is built while unwinding, innermost segment first, so success pays nothing for it.
//! Bindings match on [`ErrorKind`] exhaustively.

use std::error::Error as StdError;
use std::fmt;

/// The crate's result.
pub type Result<T> = std::result::Result<T, Error>;

/// What went wrong; each kind is one exception class in the bindings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The WSDL or one of its schemas is missing, malformed or contradictory.
    Wsdl,
    /// A value does not fit the type it is to be sent as. Nothing was sent.
    Encode,
    /// An answer is not what the protocol or the WSDL says, or it exceeds a limit.
    Decode,
    /// A name (operation, port, service, option) that does not exist or is ambiguous.
    Usage,
    /// A time limit passed.
    Timeout,
    /// No connection, or it was lost.
    Connection,
    /// The TLS handshake or certificate verification failed.
    Tls,
    /// The server answered with a status or content that is not SOAP.
    Http,
    /// Any other failure of the transport.
    Transport,
    /// The host language raised an error while a value was read or built; see [`Error::host_error`].
    Host,
}

/// One step from the root of a value to the place of an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    Member(String),
    Index(usize),
}

/// Steps of a path that are shown, and how many of a longer one at both its ends.
const STEPS: usize = 20;
const FIRST: usize = 8;
const LAST: usize = 4;

/// A place in a document: byte offset, and line and column counted from 1 (column in characters).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Position {
    pub byte: usize,
    pub line: u32,
    pub column: u32,
}

/// What an HTTP server answered instead of SOAP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpFailure {
    pub status: u16,
    pub content_type: Option<String>,
    /// The first 1024 bytes of the body, without the values of secret elements.
    pub body: Vec<u8>,
}

/// An error of any floor. One pointer wide, so that `Result` stays small on the hot paths.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    message: String,
    path: Vec<Segment>,
    position: Option<Position>,
    document: Option<String>,
    http: Option<HttpFailure>,
    unsent: bool,
    forgivable: bool,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    #[cold]
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            path: Vec::new(),
            position: None,
            document: None,
            http: None,
            unsent: false,
            forgivable: false,
            source: None,
        }))
    }

    #[cold]
    pub fn wsdl(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Wsdl, message)
    }

    #[cold]
    pub fn encode(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Encode, message)
    }

    #[cold]
    pub fn decode(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Decode, message)
    }

    #[cold]
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Usage, message)
    }

    /// An error raised by the host language; bindings raise `error` again unchanged.
    #[cold]
    pub fn host(error: impl StdError + Send + Sync + 'static) -> Self {
        let message = error.to_string();
        Self::new(ErrorKind::Host, message).with_source(error)
    }

    /// A server's answer that is not SOAP.
    #[cold]
    pub fn http(message: impl Into<String>, failure: HttpFailure) -> Self {
        let mut error = Self::new(ErrorKind::Http, message);
        error.0.http = Some(failure);
        error
    }

    #[must_use]
    pub fn with_source(mut self, source: impl StdError + Send + Sync + 'static) -> Self {
        self.0.source = Some(Box::new(source));
        self
    }

    #[must_use]
    pub fn with_message(mut self, message: impl Into<String>) -> Self {
        self.0.message = message.into();
        self
    }

    #[must_use]
    pub fn with_kind(mut self, kind: ErrorKind) -> Self {
        self.0.kind = kind;
        self
    }

    /// Notes that no byte of the request was written, so that it may be sent again.
    #[must_use]
    pub fn unsent(mut self) -> Self {
        self.0.unsent = true;
        self
    }

    /// Notes that this would be no error without `strict`.
    #[must_use]
    pub fn forgivable(mut self) -> Self {
        self.0.forgivable = true;
        self
    }

    /// Says how to live with the error, if there is a way.
    #[must_use]
    pub(crate) fn with_advice(mut self) -> Self {
        if self.0.forgivable {
            self.0.message.push_str("; with the option `strict` off it is read all the same");
        }
        self
    }

    /// Sets the position unless an inner one is already known.
    #[must_use]
    pub fn at(mut self, position: Position) -> Self {
        self.0.position.get_or_insert(position);
        self
    }

    /// Names the document unless an inner one is already named.
    #[must_use]
    pub fn in_document(mut self, location: &str) -> Self {
        self.0.document.get_or_insert_with(|| location.to_owned());
        self
    }

    /// Adds an outer path segment.
    #[must_use]
    pub fn in_member(mut self, name: &str) -> Self {
        self.0.path.push(Segment::Member(name.to_owned()));
        self
    }

    /// Adds an outer path segment.
    #[must_use]
    pub fn in_item(mut self, index: usize) -> Self {
        self.0.path.push(Segment::Index(index));
        self
    }

    /// The same error without the value that its message may quote.
    #[must_use]
    pub fn without_values(mut self) -> Self {
        if let Some(at) = self.0.message.find(", got ") {
            self.0.message.truncate(at);
            self.0.message.push_str(", got a value that is not shown");
        } else if self.0.kind != ErrorKind::Host && self.0.message.contains('"') {
            self.0.message = "not a valid value, which is not shown".to_owned();
        }
        self
    }

    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The text without path and position.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// `account.contacts[2].port`, or an empty string. Of a long one the middle is left out.
    pub fn path(&self) -> String {
        let mut path = String::new();
        let steps = self.0.path.len();
        for (at, segment) in self.0.path.iter().rev().enumerate() {
            if steps > STEPS && (FIRST..steps - LAST).contains(&at) {
                if at == FIRST {
                    path.push_str(".…");
                }
                continue;
            }
            match segment {
                Segment::Member(name) => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(name);
                }
                Segment::Index(index) => {
                    path.push_str(&format!("[{index}]"));
                }
            }
        }
        path
    }

    /// Whether it is certain that no byte of the request was written.
    pub fn is_unsent(&self) -> bool {
        self.0.unsent
    }

    pub fn position(&self) -> Option<Position> {
        self.0.position
    }

    pub fn document(&self) -> Option<&str> {
        self.0.document.as_deref()
    }

    pub fn http_failure(&self) -> Option<&HttpFailure> {
        self.0.http.as_ref()
    }

    /// The error of the host language behind [`ErrorKind::Host`], taken out.
    pub fn host_error(mut self) -> Option<Box<dyn StdError + Send + Sync>> {
        self.0.source.take()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path();
        if !path.is_empty() {
            write!(f, "{path}: ")?;
        }
        f.write_str(&self.0.message)?;
        match (&self.0.document, self.0.position) {
            (Some(document), Some(at)) => {
                write!(f, " ({document}, line {}, column {})", at.line, at.column)
            }
            (Some(document), None) => write!(f, " ({document})"),
            (None, Some(at)) => write!(f, " (line {}, column {}, byte {})", at.line, at.column, at.byte),
            (None, None) => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {self}", self.0.kind)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}

/// Adds path segments to the error of a result.
pub trait InPath<T> {
    fn in_member(self, name: &str) -> Result<T>;
    fn in_item(self, index: usize) -> Result<T>;
}

impl<T> InPath<T> for Result<T> {
    #[inline]
    fn in_member(self, name: &str) -> Self {
        self.map_err(|error| error.in_member(name))
    }

    #[inline]
    fn in_item(self, index: usize) -> Self {
        self.map_err(|error| error.in_item(index))
    }
}
