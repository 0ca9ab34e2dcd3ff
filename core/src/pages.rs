//! Large pages for large buffers.

use std::mem::MaybeUninit;

/// Less is not worth the call.
const LEAST: usize = 4 << 20;

/// Asks the system to put large pages behind memory that is about to be written for the first time: to get it in pieces
/// of four kilobytes costs more than to fill it. Where the system has none, nothing changes.
#[cfg(target_os = "linux")]
pub fn prefer_large(memory: &mut [MaybeUninit<u8>]) {
    /// What every page is a multiple of; the advice is for whole ones.
    const PAGE: usize = 64 << 10;
    if memory.len() < LEAST {
        return;
    }
    let skipped = memory.as_ptr().align_offset(PAGE);
    let Some(whole) = memory.get_mut(skipped..) else { return };
    let length = whole.len() / PAGE * PAGE;
    // SAFETY: the range lies within `memory`, and the advice changes how it is backed, never what it holds.
    unsafe { libc::madvise(whole.as_mut_ptr().cast(), length, libc::MADV_HUGEPAGE) };
}

#[cfg(not(target_os = "linux"))]
pub fn prefer_large(memory: &mut [MaybeUninit<u8>]) {
    let _ = (memory, LEAST);
}
