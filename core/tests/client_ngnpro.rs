//! The three verbs without a network, on NGNPro's WSDL.

mod common;

use std::sync::Arc;

use common::plan;
use wsdlproxy::client::{Auth, Client, Definition, Response, Settings};
use wsdlproxy::decode::Body;
use wsdlproxy::encode::Arguments;
use wsdlproxy::seam::{Value, ValueSink};
use wsdlproxy::ErrorKind;

fn client(auth: Option<Auth>) -> Client {
    let definition = Definition::from_plan(plan(include_str!("../../examples/ngnpro/ngnpro.wsdl")));
    let port = definition.port(None, Some("SipPort")).unwrap();
    Client::new(Arc::clone(definition.plan()), port, Settings { auth, ..Settings::default() }).unwrap()
}

fn finish(body: &str) -> wsdlproxy::Result<Body<Value>> {
    let client = client(None);
    let op = client.operation("getAccount").unwrap();
    let response =
        Response { status: 200, content_type: Some("text/xml; charset=utf-8"), body: body.as_bytes() };
    Ok(client.finish(op, &response, &mut ValueSink)?.body)
}

const ANSWER: &str = r#"<?xml version="1.0"?><e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"
    xmlns:c="http://schemas.xmlsoap.org/soap/encoding/" xmlns:n="urn:AGProjects:NGNPro"><e:Body>
    <p:getAccountResponse xmlns:p="urn:AGProjects:NGNPro:Sip"><account xsi:type="n:SipAccount">
    <id xsi:type="n:SipId"><username xsi:type="xsd:string">alice</username></id>
    <quota xsi:type="xsd:int">25</quota><groups xsi:type="c:Array" c:arrayType="xsd:string[1]"><item>free</item></groups>
    </account></p:getAccountResponse></e:Body></e:Envelope>"#;

#[test]
fn an_answer_is_its_only_part() {
    let Body::Value(account) = finish(ANSWER).unwrap() else { panic!("a fault") };
    assert_eq!(account.get("id").unwrap().get("username"), Some(&"alice".into()));
    assert_eq!(account.get("quota"), Some(&25.into()));
    assert_eq!(account.get("groups"), Some(&vec!["free"].into()));
}

#[test]
fn what_is_not_soap_is_a_typed_error() {
    let kind = |body: &str| finish(body).unwrap_err().kind();
    assert_eq!(kind("<html><body>no</body></html>"), ErrorKind::Http);
    assert_eq!(kind(""), ErrorKind::Http);
    for cut in (20..ANSWER.len()).step_by(37) {
        assert_eq!(kind(&ANSWER[..cut]), ErrorKind::Decode, "cut at {cut}");
    }
}

#[test]
fn credentials_go_into_the_declared_header() {
    let auth = Auth { username: "admin".into(), password: "s3".into(), admin: None, impersonate: Some(7) };
    assert!(!format!("{auth:?}").contains("s3"));
    let client = client(Some(auth));
    let op = client.operation("GETACCOUNT").unwrap();
    let id = Value::from([("username", "alice"), ("domain", "example.com")]);
    let arguments = Arguments { positional: vec![&id], named: None };
    let request = client.prepare(op, &arguments, None).unwrap();
    let header = &request.body[request.body.find("Header>").unwrap()..request.body.find(":Body>").unwrap()];
    assert!(header.contains("<username xsi:type=\"xsd:string\">admin</username>"), "{header}");
    assert!(header.contains("<impersonate xsi:type=\"xsd:int\">7</impersonate>"), "{header}");
    assert!(!header.contains("admin xsi:type=\"xsd:boolean\""), "{header}");
    assert!(request.headers.contains(&("SOAPAction".to_owned(), "\"\"".to_owned())));
}

#[test]
fn credentials_have_no_place_elsewhere() {
    let definition = Definition::from_plan(plan(include_str!("../../examples/ngnpro/ngnpro.wsdl")));
    let port = definition.port(None, Some("PresencePort")).unwrap();
    let auth = Auth { username: "a".into(), password: "b".into(), admin: None, impersonate: None };
    let settings = Settings { auth: Some(auth), ..Settings::default() };
    let error = Client::new(Arc::clone(definition.plan()), port, settings).err().unwrap();
    assert!(error.to_string().contains("basic_auth"), "{error}");
}

#[test]
fn a_port_must_be_named_where_there_are_several() {
    let definition = Definition::from_plan(plan(include_str!("../../examples/ngnpro/ngnpro.wsdl")));
    let error = definition.port(None, None).unwrap_err().to_string();
    assert!(error.contains("SipPort") && error.contains("VoicemailPort"), "{error}");
    let error = definition.port(None, Some("SipPrt")).unwrap_err().to_string();
    assert!(error.contains("did you mean \"SipPort\"?"), "{error}");
    let error = client(None).operation("addAcount").unwrap_err().to_string();
    assert!(error.contains("did you mean \"addAccount\"?"), "{error}");
}
