//! `NMTOKENS`, `IDREFS` and `ENTITIES` (XML Schema 1.0 part 2, §3.3.5, §3.3.10 and §3.3.12), and what
//! every list type needs: taking its text apart.

use super::{collapse, message, string};
use crate::error::{ErrorKind, Result};
use crate::scalar::{Builtin, Scalar};

/// The items of a list's text, in any white space (part 2, §2.5.1.2).
pub fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', '\t', '\n', '\r']).filter(|item| !item.is_empty())
}

/// The type of the items of a built-in list type.
pub fn item(builtin: Builtin) -> Option<Builtin> {
    match builtin {
        Builtin::NmTokens => Some(Builtin::NmToken),
        Builtin::IdRefs => Some(Builtin::IdRef),
        Builtin::Entities => Some(Builtin::Entity),
        _ => None,
    }
}

pub(super) fn read(builtin: Builtin, text: &str) -> Result<Scalar<'_>> {
    let text = collapse(text);
    let is_item = if builtin == Builtin::NmTokens { string::is_nmtoken } else { string::is_ncname };
    // An empty text is one empty item: the built-in lists have at least one.
    if text.split(' ').all(is_item) {
        Ok(Scalar::Str(text))
    } else {
        Err(message::unreadable(builtin, &text))
    }
}

pub(super) fn write(builtin: Builtin, value: &Scalar<'_>, out: &mut String) -> Result<()> {
    let Scalar::Str(text) = value else {
        return match item(builtin) {
            Some(item) => super::write(item, value, out),
            None => Err(message::unwritable(builtin, value)),
        };
    };
    match read(builtin, text).map_err(|error| error.with_kind(ErrorKind::Encode))? {
        Scalar::Str(text) => out.push_str(&text),
        _ => return Err(message::unwritable(builtin, value)),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    #[test]
    fn reads_and_writes() {
        assert_eq!(echo(Builtin::NmTokens, " 1 b:c\n-d"), "1 b:c -d");
        assert_eq!(echo(Builtin::IdRefs, "a b"), "a b");
        assert_eq!(written(Builtin::NmTokens, Scalar::Int(5)), "5");
        assert_eq!(items(" a\n b ").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(items(" ").count(), 0);
    }

    #[test]
    fn refuses() {
        for builtin in [Builtin::NmTokens, Builtin::IdRefs, Builtin::Entities] {
            refuses_to_read(builtin, &["", " ", "a ,b"]);
        }
        refuses_to_read(Builtin::IdRefs, &["1", "a b:c"]);
        refuses_to_write(Builtin::Entities, &[text("a 1"), Scalar::Int(5)]);
    }
}
