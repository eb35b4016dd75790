//! Text on one line: without line endings of any kind, control characters and characters that turn its direction.

use std::borrow::Cow;
use std::fmt::{Display, Write};

/// Returns a number with a noun, in the plural if it is not one: `2 files`.
pub fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// Returns names between backticks, with a separator between them: `` `a`, `b` ``.
pub(crate) fn quoted(names: impl IntoIterator<Item: Display>, separator: &str) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    names.join(separator)
}

/// Returns `true` if a character may be part of a line: not a control character (line endings, NUL and ESC are), a line
/// or paragraph separator, or a bidirectional control.
pub fn is_line_char(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Returns `true` if a text begins with `##[` or a form of it with a word, such as `##vso[`: runners of GitHub, Azure and
/// TeamCity take such text for a command, anywhere in a line of the log.
pub(crate) fn is_command(text: &str) -> bool {
    let rest = text.strip_prefix("##").unwrap_or_default();
    rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).starts_with('[')
}

/// Returns human-readable text, such as a title, as one line: a run of whitespace is one space, other characters that
/// are not for a line are left out.
pub fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() && c != '\u{a0}').filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(|word| word.chars().filter(|c| is_line_char(*c)).collect()).collect();
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// First and last of ranges of characters that no font shows, so that a name with one looks like a name without: those
/// that Unicode lets programs ignore (`Default_Ignorable_Code_Point`), marks of annotations, and blank letters.
const INVISIBLE: &[(char, char)] = &[
    ('\u{ad}', '\u{ad}'),
    ('\u{115f}', '\u{1160}'),
    ('\u{17b4}', '\u{17b5}'),
    ('\u{180e}', '\u{180e}'),
    ('\u{200b}', '\u{200b}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{2800}', '\u{2800}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{ffa0}', '\u{ffa0}'),
    ('\u{fff0}', '\u{fffb}'),
    ('\u{1bca0}', '\u{1bca3}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{e0000}', '\u{e0001}'),
];

/// Those that change the character before them, as in emoji and in scripts such as Persian.
const JOINERS: &[(char, char)] = &[
    ('\u{34f}', '\u{34f}'),
    ('\u{180b}', '\u{180d}'),
    ('\u{180f}', '\u{180f}'),
    ('\u{200c}', '\u{200d}'),
    ('\u{fe00}', '\u{fe0f}'),
    ('\u{e0002}', '\u{e0fff}'),
];

fn is_in(ranges: &[(char, char)], c: char) -> bool {
    !c.is_ascii() && ranges.iter().any(|(first, last)| (*first..=*last).contains(&c))
}

/// Returns text as one line in which every other character, and every invisible one, shows as its escape in Rust, such
/// as `\u{1b}`. Joiners stay, unless they follow ASCII, in which they have no effect.
pub fn visible(text: &str) -> Cow<'_, str> {
    let is_plain = |c: char| is_line_char(c) && !is_in(INVISIBLE, c);
    if text.chars().all(|c| is_plain(c) && !is_in(JOINERS, c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len().saturating_add(16));
    let mut follows_ascii = true;
    for c in text.chars() {
        if is_plain(c) && !(follows_ascii && is_in(JOINERS, c)) {
            out.push(c);
            follows_ascii = c.is_ascii();
        } else {
            // Writing to a string never fails.
            let _ = write!(out, "{}", c.escape_unicode());
        }
    }
    Cow::Owned(out)
}

/// Number of bytes of the longest text that a message shows whole, and of characters that it shows of a longer one.
const LONG: usize = 1_000;
const SHOWN: usize = 100;

/// Returns the beginning of a text that is too long for a message, with an ellipsis; any other text whole.
pub fn shortened(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) if text.len() > LONG => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
        _ => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE_ENDS: &str = "a\nb\rc\u{85}d\u{2028}e\u{2029}f\u{b}g\u{c}h";

    #[test]
    fn titles_become_one_line() {
        assert_eq!(one_line(LINE_ENDS), "a b c d e f g h");
        assert_eq!(one_line(" X\r\n  Y\t"), "X Y");
        assert_eq!(one_line("\u{1b}[31mred\0 \u{202e}turned"), "[31mred turned");
        assert_eq!(one_line("no\u{a0}break"), "no\u{a0}break");
    }

    #[test]
    fn long_texts_are_shortened() {
        assert_eq!(shortened(&"é".repeat(LONG / 2)), "é".repeat(LONG / 2));
        assert_eq!(shortened(&"é".repeat(LONG)), format!("{}…", "é".repeat(SHOWN)));
    }

    #[test]
    fn controls_are_visible() {
        assert_eq!(visible("\u{1b}[31m"), "\\u{1b}[31m");
        assert!(visible(LINE_ENDS).chars().all(is_line_char));
        assert!(matches!(visible("plain — ünïcode"), Cow::Borrowed(_)));
    }

    #[test]
    fn invisible_characters_are_visible() {
        for c in ['\u{ad}', '\u{200b}', '\u{200d}', '\u{2060}', '\u{3164}', '\u{fe0f}', '\u{feff}', '\u{e0041}'] {
            assert_eq!(visible(&format!("i{c}{c}d")), format!("i{0}{0}d", c.escape_unicode()));
        }
        for text in ["👩\u{200d}💻", "❤\u{fe0f}", "می\u{200c}خواهم"] {
            assert_eq!(visible(text), text);
        }
    }
}
