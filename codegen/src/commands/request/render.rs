//! Text forms of a request.

use super::call::Prepared;
use crate::commands::terminal::shell_quoted as quoted;
use crate::model::{KeyLocation, SentCredential};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
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

/// Body of a request.
enum Body<'p> {
    /// JSON.
    Json(Value),
    /// Other text.
    Text(&'p str),
    /// Content that is not text.
    Binary(&'p [u8]),
}

/// Returns the body of a request, if it has any.
fn body(prepared: &Prepared) -> Option<Body<'_>> {
    let body = prepared.request.body();
    if body.is_empty() {
        return None;
    }
    let media_type = prepared.request.headers().get("content-type").and_then(|value| value.to_str().ok());
    let media_type = media_type.and_then(|value| value.split(';').next()).unwrap_or_default().trim();
    let is_json = media_type.ends_with("/json") || media_type.ends_with("+json");
    let json = is_json.then(|| serde_json::from_slice(body).ok()).flatten();
    Some(match (json, str::from_utf8(body)) {
        (Some(json), _) => Body::Json(json),
        (None, Ok(text)) => Body::Text(text),
        (None, Err(_)) => Body::Binary(body),
    })
}

/// Returns JSON indented and with controls escaped, although the request itself has no whitespace in it.
fn indented(value: &Value) -> String {
    crate::text::json::pretty(value).unwrap_or_default()
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
    let body = body(prepared).map(|body| match body {
        Body::Json(value) => indented(&value),
        // Lines end as those of the headers do here.
        Body::Text(text) => text.replace("\r\n", "\n"),
        Body::Binary(bytes) => format!("<{} bytes that are not text>", bytes.len()),
    });
    if let Some(body) = body {
        let _ = writeln!(out, "\n{body}");
    }
    out
}

/// Returns a request as a curl command.
pub(super) fn curl(prepared: &Prepared) -> String {
    let uri = prepared.request.uri().to_string();
    // curl takes brackets and braces as lists of URLs.
    let globoff = if uri.contains(['[', ']', '{', '}']) { " --globoff" } else { "" };
    // With `-X HEAD`, curl waits for a body.
    let method = match prepared.request.method().as_str() {
        "HEAD" => "--head".to_owned(),
        method => format!("-X {method}"),
    };
    let mut lines = vec![format!("curl {method}{globoff}")];
    if prepared.google {
        lines.push("-H \"Authorization: Bearer $(gcloud auth application-default print-access-token)\"".to_owned());
    }
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
    let mut piped = String::new();
    match body(prepared) {
        None => {}
        Some(Body::Json(value)) => lines.push(format!("-d {}", quoted(&indented(&value)))),
        // No argument of a program has a null character.
        Some(Body::Text(text)) if !text.contains('\0') => lines.push(format!("--data-raw {}", quoted(text))),
        Some(Body::Text(_) | Body::Binary(_)) => {
            piped = format!("printf {} | ", printf(prepared.request.body()));
            lines.push("--data-binary @-".to_owned());
        }
    }
    lines.push(url);
    piped + &lines.join(" \\\n  ") + "\n"
}

/// Quotes bytes for the format of `printf`.
fn printf(bytes: &[u8]) -> String {
    let one = |byte: &u8| match byte {
        b'%' => "%%".to_owned(),
        b'\'' | b'\\' => format!("\\{byte:03o}"),
        b' '..=b'~' => char::from(*byte).to_string(),
        _ => format!("\\{byte:03o}"),
    };
    format!("'{}'", bytes.iter().map(one).collect::<String>())
}

/// Returns a request as JSON.
pub(super) fn json(prepared: &Prepared) -> Value {
    let headers: Map<String, Value> =
        headers(prepared).map(|(name, value)| (name.to_owned(), Value::String(value))).collect();
    let (mut body_base64, body) = match body(prepared) {
        None => (None, Value::Null),
        Some(Body::Json(value)) => (None, value),
        Some(Body::Text(text)) => (None, text.into()),
        Some(Body::Binary(bytes)) => (Some(STANDARD.encode(bytes)), Value::Null),
    };
    let credentials: Vec<Vec<String>> =
        prepared.credentials.iter().map(|alternative| alternative.iter().map(name).collect()).collect();
    let mut request = serde_json::json!({
        "id": prepared.id,
        "credentials": credentials,
        "http_method": prepared.request.method().as_str(),
        "url": prepared.request.uri().to_string(),
        "headers": headers,
        "body": body,
    });
    if let (Some(request), Some(base64)) = (request.as_object_mut(), body_base64.take()) {
        request.insert("body_base64".to_owned(), base64.into());
    }
    request
}

#[cfg(test)]
mod tests {
    use super::{printf, quoted};

    #[test]
    fn a_quote_within_quotes() {
        assert_eq!(quoted("it's $HOME"), r"'it'\''s $HOME'");
    }

    #[test]
    fn controls_are_octal_escapes() {
        assert_eq!(quoted("it's\r\n1\t\\\u{1b}2\u{202e}"), r"$'it\'s\r\n1\t\\\0332\342\200\256'");
        assert_eq!(printf(b"50% \\'\0\xff1"), r"'50%% \134\047\000\3771'");
    }
}
