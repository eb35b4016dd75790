//! JSON that a terminal may show.

use super::line::{is_command, is_line_char};
use serde::Serialize;

/// Returns a value as indented JSON, with escapes for the characters of strings that a terminal, or the runner
/// of a workflow, would interpret.
///
/// # Errors
/// When the value cannot be serialized, such as a map with keys that are not text.
pub(crate) fn pretty(value: &impl Serialize) -> serde_json::Result<String> {
    // Controls and number signs occur within strings only, in which they may be escaped.
    serde_json::to_string_pretty(value).map(escape)
}

/// Returns a value as JSON on one line, with the same escapes.
pub(crate) fn line(value: &serde_json::Value) -> String {
    escape(value.to_string())
}

fn escape(text: String) -> String {
    if !text.contains("##") && text.chars().all(|c| c == '\n' || is_line_char(c)) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let is_escaped = c != '\n' && !is_line_char(c) || text.get(at..).is_some_and(is_command);
        match is_escaped {
            // All of these are in the basic plane.
            true => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            false => out.push(c),
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
        assert_eq!(line(&"##[error]".into()), "\"\\u0023#[error]\"");
    }
}
