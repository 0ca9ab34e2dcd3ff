//! Where the members of wide records have their slots, so that elements in any order take linear time.
//!
//! Records of a few members, which is almost all, are searched instead.

use std::collections::HashMap;

use super::slots::{Frame, Slot};
use crate::seam::Sink;

/// How many slots are searched one by one.
const WIDE: usize = 32;

/// The slots of the members of each wide record that is open, innermost last.
#[derive(Default)]
pub(super) struct Places(Vec<(usize, HashMap<u32, usize>)>);

impl Places {
    /// The slot of the member at `at` of the innermost record.
    #[inline]
    pub fn find<S: Sink>(&self, slots: &[Slot<S>], frame: &Frame, at: usize) -> Option<usize> {
        let own = &slots[frame.base..];
        if own.len() <= WIDE {
            let found = own.iter().rposition(|slot| slot.member == at as u32);
            return found.map(|found| frame.base + found);
        }
        self.find_in_wide(frame, at)
    }

    #[cold]
    fn find_in_wide(&self, frame: &Frame, at: usize) -> Option<usize> {
        let (base, known) = self.0.last()?;
        known.get(&(at as u32)).copied().filter(|_| *base == frame.base)
    }

    /// Takes note of a slot that was pushed for the innermost record.
    #[inline]
    pub fn note<S: Sink>(&mut self, slots: &[Slot<S>], frame: &Frame) {
        if slots.len() - frame.base > WIDE {
            self.note_in_wide(slots, frame.base);
        }
    }

    #[cold]
    fn note_in_wide<S: Sink>(&mut self, slots: &[Slot<S>], base: usize) {
        let place = |at: usize| (slots[at].member, at);
        match self.0.last_mut() {
            Some((open, known)) if *open == base => known.extend(slots.len().checked_sub(1).map(place)),
            _ => self.0.push((base, (base..slots.len()).map(place).collect())),
        }
    }

    /// Forgets the records whose slots begin at `base` or later.
    #[inline]
    pub fn forget(&mut self, base: usize) {
        while self.0.last().is_some_and(|(open, _)| *open >= base) {
            self.0.pop();
        }
    }
}
