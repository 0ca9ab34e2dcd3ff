//! How fast a large answer is decoded. Run with
//! `cargo test --release --test decode_speed -- --ignored --nocapture`.

// It prints what it measures, and reads the kernel's clock.
#![allow(clippy::disallowed_macros, clippy::disallowed_methods)]

mod decode_support;

use std::fmt::Write;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use decode_support::{Service, DECLARATIONS};
use wsdlproxy::decode::{response, untyped, Options};
use wsdlproxy::index::{OpId, ShapeId};
use wsdlproxy::plan::Plan;
use wsdlproxy::seam::ValueSink;
use wsdlproxy::xml::{Cursor, Event};
use wsdlproxy::{Builtin, Key, Limits, Result, Scalar, Sink};

const RECORDS: usize = 10_000;

/// The thirty members of a record: name, type and a value.
fn members() -> Vec<(String, &'static str, &'static str)> {
    let kinds = [
        ("string", "some text of a record"),
        ("int", "123456"),
        ("boolean", "true"),
        ("dateTime", "2024-05-01T10:20:30Z"),
        ("string", "user@example.org"),
        ("decimal", "12.50"),
    ];
    (0..30).map(|n| (format!("member{n}"), kinds[n % 6].0, kinds[n % 6].1)).collect()
}

fn schema() -> String {
    let mut elements = String::new();
    for (name, ty, _) in members() {
        write!(elements, r#"<xsd:element name="{name}" type="xsd:{ty}" minOccurs="0"/>"#).unwrap();
    }
    format!(
        r#"<xsd:complexType name="record"><xsd:sequence>{elements}</xsd:sequence></xsd:complexType>
        <xsd:complexType name="records"><xsd:complexContent><xsd:restriction base="enc:Array">
        <xsd:attribute ref="enc:arrayType" wsdl:arrayType="t:record[]"/></xsd:restriction></xsd:complexContent>
        </xsd:complexType>"#
    )
}

fn record(typed: bool) -> String {
    let mut text = String::new();
    for (name, ty, value) in members() {
        let ty = if typed { format!(r#" xsi:type="xsd:{ty}""#) } else { String::new() };
        writeln!(text, "<{name}{ty}>{value}</{name}>").unwrap();
    }
    text
}

fn answer(item: impl Fn(usize) -> String, rest: impl Fn(usize) -> String) -> String {
    let mut text = format!("<env:Envelope{DECLARATIONS}><env:Body><t:opResponse>");
    write!(text, r#"<return xsi:type="enc:Array" enc:arrayType="t:record[{RECORDS}]">"#).unwrap();
    (0..RECORDS).for_each(|n| text.push_str(&item(n)));
    text.push_str("</return></t:opResponse>");
    (0..RECORDS).for_each(|n| text.push_str(&rest(n)));
    text + "</env:Body></env:Envelope>"
}

/// Counts what it is given.
#[derive(Default)]
struct Count(usize);

impl Sink for Count {
    type Node = ();
    type Record = ();
    type List = ();

    fn null(&mut self) -> Result<()> {
        Ok(())
    }
    fn scalar(&mut self, _: Builtin, _: Scalar<'_>) -> Result<()> {
        self.0 += 1;
        Ok(())
    }
    fn record(&mut self, _: Option<ShapeId>) -> Result<()> {
        Ok(())
    }
    fn set(&mut self, (): &mut (), _: Key<'_>, (): ()) -> Result<()> {
        Ok(())
    }
    fn end_record(&mut self, (): ()) -> Result<()> {
        Ok(())
    }
    fn list(&mut self, _: usize) -> Result<()> {
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
        None
    }
}

/// The time this thread has computed, where the system tells; else the time of day. Other programs then
/// disturb less.
fn now() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    let schedule = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let computed = schedule.split(' ').next().and_then(|nanoseconds| nanoseconds.parse().ok());
    computed.map_or_else(|| START.get_or_init(Instant::now).elapsed(), Duration::from_nanos)
}

fn best(name: &str, bytes: usize, mut run: impl FnMut()) {
    let time = |_| {
        let started = now();
        run();
        now().saturating_sub(started)
    };
    let best = (0..9).map(time).min().unwrap();
    println!("{name:28} {best:>12.1?} {:>8.0} MB/s", bytes as f64 / 1e6 / best.as_secs_f64());
}

/// What the cursor alone takes.
fn measure_cursor(name: &str, text: &str) {
    best(&format!("{name}, cursor only"), text.len(), || {
        let mut cursor = Cursor::new(text, &Limits::default());
        let mut count = 0;
        while cursor.next().unwrap() != Event::Eof {
            count += usize::from(cursor.has_attributes());
        }
        assert!(count > 0);
    });
}

fn measure(name: &str, plan: &Plan, text: &str) {
    let options = Options::default();
    measure_cursor(name, text);
    best(&format!("{name}, nothing built"), text.len(), || {
        let mut count = Count::default();
        response(plan, OpId(0), text, &options, &mut count).unwrap();
        assert_eq!(count.0, RECORDS * 30);
    });
    best(&format!("{name}, values"), text.len(), || {
        response(plan, OpId(0), text, &options, &mut ValueSink).unwrap();
    });
}

#[test]
#[ignore = "a measurement, meaningful in release builds only"]
fn speed() {
    let schema = schema();
    let plan = Service::encoded(&schema, r#"<part name="return" type="t:records"/>"#).plan();
    let (typed, plain) = (record(true), record(false));
    let text = answer(|_| format!("<item xsi:type=\"t:record\">{typed}</item>"), |_| String::new());
    println!("{} MB", text.len() / 1_000_000);
    measure("typed", &plan, &text);
    best("typed, no plan", text.len(), || {
        untyped(&text, &Options::default(), &mut Count::default()).unwrap();
    });
    let text = answer(|_| format!("<item>{plain}</item>"), |_| String::new());
    measure("plain", &plan, &text);
    let item = |n| format!("<item href=\"#i{n}\"/>");
    let text = answer(item, |n| format!("<multiRef id=\"i{n}\" xsi:type=\"t:record\">{typed}</multiRef>"));
    measure("multiRef", &plan, &text);
    let other = "xmlns:p=\"http://www.w3.org/2001/XMLSchema\" xsi:type=\"p:";
    let declared = typed.replace("xsi:type=\"xsd:", other);
    let text = answer(|_| format!("<item xsi:type=\"t:record\">{declared}</item>"), |_| String::new());
    measure("declared each time", &plan, &text);
}
