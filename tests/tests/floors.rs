//! The core's modules import downward only.

use std::path::{Path, PathBuf};

/// Modules from the ground up; those of one floor do not import each other, but on the ground.
const FLOORS: &[&[&str]] = &[
    &["error", "index", "limits", "name", "pages", "scalar", "secret", "similar"],
    &["seam", "xml", "lexical", "transport"],
    &["xsd"],
    &["wsdl"],
    &["plan"],
    &["encode", "decode"],
    &["client"],
];

/// Floors above the schemas see them only through the plan.
const FORBIDDEN: &[(&str, &str)] =
    &[("encode", "xsd"), ("encode", "wsdl"), ("decode", "xsd"), ("decode", "wsdl")];

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The modules of the crate that a file's code names.
fn imports(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
        for (at, _) in line.match_indices("crate::") {
            let rest = &line[at + 7..];
            if let Some(list) = rest.strip_prefix('{') {
                found.extend(list.split(',').map(|name| module(name.trim())));
            } else {
                found.push(module(rest));
            }
        }
    }
    found
}

fn module(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// Everything in `text` that a module on its floor may not import.
fn offences(own: &str, text: &str) -> Vec<String> {
    let Some(own_floor) = floor(own) else { return vec![format!("{own} stands on no floor")] };
    let bad = |name: &String| {
        let upward =
            floor(name).is_some_and(|other| other > own_floor || (other == own_floor && own_floor > 0));
        (name != own && upward) || FORBIDDEN.contains(&(own, name))
    };
    imports(text).into_iter().filter(bad).map(|name| format!("{own} imports {name}")).collect()
}

#[test]
fn imports_go_downward() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/src");
    let mut files = Vec::new();
    rust_files(&root, &mut files);
    assert!(files.len() > 50, "the core was not found");
    let mut found = Vec::new();
    for file in files {
        let relative = file.strip_prefix(&root).unwrap();
        let first = relative.components().next().unwrap().as_os_str().to_string_lossy();
        let own = first.trim_end_matches(".rs").to_owned();
        if own != "lib" {
            let text = std::fs::read_to_string(&file).unwrap();
            found.extend(
                offences(&own, &text).into_iter().map(|text| format!("{}: {text}", relative.display())),
            );
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn an_upward_import_is_seen() {
    assert_eq!(offences("xml", "use crate::plan::Plan;"), ["xml imports plan"]);
    assert_eq!(offences("encode", "use crate::{decode, name};"), ["encode imports decode"]);
    assert_eq!(offences("encode", "use crate::xsd::Particle;"), ["encode imports xsd"]);
    assert!(offences("plan", "use crate::xsd::Particle;").is_empty());
}
