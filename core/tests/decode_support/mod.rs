//! Small services for the decoder's tests: a WSDL around a schema, envelopes around bodies, and values
//! written as JSON.

#![allow(dead_code)]

use wsdlproxy::decode::{self, Answer, Body, Fault, Options};
use wsdlproxy::index::OpId;
use wsdlproxy::plan::Plan;
use wsdlproxy::seam::{Value, ValueSink};
use wsdlproxy::{Builtin, Limits, Result, Scalar};

/// The namespaces that every envelope here declares.
pub const DECLARATIONS: &str = concat!(
    r#" xmlns:env="http://schemas.xmlsoap.org/soap/envelope/""#,
    r#" xmlns:enc="http://schemas.xmlsoap.org/soap/encoding/""#,
    r#" xmlns:xsd="http://www.w3.org/2001/XMLSchema""#,
    r#" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance""#,
    r#" xmlns:apache="http://xml.apache.org/xml-soap""#,
    r#" xmlns:t="urn:t""#,
);

/// What is common to the services here.
#[derive(Clone, Copy)]
pub struct Service<'a> {
    pub style: &'a str,
    pub usage: &'a str,
    /// The content of the schema for `urn:t`.
    pub schema: &'a str,
    /// `<part .../>` elements of the answer.
    pub output: &'a str,
    /// Further `<message>` elements.
    pub messages: &'a str,
    /// `<fault .../>` elements of the port type.
    pub faults: &'a str,
    /// What stands before `soap:body` in the output.
    pub headers: &'a str,
}

impl<'a> Service<'a> {
    /// rpc/encoded with one part `return` of type `ty`.
    pub fn encoded(schema: &'a str, output: &'a str) -> Self {
        Self { style: "rpc", usage: "encoded", schema, output, messages: "", faults: "", headers: "" }
    }

    /// document/literal.
    pub fn literal(schema: &'a str, output: &'a str) -> Self {
        Self { style: "document", usage: "literal", ..Self::encoded(schema, output) }
    }

    pub fn wsdl(&self) -> String {
        let Self { style, usage, schema, output, messages, faults, headers } = self;
        let encoding = match *usage {
            "encoded" => r#" encodingStyle="http://schemas.xmlsoap.org/soap/encoding/""#,
            _ => "",
        };
        let bound = faults
            .split("name=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .map(|name| format!(r#"<fault name="{name}"><soap:fault name="{name}" use="{usage}"/></fault>"#))
            .collect::<Vec<_>>()
            .concat();
        format!(
            r#"<definitions name="T" targetNamespace="urn:t" xmlns="http://schemas.xmlsoap.org/wsdl/"
              xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"
              {DECLARATIONS}>
              <types><xsd:schema targetNamespace="urn:t" elementFormDefault="unqualified">
                <xsd:import namespace="http://schemas.xmlsoap.org/soap/encoding/"/>{schema}
              </xsd:schema></types>
              <message name="in"/><message name="out">{output}</message>{messages}
              <portType name="P"><operation name="op">
                <input message="t:in"/><output message="t:out"/>{faults}
              </operation></portType>
              <binding name="B" type="t:P">
                <soap:binding style="{style}" transport="http://schemas.xmlsoap.org/soap/http"/>
                <operation name="op"><soap:operation soapAction=""/>
                  <input><soap:body use="{usage}" namespace="urn:t"{encoding}/></input>
                  <output>{headers}<soap:body use="{usage}" namespace="urn:t"{encoding}/></output>{bound}
                </operation>
              </binding>
              <service name="S"><port name="P" binding="t:B"><soap:address location="http://localhost/"/></port></service>
            </definitions>"#
        )
    }

    pub fn plan(&self) -> Plan {
        plan_of(&self.wsdl())
    }

    /// The answer with this body content.
    pub fn answer(&self, body: &str) -> Result<Answer<Value>> {
        decode(&self.plan(), &envelope(body), &Options::default())
    }

    /// The value of the answer whose body content is `body`, as JSON.
    #[track_caller]
    pub fn json(&self, body: &str) -> String {
        match self.answer(body) {
            Ok(answer) => json(&answer.body.value().expect("no fault")),
            Err(error) => panic!("{error:?}"),
        }
    }

    /// The error of an answer.
    #[track_caller]
    pub fn error(&self, body: &str) -> String {
        match self.answer(body) {
            Ok(answer) => panic!("expected an error, got {answer:?}"),
            Err(error) => error.to_string(),
        }
    }
}

pub fn plan_of(wsdl: &str) -> Plan {
    let limits = Limits::default();
    let mut fetch = |location: &str| Err(wsdlproxy::Error::wsdl(format!("no document {location}")));
    let join = |_: &str, reference: &str| reference.to_owned();
    let loaded = wsdlproxy::wsdl::load("t.wsdl", wsdl.as_bytes(), &mut fetch, &join, &limits);
    wsdlproxy::plan::compile(loaded.expect("a WSDL that loads")).expect("a WSDL that compiles")
}

pub fn decode(plan: &Plan, text: &str, options: &Options) -> Result<Answer<Value>> {
    decode::response(plan, OpId(0), text, options, &mut ValueSink)
}

pub fn envelope(body: &str) -> String {
    format!("<env:Envelope{DECLARATIONS}><env:Body>{body}</env:Body></env:Envelope>")
}

#[track_caller]
pub fn fault(answer: Result<Answer<Value>>) -> Fault<Value> {
    match answer.expect("an answer").body {
        Body::Fault(fault) => fault,
        Body::Value(value) => panic!("expected a fault, got {value:?}"),
    }
}

/// A value in JSON, with single quotes and without blanks; what JSON does not have is `kind(text)`.
pub fn json(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Scalar(scalar) => leaf(scalar),
        Value::List(items) => format!("[{}]", items.iter().map(json).collect::<Vec<_>>().join(",")),
        Value::Record(members) => {
            let members: Vec<_> =
                members.iter().map(|(key, value)| format!("{key}:{}", json(value))).collect();
            format!("{{{}}}", members.join(","))
        }
    }
}

fn leaf(scalar: &Scalar<'_>) -> String {
    match scalar {
        Scalar::Bool(b) => b.to_string(),
        Scalar::Int(n) => n.to_string(),
        Scalar::Double(x) => format!("{x:?}"),
        Scalar::Str(text) => format!("'{text}'"),
        Scalar::BigInt(text) | Scalar::Decimal(text) => format!("{}({text})", scalar.kind()),
        Scalar::Bytes(bytes) => format!("bytes({})", String::from_utf8_lossy(bytes)),
        Scalar::Temporal(temporal) => format!("{}({})", scalar.kind(), temporal.lexical),
        Scalar::Duration(duration) => format!("duration({})", duration.lexical),
        Scalar::QName { ns, local } => format!("{{{ns}}}{local}"),
    }
}

/// The built-in type as a part of an answer.
pub fn part_of(builtin: Builtin) -> String {
    format!(r#"<part name="return" type="xsd:{}"/>"#, builtin.name())
}

/// A sequence that is the same in each run (xorshift).
pub struct Random(pub u64);

impl Random {
    /// A number below the bound.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }
}
