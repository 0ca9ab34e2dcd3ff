//! One quick pass over a whole document, made before it is tokenized.
//!
//! It finds the first character that XML forbids and learns which rare constructs occur at all, so that
//! the tokenizing loop need not look at text again in the usual document, which has none of them.

use memchr::memmem;

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

/// A block is looked at several times while it is in the processor's nearest cache.
const BLOCK: usize = 8 << 10;
/// What is looked for may lie across the border of two blocks; all of it is shorter than this.
const OVERLAP: usize = 4;

impl Scan {
    /// Whether text needs no second look.
    #[inline]
    pub fn is_plain(&self) -> bool {
        self.illegal == usize::MAX && !self.carriage_return && !self.cdata_end
    }

    pub fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut scan = Self { illegal: usize::MAX, carriage_return: false, cdata_end: false };
        for start in (0..bytes.len()).step_by(BLOCK) {
            scan.look(bytes, start);
        }
        scan
    }

    fn look(&mut self, bytes: &[u8], start: usize) {
        let from = start.saturating_sub(OVERLAP);
        let overlapping = &bytes[from..bytes.len().min(start + BLOCK)];
        let found = Kinds::of(overlapping);
        self.carriage_return |= found.carriage_return;
        if self.illegal == usize::MAX && (found.control || found.may_be_forbidden) {
            let control = found.control.then(|| first_control(overlapping)).flatten();
            let at = not_a_character(overlapping).into_iter().chain(control).min();
            self.illegal = at.map_or(usize::MAX, |at| from + at);
        }
        if !self.cdata_end && found.bracket_end {
            self.cdata_end = memmem::find(overlapping, b"]]>").is_some();
        }
    }
}

/// Whether `href` or `:ref` occurs, so that an encoded message may have references.
pub(super) fn has_reference(text: &str) -> bool {
    let bytes = text.as_bytes();
    memmem::find_iter(bytes, b"ref").any(|at| matches!(bytes[..at].last(), Some(b'h' | b':')))
}

/// Which kinds of bytes occur in a block.
struct Kinds {
    /// A control character other than tab and line ends.
    control: bool,
    carriage_return: bool,
    /// The first byte of U+F000 to U+FFFF, of which two cannot occur.
    may_be_forbidden: bool,
    /// `]>`.
    bracket_end: bool,
}

impl Kinds {
    fn of(block: &[u8]) -> Self {
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has AVX2, which is all that the function asks for.
            return unsafe { Self::with_avx2(block) };
        }
        Self::each(block)
    }

    /// The same loop with vectors twice as wide.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn with_avx2(block: &[u8]) -> Self {
        Self::each(block)
    }

    #[inline(always)] // compiled once for each width of vectors
    #[allow(clippy::inline_always, clippy::needless_bitwise_bool)] // branches would keep it from being vectorised
    fn each(block: &[u8]) -> Self {
        let last = block.last().copied().unwrap_or(b' ');
        let (mut control, mut carriage_return) = (is_control(last), last == b'\r');
        let (mut may_be_forbidden, mut bracket_end) = (false, false);
        let following = block.get(1..).unwrap_or(&[]);
        for (&byte, &next) in block.iter().zip(following) {
            control |= is_control(byte);
            carriage_return |= byte == b'\r';
            may_be_forbidden |= byte == 0xEF;
            bracket_end |= (byte == b']') & (next == b'>');
        }
        Self { control, carriage_return, may_be_forbidden, bracket_end }
    }
}

/// Other than tab and line ends.
#[allow(clippy::needless_bitwise_bool)] // as above
fn is_control(byte: u8) -> bool {
    (byte < b' ') & (byte != b'\t') & (byte != b'\n') & (byte != b'\r')
}

fn first_control(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|&byte| is_control(byte))
}

/// Offset of the first U+FFFE or U+FFFF in UTF-8 text.
fn not_a_character(bytes: &[u8]) -> Option<usize> {
    memmem::find_iter(bytes, b"\xEF\xBF").find(|at| bytes.get(at + 2) >= Some(&0xBE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_found_wherever_they_are() {
        for before in [0, BLOCK - 3, BLOCK - 2, BLOCK - 1, BLOCK, 2 * BLOCK - 1] {
            let at = |tail: &str| has_reference(&format!("{}{tail} more", "x".repeat(before)));
            assert!(at("href") && at(":ref"), "{before}");
            assert!(!at(" ref ]] >") && !at("prefix"), "{before}");
        }
    }

    #[test]
    fn finds_the_first_illegal_character_wherever_it_is() {
        for bad in ["\0", "\u{1}", "\u{B}", "\u{C}", "\u{1F}", "\u{FFFE}", "\u{FFFF}"] {
            for before in [0, 1, 15, 63, 64, 65, 1000] {
                let text = format!("{}{bad}tail{bad}\u{1}", "é".repeat(before));
                assert_eq!(Scan::of(&text).illegal, before * 2, "{bad:?} after {before}");
            }
        }
        for before in [BLOCK - 3, BLOCK - 2, BLOCK - 1, BLOCK, 2 * BLOCK - 1] {
            let at = |tail: &str| Scan::of(&format!("{}{tail} more", "x".repeat(before)));
            assert_eq!(at("\u{FFFE}").illegal, before);
            assert_eq!(at("\u{1}").illegal, before);
            assert!(at("]]>").cdata_end && at("]]>").illegal == usize::MAX, "{before}");
            assert!(at("\r").carriage_return, "{before}");
            assert!(at(" ]] >").is_plain() && !at("]>").cdata_end, "{before}");
        }
        let fine = "\t\n\r \u{7F}\u{85}\u{FFFD}\u{FFFC}\u{FF41}\u{10FFFF}".repeat(30);
        assert_eq!(Scan::of(&fine).illegal, usize::MAX);
    }
}
