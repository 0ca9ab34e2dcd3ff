//! Text that may be shown: JSON, forms and escaped markup without the values that stand under a secret name.
//!
//! Error pages and logs of servers like to repeat the request that displeased them.

use super::mask::MASK;
use crate::secret::is_secret;

/// The ways in which a text may be put into quotes, the longer first.
const QUOTES: [&str; 6] = ["&quot;", "&#34;", "\\\"", "&#39;", "\"", "'"];

/// Appends the text with secrets replaced by `***`.
pub(super) fn plain(text: &str, out: &mut String) {
    let mut copied = 0;
    let mut at = 0;
    while let Some((start, end)) = word(text, at) {
        at = end;
        if !is_secret(&text[start..end]) {
            continue;
        }
        if let Some((from, to)) = escaped(text, start, end).or_else(|| assigned(text, end)) {
            out.push_str(&text[copied..from]);
            out.push_str(MASK);
            (copied, at) = (to, to);
        }
    }
    out.push_str(&text[copied..]);
}

/// The next run of characters that names are made of.
fn word(text: &str, from: usize) -> Option<(usize, usize)> {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let bytes = text.as_bytes();
    let start = from + bytes[from..].iter().position(|byte| is_part(*byte))?;
    let length = bytes[start..].iter().position(|byte| !is_part(*byte)).unwrap_or(text.len() - start);
    Some((start, start + length))
}

/// The content of an element whose start tag is written with `&lt;` and `&gt;`.
fn escaped(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let open = text[..start].rfind("&lt;")? + "&lt;".len();
    let prefix = &text[open..start];
    let is_prefix = prefix.ends_with(':') && prefix.len() < 64 && !prefix.contains(['&', '/', ' ']);
    if !(prefix.is_empty() || is_prefix) {
        return None;
    }
    let from = end + text[end..].find("&gt;")? + "&gt;".len();
    let close = format!("&lt;/{}", &text[open..end]);
    Some((from, text[from..].find(&close).map_or(text.len(), |at| from + at)))
}

/// What follows `name=`, `name:`, `"name":` or `'name' =>`.
fn assigned(text: &str, end: usize) -> Option<(usize, usize)> {
    let rest = skip_quote(&text[end..]).trim_start();
    let rest = rest.strip_prefix("=>").or_else(|| rest.strip_prefix([':', '='])).map(str::trim_start)?;
    let from = text.len() - rest.len();
    if let Some(quote) = QUOTES.iter().find(|quote| rest.starts_with(**quote)) {
        let from = from + quote.len();
        return Some((from, from + quoted(&text[from..], quote)));
    }
    let length = match rest.chars().next()? {
        '{' => block(rest, '{', '}'),
        '[' => block(rest, '[', ']'),
        _ => {
            let ends =
                |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '&' | '}' | ')' | ']' | '"' | '\'');
            rest.find(ends).unwrap_or(rest.len())
        }
    };
    (length > 0).then_some((from, from + length))
}

fn skip_quote(text: &str) -> &str {
    QUOTES.iter().find_map(|quote| text.strip_prefix(quote)).unwrap_or(text)
}

/// The length up to the closing quote, escaped ones passed over.
fn quoted(text: &str, quote: &str) -> usize {
    let mut at = 0;
    while let Some(next) = text[at..].find(quote) {
        at += next;
        let slashes = text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count();
        if slashes % 2 == 0 {
            return at;
        }
        at += quote.len();
    }
    text.len()
}

/// The length of a bracketed value, nested ones passed over.
fn block(text: &str, open: char, close: char) -> usize {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                return at + 1;
            }
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let mut out = String::new();
        plain(text, &mut out);
        out
    }

    #[test]
    fn hides_what_is_assigned() {
        assert_eq!(shown(r#"{"password": "a\"b", "x": 1}"#), r#"{"password": "***", "x": 1}"#);
        assert_eq!(shown("{'auth': {'u': {'x': 1}}, 'y': 2}"), "{'auth': ***, 'y': 2}");
        assert_eq!(shown("?user=u&password=p&x=1"), "?user=u&password=***&x=1");
        assert_eq!(shown("'ha1' => 'x', Password : s3 t"), "'ha1' => '***', Password : *** t");
        assert_eq!(shown("{&quot;password&quot;:&quot;p&quot;}"), "{&quot;password&quot;:&quot;***&quot;}");
        assert_eq!(shown(r#""{\"password\":\"p\"}""#), r#""{\"password\":\"***\"}""#);
        assert_eq!(shown(r#"{"password": "cut"#), r#"{"password": "***"#);
    }

    #[test]
    fn hides_escaped_markup() {
        assert_eq!(
            shown("got &lt;a&gt;&lt;n:password x=&quot;1&quot;&gt;p&lt;/n:password&gt;!"),
            "got &lt;a&gt;&lt;n:password x=&quot;1&quot;&gt;***&lt;/n:password&gt;!"
        );
        assert_eq!(shown("&lt;ha1&gt;cut"), "&lt;ha1&gt;***");
    }

    #[test]
    fn leaves_the_rest() {
        for text in ["a wrong password", "authority: me", "password", "web-word: x", "", "é: password ="] {
            assert_eq!(shown(text), text);
        }
    }
}
