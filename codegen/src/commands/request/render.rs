//! Text forms of a request.

use super::call::Prepared;
use crate::commands::terminal::escape_json;
use serde_json::{Map, Value};
use std::fmt::Write;

/// Format of a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// HTTP/1.1 message.
    #[default]
    Http,
    /// curl command.
    Curl,
    /// JSON.
    Json,
}

fn headers(prepared: &Prepared) -> impl Iterator<Item = (&str, String)> {
    let headers = prepared.request.headers().iter();
    headers.map(|(name, value)| (name.as_str(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
}

/// Returns the body as text: JSON indented and with controls escaped, although the request itself has no white space in
/// it, and other content as it is.
fn body(prepared: &Prepared) -> Option<String> {
    let body = prepared.request.body();
    match serde_json::from_slice::<Value>(body) {
        Ok(value) => serde_json::to_string_pretty(&value).ok().map(|text| escape_json(&text)),
        Err(_) => Some(String::from_utf8_lossy(body).into_owned()).filter(|text| !text.is_empty()),
    }
}

/// Returns a request as an HTTP/1.1 message.
pub(super) fn http(prepared: &Prepared) -> String {
    let uri = prepared.request.uri();
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    let mut out = format!(
        "{} {target} HTTP/1.1\nhost: {}\n",
        prepared.request.method(),
        uri.authority().map_or("", |a| a.as_str())
    );
    for (name, value) in headers(prepared) {
        let _ = writeln!(out, "{name}: {value}");
    }
    if let Some(body) = body(prepared) {
        let _ = writeln!(out, "\n{body}");
    }
    out
}

/// Returns a request as a curl command.
pub(super) fn curl(prepared: &Prepared) -> String {
    let mut lines = vec![format!("curl -X {}", prepared.request.method())];
    lines.push("-H \"Authorization: Bearer $(gcloud auth application-default print-access-token)\"".to_owned());
    lines.extend(
        headers(prepared)
            .filter(|(name, _)| *name != "x-goog-api-client")
            .map(|(name, value)| format!("-H {}", quoted(&format!("{name}: {value}")))),
    );
    if let Some(body) = body(prepared) {
        lines.push(format!("-d {}", quoted(&body)));
    }
    lines.push(quoted(&prepared.request.uri().to_string()));
    lines.join(" \\\n  ") + "\n"
}

/// Quotes text for a shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// Returns a request as JSON.
pub(super) fn json(prepared: &Prepared) -> Value {
    let headers: Map<String, Value> =
        headers(prepared).map(|(name, value)| (name.to_owned(), Value::String(value))).collect();
    let body = serde_json::from_slice(prepared.request.body()).ok().or_else(|| body(prepared).map(Value::String));
    let body = body.unwrap_or(Value::Null);
    serde_json::json!({
        "id": prepared.id,
        "http_method": prepared.request.method().as_str(),
        "url": prepared.request.uri().to_string(),
        "headers": headers,
        "body": body,
    })
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_quote_within_quotes() {
        assert_eq!(quoted("it's $HOME"), r"'it'\''s $HOME'");
    }
}
