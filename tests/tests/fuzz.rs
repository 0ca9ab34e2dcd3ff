//! Damaged descriptions, answers and stored plans: a typed error or a result, in little time, never a panic.
//!
//! A few seconds of it, always the same cases, belong to every test run; `make fuzz` runs a minute of each with other
//! cases each time. The seed is printed, and `FUZZ_SEED` runs it again.

use std::sync::Arc;
use std::time::{Duration, Instant};

use wsdlproxy::client::{Client, Definition, Response, Settings};
use wsdlproxy::encode::Arguments;
use wsdlproxy::plan::store;
use wsdlproxy::seam::{Value, ValueSink};
use wsdlproxy::{Error, Limits};

const WSDL: &str = include_str!("../../examples/ngnpro/ngnpro.wsdl");
const ANSWER: &str = r##"<?xml version="1.0" encoding="UTF-8"?><e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"
 xmlns:c="http://schemas.xmlsoap.org/soap/encoding/" xmlns:n="urn:AGProjects:NGNPro"><e:Header><h id="9">x</h></e:Header>
 <e:Body><p:getAccountsResponse xmlns:p="urn:AGProjects:NGNPro:Sip"><r xsi:type="n:SipAccountList">
 <accounts xsi:type="c:Array" c:arrayType="n:SipAccount[2]" c:offset="[0]"><item href="#1"/>
 <item xsi:type="n:SipAccount" c:position="[1]"><id href="#2"/><quota xsi:type="xsd:int">5</quota><firstName>a&amp;<![CDATA[b]]></firstName>
 <groups c:arrayType="xsd:string[1,1]"><i>x</i></groups></item></accounts><total xsi:nil="true"/></r></p:getAccountsResponse>
 <m id="1" xsi:type="n:SipAccount"><id href="#2"/><prepaid>true</prepaid></m><m id="2" xsi:type="n:SipId"><username>u</username></m>
 </e:Body></e:Envelope>"##;
/// Pieces that make sense somewhere, so that damage reaches deeper than the tokenizer.
const PIECES: &[&str] = &[
    "<",
    ">",
    "/>",
    "</",
    "\"",
    "&amp;",
    "&#0;",
    "&x;",
    "<!DOCTYPE a [<!ENTITY x \"y\">]>",
    "<!--",
    "]]>",
    "<![CDATA[",
    "xsi:nil=\"1\"",
    "xsi:type=\"n:SipAccount\"",
    "href=\"#1\"",
    "href=\"#2\"",
    "id=\"1\"",
    "c:arrayType=\"xsd:int[9999999999]\"",
    "c:arrayType=\"n:SipAccountArray[][3,-1]\"",
    "c:position=\"[4000000000]\"",
    "xmlns=\"\"",
    "type=\"xsd:int\"",
    "maxOccurs=\"unbounded\"",
    "<xsd:any/>",
    "<xsd:sequence maxOccurs=\"7\">",
    "base=\"ngnpro:SipAccount\"",
    "ref=\"ngnpro:SipAccount\"",
    "\u{0}",
    "\u{fffe}",
    "é",
    "-",
    "99999999999999999999",
];

/// How long it goes on.
#[derive(Clone, Copy)]
enum Effort {
    /// So many cases, the same in every run.
    Cases(u64),
    /// A minute of cases that differ from run to run.
    Minute,
}

struct Fuzz {
    random: fastrand::Rng,
    effort: Effort,
    cases: u64,
}

impl Fuzz {
    fn new(effort: Effort) -> Self {
        let seed = std::env::var("FUZZ_SEED").ok().and_then(|seed| seed.parse().ok());
        let seed = seed.unwrap_or_else(|| match effort {
            Effort::Cases(_) => 1,
            Effort::Minute => fastrand::u64(..),
        });
        println!("FUZZ_SEED={seed}");
        Self { random: fastrand::Rng::with_seed(seed), effort, cases: 0 }
    }

