//! Requests of NGNPro's operations, from its WSDL.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

mod common;

use common::{body, plan, request};
use wsdlproxy::seam::Value;

fn ngnpro() -> std::sync::Arc<wsdlproxy::plan::Plan> {
    plan(include_str!("../../examples/ngnpro/ngnpro.wsdl"))
}

fn account() -> Value {
    Value::Record(vec![
        ("id".into(), Value::from([("username", "alice"), ("domain", "example.com")])),
        ("password".into(), "a<b>&c".into()),
        ("groups".into(), vec!["free-pstn", "anonymous"].into()),
        ("quota".into(), 5.into()),
    ])
}

#[test]
fn writes_structs_arrays_and_types() {
    let plan = ngnpro();
    let text = request(&plan, "addAccount", &Value::from([("account", account())])).unwrap();
    println!("{text}");
    assert!(body(&text).contains("a&lt;b&gt;&amp;c"));
    assert!(body(&text).contains("SOAP-ENC:arrayType=\"xsd:string[2]\""), "{text}");
}

#[test]
fn names_the_path_of_a_wrong_value() {
    let plan = ngnpro();
    let mut wrong = account();
    if let Value::Record(members) = &mut wrong {
        members[3].1 = "x".into();
    }
    let error = request(&plan, "addAccount", &Value::from([("account", wrong)])).unwrap_err();
    assert_eq!(error.to_string(), "account.quota: expected xsd:int, got string \"x\"");
    let error = request(&plan, "addAccount", &Value::from([("acount", account())])).unwrap_err();
    assert_eq!(error.to_string(), "acount: unknown argument; did you mean \"account\"?");
}
