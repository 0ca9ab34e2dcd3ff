//! Plans on disk: what was stored comes back, and nothing else is taken for a plan.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

mod common;

use std::sync::Arc;

use common::plan;
use wsdlproxy::index::{Id, NameId};
use wsdlproxy::plan::store::{framed, from_bytes, load, payload, save, to_bytes, Origin};
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
    let head = bytes.len() - payload(&bytes).unwrap().len();
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

/// The bytes of the plan, the numbers of its rows among them, changed one by one, with a checksum that fits.
#[test]
fn rows_that_lead_nowhere_are_no_plan() {
    let plan = ngnpro();
    let bytes = to_bytes(&origin(), &plan).unwrap();
    let payload = payload(&bytes).unwrap();
    let (mut taken, mut refused) = (0, 0);
    for at in (0..payload.len() - 4).step_by(4 * 331) {
        for word in [u32::MAX, u32::MAX - 1, 1 << 31, payload.len() as u32, 7, 0] {
            let mut forged = payload.to_vec();
            forged[at..at + 4].copy_from_slice(&word.to_ne_bytes());
            let Some((_, plan)) = from_bytes(&framed(&forged)) else {
                refused += 1;
                continue;
            };
            taken += 1;
            assert!(is_sound(&plan));
            let names = (0..plan.names.len() as u32).map(|id| plan.text(NameId(id)));
            assert!(names.filter_map(|name| plan.names.find(name)).all(|id| id.index() < plan.names.len()));
        }
    }
    assert!(taken > 0 && refused > 0, "{taken} taken, {refused} refused");
}

#[test]
fn a_section_of_another_length_is_no_plan() {
    let bytes = to_bytes(&origin(), &ngnpro()).unwrap();
    let payload = payload(&bytes).unwrap();
    let (mut at, mut sections) = (0, 0);
    while at < payload.len() {
        let length = u64::from_ne_bytes(payload[at..at + 8].try_into().unwrap());
        for wrong in [length + 8, length + (1 << 40), u64::MAX, u64::MAX - 7, u64::MAX - 16] {
            let mut forged = payload.to_vec();
            forged[at..at + 8].copy_from_slice(&wrong.to_ne_bytes());
            assert!(from_bytes(&framed(&forged)).is_none(), "{wrong} for {length} at {at}");
        }
        at += 8 + (length as usize).next_multiple_of(8);
        sections += 1;
    }
    assert!(sections > 20);
}

/// A plan is used where it stands in its file, and another process may bring a newer one meanwhile.
#[test]
fn a_file_that_is_replaced_or_removed_stays_as_it_was() {
    let folder = std::env::temp_dir().join(format!("wsdlproxy-replaced-{}", std::process::id()));
    let path = folder.join("a.plan");
    let plan = ngnpro();
    save(&path, &origin(), &plan).unwrap();
    let (_, stored) = load(&path).unwrap();
    let copy = stored.clone();
    save(&path, &origin(), &Plan::default()).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(format!("{stored:?}"), format!("{plan:?}"));
    drop(stored);
    assert_eq!(format!("{copy:?}"), format!("{plan:?}"));
    assert!(copy.names.find("getAccounts").is_some() && copy.names.find("no such name").is_none());
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
