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
            None => Diagnostic::error(
                message.replace("missing field ", "missing key ").replace("expected a sequence", "expected a list"),
            ),
        };
        match error.span() {
            Some(span) => diagnostic.at_span(source, span),
            None => diagnostic.in_source(source),
        }
    })
}
