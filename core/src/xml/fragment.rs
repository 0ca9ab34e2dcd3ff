//! XML that a user hands over to be sent as it is (for `xsd:any` and the like).
//!
//! It must be content that is well-formed on its own, with all its namespaces declared inside, so that
//! it can neither break the envelope nor change its meaning with the place where it is put.

use super::cursor::{Cursor, Event};
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;

/// Whether `text` is zero or more elements with text between them, self-contained and well-formed.
pub fn check_fragment(text: &str, limits: &Limits) -> Result<()> {
    let mut cursor = Cursor::over_content(text, limits);
    loop {
        match cursor.next() {
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(error) => return Err(error.with_kind(ErrorKind::Encode)),
        }
    }
}

/// Whether `text` is one or more elements and no text beside them, self-contained and well-formed.
pub fn check_elements(text: &str, limits: &Limits) -> Result<()> {
    let mut cursor = Cursor::over_content(text, limits);
    let (mut any, mut depth) = (false, 0_u32);
    loop {
        match cursor.next() {
            Ok(Event::Eof) if any => return Ok(()),
            Ok(Event::Eof) => return Err(Error::encode("expected XML, got a text without an element")),
            Ok(Event::Text(text)) if depth == 0 && !text.trim().is_empty() => {
                return Err(Error::encode("expected XML elements, got bare text"));
            }
            Ok(Event::Start(_)) => (any, depth) = (true, depth + 1),
            Ok(Event::End) => depth -= 1,
            Ok(_) => {}
            Err(error) => return Err(error.with_kind(ErrorKind::Encode)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_alone() {
        for text in ["<a/>", " <a>x</a>\n<b/> ", "<!--c--><p:a xmlns:p='u'/>"] {
            check_elements(text, &Limits::default()).unwrap();
        }
        for text in ["", " ", "text", "<a/>x", "<!--c-->", "<a>", "x<p:a/>"] {
            let error = check_elements(text, &Limits::default()).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Encode, "{text}");
        }
    }

    #[test]
    fn content_that_stands_alone() {
        let good = ["", "text &amp; more", "<a/>", "<a/>x<b>y</b>", "<!--c--><p:a xmlns:p='u'/>", "<?pi?>"];
        for text in good {
            check_fragment(text, &Limits::default()).unwrap();
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
