//! `boolean` (XML Schema 1.0 part 2, §3.2.2): `true`, `false`, `1`, `0`.

use super::{message, write_text};
use crate::error::Result;
use crate::scalar::{Builtin, Scalar};

pub(super) fn read(builtin: Builtin, text: &str) -> Result<Scalar<'_>> {
    match text {
        "true" | "1" => Ok(Scalar::Bool(true)),
        "false" | "0" => Ok(Scalar::Bool(false)),
        _ => Err(message::unreadable(builtin, text)),
    }
}

pub(super) fn write(builtin: Builtin, value: &Scalar<'_>, out: &mut String) -> Result<()> {
    let value = match value {
        Scalar::Bool(b) => *b,
        Scalar::Int(0) => false,
        Scalar::Int(1) => true,
        Scalar::Str(text) => return write_text(builtin, text, out),
        _ => return Err(message::unwritable(builtin, value)),
    };
    out.push_str(if value { "true" } else { "false" });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    #[test]
    fn reads_and_writes() {
        for (text, expected) in [("true", "true"), ("1", "true"), (" false\n", "false"), ("0", "false")] {
            assert_eq!(echo(Builtin::Boolean, text), expected);
        }
        assert_eq!(written(Builtin::Boolean, Scalar::Int(1)), "true");
        assert_eq!(written(Builtin::Boolean, text(" 0 ")), "0");
    }

    #[test]
    fn refuses() {
        refuses_to_read(Builtin::Boolean, &["", "True", "yes", "2", "01", "t rue"]);
        refuses_to_write(Builtin::Boolean, &[Scalar::Int(2), Scalar::Double(1.0), text("on"), text("")]);
    }
}
