//! Parts of requests, for comparison.

use serde_json::Value;

/// Parts of a request that must be equal on both sides.
#[derive(Debug, PartialEq)]
pub(crate) struct Sent {
    method: String,
    /// Scheme and host of the URL.
    root: String,
    /// Decoded segments of the path.
    path: Vec<String>,
    /// Decoded and sorted query, without `alt`.
    query: Vec<(String, String)>,
    pub(crate) alt: Option<String>,
    content_type: Option<String>,
    api_version: Option<String>,
    body: Option<Value>,
}

impl Sent {
    fn new(method: &str, uri: &str, header: impl Fn(&str) -> Option<String>, body: &str) -> Self {
        let (scheme, rest) = uri.split_once("://").unwrap();
        let (target, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (host, path) = target.split_once('/').unwrap();
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let mut query: Vec<_> = pairs
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            // In a query, a plus is a space, as in forms.
            .map(|(name, value)| (decoded(&name.replace('+', " ")), decoded(&value.replace('+', " "))))
            .collect();
        query.sort();
        let alt = query.iter().position(|(name, _)| name == "alt").map(|at| query.remove(at).1);
        Self {
            method: method.to_owned(),
            root: format!("{scheme}://{host}/"),
            path: path.split('/').map(decoded).collect(),
            query,
            alt,
            content_type: header("content-type"),
            api_version: header("x-goog-api-version"),
            body: (!body.is_empty()).then(|| serde_json::from_str(body).unwrap()),
        }
    }

    /// Returns the request that the runtime builds.
    pub(crate) fn ours(request: &http::Request<bytes::Bytes>) -> Self {
        let header = |name: &str| Some(request.headers().get(name)?.to_str().unwrap().to_owned());
        let body = std::str::from_utf8(request.body()).unwrap();
        Self::new(request.method().as_str(), &request.uri().to_string(), header, body)
    }

    /// Returns the request that the Python client built.
    pub(crate) fn theirs(request: &Value) -> Self {
        let header = |name: &str| Some(request["headers"][name].as_str()?.to_owned());
        let text = |key: &str| request[key].as_str().unwrap_or_default();
        Self::new(text("method"), text("uri"), header, text("body"))
    }
}

fn decoded(text: &str) -> String {
    let mut out = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let byte = (*first == b'%').then(|| u8::from_str_radix(text_of(after.get(..2)?)?, 16).ok()).flatten();
        out.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(out).unwrap()
}

fn text_of(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}
