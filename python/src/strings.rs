//! Strings that an answer repeats, made once: domains, time zones, states.
//!
//! Only short ASCII texts are remembered; of several with one hash the latest stays.

use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::text::utf8;

/// Longer texts are seldom repeated.
const LONGEST: usize = 32;
const PLACES: usize = 512;

/// The strings of one answer.
pub struct Strings<'py> {
    /// Empty until an answer has enough strings for the memory to pay.
    known: Vec<Option<Bound<'py, PyString>>>,
    made: usize,
}

impl<'py> Strings<'py> {
    pub fn new() -> Self {
        Self { known: Vec::new(), made: 0 }
    }

    /// The Python string of a text.
    #[inline]
    pub fn make(&mut self, py: Python<'py>, text: &str) -> Bound<'py, PyString> {
        if text.len() > LONGEST || text.is_empty() {
            return PyString::new(py, text);
        }
        if self.known.is_empty() {
            self.made += 1;
            if self.made > PLACES / 4 {
                self.known.resize(PLACES, None);
            }
            return PyString::new(py, text);
        }
        let known = &mut self.known[hash(text.as_bytes()) % PLACES];
        if let Some(known) = known {
            // For ASCII this is the string's own memory.
            if utf8(known).is_ok_and(|same| same == text) {
                return known.clone();
            }
        }
        let made = PyString::new(py, text);
        if text.is_ascii() {
            *known = Some(made.clone());
        }
        made
    }
}

/// Both ends and the length: numbered texts differ at their ends.
fn hash(text: &[u8]) -> usize {
    let (head, tail) = if let (Some(head), Some(tail)) = (text.first_chunk::<8>(), text.last_chunk::<8>()) {
        (u64::from_le_bytes(*head), u64::from_le_bytes(*tail))
    } else {
        let mut bytes = [0; 8];
        bytes[..text.len()].copy_from_slice(text);
        (u64::from_le_bytes(bytes), 0)
    };
    let mixed =
        head.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ tail.wrapping_mul(0xC2B2_AE3D_27D4_EB4F).rotate_left(29);
    ((mixed ^ text.len() as u64).wrapping_mul(0xD6E8_FEB8_6659_FD93) >> 40) as usize
}
