//! Answers of NGNPro's operations, from its WSDL; requests read back; and a look at many recorded answers.

// The recorded answers are files.
#![allow(clippy::disallowed_methods)]

mod common;
mod decode_support;

use common::{operation, plan, request};
use decode_support::json;
use wsdlproxy::decode::{self, untyped, Body, Options};
use wsdlproxy::plan::Plan;
use wsdlproxy::seam::{Value, ValueSink};
use wsdlproxy::xml::encoding;
use wsdlproxy::ErrorKind;

fn ngnpro() -> std::sync::Arc<Plan> {
    plan(include_str!("../../examples/ngnpro/ngnpro.wsdl"))
}

fn folder() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/pear/goldens/responses")
}

fn recorded(name: &str) -> String {
    std::fs::read_to_string(folder().join(format!("{name}.s2.response.xml"))).unwrap()
}

fn body(op: &str, name: &str) -> Body<Value> {
    let plan = ngnpro();
    let op = operation(&plan, op);
    decode::response(&plan, op, &recorded(name), &Options::default(), &mut ValueSink).unwrap().body
}

#[test]
fn a_page_of_accounts() {
    let value = body("getAccounts", "resp-ngn-getAccounts-one").value().unwrap();
    // The answer has a member `balance` that the WSDL does not have.
    let expected = "{total:1,accounts:[{id:{username:'alice',domain:'example.com'},owner:17,quota:100,\
        prepaid:false,rpid:null,groups:['free-pstn','voicemail'],acl:[],\
        properties:[{name:'language',value:'en'}]}]}";
    assert_eq!(json(&value), expected);
}

#[test]
fn the_same_by_references() {
    let value = body("getAccounts", "resp-ngn-multiref").value().unwrap();
    assert_eq!(json(&value), "{total:1,accounts:[{owner:5}]}");
}

#[test]
fn a_fault() {
    let Body::Fault(fault) = body("addDomain", "resp-ngn-fault") else { panic!("a fault") };
    assert_eq!((fault.code.as_str(), fault.string.as_str()), ("SOAP-ENV:Server", "Domain already exists"));
    assert_eq!(fault.actor, None);
    let detail = json(&fault.detail.unwrap());
    assert!(detail.starts_with("{exception:{"), "{detail}");
    assert!(detail.ends_with("errorcode:1061,errorstring:'Domain example.com already exists'}}"), "{detail}");
}

#[test]
fn void_answers() {
    for name in ["resp-ngn-void", "resp-ngn-void-self"] {
        assert_eq!(body("deleteAccount", name), Body::Value(Value::Null));
    }
}

#[test]
fn requests_read_back() {
    let plan = ngnpro();
    let account = Value::Record(vec![
        ("id".into(), Value::from([("username", "alice"), ("domain", "example.com")])),
        ("quota".into(), 5.into()),
        ("groups".into(), vec!["a", "<b>"].into()),
        ("prepaid".into(), true.into()),
    ]);
    let arguments = Value::from([("account", account)]);
    let text = request(&plan, "addAccount", &arguments).unwrap();
    let op = operation(&plan, "addAccount");
    let answer = decode::request(&plan, op, &text, &Options::default(), &mut ValueSink).unwrap();
    // Requests are in the order of the schema.
    let id = "{username:'alice',domain:'example.com'}";
    let expected = format!("{{account:{{id:{id},groups:['a','<b>'],prepaid:true,quota:5}}}}");
    assert_eq!(json(&answer.body.value().unwrap()), expected);
}

/// Whatever a server answers is a value or an error of its kind.
#[test]
fn recorded_answers_of_all_kinds() {
    let plan = ngnpro();
    let mut seen = 0;
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if !path.to_string_lossy().contains(".response.") {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let Ok(text) = encoding::decode(&bytes, None) else { continue };
        let results = [
            untyped(&text, &Options::default(), &mut ValueSink),
            decode::response(
                &plan,
                operation(&plan, "getAccounts"),
                &text,
                &Options::default(),
                &mut ValueSink,
            ),
        ];
        for error in results.into_iter().filter_map(Result::err) {
            assert_eq!(error.kind(), ErrorKind::Decode, "{}", path.display());
        }
        seen += 1;
    }
    assert!(seen > 100, "{seen} answers");
}
