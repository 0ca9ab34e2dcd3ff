//! Where in a document something is: faults relative to a piece of it, and byte offsets as lines and columns.

use std::sync::OnceLock;

use memchr::memchr_iter;

use crate::error::Position;

/// A breach of a rule, at a byte offset relative to whatever text the function was given.
#[derive(Debug)]
pub(super) struct Fault {
    pub at: usize,
    pub message: String,
    /// Whether a reader that tolerates much goes on.
    pub forgivable: bool,
}

impl Fault {
    #[cold]
    pub fn new(at: usize, message: impl Into<String>) -> Self {
        Self { at, message: message.into(), forgivable: false }
    }

    /// A breach of Namespaces in XML 1.0 in a document that is well-formed otherwise.
    #[cold]
    pub fn of_namespaces(at: usize, message: impl Into<String>) -> Self {
        Self { at, message: message.into(), forgivable: true }
    }

    /// The same fault seen from a text in which the inner one begins at `offset`.
    #[cold]
    pub fn within(mut self, offset: usize) -> Self {
        self.at += offset;
        self
    }
}

/// The position of a byte; offsets past the end or inside a character count as the place before.
pub(super) fn position(text: &str, byte: usize) -> Position {
    advance(text, Position { byte: 0, line: 1, column: 1 }, byte)
}

/// The start of the character that a byte belongs to, at most the end of the text.
pub(super) fn character_at(text: &str, byte: usize) -> usize {
    let byte = byte.min(text.len());
    (0..=byte).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

fn advance(text: &str, from: Position, byte: usize) -> Position {
    let byte = character_at(text, byte);
    let passed = &text[from.byte..byte];
    let breaks = memchr_iter(b'\n', passed.as_bytes()).count() as u32;
    let column = match passed.rfind('\n') {
        Some(at) => 1 + passed[at + 1..].chars().count() as u32,
        None => from.column + passed.chars().count() as u32,
    };
    Position { byte, line: from.line + breaks, column }
}

/// The text of a document, which outlives its tree where places in it may still be asked for.
pub struct DocumentText {
    text: String,
    /// Made when the first place is asked for: most documents are without fault.
    milestones: OnceLock<Milestones>,
}

impl DocumentText {
    pub(super) fn new(text: String) -> Self {
        Self { text, milestones: OnceLock::new() }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// The line and column of a byte.
    pub fn position(&self, byte: usize) -> Position {
        self.milestones.get_or_init(|| Milestones::of(&self.text)).position(&self.text, byte)
    }
}

/// Positions noted every few kilobytes, so that asking for many costs little even on one huge line.
struct Milestones(Vec<Position>);

impl Milestones {
    const STEP: usize = 1024;

    fn of(text: &str) -> Self {
        let mut list = vec![Position { byte: 0, line: 1, column: 1 }];
        for byte in (Self::STEP..text.len()).step_by(Self::STEP) {
            let last = list[list.len() - 1];
            list.push(advance(text, last, byte));
        }
        Self(list)
    }

    fn position(&self, text: &str, byte: usize) -> Position {
        let after = self.0.partition_point(|milestone| milestone.byte <= byte);
        advance(text, self.0[after.saturating_sub(1)], byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_lines_and_characters() {
        let at = |byte| position("ab\nçd\n", byte);
        assert_eq!(at(0), Position { byte: 0, line: 1, column: 1 });
        assert_eq!(at(2), Position { byte: 2, line: 1, column: 3 });
        assert_eq!(at(3), Position { byte: 3, line: 2, column: 1 });
        assert_eq!(at(4), Position { byte: 3, line: 2, column: 1 });
        assert_eq!(at(5), Position { byte: 5, line: 2, column: 2 });
        assert_eq!(at(99), Position { byte: 7, line: 3, column: 1 });
    }

    #[test]
    fn milestones_agree_with_counting() {
        let text = "é\nlonger line ".repeat(2000) + &"x".repeat(9000) + "\n日本";
        let milestones = Milestones::of(&text);
        for byte in (0..text.len() + 5).step_by(97) {
            assert_eq!(milestones.position(&text, byte), position(&text, byte));
        }
    }
}
