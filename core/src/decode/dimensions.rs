//! `arrayType`, `offset` and `position` (SOAP 1.1, §5.4.2), `arraySize` (SOAP 1.2 part 2, §3.1.6).
//!
//! What is malformed counts as not given: these attributes describe the items and are not data.

/// More dimensions than this are not nested.
pub(super) const MAX_RANK: usize = 16;

/// The sizes of an array's dimensions; 0 if unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dimensions {
    sizes: [usize; MAX_RANK],
    rank: usize,
}

impl Default for Dimensions {
    fn default() -> Self {
        Self { sizes: [0; MAX_RANK], rank: 1 }
    }
}

impl Dimensions {
    /// One dimension if the text has too many.
    fn parse<'a>(sizes: impl Iterator<Item = &'a str>) -> Self {
        let mut found = Self { rank: 0, ..Self::default() };
        for size in sizes {
            if found.rank == MAX_RANK {
                return Self::default();
            }
            found.sizes[found.rank] = size.trim().parse().unwrap_or(0);
            found.rank += 1;
        }
        found.rank = found.rank.max(1);
        found
    }

    /// `2 3` or `* 3`.
    pub fn of_array_size(text: &str) -> Self {
        Self::parse(text.split_ascii_whitespace())
    }

    /// The sizes, outermost first. Items can be nested only if all but the first are known.
    pub fn nested(&self) -> &[usize] {
        let sizes = &self.sizes[..self.rank];
        if sizes[1..].contains(&0) {
            &sizes[..1]
        } else {
            sizes
        }
    }

    /// The first size if it is the only one: how many items the sender announces.
    pub fn announced(&self) -> usize {
        if self.rank == 1 {
            self.sizes[0]
        } else {
            0
        }
    }

    /// The number of an item from `[1,2]`, counted in the order of sending.
    pub fn index(&self, text: &str) -> Option<usize> {
        let inside = text.trim().strip_prefix('[')?.strip_suffix(']')?;
        let nested = self.nested();
        let mut index = 0_usize;
        let mut count = 0;
        for (place, part) in inside.split(',').enumerate() {
            let part: usize = part.trim().parse().ok()?;
            let size = nested.get(place).copied()?;
            index = if place == 0 { part } else { index.saturating_mul(size).saturating_add(part) };
            count += 1;
        }
        // `offset` may give the first dimension only.
        let rest = nested[count..].iter().fold(1_usize, |all, size| all.saturating_mul(*size));
        Some(index.saturating_mul(rest))
    }
}

/// `xsd:int[][2,3]` taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ArrayType<'a> {
    /// The qualified name before the brackets.
    pub item: &'a str,
    /// How many arrays the items are themselves.
    pub levels: u32,
    pub dimensions: Dimensions,
}

impl<'a> ArrayType<'a> {
    pub fn parse(text: &'a str) -> Self {
        let (item, brackets) = text.find('[').map_or((text, ""), |at| text.split_at(at));
        let mut brackets = brackets.trim_end().trim_end_matches(']').rsplit('[');
        let last = brackets.next().unwrap_or("");
        // What is left are the inner brackets and the empty text before the first.
        let levels = brackets.filter(|bracket| !bracket.is_empty()).count().min(MAX_RANK) as u32;
        Self { item: item.trim(), levels, dimensions: Dimensions::parse(last.split(',')) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> (&str, u32, Vec<usize>) {
        let array = ArrayType::parse(text);
        (array.item, array.levels, array.dimensions.sizes[..array.dimensions.rank].to_vec())
    }

    #[test]
    fn array_types() {
        assert_eq!(parsed("xsd:int[5]"), ("xsd:int", 0, vec![5]));
        assert_eq!(parsed("xsd:int[]"), ("xsd:int", 0, vec![0]));
        assert_eq!(parsed(" xsd:int [ 2 , 3 ] "), ("xsd:int", 0, vec![2, 3]));
        assert_eq!(parsed("xsd:int[][2]"), ("xsd:int", 1, vec![2]));
        assert_eq!(parsed("xsd:int[][,][2]"), ("xsd:int", 2, vec![2]));
        assert_eq!(parsed("Struct"), ("Struct", 0, vec![0]));
        assert_eq!(parsed("x[-1]"), ("x", 0, vec![0]));
        assert_eq!(parsed("x[99999999999999999999]"), ("x", 0, vec![0]));
        assert_eq!(parsed(&format!("x[{}1]", "1,".repeat(99))), ("x", 0, vec![0]));
        assert_eq!(parsed("x[[[[]]]]").0, "x");
        assert_eq!(parsed("é[").0, "é");
    }

    #[test]
    fn indices_count_in_the_order_of_sending() {
        let plane = Dimensions::of_array_size("2 3");
        assert_eq!(plane.index("[1,2]"), Some(5));
        assert_eq!(plane.index("[1]"), Some(3));
        assert_eq!(plane.index("[1,2,3]"), None);
        assert_eq!(plane.index("1"), None);
        let line = Dimensions::of_array_size("*");
        assert_eq!((line.index("[7]"), line.announced()), (Some(7), 0));
        assert_eq!(Dimensions::of_array_size("2 *").nested(), [2]);
        let huge = Dimensions::of_array_size("9 99999999999 99999999999");
        assert_eq!(huge.index("[9999999999,1,1]"), Some(usize::MAX));
    }
}
