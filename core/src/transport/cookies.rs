//! Cookies that a server sets and gets back (RFC 6265).
//!
//! The HTTP library could keep them too, but then reads the URL of every request again, kept cookies or not, which is a
//! tenth of what a small call costs.

use std::sync::{PoisonError, RwLock};

use cookie_store::{CookieStore, RawCookie};
use reqwest::header::HeaderValue;
use url::Url;

/// The cookies of one transport.
#[derive(Default)]
pub(super) struct Jar(RwLock<CookieStore>);

impl Jar {
    /// Takes what an answer from `url` sets; what is no cookie, or not for this server to set, is left out.
    pub(super) fn keep<'h>(&self, set: impl Iterator<Item = &'h HeaderValue>, url: &Url) {
        let cookies = set.filter_map(|value| RawCookie::parse(value.to_str().ok()?.to_owned()).ok());
        let mut store = self.0.write().unwrap_or_else(PoisonError::into_inner);
        store.store_response_cookies(cookies, url);
    }

    /// What goes into the `Cookie` header of a request; `None` without any.
    pub(super) fn cookies(&self, url: &Url) -> Option<String> {
        let store = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let pairs = store.get_request_values(url).map(|(name, value)| format!("{name}={value}"));
        let text = pairs.collect::<Vec<_>>().join("; ");
        (!text.is_empty()).then_some(text)
    }
}
