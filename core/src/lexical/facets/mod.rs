//! The constraining facets (XML Schema 1.0 part 2, §4.3) of a type derived from a built-in one.
//!
//! They are kept as the schema wrote them and prepared at first use. Enumerations are looked up in the
//! value space by binary search, so a long one costs no more than a short one. A facet that cannot be
//! prepared is not enforced; [`Facets::problems`] names it.

mod breach;
mod compiled;

use std::borrow::Cow;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use self::breach::{Breach, Unit};
use self::compiled::{is_integer, is_text, Compiled};
use super::decimal::Parts;
use super::order::{key, number_text};
use super::{list, read, whitespace, Whitespace};
use crate::scalar::{Builtin, Scalar};

type Found<'f> = Result<(), Breach<'f>>;

/// The facets of one type with those it inherits. A set belongs to one type: it is prepared for the first
/// that it checks.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facets {
    pub length: Option<u64>,
    pub min_length: Option<u64>,
    pub max_length: Option<u64>,
    /// A value matches one pattern of every derivation step.
    pub patterns: Vec<Vec<String>>,
    /// The values as lexical text. Those of `QName` and `NOTATION` are in Clark notation.
    pub enumeration: Vec<String>,
    /// The type's own facet where it differs from the built-in type's.
    pub whitespace: Option<Whitespace>,
    pub min_inclusive: Option<String>,
    pub max_inclusive: Option<String>,
    pub min_exclusive: Option<String>,
    pub max_exclusive: Option<String>,
    pub total_digits: Option<u32>,
    pub fraction_digits: Option<u32>,
    #[serde(skip)]
    pub prepared: Prepared,
}

/// What the first check makes of the facets; it is not part of their value.
#[derive(Debug, Default)]
pub struct Prepared(OnceLock<Box<Compiled>>);

/// A copy starts unprepared, since it is made to be changed.
impl Clone for Prepared {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Facets {
    /// Whether there is nothing to check or to apply.
    pub fn is_empty(&self) -> bool {
        self.whitespace.is_none()
            && !self.has_lengths()
            && !self.has_bounds()
            && !self.has_digits()
            && !self.has_texts()
    }

    /// What restricts values beside an enumeration, by the standard's names (XSD 1.0 part 2, §4.3). Alternative patterns
    /// of one derivation step are one expression with `|`.
    pub fn listed(&self) -> Vec<(&'static str, String)> {
        let lengths =
            [("length", self.length), ("minLength", self.min_length), ("maxLength", self.max_length)];
        let digits = [("totalDigits", self.total_digits), ("fractionDigits", self.fraction_digits)];
        let bounds = [
            ("minInclusive", &self.min_inclusive),
            ("maxInclusive", &self.max_inclusive),
            ("minExclusive", &self.min_exclusive),
            ("maxExclusive", &self.max_exclusive),
        ];
        let lengths = lengths.into_iter().filter_map(|(name, value)| Some((name, value?.to_string())));
        let digits = digits.into_iter().filter_map(|(name, value)| Some((name, value?.to_string())));
        let bounds = bounds.into_iter().filter_map(|(name, value)| Some((name, value.clone()?)));
        let patterns = self.patterns.iter().map(|step| ("pattern", step.join("|")));
        lengths.chain(bounds).chain(digits).chain(patterns).collect()
    }

    fn has_lengths(&self) -> bool {
        self.length.is_some() || self.min_length.is_some() || self.max_length.is_some()
    }

    fn has_bounds(&self) -> bool {
        [&self.min_inclusive, &self.max_inclusive, &self.min_exclusive, &self.max_exclusive]
            .iter()
            .any(|bound| bound.is_some())
    }

    fn has_digits(&self) -> bool {
        self.total_digits.is_some() || self.fraction_digits.is_some()
    }

    fn has_texts(&self) -> bool {
        !self.patterns.is_empty() || !self.enumeration.is_empty()
    }

