//! JSON as types, with errors that have a place.

use crate::diagnostic::Diagnostic;
use crate::source::{Source, escape};
use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;
use std::sync::Arc;

/// Parses a JSON text.
///
/// # Errors
/// Invalid JSON, or a value of another type than the key has.
pub(crate) fn parse<T: DeserializeOwned>(source: &Arc<Source>) -> Result<T, Diagnostic> {
    let text = source.text.trim_start_matches('\u{feff}');
    // Following the path costs time, so it is done only to report an error.
    match serde_json::from_str(text) {
        Ok(document) => Ok(document),
        Err(plain) => {
            let mut json = serde_json::Deserializer::from_str(text);
            let error = match serde_path_to_error::deserialize::<_, T>(&mut json) {
                Err(error) => error,
                Ok(_) => return Err(syntax(source, &plain)),
            };
            let pointer: String = error
                .path()
                .iter()
                .filter_map(|segment| match segment {
                    Segment::Map { key } => Some(format!("/{}", escape(key))),
                    Segment::Seq { index } => Some(format!("/{index}")),
                    Segment::Enum { .. } | Segment::Unknown => None,
                })
                .collect();
            Err(match plain.classify() {
                serde_json::error::Category::Data => data(source, &plain, pointer),
                _ => syntax(source, &plain),
            })
        }
    }
}

/// Returns the error for JSON of another type than the document must have there.
fn data(source: &Arc<Source>, error: &serde_json::Error, pointer: String) -> Diagnostic {
    let message = message(error);
    let quoted = || message.split('`').nth(1).unwrap_or_default();
    if message.starts_with("missing field") {
        let key = quoted();
        let error = Diagnostic::error(format!("missing key `{key}`")).at_pointer(source, pointer);
        return error.help(format!("add `{key}`, or fetch the document again"));
    }
    if message.starts_with("duplicate field") || message.starts_with("duplicate key") {
        let key = quoted();
        let end = source.offset(error.line(), error.column().saturating_add(1));
        let written = serde_json::to_string(key).unwrap_or_default();
        let error = Diagnostic::error(format!("duplicate key `{key}`"));
        let error = match source.text.get(..end).and_then(|before| before.rfind(&written)) {
            Some(second) => {
                let pointer = match pointer.ends_with(&format!("/{}", escape(key))) {
                    true => pointer,
                    false => format!("{pointer}/{}", escape(key)),
                };
                error.at_key(source, pointer, second..second.saturating_add(written.len()))
            }
            None => error.at_pointer(source, pointer),
        };
        return error.help("remove one of the two: readers of JSON differ in which one counts");
    }
    let Some((found, expected)) = message.strip_prefix("invalid type: ").and_then(|m| m.split_once(", expected "))
    else {
        return Diagnostic::error(message).at_pointer(source, pointer);
    };
    let expected = match expected {
        text if text.starts_with("struct ") || text == "a map" => "an object",
        "a sequence" => "a list",
        "a boolean" => "`true` or `false`",
        text => text,
    };
    let (found, value) = match found.split_once(' ') {
        Some(("string", text)) => (format!("the string {text}"), Some(text)),
        Some(("integer" | "boolean", text)) => (text.to_owned(), Some(text.trim_matches('`'))),
        _ => match found {
            "sequence" => ("a list".to_owned(), None),
            "map" => ("an object".to_owned(), None),
            text => (text.to_owned(), None),
        },
    };
    let help = match (value, expected) {
        (Some(value), "a list") => format!("a list of one is `[{value}]`"),
        (Some(value), "a string") => format!("as a string it is `\"{value}\"`"),
        _ => format!("write {expected} here"),
    };
    Diagnostic::error(format!("expected {expected}, found {found}")).at_pointer(source, pointer).help(help)
}

/// Returns the error for invalid JSON.
fn syntax(source: &Arc<Source>, error: &serde_json::Error) -> Diagnostic {
    let end = source.offset(error.line(), error.column());
    let before = source.text.get(..end).unwrap_or_default();
    let start = before.char_indices().next_back().map_or(end, |(i, _)| i);
    let help = match error.classify() {
        serde_json::error::Category::Eof => "the document ends early: fetch it again",
        _ if error.to_string().starts_with("recursion limit") => "documents nest up to 127 levels deep",
        _ if is_named_yaml(source) => "a document that begins with a brace and a quote is read as JSON, not as YAML",
        _ => "the document must be JSON",
    };
    Diagnostic::error(message(error)).at_span(source, start..end.max(start)).help(help)
}

/// Returns `true` for a file with an extension of YAML.
fn is_named_yaml(source: &Source) -> bool {
    source.path().extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}

/// Returns the message of `serde_json` without the position, which a diagnostic shows itself.
fn message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message).to_owned()
}
