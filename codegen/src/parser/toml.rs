//! Errors of TOML files, with their place.

use crate::diagnostic::Diagnostic;
use crate::source::Source;
use std::sync::Arc;

/// Returns an error of a TOML file as a diagnostic. `kind` is the kind of file in words, such as `an overlay`.
pub(crate) fn diagnostic(source: &Arc<Source>, error: &toml::de::Error, kind: &str) -> Diagnostic {
    let message = error.message().replace('\n', "; ");
    let diagnostic = match message.strip_prefix("unknown field ").and_then(|rest| rest.split_once(", expected ")) {
        Some((unknown, known)) => {
            let unknown = unknown.trim_matches('`');
            let known: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
            Diagnostic::error(format!("unknown key `{unknown}` of {kind}"))
                .help(format!("one of: {}", known.join(", ")))
                .suggest(unknown, known)
        }
        None => Diagnostic::error(message),
    };
    match error.span() {
        Some(span) => diagnostic.at_span(source, span),
        None => diagnostic.in_source(source),
    }
}
