//! Character data: references (XML 1.0, §4.1 and §4.6), line ends (§2.11) and attribute values (§3.3.3).
//!
//! Text without references and carriage returns is borrowed, never copied.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter};

use super::name_chars::is_char;
use super::place::Fault;

/// The character that `&name;` stands for; `name` is the text between `&` and `;`.
pub(super) fn resolve(name: &str) -> Result<char, Fault> {
    let number = match name {
        "amp" => return Ok('&'),
        "lt" => return Ok('<'),
        "gt" => return Ok('>'),
        "quot" => return Ok('"'),
        "apos" => return Ok('\''),
        _ => name.strip_prefix('#'),
    };
    let Some(number) = number else {
        return Err(Fault::new(0, format!("the entity &{}; is not defined", shorten(name))));
    };
    let (digits, radix) = match number.strip_prefix('x') {
        Some(hex) => (hex, 16),
        None => (number, 10),
    };
    let mut code: u32 = 0;
    let mut valid = !digits.is_empty();
    for digit in digits.chars() {
        match digit.to_digit(radix) {
            Some(value) => code = code.saturating_mul(radix).saturating_add(value),
            None => valid = false,
        }
    }
    char::from_u32(code).filter(|&c| valid && is_char(c)).ok_or_else(|| {
        Fault::new(0, format!("&{}; does not stand for a character that XML allows", shorten(name)))
    })
}

/// At most forty characters, so that a message stays short whatever the input.
pub(super) fn shorten(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(40) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

/// Turns `\r\n` and lone `\r` into `\n`.
pub(super) fn normalise_line_ends(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    if memchr(b'\r', bytes).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for at in memchr_iter(b'\r', bytes) {
        out.push_str(&text[from..at]);
        if bytes.get(at + 1) != Some(&b'\n') {
            out.push('\n');
        }
        from = at + 1;
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// The value of an attribute: white space characters become spaces, references are replaced.
pub(super) fn attribute_value(raw: &str) -> Result<Cow<'_, str>, Fault> {
    let mut plain = true;
    for (at, byte) in raw.bytes().enumerate() {
        match byte {
            b'<' => return Err(Fault::new(at, "'<' in an attribute value")),
            b'&' | b'\t' | b'\n' | b'\r' => plain = false,
            _ => {}
        }
    }
    if plain {
        return Ok(Cow::Borrowed(raw));
    }
    let bytes = raw.as_bytes();
    let mut out = String::with_capacity(raw.len());
    let mut from = 0;
    while let Some(step) = bytes[from..].iter().position(|byte| matches!(byte, b'&' | b'\t' | b'\n' | b'\r'))
    {
        let at = from + step;
        out.push_str(&raw[from..at]);
        from = at + 1;
        match bytes[at] {
            b'&' => {
                // An ampersand that no semicolon follows: look no further than the next one.
                let rest = &bytes[from..];
                let end = memchr::memchr2(b';', b'&', rest).filter(|&end| rest[end] == b';');
                let end = end.ok_or_else(|| Fault::new(at, "'&' does not begin a reference"))?;
                out.push(resolve(&raw[from..from + end]).map_err(|fault| fault.within(at))?);
                from += end + 1;
            }
            b'\r' if bytes.get(from) == Some(&b'\n') => {}
            _ => out.push(' '),
        }
    }
    out.push_str(&raw[from..]);
    Ok(Cow::Owned(out))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references() {
        for (name, want) in [("lt", '<'), ("#65", 'A'), ("#x1F600", '😀'), ("#x0041", 'A'), ("#13", '\r')] {
            assert_eq!(resolve(name).unwrap(), want);
        }
        for bad in [
            "",
            "nbsp",
            "LT",
            "#",
            "#x",
            "#X41",
            "#+65",
            "#-1",
            "# 65",
            "#6 5",
            "#0",
            "#1",
            "#xB",
            "#xD800",
            "#xFFFE",
            "#xFFFF",
            "#x110000",
            "#99999999999999999999",
            "#xg",
            "lt ",
            "#٣",
        ] {
            assert!(resolve(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn line_ends() {
        assert!(matches!(normalise_line_ends("a\nb"), Cow::Borrowed("a\nb")));
        assert_eq!(normalise_line_ends("\ra\r\n\r\rb\r"), "\na\n\n\nb\n");
    }

    #[test]
    fn attribute_values() {
        assert!(matches!(attribute_value("plain"), Ok(Cow::Borrowed("plain"))));
        assert_eq!(
            attribute_value("a\r\nb\tc\nd\re&#10;&#13;&#9;&lt;&amp;lt;").unwrap(),
            "a b c d e\n\r\t<&lt;"
        );
        for bad in ["<", "&", "a&b", "&&amp;", "&lt", "&foo;", "& lt;", "&#1;"] {
            assert!(attribute_value(bad).is_err(), "{bad}");
        }
    }
}
