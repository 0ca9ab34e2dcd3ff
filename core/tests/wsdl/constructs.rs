//! The descriptions in `tests/wsdl`, one for each construct, load and compile without a warning that is not
//! the point of the file.

// The ban on files is for the core itself.
#![allow(clippy::disallowed_methods)]

use std::path::{Path, PathBuf};

use super::description::warnings;
use wsdlproxy::wsdl::{self, Definitions};
use wsdlproxy::{plan, Error, Limits};

/// Files that are there for a flaw, with what the warnings say of it.
const FLAWED: [(&str, &str); 3] = [
    ("http-bindings", "is not a SOAP binding"),
    ("unresolved-type", "type {urn:test:unresolved-type}Missing is not defined"),
    ("wrong-prefix", "taken as {urn:test:wrong-prefix}"),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/wsdl")
}

fn load(path: &Path) -> Definitions {
    let read = |location: &str| std::fs::read(location).map_err(|error| Error::wsdl(error.to_string()));
    let mut fetch = |location: &str| read(location).map(|bytes| (location.to_owned(), bytes));
    let join = |base: &str, reference: &str| {
        let beside = Path::new(base).parent().map(|folder| folder.join(reference));
        beside.map_or_else(String::new, |path| path.to_string_lossy().into_owned())
    };
    let location = path.to_string_lossy();
    let bytes = read(&location).unwrap();
    wsdl::load(&location, &bytes, &mut fetch, &join, &Limits::default())
        .unwrap_or_else(|error| panic!("{location}: {error}"))
}

#[test]
fn all_load_and_compile() {
    let mut count = 0;
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "wsdl") {
            continue;
        }
        count += 1;
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let service = load(&path);
        let operations: usize = service.bindings.values().map(|binding| binding.operations.len()).sum();
        assert!(operations > 0, "{name}");
        let flaw = FLAWED.iter().find(|(flawed, _)| *flawed == name).map(|(_, flaw)| *flaw);
        for warning in warnings(&service) {
            assert!(flaw.is_some_and(|flaw| warning.contains(flaw)), "{name}: {warning}");
        }
        assert_eq!(flaw.is_some(), !service.warnings.is_empty(), "{name}");
        let plan = plan::compile(service).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(plan::is_sound(&plan), "{name}");
    }
    assert!(count > 60, "{count} descriptions");
}
