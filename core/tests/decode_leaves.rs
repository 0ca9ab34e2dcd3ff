//! Decoding of leaves: built-in types, empty elements, nil, lists and unions.

mod decode_support;

use decode_support::{part_of, Service};
use wsdlproxy::Builtin;

#[track_caller]
fn read(builtin: Builtin, content: &str) -> String {
    let part = part_of(builtin);
    Service::encoded("", &part).json(&format!("<t:opResponse><return{content}</return></t:opResponse>"))
}

#[test]
fn built_in_types() {
    assert_eq!(read(Builtin::Int, "> 42 "), "42");
    assert_eq!(read(Builtin::Boolean, ">1"), "true");
    assert_eq!(read(Builtin::String, "> a&amp;<![CDATA[<b>]]> "), "' a&<b> '");
    assert_eq!(read(Builtin::Decimal, ">1.50"), "decimal(1.50)");
    assert_eq!(read(Builtin::Double, ">-INF"), "-inf");
    assert_eq!(read(Builtin::Base64Binary, ">aGVs\nbG8="), "bytes(hello)");
    assert_eq!(read(Builtin::DateTime, ">2024-02-29T01:02:03Z"), "dateTime(2024-02-29T01:02:03Z)");
    assert_eq!(read(Builtin::UnsignedLong, ">18446744073709551615"), "integer(18446744073709551615)");
    assert_eq!(read(Builtin::NmTokens, ">a  b"), "['a','b']");
    assert_eq!(read(Builtin::QName, ">t:x"), "{urn:t}x");
    assert_eq!(read(Builtin::QName, " xmlns:u='urn:u'>u:x"), "{urn:u}x");
    assert_eq!(read(Builtin::QName, ">nobody:x"), "'nobody:x'");
}

#[test]
fn empty_elements() {
    for builtin in [Builtin::Int, Builtin::Boolean, Builtin::DateTime, Builtin::Double, Builtin::QName] {
        assert_eq!(read(builtin, ">"), "null");
        assert_eq!(read(builtin, "> \n "), "null");
    }
    for builtin in [Builtin::String, Builtin::Token, Builtin::Name, Builtin::AnyUri, Builtin::AnySimpleType] {
        assert_eq!(read(builtin, ">"), "''");
    }
    assert_eq!(read(Builtin::String, "> "), "' '");
    assert_eq!(read(Builtin::HexBinary, ">"), "bytes()");
    assert_eq!(read(Builtin::IdRefs, ">"), "[]");
}

#[test]
fn nil() {
    assert_eq!(read(Builtin::Int, " xsi:nil='true'>"), "null");
    assert_eq!(read(Builtin::String, " xsi:nil=' 1 '><junk/>"), "null");
    assert_eq!(read(Builtin::String, " xsi:nil='false'>x"), "'x'");
    let old = " xmlns:old='http://www.w3.org/1999/XMLSchema-instance' old:null='1'>";
    assert_eq!(read(Builtin::Int, old), "null");
}

#[test]
fn what_is_no_value_is_an_error_with_its_place() {
    let service = Service::encoded("", r#"<part name="return" type="xsd:int"/>"#);
    let error = service.error("\n<t:opResponse>\n <return>x7</return></t:opResponse>");
    assert!(error.starts_with("expected xsd:int, got \"x7\" (line 3, column 2, byte "), "{error}");
}

const SIMPLE: &str = r#"
  <xsd:simpleType name="ints"><xsd:list itemType="xsd:int"/></xsd:simpleType>
  <xsd:simpleType name="size"><xsd:union memberTypes="xsd:int t:word xsd:boolean"/></xsd:simpleType>
  <xsd:simpleType name="word"><xsd:restriction base="xsd:string">
    <xsd:enumeration value="small"/><xsd:enumeration value="large"/></xsd:restriction></xsd:simpleType>
  <xsd:simpleType name="line"><xsd:restriction base="xsd:string"><xsd:whiteSpace value="collapse"/>
    </xsd:restriction></xsd:simpleType>
  <xsd:simpleType name="sizes"><xsd:list itemType="t:size"/></xsd:simpleType>
  <xsd:simpleType name="names"><xsd:list itemType="xsd:QName"/></xsd:simpleType>
"#;

#[track_caller]
fn simple(ty: &str, content: &str) -> String {
    let part = format!(r#"<part name="return" type="t:{ty}"/>"#);
    Service::encoded(SIMPLE, &part).json(&format!("<r><return{content}</return></r>"))
}

#[test]
fn derived_simple_types() {
    assert_eq!(simple("ints", "> 1 2\n3 "), "[1,2,3]");
    assert_eq!(simple("ints", ">"), "[]");
    assert_eq!(simple("size", ">7"), "7");
    assert_eq!(simple("size", ">large"), "'large'");
    assert_eq!(simple("size", ">true"), "true");
    assert_eq!(simple("size", ">"), "null");
    assert_eq!(simple("word", ">medium"), "'medium'");
    assert_eq!(simple("line", ">  a \n b "), "'a b'");
    assert_eq!(simple("sizes", ">1 small false"), "[1,'small',false]");
    assert_eq!(simple("names", " xmlns:u='urn:u'>u:a t:b"), "[{urn:u}a,{urn:t}b]");
}

#[test]
fn errors_in_lists_and_unions() {
    let service = Service::encoded(SIMPLE, r#"<part name="return" type="t:sizes"/>"#);
    let error = service.error("<r><return>1 huge</return></r>");
    assert!(error.starts_with("[1]: expected size, got \"huge\" (line 1"), "{error}");
}
