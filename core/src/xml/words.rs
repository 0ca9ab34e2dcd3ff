//! Where short texts end, found eight bytes at a time: calling a search costs as much as most of them.

use memchr::memchr2;

use super::name_chars::is_space;

/// Bytes of a value up to its quote; `None` where one of them would not stand for itself.
#[inline]
pub(super) fn value_length(bytes: &[u8], quote: u8) -> Option<usize> {
    let is_special = |byte: u8| byte < b' ' || matches!(byte, b'<' | b'&');
    let mut at = 0;
    while let Some(word) = bytes[at..].first_chunk() {
        let word = u64::from_le_bytes(*word);
        let found = equal(word, quote) | equal(word, b'<') | equal(word, b'&') | below(word, b' ');
        if found != 0 {
            at += found.trailing_zeros() as usize / 8;
            return (bytes[at] == quote).then_some(at);
        }
        at += 8;
    }
    let end = at + bytes[at..].iter().position(|&byte| byte == quote || is_special(byte))?;
    (bytes[end] == quote).then_some(end)
}

/// Bytes of an attribute's name: up to white space or `=`.
#[inline]
pub(super) fn attribute_name_length(bytes: &[u8]) -> Option<usize> {
    let ends = |byte: u8| byte == b'=' || is_space(byte);
    let mut at = 0;
    while let Some(word) = bytes[at..].first_chunk() {
        let word = u64::from_le_bytes(*word);
        let found = equal(word, b'=') | below(word, b' ' + 1);
        if found != 0 {
            at += found.trailing_zeros() as usize / 8;
            break;
        }
        at += 8;
    }
    // From there, as a control character ends no name.
    Some(at + bytes[at..].iter().position(|&byte| ends(byte))?)
}

/// Bytes of text before markup or a reference; `None` where there is neither.
#[inline(always)] // most texts are shorter than a call
#[allow(clippy::inline_always)]
pub(super) fn text_length(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some(word) = bytes[at..].first_chunk() {
        if at == LONG {
            break;
        }
        let word = u64::from_le_bytes(*word);
        let found = equal(word, b'<') | equal(word, b'&');
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    Some(at + memchr2(b'<', b'&', &bytes[at..])?)
}

/// Texts of more bytes are worth the call of a search.
const LONG: usize = 64;

const ONES: u64 = u64::from_le_bytes([1; 8]);
const HIGH: u64 = ONES << 7;

/// The highest bit of each byte that is below another, which is ASCII. Bytes after the first found may be marked wrongly.
#[inline]
pub(super) const fn below(word: u64, byte: u8) -> u64 {
    word.wrapping_sub(ONES * byte as u64) & !word & HIGH
}

/// The same for bytes equal to another.
#[inline]
pub(super) const fn equal(word: u64, byte: u8) -> u64 {
    below(word ^ (ONES * byte as u64), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_end_at_their_quote_and_nowhere_else() {
        for length in 0..40 {
            for filler in ['x', '\u{7F}', 'é', '!', '\''] {
                let value: String = std::iter::repeat_n(filler, length).collect();
                for tail in ["\"", "\" more=\"y\" ", "\"><&\t"] {
                    let text = format!("{value}{tail}");
                    assert_eq!(value_length(text.as_bytes(), b'"'), Some(value.len()), "{text}");
                }
                for bad in ["<", "&amp;", "\t", "\n", "\r", ""] {
                    let text = format!("{value}{bad}");
                    assert_eq!(value_length(text.as_bytes(), b'"'), None, "{text}");
                    let text = format!("{text}rest of the document");
                    assert_eq!(value_length(text.as_bytes(), b'"'), None, "{text}");
                }
            }
        }
    }

    #[test]
    fn names_end_at_white_space_or_their_equals_sign() {
        for length in 0..40 {
            for filler in ['x', 'é', ':', '\u{1}', '!', '\u{7F}'] {
                let name: String = std::iter::repeat_n(filler, length).collect();
                for tail in ["=", " =", "\t", "\n", "\r='x'", "=\"more than a word\""] {
                    let text = format!("{name}{tail}");
                    assert_eq!(attribute_name_length(text.as_bytes()), Some(name.len()), "{text:?}");
                }
                assert_eq!(attribute_name_length(name.as_bytes()), None, "{name:?}");
            }
        }
    }

    #[test]
    fn texts_end_at_markup_and_references() {
        for length in (0..40).chain([63, 64, 65, 200]) {
            for filler in ['x', 'é', '\u{7F}', '%', ';', '='] {
                let text: String = std::iter::repeat_n(filler, length).collect();
                for tail in ["<", "&", "</a>", "&amp;<more & more", "<<<<<<<<<<"] {
                    let whole = format!("{text}{tail}");
                    assert_eq!(text_length(whole.as_bytes()), Some(text.len()), "{whole}");
                }
                assert_eq!(text_length(text.as_bytes()), None, "{text}");
            }
        }
    }
}
