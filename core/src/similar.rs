//! Names near a misspelt one, for hints.

/// The candidate nearest to `name`, if one is near enough to be meant.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    near(name, candidates).min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate)
}

/// All candidates that are near enough to be meant, each with its distance.
pub fn near<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> impl Iterator<Item = (usize, &'a str)> {
    let lower = name.to_lowercase();
    let (bytes, length) = (name.len(), lower.chars().count());
    candidates.into_iter().take(10_000).filter_map(move |candidate| {
        let allowed = 1 + bytes.min(candidate.len()) / 4;
        let other = candidate.to_lowercase();
        // Each character more or less is a step, which most candidates show at once.
        if other.chars().count().abs_diff(length) > allowed {
            return None;
        }
        let distance = strsim::damerau_levenshtein(&lower, &other);
        (distance <= allowed).then_some((distance, candidate))
    })
}

/// `; did you mean "x"?`, or nothing.
pub fn hint<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    closest(name, candidates).map(|near| format!("; did you mean {near:?}?")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_near_miss_only() {
        assert_eq!(closest("acount", ["domain", "account"]), Some("account"));
        assert_eq!(closest("Account", ["account"]), Some("account"));
        assert_eq!(closest("zzz", ["account"]), None);
    }
}
