//! `hexBinary` and `base64Binary` (XML Schema 1.0 part 2, §3.2.15 and §3.2.16).
//!
//! White space may stand anywhere in base64. Its alphabet, padding and unused bits are checked, so that
//! every value has one spelling.

use std::mem::MaybeUninit;

use base64_simd::{Out, STANDARD as BASE64};
use hex_simd::AsciiCase;

use super::{message, write_text};
use crate::error::Result;
use crate::scalar::{Builtin, Scalar};

/// The bytes a text stands for.
fn decode(builtin: Builtin, text: &str) -> Option<Vec<u8>> {
    if builtin == Builtin::HexBinary {
        return hex_simd::decode_to_vec(text).ok();
    }
    // Only a text with white space pays for a copy of it.
    let bytes = text.as_bytes();
    let decoded = BASE64.decode_to_vec(bytes).ok();
    decoded.or_else(|| BASE64.decode_to_vec(without_space(bytes)).ok())
}

/// Lines of base64 are shorter than this (RFC 2045, §6.8: 76 characters).
const LINES: usize = 128;

/// How many bytes a base64 text without white space stands for; `None` if it is no such text.
pub fn packed_length(text: &str) -> Option<usize> {
    // Content in lines shows it in its first ones, before any memory is asked for.
    let bytes = text.as_bytes();
    let is_packed = !bytes[..bytes.len().min(LINES)].iter().any(|byte| *byte <= b' ');
    is_packed.then(|| BASE64.decoded_length(bytes).ok()).flatten()
}

/// Writes what a base64 text without white space stands for, which must be as long as `out`; `None` if it is no such
/// text.
pub fn unpack<'m>(text: &str, out: &'m mut [MaybeUninit<u8>]) -> Option<&'m mut [u8]> {
    let length = out.len();
    let written = BASE64.decode(text.as_bytes(), Out::from_uninit_slice(out)).ok()?;
    (written.len() == length).then_some(written)
}

/// Long values come in lines, which are copied as a whole.
fn without_space(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::with_capacity(bytes.len());
    let mut start = 0;
    for end in memchr::memchr3_iter(b'\n', b'\r', b' ', bytes) {
        packed.extend_from_slice(&bytes[start..end]);
        start = end + 1;
    }
    packed.extend_from_slice(&bytes[start..]);
    if memchr::memchr(b'\t', &packed).is_some() {
        packed.retain(|&byte| byte != b'\t');
    }
    packed
}

pub(super) fn read(builtin: Builtin, text: &str) -> Result<Scalar<'_>> {
    match decode(builtin, text) {
        Some(bytes) => Ok(Scalar::Bytes(bytes.into())),
        None => Err(message::unreadable(builtin, text)),
    }
}

pub(super) fn write(builtin: Builtin, value: &Scalar<'_>, out: &mut String) -> Result<()> {
    match value {
        Scalar::Bytes(bytes) if builtin == Builtin::HexBinary => {
            hex_simd::encode_append(bytes, out, AsciiCase::Upper);
            Ok(())
        }
        Scalar::Bytes(bytes) => {
            BASE64.encode_append(bytes, out);
            Ok(())
        }
        Scalar::Str(text) => write_text(builtin, text, out),
        _ => Err(message::unwritable(builtin, value)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    fn bytes(bytes: &[u8]) -> Scalar<'_> {
        Scalar::Bytes(bytes.into())
    }

    #[test]
    fn reads_and_writes() {
        for (builtin, text, expected) in [
            (Builtin::HexBinary, "", &b""[..]),
            (Builtin::HexBinary, "0aFF", b"\x0a\xff"),
            (Builtin::Base64Binary, "", b""),
            (Builtin::Base64Binary, "AAEC", b"\0\x01\x02"),
            (Builtin::Base64Binary, "AA\t E =\n", b"\0\x01"),
            (Builtin::Base64Binary, "A\r\nA = =", b"\0"),
        ] {
            assert_eq!(super::super::read(builtin, text).unwrap(), bytes(expected), "{text:?}");
        }
        assert_eq!(written(Builtin::HexBinary, bytes(b"\x0a\xff")), "0AFF");
        assert_eq!(written(Builtin::Base64Binary, bytes(b"\0\x01")), "AAE=");
        assert_eq!(written(Builtin::Base64Binary, text(" AAE= ")), "AAE=");
    }

    #[test]
    fn refuses() {
        refuses_to_read(Builtin::HexBinary, &["0", "0g", "0 0", "0x00", "é"]);
        let texts = [
            "A",
            "AA",
            "AAA",
            "AAE",
            "AB==",
            "AAF=",
            "====",
            "A===",
            "AA=A",
            "AAE=AAE=",
            "AA-_",
            "AAE\u{a0}",
        ];
        refuses_to_read(Builtin::Base64Binary, &texts);
        assert_eq!(packed_length(&format!("{}\n", "A".repeat(76)).repeat(100)), None);
        assert_eq!(packed_length(&"A".repeat(7600)), Some(5700));
        for text in texts {
            let read = packed_length(text)
                .is_some_and(|length| unpack(text, &mut vec![MaybeUninit::uninit(); length]).is_some());
            assert!(!read, "{text:?}");
        }
        refuses_to_write(Builtin::Base64Binary, &[text("hello world!"), Scalar::Int(1)]);
    }
}
