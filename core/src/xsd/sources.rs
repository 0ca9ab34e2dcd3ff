//! Where documents come from: the caller's closures, within limits.

use crate::error::{Error, Result};
use crate::limits::Limits;
use crate::xml::encoding;

/// Fetches a location; answers the final location and the bytes.
pub type Fetch<'a> = dyn FnMut(&str) -> Result<(String, Vec<u8>)> + 'a;
/// Resolves a reference against a base location.
pub type Join<'a> = dyn Fn(&str, &str) -> String + 'a;

/// What warnings say of a document that could not be fetched or parsed.
pub(crate) const UNREADABLE: &str = "cannot be read";

/// The documents a description may name.
pub(crate) struct Sources<'a> {
    pub fetch: &'a mut Fetch<'a>,
    pub join: &'a Join<'a>,
    pub limits: &'a Limits,
    /// Documents and bytes read so far.
    pub documents: u32,
    pub bytes: usize,
}

impl Sources<'_> {
    /// Fetches one more document: its final location and its text. The outer error ends the load; the inner
    /// one says that this document cannot be read.
    pub fn read(&mut self, location: &str) -> Result<Result<(String, String)>> {
        self.documents += 1;
        if self.documents > self.limits.documents {
            let limit = self.limits.documents;
            return Err(
                Error::wsdl(format!("more than {limit} documents are imported")).in_document(location)
            );
        }
        let (location, bytes) = match (self.fetch)(location) {
            Ok(found) => found,
            Err(error) => return Ok(Err(error)),
        };
        self.count(&location, bytes.len())?;
        Ok(encoding::decode_owned(bytes.into(), None).map(|text| (location, text)))
    }

    /// Counts the bytes of a document against the limit.
    pub fn count(&mut self, location: &str, bytes: usize) -> Result<()> {
        self.bytes = self.bytes.saturating_add(bytes);
        if self.bytes > self.limits.bytes {
            let limit = self.limits.bytes;
            return Err(Error::wsdl(format!("the documents exceed {limit} bytes")).in_document(location));
        }
        Ok(())
    }
}
