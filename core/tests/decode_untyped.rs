//! Decoding without a plan.

mod decode_support;

use decode_support::{envelope, json};
use wsdlproxy::decode::{untyped, Options};
use wsdlproxy::seam::ValueSink;

#[track_caller]
fn read(body: &str) -> String {
    let answer = untyped(&envelope(body), &Options::default(), &mut ValueSink).unwrap();
    json(&answer.body.value().expect("no fault"))
}

#[test]
fn answers() {
    assert_eq!(read(""), "null");
    assert_eq!(read("<r/>"), "null");
    assert_eq!(read("<r>x</r>"), "'x'");
    assert_eq!(read("<r><a xsi:type='xsd:int'>1</a></r>"), "1");
    assert_eq!(read("<r><a>1</a><b xsi:type='xsd:boolean'>1</b></r>"), "{a:'1',b:true}");
    assert_eq!(read("<r><a>1</a><a>2</a></r>"), "{a:['1','2']}");
    assert_eq!(read("<r xsi:type='xsd:int'>5</r>"), "5");
    assert_eq!(read("<r><return xsi:nil='true'/></r><ignored/>"), "null");
}

#[test]
fn values() {
    assert_eq!(read("<r><a xsi:type='t:unknown'><b xsi:type='xsd:float'>1</b><c/></a></r>"), "{b:1.0,c:''}");
    let array = "<r><a xsi:type='enc:Array' enc:arrayType='t:x[2]'><i><b>1</b></i><i xsi:type='xsd:int'>2</i></a></r>";
    assert_eq!(read(array), "[{b:'1'},2]");
    assert_eq!(read("<r><a enc:arrayType='xsd:int[]'/></r>"), "[]");
    assert_eq!(
        read("<r><a xsi:type='apache:Map'><item><key>k</key><value>v</value></item></a></r>"),
        "{k:'v'}"
    );
    assert_eq!(
        read("<r><a xsi:type='xsd:timeInstant'>2024-01-01T00:00:00Z</a></r>"),
        "dateTime(2024-01-01T00:00:00Z)"
    );
    let reference = "<r><a href='#i'/></r><multiRef id='i'><b xsi:type='xsd:int'>1</b></multiRef>";
    assert_eq!(read(reference), "{b:1}");
}

#[test]
fn headers() {
    let text = envelope("<r/>")
        .replace("<env:Body>", "<env:Header><t:h xsi:type='xsd:int'>1</t:h></env:Header><env:Body>");
    let answer = untyped(&text, &Options::default(), &mut ValueSink).unwrap();
    assert_eq!(answer.headers.map(|headers| json(&headers)).as_deref(), Some("{h:1}"));
}
