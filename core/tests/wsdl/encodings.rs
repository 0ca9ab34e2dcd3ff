//! Documents in other encodings than UTF-8.

use super::description::{load_bytes, MAIN};
use super::text::{definitions, name};
use wsdlproxy::wsdl::Definitions;
use wsdlproxy::Limits;

const PART: &str = r#"<message name="Größe"/><service name="S"/>"#;

fn loaded(bytes: &[u8]) -> Definitions {
    load_bytes(&[(MAIN, bytes)], &Limits::default()).unwrap()
}

fn check(bytes: &[u8]) {
    let service = loaded(bytes);
    let message = service.messages.values().next().unwrap();
    assert_eq!(name(&service, message.name.local), "Größe");
}

#[test]
fn utf_8_with_and_without_mark() {
    let text = definitions(PART);
    check(text.as_bytes());
    check(format!("\u{FEFF}{text}").as_bytes());
}

#[test]
fn utf_16_in_both_orders() {
    let text = format!("\u{FEFF}<?xml version=\"1.0\" encoding=\"UTF-16\"?>{}", definitions(PART));
    for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
        let bytes: Vec<u8> = text.encode_utf16().flat_map(bytes).collect();
        check(&bytes);
    }
}

#[test]
fn iso_8859_1() {
    let text = format!("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>{}", definitions(PART));
    let bytes: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    check(&bytes);
}
