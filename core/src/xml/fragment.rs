//! XML that a user hands over to be sent as it is (for `xsd:any` and the like).
//!
//! It must be content that is well-formed on its own, with all its namespaces declared inside, so that
//! it can neither break the envelope nor change its meaning with the place where it is put.

use super::cursor::Cursor;
use super::pieces::Piece;
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;

/// Whether `text` is zero or more elements with text between them, self-contained and well-formed.
pub fn check_fragment(text: &str, limits: &Limits) -> Result<()> {
    check(text, limits, true)
}

/// Whether `text` is zero or more elements and nothing else, self-contained and well-formed.
pub fn check_elements(text: &str, limits: &Limits) -> Result<()> {
    check(text, limits, false)
}

fn check(text: &str, limits: &Limits, may_be_text: bool) -> Result<()> {
    let mut cursor = Cursor::over_content(text, limits);
    let mut depth = 0_u32;
    loop {
        let is_text = match cursor.piece().map_err(|error| error.with_kind(ErrorKind::Encode))? {
            Piece::Eof => return Ok(()),
            Piece::Start => {
                depth += 1;
                false
            }
            Piece::End => {
                depth -= 1;
                false
            }
            Piece::Text(text) => !text.trim().is_empty(),
            Piece::Char(_) => true,
            Piece::Nothing => false,
        };
        if is_text && depth == 0 && !may_be_text {
            return Err(Error::encode("expected XML elements, got bare text"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_that_stands_alone() {
        let good = ["", "text &amp; more", "<a/>", "<a/>x<b>y</b>", "<!--c--><p:a xmlns:p='u'/>", "<?pi?>"];
        for text in good {
            check_fragment(text, &Limits::default()).unwrap();
        }
    }

    #[test]
    fn elements_alone() {
        for text in ["", " <a>text</a>\n<b/> ", "<!--c--><a/>"] {
            check_elements(text, &Limits::default()).unwrap();
        }
        for text in ["hello", "<a/>x", "&amp;"] {
            assert!(check_elements(text, &Limits::default()).unwrap_err().message().contains("bare text"));
        }
    }

    #[test]
    fn everything_else() {
        let bad = [
            "<a>",
            "</a>",
            "</a><a>",
            "<a/>]]>",
            "&foo;",
            "&",
            "<p:a/>",
            "<?xml version='1.0'?><a/>",
            "<!DOCTYPE a><a/>",
            "<a><b></a></b>",
            "\u{1}",
            "\u{FEFF}<a/>\u{FFFE}",
            "<a b='1' b='2'/>",
        ];
        for text in bad {
            let error = check_fragment(text, &Limits::default()).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Encode, "{text}");
            assert!(error.position().is_some(), "{text}");
        }
    }
}
