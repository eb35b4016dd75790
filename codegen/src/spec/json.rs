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
            if plain.classify() == serde_json::error::Category::Data {
                let message = message(&plain);
                // A key that is missing or twice is a fault of the object that it should be in.
                Err(Diagnostic::error(message).at_pointer(source, pointer))
            } else {
                Err(syntax(source, &plain))
            }
        }
    }
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
