//! Tokenizing, decoding, encoding and loading: `cargo bench --bench codec`.
//!
//! The answer is `getAccounts` with 10,000 accounts of 21 members, `xsi:type` on every element, some 15 MB.

use std::fmt::Write;
use std::hint::black_box;
use std::sync::Arc;

use criterion::{criterion_group, criterion_main, Criterion, Throughput};
use wsdlproxy::client::{Client, Definition, Response, Settings};
use wsdlproxy::encode::Arguments;
use wsdlproxy::error::Result;
use wsdlproxy::index::ShapeId;
use wsdlproxy::plan::store;
use wsdlproxy::seam::{Value, ValueSink};
use wsdlproxy::xml::{Cursor, Event};
use wsdlproxy::{Builtin, Key, Limits, Scalar, Sink};

const WSDL: &str = include_str!("../../examples/ngnpro/ngnpro.wsdl");
const ACCOUNTS: usize = 10_000;

/// A sink that builds nothing: what is left is the decoder itself.
struct NullSink;

impl Sink for NullSink {
    type Node = ();
    type Record = ();
    type List = ();
    fn null(&mut self) -> Result<()> {
        Ok(())
    }
    fn scalar(&mut self, _of: Builtin, value: Scalar<'_>) -> Result<()> {
        black_box(value);
        Ok(())
    }
    fn record(&mut self, _shape: Option<ShapeId>) -> Result<()> {
        Ok(())
    }
    fn set(&mut self, (): &mut (), key: Key<'_>, (): ()) -> Result<()> {
        black_box(key);
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

fn strings(out: &mut String, members: &[(&str, &str)]) {
    for (name, text) in members {
        write!(out, "<{name} xsi:type=\"xsd:string\">{text}</{name}>").unwrap();
    }
}

fn ints(out: &mut String, members: &[(&str, i64)]) {
    for (name, value) in members {
        write!(out, "<{name} xsi:type=\"xsd:int\">{value}</{name}>").unwrap();
    }
}

fn account(out: &mut String, at: usize) {
    out.push_str("<item xsi:type=\"ngnpro:SipAccount\"><id xsi:type=\"ngnpro:SipId\">");
    strings(out, &[("username", &format!("user{at}")), ("domain", "example.com")]);
    out.push_str("</id>");
    let email = format!("user{at}@example.com");
    strings(
        out,
        &[("firstName", "Grace"), ("lastName", "Hopper"), ("password", "s3cr3t"), ("email", &email)],
    );
    ints(out, &[("owner", 7)]);
    strings(out, &[("timezone", "Europe/Amsterdam"), ("rpid", "31208005169")]);
    out.push_str("<groups xsi:type=\"SOAP-ENC:Array\" SOAP-ENC:arrayType=\"xsd:string[2]\">");
    strings(out, &[("item", "free-pstn"), ("item", "anonymous")]);
    out.push_str("</groups><prepaid xsi:type=\"xsd:boolean\">false</prepaid>");
    ints(out, &[("quota", 50), ("callLimit", 4), ("timeout", 7200), ("answerTimeout", 35)]);
    out.push_str("<properties xsi:type=\"SOAP-ENC:Array\" SOAP-ENC:arrayType=\"ngnpro:SipProperty[2]\">");
    for (name, value) in [("language", "en"), ("mobile_number", "0031612345678")] {
        out.push_str("<item xsi:type=\"ngnpro:SipProperty\">");
        strings(out, &[("name", name), ("value", value)]);
        out.push_str("</item>");
    }
    out.push_str("</properties>");
    strings(out, &[("region", ""), ("quickdialPrefix", ""), ("createDate", "2026-01-02 03:04:05")]);
    strings(out, &[("changeDate", "2026-01-02 03:04:05")]);
    out.push_str(
        "<customer xsi:type=\"xsd:integer\">3</customer><reseller xsi:type=\"xsd:integer\">2</reseller>",
    );
    out.push_str("</item>");
}

fn answer() -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><SOAP-ENV:Envelope \
         xmlns:SOAP-ENV=\"http://schemas.xmlsoap.org/soap/envelope/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" \
         xmlns:SOAP-ENC=\"http://schemas.xmlsoap.org/soap/encoding/\" xmlns:ngnpro=\"urn:AGProjects:NGNPro\">\
         <SOAP-ENV:Body><ns1:getAccountsResponse xmlns:ns1=\"urn:AGProjects:NGNPro:Sip\">\
         <result xsi:type=\"ngnpro:SipAccountList\">",
    );
    write!(
        out,
        "<accounts xsi:type=\"SOAP-ENC:Array\" SOAP-ENC:arrayType=\"ngnpro:SipAccount[{ACCOUNTS}]\">"
    )
    .unwrap();
    (0..ACCOUNTS).for_each(|at| account(&mut out, at));
    write!(out, "</accounts><total xsi:type=\"xsd:int\">{ACCOUNTS}</total>").unwrap();
    out.push_str("</result></ns1:getAccountsResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>");
    out
}

