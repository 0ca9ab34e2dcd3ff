//! Text on its way into a document: what must be escaped is, what XML cannot carry is an error.
//!
//! Text that needs nothing, which is nearly all, costs one scan and one copy.

use super::name_chars::is_char;
use super::words::{below, equal};
use crate::error::{Error, Result};

/// Appends character data: `&`, `<`, `>` and carriage returns become references.
#[inline]
pub fn escape_text(out: &mut String, text: &str) -> Result<()> {
    escape(out, text, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'\r' => Some("&#13;"),
        _ => None,
    })
}

/// Appends an attribute value for double quotes: also `"`, tabs and line ends become references.
#[inline]
pub fn escape_attribute(out: &mut String, text: &str) -> Result<()> {
    escape(out, text, attribute_reference)
}

/// Appends an attribute value known to hold only characters that XML allows.
pub(super) fn push_attribute(out: &mut String, text: &str) {
    replace(out, text, attribute_reference);
}

fn attribute_reference(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        b'\t' => Some("&#9;"),
        b'\n' => Some("&#10;"),
        b'\r' => Some("&#13;"),
        _ => None,
    }
}

fn escape(out: &mut String, text: &str, reference: fn(u8) -> Option<&'static str>) -> Result<()> {
    if is_plain(text.as_bytes()) {
        out.push_str(text);
        return Ok(());
    }
    if let Some((at, c)) = text.char_indices().find(|&(_, c)| !is_char(c)) {
        let code = u32::from(c);
        return Err(Error::encode(format!("the character U+{code:04X} at byte {at} cannot occur in XML")));
    }
    replace(out, text, reference);
    Ok(())
}

/// Whether no byte can need attention; U+FFFE and U+FFFF begin with 0xEF. Most texts are short.
#[allow(clippy::needless_bitwise_bool)] // branches would keep the loop from being vectorised
fn is_plain(bytes: &[u8]) -> bool {
    let special = |byte: u8| {
        (byte < b' ') | (byte == b'&') | (byte == b'<') | (byte == b'>') | (byte == b'"') | (byte == 0xEF)
    };
    let special_in = |word: &[u8; 8]| {
        let word = u64::from_le_bytes(*word);
        let quotes = equal(word, b'&') | equal(word, b'<') | equal(word, b'>') | equal(word, b'"');
        quotes | below(word, b' ') | equal(word, 0xEF) != 0
    };
    let (chunks, rest) = bytes.as_chunks::<64>();
    let (words, rest) = rest.as_chunks::<8>();
    chunks.iter().all(|chunk| !chunk.iter().fold(false, |found, &byte| found | special(byte)))
        && !words.iter().any(special_in)
        && !rest.iter().any(|byte| special(*byte))
}

fn replace(out: &mut String, text: &str, reference: fn(u8) -> Option<&'static str>) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        if let Some(instead) = reference(byte) {
            out.push_str(&text[from..at]);
            out.push_str(instead);
            from = at + 1;
        }
    }
    out.push_str(&text[from..]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn text_and_attributes() {
        let escaped = |escape: fn(&mut String, &str) -> Result<()>, text: &str| {
            let mut out = String::from("|");
            escape(&mut out, text).unwrap();
            out
        };
        assert_eq!(escaped(escape_text, "plain é日\u{FFFD}"), "|plain é日\u{FFFD}");
        assert_eq!(escaped(escape_text, "a&b<c>]]>\"'\t\n\r"), "|a&amp;b&lt;c&gt;]]&gt;\"'\t\n&#13;");
        assert_eq!(escaped(escape_attribute, "a&b<c>\"'\t\n\r"), "|a&amp;b&lt;c&gt;&quot;'&#9;&#10;&#13;");
    }

    #[test]
    fn what_needs_attention_is_seen_wherever_it_is() {
        for length in (0..24).chain([63, 64, 65, 71, 72, 127, 128, 140]) {
            let plain = b"x~!\'\x7F\xC3\xA9z ".iter().copied().cycle().take(length).collect::<Vec<_>>();
            assert!(is_plain(&plain), "{length}");
            for at in 0..length {
                for special in [b'&', b'<', b'>', b'"', 0, b'\t', b'\n', b'\r', 0x1F, 0xEF] {
                    let mut bytes = plain.clone();
                    bytes[at] = special;
                    assert!(!is_plain(&bytes), "{special:#X} at {at} of {length}");
                }
            }
        }
    }

    #[test]
    fn what_xml_cannot_carry() {
        for bad in ["\0", "a\u{1}", "\u{B}", "\u{1F}", "\u{FFFE}", "日\u{FFFF}"] {
            for escape in [escape_text, escape_attribute] {
                let mut out = String::new();
                assert_eq!(escape(&mut out, bad).unwrap_err().kind(), ErrorKind::Encode);
                assert_eq!(out, "");
            }
        }
    }
}
