//! Answers that are less than the WSDL says: none at all, and texts that are no values of their types.

mod decode_support;

use std::sync::Arc;

use decode_support::{envelope, json, Service};
use wsdlproxy::client::{Client, Definition, Response, Settings};
use wsdlproxy::{ErrorKind, Result};

const SCHEMA: &str = r#"<xsd:element name="r"><xsd:complexType><xsd:sequence>
  <xsd:element name="n" type="xsd:int" minOccurs="0"/><xsd:element name="yes" type="xsd:boolean" minOccurs="0"/>
  <xsd:element name="at" type="xsd:dateTime" minOccurs="0"/><xsd:element name="q" type="xsd:QName" minOccurs="0"/>
  <xsd:element name="password" type="xsd:int" minOccurs="0"/>
  </xsd:sequence></xsd:complexType></xsd:element><xsd:element name="void"><xsd:complexType/></xsd:element>"#;

fn finish(output: &str, strict: bool, body: &str) -> Result<String> {
    let definition = Definition::from_plan(Arc::new(Service::literal(SCHEMA, output).plan()));
    let mut settings = Settings::default();
    settings.encode.strict = strict;
    let client = Client::new(Arc::clone(definition.plan()), definition.port(None, None)?, settings)?;
    let response = Response { status: 200, content_type: Some("text/xml"), body: body.as_bytes() };
    let answer = client.finish(client.operation("op")?, &response, &mut wsdlproxy::seam::ValueSink)?;
    Ok(json(&answer.body.value().expect("no fault")))
}

const RECORD: &str = r#"<part name="p" element="t:r"/>"#;

#[test]
fn no_answer_is_null_where_there_is_nothing_to_say() {
    for output in ["", r#"<part name="p" element="t:void"/>"#] {
        assert_eq!(finish(output, true, " \n").unwrap(), "null");
    }
    let error = finish(RECORD, true, "").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Http);
    assert_eq!(
        error.message(),
        "HTTP 200: the server answered with an empty body; with the option `strict` off it is read all the same"
    );
    assert_eq!(finish(RECORD, false, "").unwrap(), "null");
}

#[test]
fn a_text_of_another_type_is_refused_with_a_way_out() {
    let answer = |content: &str| envelope(&format!("<t:r>{content}</t:r>"));
    let refused = |content: &str| finish(RECORD, true, &answer(content)).unwrap_err().to_string();
    let error = refused("<yes>TRUE</yes>");
    let expected =
        "yes: expected xsd:boolean, got \"TRUE\"; with the option `strict` off it is read all the same (line 1, column ";
    assert!(error.starts_with(expected), "{error}");
    let error = refused("<password>secret</password>");
    let expected = "password: expected xsd:int, got a value that is not shown; with the option `strict` off";
    assert!(error.starts_with(expected), "{error}");
    let read = |content: &str| finish(RECORD, false, &answer(content)).unwrap();
    assert_eq!(read("<n>5.0</n><yes>TRUE</yes>"), "{n:5,yes:true}");
    assert_eq!(read("<n>1,234</n><q>a b</q>"), "{n:'1,234',q:'a b'}");
    assert_eq!(read("<at>2024-05-31 13:45</at>"), "{at:dateTime(2024-05-31T13:45:00)}");
    assert_eq!(read("<n/><at> </at>"), "{n:null,at:null}");
}

/// suds and, in part, ext/soap read such answers; lxml refuses them.
#[test]
fn prefixes_that_are_not_declared() {
    let answer = envelope("<t:r><q:n z:k='1'>5</q:n><yes xmlns:e='' e:a='1'>1</yes></t:r>");
    let error = finish(RECORD, true, &answer).unwrap_err();
    let expected = "not well-formed XML: the prefix 'z' is not declared; with the option `strict` off it is read all the same";
    assert_eq!(error.message(), expected);
    assert_eq!(finish(RECORD, false, &answer).unwrap(), "{n:5,yes:true}");
}
