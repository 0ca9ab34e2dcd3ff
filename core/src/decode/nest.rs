//! Lists in lists for arrays of several dimensions, built while the items arrive.

use super::dimensions::{Dimensions, MAX_RANK};
use crate::error::Result;
use crate::seam::Sink;

/// The lists of one array that are open, outermost first.
pub(super) struct Nest<S: Sink> {
    /// Sizes of the dimensions; that of the first does not matter.
    sizes: [usize; MAX_RANK],
    rank: usize,
    outer: S::List,
    /// The open lists below, each with the number of its items.
    inner: Vec<(S::List, usize)>,
    /// Items so far.
    pub len: usize,
}

impl<S: Sink> Nest<S> {
    pub fn new(sink: &mut S, dimensions: &Dimensions, hint: usize) -> Result<Self> {
        let nested = dimensions.nested();
        let mut sizes = [0; MAX_RANK];
        sizes[..nested.len()].copy_from_slice(nested);
        Ok(Self { sizes, rank: nested.len(), outer: sink.list(hint)?, inner: Vec::new(), len: 0 })
    }

    #[inline]
    pub fn push(&mut self, sink: &mut S, node: S::Node) -> Result<()> {
        self.len += 1;
        if self.rank == 1 {
            return sink.push(&mut self.outer, node);
        }
        while self.inner.len() + 1 < self.rank {
            self.inner.push((sink.list(0)?, 0));
        }
        let mut node = node;
        while let Some((list, count)) = self.inner.last_mut() {
            sink.push(list, node)?;
            *count += 1;
            if *count < self.sizes[self.inner.len()] {
                return Ok(());
            }
            node = self.close(sink)?;
        }
        sink.push(&mut self.outer, node)
    }

    /// Closes the innermost list.
    fn close(&mut self, sink: &mut S) -> Result<S::Node> {
        match self.inner.pop() {
            Some((list, _)) => sink.end_list(list),
            None => sink.null(),
        }
    }

    /// Closes all lists, those not full included.
    pub fn finish(mut self, sink: &mut S) -> Result<S::Node> {
        while !self.inner.is_empty() {
            let node = self.close(sink)?;
            match self.inner.last_mut() {
                Some((list, _)) => sink.push(list, node)?,
                None => sink.push(&mut self.outer, node)?,
            }
        }
        sink.end_list(self.outer)
    }
}
