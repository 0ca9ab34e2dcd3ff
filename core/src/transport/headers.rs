//! The headers of an answer, which become text only for whoever looks at them.

use std::borrow::Cow;

use reqwest::header::{HeaderMap, HeaderValue};

/// In the order received, names in lower case; a name may occur several times.
#[derive(Debug, Clone, Default)]
pub struct Headers(HeaderMap);

impl Headers {
    pub(super) fn new(map: HeaderMap) -> Self {
        Self(map)
    }

    /// The first value of a name in lower case.
    pub fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        self.0.get(name).map(text)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        self.0.iter().map(|(name, value)| (name.as_str(), text(value)))
    }
}

/// What is not ASCII is Latin-1 (RFC 9110, §5.5).
fn text(value: &HeaderValue) -> Cow<'_, str> {
    match value.to_str() {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => value.as_bytes().iter().map(|byte| char::from(*byte)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_as_text() {
        let mut map = HeaderMap::new();
        for (name, value) in [("server", &b"caf\xE9"[..]), ("set-cookie", b"a=1"), ("set-cookie", b"b=2")] {
            map.append(name, HeaderValue::from_bytes(value).unwrap());
        }
        let headers = Headers::new(map);
        let all: Vec<_> = headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        assert_eq!(all, ["server: caf\u{E9}", "set-cookie: a=1", "set-cookie: b=2"]);
        assert_eq!(headers.get("server").as_deref(), Some("caf\u{E9}"));
        assert_eq!((headers.get("set-cookie").as_deref(), headers.get("via")), (Some("a=1"), None));
    }
}
