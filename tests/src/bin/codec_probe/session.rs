//! The definitions of one probe and the questions it answers about them.

use std::collections::HashMap;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::path::{Path, PathBuf};

use serde_json::{json, Value as Json};
use wsdlproxy::client::{Client, Definition, Response, Settings};
use wsdlproxy::decode::{self, Body};
use wsdlproxy::encode::{parameters, Arguments, Options};
use wsdlproxy::index::OpId;
use wsdlproxy::seam::{Value, ValueSink};
use wsdlproxy::{Error, Limits};

use crate::json::{from_json, to_json};

#[derive(Default)]
pub struct Session {
    definitions: HashMap<String, Result<Definition, String>>,
}

type Answer = Result<Json, String>;

impl Session {
    /// The answer to one line; a panic is an answer too.
    pub fn answer(&mut self, line: &str) -> Json {
        let answered = catch_unwind(AssertUnwindSafe(|| self.question(line)));
        match answered {
            Ok(Ok(answer)) => answer,
            Ok(Err(error)) => json!({"error": error}),
            Err(_) => json!({"error": "panic", "panic": true}),
        }
    }

    fn question(&mut self, line: &str) -> Answer {
        let question: Json = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let text = |key: &str| question[key].as_str();
        let path = text("wsdl").ok_or("a question names a wsdl")?;
        let definition = self.definition(path)?;
        if text("do") == Some("load") {
            return Ok(describe(&definition));
        }
        let encode = Options { strict: question["strict"].as_bool().unwrap_or(true) };
        let settings = Settings { encode, ..Settings::default() };
        let port = definition.port(text("service"), text("port")).map_err(shown)?;
        let client = Client::new(definition.plan().clone(), port, settings).map_err(shown)?;
        let op = client.operation(text("op").ok_or("the question names no op")?).map_err(shown)?;
        let xml = text("xml").unwrap_or_default();
        match text("do") {
            Some("encode") => request_of(&client, op, &question),
            Some("decode") => decode_answer(&client, op, xml),
            Some("request") => Ok(json!({"value": to_json(&request(&client, op, xml)?)})),
            Some("echo") => echo(&client, op, xml),
            _ => Err("do: load, encode, decode, request or echo".to_owned()),
        }
    }

    fn definition(&mut self, path: &str) -> Result<Definition, String> {
        if !self.definitions.contains_key(path) {
            if self.definitions.len() > 8 {
                self.definitions.clear();
            }
            self.definitions.insert(path.to_owned(), load(path));
        }
        self.definitions[path].clone()
    }
}

/// Loads from files alone, so that no question depends on the network.
fn load(path: &str) -> Result<Definition, String> {
    let read = |location: &str| {
        let path = location.strip_prefix("file://").unwrap_or(location);
        std::fs::read(path).map_err(|error| Error::wsdl(format!("{location}: {error}")))
    };
    let mut fetch = |location: &str| Ok((location.to_owned(), read(location)?));
    let bytes = read(path).map_err(shown)?;
    Definition::parse(path, &bytes, &mut fetch, &join, &Limits::default()).map_err(shown)
}

fn join(base: &str, relative: &str) -> String {
    if relative.contains("://") {
        return relative.to_owned();
    }
    let mut path = PathBuf::new();
    for part in Path::new(base).parent().unwrap_or(Path::new("")).join(relative).components() {
        match part {
            std::path::Component::ParentDir => drop(path.pop()),
            std::path::Component::CurDir => {}
            other => path.push(other),
        }
    }
    path.to_string_lossy().into_owned()
}

fn shown(error: Error) -> String {
    format!("{:?}: {error}", error.kind())
}

fn describe(definition: &Definition) -> Json {
    let plan = &**definition.plan();
    let operation = |op: OpId| {
        let row = &plan.operations[op];
        let names = parameters(plan, row.input);
        let names: Vec<_> = names.iter().map(|parameter| plan.text(parameter.key)).collect();
        json!({
            "key": plan.text(row.key), "style": format!("{:?}", row.style), "parameters": names,
            "use": format!("{:?}", plan.messages[row.input].use_), "one_way": row.output.is_none(),
            "headers": plan.messages[row.input].headers.len(), "action": plan.text(row.action),
            "output": row.output.get().map(|output| plan.messages[output].wrapped.is_some()),
        })
    };
    let ports = plan.ports.ids().map(|id| {
        let port = &plan.ports[id];
        let operations: Vec<_> = port.operations.ids().map(operation).collect();
        json!({
            "service": plan.text(plan.services[port.service].name), "port": plan.text(port.name),
            "version": format!("{:?}", port.version), "operations": operations,
        })
    });
    json!({"ports": ports.collect::<Vec<_>>(), "warnings": plan.warnings, "types": plan.types.len()})
}

fn request_of(client: &Client, op: OpId, question: &Json) -> Answer {
    let positional = question["positional"].as_array().map_or(&[][..], Vec::as_slice);
    let positional: Vec<Value> = positional.iter().map(from_json).collect::<Result<_, _>>()?;
    let named = match &question["args"] {
        Json::Null => None,
        args => Some(from_json(args)?),
    };
    let arguments = Arguments { positional: positional.iter().collect(), named: named.as_ref() };
    prepared(client, op, &arguments)
}

fn prepared(client: &Client, op: OpId, arguments: &Arguments<&Value>) -> Answer {
    let request = client.prepare(op, arguments, None).map_err(shown)?;
    Ok(json!({"xml": request.body, "headers": request.headers}))
}

fn decode_answer(client: &Client, op: OpId, xml: &str) -> Answer {
    let response = Response { status: 200, content_type: Some("text/xml"), body: xml.as_bytes() };
    let answer = client.finish(op, &response, &mut ValueSink).map_err(shown)?;
    Ok(match answer.body {
        Body::Value(value) => json!({"value": to_json(&value)}),
        Body::Fault(fault) => json!({
            "fault": {"code": fault.code, "string": fault.string, "name": fault.name,
                "detail": fault.detail.as_ref().map(to_json)}
        }),
    })
}

fn request(client: &Client, op: OpId, xml: &str) -> Result<Value, String> {
    let options = decode::Options::default();
    let answer = decode::request(client.plan(), op, xml, &options, &mut ValueSink).map_err(shown)?;
    match answer.body {
        Body::Value(value) => Ok(value),
        Body::Fault(_) => Err("the request is a fault".to_owned()),
    }
}

/// Reads a request and writes what was read.
fn echo(client: &Client, op: OpId, xml: &str) -> Answer {
    let value = request(client, op, xml)?;
    let arguments = Arguments { positional: Vec::new(), named: Some(&value) };
    let mut answer = match prepared(client, op, &arguments) {
        Ok(answer) => answer,
        Err(error) => json!({"error": error}),
    };
    answer["value"] = to_json(&value);
    Ok(answer)
}
