//! The form of `anyURI` (XML Schema 1.0 part 2, §3.2.17): a URI reference (RFC 3986) once the characters
//! that a URI cannot hold are escaped, which is done to spaces, `<>"{}|\^` and all outside of ASCII.

/// Whether the text is a URI reference: `[scheme:][//authority]path[?query][#fragment]`.
pub(super) fn is_uri(text: &str) -> bool {
    let (text, fragment) = text.split_once('#').unwrap_or((text, ""));
    let (hierarchy, query) = text.split_once('?').unwrap_or((text, ""));
    // Brackets are wrong in a fragment, but old links have them there.
    is_made_of(fragment, "/?:@[]") && is_made_of(query, "/?:@") && is_hierarchy(hierarchy)
}

fn is_hierarchy(text: &str) -> bool {
    let first = text.split('/').next().unwrap_or("");
    let rest = match first.split_once(':') {
        Some((scheme, _)) if is_scheme(scheme) => &text[scheme.len() + 1..],
        // A relative reference cannot have a colon in its first segment.
        Some(_) => return false,
        None => text,
    };
    match rest.strip_prefix("//") {
        Some(rest) => {
            let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            is_authority(authority) && is_made_of(path, "/:@")
        }
        None => is_made_of(rest, "/:@"),
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

/// `[user@]host[:port]`; the host may be an address in brackets.
fn is_authority(text: &str) -> bool {
    let (user, host) = text.split_once('@').unwrap_or(("", text));
    let address = host.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let (is_host, port) = if let Some((address, port)) = address {
        (is_made_of(address, ":"), port)
    } else {
        let (name, port) = host.split_at(host.find(':').unwrap_or(host.len()));
        (is_made_of(name, ""), port)
    };
    let digits = port.strip_prefix(':').unwrap_or(port);
    let is_port =
        (port.is_empty() || port.starts_with(':')) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_made_of(user, ":") && is_host && is_port
}

/// Whether each character is unreserved, a sub-delimiter, escaped, to be escaped, or one of `more`.
fn is_made_of(text: &str, more: &str) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let is_allowed = match byte {
            b'%' => [bytes.next(), bytes.next()]
                .into_iter()
                .all(|digit| digit.is_some_and(|d| d.is_ascii_hexdigit())),
            b':' | b'@' | b'/' | b'?' | b'[' | b']' => more.as_bytes().contains(&byte),
            b'#' => false,
            _ => byte >= b' ',
        };
        if !is_allowed {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references() {
        for ok in [
            "",
            "a",
            "http://a.b:80/c?d=e#f",
            "urn:x:y",
            "//host",
            "/path",
            "../a b",
            "?q",
            "#f",
            "http://[::1]:80/",
            "http://é/中",
            "mailto:a@b",
            "http://u:p@h/",
            "a%20b",
            "http://",
            "file:///a",
            "http://a/{x}|\\",
            "http://a:/",
            "#a[1]",
        ] {
            assert!(is_uri(ok), "{ok:?}");
        }
        for bad in
            ["%", "%2", "%zz", ":", "1:a", "a#b#c", "http://a:b/", "http://[::1", "[", "é:a", "http://a@b@c"]
        {
            assert!(!is_uri(bad), "{bad:?}");
        }
    }
}
