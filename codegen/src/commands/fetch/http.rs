//! One request, over HTTPS.

use crate::diagnostic::Diagnostic;
use std::time::Duration;

/// The largest document that is read, in bytes. The largest of Google's has six million.
const LARGEST: u64 = 64 << 20;
/// How long a document may take to arrive.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a server answered.
pub(super) enum Reply {
    /// What it is said to be already.
    Same,
    /// A text, and the server's own mark of it.
    Text { text: String, etag: Option<String> },
}

/// Asks for a text, unless it is still the one with this mark.
///
/// # Errors
/// When the URL is not HTTPS (or on this machine), or the server does not give a text.
pub(super) fn get(url: &str, etag: Option<&str>) -> Result<Reply, Diagnostic> {
    let here = is_loopback(url);
    if !url.starts_with("https://") && !here {
        let error = Diagnostic::error(format!("`{url}` is not fetched: anybody on the way could change it"));
        return Err(error.help("the URL begins with `https://`"));
    }
    let agent: ureq::Agent = ureq::Agent::config_builder()
        // A redirect does not lead away from HTTPS.
        .https_only(!here)
        .max_redirects(if here { 0 } else { 5 })
        .timeout_global(Some(PATIENCE))
        .http_status_as_error(false)
        .build()
        .into();
    let fault = |reason: String| Diagnostic::error(format!("cannot fetch `{url}`: {reason}"));
    let mut request = agent.get(url).header("accept", "application/json");
    if let Some(etag) = etag {
        request = request.header("if-none-match", etag);
    }
    let mut response = request.call().map_err(|error| fault(error.to_string()))?;
    match response.status().as_u16() {
        200 => {}
        304 if etag.is_some() => return Ok(Reply::Same),
        status @ (400 | 404) => {
            let error = fault(format!("the server answered {status}"));
            return Err(error.help("is the API called so, and does it have this version?"));
        }
        status => return Err(fault(format!("the server answered {status}"))),
    }
    let etag = response.headers().get("etag").and_then(|etag| etag.to_str().ok()).map(str::to_owned);
    let text = response.body_mut().with_config().limit(LARGEST).read_to_string();
    Ok(Reply::Text { text: text.map_err(|error| fault(error.to_string()))?, etag })
}

/// Whether a URL is plain HTTP to this machine itself.
fn is_loopback(url: &str) -> bool {
    let uri: Option<http::Uri> = url.strip_prefix("http://").and_then(|_| url.parse().ok());
    uri.is_some_and(|uri| discovery_runtime::http::is_loopback(&uri))
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn this_machine() {
        for url in ["http://127.0.0.1:8080/x", "http://localhost/", "http://[::1]:1/", "http://127.9.9.9"] {
            assert!(is_loopback(url), "{url}");
        }
        for url in ["http://127.0.0.1.example.com/", "http://localhost@example.com/", "http://10.0.0.1/", "https://x/"]
        {
            assert!(!is_loopback(url), "{url}");
        }
    }
}
