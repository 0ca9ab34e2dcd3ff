//! From the bytes of a document to its text.
//!
//! The encoding is that of the byte order mark, else UTF-8 where the Content-Type header or the XML declaration says
//! so, or nothing is declared, and the bytes are UTF-8; else that of the declaration, else that of the header (XML 1.0,
//! §4.3.3 and appendix F). RFC 7303, §3, has the header come first, but servers send a charset for all they send,
//! whatever it is, and zeep, suds and ext/soap ignore it; what is valid UTF-8 with other characters than ASCII is
//! nothing else. Malformed bytes are an error: a replacement character would be silent damage. UTF-8 is validated and
//! borrowed.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, UTF_8};
use memchr::memchr_iter;

use super::markup::declared_encoding;
use super::references::shorten;
use crate::error::{Error, Position, Result};

/// The text of a document without its byte order mark. `charset` is the parameter of the Content-Type
/// header, if there was one; a name nobody knows there is ignored.
pub fn decode<'b>(bytes: &'b [u8], charset: Option<&str>) -> Result<Cow<'b, str>> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        if encoding == UTF_16LE && bytes[length..].starts_with(&[0, 0]) {
            return Err(Error::decode("documents in UTF-32 are not accepted"));
        }
        return convert(encoding, bytes, length);
    }
    let header = charset.and_then(by_label);
    let encoding = match by_pattern(bytes) {
        Some(encoding) => encoding,
        None => settled(bytes, header, declared(bytes.trim_ascii_start(), header)?),
    };
    // "utf-16" names no byte order; the document shows it.
    let encoding = match by_pattern(bytes) {
        Some(order) if is_utf_16(encoding) => order,
        // Text in memory was declared UTF-16, then sent as UTF-8: a common mistake, and recognisable.
        None if is_utf_16(encoding) && !bytes.contains(&0) => UTF_8,
        _ => encoding,
    };
    convert(encoding, bytes, 0)
}

/// The same for bytes that may be given up: those of UTF-8 become the text where they are.
pub fn decode_owned(bytes: Cow<'_, [u8]>, charset: Option<&str>) -> Result<String> {
    let mark = match decode(&bytes, charset)? {
        Cow::Owned(text) => return Ok(text),
        Cow::Borrowed(text) => bytes.len() - text.len(),
    };
    let mut bytes = bytes.into_owned();
    bytes.drain(..mark);
    String::from_utf8(bytes).map_err(|error| Error::decode(error.to_string()))
}

fn is_utf_16(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

fn by_label(label: &str) -> Option<&'static Encoding> {
    let label = label.trim_matches(|c: char| c.is_ascii_whitespace() || matches!(c, '"' | '\''));
    // Nearly always.
    if label.eq_ignore_ascii_case("utf-8") {
        return Some(UTF_8);
    }
    // That one decodes everything to an error on purpose.
    Encoding::for_label_no_replacement(label.as_bytes())
}

