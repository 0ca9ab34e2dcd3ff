//! Work grows with the size of what it is done to: twice the size takes about twice the time, not four times.
//!
//! Processor times of one thread are compared with each other only, the best of several runs each, so that other work
//! on the machine does not count; caches that it empties get more attempts before the test fails.

mod common;
mod decode_support;

use std::fmt::Write;
use std::hint::black_box;
use std::time::Duration;

use common::{document_wsdl, plan, request};
use decode_support::{decode, envelope};
use wsdlproxy::decode::Options;
use wsdlproxy::seam::Value;

/// Quadratic work gives 4, `n log n` hardly more than 2.
const RATIO: f64 = 3.0;
/// Shorter work says nothing.
const LEAST: Duration = Duration::from_millis(2);

/// What this thread had of the processor so far.
fn processor_time() -> Duration {
    let mut now = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the call writes to the structure it is given and to nothing else.
    let failed = unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut now) };
    assert_eq!(failed, 0);
    Duration::new(now.tv_sec as u64, now.tv_nsec as u32)
}

fn time(run: impl FnOnce()) -> Duration {
    let start = processor_time();
    run();
    processor_time().saturating_sub(start)
}

/// Fails if `work` takes much more than twice the time for twice the size. `prepare` is not counted.
#[track_caller]
fn linear<T>(size: usize, prepare: impl Fn(usize) -> T, work: impl Fn(&T)) {
    let inputs = [prepare(size), prepare(2 * size)];
    let mut best = [Duration::MAX; 2];
    for attempt in 1..=30 {
        for (best, input) in best.iter_mut().zip(&inputs) {
            *best = time(|| work(input)).min(*best);
        }
        let ratio = best[1].as_secs_f64() / best[0].max(LEAST).as_secs_f64();
        if attempt >= 2 && ratio < RATIO {
            return;
        }
    }
    panic!("{size}: {:?}, twice that: {:?}", best[0], best[1]);
}

fn many(size: usize, item: impl Fn(usize) -> String) -> String {
    (0..size).fold(String::new(), |text, n| text + &item(n))
}

/// An element `in` whose type has this content.
fn element(content: &str) -> String {
    document_wsdl(&format!(
        r#"<xs:element name="in"><xs:complexType>{content}</xs:complexType></xs:element>"#
    ))
}

