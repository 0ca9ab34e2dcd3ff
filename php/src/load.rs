//! Loading a WSDL as the options say: from the cache, anew, or from bytes at hand.

use wsdlproxy::client::Definition;
use wsdlproxy::transport::Transport;
use wsdlproxy::{Error, ErrorKind, Result};

use crate::error::{raised_as, Class};
use crate::options::Options;

/// The location of a document that has none.
const NOWHERE: &str = "<bytes>";

pub fn definition(wsdl: &str, options: &Options, transport: &Transport) -> Result<Definition> {
    // PHP has nothing to do while a document comes.
    let mut poll = || Ok(());
    let limits = &options.limits;
    // The document itself in place of its location.
    if options.content.is_none() && wsdl.trim_start().starts_with('<') {
        return Definition::from_bytes(NOWHERE, wsdl.as_bytes(), transport, limits, &mut poll);
    }
    if options.content.is_none() && wsdl.is_empty() {
        return Err(Error::usage("wsdl: expected a URL or a path, got an empty string"));
    }
    if let Some(content) = &options.content {
        return Definition::from_bytes(wsdl, content, transport, limits, &mut poll);
    }
    let loaded = match &options.cache {
        Some(cache) => Definition::load_cached(wsdl, transport, limits, cache, &mut poll),
        None => Definition::load(wsdl, transport, limits, &mut poll),
    };
    loaded.map_err(|error| match error.kind() {
        ErrorKind::Http => raised_as(Class::Document, error),
        _ => error,
    })
}
