//! What other clients, libxml2 and random messages found: one test for each bug, by the construct it was in.

mod common;

use common::{body, document_wsdl, plan, request};
use wsdlproxy::decode::{self, Options};
use wsdlproxy::seam::{Value, ValueSink};

/// The element that a value of a schema's `in` becomes, or the error.
fn written(schema: &str, value: &Value) -> Result<String, String> {
    let plan = plan(&document_wsdl(schema));
    let text = request(&plan, "op", value).map_err(|error| error.to_string())?;
    Ok(body(&text).replace("ns1:", ""))
}

/// What a request of `in` is read as.
fn read(schema: &str, content: &str) -> Value {
    let plan = plan(&document_wsdl(schema));
    let text = format!(
        r#"<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:t" xmlns:t="urn:t"
        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><e:Body>{content}</e:Body></e:Envelope>"#
    );
    let op = common::operation(&plan, "op");
    let answer = decode::request(&plan, op, &text, &Options::default(), &mut ValueSink).unwrap();
    answer.body.value().unwrap()
}

const NAMES: &str = r#"<xs:element name="in"><xs:complexType><xs:sequence>
    <xs:element name="names" type="xs:NMTOKENS"/></xs:sequence></xs:complexType></xs:element>"#;

#[test]
fn the_built_in_lists_are_written_from_lists() {
    let value = read(NAMES, "<in><names>a  b</names></in>");
    assert_eq!(value, [("names", vec!["a", "b"])].into());
    assert_eq!(written(NAMES, &value).unwrap(), "<in><names>a b</names></in>");
    let error = written(NAMES, &[("names", vec!["a", "<"])].into()).unwrap_err();
    assert!(error.starts_with("names[1]: expected xsd:NMTOKEN"), "{error}");
}

const LIST: &str = r#"<xs:simpleType name="small"><xs:restriction base="xs:int"><xs:maxInclusive value="9"/>
    </xs:restriction></xs:simpleType>
    <xs:element name="in"><xs:complexType><xs:sequence>
    <xs:element name="numbers" minOccurs="0"><xs:simpleType><xs:list itemType="tns:small"/></xs:simpleType></xs:element>
    <xs:element name="texts" minOccurs="0"><xs:simpleType><xs:list itemType="xs:string"/></xs:simpleType></xs:element>
    </xs:sequence></xs:complexType></xs:element>"#;

#[test]
fn a_list_given_as_text_has_valid_items() {
    assert_eq!(written(LIST, &[("numbers", "1  9")].into()).unwrap(), "<in><numbers>1 9</numbers></in>");
    for wrong in ["1 x", "1 10"] {
        let error = written(LIST, &[("numbers", wrong)].into()).unwrap_err();
        assert!(error.starts_with("numbers: expected"), "{error}");
    }
}

#[test]
fn an_item_of_a_list_is_one_word() {
    let value = [("texts", vec!["a", "b"])].into();
    assert_eq!(written(LIST, &value).unwrap(), "<in><texts>a b</texts></in>");
    for wrong in ["a b", "", "a\nb"] {
        let error = written(LIST, &[("texts", vec!["a", wrong])].into()).unwrap_err();
        assert!(error.starts_with("texts[1]: ") && error.contains("item of a list"), "{error}");
    }
}

const CODES: &str = r#"<xs:complexType name="base" abstract="true"><xs:simpleContent><xs:extension base="xs:string"/>
    </xs:simpleContent></xs:complexType>
    <xs:complexType name="code"><xs:simpleContent><xs:restriction base="tns:base"><xs:maxLength value="3"/>
    </xs:restriction></xs:simpleContent></xs:complexType>
    <xs:element name="in"><xs:complexType><xs:sequence><xs:element name="c" type="tns:base"/></xs:sequence>
    </xs:complexType></xs:element>"#;

#[test]
fn simple_content_of_another_type_keeps_its_type() {
    let value = read(CODES, r#"<in><c xsi:type="t:code">abc</c></in>"#);
    let c = value.get("c").unwrap();
    assert_eq!((c.get("_"), c.get("_type")), (Some(&"abc".into()), Some(&"{urn:t}code".into())));
    assert_eq!(written(CODES, &value).unwrap(), r#"<in><c xsi:type="code">abc</c></in>"#);
}

#[test]
fn parts_keep_the_order_of_their_message() {
    let wsdl = r#"<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/"
      xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t">
      <message name="m"><part name="a" type="xs:int"/><part name="b" type="xs:int"/></message>
      <portType name="pt"><operation name="op" parameterOrder="b a"><input message="t:m"/></operation></portType>
      <binding name="b" type="t:pt"><s:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>
      <operation name="op"><s:operation soapAction=""/><input><s:body use="literal" namespace="urn:t"/></input>
      </operation></binding>
      <service name="s"><port name="p" binding="t:b"><s:address location="http://x/"/></port></service></definitions>"#;
    let text = request(&plan(wsdl), "op", &[("b", 2), ("a", 1)].into()).unwrap();
    assert_eq!(body(&text), "<ns1:op><a>1</a><b>2</b></ns1:op>");
}

const MIXED: &str = r#"<xs:element name="in"><xs:complexType mixed="true"><xs:sequence>
    <xs:element name="a" type="xs:int" minOccurs="0"/></xs:sequence></xs:complexType></xs:element>"#;

#[test]
fn mixed_content_stands_alone() {
    let value = read(MIXED, "<t:in>x &amp; <t:a>1</t:a> y</t:in>");
    let inside = r#"x &amp; <t:a xmlns:t="urn:t" xmlns="urn:t">1</t:a> y"#;
    assert_eq!(value.get("_mixed"), Some(&inside.into()));
    assert_eq!(written(MIXED, &value).unwrap(), format!("<in>{inside}</in>"));
}
