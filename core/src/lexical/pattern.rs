//! Regular expressions of schemas (XML Schema 1.0 part 2, appendix F), translated for the `regex` crate.
//!
//! They match a whole value in linear time; `^` and `$` are ordinary characters. An expression that is
//! malformed, or whose automaton would exceed a fixed size, is an error.

use std::fmt::Write as _;
use std::iter::Peekable;
use std::str::Chars;

use regex::{Regex, RegexBuilder};

use super::blocks::block;
use super::message::quoted;
use super::string::{NAME_MORE, NAME_START};
use crate::error::{Error, Result};

/// Bytes of a compiled expression; `\c{1,255}` fits.
const SIZE_LIMIT: usize = 2 << 20;
/// Classes subtracted from classes.
const DEPTH_LIMIT: u32 = 50;
/// The general categories (appendix F.1.1), but that of surrogates, which no text holds.
const CATEGORIES: &str =
    " L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po Z Zs Zl Zp S Sm Sc Sk So C Cc Cf Co Cn ";
const BROKEN_QUANTITY: &str = "has a quantity that is not {n}, {n,} or {n,m}";
/// A class without members.
const NOTHING: &str = r"[^\x{0}-\x{10FFFF}]";

/// A compiled pattern.
#[derive(Debug, Clone)]
pub struct Pattern(Regex);

impl Pattern {
    /// Compiles an expression.
    pub fn new(expression: &str) -> Result<Self> {
        let translated = Translator::translate(expression)
            .map_err(|reason| Error::wsdl(format!("pattern {} {reason}", quoted(expression))))?;
        match RegexBuilder::new(&translated).size_limit(SIZE_LIMIT).dfa_size_limit(SIZE_LIMIT).build() {
            Ok(regex) => Ok(Self(regex)),
            Err(regex::Error::CompiledTooBig(_)) => {
                Err(Error::wsdl(format!("pattern {} is too large", quoted(expression))))
            }
            Err(error) => {
                Err(Error::wsdl(format!("pattern {} is not valid", quoted(expression))).with_source(error))
            }
        }
    }

    /// Whether the whole text matches.
    pub fn is_match(&self, text: &str) -> bool {
        self.0.is_match(text)
    }
}

type Translated<T> = std::result::Result<T, &'static str>;

/// What a backslash and the characters after it stand for.
enum Escape {
    Char(char),
    /// A class in brackets, good inside and outside of another class.
    Class(String),
}

struct Translator<'p> {
    chars: Peekable<Chars<'p>>,
    out: String,
}

impl<'p> Translator<'p> {
    fn translate(expression: &'p str) -> Translated<String> {
        let mut translator = Self { chars: expression.chars().peekable(), out: String::from(r"\A(?:") };
        translator.branches()?;
        translator.out.push_str(r")\z");
        Ok(translator.out)
    }

    /// `regExp` [1]: atoms and their quantifiers, groups opened and closed as they come.
    fn branches(&mut self) -> Translated<()> {
        let mut open_groups = 0_u32;
        let mut is_atom = false;
        while let Some(c) = self.chars.next() {
            let was_atom = std::mem::replace(&mut is_atom, true);
            match c {
                '?' | '*' | '+' | '{' => {
                    if !was_atom {
                        return Err("has a quantifier with nothing before it");
                    }
                    self.quantifier(c)?;
                    is_atom = false;
                }
                '|' => {
                    self.out.push('|');
                    is_atom = false;
                }
                '(' => {
                    open_groups += 1;
                    self.out.push_str("(?:");
                    is_atom = false;
                }
                ')' => {
                    open_groups = open_groups.checked_sub(1).ok_or("closes a group that is not open")?;
                    self.out.push(')');
                }
                '.' => self.out.push_str(r"[^\n\r]"),
                '[' => self.class(DEPTH_LIMIT)?,
                '\\' => match self.escape()? {
                    Escape::Char(c) => self.literal(c),
                    Escape::Class(class) => self.out.push_str(&class),
                },
                c => self.literal(c),
            }
        }
        if open_groups == 0 {
            Ok(())
        } else {
            Err("leaves a group open")
        }
    }

    fn literal(&mut self, c: char) {
        if c.is_ascii_alphanumeric() {
            self.out.push(c);
        } else {
            let _ = write!(self.out, "\\x{{{:X}}}", u32::from(c));
        }
    }

