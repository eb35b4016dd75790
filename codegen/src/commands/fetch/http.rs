//! One GET request over HTTPS.

use crate::commands::input::unsupported_scheme;
use crate::diagnostic::Diagnostic;
use std::io::Read;
use std::time::Duration;
use ureq::http::header::{HeaderName, HeaderValue};
use ureq::tls::{RootCerts, TlsConfig};

/// Limit for the size of a document in bytes, decompressed. Google's largest document has six million.
const MAX_BYTES: u64 = 64 << 20;
/// Timeout for one request, response body included.
const TIMEOUT: Duration = Duration::from_secs(60);
/// Pauses before the second and third attempt, when a server is overloaded.
const PAUSES: [Duration; 2] = [Duration::from_millis(500), Duration::from_secs(2)];

/// A header whose value is a secret.
#[derive(Clone)]
pub struct SecretHeader {
    name: HeaderName,
    value: HeaderValue,
}

impl SecretHeader {
    /// Parses `NAME=VARIABLE`, and takes the value from that environment variable.
    ///
    /// # Errors
    /// When the text has another form, the variable is not set, or either is invalid in a header.
    pub fn from_env(text: &str) -> Result<Self, String> {
        let (name, variable) = text.split_once('=').ok_or("expected NAME=VARIABLE")?;
        let name = name.parse().map_err(|_| format!("invalid header name `{name}`"))?;
        let value = std::env::var(variable).map_err(|_| match is_variable(variable) {
            true => format!("the variable `{variable}` is not set"),
            // It may be the secret itself.
            false => "no variable has the name after `=`".to_owned(),
        })?;
        let mut value: HeaderValue = value.parse().map_err(|_| format!("`{variable}` is not valid in a header"))?;
        value.set_sensitive(true);
        Ok(Self { name, value })
    }

    /// Returns `NAME=VARIABLE` for a message, or `header` if it may have the secret in place of the variable.
    pub(crate) fn for_message(text: &str) -> &str {
        if text.split_once('=').is_some_and(|(_, variable)| is_variable(variable)) { text } else { "header" }
    }
}

/// Returns `true` for a text that looks like the name of an environment variable, and not like a secret, which has
/// digits.
fn is_variable(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_uppercase() || b == b'_')
}

impl std::fmt::Debug for SecretHeader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: …", self.name)
    }
}

/// The response to a GET request.
pub(super) enum Response {
    /// The text is still the one with the given ETag.
    NotModified,
    /// A new text, with its ETag.
    Text { text: String, etag: Option<String> },
}

/// Gets a text, unless it still has the given ETag.
///
/// # Errors
/// When the URL contains a password, or is neither HTTPS nor plain HTTP to a loopback address; when the response is not
/// a text of at most 64 MiB.
pub(super) fn get(url: &str, etag: Option<&str>, header: Option<&SecretHeader>) -> Result<Response, Diagnostic> {
    // It would be part of messages and of the lock.
    if let Some(host) = host_after_user(url) {
        let error = Diagnostic::error(format!("the URL of `{host}` contains a user name or password"));
        return Err(error.help("leave it out, and name a variable with the header: `--header authorization=VARIABLE`"));
    }
    let uri: Option<http::Uri> =
        url.parse().ok().filter(|uri: &http::Uri| uri.host().is_some_and(|host| !host.is_empty()));
    let loopback = match (url.split_once("://"), &uri) {
        (Some((scheme, _)), _) if !matches!(scheme, "https" | "http") => {
            return Err(unsupported_scheme(url, scheme));
        }
        (Some(_), Some(uri)) => is_loopback(uri),
        _ => {
            let error = Diagnostic::error(format!("invalid URL `{url}`"));
            return Err(error.help("use a URL that begins with `https://`, or the file itself as the document"));
        }
    };
    if !url.starts_with("https://") && !loopback {
        let error = Diagnostic::error(format!("refused to fetch `{url}` over an insecure connection"));
        return Err(error.help("use a URL that begins with `https://`"));
    }
    let fault = |reason: String| Diagnostic::error(format!("cannot fetch `{url}`: {reason}"));
    let agent: ureq::Agent = ureq::Agent::config_builder()
        // A redirect does not lead away from HTTPS, and carries a secret nowhere.
        .https_only(!loopback)
        .max_redirects(if loopback || header.is_some() { 0 } else { 5 })
        .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
        .timeout_global(Some(TIMEOUT))
        .http_status_as_error(false)
        .build()
        .into();
    let send = || {
        let mut request = agent.get(url).header("accept", "application/json, application/yaml, */*;q=0.5");
        if let Some(etag) = etag {
            request = request.header("if-none-match", etag);
        }
        if let Some(SecretHeader { name, value }) = header {
            request = request.header(name, value);
        }
        request.call().map_err(|error| fault(reason(&error)).help(connection_help(agent.config().proxy())))
    };
    let mut response = send()?;
    for pause in PAUSES {
        if !matches!(response.status().as_u16(), 429 | 503) {
            break;
        }
        std::thread::sleep(pause);
        response = send()?;
    }
    match response.status().as_u16() {
        200 => {}
        304 if etag.is_some() => return Ok(Response::NotModified),
        status @ (400 | 404) => {
            let error = fault(format!("the server responded with status {status}"));
            let is_google = url.contains("googleapis.com/");
            return Err(error.help(if is_google {
                "check the name and the version of the API"
            } else {
                "check the URL"
            }));
        }
        status @ 300..400 => {
            let error = fault(format!("the server responded with status {status}"));
            return Err(
                error.help("use the URL that it redirects to: with a header, and on this machine, none is followed")
            );
        }
        status => return Err(fault(format!("the server responded with status {status}"))),
    }
    let etag = response.headers().get("etag").and_then(|etag| etag.to_str().ok()).map(str::to_owned);
    let mut bytes = Vec::new();
    // The reader decompresses; so this limit counts the text itself, and not what was sent.
    let mut body = response.body_mut().as_reader().take(MAX_BYTES.saturating_add(1));
    body.read_to_end(&mut bytes).map_err(|error| fault(reason(&error.into())))?;
    if u64::try_from(bytes.len()).map_or(true, |len| len > MAX_BYTES) {
        return Err(fault(format!("the document is larger than {} MiB", MAX_BYTES >> 20)));
    }
    let text = String::from_utf8(bytes).map_err(|_| fault("the document is not valid UTF-8".to_owned()))?;
    Ok(Response::Text { text, etag })
}