    /// A damaged copy.
    fn damaged(&mut self, text: &[u8]) -> Vec<u8> {
        let mut bytes = text.to_vec();
        for _ in 0..self.random.usize(1..6) {
            if bytes.is_empty() {
                break;
            }
            let at = self.random.usize(..bytes.len());
            let to = (at + self.random.usize(1..40)).min(bytes.len());
            match self.random.u8(..7) {
                0 => bytes[at] = self.random.u8(..),
                // A number of a table, in its place, more often a small one.
                6 if bytes.len() >= 4 => {
                    let number = self.random.u32(..) >> self.random.u32(..32);
                    let place = at.min(bytes.len() - 4) / 4 * 4;
                    bytes[place..place + 4].copy_from_slice(&number.to_ne_bytes());
                }
                1 => drop(bytes.drain(at..to)),
                2 => bytes.truncate(at.max(1)),
                3 => {
                    let copy = bytes[at..to].to_vec();
                    let place = self.random.usize(..=bytes.len());
                    bytes.splice(place..place, copy);
                }
                _ => {
                    let piece = PIECES[self.random.usize(..PIECES.len())];
                    bytes.splice(at..at, piece.bytes());
                }
            }
        }
        bytes
    }

    /// Runs a case with damaged copies until it is enough; none may take long.
    fn run(mut self, text: &[u8], mut case: impl FnMut(&[u8])) {
        let begun = Instant::now();
        while match self.effort {
            Effort::Cases(count) => self.cases < count,
            Effort::Minute => begun.elapsed() < Duration::from_secs(60),
        } {
            let bytes = self.damaged(text);
            let start = Instant::now();
            case(&bytes);
            let took = start.elapsed();
            assert!(took < Duration::from_secs(10), "took {took:?}: {}", String::from_utf8_lossy(&bytes));
            self.cases += 1;
        }
        println!("{} cases", self.cases);
    }
}

fn parse(bytes: &[u8]) -> wsdlproxy::Result<Definition> {
    let mut fetch = |location: &str| Err(Error::wsdl(format!("{location} is not there")));
    let join = |_: &str, relative: &str| relative.to_owned();
    Definition::parse("fuzz.wsdl", bytes, &mut fetch, &join, &Limits::default())
}

fn client() -> Client {
    let definition = parse(WSDL.as_bytes()).unwrap();
    let port = definition.port(None, Some("SipPort")).unwrap();
    Client::new(Arc::clone(definition.plan()), port, Settings::default()).unwrap()
}

/// Loads damaged descriptions, and calls every operation of those that load.
fn descriptions(effort: Effort) {
    Fuzz::new(effort).run(WSDL.as_bytes(), |bytes| {
        let Ok(definition) = parse(bytes) else { return };
        assert!(wsdlproxy::plan::is_sound(definition.plan()));
        let Ok(port) = definition.port(None, Some("SipPort")) else { return };
        let client = Client::new(Arc::clone(definition.plan()), port, Settings::default()).unwrap();
        let value = Value::from([("id", Value::from([("username", "u")])), ("quota", 1.into())]);
        for op in client.operations().ids() {
            let arguments = Arguments { positional: vec![&value], named: None };
            // Most refuse the value, which is right.
            let _ = client.prepare(op, &arguments, None);
        }
    });
}

fn answers(effort: Effort) {
    let client = client();
    let op = client.operation("getAccounts").unwrap();
    let whole = Response { status: 200, content_type: None, body: ANSWER.as_bytes() };
    client.finish(op, &whole, &mut ValueSink).expect("the undamaged answer is one");
    Fuzz::new(effort).run(ANSWER.as_bytes(), |bytes| {
        let response = Response { status: 200, content_type: Some("text/xml"), body: bytes };
        // An error is as good as a value here; only a panic or a wait is not.
        let _ = client.finish(op, &response, &mut ValueSink);
    });
}

fn stored_plans(effort: Effort) {
    let origin = store::Origin { location: String::new(), checked: 0, documents: Vec::new() };
    let bytes = store::to_bytes(&origin, client().plan()).unwrap();
    let head = bytes.len() - store::payload(&bytes).unwrap().len();
    Fuzz::new(effort).run(&bytes[head..], |payload| {
        if let Some((_, plan)) = store::from_bytes(&store::framed(payload)) {
            assert!(wsdlproxy::plan::is_sound(&plan));
        }
    });
}

#[test]
fn damage_is_refused() {
    descriptions(Effort::Cases(300));
    answers(Effort::Cases(20_000));
    stored_plans(Effort::Cases(1_000));
}

#[test]
#[ignore = "a minute of each: make fuzz"]
fn damage_is_refused_for_long() {
    descriptions(Effort::Minute);
    answers(Effort::Minute);
    stored_plans(Effort::Minute);
}
