//! Names whose values are confidential: the one list that traces, errors and logs go by.

use crate::error::Error;

const SECRETS: [&str; 5] = ["password", "passwd", "ha1", "ha1b", "auth"];

/// Whether values under this name (of a member, an element, an attribute) must never be shown.
pub fn is_secret(name: &str) -> bool {
    SECRETS.iter().any(|secret| name.eq_ignore_ascii_case(secret))
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
        for name in ["password", "Password", "HA1", "auth"] {
            assert_eq!(masked(error(), name).message(), "expected xsd:int, got a value that is not shown");
        }
        assert!(!masked(Error::decode("one \"quote\""), "ha1").message().contains("quote"));
    }
}
