//! Size alone is no problem: time grows with the document, not with its square.

use std::fmt::Write;
use std::time::{Duration, Instant};

use super::description::{around, in_schema, load, schema, warnings};
use wsdlproxy::xsd::{SimpleType, TypeKind};

/// A bound that quadratic work on these sizes misses by far, and an unoptimised build keeps.
const BOUND: Duration = Duration::from_secs(20);

#[test]
fn a_hundred_thousand_enumerations() {
    let mut values = String::new();
    for i in 0..100_000 {
        write!(values, r#"<xs:enumeration value="v{i}"/>"#).unwrap();
    }
    let start = Instant::now();
    let service = schema(&format!(
        r#"<xs:simpleType name="S"><xs:restriction base="xs:string">{values}</xs:restriction></xs:simpleType>"#
    ));
    assert!(start.elapsed() < BOUND);
    let TypeKind::Simple(SimpleType::Restriction { facets, .. }) =
        &service.schemas.types.values().next().unwrap().kind
    else {
        panic!("a restriction")
    };
    assert_eq!(facets.len(), 100_000);
    assert_eq!(&*facets[99_999].value, "v99999");
}

#[test]
fn a_choice_of_ten_thousand() {
    let mut branches = String::new();
    for i in 0..10_000 {
        write!(branches, r#"<xs:element name="e{i}" type="xs:int"/>"#).unwrap();
    }
    let start = Instant::now();
    let service =
        schema(&format!(r#"<xs:complexType name="T"><xs:choice>{branches}</xs:choice></xs:complexType>"#));
    assert!(start.elapsed() < BOUND);
    assert_eq!(service.schemas.types.len(), 1);
}

#[test]
fn many_dangling_references_and_warnings() {
    let mut elements = String::new();
    for i in 0..10_000 {
        write!(elements, r#"<xs:element name="e{i}" type="q{i}:T{i}"/><xs:complexType name="T{i}"/>"#)
            .unwrap();
    }
    let start = Instant::now();
    let service = load(&around(&in_schema(&elements)));
    assert!(start.elapsed() < BOUND);
    assert_eq!(warnings(&service).len(), 1000);
}

#[test]
fn nesting_beyond_the_limit_is_refused() {
    let deep = "<xs:sequence>".repeat(5000) + &"</xs:sequence>".repeat(5000);
    let text = around(&in_schema(&format!(r#"<xs:complexType name="T">{deep}</xs:complexType>"#)));
    assert!(super::description::load_all(&[(super::description::MAIN, &text)]).is_err());
}
