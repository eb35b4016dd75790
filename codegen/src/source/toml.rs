//! TOML files, with errors that point to their place in the text.

use super::Source;
use crate::diagnostic::Diagnostic;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// Parses a TOML file.
///
/// # Errors
/// A syntax error, an unknown or missing key, or a value of another type than expected.
pub fn parse<T: DeserializeOwned>(source: &Arc<Source>) -> Result<T, Diagnostic> {
    ::toml::from_str(&source.text).map_err(|error| {
        let message = error.message().replace('\n', "; ");
        let unknown = message.strip_prefix("unknown field ").and_then(|rest| rest.split_once(", expected "));
        let diagnostic = match unknown {
            Some((key, expected)) => {
                let key = key.trim_matches('`');
                let expected: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
                Diagnostic::error(format!("unknown key `{key}`"))
                    .help(format!("expected one of: {}", expected.join(", ")))
                    .suggest(key, expected)
            }
            // Its span is the key, which the message does not name.
            None if message == "duplicate key" => {
                let key = error.span().and_then(|span| source.text.get(span)).unwrap_or_default();
                Diagnostic::error(format!("duplicate key `{key}`"))
            }
            None => Diagnostic::error(in_terms_of_toml(&message)),
        };
        match error.span() {
            Some(span) => diagnostic.at_span(source, span),
            None => diagnostic.in_source(source),
        }
    })
}

/// Returns a message of serde with the words of TOML in place of those of Rust.
pub(crate) fn in_terms_of_toml(message: &str) -> String {
    let message = [
        ("missing field ", "missing key "),
        ("unknown field ", "unknown key "),
        ("invalid type: map", "invalid type: table"),
        ("expected a map", "expected a table"),
        ("expected a sequence", "expected a list"),
        ("expected path string", "expected a string"),
    ]
    .iter()
    .fold(message.to_owned(), |message, (rust, toml)| message.replace(rust, toml));
    match message.split_once("expected struct ") {
        Some((before, _)) => format!("{before}expected a table"),
        None => message,
    }
}
