//! Plans on disk.
//!
//! A file is a magic, the format and crate versions, the length and checksum of what follows, what the plan was made
//! from, and the tables. Whatever does not fit exactly is no plan: the caller makes a new one. A file is written
//! under another name and renamed, so a reader sees all of it or nothing, and it belongs to its owner alone.

#![allow(clippy::disallowed_methods)] // reads and writes the cache

use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::check::is_sound;
use super::image;
use super::tables::Plan;
use crate::index::Image;

const MAGIC: &[u8; 8] = b"WSDLPLAN";
/// Changes with the tables.
const FORMAT: u32 = 3;
/// Bytes before the payload, which is aligned by them.
const HEAD: usize = 64;
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
    image::write(vec![0; HEAD], origin, plan).map(sealed)
}

/// A payload behind the head that vouches for it.
pub fn framed(payload: &[u8]) -> Vec<u8> {
    sealed([&[0; HEAD], payload].concat())
}

/// Writes the head into the room that was left for it.
fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let (head, payload) = bytes.split_at_mut(HEAD);
    head.copy_from_slice(&head_of(payload));
    bytes
}

/// The head of the file with this payload: magic, format, version, length, checksum. Numbers are the machine's own, so
/// a file of another kind of machine has another head.
fn head_of(payload: &[u8]) -> [u8; HEAD] {
    let mut head = [0; HEAD];
    head[..8].copy_from_slice(MAGIC);
    head[8..12].copy_from_slice(&FORMAT.to_ne_bytes());
    head[16..16 + VERSION.len()].copy_from_slice(VERSION.as_bytes());
    head[HEAD - 16..HEAD - 8].copy_from_slice(&(payload.len() as u64).to_ne_bytes());
    head[HEAD - 8..].copy_from_slice(&xxh3_64(payload).to_ne_bytes());
    head
}

/// What stands behind the head of a file of this version that is whole.
pub fn payload(bytes: &[u8]) -> Option<&[u8]> {
    let (head, payload) = bytes.split_at_checked(HEAD)?;
    (head == head_of(payload)).then_some(payload)
}

/// The plan of a file's content, if it is one of this version, whole and sound.
pub fn from_bytes(bytes: &[u8]) -> Option<(Origin, Plan)> {
    from_image(&Arc::new(Image::copy(bytes)))
}

fn from_image(image: &Arc<Image>) -> Option<(Origin, Plan)> {
    payload(image.bytes())?;
    let (origin, plan) = image::read(image, HEAD)?;
    is_sound(&plan).then_some((origin, plan))
}

/// Opens a stored plan; `None` for a file that is missing, someone else's, writable by others, damaged or foreign.
///
/// The plan is used where it stands in the file, and processes that open it share its memory.
pub fn load(path: &Path) -> Option<(Origin, Plan)> {
    let file = std::fs::File::open(path).ok()?;
    let meta = file.metadata().ok()?;
    if !meta.is_file() || meta.len() > MAX_BYTES || !is_private(&meta) {
        return None;
    }
    let image = if is_local(&file) {
        // SAFETY: only its owner may write to the file, and what writes it, `save`, replaces it as a whole.
        unsafe { Image::map(&file) }.ok()?
    } else {
        let mut bytes = Vec::with_capacity(meta.len() as usize);
        file.take(MAX_BYTES).read_to_end(&mut bytes).ok()?;
        Image::copy(&bytes)
    };
    from_image(&Arc::new(image))
}

/// Whether a file is on this machine. A server may take back a file that is open here, or change it, and whoever then
/// reads from its memory is killed; such files are copied.
#[cfg(target_os = "linux")]
fn is_local(file: &std::fs::File) -> bool {
    use std::os::fd::AsRawFd;
    /// ext, tmpfs, overlayfs, btrfs, xfs, zfs, f2fs.
    const LOCAL: [u32; 7] =
        [0xEF53, 0x0102_1994, 0x794C_7630, 0x9123_683E, 0x5846_5342, 0x2FC1_2FC1, 0xF2F5_2010];
    let mut system = std::mem::MaybeUninit::<libc::statfs>::uninit();
    // SAFETY: the file is open, and the answer is written to room of its type.
    if unsafe { libc::fstatfs(file.as_raw_fd(), system.as_mut_ptr()) } != 0 {
        return false;
    }
    // SAFETY: a call that succeeds has filled it.
    let kind = unsafe { system.assume_init() }.f_type;
    LOCAL.contains(&(kind as u32))
}

#[cfg(not(target_os = "linux"))]
fn is_local(_file: &std::fs::File) -> bool {
    false
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
