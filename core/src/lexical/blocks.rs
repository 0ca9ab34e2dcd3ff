//! The Unicode blocks that regular expressions name (XML Schema 1.0 part 2, appendix F.1.1), with the two
//! names that Unicode gave some of them later.
//!
//! The ranges are those of the standard, not of today's Unicode, so that every processor agrees.

/// Name and inclusive range of each block of one range.
const BLOCKS: &[(&str, char, char)] = &[
    ("BasicLatin", '\u{0}', '\u{7f}'),
    ("Latin-1Supplement", '\u{80}', '\u{ff}'),
    ("LatinExtended-A", '\u{100}', '\u{17f}'),
    ("LatinExtended-B", '\u{180}', '\u{24f}'),
    ("IPAExtensions", '\u{250}', '\u{2af}'),
    ("SpacingModifierLetters", '\u{2b0}', '\u{2ff}'),
    ("CombiningDiacriticalMarks", '\u{300}', '\u{36f}'),
    ("Greek", '\u{370}', '\u{3ff}'),
    ("GreekandCoptic", '\u{370}', '\u{3ff}'),
    ("Cyrillic", '\u{400}', '\u{4ff}'),
    ("Armenian", '\u{530}', '\u{58f}'),
    ("Hebrew", '\u{590}', '\u{5ff}'),
    ("Arabic", '\u{600}', '\u{6ff}'),
    ("Syriac", '\u{700}', '\u{74f}'),
    ("Thaana", '\u{780}', '\u{7bf}'),
    ("Devanagari", '\u{900}', '\u{97f}'),
    ("Bengali", '\u{980}', '\u{9ff}'),
    ("Gurmukhi", '\u{a00}', '\u{a7f}'),
    ("Gujarati", '\u{a80}', '\u{aff}'),
    ("Oriya", '\u{b00}', '\u{b7f}'),
    ("Tamil", '\u{b80}', '\u{bff}'),
    ("Telugu", '\u{c00}', '\u{c7f}'),
    ("Kannada", '\u{c80}', '\u{cff}'),
    ("Malayalam", '\u{d00}', '\u{d7f}'),
    ("Sinhala", '\u{d80}', '\u{dff}'),
    ("Thai", '\u{e00}', '\u{e7f}'),
    ("Lao", '\u{e80}', '\u{eff}'),
    ("Tibetan", '\u{f00}', '\u{fff}'),
    ("Myanmar", '\u{1000}', '\u{109f}'),
    ("Georgian", '\u{10a0}', '\u{10ff}'),
    ("HangulJamo", '\u{1100}', '\u{11ff}'),
    ("Ethiopic", '\u{1200}', '\u{137f}'),
    ("Cherokee", '\u{13a0}', '\u{13ff}'),
    ("UnifiedCanadianAboriginalSyllabics", '\u{1400}', '\u{167f}'),
    ("Ogham", '\u{1680}', '\u{169f}'),
    ("Runic", '\u{16a0}', '\u{16ff}'),
    ("Khmer", '\u{1780}', '\u{17ff}'),
    ("Mongolian", '\u{1800}', '\u{18af}'),
    ("LatinExtendedAdditional", '\u{1e00}', '\u{1eff}'),
    ("GreekExtended", '\u{1f00}', '\u{1fff}'),
    ("GeneralPunctuation", '\u{2000}', '\u{206f}'),
    ("SuperscriptsandSubscripts", '\u{2070}', '\u{209f}'),
    ("CurrencySymbols", '\u{20a0}', '\u{20cf}'),
    ("CombiningMarksforSymbols", '\u{20d0}', '\u{20ff}'),
    ("CombiningDiacriticalMarksforSymbols", '\u{20d0}', '\u{20ff}'),
    ("LetterlikeSymbols", '\u{2100}', '\u{214f}'),
    ("NumberForms", '\u{2150}', '\u{218f}'),
    ("Arrows", '\u{2190}', '\u{21ff}'),
    ("MathematicalOperators", '\u{2200}', '\u{22ff}'),
    ("MiscellaneousTechnical", '\u{2300}', '\u{23ff}'),
    ("ControlPictures", '\u{2400}', '\u{243f}'),
    ("OpticalCharacterRecognition", '\u{2440}', '\u{245f}'),
    ("EnclosedAlphanumerics", '\u{2460}', '\u{24ff}'),
    ("BoxDrawing", '\u{2500}', '\u{257f}'),
    ("BlockElements", '\u{2580}', '\u{259f}'),
    ("GeometricShapes", '\u{25a0}', '\u{25ff}'),
    ("MiscellaneousSymbols", '\u{2600}', '\u{26ff}'),
    ("Dingbats", '\u{2700}', '\u{27bf}'),
    ("BraillePatterns", '\u{2800}', '\u{28ff}'),
    ("CJKRadicalsSupplement", '\u{2e80}', '\u{2eff}'),
    ("KangxiRadicals", '\u{2f00}', '\u{2fdf}'),
    ("IdeographicDescriptionCharacters", '\u{2ff0}', '\u{2fff}'),
    ("CJKSymbolsandPunctuation", '\u{3000}', '\u{303f}'),
    ("Hiragana", '\u{3040}', '\u{309f}'),
    ("Katakana", '\u{30a0}', '\u{30ff}'),
    ("Bopomofo", '\u{3100}', '\u{312f}'),
    ("HangulCompatibilityJamo", '\u{3130}', '\u{318f}'),
    ("Kanbun", '\u{3190}', '\u{319f}'),
    ("BopomofoExtended", '\u{31a0}', '\u{31bf}'),
    ("EnclosedCJKLettersandMonths", '\u{3200}', '\u{32ff}'),
    ("CJKCompatibility", '\u{3300}', '\u{33ff}'),
    ("CJKUnifiedIdeographsExtensionA", '\u{3400}', '\u{4db5}'),
    ("CJKUnifiedIdeographs", '\u{4e00}', '\u{9fff}'),
    ("YiSyllables", '\u{a000}', '\u{a48f}'),
    ("YiRadicals", '\u{a490}', '\u{a4cf}'),
    ("HangulSyllables", '\u{ac00}', '\u{d7a3}'),
    ("CJKCompatibilityIdeographs", '\u{f900}', '\u{faff}'),
    ("AlphabeticPresentationForms", '\u{fb00}', '\u{fb4f}'),
    ("ArabicPresentationForms-A", '\u{fb50}', '\u{fdff}'),
    ("CombiningHalfMarks", '\u{fe20}', '\u{fe2f}'),
    ("CJKCompatibilityForms", '\u{fe30}', '\u{fe4f}'),
    ("SmallFormVariants", '\u{fe50}', '\u{fe6f}'),
    ("ArabicPresentationForms-B", '\u{fe70}', '\u{fefe}'),
    ("HalfwidthandFullwidthForms", '\u{ff00}', '\u{ffef}'),
    ("OldItalic", '\u{10300}', '\u{1032f}'),
    ("Gothic", '\u{10330}', '\u{1034f}'),
    ("Deseret", '\u{10400}', '\u{1044f}'),
    ("ByzantineMusicalSymbols", '\u{1d000}', '\u{1d0ff}'),
    ("MusicalSymbols", '\u{1d100}', '\u{1d1ff}'),
    ("MathematicalAlphanumericSymbols", '\u{1d400}', '\u{1d7ff}'),
    ("CJKUnifiedIdeographsExtensionB", '\u{20000}', '\u{2a6d6}'),
    ("CJKCompatibilityIdeographsSupplement", '\u{2f800}', '\u{2fa1f}'),
    ("Tags", '\u{e0000}', '\u{e007f}'),
];

