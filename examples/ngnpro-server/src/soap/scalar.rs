//! The lexical forms of the XSD types that NGNPro uses, in both directions.
//!
//! Reading is as generous as the platform's clients need: an empty number is absent, a boolean may stand where a
//! number is declared and the reverse. Writing is canonical.

use super::schema::Builtin;
use base64::engine::general_purpose::STANDARD;
use base64::Engine;
use serde_json::Value;

/// Reads a value; `None` means that the text is not of the type.
pub fn parse(kind: Builtin, text: &str) -> Option<Value> {
    if kind == Builtin::String {
        return Some(Value::from(text));
    }
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Some(Value::Null);
    }
    match kind {
        Builtin::String => None,
        Builtin::Int | Builtin::Integer => integer(trimmed).map(Value::from),
        Builtin::NonNegativeInteger => integer(trimmed).filter(|&n| n >= 0).map(Value::from),
        Builtin::Boolean => boolean(trimmed).map(Value::from),
        Builtin::Float => trimmed.parse().ok().filter(|n: &f64| n.is_finite()).map(Value::from),
        Builtin::Base64Binary => {
            let compact: String = trimmed.split_ascii_whitespace().collect();
            STANDARD.decode(&compact).ok().map(|_| Value::from(compact))
        }
    }
}

fn integer(text: &str) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    match text {
        "true" => return Some(1),
        "false" => return Some(0),
        _ => {}
    }
    // Clients written in scripting languages send whole numbers as floats.
    let number: f64 = text.parse().ok()?;
    (number.fract() == 0.0 && number.abs() <= EXACT).then_some(number as i64)
}

fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ if text.eq_ignore_ascii_case("true") => Some(true),
        _ if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// Writes a value as text of its type; a value of another kind is written as it is.
pub fn write(out: &mut String, value: &Value) {
    match value {
        Value::String(text) => escape(out, text),
        Value::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::Number(number) => out.push_str(&number.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => {}
    }
}

/// Writes text content; what XML 1.0 cannot carry becomes the replacement character.
pub fn escape(out: &mut String, text: &str) {
    let special = |c: char| matches!(c, '<' | '>' | '&' | '"' | '\r' | '\u{fffe}' | '\u{ffff}') || c < ' ';
    let mut rest = text;
    while let Some(at) = rest.find(special) {
        out.push_str(&rest[..at]);
        let found = rest[at..].chars().next().unwrap_or_default();
        match found {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#13;"),
            '\t' | '\n' => out.push(found),
            _ => out.push('\u{fffd}'),
        }
        rest = &rest[at + found.len_utf8()..];
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_are_read_as_clients_send_them() {
        assert_eq!(parse(Builtin::Int, " 42 "), Some(json!(42)));
        assert_eq!(parse(Builtin::Int, "5000000000"), Some(json!(5_000_000_000_i64)));
        assert_eq!(parse(Builtin::Int, "10.0"), Some(json!(10)));
        assert_eq!(parse(Builtin::Int, "true"), Some(json!(1)));
        assert_eq!(parse(Builtin::Int, ""), Some(Value::Null));
        assert_eq!(parse(Builtin::Int, "ten"), None);
        assert_eq!(parse(Builtin::Int, "1.5"), None);
        assert_eq!(parse(Builtin::NonNegativeInteger, "-1"), None);
        assert_eq!(parse(Builtin::Float, "1.0E-7"), Some(json!(1e-7)));
        assert_eq!(parse(Builtin::Float, "NaN"), None);
    }

    #[test]
    fn booleans_and_binary() {
        assert_eq!(parse(Builtin::Boolean, "1"), Some(json!(true)));
        assert_eq!(parse(Builtin::Boolean, "False"), Some(json!(false)));
        assert_eq!(parse(Builtin::Boolean, "yes"), None);
        assert_eq!(parse(Builtin::Base64Binary, "aGVs\nbG8="), Some(json!("aGVsbG8=")));
        assert_eq!(parse(Builtin::Base64Binary, "*"), None);
    }

    #[test]
    fn text_is_escaped() {
        let mut out = String::new();
        escape(&mut out, "<voice-mailbox> & \"x\"\r\n\u{1}é");
        assert_eq!(out, "&lt;voice-mailbox&gt; &amp; &quot;x&quot;&#13;\n\u{fffd}é");
    }
}
