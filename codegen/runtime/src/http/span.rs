//! Spans of requests, with the attributes of OpenTelemetry's semantic conventions for HTTP clients:
//! <https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client-span>.
//!
//! Each attempt has a span of its own, which ends when the response is there; of a stream, with its head.

use ::http::{Request, Response, Uri};
use bytes::Bytes;
use tracing::field::Empty;
use tracing::{Span, info_span};

use super::descriptor::{Method, SecurityScheme};
use super::error::Error;
use super::transport::Body;

/// Creates the span of one attempt to send a request. `resends` is the number of attempts before it.
pub(crate) fn of_attempt(method: &Method, request: &Request<Bytes>, resends: u32) -> Span {
    let uri = request.uri();
    let span = info_span!(
        "request",
        "otel.name" = %format_args!("{} {}", request.method(), method.path),
        "otel.kind" = "client",
        "otel.status_code" = Empty,
        "http.request.method" = request.method().as_str(),
        "http.request.resend_count" = Empty,
        "http.response.status_code" = Empty,
        "server.address" = uri.host(),
        "server.port" = uri.port_u16().unwrap_or(if uri.scheme_str() == Some("http") { 80 } else { 443 }),
        "url.full" = redacted(method, uri),
        "url.template" = method.path,
        "error.type" = Empty,
        "api.method" = method.id,
    );
    if resends > 0 {
        span.record("http.request.resend_count", resends);
    }
    span
}

/// Records how an attempt ended.
pub(crate) fn record(span: &Span, result: &Result<Response<Body>, Error>) {
    let (status, error) = match result {
        Ok(response) => (Some(response.status()), None),
        Err(error) => (error.http_status(), Some(error)),
    };
    if let Some(status) = status {
        span.record("http.response.status_code", status.as_u16());
    }
    if let Some(error) = error {
        span.record("otel.status_code", "ERROR");
        match (status, error) {
            (Some(status), _) if status.is_client_error() || status.is_server_error() => {
                span.record("error.type", status.as_str());
            }
            (_, Error::Timeout { .. }) => drop(span.record("error.type", "timeout")),
            (_, Error::Transport(error)) if error.may_have_been_sent() => {
                span.record("error.type", "connection_lost");
            }
            (_, Error::Transport(_)) => drop(span.record("error.type", "connection_failed")),
            (_, Error::Credentials(_)) => drop(span.record("error.type", "credentials")),
            _ => drop(span.record("error.type", "_OTHER")),
        }
    }
}

/// Parameters of all methods whose values do not identify the caller.
const NOT_IDENTIFYING: [&str; 6] = ["alt", "fields", "prettyPrint", "quotaUser", "uploadType", "$.xgafv"];

/// Parameters that hold credentials where a document declares them.
const SECRET: [&str; 12] = [
    "access_token",
    "api_key",
    "apikey",
    "client_secret",
    "code",
    "key",
    "oauth_token",
    "password",
    "secret",
    "sig",
    "signature",
    "token",
];

/// Returns a URL in which `REDACTED` replaces the value of each query parameter that holds a credential, or that the
/// method does not declare: URLs of upload sessions and redirects are credentials of their own.
fn redacted(method: &Method, uri: &Uri) -> String {
    let scheme = uri.scheme_str().unwrap_or("https");
    let host = uri.authority().map_or("", |authority| authority.as_str());
    // Without user and password.
    let host = host.rsplit('@').next().unwrap_or_default();
    let mut url = format!("{scheme}://{host}{}", uri.path());
    for (index, pair) in uri.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty()).enumerate() {
        url.push(if index == 0 { '?' } else { '&' });
        let name = pair.split('=').next().unwrap_or_default();
        let is_key = method
            .security
            .iter()
            .flat_map(|all| all.iter())
            .any(|scheme| matches!(scheme, SecurityScheme::Query(key) if *key == name));
        let is_secret = is_key || SECRET.iter().any(|secret| secret.eq_ignore_ascii_case(name));
        let is_declared = NOT_IDENTIFYING.contains(&name) || method.params.iter().any(|param| param.name == name);
        if is_declared && !is_secret {
            url.push_str(pair);
        } else {
            url.push_str(name);
            url.push_str("=REDACTED");
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Param;

    #[test]
    fn urls_show_no_credentials() {
        const PARAMS: &[Param] = &[Param::query("filter"), Param::query("Key")];
        let method = Method { params: PARAMS, ..Method::EMPTY };
        let cases = [
            ("https://a.b/c", "https://a.b/c"),
            ("https://u:p@a.b:8443/c?filter=x%26y&alt=sse", "https://a.b:8443/c?filter=x%26y&alt=sse"),
            (
                "https://a.b/c?Key=s&key=s&upload_id=s&filter=f",
                "https://a.b/c?Key=REDACTED&key=REDACTED&upload_id=REDACTED&filter=f",
            ),
            ("https://a.b/c?token", "https://a.b/c?token=REDACTED"),
        ];
        for (url, expected) in cases {
            assert_eq!(redacted(&method, &Uri::from_static(url)), expected);
        }
    }
}
