//! Records that begin as a copy of the record before: records of one shape mostly have the same members.
//!
//! CPython copies the table of a dict in one piece, so that members are replaced rather than inserted, and the table
//! has its final size from the start. What the copy has and the record does not is taken out again, so the order of
//! members is always that of the answer.

use std::rc::Rc;

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

/// Shapes that disappoint more often than this are built member by member.
const MISSES: u32 = 16;

/// The members that records of one shape had last.
struct Layout<'py> {
    /// The same keys without values.
    blank: Bound<'py, PyDict>,
    keys: Vec<Bound<'py, PyString>>,
}

/// What is known of a shape.
#[derive(Default)]
struct Learnt<'py> {
    layout: Option<Rc<Layout<'py>>>,
    misses: u32,
}

/// A record that is being filled.
pub struct Record<'py> {
    pub dict: Bound<'py, PyDict>,
    shape: usize,
    /// How many members were set as foreseen.
    set: usize,
    /// What it began as, while its members are those foreseen. A record inside it may have taught its shape another.
    foreseen: Option<Rc<Layout<'py>>>,
}

impl<'py> Record<'py> {
    #[inline]
    pub fn set(&mut self, key: &Bound<'py, PyString>, value: Bound<'py, PyAny>) -> PyResult<()> {
        if let Some(layout) = &self.foreseen {
            if layout.keys.get(self.set).is_some_and(|next| next.is(key)) {
                self.set += 1;
            } else {
                self.give_up()?;
            }
        }
        self.dict.set_item(key, value)
    }

    /// Takes out the members that were foreseen and have not been set.
    #[cold]
    fn give_up(&mut self) -> PyResult<()> {
        let Some(layout) = self.foreseen.take() else { return Ok(()) };
        let unset = layout.keys.get(self.set..).unwrap_or(&[]);
        unset.iter().try_for_each(|key| self.dict.del_item(key))
    }
}

/// The layouts of one answer.
#[derive(Default)]
pub struct Layouts<'py> {
    learnt: Vec<Learnt<'py>>,
}

impl<'py> Layouts<'py> {
    /// A record of a shape; `dict` is empty.
    #[inline]
    pub fn begin(&mut self, shape: Option<usize>, dict: Bound<'py, PyDict>) -> PyResult<Record<'py>> {
        let shape = shape.unwrap_or(usize::MAX);
        let foreseen = self.learnt.get(shape).and_then(|learnt| learnt.layout.clone());
        if let Some(layout) = &foreseen {
            dict.update(layout.blank.as_mapping())?;
        }
        Ok(Record { dict, shape, set: 0, foreseen })
    }

    #[inline]
    pub fn end(&mut self, mut record: Record<'py>) -> PyResult<Bound<'py, PyDict>> {
        if record.foreseen.as_ref().is_some_and(|layout| record.set == layout.keys.len()) {
            return Ok(record.dict);
        }
        record.give_up()?;
        self.learn(record.shape, &record.dict)?;
        Ok(record.dict)
    }

    /// Foresees that the next record of a shape has the members of this one.
    #[cold]
    fn learn(&mut self, shape: usize, dict: &Bound<'py, PyDict>) -> PyResult<()> {
        // Untyped records have no shape; a plan with more shapes than this has few records of each.
        const MOST: usize = 1 << 16;
        if shape >= MOST {
            return Ok(());
        }
        if self.learnt.len() <= shape {
            self.learnt.resize_with(shape + 1, Learnt::default);
        }
        let learnt = &mut self.learnt[shape];
        learnt.misses += 1;
        learnt.layout = None;
        // The first record of a shape may be its only one.
        if (2..=MISSES).contains(&learnt.misses) && dict.len() > 1 {
            let blank = PyDict::new(dict.py());
            let mut keys = Vec::with_capacity(dict.len());
            for (key, _) in dict {
                let key = key.cast_into::<PyString>()?;
                blank.set_item(&key, dict.py().None())?;
                keys.push(key);
            }
            learnt.layout = Some(Rc::new(Layout { blank, keys }));
        }
        Ok(())
    }
}
