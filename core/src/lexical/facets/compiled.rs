//! What the first check makes of facets: automata, sorted keys, bounds as values.

use std::cmp::Ordering;

use super::breach::Breach;
use super::Facets;
use crate::lexical::order::key;
use crate::lexical::{compare, read, Pattern};
use crate::scalar::{Builtin, Scalar};

#[derive(Debug, Clone, Default)]
pub(super) struct Compiled {
    steps: Vec<Vec<Pattern>>,
    /// Keys of the enumerated values, sorted.
    keys: Vec<Box<str>>,
    bounds: Vec<Bound>,
    pub problems: Vec<String>,
}

#[derive(Debug, Clone)]
struct Bound {
    name: &'static str,
    text: String,
    value: Scalar<'static>,
    allows: fn(Ordering) -> bool,
}

impl Compiled {
    pub fn new(facets: &Facets, builtin: Builtin) -> Self {
        let mut compiled = Self::default();
        for step in &facets.patterns {
            let patterns = step.iter().map(|text| Pattern::new(text)).collect::<Result<Vec<_>, _>>();
            match patterns {
                Ok(patterns) => compiled.steps.push(patterns),
                // The others of the step say nothing without this one.
                Err(error) => compiled.problems.push(error.message().to_owned()),
            }
        }
        compiled.add_keys(builtin, facets);
        compiled.add_bound(builtin, "minInclusive", facets.min_inclusive.as_deref(), Ordering::is_ge);
        compiled.add_bound(builtin, "maxInclusive", facets.max_inclusive.as_deref(), Ordering::is_le);
        compiled.add_bound(builtin, "minExclusive", facets.min_exclusive.as_deref(), Ordering::is_gt);
        compiled.add_bound(builtin, "maxExclusive", facets.max_exclusive.as_deref(), Ordering::is_lt);
        compiled
    }

    fn add_keys(&mut self, builtin: Builtin, facets: &Facets) {
        for text in &facets.enumeration {
            let text = facets.whitespace(builtin).apply(text);
            if is_text(builtin) {
                self.keys.push((*text).into());
                continue;
            }
            match read(builtin, &text) {
                Ok(value) => self.keys.push((*key(builtin, &value)).into()),
                Err(error) => self.problems.push(format!("enumeration: {}", error.message())),
            }
        }
        self.keys.sort_unstable();
    }

    fn add_bound(
        &mut self,
        builtin: Builtin,
        name: &'static str,
        text: Option<&str>,
        allows: fn(Ordering) -> bool,
    ) {
        let Some(text) = text else { return };
        match read(builtin, text) {
            Ok(value) => {
                self.bounds.push(Bound { name, text: text.to_owned(), value: value.into_owned(), allows });
            }
            Err(error) => self.problems.push(format!("{name}: {}", error.message())),
        }
    }

    /// The bound that a value is outside of, or is not ordered against.
    pub fn broken_bound(&self, builtin: Builtin, value: &Scalar<'_>) -> Option<Breach<'_>> {
        let is_broken = |bound: &&Bound| !compare(builtin, value, &bound.value).is_some_and(bound.allows);
        self.bounds.iter().find(is_broken).map(|bound| Breach::Bound(bound.name, &bound.text))
    }

    pub fn matches(&self, lexical: &str) -> bool {
        self.steps.iter().all(|step| step.iter().any(|pattern| pattern.is_match(lexical)))
    }

    pub fn lists(&self, key: &str) -> bool {
        self.keys.is_empty() || self.keys.binary_search_by(|own| (**own).cmp(key)).is_ok()
    }
}

pub(super) fn is_integer(builtin: Builtin) -> bool {
    matches!(
        builtin,
        Builtin::Integer
            | Builtin::NonPositiveInteger
            | Builtin::NegativeInteger
            | Builtin::NonNegativeInteger
            | Builtin::PositiveInteger
            | Builtin::Long
            | Builtin::Int
            | Builtin::Short
            | Builtin::Byte
            | Builtin::UnsignedLong
            | Builtin::UnsignedInt
            | Builtin::UnsignedShort
            | Builtin::UnsignedByte
    )
}

/// Whether values of the type are compared as the text that stands for them.
pub(super) fn is_text(builtin: Builtin) -> bool {
    !is_integer(builtin)
        && !matches!(
            builtin,
            Builtin::Boolean
                | Builtin::Decimal
                | Builtin::Float
                | Builtin::Double
                | Builtin::Duration
                | Builtin::DateTime
                | Builtin::Time
                | Builtin::Date
                | Builtin::GYearMonth
                | Builtin::GYear
                | Builtin::GMonthDay
                | Builtin::GDay
                | Builtin::GMonth
                | Builtin::HexBinary
                | Builtin::Base64Binary
        )
}
