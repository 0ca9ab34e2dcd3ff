//! `QName` and `NOTATION` (XML Schema 1.0 part 2, §3.2.18 and §3.2.19).
//!
//! Their values need the namespaces in scope, which only a decoder or encoder knows: here the form of the
//! text is checked and split.

use super::{message, string, whitespace};
use crate::error::{ErrorKind, Result};
use crate::scalar::{Builtin, Scalar};

/// The prefix, empty if there is none, and the local part (Namespaces in XML 1.0, [7]).
pub fn split(text: &str) -> Result<(&str, &str)> {
    let text = whitespace::trim(text);
    let (prefix, local) = text.split_once(':').unwrap_or(("", text));
    let has_prefix = local.len() < text.len();
    if string::is_ncname(local) && (!has_prefix || string::is_ncname(prefix)) {
        Ok((prefix, local))
    } else {
        Err(message::unreadable(Builtin::QName, text))
    }
}

pub(super) fn read(builtin: Builtin, text: &str) -> Result<Scalar<'_>> {
    match split(text) {
        Ok(_) => Ok(Scalar::Str(text.into())),
        Err(_) => Err(message::unreadable(builtin, text)),
    }
}

pub(super) fn write(builtin: Builtin, value: &Scalar<'_>, out: &mut String) -> Result<()> {
    match value {
        Scalar::Str(text) => {
            let text = whitespace::trim(text);
            read(builtin, text).map_err(|error| error.with_kind(ErrorKind::Encode))?;
            out.push_str(text);
            Ok(())
        }
        _ => Err(message::unwritable(builtin, value)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    #[test]
    fn splits() {
        assert_eq!(split(" a ").unwrap(), ("", "a"));
        assert_eq!(split("p:a").unwrap(), ("p", "a"));
        refuses_to_read(Builtin::QName, &["", ":a", "a:", "a:b:c", "1:a", "a:1", "a b"]);
    }

    #[test]
    fn a_resolved_name_is_written_by_who_knows_the_prefixes() {
        let name = Scalar::QName { ns: "urn:x".into(), local: "a".into() };
        refuses_to_write(Builtin::QName, &[name, Scalar::Int(1), text("a b")]);
        assert_eq!(written(Builtin::Notation, text("p:a\n")), "p:a");
    }
}
