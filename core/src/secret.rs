//! Names whose values are confidential: the one list that traces, errors and logs go by.

use crate::error::Error;

const SECRETS: [&str; 4] = ["ha1", "ha1b", "auth", "pwd"];
/// A name with one of these in it: `web_password`, `newPassword`.
const PARTS: [&[u8]; 4] = [b"password", b"passwd", b"passphrase", b"secret"];
/// Members that name what another one holds, and that other one, as in a list of properties or a map.
const PAIRS: [(&str, &str); 2] = [("name", "value"), ("key", "value")];

/// Whether values under this name (of a member, an element, an attribute) must never be shown.
pub fn is_secret(name: &str) -> bool {
    SECRETS.iter().any(|secret| name.eq_ignore_ascii_case(secret))
        || PARTS
            .iter()
            .any(|part| name.as_bytes().windows(part.len()).any(|have| have.eq_ignore_ascii_case(part)))
}

/// The member whose value is secret because the member `name` says so with its `text`:
/// `<name>web_password</name><value>…</value>`.
pub fn told_secret(name: &str, text: &str) -> Option<&'static str> {
    let (_, value) = PAIRS.into_iter().find(|(key, _)| name.eq_ignore_ascii_case(key))?;
    is_secret(text.trim()).then_some(value)
}

/// Whether a member of this name may say what another one holds.
pub fn is_naming(name: &str) -> bool {
    PAIRS.into_iter().any(|(key, _)| name.eq_ignore_ascii_case(key))
}

/// The error without what it quotes, if it stands under a secret name.
pub fn masked(error: Error, name: &str) -> Error {
    if is_secret(name) {
        error.without_values()
    } else {
        error
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hides_what_is_quoted_under_a_secret_name_only() {
        let error = || Error::decode("expected xsd:int, got \"a \\\" b\"");
        assert_eq!(masked(error(), "port").message(), "expected xsd:int, got \"a \\\" b\"");
        for name in ["password", "Password", "HA1", "auth", "web_password", "newPasswd", "client-Secret"] {
            assert_eq!(masked(error(), name).message(), "expected xsd:int, got a value that is not shown");
        }
        assert!(["authority", "passw0rd", "pas", ""].into_iter().all(|name| !is_secret(name)));
        assert_eq!(
            (told_secret("Name", " web_password "), told_secret("key", "ha1")),
            (Some("value"), Some("value"))
        );
        assert_eq!((told_secret("name", "language"), told_secret("title", "password")), (None, None));
        assert!(!masked(Error::decode("one \"quote\""), "ha1").message().contains("quote"));
    }
}
