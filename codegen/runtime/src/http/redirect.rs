//! Redirects: followed only for `GET` and `HEAD`, and to another host without credentials.

use ::http::header::{ACCEPT, LOCATION, RANGE};
use ::http::{HeaderMap, Method, Request, Response, Uri};
use bytes::Bytes;

use super::endpoint::{self, same_origin};
use super::usage_error::UsageError;

/// Maximum number of redirects of one request.
pub(crate) const LIMIT: usize = 10;

/// Returns the URL that a response redirects to; `None` if it is not a redirect, or if following it would send data to
/// another place than the caller chose.
pub(crate) fn target<B>(request: &Request<Bytes>, response: &Response<B>) -> Option<Result<Uri, UsageError>> {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if !reads || !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let location = response.headers().get(LOCATION)?.to_str().ok()?;
    Some(resolve(request.uri(), location))
}

/// Resolves `location` relative to `base`.
///
/// # Errors
/// When it is not a URL, or leads to another machine without TLS.
pub(crate) fn resolve(base: &Uri, location: &str) -> Result<Uri, UsageError> {
    let origin =
        || format!("{}://{}", base.scheme_str().unwrap_or("https"), base.authority().map_or("", |a| a.as_str()));
    let location = location.split('#').next().unwrap_or_default();
    let url = if location.contains("://") && !location.starts_with('/') {
        location.to_owned()
    } else if location.starts_with("//") {
        format!("{}:{location}", base.scheme_str().unwrap_or("https"))
    } else if location.starts_with('/') {
        format!("{}{location}", origin())
    } else {
        let folder = base.path().rsplit_once('/').map_or("", |(folder, _)| folder);
        format!("{}{folder}/{location}", origin())
    };
    let uri = url.parse().map_err(|_| UsageError::Url { length: url.len() })?;
    endpoint::check_url(url.split('?').next().unwrap_or_default(), same_origin(base, &uri))?;
    Ok(uri)
}

/// Returns the headers for another server, without those that identify the caller.
pub(crate) fn without_credentials(headers: &HeaderMap) -> HeaderMap {
    [ACCEPT, RANGE].into_iter().filter_map(|name| headers.get(&name).cloned().map(|value| (name, value))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets() {
        let base = Uri::from_static("https://a.b/c/d?e");
        let cases = [
            ("https://x.y/z?q#f", "https://x.y/z?q"),
            ("//x.y/z", "https://x.y/z"),
            ("/z?u=http://v", "https://a.b/z?u=http://v"),
            ("z", "https://a.b/c/z"),
        ];
        for (location, url) in cases {
            assert_eq!(resolve(&base, location).unwrap(), url);
        }
        assert!(matches!(resolve(&base, "http://x.y/"), Err(UsageError::Insecure { .. })));
        assert!(matches!(resolve(&base, "ftp://x.y/"), Err(UsageError::BaseUrl { .. })));
    }
}