const PRIVATE_USE: &[(char, char)] =
    &[('\u{e000}', '\u{f8ff}'), ('\u{f0000}', '\u{ffffd}'), ('\u{100000}', '\u{10fffd}')];
const SPECIALS: &[(char, char)] = &[('\u{feff}', '\u{feff}'), ('\u{fff0}', '\u{fffd}')];

/// The ranges of a block by its name, without the leading `Is`.
pub(super) fn block(name: &str) -> Option<Vec<(char, char)>> {
    match name {
        "PrivateUse" => Some(PRIVATE_USE.to_vec()),
        "Specials" => Some(SPECIALS.to_vec()),
        // No text holds a lone surrogate.
        "HighSurrogates" | "HighPrivateUseSurrogates" | "LowSurrogates" => Some(Vec::new()),
        _ => BLOCKS.iter().find(|(own, _, _)| *own == name).map(|&(_, low, high)| vec![(low, high)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_in_order_and_do_not_overlap() {
        for pair in BLOCKS.windows(2) {
            let (first, second) = (pair[0], pair[1]);
            let is_alias = (first.1, first.2) == (second.1, second.2);
            assert!(first.1 <= first.2 && (is_alias || first.2 < second.1), "{} {}", first.0, second.0);
        }
        assert_eq!(block("BasicLatin").unwrap(), [('\0', '\u{7f}')]);
        assert!(block("Klingon").is_none());
    }
}
