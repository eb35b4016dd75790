//! Text forms of a request.

use super::call::Prepared;
use crate::commands::terminal::escape_json;
use crate::model::{KeyLocation, SentCredential};
use serde_json::{Map, Value};
use std::fmt::Write;

/// Format of a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// Text of an HTTP/1.1 message.
    #[default]
    Http,
    /// Command line of curl.
    Curl,
    /// JSON, for programs.
    Json,
}

fn headers(prepared: &Prepared) -> impl Iterator<Item = (&str, String)> {
    let headers = prepared.request.headers().iter();
    headers.map(|(name, value)| (name.as_str(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
}

/// Placeholder of a credential in a request.
struct Placeholder {
    /// Part of the request.
    place: Option<KeyLocation>,
    /// Text before the secret: `authorization: Bearer ` of a header, `key=` of a query parameter.
    before: String,
    /// Name of the secret.
    secret: String,
}

/// Returns the placeholders of the first alternative that has any. Google's credentials have none.
fn placeholders(prepared: &Prepared) -> Vec<Placeholder> {
    let mut alternatives = prepared.credentials.iter().filter(|alternative| !alternative.is_empty());
    let Some(alternative) = alternatives.next().filter(|_| !prepared.google) else {
        return Vec::new();
    };
    let mut keys = 0_usize;
    let mut one = |credential: &SentCredential| {
        let header = |scheme: &str, secret: &str| Placeholder {
            place: Some(KeyLocation::Header),
            before: format!("authorization: {scheme} "),
            secret: secret.to_owned(),
        };
        match credential {
            SentCredential::Bearer => header("Bearer", "TOKEN"),
            SentCredential::Basic => Placeholder { place: None, ..header("Basic", "USER_AND_PASSWORD") },
            SentCredential::Other(scheme) => header(scheme, "CREDENTIALS"),
            SentCredential::ApiKey { location, name } => {
                keys = keys.saturating_add(1);
                let before = match location {
                    KeyLocation::Header => format!("{name}: "),
                    KeyLocation::Cookie => format!("cookie: {name}="),
                    KeyLocation::Query => format!("{}=", encoded(name)),
                };
                let secret = if keys > 1 { format!("API_KEY_{keys}") } else { "API_KEY".to_owned() };
                Placeholder { place: Some(*location), before, secret }
            }
        }
    };
    alternative.iter().map(&mut one).collect()
}

/// Encodes the name of a query parameter.
fn encoded(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    name.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// Returns the credentials that a method takes, in words; `None` for Google's, and if the document states none.
pub(super) fn credentials(prepared: &Prepared) -> Option<String> {
    let one = |alternative: &Vec<SentCredential>| match alternative.as_slice() {
        [] => "none".to_owned(),
        all => all.iter().map(name).collect::<Vec<_>>().join(" and "),
    };
    let stated = !prepared.google && !prepared.credentials.is_empty();
    stated.then(|| prepared.credentials.iter().map(one).collect::<Vec<_>>().join(", or "))
}

fn name(credential: &SentCredential) -> String {
    match credential {
        SentCredential::Bearer => "bearer token".to_owned(),
        SentCredential::Basic => "user and password".to_owned(),
        SentCredential::Other(scheme) => scheme.clone(),
        SentCredential::ApiKey { location, name } => {
            let place = match location {
                KeyLocation::Header => "header",
                KeyLocation::Query => "query parameter",
                KeyLocation::Cookie => "cookie",
            };
            format!("key in the {place} `{name}`")
        }
    }
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
    let (queries, others): (Vec<_>, Vec<_>) =
        placeholders(prepared).into_iter().partition(|one| one.place == Some(KeyLocation::Query));
    let mut target = uri.path_and_query().map_or("/", |target| target.as_str()).to_owned();
    for Placeholder { before, secret, .. } in queries {
        let separator = if target.contains('?') { '&' } else { '?' };
        target.push_str(&format!("{separator}{before}<{secret}>"));
    }
    let mut out = format!(
        "{} {target} HTTP/1.1\nhost: {}\n",
        prepared.request.method(),
        uri.authority().map_or("", |a| a.as_str())
    );
    for (name, value) in headers(prepared) {
        let _ = writeln!(out, "{name}: {value}");
    }
    for Placeholder { before, secret, .. } in others {
        let _ = writeln!(out, "{before}<{secret}>");
    }
    if let Some(body) = body(prepared) {
        let _ = writeln!(out, "\n{body}");
    }
    out
}

/// Returns a request as a curl command.
pub(super) fn curl(prepared: &Prepared) -> String {
    let mut lines = vec![format!("curl -X {}", prepared.request.method())];
    if prepared.google {
        lines.push("-H \"Authorization: Bearer $(gcloud auth application-default print-access-token)\"".to_owned());
    }
    let uri = prepared.request.uri().to_string();
    let mut separator = if uri.contains('?') { '&' } else { '?' };
    let mut url = quoted(&uri);
    for Placeholder { place, before, secret } in placeholders(prepared) {
        match place {
            // curl encodes the two itself.
            None => lines.push("-u \"$USER_NAME:$PASSWORD\"".to_owned()),
            Some(KeyLocation::Query) => {
                url.push_str(&format!("{}\"${secret}\"", quoted(&format!("{separator}{before}"))));
                separator = '&';
            }
            Some(KeyLocation::Header | KeyLocation::Cookie) => {
                lines.push(format!("-H {}\"${secret}\"", quoted(&before)));
            }
        }
    }
    lines.extend(
        headers(prepared)
            .filter(|(name, _)| *name != "x-goog-api-client")
            .map(|(name, value)| format!("-H {}", quoted(&format!("{name}: {value}")))),
    );
    if let Some(body) = body(prepared) {
        lines.push(format!("-d {}", quoted(&body)));
    }
    lines.push(url);
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
    let credentials: Vec<Vec<String>> =
        prepared.credentials.iter().map(|alternative| alternative.iter().map(name).collect()).collect();
    serde_json::json!({
        "id": prepared.id,
        "credentials": credentials,
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
