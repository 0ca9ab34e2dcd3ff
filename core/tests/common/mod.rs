//! Plans from WSDL texts, and requests from values.
#![allow(dead_code)]

use std::sync::Arc;

use wsdlproxy::encode::{Arguments, Envelope, Options};
use wsdlproxy::index::OpId;
use wsdlproxy::plan::{compile, Plan};
use wsdlproxy::seam::Value;
use wsdlproxy::{wsdl, Limits, Result};

/// Compiles a WSDL that imports nothing.
pub fn plan(text: &str) -> Arc<Plan> {
    try_plan(text).unwrap()
}

pub fn try_plan(text: &str) -> Result<Arc<Plan>> {
    let mut fetch = |location: &str| Err(wsdlproxy::Error::wsdl(format!("{location} is not there")));
    let join = |_: &str, relative: &str| relative.to_owned();
    let definitions = wsdl::load("test.wsdl", text.as_bytes(), &mut fetch, &join, &Limits::default())?;
    Ok(Arc::new(compile(definitions)?))
}

/// The operation of that name in the first port that has it.
pub fn operation(plan: &Plan, name: &str) -> OpId {
    plan.operations.ids().find(|op| plan.text(plan.operations[*op].key) == name).unwrap()
}

/// The request of a call with named arguments.
pub fn request(plan: &Plan, op: &str, named: &Value) -> Result<String> {
    let mut envelope = Envelope::new(plan, operation(plan, op), Options::default());
    envelope.body(&Arguments { positional: Vec::new(), named: Some(named) })?;
    Ok(envelope.finish())
}

/// What stands in the body of a message.
pub fn body(message: &str) -> &str {
    let start = message.find(":Body>").unwrap() + 6;
    &message[start
        ..message
            .rfind("</")
            .map(|_| message.find("</SOAP-ENV:Body>").or(message.find("</env:Body>")).unwrap())
            .unwrap()]
}

/// A WSDL around a schema: operation `op` takes and returns element `tns:in` in document style.
pub fn document_wsdl(schema: &str) -> String {
    format!(
        r#"<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
        xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tns="urn:t" targetNamespace="urn:t">
        <types><xs:schema targetNamespace="urn:t" elementFormDefault="qualified">{schema}</xs:schema></types>
        <message name="m"><part name="p" element="tns:in"/></message>
        <portType name="pt"><operation name="op"><input message="tns:m"/><output message="tns:m"/></operation></portType>
        <binding name="b" type="tns:pt"><soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
        <operation name="op"><soap:operation soapAction="urn:a"/><input><soap:body use="literal"/></input>
        <output><soap:body use="literal"/></output></operation></binding>
        <service name="s"><port name="p" binding="tns:b"><soap:address location="http://127.0.0.1:1/"/></port></service>
        </definitions>"#
    )
}
