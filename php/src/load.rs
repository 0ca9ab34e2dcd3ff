//! Loading a WSDL as the options say: from the cache, anew, or from bytes at hand.

use wsdlproxy::client::Definition;
use wsdlproxy::transport::Transport;
use wsdlproxy::Result;

use crate::options::Options;

pub fn definition(wsdl: &str, options: &Options, transport: &Transport) -> Result<Definition> {
    // PHP has nothing to do while a document comes.
    let mut poll = || Ok(());
    let limits = &options.limits;
    if let Some(content) = &options.content {
        return Definition::from_bytes(wsdl, content, transport, limits, &mut poll);
    }
    match &options.cache {
        Some(cache) => Definition::load_cached(wsdl, transport, limits, cache, &mut poll),
        None => Definition::load(wsdl, transport, limits, &mut poll),
    }
}
