//! How fast a large answer is read. Run with `cargo test --release --test xml_speed -- --ignored --nocapture`.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

use std::fmt::Write;
use std::time::{Duration, Instant};

use wsdlproxy::xml::{encoding, escape, Cursor, Document};
use wsdlproxy::Limits;

const SIZE: usize = 15_000_000;

fn answer() -> String {
    let mut text = String::from("<e:Envelope xmlns:e='env' xmlns:xsi='i' xmlns:xsd='x'><e:Body><r><list>");
    let mut n = 0;
    while text.len() < SIZE {
        writeln!(
            text,
            "<item><id xsi:type=\"xsd:int\">{n}</id><name xsi:type=\"xsd:string\">user{n}@example.org</name>\
             <enabled>true</enabled><created>2024-05-01T10:20:30Z</created>\
             <comment>some longer text for account number {n}, nothing special</comment></item>"
        )
        .unwrap();
        n += 1;
    }
    text + "</list></r></e:Body></e:Envelope>"
}

/// Reads as a decoder does; returns the bytes of text found.
fn read(text: &str) -> usize {
    let mut cursor = Cursor::new(text, &Limits::default());
    for _ in 0..4 {
        cursor.next_child().unwrap().unwrap();
    }
    let mut total = 0;
    while cursor.next_child().unwrap().is_some() {
        while cursor.next_child().unwrap().is_some() {
            total += usize::from(cursor.has_attributes()) + cursor.text().unwrap().len();
        }
    }
    total
}

fn best(name: &str, bytes: usize, mut run: impl FnMut() -> usize) -> Duration {
    let time = |_| {
        let started = Instant::now();
        assert!(run() > 0);
        started.elapsed()
    };
    let best = (0..9).map(time).min().unwrap();
    println!("{name:24} {best:>12.1?} {:>8.0} MB/s", bytes as f64 / 1e6 / best.as_secs_f64());
    best
}

#[test]
#[ignore = "a measurement, meaningful in release builds only"]
fn speed() {
    let text = answer();
    let bytes = text.len();
    best("decode UTF-8", bytes, || encoding::decode(text.as_bytes(), None).unwrap().len());
    let cursor = best("next_child and text", bytes, || read(&text));
    let tree = best("document tree", bytes, || {
        Document::parse(text.as_str(), "memory", &Limits::default()).unwrap().root().children().count()
    });
    best("escape text", bytes, || {
        let mut out = String::with_capacity(bytes * 2);
        escape::escape_text(&mut out, &text).unwrap();
        out.len()
    });
    assert!(cursor < Duration::from_secs(2) && tree < Duration::from_secs(4));
}
