//! The small constructs around elements: XML declaration, processing instruction, comment.
//!
//! The tokenizer finds where each ends; whether its inside follows the grammar is checked here.

use memchr::memmem;

use super::name_chars::{is_ncname, is_space};
use super::place::Fault;

/// The inside of `<!--…-->` (XML 1.0, production 15).
pub(super) fn check_comment(inside: &str) -> Result<(), Fault> {
    match memmem::find(inside.as_bytes(), b"--") {
        Some(at) => Err(Fault::new(at, "'--' in a comment")),
        None if inside.ends_with('-') => Err(Fault::new(inside.len() - 1, "a comment ends with '--->'")),
        None => Ok(()),
    }
}

/// The inside of `<?…?>` (production 16; the target is an `NCName` by Namespaces in XML 1.0, §7).
pub(super) fn check_instruction(inside: &str) -> Result<(), Fault> {
    let end = inside.bytes().position(is_space).unwrap_or(inside.len());
    let target = &inside[..end];
    if !is_ncname(target) {
        return Err(Fault::new(0, "a processing instruction without a valid target name"));
    }
    if target.eq_ignore_ascii_case("xml") {
        return Err(Fault::new(0, "a processing instruction cannot be called 'xml'"));
    }
    Ok(())
}

/// The inside of `<?xml…?>`, `xml` included (production 23).
pub(super) fn check_declaration(inside: &str) -> Result<(), Fault> {
    let mut rest = Pseudo { text: inside, at: "xml".len() };
    let version = rest.attribute("version")?;
    let valid = version
        .and_then(|value| value.strip_prefix("1."))
        .is_some_and(|minor| !minor.is_empty() && minor.bytes().all(|byte| byte.is_ascii_digit()));
    if !valid {
        return Err(rest.fault("the XML declaration must begin with version=\"1.0\""));
    }
    if let Some(encoding) = rest.attribute("encoding")? {
        let mut bytes = encoding.bytes();
        let valid = bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic())
            && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'));
        if !valid {
            return Err(rest.fault("the XML declaration gives an invalid encoding name"));
        }
    }
    if let Some(standalone) = rest.attribute("standalone")? {
        if !matches!(standalone, "yes" | "no") {
            return Err(rest.fault("standalone in the XML declaration must be yes or no"));
        }
    }
    rest.skip_space();
    if rest.at < inside.len() {
        return Err(rest.fault("unexpected text in the XML declaration"));
    }
    Ok(())
}

/// The encoding that an XML declaration at the start of an ASCII-compatible document names.
pub(super) fn declared_encoding(document: &[u8]) -> Option<&str> {
    let inside = document.strip_prefix(b"<?")?;
    // A declaration is short; looking further would only cost time on documents without one.
    let inside = &inside[..inside.len().min(512)];
    let end = memmem::find(inside, b"?>")?;
    let inside = std::str::from_utf8(&inside[..end]).ok()?;
    if !inside.starts_with("xml") {
        return None;
    }
    let mut rest = Pseudo { text: inside, at: "xml".len() };
    rest.attribute("version").ok()?;
    rest.attribute("encoding").ok()?
}

/// Reads the pseudo attributes of an XML declaration in their fixed order.
struct Pseudo<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Pseudo<'a> {
    fn fault(&self, message: &str) -> Fault {
        Fault::new(self.at, message)
    }

    fn skip_space(&mut self) -> bool {
        let space = self.text[self.at..].bytes().take_while(|&byte| is_space(byte)).count();
        self.at += space;
        space > 0
    }

    /// The value if the next pseudo attribute is called `name`; nothing is consumed otherwise.
    fn attribute(&mut self, name: &str) -> Result<Option<&'a str>, Fault> {
        let before = self.at;
        if !self.skip_space() || !self.text[self.at..].starts_with(name) {
            self.at = before;
            return Ok(None);
        }
        self.at += name.len();
        self.skip_space();
        if !self.text[self.at..].starts_with('=') {
            return Err(self.fault("'=' is missing in the XML declaration"));
        }
        self.at += 1;
        self.skip_space();
        let rest = &self.text[self.at..];
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let value = quote.and_then(|quote| rest[1..].split_once(quote)).map(|(value, _)| value);
        let value = value.ok_or_else(|| self.fault("a value in the XML declaration is not quoted"))?;
        self.at += value.len() + 2;
        Ok(Some(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations() {
        for good in [
            "xml version='1.0'",
            "xml version=\"1.0\" encoding = 'UTF-8' standalone='no' ",
            "xml\tversion = '1.1' standalone=\"yes\"",
        ] {
            assert!(check_declaration(good).is_ok(), "{good}");
        }
        for bad in [
            "xml",
            "xml encoding='UTF-8'",
            "xml version='2.0'",
            "xml version='1.'",
            "xml version=1.0",
            "xml version='1.0",
            "xml version '1.0'",
            "xml version='1.0'encoding='UTF-8'",
            "xml version='1.0' encoding=''",
            "xml version='1.0' encoding='-a'",
            "xml version='1.0' standalone='maybe'",
            "xml version='1.0' standalone='yes' encoding='UTF-8'",
            "xml version='1.0' version='1.0'",
            "xml version='1.0' x",
        ] {
            assert!(check_declaration(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn instructions_and_comments() {
        assert!(["a", "xml-stylesheet href='x'", "xmlx"].into_iter().all(|ok| check_instruction(ok).is_ok()));
        assert!(["", " a", "xml", "XmL x", "1a", "a:b", "a$ b"]
            .into_iter()
            .all(|bad| check_instruction(bad).is_err()));
        assert!(["", "a - b", "->"].into_iter().all(|ok| check_comment(ok).is_ok()));
        assert!(["--", "a--b", "-", "a-", "---"].into_iter().all(|bad| check_comment(bad).is_err()));
    }
}