    /// The `whiteSpace` facet in force for a type derived from `builtin`.
    pub fn whitespace(&self, builtin: Builtin) -> Whitespace {
        self.whitespace.map_or(whitespace(builtin), |own| own.max(whitespace(builtin)))
    }

    /// Checks a value and the text it is written as. The message tells what is wrong.
    pub fn check(&self, builtin: Builtin, lexical: &str, value: &Scalar<'_>) -> Result<(), String> {
        let lexical = &*self.whitespace(builtin).apply(lexical);
        self.find(builtin, lexical, value).map_err(|breach| breach.message(self, lexical))
    }

    /// Whether a value is allowed: the same verdict without the cost of a message.
    pub fn allows(&self, builtin: Builtin, lexical: &str, value: &Scalar<'_>) -> bool {
        let lexical = &*self.whitespace(builtin).apply(lexical);
        self.find(builtin, lexical, value).is_ok()
    }

    /// Checks a list by its number of items and its text; items are checked by their own type.
    pub fn check_list(&self, items: usize, lexical: &str) -> Result<(), String> {
        let lexical = &*Whitespace::Collapse.apply(lexical);
        let length = self.find_length(items as u64, Unit::Items);
        let texts = length.and_then(|()| self.find_text(self.compiled(Builtin::Token), lexical, lexical));
        texts.map_err(|breach| breach.message(self, lexical))
    }

    /// The facets that are malformed, or too large to be enforced.
    pub fn problems(&self, builtin: Builtin) -> &[String] {
        &self.compiled(builtin).problems
    }

    fn find(&self, builtin: Builtin, lexical: &str, value: &Scalar<'_>) -> Found<'_> {
        let value = &*natural(builtin, lexical, value).map_err(Breach::Unreadable)?;
        if self.has_lengths() {
            if let Some((length, unit)) = length(builtin, lexical, value) {
                self.find_length(length, unit)?;
            }
        }
        if self.has_digits() {
            self.find_digits(value)?;
        }
        if self.has_bounds() || self.has_texts() {
            let compiled = self.compiled(builtin);
            compiled.broken_bound(builtin, value).map_or(Ok(()), Err)?;
            self.find_text(compiled, lexical, &key(builtin, value))?;
        }
        Ok(())
    }

    fn find_length(&self, length: u64, unit: Unit) -> Found<'_> {
        let is_allowed = self.length.is_none_or(|exact| length == exact)
            && self.min_length.is_none_or(|least| length >= least)
            && self.max_length.is_none_or(|most| length <= most);
        if is_allowed {
            Ok(())
        } else {
            Err(Breach::Length(length, unit))
        }
    }

    fn find_digits(&self, value: &Scalar<'_>) -> Found<'_> {
        let text = number_text(value).unwrap_or_default();
        let Some(Parts { whole, fraction, .. }) = Parts::parse(&text) else { return Ok(()) };
        let (total, fraction) = (whole.len() + fraction.len(), fraction.len());
        match (self.total_digits, self.fraction_digits) {
            (Some(most), _) if total > most as usize => Err(Breach::TotalDigits(total)),
            (_, Some(most)) if fraction > most as usize => Err(Breach::FractionDigits(fraction)),
            _ => Ok(()),
        }
    }

    fn find_text(&self, compiled: &Compiled, lexical: &str, key: &str) -> Found<'_> {
        match (compiled.matches(lexical), self.enumeration.is_empty() || compiled.lists(key)) {
            (false, _) => Err(Breach::Pattern),
            (_, false) => Err(Breach::Enumeration),
            _ => Ok(()),
        }
    }