fn ints(size: usize) -> String {
    many(size, |n| format!(r#"<xs:element name="e{n}" type="xs:int" minOccurs="0"/>"#))
}

fn answer(content: &str) -> String {
    envelope(&format!(r#"<in xmlns="urn:t">{content}</in>"#))
}

#[test]
fn descriptions() {
    let load = |text: &String| drop(black_box(plan(text)));
    let choice = |size| element(&format!("<xs:choice>{}</xs:choice>", ints(size)));
    linear(5_000, choice, load);
    let sequence = |size| element(&format!("<xs:sequence>{}</xs:sequence>", ints(size)));
    linear(5_000, sequence, load);
    let enumerated = |size| {
        let values = many(size, |n| format!(r#"<xs:enumeration value="v{n}"/>"#));
        document_wsdl(&format!(
            r#"<xs:element name="in"><xs:simpleType><xs:restriction base="xs:string">{values}</xs:restriction>
               </xs:simpleType></xs:element>"#
        ))
    };
    linear(50_000, enumerated, load);
    let operations = |size| {
        let text = document_wsdl(r#"<xs:element name="in" type="xs:int"/>"#);
        let kind = many(size, |n| {
            format!(
                r#"<operation name="op{n}"><input message="tns:m"/><output message="tns:m"/></operation>"#
            )
        });
        let bound = many(size, |n| {
            format!(
                r#"<operation name="op{n}"><soap:operation soapAction=""/><input><soap:body use="literal"/></input>
                   <output><soap:body use="literal"/></output></operation>"#
            )
        });
        text.replace("</portType>", &(kind + "</portType>")).replace("</binding>", &(bound + "</binding>"))
    };
    linear(1_000, operations, load);
    let derived = |size| {
        let types = many(size, |n| {
            format!(
                r#"<xs:complexType name="T{n}"><xs:complexContent><xs:extension base="tns:B"><xs:sequence>
                   <xs:element name="e{n}" type="tns:T{}"/></xs:sequence></xs:extension></xs:complexContent>
                   </xs:complexType>"#,
                (n * 7) % size
            )
        });
        document_wsdl(&format!(r#"<xs:complexType name="B"/>{types}<xs:element name="in" type="tns:T0"/>"#))
    };
    linear(2_000, derived, load);
}

#[test]
fn requests() {
    let wide = element(&format!("<xs:choice maxOccurs='unbounded'>{}</xs:choice>", ints(10_000)));
    let plan_of_wide = plan(&wide);
    let turns = |size: usize| {
        let turn = |n: usize| Value::Record(vec![(format!("e{}", n % 10_000), 1.into())]);
        Value::from([("_choice", Value::List((0..size).map(turn).collect()))])
    };
    linear(5_000, turns, |value| drop(black_box(request(&plan_of_wide, "op", value).unwrap())));
    let narrow = plan(&element(r#"<xs:sequence><xs:element name="known" type="xs:int"/></xs:sequence>"#));
    let unknown = |size: usize| Value::Record((0..size).map(|n| (format!("k{n}"), 1.into())).collect());
    linear(10_000, unknown, |value| drop(black_box(request(&narrow, "op", value).unwrap_err())));
    let misspelt = |size: usize| {
        let text = element(&format!("<xs:sequence>{}</xs:sequence>", ints(size)));
        (plan(&text), Value::from([("e12345x", 1)]))
    };
    linear(5_000, misspelt, |(plan, value)| drop(black_box(request(plan, "op", value).unwrap_err())));
}

#[test]
fn answers() {
    let shape = |kind: &str| plan(&element(&format!("<xs:{kind}>{}</xs:{kind}>", ints(20_000))));
    let each = |size| answer(&many(size, |n| format!("<e{n}>1</e{n}>")));
    let backwards = |size| answer(&many(size, |n| format!("<e{0}>1</e{0}>", size - 1 - n)));
    for kind in ["choice maxOccurs='9'", "sequence"] {
        let name = kind.split(' ').next().unwrap();
        let plan = match name {
            "sequence" => shape(name),
            _ => plan(&element(&format!("<xs:{kind}>{}</xs:{name}>", ints(20_000)))),
        };
        let read = |text: &String| drop(black_box(decode(&plan, text, &Options::default()).unwrap()));
        linear(5_000, each, read);
        linear(5_000, backwards, read);
    }
    let text = r#"<xs:sequence><xs:element name="s" type="xs:string"/></xs:sequence>"#;
    let plan = plan(&element(text));
    let read = |text: &String| drop(black_box(decode(&plan, text, &Options::default()).unwrap()));
    for piece in ["a&amp;", "<!-- -->a", "<![CDATA[a]]>", "<?p?>a", "]]&gt;", "a\r\n", "é"] {
        linear(20_000, |size| answer(&format!("<s>{}</s>", piece.repeat(size))), read);
    }
    let scoped = |size| {
        answer(&many(size, |n| {
            format!(
                r#"<p{n}:x xmlns:p{n}="urn:{n}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                xsi:type="p{n}:t{n}"/>"#
            )
        }))
    };
    linear(5_000, scoped, read);
    let unclosed = |size: usize| {
        let mut text = String::from("<a ");
        write!(text, "{}", "b=\"<!-- ".repeat(size)).unwrap();
        text
    };
    linear(50_000, unclosed, |text| drop(black_box(decode(&plan, text, &Options::default()).unwrap_err())));
}

#[test]
fn patterns() {
    for pattern in ["(a*)*b", "(a|aa)+b", "(.*a){9}b", "(a?){50}a{50}b"] {
        let facet = format!(
            r#"<xs:element name="in"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="{pattern}"/>
               </xs:restriction></xs:simpleType></xs:element>"#
        );
        let plan = plan(&document_wsdl(&facet));
        let refused = |text: &String| {
            let value = Value::from([("p", text.as_str())]);
            drop(black_box(request(&plan, "op", &value).unwrap_err()));
        };
        linear(5_000, |size| "a".repeat(size), refused);
    }
}
