//! Error responses.

use std::fmt;
use std::time::Duration;

use ::http::header::RETRY_AFTER;
use ::http::{HeaderMap, StatusCode};
use bytes::Bytes;
use serde_json::Value;

use super::status::Status;

/// Error response of a service, its front end, or a proxy.
#[derive(Clone)]
#[non_exhaustive]
pub struct ServiceError {
    /// Status of the HTTP response.
    pub http_status: StatusCode,
    /// Headers of the HTTP response.
    pub headers: HeaderMap,
    /// Status in the body; for a body that is not JSON, its text is the message.
    pub status: Status,
    /// Delay before the next attempt that the service asks for, if any: the longer of the header `Retry-After`
    /// and `google.rpc.RetryInfo`.
    pub retry_delay: Option<Duration>,
    /// The body, or the beginning of a large one, from which an API's own error type can be decoded.
    pub body: Bytes,
}

/// Limit of the text that is kept of a body of another form, in bytes.
const TEXT: usize = 400;

impl ServiceError {
    /// Reads an error response.
    ///
    /// Supported are `{"error": {"code": …, "message": …}}`, alone or in a list; OAuth's `{"error": "invalid_grant",
    /// "error_description": …}`; the problem details of RFC 9457; `{"message": …}`; and the text of an HTML page.
    #[must_use]
    pub fn new(http_status: StatusCode, headers: HeaderMap, body: &[u8]) -> Self {
        let status = serde_json::from_slice(body).ok().and_then(|value| from_json(&value)).unwrap_or_else(|| {
            let body = String::from_utf8_lossy(body);
            Status { message: plain_text(&body), ..Status::default() }
        });
        let retry_delay = retry_after(&headers).max(status.retry_delay());
        Self { http_status, headers, status, retry_delay, body: Bytes::copy_from_slice(body) }
    }
}

/// Reads the header `Retry-After`: a number of seconds, of any size, or a date.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(text.parse().map_or(Duration::MAX, Duration::from_secs));
    }
    #[cfg(feature = "transport")]
    return httpdate::parse_http_date(text).ok()?.duration_since(std::time::SystemTime::now()).ok();
    #[cfg(not(feature = "transport"))]
    None
}

fn from_json(value: &Value) -> Option<Status> {
    let value = value.as_array().and_then(|list| list.first()).unwrap_or(value);
    let Some(error) = value.get("error") else {
        // RFC 9457, and other common keys.
        let message = ["detail", "title", "message"].iter().find_map(|key| value.get(key)?.as_str())?;
        return Some(Status { message: message.to_owned(), ..Status::default() });
    };
    match error {
        Value::Object(error) => Some(Status::from_object(error)),
        Value::String(name) => Some(Status {
            status: name.clone(),
            message: value.get("error_description").and_then(Value::as_str).unwrap_or_default().to_owned(),
            ..Status::default()
        }),
        _ => None,
    }
}

/// Returns the text of an HTML page, or the beginning of any other text.
fn plain_text(body: &str) -> String {
    let mut text = String::new();
    if body.trim_start().starts_with('<') {
        let mut rest = body;
        while let Some((before, tag)) = rest.split_once('<') {
            push_words(&mut text, before);
            let end = ["style", "script"]
                .iter()
                .find(|name| tag.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)));
            rest = match end {
                Some(name) => tag.split_once(&format!("</{name}")).map_or("", |(_, after)| after),
                None => tag,
            };
            rest = rest.split_once('>').map_or("", |(_, after)| after);
        }
        push_words(&mut text, rest);
    } else {
        push_words(&mut text, body);
    }
    let end = (0..=TEXT.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    text.truncate(end.unwrap_or_default());
    text
}

fn push_words(text: &mut String, words: &str) {
    for word in words.split_whitespace().take(TEXT) {
        if text.len() > TEXT {
            return;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
}

impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the service responded with {}", self.http_status)?;
        let status = self.status.to_string();
        if !status.is_empty() {
            write!(f, ": {status}")?;
        }
        match self.retry_delay {
            Some(delay) => write!(f, " (retry after {delay:?})"),
            None => Ok(()),
        }
    }
}

/// Shows the names of headers without their values, which may be secret.
impl fmt::Debug for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceError")
            .field("http_status", &self.http_status)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("status", &self.status)
            .field("retry_delay", &self.retry_delay)
            .finish()
    }
}

impl std::error::Error for ServiceError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> String {
        ServiceError::new(StatusCode::BAD_GATEWAY, HeaderMap::new(), body.as_bytes()).to_string()
    }

    #[test]
    fn pages_of_front_ends() {
        let prefix = "the service responded with 502 Bad Gateway";
        let cases = [
            ("", String::new()),
            (r#"{"error":{"code":404,"message":"no","status":"NOT_FOUND"}}"#, ": NOT_FOUND: no".to_owned()),
            (r#"[{"error":{"code":404,"message":"no"}}]"#, ": code 404: no".to_owned()),
            (r#"{"type":"about:blank","title":"Gone","detail":"no such pet"}"#, ": no such pet".to_owned()),
            (r#"{"error":"invalid_grant","error_description":"expired"}"#, ": invalid_grant: expired".to_owned()),
            (
                "<!DOCTYPE html><style>*{margin:0}</style><title>Error 502</title><p>That\u{2019}s an error.",
                ": Error 502 That\u{2019}s an error.".to_owned(),
            ),
            ("upstream\n connect error", ": upstream connect error".to_owned()),
            // A service writes neither to the terminal nor lines of a log.
            (
                r#"{"error":{"status":"\u001b[2J","message":"a\nb","details":[{"@type":"google.rpc.BadRequest",
                   "fieldViolations":[{"field":"\u0007","description":"\u009b"}]}]}}"#,
                r": \u{1b}[2J: a\nb; `\u{7}`: \u{9b}".to_owned(),
            ),
        ];
        for (body, message) in cases {
            assert_eq!(read(body), format!("{prefix}{message}"));
        }
        assert!(read(&"é".repeat(10_000)).len() < 500);
    }
}
