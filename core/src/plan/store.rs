//! Plans on disk.
//!
//! A file is a magic, the format and crate versions, the length and checksum of what follows, what the plan was made
//! from, and the tables. Whatever does not fit exactly is no plan: the caller makes a new one. A file is written
//! under another name and renamed, so a reader sees all of it or nothing, and it belongs to its owner alone.

#![allow(clippy::disallowed_methods)] // reads and writes the cache

use std::io::{self, Read, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::check::is_sound;
use super::tables::Plan;

const MAGIC: &[u8; 8] = b"WSDLPLAN";
/// Changes with the tables.
const FORMAT: u32 = 1;
const VERSION: &str = env!("CARGO_PKG_VERSION");
/// Larger files are not read.
const MAX_BYTES: u64 = 256 << 20;

/// What a stored plan was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The location as the user gave it.
    pub location: String,
    /// Seconds since 1970 when the documents were last known to be current.
    pub checked: u64,
    pub documents: Vec<Source>,
}

/// One document behind a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    pub location: String,
    pub hash: u64,
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

/// The checksum of a document.
pub fn hash(bytes: &[u8]) -> u64 {
    xxh3_64(bytes)
}

/// The file's content.
pub fn to_bytes(origin: &Origin, plan: &Plan) -> Option<Vec<u8>> {
    postcard::to_stdvec(&(origin, plan)).ok().map(|payload| framed(&payload))
}

/// A payload behind the head that vouches for it.
pub fn framed(payload: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(payload.len() + 64);
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&FORMAT.to_le_bytes());
    bytes.push(VERSION.len() as u8);
    bytes.extend_from_slice(VERSION.as_bytes());
    bytes.extend_from_slice(&(payload.len() as u64).to_le_bytes());
    bytes.extend_from_slice(&xxh3_64(payload).to_le_bytes());
    bytes.extend_from_slice(payload);
    bytes
}

/// What stands behind the head of a file of this version that is whole.
pub fn payload(bytes: &[u8]) -> Option<&[u8]> {
    let rest = bytes.strip_prefix(MAGIC)?;
    let rest = rest.strip_prefix(&FORMAT.to_le_bytes())?;
    let (&length, rest) = rest.split_first()?;
    let (version, rest) = rest.split_at_checked(length as usize)?;
    let (size, rest) = rest.split_at_checked(8)?;
    let (sum, payload) = rest.split_at_checked(8)?;
    let size = u64::from_le_bytes(size.try_into().ok()?);
    let sum = u64::from_le_bytes(sum.try_into().ok()?);
    let whole = version == VERSION.as_bytes() && size == payload.len() as u64 && sum == xxh3_64(payload);
    whole.then_some(payload)
}

/// The plan of a file's content, if it is one of this version, whole and sound.
pub fn from_bytes(bytes: &[u8]) -> Option<(Origin, Plan)> {
    let (origin, plan): (Origin, Plan) = postcard::from_bytes(payload(bytes)?).ok()?;
    is_sound(&plan).then_some((origin, plan))
}

/// Reads a stored plan; `None` for a file that is missing, someone else's, writable by others, damaged or foreign.
pub fn load(path: &Path) -> Option<(Origin, Plan)> {
    let file = std::fs::File::open(path).ok()?;
    let meta = file.metadata().ok()?;
    if !meta.is_file() || meta.len() > MAX_BYTES || !is_private(&meta) {
        return None;
    }
    let mut bytes = Vec::with_capacity(meta.len() as usize);
    file.take(MAX_BYTES).read_to_end(&mut bytes).ok()?;
    from_bytes(&bytes)
}

/// Writes a plan beside `path` and renames it there; the folder is made if it is missing, for its owner alone.
pub fn save(path: &Path, origin: &Origin, plan: &Plan) -> io::Result<()> {
    let bytes = to_bytes(origin, plan).ok_or_else(|| io::Error::other("the plan cannot be written"))?;
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    let temporary = path.with_extension(format!("{}.tmp", std::process::id()));
    let written = open_new(&temporary)
        .and_then(|mut file| file.write_all(&bytes))
        .and_then(|()| std::fs::rename(&temporary, path));
    if written.is_err() {
        // What is left of a failed attempt is in nobody's way; that it could not be removed changes nothing.
        let _ = std::fs::remove_file(&temporary);
    }
    written
}

#[cfg(unix)]
fn is_private(meta: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    let own = std::fs::metadata("/proc/self").map_or(meta.uid(), |process| process.uid());
    meta.uid() == own && meta.mode() & 0o077 == 0
}

#[cfg(unix)]
fn make_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(unix)]
fn open_new(path: &Path) -> io::Result<std::fs::File> {
    use std::os::unix::fs::OpenOptionsExt;
    // A leftover of a process with this id that died.
    let _ = std::fs::remove_file(path);
    std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
fn is_private(_meta: &std::fs::Metadata) -> bool {
    true
}

#[cfg(not(unix))]
fn make_folder(folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)
}

#[cfg(not(unix))]
fn open_new(path: &Path) -> io::Result<std::fs::File> {
    std::fs::File::create(path)
}