/// Returns the reason of a failed request.
fn reason(error: &ureq::Error) -> String {
    match error {
        ureq::Error::Io(error) => error.to_string(),
        ureq::Error::Timeout(_) => format!("no complete response within {} seconds", TIMEOUT.as_secs()),
        error => error.to_string(),
    }
}

/// Returns advice about a failed connection.
fn connection_help(proxy: Option<&ureq::Proxy>) -> String {
    match proxy {
        Some(proxy) => format!("the environment names the proxy `{}:{}`", proxy.host(), proxy.port()),
        None => "check the connection; a proxy is taken from the variable `HTTPS_PROXY`".to_owned(),
    }
}

/// Returns the host of a URL with a user name or password.
fn host_after_user(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    authority.rsplit_once('@').map(|(_, host)| host)
}

/// Returns `true` for plain HTTP to a loopback address.
fn is_loopback(uri: &http::Uri) -> bool {
    uri.scheme_str() == Some("http") && discovery_runtime::http::is_loopback(uri)
}

#[cfg(test)]
mod tests {
    use super::{get, host_after_user, is_loopback, reason};
    use std::io::{Read, Write};

    #[test]
    fn a_redirect_that_is_not_followed_has_a_remedy() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            let (mut client, _) = listener.accept().unwrap();
            let _ = client.read(&mut [0; 4096]).unwrap();
            client.write_all(b"HTTP/1.1 302 Found\r\nlocation: /x\r\ncontent-length: 0\r\n\r\n").unwrap();
        });
        let error = get(&url, None, None).err().unwrap();
        assert!(error.message.ends_with("status 302") && error.help.unwrap().contains("redirects"));
    }

    #[test]
    fn failures_have_reasons() {
        let timeout = reason(&ureq::Error::Timeout(ureq::Timeout::Global));
        assert_eq!(timeout, "no complete response within 60 seconds");
        let refused = reason(&ureq::Error::Io(std::io::Error::other("connection refused")));
        assert_eq!(refused, "connection refused");
    }

    #[test]
    fn passwords_in_urls_are_refused_and_not_shown() {
        for url in ["https://user:secret@x.test/a", "http://secret@127.0.0.1/", "https://a@secret@x.test?b"] {
            let error = get(url, None, None).err().unwrap().to_string();
            assert!(error.contains("user name or password") && !error.contains("secret"), "{url}: {error}");
        }
        assert_eq!(host_after_user("https://x.test/a@b?c@d"), None);
    }

    #[test]
    fn paths_are_not_fetched() {
        let error = get("../x.json", None, None).err().unwrap();
        assert_eq!(error.message, "invalid URL `../x.json`");
        for invalid in ["https://", "https:///x", "https://a b/", "http://:80/"] {
            let error = get(invalid, None, None).err().unwrap();
            assert_eq!(error.message, format!("invalid URL `{invalid}`"));
        }
        let error = get("file:///x.json", None, None).err().unwrap();
        assert!(error.message.contains("unsupported scheme `file`"), "{error}");
        let error = get("http://example.com/x.json", None, None).err().unwrap();
        assert!(error.message.contains("insecure connection"), "{error}");
    }

    #[test]
    fn loopback_addresses() {
        for url in ["http://127.0.0.1:8080/x", "http://localhost/", "http://[::1]:1/", "http://127.9.9.9"] {
            assert!(is_loopback(&url.parse().unwrap()), "{url}");
        }
        for url in ["http://127.0.0.1.example.com/", "http://localhost@example.com/", "http://10.0.0.1/", "https://x/"]
        {
            assert!(!is_loopback(&url.parse().unwrap()), "{url}");
        }
    }
}
