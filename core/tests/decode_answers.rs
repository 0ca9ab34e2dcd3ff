//! Envelopes, and what hosts see of the parts of an answer.

mod decode_support;

use decode_support::{decode, envelope, json, Service, DECLARATIONS};
use wsdlproxy::decode::{request, Options};
use wsdlproxy::index::OpId;
use wsdlproxy::seam::ValueSink;
use wsdlproxy::ErrorKind;

const TWO: &str = r#"<part name="a" type="xsd:int"/><part name="b" type="xsd:string"/>"#;

#[test]
fn rpc_answers() {
    let one = Service::encoded("", r#"<part name="result" type="xsd:int"/>"#);
    assert_eq!(one.json("<t:opResponse><result>1</result></t:opResponse>"), "1");
    assert_eq!(one.json("<anything><t:result>1</t:result></anything>"), "1");
    assert_eq!(one.json("<r><return>1</return></r>"), "1");
    assert_eq!(one.json("<r><status>ok</status><result>1</result></r>"), "1");
    assert_eq!(one.json("<r/>"), "null");
    assert_eq!(one.json(""), "null");
    let rpc = r#"<r><p:result xmlns:p="http://www.w3.org/2003/05/soap-rpc">x</p:result><x>1</x></r>"#;
    assert_eq!(one.json(rpc), "1");
    let two = Service::encoded("", TWO);
    assert_eq!(two.json("<r><b>x</b><a>1</a></r>"), "{a:1,b:'x'}");
    assert_eq!(two.json("<r><c/><a>1</a></r>"), "{a:1,b:null}");
    assert_eq!(two.json("<r><x>1</x><y>2</y></r>"), "{a:1,b:'2'}");
    assert_eq!(two.json("<r><x>1</x><y>2</y><z/></r>"), "{a:null,b:null}");
    let void = Service::encoded("", "");
    assert_eq!(void.json("<r/>"), "null");
    assert_eq!(void.json("<r><x>1</x></r>"), "null");
}

const DOCUMENT: &str = r#"
  <xsd:element name="many"><xsd:complexType><xsd:sequence><xsd:element name="a" type="xsd:int"/>
    <xsd:element name="b" type="xsd:string" minOccurs="0"/></xsd:sequence></xsd:complexType></xsd:element>
  <xsd:element name="one"><xsd:complexType><xsd:sequence><xsd:element name="a" type="xsd:int" minOccurs="0"/>
    </xsd:sequence></xsd:complexType></xsd:element>
  <xsd:element name="list"><xsd:complexType><xsd:sequence>
    <xsd:element name="a" type="xsd:int" minOccurs="0" maxOccurs="9"/></xsd:sequence></xsd:complexType></xsd:element>
  <xsd:element name="none"><xsd:complexType><xsd:sequence/></xsd:complexType></xsd:element>
  <xsd:element name="leaf" type="xsd:int"/>
  <xsd:element name="any"><xsd:complexType><xsd:sequence><xsd:any processContents="skip"/></xsd:sequence>
    </xsd:complexType></xsd:element>
"#;

#[track_caller]
fn document(element: &str, body: &str) -> String {
    let part = format!(r#"<part name="parameters" element="t:{element}"/>"#);
    Service::literal(DOCUMENT, &part).json(body)
}

#[test]
fn document_answers() {
    assert_eq!(document("many", "<t:many><a>1</a></t:many>"), "{a:1}");
    assert_eq!(document("many", "<many><b>x</b></many>"), "{b:'x'}");
    assert_eq!(document("many", "<t:other><b>x</b></t:other>"), "{b:'x'}");
    assert_eq!(document("one", "<t:one><a>1</a></t:one>"), "1");
    assert_eq!(document("one", "<t:one/>"), "null");
    assert_eq!(document("one", "<t:one xsi:nil='true'/>"), "null");
    assert_eq!(document("one", ""), "null");
    assert_eq!(document("list", "<t:list><a>1</a><a>2</a></t:list>"), "[1,2]");
    assert_eq!(document("list", "<t:list/>"), "[]");
    assert_eq!(document("none", "<t:none/>"), "null");
    assert_eq!(document("leaf", "<t:leaf>1</t:leaf>"), "1");
    assert_eq!(document("any", "<t:any><x/></t:any>"), "['<x/>']");
}

#[test]
fn documents_of_several_parts() {
    let parts = r#"<part name="p" element="t:leaf"/><part name="q" element="t:many"/>"#;
    let service = Service::literal(DOCUMENT, parts);
    assert_eq!(service.json("<t:many><a>1</a></t:many><t:leaf>2</t:leaf>"), "{p:2,q:{a:1}}");
    assert_eq!(service.json("<t:leaf>2</t:leaf>"), "{p:2,q:null}");
}

#[test]
fn both_versions_are_accepted() {
    let plan = Service::encoded("", r#"<part name="r" type="xsd:int"/>"#).plan();
    let text = format!("\u{FEFF}<?xml version='1.0'?>\n{}\n<!-- end -->", envelope("<r><r>1</r></r>"));
    for ns in ["http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope"] {
        let text = text.replace("http://schemas.xmlsoap.org/soap/envelope/", ns);
        assert_eq!(json(&decode(&plan, &text, &Options::default()).unwrap().body.value().unwrap()), "1");
    }
}

#[test]
fn what_is_no_envelope() {
    let plan = Service::encoded("", r#"<part name="r" type="xsd:int"/>"#).plan();
    let error = |text: &str| {
        let error = decode(&plan, text, &Options::default()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        error.to_string()
    };
    let html = "<!DOCTYPE html>\n<html><body><h1>502 Bad Gateway</h1></body></html>";
    assert!(error(html).starts_with("an HTML page instead of a SOAP envelope: \"<!DOCTYPE html>\\n<html>"));
    assert!(error("<HTML><br></HTML>").starts_with("an HTML page instead of"));
    assert!(error("  \n").starts_with("an empty answer"));
    assert!(error("Not found").starts_with("a text instead of a SOAP envelope: \"Not found\""));
    assert!(error("<rss/>").starts_with("another document instead of a SOAP envelope: \"<rss/>\" (line 1"));
    assert!(error(&format!("<x>{}</x>", "y".repeat(999))).len() < 200);
    let unknown = envelope("").replace("http://schemas.xmlsoap.org/soap/envelope/", "urn:e");
    assert!(error(&unknown).starts_with("a SOAP envelope of the unknown namespace \"urn:e\""));
    let empty = format!("<env:Envelope{DECLARATIONS}><env:Header/></env:Envelope>");
    assert!(error(&empty).starts_with("the envelope has no Body"));
    assert!(error("<!DOCTYPE x><x/>").contains("DOCTYPE"));
}

#[test]
fn blanks_before_the_declaration() {
    let plan = Service::encoded("", r#"<part name="a" type="xsd:int"/>"#).plan();
    let answer = envelope("<r><a>1</a></r>");
    for blanks in ["\n", "\r\n \t\n", "\u{FEFF}\n"] {
        let text = format!("{blanks}<?xml version='1.0' encoding='ISO-8859-1'?>{answer}");
        let value = decode(&plan, &text, &Options::default()).unwrap().body.value();
        assert_eq!(json(&value.unwrap()), "1", "{blanks:?}");
        let bytes = [text.as_bytes(), b"\xe9"].concat();
        let read = wsdlproxy::xml::encoding::decode(&bytes, None);
        assert_eq!(read.is_ok(), !blanks.contains('\u{FEFF}'), "{blanks:?}");
    }
}

/// However short an answer is cut, that is an error and not a shorter value.
#[test]
fn truncated_answers() {
    let plan = Service::encoded("", TWO).plan();
    let text = envelope("<r><a>1</a><b>x</b></r>");
    for end in 0..text.len() {
        let error = decode(&plan, &text[..end], &Options::default()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{end}");
    }
    assert!(decode(&plan, &format!("{text}<more/>"), &Options::default()).is_err());
    assert!(decode(&plan, &text, &Options::default()).is_ok());
}

#[test]
fn header_blocks() {
    let schema = r#"<xsd:element name="session"><xsd:complexType><xsd:sequence>
        <xsd:element name="id" type="xsd:int"/></xsd:sequence></xsd:complexType></xsd:element>
        <xsd:element name="global" type="xsd:boolean"/>"#;
    let service = Service {
        messages: r#"<message name="h"><part name="part" element="t:session"/></message>"#,
        headers: r#"<soap:header message="t:h" part="part" use="literal"/>"#,
        ..Service::literal(schema, "")
    };
    let read = |header: &str| {
        let header = format!("<env:Header>{header}</env:Header><env:Body>");
        let text = envelope("").replace("<env:Body>", &header);
        decode(&service.plan(), &text, &Options::default()).unwrap().headers.map(|headers| json(&headers))
    };
    assert_eq!(read(""), None);
    let blocks = "<t:session><id>5</id></t:session><t:global env:mustUnderstand='1'>1</t:global>
        <x><y>1</y><y xsi:type='xsd:int'>2</y></x><x/>";
    assert_eq!(read(blocks).unwrap(), "{session:{id:5},global:true,x:[{y:['1',2]},'']}");
    // What nobody declared cannot spoil an answer.
    assert_eq!(
        read("<t:global>maybe</t:global>").unwrap(),
        r#"{global:'<t:global xmlns:t="urn:t">maybe</t:global>'}"#
    );
    assert_eq!(read("<x href='#none'/>").unwrap(), "{x:''}");
}

#[test]
fn requests_as_a_server_reads_them() {
    let wsdl = Service::encoded("", "").wsdl();
    let rpc = wsdl.replace(
        r#"<message name="in"/>"#,
        r#"<message name="in"><part name="q" type="xsd:int"/></message>"#,
    );
    let plan = decode_support::plan_of(&rpc);
    let read = |plan: &_, body: &str| {
        let answer = request(plan, OpId(0), &envelope(body), &Options::default(), &mut ValueSink).unwrap();
        json(&answer.body.value().unwrap())
    };
    assert_eq!(read(&plan, "<t:op><q>1</q></t:op>"), "{q:1}");
    let part = r#"<message name="in"><part name="parameters" element="t:one"/></message>"#;
    let wsdl = Service::literal(DOCUMENT, "").wsdl().replace(r#"<message name="in"/>"#, part);
    let plan = decode_support::plan_of(&wsdl);
    assert_eq!(read(&plan, "<t:one><a>1</a></t:one>"), "{a:1}");
}

#[test]
fn confidential_values_are_not_shown() {
    let schema = r#"<xsd:complexType name="login"><xsd:all><xsd:element name="password" type="xsd:int"/>
        <xsd:element name="auth" type="t:login"/><xsd:element name="port" type="xsd:int"/>
        </xsd:all></xsd:complexType>"#;
    let service = Service::encoded(schema, r#"<part name="return" type="t:login"/>"#);
    let error = service.error("<r><return><password>hunter2</password></return></r>");
    assert!(
        error.starts_with("password: expected xsd:int, got a value that is not shown (line 1"),
        "{error}"
    );
    let error = service.error("<r><return><auth><port>hunter2</port></auth></return></r>");
    assert!(
        error.starts_with("auth.port: expected xsd:int, got a value that is not shown (line 1"),
        "{error}"
    );
    let error = service.error("<r><return><port>hunter2</port></return></r>");
    assert!(error.contains("hunter2"), "{error}");
    let part = Service::encoded("", r#"<part name="Password" type="xsd:int"/>"#);
    assert!(!part.error("<r><Password>hunter2</Password></r>").contains("hunter2"));
}

/// WSDL 1.1, §3.5: with one part that names a type, the body's content is of that type. Most servers write an element
/// named for the part all the same.
#[test]
fn the_content_of_a_part_s_type_without_an_element_around_it() {
    let schema = r#"<xsd:complexType name="pair"><xsd:sequence><xsd:element name="a" type="xsd:int"/>
        <xsd:element name="b" type="xsd:string" minOccurs="0"/></xsd:sequence></xsd:complexType>"#;
    let service = Service::literal(schema, r#"<part name="p" type="t:pair"/>"#);
    for body in [
        "<a>1</a><b>x</b>",
        "<t:a>1</t:a>\n<t:b>x</t:b>",
        "<p><a>1</a><b>x</b></p>",
        "<t:z><a>1</a><b>x</b></t:z>",
    ] {
        assert_eq!(service.json(body), "{a:1,b:'x'}", "{body}");
    }
    assert_eq!(service.json("<a>1</a>"), "{a:1}");
    assert_eq!(service.json(""), "null");
    let service = Service::literal("", r#"<part name="p" type="xsd:int"/>"#);
    for body in ["5", " 5 ", "<p>5</p>", "<a>5</a>"] {
        assert_eq!(service.json(body), "5", "{body}");
    }
    assert_eq!(service.json(" \n"), "null");
}
