//! Words in place of characters that Rust names cannot contain.

use std::borrow::Cow;

/// Signs at the beginning of a value that alone may distinguish it from another one.
const BEFORE: [char; 8] = ['+', '-', '<', '>', '=', '!', '~', '*'];
/// Signs at its end that may.
const AFTER: [char; 5] = ['+', '-', '#', '%', '*'];

/// Returns a value with words in place of the signs at its beginning and end: `-name`, `+1`, `>=5`, `A+` and `C#` differ
/// from `name`, `1`, `5`, `A` and `C` by these alone.
pub(super) fn with_signs(value: &str) -> Cow<'_, str> {
    let inner = value.trim_start_matches(BEFORE);
    let core = inner.trim_end_matches(AFTER);
    let numbers = with_signs_of_numbers(core);
    if core.len() == value.len() && matches!(numbers, Cow::Borrowed(_))
        || !core.contains(|c: char| c.is_ascii_alphanumeric())
    {
        return Cow::Borrowed(value);
    }
    let before = value.strip_suffix(inner).unwrap_or_default().chars().map(|c| format!("{}_", word(c)));
    let after = inner.strip_prefix(core).unwrap_or_default().chars().map(|c| format!("_{}", word(c)));
    Cow::Owned(before.chain([numbers.into_owned()]).chain(after).collect())
}

/// Returns a value with words in place of the signs of numbers in it: `GMT+1` and `GMT-1`, `x-+1` and `x--1` differ by
/// these alone. A hyphen behind a letter or digit separates words.
fn with_signs_of_numbers(value: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut written = 0;
    let mut before = None;
    for (at, c) in value.char_indices() {
        let rest = value.get(at.saturating_add(1)..).unwrap_or_default();
        let is_sign = c == '+' || c == '-' && before.is_some_and(|before: char| !before.is_alphanumeric());
        if is_sign && rest.starts_with(|c: char| c.is_ascii_digit()) {
            out.push_str(value.get(written..at).unwrap_or_default());
            out.push_str(if c == '+' { "_plus_" } else { "_minus_" });
            written = at.saturating_add(1);
        }
        before = Some(c);
    }
    if written == 0 {
        return Cow::Borrowed(value);
    }
    out.push_str(value.get(written..).unwrap_or_default());
    Cow::Owned(out)
}

/// Returns the name of a character that Rust names cannot contain, or its number.
pub(super) fn word(c: char) -> Cow<'static, str> {
    Cow::Borrowed(match c {
        ' ' => "space",
        '!' => "not",
        '"' => "quote",
        '#' => "sharp",
        '$' => "dollar",
        '%' => "percent",
        '&' => "and",
        '\'' => "apostrophe",
        '(' => "left_parenthesis",
        ')' => "right_parenthesis",
        '*' => "star",
        '+' => "plus",
        ',' => "comma",
        '-' => "minus",
        '.' => "dot",
        '/' => "slash",
        ':' => "colon",
        ';' => "semicolon",
        '<' => "less",
        '=' => "equal",
        '>' => "greater",
        '?' => "question",
        '@' => "at",
        '[' => "left_bracket",
        '\\' => "backslash",
        ']' => "right_bracket",
        '^' => "caret",
        '_' => "underscore",
        '`' => "backtick",
        '{' => "left_brace",
        '|' => "or",
        '}' => "right_brace",
        '~' => "tilde",
        other => return Cow::Owned(format!("u{:04x}", other as u32)),
    })
}