/// UTF-16 by how `<` and the character after it look.
fn by_pattern(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [b'<', 0, next, 0, ..] if *next != 0 => Some(UTF_16LE),
        [0, b'<', 0, next, ..] if *next != 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// What the XML declaration says, if it says something; a name nobody knows is an error unless the header has one.
fn declared(bytes: &[u8], header: Option<&'static Encoding>) -> Result<Option<&'static Encoding>> {
    let Some(name) = declared_encoding(bytes) else { return Ok(None) };
    match by_label(name) {
        None if header.is_none() => {
            Err(Error::decode(format!("the encoding '{}' is not known", shorten(name))))
        }
        known => Ok(known),
    }
}

fn settled(
    bytes: &[u8],
    header: Option<&'static Encoding>,
    declared: Option<&'static Encoding>,
) -> &'static Encoding {
    let (first, second) = match (declared, header) {
        (Some(declared), Some(header)) if header == UTF_8 => (header, declared),
        (Some(declared), header) => (declared, header.unwrap_or(declared)),
        (None, header) => (UTF_8, header.unwrap_or(UTF_8)),
    };
    // Validated again when it is converted, but only where the two differ.
    if first != second && first == UTF_8 && simdutf8::basic::from_utf8(bytes).is_err() {
        return second;
    }
    first
}

fn convert<'b>(encoding: &'static Encoding, bytes: &'b [u8], mark: usize) -> Result<Cow<'b, str>> {
    let body = &bytes[mark..];
    if encoding == UTF_8 {
        return match simdutf8::compat::from_utf8(body) {
            Ok(text) => Ok(Cow::Borrowed(text)),
            Err(error) => Err(malformed("UTF-8", bytes, mark + error.valid_up_to())),
        };
    }
    match encoding.decode_without_bom_handling_and_without_replacement(body) {
        Some(text) => Ok(text),
        None => Err(Error::decode(format!("the document is not valid {}", encoding.name()))),
    }
}

#[cold]
fn malformed(name: &str, bytes: &[u8], at: usize) -> Error {
    let before = &bytes[..at];
    let line = memchr_iter(b'\n', before).count();
    let from = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    // In UTF-8 every byte but a continuation byte begins a character.
    let column = before[from..].iter().filter(|&&byte| byte & 0xC0 != 0x80).count();
    let message =
        format!("the document is not valid {name}: byte {:#04x}", bytes.get(at).copied().unwrap_or(0));
    Error::decode(message).at(Position { byte: at, line: line as u32 + 1, column: column as u32 + 1 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn utf_8_is_borrowed() {
        for (bytes, charset) in [
            ("<é/>".as_bytes(), None),
            ("<é/>".as_bytes(), Some("UTF-8")),
            ("<é/>".as_bytes(), Some("\"utf8\"")),
            ("<é/>".as_bytes(), Some("no such thing")),
            ("\u{FEFF}<é/>".as_bytes(), Some("iso-8859-1")),
        ] {
            assert!(matches!(decode(bytes, charset), Ok(Cow::Borrowed("<é/>"))), "{charset:?}");
        }
        assert_eq!(decode(b"", None).unwrap(), "");
    }

    #[test]
    fn one_byte_encodings() {
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9\x80</a>";
        assert!(decode(latin, None).unwrap().ends_with("<a>é€</a>"));
        assert!(decode(b"<a>\xA4</a>", Some("iso-8859-15")).unwrap().ends_with("<a>€</a>"));
        assert!(decode(b"<a>\xE9</a>", Some("windows-1252")).unwrap().ends_with("<a>é</a>"));
        // UTF-8 wins where one of the two names it and it is.
        let text = "<?xml version='1.0' encoding='ISO-8859-1'?><a>é</a>";
        assert_eq!(decode(text.as_bytes(), Some("utf-8")).unwrap(), text);
        assert!(decode(latin, Some("utf-8")).unwrap().ends_with("<a>é€</a>"));
        let text = "<?xml version='1.0' encoding='UTF-8'?><a>é</a>";
        assert_eq!(decode(text.as_bytes(), Some("iso-8859-1")).unwrap(), text);
        assert_eq!(decode("<a>é</a>".as_bytes(), Some("iso-8859-1")).unwrap(), "<a>é</a>");
        let shift_jis = b"<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><a>\x93\xFA</a>";
        assert!(decode(shift_jis, None).unwrap().ends_with("<a>日</a>"));
    }

    #[test]
    fn utf_16_with_and_without_mark() {
        let text = "<?xml version='1.0' encoding='utf-16'?><a>é😀</a>";
        for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            for charset in [None, Some("utf-16")] {
                assert_eq!(decode(&utf_16(text, bytes), charset).unwrap(), text);
                assert_eq!(decode(&utf_16(&format!("\u{FEFF}{text}"), bytes), charset).unwrap(), text);
            }
        }
        // Declared, but not what was sent.
        assert_eq!(decode(text.as_bytes(), None).unwrap(), text);
        assert_eq!(decode(text.as_bytes(), Some("utf-16")).unwrap(), text);
    }

    #[test]
    fn what_is_refused() {
        let cases: [(&[u8], Option<&str>); 7] = [
            (b"<a>\xE9</a>", None),
            (b"<a>\xED\xA0\x80</a>", None),
            (b"<a>\xC0\x80</a>", Some("utf-8")),
            (b"<\0a\0\0\xD8>\0", None),
            (b"\xFF\xFE<\0a", None),
            (b"\xFF\xFE\0\0<\0\0\0", None),
            (b"<?xml version='1.0' encoding='klingon'?><a/>", None),
        ];
        for (bytes, charset) in cases {
            assert_eq!(decode(bytes, charset).unwrap_err().kind(), ErrorKind::Decode, "{bytes:?}");
        }
        let at = decode(b"<a>\n\xC3\xA9 \xE9</a>", None).unwrap_err().position().unwrap();
        assert_eq!((at.byte, at.line, at.column), (7, 2, 3));
    }
}
