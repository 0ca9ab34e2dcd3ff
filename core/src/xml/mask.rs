//! Messages as they may be shown: without the values that stand under `password`, `ha1` or `auth`.
//!
//! It works on the markup as it stands, so that a message which is cut off or malformed is masked too: an element
//! whose end is missing is hidden to the end of the text.

use std::borrow::Cow;

use super::encoding;
use super::mask_plain::plain;
use crate::secret::{is_naming, is_secret, told_secret};

pub(super) const MASK: &str = "***";

/// The message in UTF-8 with secrets replaced by `***`.
pub fn masked(body: &[u8]) -> Vec<u8> {
    let body = match std::str::from_utf8(body) {
        // A character that is cut in two does not make it another encoding.
        Err(error) if error.error_len().is_none() && error.valid_up_to() > 0 => &body[..error.valid_up_to()],
        _ => body,
    };
    let text = encoding::decode(body, None).unwrap_or_else(|_| Cow::Owned(latin(body)));
    masked_text(&text).into_bytes()
}

/// The text with secrets replaced by `***`.
pub fn masked_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    // The sibling that an element has named as one that holds a secret.
    let mut told = None;
    while let Some(piece) = next(text, at) {
        plain(&text[at..piece.start], &mut out);
        at = piece.end;
        let markup = &text[piece.start..piece.end];
        let is_hidden =
            |name: &str| is_secret(name) || told.is_some_and(|told| name.eq_ignore_ascii_case(told));
        match piece.kind {
            Kind::Start if is_hidden(local(markup)) => {
                start_tag(markup, |name| !is_declared(name), &mut out);
                out.push_str(MASK);
                at = end_of(text, piece.end, raw_name(markup));
            }
            Kind::Empty if is_secret(local(markup)) => start_tag(markup, |name| !is_declared(name), &mut out),
            Kind::Start | Kind::Empty => start_tag(markup, |name| is_secret(local(name)), &mut out),
            Kind::Other => section(markup, &mut out),
            Kind::End => out.push_str(markup),
        }
        told = match piece.kind {
            Kind::Start => {
                let content = &text[piece.end..];
                told_secret(local(markup), &content[..content.find('<').unwrap_or(content.len())])
            }
            // That of the naming element itself, which another element follows.
            Kind::End if is_naming(local(markup)) => told,
            Kind::Other => told,
            Kind::Empty | Kind::End => None,
        };
    }
    plain(&text[at..], &mut out);
    out
}

/// A CDATA section may hold a message, a comment may repeat one.
fn section(markup: &str, out: &mut String) {
    const OPEN: &str = "<![CDATA[";
    const CLOSE: &str = "]]>";
    let Some(content) = markup.strip_prefix(OPEN) else { return plain(markup, out) };
    let (content, close) = content.strip_suffix(CLOSE).map_or((content, ""), |content| (content, CLOSE));
    out.push_str(OPEN);
    // One within another is no markup; it must not lead any deeper either.
    if content.contains(OPEN) {
        plain(content, out);
    } else {
        out.push_str(&masked_text(content));
    }
    out.push_str(close);
}

/// Each byte as a character: what is in no known encoding is shown as it can be.
fn latin(body: &[u8]) -> String {
    body.iter().map(|byte| char::from(*byte)).collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Start,
    Empty,
    End,
    Other,
}

struct Piece {
    kind: Kind,
    start: usize,
    end: usize,
}

/// The next markup; one that is not closed reaches to the end.
fn next(text: &str, from: usize) -> Option<Piece> {
    let start = from + memchr::memchr(b'<', &text.as_bytes()[from..])?;
    let rest = &text[start..];
    let until = |close: &str| rest.find(close).map_or(text.len(), |at| start + at + close.len());
    let (kind, end) = if rest.starts_with("<![CDATA[") {
        (Kind::Other, until("]]>"))
    } else if rest.starts_with("<!--") {
        (Kind::Other, until("-->"))
    } else if rest.starts_with("<?") {
        (Kind::Other, until("?>"))
    } else if rest.starts_with("</") {
        (Kind::End, until(">"))
    } else {
        let end = tag_end(rest).map_or(text.len(), |at| start + at);
        (if text[start..end].ends_with("/>") { Kind::Empty } else { Kind::Start }, end)
    };
    Some(Piece { kind, start, end })
}

/// Behind the `>` of a start tag, which may stand in attribute values as well.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    None
}

/// The name in a tag, with its prefix.
fn raw_name(markup: &str) -> &str {
    let name = markup.trim_start_matches(['<', '/']);
    let end = name.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).unwrap_or(name.len());
    &name[..end]
}

