//! The encodings PEAR knows, in both directions: what an answer declares is also what its texts come back in.

use std::borrow::Cow;

use wsdlproxy::error::Position;
use wsdlproxy::xml::encoding;

/// The encoding of the texts handed to PHP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    Utf8,
    Latin1,
    Ascii,
}

/// What is wrong with an answer as a document.
pub struct Malformed {
    pub position: Position,
    pub message: String,
}

impl Malformed {
    /// The text PEAR makes of a parser's error.
    pub fn text(&self) -> String {
        let Position { line, column, byte } = self.position;
        format!("XML error on line {line} col {column} byte {byte} {}", self.message)
    }
}

impl From<wsdlproxy::Error> for Malformed {
    fn from(error: wsdlproxy::Error) -> Self {
        Self { position: error.position().unwrap_or_default(), message: error.message().to_owned() }
    }
}

/// The document as text, and the encoding its strings shall have. Without a declaration that is `fallback`, the
/// charset of the HTTP header, which says nothing about how the document itself is read.
pub fn decode<'d>(document: &'d [u8], fallback: &[u8]) -> Result<(Cow<'d, str>, Charset), Malformed> {
    let refuse = |message: String| Malformed { position: Position { line: 1, column: 1, byte: 0 }, message };
    match declared(document).as_deref() {
        None => {
            let name = String::from_utf8_lossy(fallback).to_ascii_uppercase();
            let charset = match &*name {
                "UTF-8" | "" => Charset::Utf8,
                "ISO-8859-1" => Charset::Latin1,
                "US-ASCII" => Charset::Ascii,
                _ => return Err(refuse(format!("unsupported source encoding {name}"))),
            };
            Ok((encoding::decode(document, None)?, charset))
        }
        Some("UTF-8") => {
            // What is declared at once, without a byte order mark, is what it says.
            let text = simdutf8::basic::from_utf8(document).ok().filter(|text| text.starts_with("<?xml"));
            let text = text.map_or_else(|| encoding::decode(document, None), |text| Ok(text.into()))?;
            Ok((text, Charset::Utf8))
        }
        Some("ISO-8859-1") => {
            Ok((document.iter().map(|&byte| char::from(byte)).collect::<String>().into(), Charset::Latin1))
        }
        Some("US-ASCII") => match document.iter().position(|byte| !byte.is_ascii()) {
            Some(at) => Err(refuse(format!("a byte that is not US-ASCII at offset {at}"))),
            None => Ok((encoding::decode(document, Some("utf-8"))?, Charset::Ascii)),
        },
        Some(other) => Err(refuse(format!("unsupported source encoding {other}"))),
    }
}

/// The encoding that the XML declaration names, in capitals. UTF-16 shows no declaration at this level.
fn declared(document: &[u8]) -> Option<Cow<'static, str>> {
    const USUAL: &[u8] = b"<?xml version=\"1.0\" encoding=\"";
    const UTF8: &[u8] = b"utf-8\"";
    if let Some(after) = document.strip_prefix(USUAL) {
        if after.get(..UTF8.len()).is_some_and(|name| name.eq_ignore_ascii_case(UTF8)) {
            return Some("UTF-8".into());
        }
    }
    let document = document.strip_prefix(b"\xef\xbb\xbf").unwrap_or(document);
    let end = document.iter().take(1024).position(|&byte| byte == b'>')?;
    let declaration = std::str::from_utf8(document.get(..end)?).ok()?.strip_prefix("<?xml")?;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    value[1..].split_once(quote).map(|(name, _)| name.to_ascii_uppercase().into())
}

impl Charset {
    /// A text in this encoding; what it cannot express is a question mark.
    pub fn encode(self, text: &str) -> Cow<'_, [u8]> {
        let limit = match self {
            Charset::Utf8 => return Cow::Borrowed(text.as_bytes()),
            Charset::Latin1 => 0xff,
            Charset::Ascii => 0x7f,
        };
        if text.is_ascii() {
            return Cow::Borrowed(text.as_bytes());
        }
        text.chars().map(|c| if u32::from(c) <= limit { c as u8 } else { b'?' }).collect()
    }
}
