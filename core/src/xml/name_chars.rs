//! The character classes of XML 1.0 (fifth edition) and of Namespaces in XML 1.0.
//!
//! Names are checked byte by byte while they are ASCII; only other characters cost a range search.

const START: u8 = 1;
const PART: u8 = 2;

/// The class of each byte that is an ASCII character; the colon is in neither, callers that allow it say so.
const ASCII: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        let c = byte as u8;
        if c.is_ascii_alphabetic() || c == b'_' {
            table[byte] = START | PART;
        } else if c.is_ascii_digit() || c == b'-' || c == b'.' {
            table[byte] = PART;
        }
        byte += 1;
    }
    table
};

/// `Char` (XML 1.0, production 2).
pub fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// `NameStartChar` without the colon (production 4).
fn starts_name(c: char) -> bool {
    if c.is_ascii() {
        return ASCII[c as usize] & START != 0;
    }
    matches!(c,
        '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}'
        | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
        | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}'
        | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
}

/// `NameChar` without the colon (production 4a).
pub(super) fn is_name_char(c: char) -> bool {
    if c.is_ascii() {
        return ASCII[c as usize] & PART != 0;
    }
    starts_name(c) || matches!(c, '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

/// `Name` (production 5).
pub fn is_name(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c == ':' || starts_name(c)) && chars.all(|c| c == ':' || is_name_char(c))
}

/// `NCName` (Namespaces in XML 1.0, production 4).
pub fn is_ncname(text: &str) -> bool {
    if ncname_length(text.as_bytes()) == Some(text.len()) {
        return true;
    }
    let mut chars = text.chars();
    chars.next().is_some_and(starts_name) && chars.all(is_name_char)
}

/// Bytes of the `NCName` that begins a text, as far as it is ASCII; `None` if none begins there.
#[inline]
pub(super) fn ncname_length(bytes: &[u8]) -> Option<usize> {
    let has = |byte: u8, class: u8| ASCII[usize::from(byte)] & class != 0;
    let end = bytes.iter().position(|&byte| !has(byte, PART)).unwrap_or(bytes.len());
    has(*bytes.first()?, START).then_some(end)
}

/// `Nmtoken` (production 7).
pub fn is_nmtoken(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c == ':' || is_name_char(c))
}

/// White space as XML means it (production 3).
#[inline]
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// A text without white space around it, which most have none of.
#[inline]
pub(crate) fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// The prefix (empty if there is none) and local part of a `QName` (Namespaces in XML 1.0, production 7).
pub(super) fn split_qname(raw: &str) -> Option<(&str, &str)> {
    let bytes = raw.as_bytes();
    // Most are ASCII, and looked at once.
    if let Some(length) = ncname_length(bytes) {
        match bytes[length..].split_first() {
            None => return Some(("", raw)),
            Some((b':', local)) if ncname_length(local) == Some(local.len()) => {
                return Some((&raw[..length], &raw[length + 1..]));
            }
            Some(_) => {}
        }
    }
    match bytes.iter().position(|byte| *byte == b':') {
        None => is_ncname(raw).then_some(("", raw)),
        Some(colon) => {
            let (prefix, local) = (&raw[..colon], &raw[colon + 1..]);
            (is_ncname(prefix) && is_ncname(local)).then_some((prefix, local))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for good in ["a", "_", "a-b.c1", "é", "日本", "a\u{B7}", "\u{10000}"] {
            assert!(is_ncname(good) && is_name(good) && is_nmtoken(good), "{good}");
            assert_eq!(split_qname(good), Some(("", good)));
        }
        for bad in ["", "1a", "-a", ".a", "a$b", "a b", "\u{B7}a", "a\u{D7}", "a\u{2028}"] {
            assert!(!is_ncname(bad) && !is_name(bad), "{bad}");
            assert_eq!(split_qname(bad), None);
        }
        assert!(is_name(":a:b") && !is_ncname("a:b"));
        assert!(is_nmtoken("1a") && is_nmtoken(":") && !is_nmtoken(""));
    }

    #[test]
    fn qnames() {
        for (prefix, local) in [("a", "b"), ("é", "b"), ("a", "é"), ("aé", "bé.1"), ("a-1", "_")] {
            assert_eq!(split_qname(&format!("{prefix}:{local}")), Some((prefix, local)));
        }
        for bad in [":a", "a:", "a:b:c", ":", "a::b", "1:b", "a:1", "é:1", "a:b:é", "é:"] {
            assert_eq!(split_qname(bad), None, "{bad}");
        }
    }

    #[test]
    fn characters() {
        assert!(['\t', '\n', '\r', ' ', '\u{7F}', '\u{FFFD}', '\u{10FFFF}'].into_iter().all(is_char));
        assert!(!['\0', '\u{1}', '\u{B}', '\u{1F}', '\u{FFFE}', '\u{FFFF}'].into_iter().any(is_char));
    }
}