    /// `quantifier` [4] of which the first character is taken.
    fn quantifier(&mut self, first: char) -> Translated<()> {
        if first != '{' {
            self.out.push(first);
            return Ok(());
        }
        let low = self.number().ok_or(BROKEN_QUANTITY)?;
        let _ = write!(self.out, "{{{low}");
        if self.chars.next_if_eq(&',').is_some() {
            self.out.push(',');
            if let Some(high) = self.number() {
                if high < low {
                    return Err("has a quantity of which the end is below the start");
                }
                let _ = write!(self.out, "{high}");
            }
        }
        self.out.push('}');
        self.chars.next_if_eq(&'}').map(drop).ok_or(BROKEN_QUANTITY)
    }

    fn number(&mut self) -> Option<u32> {
        let mut digits = String::new();
        while let Some(digit) = self.chars.next_if(char::is_ascii_digit) {
            digits.push(digit);
        }
        digits.parse().ok()
    }

    /// `charClassExpr` [12] of which the bracket is taken.
    fn class(&mut self, depth: u32) -> Translated<()> {
        let depth = depth.checked_sub(1).ok_or("nests classes too deeply")?;
        // The outer bracket holds a subtraction, and does no harm without one.
        self.out.push_str("[[");
        if self.chars.next_if_eq(&'^').is_some() {
            self.out.push('^');
        }
        let mut is_empty = true;
        loop {
            let c = self.chars.next().ok_or("leaves a class open")?;
            match c {
                ']' if is_empty => return Err("has an empty class"),
                ']' => break,
                '-' if !is_empty && self.chars.next_if_eq(&'[').is_some() => {
                    self.out.push_str("]--");
                    self.class(depth)?;
                    self.out.push(']');
                    return self.chars.next_if_eq(&']').map(drop).ok_or("has more after a subtraction");
                }
                '\\' => match self.escape()? {
                    Escape::Char(c) => self.range(c)?,
                    Escape::Class(class) => self.out.push_str(&class),
                },
                c => self.range(c)?,
            }
            is_empty = false;
        }
        self.out.push_str("]]");
        Ok(())
    }

    /// A character of a class, or a range [15] that starts with it.
    fn range(&mut self, low: char) -> Translated<()> {
        self.literal(low);
        let mut ahead = self.chars.clone();
        let is_range = ahead.next() == Some('-') && !matches!(ahead.next(), Some('[' | ']') | None);
        if !is_range {
            return Ok(());
        }
        self.chars.next();
        let high = match self.chars.next().ok_or("leaves a class open")? {
            '\\' => match self.escape()? {
                Escape::Char(c) => c,
                Escape::Class(_) => return Err("has a range that ends with a class"),
            },
            c => c,
        };
        if high < low {
            return Err("has a range of which the end is below the start");
        }
        self.out.push('-');
        self.literal(high);
        Ok(())
    }

    /// `charClassEsc` [23] of which the backslash is taken.
    fn escape(&mut self) -> Translated<Escape> {
        let c = self.chars.next().ok_or("ends with a backslash")?;
        let class = match c {
            'n' => return Ok(Escape::Char('\n')),
            'r' => return Ok(Escape::Char('\r')),
            't' => return Ok(Escape::Char('\t')),
            // More than the standard allows, but there is only one thing it can mean.
            c if c.is_ascii_punctuation() => return Ok(Escape::Char(c)),
            's' => r"[ \t\n\r]".to_owned(),
            'S' => r"[^ \t\n\r]".to_owned(),
            'd' => r"\p{Nd}".to_owned(),
            'D' => r"\P{Nd}".to_owned(),
            'w' => r"[^\p{P}\p{Z}\p{C}]".to_owned(),
            'W' => r"[\p{P}\p{Z}\p{C}]".to_owned(),
            'i' => bracket("", &[NAME_START]),
            'I' => bracket("^", &[NAME_START]),
            'c' => bracket("", &[NAME_START, NAME_MORE]),
            'C' => bracket("^", &[NAME_START, NAME_MORE]),
            'p' => self.property("")?,
            'P' => self.property("^")?,
            _ => return Err("has an escape that does not exist"),
        };
        Ok(Escape::Class(class))
    }

    /// `charProp` [27] in braces: a general category, or `Is` and a block.
    fn property(&mut self, negation: &str) -> Translated<String> {
        self.chars.next_if_eq(&'{').ok_or(r"has \p without a name in braces")?;
        let mut name = String::new();
        while let Some(c) = self.chars.next_if(|c| c.is_ascii_alphanumeric() || *c == '-') {
            name.push(c);
        }
        self.chars.next_if_eq(&'}').ok_or(r"has \p without a name in braces")?;
        if let Some(name) = name.strip_prefix("Is") {
            let ranges = block(name).ok_or("names a block that does not exist")?;
            return Ok(bracket(negation, &[&ranges]));
        }
        if !CATEGORIES.contains(&format!(" {name} ")) {
            return Err("names a category that does not exist");
        }
        Ok(format!("[{negation}\\p{{{name}}}]"))
    }
}

