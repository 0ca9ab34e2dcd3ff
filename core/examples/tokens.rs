//! The tokenizer alone, as a floor for `benches/peers`: for each number read, so many passes over a file.
//!
//! `tokens FILE` steps through quick-xml's events; `tokens FILE WSDL OPERATION` decodes the answer to nothing, which
//! is what `callgrind` counts to find a regression.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros)] // a program, not the library: it reads files and prints

use std::error::Error;
use std::io::BufRead;
use std::sync::Arc;

use quick_xml::events::Event;
use quick_xml::Reader;
use wsdlproxy::client::{Client, Definition, Response, Settings};
use wsdlproxy::index::ShapeId;
use wsdlproxy::{Builtin, Key, Limits, Result, Scalar, Sink};

/// Builds nothing.
struct NullSink;

impl Sink for NullSink {
    type Node = ();
    type Record = ();
    type List = ();
    fn null(&mut self) -> Result<()> {
        Ok(())
    }
    fn scalar(&mut self, _of: Builtin, value: Scalar<'_>) -> Result<()> {
        std::hint::black_box(value);
        Ok(())
    }
    fn record(&mut self, _shape: Option<ShapeId>) -> Result<()> {
        Ok(())
    }
    fn set(&mut self, (): &mut (), key: Key<'_>, (): ()) -> Result<()> {
        std::hint::black_box(key);
        Ok(())
    }
    fn end_record(&mut self, (): ()) -> Result<()> {
        Ok(())
    }
    fn list(&mut self, _size: usize) -> Result<()> {
        Ok(())
    }
    fn push(&mut self, (): &mut (), (): ()) -> Result<()> {
        Ok(())
    }
    fn end_list(&mut self, (): ()) -> Result<()> {
        Ok(())
    }
    fn share(&mut self, (): &()) {}
    fn share_open(&mut self, (): &()) -> Option<()> {
        Some(())
    }
}

fn tokens(text: &str) -> std::result::Result<usize, Box<dyn Error>> {
    let mut reader = Reader::from_str(text);
    let mut count = 0;
    while !matches!(reader.read_event().as_ref().map_err(ToString::to_string)?, Event::Eof) {
        count += 1;
    }
    Ok(count)
}

fn client(wsdl: &str) -> Result<Client> {
    let bytes = std::fs::read(wsdl).map_err(|error| wsdlproxy::Error::usage(error.to_string()))?;
    let mut nothing = |_: &str| Err(wsdlproxy::Error::wsdl("nothing is imported"));
    let join = |_: &str, relative: &str| relative.to_owned();
    let definition = Definition::parse(wsdl, &bytes, &mut nothing, &join, &Limits::default())?;
    let port = definition.port(None, None)?;
    Client::new(Arc::clone(definition.plan()), port, Settings::default())
}

fn main() -> std::result::Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let text = std::fs::read_to_string(&arguments[0])?;
    let decoded = match &arguments[..] {
        [_, wsdl, operation] => {
            let client = client(wsdl).map_err(|error| error.to_string())?;
            let op = client.operation(operation).map_err(|error| error.to_string())?;
            Some((client, op))
        }
        _ => None,
    };
    println!("ready");
    for line in std::io::stdin().lock().lines() {
        for _ in 0..line?.trim().parse::<usize>()? {
            if let Some((client, op)) = &decoded {
                let response =
                    Response { status: 200, content_type: Some("text/xml"), body: text.as_bytes() };
                client.finish(*op, &response, &mut NullSink).map_err(|error| error.to_string())?;
            } else {
                tokens(&text)?;
            }
        }
        println!("0");
    }
    Ok(())
}
