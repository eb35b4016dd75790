//! JSON that a terminal may show.

use super::is_line_char;
use serde::Serialize;

/// Returns a value as indented JSON, with escapes for the characters of strings that a terminal would interpret.
///
/// # Errors
/// When the value cannot be serialized, such as a map with keys that are not text.
pub(crate) fn pretty(value: &impl Serialize) -> serde_json::Result<String> {
    // Controls occur within strings only, in which they may be escaped.
    serde_json::to_string_pretty(value).map(escape)
}

/// Returns a value as JSON on one line, with the same escapes.
pub(crate) fn line(value: &serde_json::Value) -> String {
    escape(value.to_string())
}

fn escape(text: String) -> String {
    if text.chars().all(|c| c == '\n' || is_line_char(c)) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push(c),
            // All of these are in the basic plane.
            c if !is_line_char(c) => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{escape, line};

    #[test]
    fn controls_are_rendered_as_escapes() {
        let json = escape("{\n  \"a\u{9b}\": \"\u{202e}\"\n}".to_owned());
        assert_eq!(json, "{\n  \"a\\u009b\": \"\\u202e\"\n}");
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(value["a\u{9b}"], "\u{202e}");
        assert_eq!(line(&value), json.replace(['\n', ' '], ""));
    }
}
