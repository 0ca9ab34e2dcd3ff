//! No source file is longer than a reader can hold in mind. The length of functions is clippy's business
//! (`too_many_lines` in `clippy.toml`) and ruff's.

use std::path::Path;
use std::process::Command;

const LINES: usize = 400;
/// Pages with a limit of their own.
const PAGES: &[(&str, usize)] = &[("README.md", 150), ("ARCHITECTURE.md", 200), ("CONTRIBUTING.md", 200)];

fn limit(file: &str) -> Option<usize> {
    if let Some((_, lines)) = PAGES.iter().find(|(name, _)| *name == file) {
        return Some(*lines);
    }
    let extension = Path::new(file).extension()?.to_str()?;
    // Recorded vectors are data.
    let is_data = file.contains("/goldens/") || file.contains("/data/");
    (matches!(extension, "rs" | "py" | "php" | "pyi" | "sh") && !is_data).then_some(LINES)
}

#[test]
fn files_are_short() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let listed = Command::new("git").args(["ls-files"]).current_dir(&root).output().unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    assert!(listed.lines().count() > 20, "git lists no files");
    let mut long = Vec::new();
    for file in listed.lines() {
        let Some(limit) = limit(file) else { continue };
        let Ok(text) = std::fs::read_to_string(root.join(file)) else { continue };
        let lines = text.lines().count();
        if lines > limit {
            long.push(format!("{file}: {lines} lines, at most {limit}"));
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn a_long_file_would_be_seen() {
    assert_eq!(limit("core/src/lib.rs"), Some(LINES));
    assert_eq!(limit("README.md"), Some(150));
    assert_eq!(limit("examples/ngnpro/ngnpro.wsdl"), None);
}
