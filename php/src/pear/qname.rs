//! PEAR's rules for names in text form, `{uri}local` or `prefix:local`, and for what counts as numeric.

/// What the class `QName` would make of a text: the name as `fqn()` writes it.
pub fn fqn(text: &[u8]) -> Vec<u8> {
    let (uri, prefix, local) = split(text);
    match (uri, prefix) {
        (Some(uri), _) if !uri.is_empty() => [b"{", uri, b"}", local].concat(),
        (_, Some(prefix)) if is_truthy(prefix) => [prefix, b":", local].concat(),
        _ => local.to_vec(),
    }
}

/// The same for a text and the namespace that it has where it names none itself.
pub fn qualified(text: &[u8], namespace: &[u8]) -> Vec<u8> {
    let (uri, prefix, local) = split(text);
    let uri = if text.starts_with(b"{") { uri.unwrap_or_default() } else { namespace };
    match prefix {
        _ if is_truthy(uri) => [b"{", uri, b"}", local].concat(),
        Some(prefix) if is_truthy(prefix) => [prefix, b":", local].concat(),
        _ => local.to_vec(),
    }
}

/// The namespace, which may be empty, and the local name of a text.
pub fn parts(text: &[u8]) -> (&[u8], &[u8]) {
    let (uri, _, local) = split(text);
    (uri.unwrap_or_default(), local)
}

/// The local name of a text.
pub fn local(text: &[u8]) -> &[u8] {
    split(text).2
}

fn split(text: &[u8]) -> (Option<&[u8]>, Option<&[u8]>, &[u8]) {
    let at = |byte: u8| text.iter().position(|&have| have == byte);
    if text.first() == Some(&b'{') {
        return match at(b'}') {
            Some(end) if !text[..end].contains(&b'\n') => {
                let line = text[end + 1..].split(|&byte| byte == b'\n').next();
                (Some(&text[1..end]), None, cut(line.unwrap_or_default()))
            }
            _ => (None, None, b""),
        };
    }
    match at(b':') {
        Some(colon) if !text[colon + 1..].contains(&b':') => {
            (None, Some(&text[..colon]), cut(&text[colon + 1..]))
        }
        _ => (None, None, cut(text)),
    }
}

/// A bracket after the first character ends a name.
fn cut(name: &[u8]) -> &[u8] {
    match name.iter().position(|&byte| byte == b'[') {
        Some(bracket) if bracket > 0 => &name[..bracket],
        _ => name,
    }
}

/// PHP's truth of a string.
pub fn is_truthy(text: &[u8]) -> bool {
    !text.is_empty() && text != b"0"
}

/// A text that PHP compares as a number.
pub fn number(text: &[u8]) -> Option<f64> {
    let is_space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c);
    let start = text.iter().position(|byte| !is_space(byte))?;
    let end = text.iter().rposition(|byte| !is_space(byte))? + 1;
    let body = &text[start..end];
    let unsigned = body.strip_prefix(b"-").or_else(|| body.strip_prefix(b"+")).unwrap_or(body);
    let starts = matches!(unsigned, [b'0'..=b'9', ..] | [b'.', b'0'..=b'9', ..]);
    let allowed = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-');
    if !starts || !unsigned.iter().all(allowed) {
        return None;
    }
    std::str::from_utf8(body).ok()?.parse().ok()
}
