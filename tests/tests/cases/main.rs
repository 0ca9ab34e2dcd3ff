//! The shared cases through the `Value` face: each request compared as an infoset, each answer leaf by leaf.
//!
//! `tests/cases/README.md` says what a case is. The Python and the PHP face run the same files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod infoset;
mod values;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use wsdlproxy::client::{Client, Definition, Response, Settings};
use wsdlproxy::decode::Body;
use wsdlproxy::encode::Arguments;
use wsdlproxy::seam::{Value, ValueSink};
use wsdlproxy::{Error, ErrorKind, Limits};

struct Case {
    folder: PathBuf,
    input: Json,
    error: Option<Json>,
    client: Client,
}

fn folders() -> Vec<PathBuf> {
    let below = |folder: &Path| -> Vec<PathBuf> {
        fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.is_dir())
            .collect()
    };
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let mut found: Vec<_> = below(&cases).iter().flat_map(|feature| below(feature)).collect();
    found.sort();
    found
}

fn client(folder: &Path) -> Client {
    let places = [folder.join("service.wsdl"), folder.parent().unwrap().join("service.wsdl")];
    let path = places.iter().find(|path| path.exists()).expect("a case has a service.wsdl");
    let location = path.to_str().unwrap();
    let mut fetch = |location: &str| Err(Error::wsdl(format!("{location} is not part of the case")));
    let join = |_: &str, relative: &str| relative.to_owned();
    let bytes = fs::read(path).unwrap();
    let definition = Definition::parse(location, &bytes, &mut fetch, &join, &Limits::default()).unwrap();
    let port = definition.port(None, None).unwrap();
    Client::new(definition.plan().clone(), port, Settings::default()).unwrap()
}

impl Case {
    fn read(folder: &Path) -> Self {
        let json = |name: &str| {
            fs::read(folder.join(name)).ok().map(|bytes| serde_json::from_slice(&bytes).unwrap())
        };
        Self {
            input: json("input.json").expect("a case has an input.json"),
            error: json("error.json"),
            client: client(folder),
            folder: folder.to_owned(),
        }
    }

    fn file(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.folder.join(name)).ok()
    }

    fn is_refused(&self, kind: &str) -> bool {
        self.error.as_ref().is_some_and(|error| error["kind"] == kind)
    }

    /// The message that the input becomes.
    fn written(&self) -> Result<String, Error> {
        let positional = self.input["positional"].as_array().map_or(&[][..], Vec::as_slice);
        let positional: Vec<Value> = positional.iter().map(values::value).collect();
        let given = |key: &str| self.input.get(key).map(values::value);
        let (named, headers) = (given("named"), given("headers"));
        let arguments = Arguments { positional: positional.iter().collect(), named: named.as_ref() };
        let op = self.client.operation(self.input["operation"].as_str().unwrap())?;
        Ok(self.client.prepare(op, &arguments, headers.as_ref().as_ref())?.body)
    }

    /// What the answer becomes, a fault as a record.
    fn answered(&self, body: &str) -> Result<Value, Error> {
        let op = self.client.operation(self.input["operation"].as_str().unwrap())?;
        let response = Response { status: 200, content_type: Some("text/xml"), body: body.as_bytes() };
        Ok(match self.client.finish(op, &response, &mut ValueSink)?.body {
            Body::Value(value) => value,
            Body::Fault(fault) => [(
                "fault",
                Value::from([
                    ("code", Value::string(fault.code)),
                    ("string", Value::string(fault.string)),
                    ("detail", fault.detail.unwrap_or(Value::Null)),
                ]),
            )]
            .into(),
        })
    }

    fn check_refused<T>(&self, result: Result<T, Error>, kind: ErrorKind) -> Result<(), String> {
        let Err(error) = result else { return Err("was not refused".to_owned()) };
        let path = self.error.as_ref().and_then(|expected| expected["path"].as_str());
        if error.kind() == kind && path.is_none_or(|path| path == error.path()) {
            return Ok(());
        }
        Err(format!("refused with {error}"))
    }

    /// How many directions the case has, or what is wrong.
    fn check(&self) -> Result<usize, String> {
        let mut checked = 0;
        if self.is_refused("encode") {
            self.check_refused(self.written(), ErrorKind::Encode)?;
            checked += 1;
        } else if let Some(expected) = self.file("request.xml") {
            let written = self.written().map_err(|error| error.to_string())?;
            infoset::same(&expected, &written)?;
            checked += 1;
        }
        let Some(response) = self.file("response.xml") else { return Ok(checked) };
        if self.is_refused("decode") {
            self.check_refused(self.answered(&response), ErrorKind::Decode)?;
        } else {
            let expected: Json =
                serde_json::from_str(&self.file("output.json").ok_or("no output.json")?).unwrap();
            let answered = self.answered(&response).map_err(|error| error.to_string())?;
            values::same(&values::value(&expected), &answered)?;
        }
        Ok(checked + 1)
    }
}

#[test]
fn every_case_holds() {
    let folders = folders();
    assert!(folders.len() >= 30, "only {} cases", folders.len());
    let mut wrong = Vec::new();
    for folder in &folders {
        match Case::read(folder).check() {
            Ok(0) => wrong.push(format!("{}: nothing to check", folder.display())),
            Ok(_) => {}
            Err(what) => wrong.push(format!("{}: {what}", folder.display())),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