fn bracket(negation: &str, sets: &[&[(char, char)]]) -> String {
    let mut out = format!("[{negation}");
    for (low, high) in sets.iter().copied().flatten() {
        let _ = write!(out, "\\x{{{:X}}}-\\x{{{:X}}}", u32::from(*low), u32::from(*high));
    }
    if sets.iter().all(|set| set.is_empty()) {
        out.push_str(NOTHING);
    }
    out.push(']');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, matching: &[&str], other: &[&str]) {
        let compiled = Pattern::new(pattern).unwrap_or_else(|error| panic!("{error}"));
        for text in matching {
            assert!(compiled.is_match(text), "{pattern} must match {text:?}");
        }
        for text in other {
            assert!(!compiled.is_match(text), "{pattern} must not match {text:?}");
        }
    }

    #[test]
    fn whole_values_match() {
        check("[0-9]{3}", &["123"], &["1234", "12", "x123", "123\n"]);
        check("a|bc", &["a", "bc"], &["ac", "abc", "b"]);
        check("^a$", &["^a$"], &["a"]);
        check("", &[""], &["a"]);
        check("(a|)b?", &["", "a", "ab", "b"], &["ba"]);
        check("a{2,}", &["aa", "aaa"], &["a"]);
        check("a{0}", &[""], &["a"]);
        check(".", &["a", "é", "\u{85}", "\u{2028}"], &["\n", "\r", ""]);
    }

    #[test]
    fn classes() {
        check("[a-z-[aeiou]]+", &["xyz"], &["a", "xay"]);
        check("[^a-z-[AEIOU]]", &["X", "1"], &["A", "b"]);
        check(r"[\i-[:]][\c-[:]]*", &["a1", "é-.b", "_"], &["1a", "a:b", ""]);
        check(r"[a-z-[b-y-[m]]]", &["a", "m", "z"], &["b", "n"]);
        check("[-a]+", &["-", "a-"], &["b"]);
        check("[a-]+", &["-", "a-"], &["b"]);
        check(r"[\-\]\[\\^&~]+", &["-", "]", "[", "\\", "^", "&&~~"], &["a"]);
        check(r"[\d\s]+", &["1 ٣\t"], &["a", "\u{a0}"]);
        check(r"[^\S]", &[" "], &["a"]);
        check(r"[&&a]", &["&", "a"], &["b"]);
    }

    #[test]
    fn escapes() {
        check(r"\d\D\w\W\s\S", &["1aé- x"], &["11é- x", "1aé-\u{a0}x"]);
        check(r"\p{Lu}\P{Lu}\p{L}", &["Aaé"], &["aaé"]);
        check(r"\p{IsBasicLatin}+", &["abc~"], &["é"]);
        check(r"\P{IsGreek}", &["a"], &["α"]);
        check(r"\p{IsPrivateUse}\p{IsSpecials}", &["\u{e000}\u{fffd}"], &["aa"]);
        check(r"\P{IsLowSurrogates}", &["a"], &[""]);
        check(r"\.\n\t\r\(\)\$\/\@", &[".\n\t\r()$/@"], &["a"]);
        check(r"\I\C", &["1/"], &["a/", "1a"]);
    }

    #[test]
    fn malformed_expressions_are_errors() {
        for pattern in [
            "(",
            ")",
            "[",
            "[]",
            "[^]",
            "a**",
            "a*?",
            "?",
            "(?:a)",
            "(?i)a",
            "|*",
            r"\",
            r"\b",
            r"\1",
            r"\p",
            r"\pL",
            r"\p{Greek}",
            r"\p{IsKlingon}",
            "a{",
            "a{,2}",
            "a{2,1}",
            "a{x}",
            "[z-a]",
            r"[a-\d]",
            "[a-[b]c]",
            "[a",
            "a{99999999999}",
        ] {
            assert!(Pattern::new(pattern).is_err(), "{pattern}");
        }
    }

    #[test]
    fn hostile_expressions_are_refused_quickly() {
        for pattern in [
            "((((a{1000}){1000}){1000}){1000}){1000}".to_owned(),
            r"\p{L}{1000000}".to_owned(),
            "(".repeat(100_000) + &")".repeat(100_000),
            "[a-".repeat(100_000) + &"]".repeat(100_000),
            "a|".repeat(1_000_000),
        ] {
            assert!(Pattern::new(&pattern).is_err(), "{}", &pattern[..12]);
        }
        assert!(Pattern::new("(){4000000000}").unwrap().is_match(""));
        let backtracking = Pattern::new("(a*)*b").unwrap();
        assert!(!backtracking.is_match(&"a".repeat(100_000)));
    }
}
