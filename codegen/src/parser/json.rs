//! JSON into types, with errors that know their place.

use crate::diagnostic::Diagnostic;
use crate::source::{Source, escape};
use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;
use std::sync::Arc;

/// Reads a JSON text.
///
/// # Errors
/// The first thing that is not JSON, or not of the type that the key has.
pub(crate) fn parse<T: DeserializeOwned>(source: &Arc<Source>) -> Result<T, Diagnostic> {
    let text = source.text.trim_start_matches('\u{feff}');
    // Following the path costs time, so it is asked for only where there is an error to tell.
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

/// JSON that is not what the document must have there: serde's words for it, as people would say it.
fn data(source: &Arc<Source>, error: &serde_json::Error, pointer: String) -> Diagnostic {
    let message = message(error);
    let quoted = || message.split('`').nth(1).unwrap_or_default();
    if message.starts_with("missing field") {
        let key = quoted();
        let error = Diagnostic::error(format!("`{key}` is missing here")).at_pointer(source, pointer);
        return error.help(format!("add `{key}`, or fetch the document again if it should be whole"));
    }
    if message.starts_with("duplicate field") || message.ends_with("is there twice") {
        let key = quoted();
        let error_at = source.offset(error.line(), error.column() + 1);
        let written = serde_json::to_string(key).unwrap_or_default();
        let error = Diagnostic::error(format!("the key `{key}` is there twice"));
        let error = match source.text[..error_at].rfind(&written) {
            Some(second) => {
                let pointer = match pointer.ends_with(&format!("/{}", escape(key))) {
                    true => pointer,
                    false => format!("{pointer}/{}", escape(key)),
                };
                error.at_key(source, pointer, second..second + written.len())
            }
            None => error.at_pointer(source, pointer),
        };
        return error.help("keep one of the two: readers of JSON do not agree on which one counts");
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
    Diagnostic::error(format!("this is {found}, where {expected} belongs")).at_pointer(source, pointer).help(help)
}

/// An error of the JSON itself, which knows its line and column.
fn syntax(source: &Arc<Source>, error: &serde_json::Error) -> Diagnostic {
    let end = source.offset(error.line(), error.column());
    let start = source.text[..end].char_indices().next_back().map_or(end, |(i, _)| i);
    let help = match error.classify() {
        serde_json::error::Category::Eof => "the document is cut off: fetch it again",
        _ if error.to_string().starts_with("recursion limit") => {
            "no document nests this deep: it is not one, or it is broken"
        }
        _ => "the document must be JSON",
    };
    Diagnostic::error(message(error)).at_span(source, start..end.max(start)).help(help)
}

/// What `serde_json` says, less the position, which a diagnostic shows better.
fn message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rfind(" at line ") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}