fn definition() -> Definition {
    let mut fetch = |_: &str| Err(wsdlproxy::Error::wsdl("nothing is imported"));
    let join = |_: &str, relative: &str| relative.to_owned();
    Definition::parse("ngnpro.wsdl", WSDL.as_bytes(), &mut fetch, &join, &Limits::default()).unwrap()
}

fn client() -> Client {
    let definition = definition();
    let port = definition.port(None, Some("SipPort")).unwrap();
    Client::new(Arc::clone(definition.plan()), port, Settings::default()).unwrap()
}

fn decoding(bench: &mut Criterion) {
    let text = answer();
    let client = client();
    let op = client.operation("getAccounts").unwrap();
    let response =
        Response { status: 200, content_type: Some("text/xml; charset=utf-8"), body: text.as_bytes() };
    let mut group = bench.benchmark_group("answer");
    group.sample_size(10).throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("tokenize", |bench| {
        bench.iter(|| {
            let mut cursor = Cursor::new(&text, &Limits::default());
            while !matches!(cursor.next().unwrap(), Event::Eof) {}
        });
    });
    group.bench_function("decode to nothing", |bench| {
        bench.iter(|| client.finish(op, &response, &mut NullSink).unwrap());
    });
    group.bench_function("decode to Value", |bench| {
        bench.iter(|| client.finish(op, &response, &mut ValueSink).unwrap());
    });
    group.finish();
}

fn encoding(bench: &mut Criterion) {
    let client = client();
    let get = client.operation("getAccounts").unwrap();
    let add = client.operation("addAccount").unwrap();
    let text = answer();
    let response = Response { status: 200, content_type: Some("text/xml"), body: text.as_bytes() };
    let wsdlproxy::decode::Body::Value(list) = client.finish(get, &response, &mut ValueSink).unwrap().body
    else {
        panic!("a fault")
    };
    let Some(Value::List(accounts)) = list.get("accounts") else { panic!("no list") };
    let prepare = |account: &Value| {
        let arguments = Arguments { positional: vec![account], named: None };
        client.prepare(add, &arguments, None).unwrap()
    };
    let size = prepare(&accounts[0]).body.len();
    let mut group = bench.benchmark_group("request");
    group.throughput(Throughput::Bytes((size * accounts.len()) as u64)).sample_size(10);
    group.bench_function("encode 10,000 accounts", |bench| {
        bench.iter(|| accounts.iter().for_each(|account| drop(black_box(prepare(account)))));
    });
    group.finish();
}

fn loading(bench: &mut Criterion) {
    let definition = definition();
    let origin = store::Origin { location: "ngnpro.wsdl".into(), checked: 0, documents: Vec::new() };
    let stored = store::to_bytes(&origin, definition.plan()).unwrap();
    let mut group = bench.benchmark_group("WSDL");
    group.throughput(Throughput::Bytes(WSDL.len() as u64)).sample_size(20);
    group.bench_function("compile", |bench| bench.iter(self::definition));
    group.bench_function("load stored plan", |bench| bench.iter(|| store::from_bytes(&stored).unwrap()));
    group.finish();
}

criterion_group!(benches, decoding, encoding, loading);
criterion_main!(benches);
