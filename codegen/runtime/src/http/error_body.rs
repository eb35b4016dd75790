//! Errors that services report in the body of a successful response, or in the middle of a stream.

use ::http::{StatusCode, response};
use bytes::Bytes;
use memchr::memmem;
use serde_json::{Map, Value, json};

use super::code::Code;
use super::response::Response;
use super::service_error::ServiceError;

/// Returns `true` if a body that should be an `R` is an error object instead: `{"error": {…}}`, alone or as the first
/// element of a list.
///
/// A key `error` that the schema of `R` declares is data, and so is one together with keys that it declares: the
/// document may be older than the service. Without a schema, the error has to be the first key.
pub(crate) fn is_error<R: Response>(body: &[u8]) -> bool {
    // The search is much faster than parsing, and nearly no message has it.
    if R::declares("error") == Some(true) || memmem::find(body, b"\"error\"").is_none() {
        return false;
    }
    let body = body.trim_ascii_start();
    let is_list = body.first() == Some(&b'[');
    let object = match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => object,
        Ok(Value::Array(list)) => match list.into_iter().find(|value| value.get("error").is_some()) {
            Some(Value::Object(object)) => object,
            _ => return false,
        },
        _ => return false,
    };
    let is_error = match object.get("error") {
        Some(Value::Object(error)) => !error.is_empty(),
        Some(Value::String(error)) => !error.is_empty() && R::declares("error").is_some(),
        _ => false,
    };
    let is_alone = match R::declares("error") {
        Some(_) => !object.keys().any(|key| R::declares(key) == Some(true)),
        None => object.len() == 1 || !is_list && starts_with_error(body),
    };
    is_error && is_alone
}

/// Returns `true` for an object that has the form of an error, where nothing but an error is expected.
pub(crate) fn has_error(object: &[u8]) -> bool {
    let object: Option<Map<String, Value>> = serde_json::from_slice(object).ok();
    object.is_some_and(|object| {
        object.contains_key("error") || object.contains_key("code") && object.contains_key("message")
    })
}

/// Returns `true` if the first key of an object is `error` and its value an object.
fn starts_with_error(body: &[u8]) -> bool {
    let mut rest = body;
    [&b"{"[..], b"\"error\"", b":", b"{"].into_iter().all(|token| match rest.trim_ascii_start().strip_prefix(token) {
        Some(after) => {
            rest = after;
            true
        }
        None => false,
    })
}

/// Reads an error object, `{"error": {…}}` or the inner object alone, or a list that has one. Its code, an HTTP status
/// or a `google.rpc.Code`, is the HTTP status of the error; without one, that of the response is.
pub(crate) fn read(head: &response::Parts, body: &[u8]) -> ServiceError {
    let error = match serde_json::from_slice(body) {
        Ok(Value::Object(object)) if !object.contains_key("error") => Some(json!({ "error": object })),
        Ok(Value::Array(list)) => list.into_iter().find(|value| value.get("error").is_some()),
        _ => None,
    };
    let error = error.map(|error| error.to_string());
    let error = error.as_ref().map_or(body, String::as_bytes);
    let error = ServiceError::new(head.status, head.headers.clone(), error);
    let number = u16::try_from(error.status.code).ok().and_then(|code| StatusCode::from_u16(code).ok());
    let http_status = number.filter(|status| status.is_client_error() || status.is_server_error());
    let http_status =
        http_status.or_else(|| error.status.canonical_code().map(Code::http_status)).unwrap_or(head.status);
    ServiceError { http_status, body: Bytes::copy_from_slice(body), ..error }
}