    fn compiled(&self, builtin: Builtin) -> &Compiled {
        self.prepared.0.get_or_init(|| Box::new(Compiled::new(self, builtin)))
    }
}

/// The value as reading its text gives it: a host's value may be of another kind, or have less precision.
fn natural<'v, 'a>(
    builtin: Builtin,
    lexical: &'v str,
    value: &'v Scalar<'a>,
) -> Result<Cow<'v, Scalar<'v>>, String>
where
    'a: 'v,
{
    let is_natural = match value {
        Scalar::Bool(_) => builtin == Builtin::Boolean,
        Scalar::Int(_) => is_integer(builtin),
        Scalar::Temporal(t) => t.kind == builtin && !t.lexical.is_empty(),
        Scalar::Duration(d) => builtin == Builtin::Duration && !d.lexical.is_empty(),
        Scalar::Double(_) => matches!(builtin, Builtin::Double | Builtin::Float),
        Scalar::Bytes(_) => matches!(builtin, Builtin::Base64Binary | Builtin::HexBinary),
        Scalar::QName { .. } => true,
        _ => false,
    };
    if is_natural {
        Ok(Cow::Borrowed(value))
    } else if is_text(builtin) {
        Ok(Cow::Owned(Scalar::Str(lexical.into())))
    } else {
        read(builtin, lexical).map(Cow::Owned).map_err(|error| error.message().to_owned())
    }
}

/// The number that the length facets bound, and what it counts (§4.3.1.3). Names in a scope have none.
fn length(builtin: Builtin, lexical: &str, value: &Scalar<'_>) -> Option<(u64, Unit)> {
    match (builtin, value) {
        (Builtin::QName | Builtin::Notation, _) => None,
        (_, Scalar::Bytes(bytes)) => Some((bytes.len() as u64, Unit::Bytes)),
        (Builtin::NmTokens | Builtin::IdRefs | Builtin::Entities, _) => {
            Some((list::items(lexical).count() as u64, Unit::Items))
        }
        _ => Some((lexical.chars().count() as u64, Unit::Characters)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(facets: &Facets, builtin: Builtin, text: &str) -> Result<(), String> {
        let value = read(builtin, text).unwrap();
        let checked = facets.check(builtin, text, &value);
        assert_eq!(facets.allows(builtin, text, &value), checked.is_ok());
        checked
    }

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|&text| text.to_owned()).collect()
    }

    #[test]
    fn lengths_count_what_the_type_says() {
        let facets = Facets { max_length: Some(2), ..Facets::default() };
        assert_eq!(check(&facets, Builtin::String, "éé"), Ok(()));
        assert_eq!(
            check(&facets, Builtin::String, "abc").unwrap_err(),
            "longer than maxLength 2 (3 characters)"
        );
        assert_eq!(check(&facets, Builtin::HexBinary, "0A0B"), Ok(()));
        assert!(check(&facets, Builtin::Base64Binary, "AAEC").is_err());
        assert_eq!(check(&facets, Builtin::NmTokens, "abc abc"), Ok(()));
        assert_eq!(facets.check_list(3, "1 2 3").unwrap_err(), "longer than maxLength 2 (3 items)");
        assert_eq!(check(&facets, Builtin::Token, "  ab "), Ok(()));
        let exact = Facets { length: Some(1), ..Facets::default() };
        assert_eq!(check(&exact, Builtin::QName, "p:abc"), Ok(()));
        assert!(check(&exact, Builtin::String, "").is_err());
    }

    #[test]
    fn enumerations_are_compared_as_values() {
        let facets = Facets { enumeration: texts(&["1.0", "20"]), ..Facets::default() };
        assert_eq!(check(&facets, Builtin::Decimal, "1"), Ok(()));
        assert_eq!(facets.check(Builtin::Decimal, "20", &Scalar::Int(20)), Ok(()));
        let facets = facets.clone();
        assert_eq!(check(&facets, Builtin::Double, "2e1"), Ok(()));
        let facets = facets.clone();
        assert!(check(&facets, Builtin::String, "1").is_err());
        assert_eq!(facets.check(Builtin::String, "20", &Scalar::Int(20)), Ok(()));
    }

    #[test]
    fn a_refused_value_is_told_what_is_allowed() {
        let colours = Facets { enumeration: texts(&["Red", "Green", "Blue"]), ..Facets::default() };
        let message = check(&colours, Builtin::Token, "red").unwrap_err();
        assert_eq!(message, "\"red\" is not one of: Red, Green, Blue; did you mean \"Red\"?");
        let message = check(&colours, Builtin::Token, "Yellow").unwrap_err();
        assert_eq!(message, "\"Yellow\" is not one of: Red, Green, Blue");
        let many =
            Facets { enumeration: (0..100_000).map(|n| format!("value{n}")).collect(), ..Facets::default() };
        assert!(check(&many, Builtin::String, "x").unwrap_err().ends_with("value7 (and 99992 more)"));
        assert_eq!(check(&many, Builtin::String, "value99999"), Ok(()));
    }

    #[test]
    fn bounds_use_the_order_of_values() {
        let facets = Facets {
            min_inclusive: Some("-5".into()),
            max_exclusive: Some("1e1".into()),
            ..Facets::default()
        };
        for (text, is_allowed) in
            [("-5", true), ("9.99", true), ("10", false), ("-5.1", false), ("NaN", false)]
        {
            assert_eq!(check(&facets, Builtin::Double, text).is_ok(), is_allowed, "{text}");
        }
        let facets = Facets { max_inclusive: Some("2024-01-01T00:00:00Z".into()), ..Facets::default() };
        assert_eq!(check(&facets, Builtin::DateTime, "2024-01-01T01:00:00+01:00"), Ok(()));
        assert!(check(&facets, Builtin::DateTime, "2024-01-01T00:00:00").is_err(), "not ordered");
    }

    #[test]
    fn digits() {
        let facets = Facets { total_digits: Some(4), fraction_digits: Some(2), ..Facets::default() };
        for (text, is_allowed) in [
            ("12.34", true),
            ("0012.3400", true),
            ("123.45", false),
            ("1.234", false),
            ("-0.01", true),
            ("0", true),
        ] {
            assert_eq!(check(&facets, Builtin::Decimal, text).is_ok(), is_allowed, "{text}");
        }
    }

    #[test]
    fn patterns_of_a_step_are_alternatives() {
        let patterns = vec![texts(&["[a-z]+", "[0-9]+"]), texts(&[".{2,3}"])];
        let facets = Facets { patterns, ..Facets::default() };
        for (text, is_allowed) in [("ab", true), ("12", true), ("a1", false), ("a", false), ("abcd", false)] {
            assert_eq!(check(&facets, Builtin::String, text).is_ok(), is_allowed, "{text}");
        }
        assert_eq!(check(&facets, Builtin::Int, " 12 "), Ok(()), "patterns see the text without white space");
    }

    #[test]
    fn broken_facets_are_named_and_not_enforced() {
        let facets = Facets {
            patterns: vec![texts(&["["])],
            min_inclusive: Some("x".into()),
            enumeration: texts(&["1", "y"]),
            ..Facets::default()
        };
        assert_eq!(check(&facets, Builtin::Int, "1"), Ok(()));
        assert_eq!(facets.problems(Builtin::Int).len(), 3, "{:?}", facets.problems(Builtin::Int));
    }

    #[test]
    fn only_the_schema_part_is_stored() {
        let facets = Facets {
            patterns: vec![texts(&["a"])],
            whitespace: Some(Whitespace::Collapse),
            ..Facets::default()
        };
        assert_eq!(check(&facets, Builtin::String, " a "), Ok(()));
        let bytes = postcard::to_stdvec(&facets).unwrap();
        let back: Facets = postcard::from_bytes(&bytes).unwrap();
        assert_eq!(back.patterns, facets.patterns);
        assert!(!back.is_empty() && Facets::default().is_empty());
        assert!(check(&back, Builtin::String, "b").is_err());
    }
}
