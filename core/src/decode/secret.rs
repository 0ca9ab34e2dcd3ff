//! Values that no message shows.

use crate::error::{Error, ErrorKind};

/// Whether a member of this name holds something confidential.
fn is_secret(member: &str) -> bool {
    ["password", "ha1", "auth"].iter().any(|secret| member.eq_ignore_ascii_case(secret))
}

/// The error without what it quotes, if the member is confidential. Every message puts the values of a
/// document in double quotes.
pub(super) fn masked(error: Error, member: &str) -> Error {
    if error.kind() == ErrorKind::Host || !is_secret(member) {
        return error;
    }
    let message = error.message();
    match (message.find('"'), message.rfind('"')) {
        (Some(first), Some(last)) => {
            let shown = format!("{}a value that is not shown{}", &message[..first], &message[last + 1..]);
            error.with_message(shown)
        }
        _ => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hides_what_is_quoted() {
        let error = || Error::decode("expected xsd:int, got \"a \\\" b\" here");
        assert_eq!(masked(error(), "port").message(), "expected xsd:int, got \"a \\\" b\" here");
        for member in ["password", "Password", "HA1", "auth"] {
            assert_eq!(
                masked(error(), member).message(),
                "expected xsd:int, got a value that is not shown here"
            );
        }
        assert_eq!(
            masked(Error::decode("one \" quote"), "ha1").message(),
            "one a value that is not shown quote"
        );
    }
}
