//! A plan as one run of bytes, and the plan whose tables are that run.
//!
//! First comes what is small or has strings of its own, in postcard; then each table, the rows as they stand in memory.
//! Every section begins with its length and is aligned to eight bytes.

use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::Serialize;
use zerocopy::{Immutable, KnownLayout, TryFromBytes};

use super::put::Put;
use super::tables::Plan;
use crate::index::*;
use crate::name::Names;

const ALIGNMENT: usize = 8;

/// Appends sections to bytes that begin aligned.
struct Writer {
    out: Vec<u8>,
}

impl Writer {
    fn section(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        let start = self.out.len();
        self.out.extend_from_slice(&[0; ALIGNMENT]);
        write(&mut self.out);
        let length = (self.out.len() - start - ALIGNMENT) as u64;
        self.out[start..start + ALIGNMENT].copy_from_slice(&length.to_ne_bytes());
        self.out.resize(self.out.len().next_multiple_of(ALIGNMENT), 0);
    }

    fn rows<T: Put>(&mut self, rows: &[T]) {
        self.section(|out| {
            let start = out.len();
            out.resize(start + size_of_val(rows), 0);
            out[start..].chunks_exact_mut(size_of::<T>()).zip(rows).for_each(|(out, row)| row.put(out));
        });
    }

    fn table<I: Id, T: Put>(&mut self, table: &Table<I, T>) {
        self.rows(table.rows());
    }
}

/// Takes sections off an image.
struct Reader<'i> {
    image: &'i Arc<Image>,
    at: usize,
}

impl Reader<'_> {
    fn section(&mut self) -> Option<std::ops::Range<usize>> {
        let start = self.at.checked_add(ALIGNMENT)?;
        let length = self.image.bytes().get(self.at..start)?;
        let length = usize::try_from(u64::from_ne_bytes(length.try_into().ok()?)).ok()?;
        let end = start.checked_add(length)?;
        self.at = end.checked_next_multiple_of(ALIGNMENT)?;
        (end <= self.image.bytes().len()).then_some(start..end)
    }

    fn rows<T: TryFromBytes + KnownLayout + Immutable>(&mut self) -> Option<Rows<T>> {
        let range = self.section()?;
        Rows::stored(self.image, range)
    }

    fn table<I: Id, T: TryFromBytes + KnownLayout + Immutable>(&mut self) -> Option<Table<I, T>> {
        self.rows().map(Table::from)
    }

    fn names(&mut self, seed: u64) -> Option<Names> {
        let blob = self.section()?;
        let blob = Text::stored(self.image, blob)?;
        Some(Names { blob, ends: self.rows()?, slots: self.rows()?, seed })
    }
}

/// Appends a plan to `out`, with what `origin` says of it.
pub(super) fn write<O: Serialize>(out: Vec<u8>, origin: &O, plan: &Plan) -> Option<Vec<u8>> {
    let small = (&plan.simples, &plan.facets, &plan.wildcards, &plan.warnings, &plan.location);
    let small =
        postcard::to_stdvec(&(origin, small, plan.target_namespace, plan.documentation, plan.names.seed))
            .ok()?;
    let mut to = Writer { out };
    to.section(|out| out.extend_from_slice(&small));
    to.section(|out| out.extend_from_slice(plan.names.blob.as_bytes()));
    to.rows(&plan.names.ends);
    to.rows(&plan.names.slots);
    to.rows(&plan.namespaces);
    to.table(&plan.types);
    to.table(&plan.complexes);
    to.table(&plan.arrays);
    to.table(&plan.shapes);
    to.table(&plan.members);
    to.table(&plan.particles);
    to.table(&plan.elements);
    to.table(&plan.lookups);
    to.rows(&plan.types_by_name);
    to.rows(&plan.elements_by_name);
    to.table(&plan.services);
    to.table(&plan.ports);
    to.table(&plan.operations);
    to.table(&plan.messages);
    to.table(&plan.parts);
    to.table(&plan.headers);
    to.table(&plan.faults);
    Some(to.out)
}

/// The plan that starts at a byte of an image, with what was said of it; `None` where the bytes are not rows. Whether
/// the rows fit together is another question.
pub(super) fn read<O: DeserializeOwned>(image: &Arc<Image>, start: usize) -> Option<(O, Plan)> {
    let mut from = Reader { image, at: start };
    let small = from.section()?;
    let (origin, small, target_namespace, documentation, seed) =
        postcard::from_bytes(image.bytes().get(small)?).ok()?;
    let (simples, facets, wildcards, warnings, location) = small;
    let plan = Plan {
        names: from.names(seed)?,
        namespaces: from.rows()?,
        types: from.table()?,
        simples,
        facets,
        complexes: from.table()?,
        arrays: from.table()?,
        shapes: from.table()?,
        members: from.table()?,
        particles: from.table()?,
        wildcards,
        elements: from.table()?,
        lookups: from.table()?,
        types_by_name: from.rows()?,
        elements_by_name: from.rows()?,
        services: from.table()?,
        ports: from.table()?,
        operations: from.table()?,
        messages: from.table()?,
        parts: from.table()?,
        headers: from.table()?,
        faults: from.table()?,
        warnings,
        location,
        target_namespace,
        documentation,
    };
    (from.at == image.bytes().len()).then_some((origin, plan))
}