fn local(markup: &str) -> &str {
    let name = raw_name(markup);
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Where the end tag of the element `name` starts, nested ones of that name passed over.
fn end_of(text: &str, mut at: usize, name: &str) -> usize {
    let mut depth = 0;
    while let Some(piece) = next(text, at) {
        at = piece.end;
        if raw_name(&text[piece.start..piece.end]) != name {
            continue;
        }
        match piece.kind {
            Kind::Start => depth += 1,
            Kind::End if depth == 0 => return piece.start,
            Kind::End => depth -= 1,
            Kind::Empty | Kind::Other => {}
        }
    }
    text.len()
}

/// Whether an attribute says what an element is, not what it holds: a namespace declaration, `xsi:type`.
fn is_declared(name: &str) -> bool {
    name.starts_with("xmlns") || name.ends_with(":type")
}

/// Copies a start tag, without the values of the attributes that `is_hidden`.
fn start_tag(tag: &str, is_hidden: impl Fn(&str) -> bool, out: &mut String) {
    let mut rest = tag;
    while let Some(equals) = rest.find('=') {
        let (before, after) = rest.split_at(equals + 1);
        out.push_str(before);
        let value = after.trim_start();
        let Some(quote @ ('"' | '\'')) = value.chars().next() else {
            rest = after;
            continue;
        };
        let open = after.len() - value.len() + 1;
        let close = after[open..].find(quote).map_or(after.len(), |at| open + at);
        let name = before[..equals].trim_end();
        let name = name.rsplit(|c: char| c.is_ascii_whitespace()).next().unwrap_or(name);
        if is_hidden(name) {
            out.push_str(&after[..open]);
            out.push_str(MASK);
        } else {
            out.push_str(&after[..close]);
        }
        rest = &after[close..];
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        String::from_utf8(masked(text.as_bytes())).unwrap()
    }

    #[test]
    fn hides_elements_whole() {
        let text = "<a><n:auth x='1'><username>u</username><password>p</password></n:auth><b>p</b></a>";
        assert_eq!(shown(text), "<a><n:auth x='***'>***</n:auth><b>p</b></a>");
        assert_eq!(
            shown("<ha1 xsi:type=\"x>y\">s</ha1 ><ha1 v='s'/><c/>"),
            "<ha1 xsi:type=\"x>y\">***</ha1 ><ha1 v='***'/><c/>"
        );
        assert_eq!(shown("<auth><auth>1</auth>2</auth>3"), "<auth>***</auth>3");
    }

    #[test]
    fn is_not_led_astray_by_sections() {
        assert_eq!(shown("<password><![CDATA[</password>s]]></password>e"), "<password>***</password>e");
        assert_eq!(
            shown("<!--<password>-->x<password>s</password>"),
            "<!--<password>-->x<password>***</password>"
        );
    }

    #[test]
    fn hides_what_a_section_holds() {
        assert_eq!(
            shown("<a><![CDATA[<ha1>s</ha1> password=s]]></a>"),
            "<a><![CDATA[<ha1>***</ha1> password=***]]></a>"
        );
        assert_eq!(shown("<a><![CDATA[<ha1>s"), "<a><![CDATA[<ha1>***");
        assert_eq!(shown("<a><![CDATA[<![CDATA[ha1=s"), "<a><![CDATA[<![CDATA[ha1=***");
        assert_eq!(shown("<html>password=s <b>x</b></html>"), "<html>password=*** <b>x</b></html>");
    }

    #[test]
    fn hides_the_value_of_what_is_named_secret() {
        assert_eq!(
            shown("<p><i><name>web_password</name> <value t='1'>s</value></i><i><name>a</name><value>b</value></i></p>"),
            "<p><i><name>web_password</name> <value t='***'>***</value></i><i><name>a</name><value>b</value></i></p>"
        );
        assert_eq!(
            shown("<i><key>ha1</key><value>s</value></i><value>v</value>"),
            "<i><key>ha1</key><value>***</value></i><value>v</value>"
        );
        let other = "<i><name>password</name></i><value>v</value>";
        assert_eq!(shown(other), other);
        assert_eq!(shown("<name>password</name><value>cut"), "<name>password</name><value>***");
    }

    #[test]
    fn hides_attributes() {
        assert_eq!(shown("<a id=\"1\" n:Password = 's' b='2'/>"), "<a id=\"1\" n:Password = '***' b='2'/>");
    }

    #[test]
    fn hides_what_is_cut_off() {
        assert_eq!(shown("<a><password>sec"), "<a><password>***");
        assert_eq!(shown("<a password='sec"), "<a password='***");
        assert_eq!(shown("<password/>x<pass"), "<password/>x<pass");
    }
}
