//! Attachments as MIME (SOAP Messages with Attachments): one multipart/related body, the envelope first.

use base64::engine::general_purpose::STANDARD;
use base64::Engine as _;
use ext_php_rs::prelude::*;
use ext_php_rs::types::{ZendHashTable, Zval};
use mailparse::{parse_mail, MailHeaderMap, ParsedMail};

use super::zv;

const LINE: usize = 76;

struct Part<'a> {
    headers: String,
    body: &'a [u8],
}

impl Part<'_> {
    fn write(&self, out: &mut String, boundary: &str) {
        out.push_str(&format!("--{boundary}\r\n{}Content-Transfer-Encoding: base64\r\n\r\n", self.headers));
        let encoded = STANDARD.encode(self.body);
        let mut rest = encoded.as_str();
        while !rest.is_empty() {
            let (line, more) = rest.split_at(rest.len().min(LINE));
            out.push_str(line);
            out.push_str("\r\n");
            rest = more;
        }
    }
}

/// A text that can stand in a header: line breaks and quotes would end it.
fn header(table: &ZendHashTable, name: &str) -> String {
    let text = zv::entry(table, name.as_bytes()).map(zv::to_text).unwrap_or_default();
    String::from_utf8_lossy(&text).chars().filter(|c| !c.is_control() && *c != '"').collect()
}

/// A message and its attachments: `body` and `headers`.
#[php_function]
#[php(name = "wsdlproxy_pear_mime")]
pub fn pear_mime(envelope: &Zval, encoding: &Zval, attachments: &ZendHashTable) -> Zval {
    let envelope = zv::bytes(envelope);
    let charset = String::from_utf8_lossy(&zv::to_text(encoding)).into_owned();
    let boundary = boundary(envelope);
    let mut body = String::with_capacity(envelope.len() * 2);
    let first =
        Part { headers: format!("Content-Type: text/xml; charset=\"{charset}\"\r\n"), body: envelope };
    first.write(&mut body, &boundary);
    for attachment in attachments.values().filter_map(|value| zv::plain(value).array()) {
        let content = zv::entry(attachment, b"body").map(zv::to_text).unwrap_or_default();
        let headers = format!(
            "Content-Type: {}\r\nContent-Disposition: attachment; filename=\"{}\"\r\nContent-ID: <{}>\r\n",
            header(attachment, "content_type"),
            header(attachment, "disposition"),
            header(attachment, "cid"),
        );
        Part { headers, body: &content }.write(&mut body, &boundary);
    }
    body.push_str(&format!("--{boundary}--\r\n"));
    let kind = format!("multipart/related; type=\"text/xml\"; boundary=\"{boundary}\"");
    let mut headers = zv::Table::new(1);
    headers.set("Content-Type", zv::text(kind));
    let mut result = zv::Table::new(2);
    result.set("body", zv::text(body));
    result.set("headers", headers.finish());
    result.finish()
}

/// Cannot occur inside base64, whatever the parts hold.
fn boundary(envelope: &[u8]) -> String {
    let sum = envelope
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |sum, &byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("=_wsdlproxy_{sum:016x}")
}

/// Head and body of an answer: the envelope, its headers, and the other parts by reference; null if it is
/// not MIME.
#[php_function]
#[php(name = "wsdlproxy_pear_read_mime")]
pub fn pear_read_mime(message: &Zval) -> Zval {
    let message = zv::bytes(message);
    // The status line is no header.
    let start = if message.starts_with(b"HTTP/") {
        message.iter().position(|&byte| byte == b'\n').map_or(0, |at| at + 1)
    } else {
        0
    };
    let Ok(parsed) = parse_mail(&message[start..]) else { return Zval::null() };
    let Some((first, others)) = parsed.subparts.split_first() else { return Zval::null() };
    let Ok(body) = first.get_body_raw() else { return Zval::null() };
    let mut attachments = zv::Table::new(others.len());
    for part in others {
        let (Some(reference), Ok(content)) = (reference(part), part.get_body_raw()) else { continue };
        attachments.set(reference, zv::text(content));
    }
    let mut headers = zv::Table::new(8);
    for header in parsed.headers.iter().chain(&first.headers) {
        headers.set(header.get_key().to_ascii_lowercase(), zv::text(header.get_value()));
    }
    let mut result = zv::Table::new(3);
    result.push(zv::text(body));
    result.push(headers.finish());
    result.push(attachments.finish());
    result.finish()
}

fn reference(part: &ParsedMail<'_>) -> Option<String> {
    if let Some(location) = part.headers.get_first_value("Content-Location") {
        return Some(location);
    }
    let id = part.headers.get_first_value("Content-ID")?;
    Some(format!("cid:{}", id.trim().trim_start_matches('<').trim_end_matches('>')))
}

pub fn register(module: ModuleBuilder) -> ModuleBuilder {
    module.function(wrap_function!(pear_mime)).function(wrap_function!(pear_read_mime))
}
