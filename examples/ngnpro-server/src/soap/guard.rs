//! Limits that are checked before a request is parsed.
//!
//! One pass over the bytes bounds nesting and the number of attributes of a tag, the two things on which a DOM may
//! spend more than linear time or space. Well-formedness is the parser's business, not this scanner's.

/// Deepest nesting of elements in a request.
pub const MAX_DEPTH: usize = 64;
/// Most attributes, namespace declarations included, of one element.
pub const MAX_ATTRIBUTES: usize = 64;
/// Largest request.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;
/// Most nodes of a request.
pub const MAX_NODES: u32 = 2_000_000;

/// Tells what a request exceeds, if anything.
pub fn check(text: &str) -> Result<(), String> {
    if text.len() > MAX_BYTES {
        return Err(format!("the message is larger than {MAX_BYTES} bytes"));
    }
    let mut depth = 0_usize;
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        rest = &rest[start..];
        let (end, change) = tag(rest)?;
        match change {
            Change::Open => depth += 1,
            Change::Close => depth = depth.saturating_sub(1),
            Change::None => {}
        }
        if depth > MAX_DEPTH {
            return Err(format!("elements are nested deeper than {MAX_DEPTH}"));
        }
        rest = &rest[end..];
    }
    Ok(())
}

enum Change {
    Open,
    Close,
    None,
}

/// The length of the markup that `rest` begins with, and what it does to the depth.
fn tag(rest: &str) -> Result<(usize, Change), String> {
    for (open, close) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")] {
        if let Some(inside) = rest.strip_prefix(open) {
            let end = inside.find(close).map_or(rest.len(), |i| open.len() + i + close.len());
            return Ok((end, Change::None));
        }
    }
    let bytes = rest.as_bytes();
    let mut quote = None;
    let mut attributes = 0_usize;
    for (i, &byte) in bytes.iter().enumerate().skip(1) {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => {
                quote = Some(byte);
                attributes += 1;
                if attributes > MAX_ATTRIBUTES {
                    return Err(format!("an element has more than {MAX_ATTRIBUTES} attributes"));
                }
            }
            (None, b'>') => {
                let change = match (bytes.get(1), bytes[i - 1]) {
                    (Some(b'/'), _) => Change::Close,
                    (_, b'/') => Change::None,
                    _ => Change::Open,
                };
                return Ok((i + 1, change));
            }
            (None, _) => {}
        }
    }
    Ok((bytes.len(), Change::None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_markup_passes() {
        let text = "<?xml version='1.0'?><!-- <<< --><a b='>' c=\"1\"><![CDATA[<<<<]]><d/></a>";
        assert_eq!(check(text), Ok(()));
    }

    #[test]
    fn depth_is_bounded() {
        assert_eq!(check(&"<a>".repeat(MAX_DEPTH)), Ok(()));
        assert!(check(&"<a>".repeat(MAX_DEPTH + 1)).is_err());
        assert_eq!(check(&"<a></a>".repeat(1000)), Ok(()));
    }

    #[test]
    fn attributes_are_bounded() {
        let tag = |n: usize| format!("<a {}/>", "x='1' ".repeat(n));
        assert_eq!(check(&tag(MAX_ATTRIBUTES)), Ok(()));
        assert!(check(&tag(MAX_ATTRIBUTES + 1)).is_err());
    }
}
