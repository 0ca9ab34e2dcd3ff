//! Plans on disk: what was stored comes back, and nothing else is taken for a plan.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

mod common;

use std::sync::Arc;

use common::plan;
use wsdlproxy::plan::store::{from_bytes, load, save, to_bytes, Origin};
use wsdlproxy::plan::{is_sound, Plan};

fn ngnpro() -> Arc<Plan> {
    plan(include_str!("../../examples/ngnpro/ngnpro.wsdl"))
}

fn origin() -> Origin {
    Origin { location: "http://127.0.0.1/wsdl".into(), checked: 1, documents: Vec::new() }
}

#[test]
fn a_plan_comes_back_whole() {
    let plan = ngnpro();
    assert!(is_sound(&plan));
    let (found, stored) = from_bytes(&to_bytes(&origin(), &plan).unwrap()).unwrap();
    assert_eq!(found, origin());
    assert_eq!(format!("{stored:?}"), format!("{plan:?}"));
}

#[test]
fn a_damaged_file_is_no_plan() {
    let bytes = to_bytes(&origin(), &ngnpro()).unwrap();
    for at in (0..bytes.len()).step_by(bytes.len() / 400) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x55;
        assert!(from_bytes(&damaged).is_none(), "byte {at}");
        assert!(from_bytes(&bytes[..at]).is_none(), "cut at {at}");
    }
    assert!(from_bytes(b"").is_none());
}

/// Whoever fixes the checksum of a changed file still gets no unsound plan.
#[test]
fn a_forged_file_is_sound_or_no_plan() {
    let plan = ngnpro();
    let bytes = to_bytes(&origin(), &plan).unwrap();
    let head = 8 + 4 + 1 + env!("CARGO_PKG_VERSION").len() + 16;
    let mut taken = 0;
    for at in (head..bytes.len()).step_by((bytes.len() - head) / 600) {
        let mut forged = bytes.clone();
        forged[at] = forged[at].wrapping_add(1);
        let sum = xxhash_rust::xxh3::xxh3_64(&forged[head..]).to_le_bytes();
        forged[head - 8..head].copy_from_slice(&sum);
        if let Some((_, plan)) = from_bytes(&forged) {
            taken += 1;
            assert!(is_sound(&plan));
        }
    }
    assert!(taken > 0, "texts can be changed without harm");
}

#[cfg(unix)]
#[test]
fn a_file_that_others_may_write_is_not_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = std::env::temp_dir().join(format!("wsdlproxy-store-{}", std::process::id()));
    let path = folder.join("a.plan");
    save(&path, &origin(), &ngnpro()).unwrap();
    assert!(load(&path).is_some());
    assert_eq!(std::fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o622)).unwrap();
    assert!(load(&path).is_none());
    std::fs::remove_dir_all(&folder).unwrap();
}
