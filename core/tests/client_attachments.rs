//! Answers with attachments: the message is found, and what it refers to is read where it refers to it.

mod decode_support;

use std::sync::Arc;

use decode_support::{envelope, Service};
use wsdlproxy::client::{Client, Definition, Response, Settings};
use wsdlproxy::decode::Body;
use wsdlproxy::seam::{Value, ValueSink};
use wsdlproxy::{Limits, Result, Scalar};

const SCHEMA: &str = r#"<xsd:element name="r"><xsd:complexType><xsd:sequence>
  <xsd:element name="raw" type="xsd:base64Binary" minOccurs="0" maxOccurs="unbounded"/>
  <xsd:element name="text" type="xsd:string" minOccurs="0"/></xsd:sequence></xsd:complexType></xsd:element>"#;
const MEDIA: &str = r#"Multipart/Related; type="application/xop+xml"; start="<root@x>"; boundary="--=b 1""#;
const ROOT: &str = "Content-Type: application/xop+xml; charset=UTF-8\r\nContent-ID: <root@x>";
const BYTES: &[u8] = b"\0\xff\r\n\r\n----=b 1 is no boundary here\n";

fn client(service: Service<'_>, limits: Limits) -> Client {
    let mut settings = Settings::default();
    settings.decode.limits = limits;
    with_settings(service, settings)
}

fn with_settings(service: Service<'_>, settings: Settings) -> Client {
    let definition = Definition::from_plan(Arc::new(service.plan()));
    let port = definition.port(None, None).unwrap();
    Client::new(Arc::clone(definition.plan()), port, settings).unwrap()
}

fn literal() -> Client {
    client(Service::literal(SCHEMA, r#"<part name="p" element="t:r"/>"#), Limits::default())
}

fn finish(client: &Client, media: Option<&str>, body: &[u8]) -> Result<Value> {
    let response = Response { status: 200, content_type: media, body };
    match client.finish(client.operation("op")?, &response, &mut ValueSink)?.body {
        Body::Value(value) => Ok(value),
        Body::Fault(_) => panic!("a fault"),
    }
}

/// A multipart body of parts that have a head each.
fn multipart(parts: &[(&str, &[u8])], line: &str) -> Vec<u8> {
    let mut body = format!("a preamble{line}").into_bytes();
    for (head, content) in parts {
        let head = head.replace("\r\n", line);
        body.extend(format!("----=b 1{line}{head}{line}{line}").bytes());
        body.extend(*content);
        body.extend(line.bytes());
    }
    body.extend(format!("----=b 1--{line}").bytes());
    body
}

fn message(content: &str) -> String {
    envelope(&format!("<t:r>{content}</t:r>"))
}

fn included(url: &str) -> String {
    format!(r#"<raw> <x:Include xmlns:x="http://www.w3.org/2004/08/xop/include" href="{url}"/></raw>"#)
}

fn bytes(value: &[u8]) -> Value {
    Value::Scalar(Scalar::Bytes(value.to_vec().into()))
}

#[test]
fn references_are_read_as_what_they_name() {
    let content = [&included("cid:a%40x"), r#"<raw href="cid:b@x"/>"#, &included("cid:a@x")].concat();
    let root = message(&(content + "<text>href=\"cid:a@x\"</text>"));
    for line in ["\r\n", "\n"] {
        let attached: [(&str, &[u8]); 2] = [
            ("Content-ID: <a@x>\r\nContent-Type: image/png", BYTES),
            ("content-id: b@x\r\nContent-Transfer-Encoding: BASE64", b"aGVs\r\nbG8="),
        ];
        let ahead = multipart(&[attached[0], (ROOT, root.as_bytes()), attached[1]], line);
        let behind = multipart(&[(ROOT, root.as_bytes()), attached[0], attached[1]], line);
        for body in [ahead, behind] {
            let value = finish(&literal(), Some(MEDIA), &body).unwrap();
            let found = value.get("raw").unwrap();
            assert_eq!(found, &Value::List(vec![bytes(BYTES), bytes(b"hello"), bytes(BYTES)]));
            assert_eq!(value.get("text"), Some(&"href=\"cid:a@x\"".into()));
        }
    }
}

#[test]
fn an_encoded_message_refers_by_href() {
    let service = Service::encoded("", r#"<part name="r" type="xsd:base64Binary"/>"#);
    let root = envelope(r#"<t:opResponse><r href="cid:a"/></t:opResponse>"#);
    let body = multipart(&[(ROOT, root.as_bytes()), ("Content-ID: a", BYTES)], "\r\n");
    assert_eq!(finish(&client(service, Limits::default()), Some(MEDIA), &body).unwrap(), bytes(BYTES));
}

#[test]
fn slips_of_writers() {
    let root = message("<text>x</text>");
    let whole = multipart(&[("Content-ID: other", root.as_bytes())], "\r\n");
    let bare = &whole["a preamble\r\n".len()..];
    let no_start = MEDIA.replace("start=", "begin=");
    let xml = Some("text/xml; charset=utf-8");
    for (media, body) in [(Some(MEDIA), &*whole), (Some(&no_start), &whole), (None, bare), (xml, bare)] {
        assert_eq!(finish(&literal(), media, body).unwrap().get("text"), Some(&"x".into()), "{media:?}");
    }
}

#[test]
fn a_part_that_is_missing_is_not_read_as_empty() {
    let dangling = message(&included("cid:gone"));
    for parts in [&[(ROOT, dangling.as_bytes()), ("Content-ID: a", b"x")][..], &[(ROOT, dangling.as_bytes())]]
    {
        let body = multipart(parts, "\r\n");
        let error = finish(&literal(), Some(MEDIA), &body).unwrap_err().to_string();
        assert!(error.contains("raw") && error.contains("no part cid:gone"), "{error}");
        assert!(error.contains("option `strict` off"), "{error}");
        let mut settings = Settings::default();
        settings.decode.lenient = true;
        let lenient = with_settings(Service::literal(SCHEMA, r#"<part name="p" element="t:r"/>"#), settings);
        assert_eq!(finish(&lenient, Some(MEDIA), &body).unwrap().get("raw"), Some(&vec![bytes(b"")].into()));
    }
    let elsewhere = message(&included("http://127.0.0.1/x"));
    let body = multipart(&[(ROOT, elsewhere.as_bytes())], "\r\n");
    assert_eq!(finish(&literal(), Some(MEDIA), &body).unwrap().get("raw"), Some(&vec![bytes(b"")].into()));
}

#[test]
fn what_is_no_answer_is_an_error() {
    let root = message("");
    let whole = multipart(&[(ROOT, root.as_bytes())], "\r\n");
    assert!(finish(&literal(), Some("multipart/related"), &whole).is_err());
    assert!(finish(&literal(), Some(MEDIA), &whole[..whole.len() - 14]).is_err());
}

#[test]
fn copies_of_one_attachment_are_limited() {
    let many = message(&included("cid:a").repeat(2000));
    let body = multipart(&[(ROOT, many.as_bytes()), ("Content-ID: a", &vec![b'x'; 1 << 16])], "\r\n");
    let limits = Limits { bytes: 1 << 20, ..Limits::default() };
    let client = client(Service::literal(SCHEMA, r#"<part name="p" element="t:r"/>"#), limits);
    let error = finish(&client, Some(MEDIA), &body).unwrap_err().to_string();
    assert!(error.contains("too often"), "{error}");
}
