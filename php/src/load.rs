//! Loading a WSDL as the options say: from the cache, anew, or from bytes at hand.

use wsdlproxy::client::Definition;
use wsdlproxy::transport::Transport;
use wsdlproxy::Result;

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
    if let Some(content) = &options.content {
        return Definition::from_bytes(wsdl, content, transport, limits, &mut poll);
    }
    match &options.cache {
        Some(cache) => Definition::load_cached(wsdl, transport, limits, cache, &mut poll),
        None => Definition::load(wsdl, transport, limits, &mut poll),
    }
}
