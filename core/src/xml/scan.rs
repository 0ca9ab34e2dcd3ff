//! One quick pass over a whole document, made before it is tokenized.
//!
//! It finds the first character that XML forbids and learns which rare constructs occur at all, so that
//! the tokenizing loop need not look at text again in the usual document, which has none of them.

use memchr::{memchr, memmem};

/// What one pass over a document found out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scan {
    /// Offset of the first character that XML 1.0 does not allow, or `usize::MAX`.
    pub illegal: usize,
    /// Whether a carriage return occurs, so that line ends need normalising.
    pub carriage_return: bool,
    /// Whether `]]>` occurs anywhere.
    pub cdata_end: bool,
}

impl Scan {
    /// Whether text needs no second look.
    #[inline]
    pub fn is_plain(&self) -> bool {
        self.illegal == usize::MAX && !self.carriage_return && !self.cdata_end
    }

    pub fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        Self {
            illegal: first_illegal(bytes).unwrap_or(usize::MAX),
            carriage_return: memchr(b'\r', bytes).is_some(),
            cdata_end: memmem::find(bytes, b"]]>").is_some(),
        }
    }
}

/// Offset of the first control character other than tab and line ends, U+FFFE or U+FFFF in UTF-8 text.
pub(super) fn first_illegal(bytes: &[u8]) -> Option<usize> {
    let control = first_control(bytes);
    let bytes = &bytes[..control.unwrap_or(bytes.len())];
    let not_a_character = memmem::find_iter(bytes, b"\xEF\xBF").find(|at| bytes.get(at + 2) >= Some(&0xBE));
    not_a_character.or(control)
}

#[allow(clippy::needless_bitwise_bool)] // branches would keep the loop below from being vectorised
fn is_control(byte: u8) -> bool {
    (byte < b' ') & (byte != b'\t') & (byte != b'\n') & (byte != b'\r')
}

fn first_control(bytes: &[u8]) -> Option<usize> {
    // Whole chunks without a branch inside, which the compiler turns into vector instructions.
    const CHUNK: usize = 64;
    for (index, chunk) in bytes.chunks(CHUNK).enumerate() {
        if chunk.iter().fold(false, |found, &byte| found | is_control(byte)) {
            return chunk.iter().position(|&byte| is_control(byte)).map(|at| index * CHUNK + at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_first_illegal_character_wherever_it_is() {
        for bad in ["\0", "\u{1}", "\u{B}", "\u{C}", "\u{1F}", "\u{FFFE}", "\u{FFFF}"] {
            for before in [0, 1, 15, 63, 64, 65, 1000] {
                let text = format!("{}{bad}tail{bad}\u{1}", "é".repeat(before));
                assert_eq!(Scan::of(&text).illegal, before * 2, "{bad:?} after {before}");
            }
        }
        let fine = "\t\n\r \u{7F}\u{85}\u{FFFD}\u{FFFC}\u{FF41}\u{10FFFF}".repeat(30);
        assert_eq!(Scan::of(&fine).illegal, usize::MAX);
    }
}
