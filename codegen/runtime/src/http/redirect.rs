//! Redirects: followed only for `GET` and `HEAD` without a body, and to another host without credentials.

use ::http::header::{ACCEPT, LOCATION, RANGE};
use ::http::{HeaderMap, HeaderValue, Method, Request, Response, Uri};
use bytes::Bytes;

use super::endpoint::{self, same_origin};
use super::usage_error::UsageError;

/// Maximum number of redirects of one request.
pub(crate) const LIMIT: usize = 10;

/// Returns the URL that a response redirects to; `None` if it is not a redirect, or if following it would send data to
/// another place than the caller chose.
pub(crate) fn target<B>(request: &Request<Bytes>, response: &Response<B>) -> Option<Result<Uri, UsageError>> {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD) && request.body().is_empty();
    if !reads || !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let location = response.headers().get(LOCATION)?.to_str().ok()?;
    Some(resolve(request.uri(), location))
}

/// Makes the location of a redirect absolute.
pub(crate) fn make_absolute(request: &Request<Bytes>, headers: &mut HeaderMap) {
    let location = headers.get(LOCATION).and_then(|location| location.to_str().ok());
    let absolute = location.and_then(|location| HeaderValue::from_str(&absolute(request.uri(), location)).ok());
    if let Some(absolute) = absolute {
        headers.insert(LOCATION, absolute);
    }
}

/// Resolves `location` relative to `base`, as RFC 3986, section 5.2, defines; dots in a target with a host stay.
///
/// # Errors
/// When it is not a URL, or leads to another machine without TLS.
pub(crate) fn resolve(base: &Uri, location: &str) -> Result<Uri, UsageError> {
    let url = absolute(base, location.split('#').next().unwrap_or_default());
    let uri = url.parse().map_err(|_| UsageError::Url { length: url.len() })?;
    endpoint::check_url(url.split('?').next().unwrap_or_default(), same_origin(base, &uri))?;
    Ok(uri)
}

fn absolute(base: &Uri, location: &str) -> String {
    let scheme = base.scheme_str().unwrap_or("https");
    let has_scheme = location.split(['/', '?', '#']).next().is_some_and(|head| head.contains(':'));
    if has_scheme {
        location.to_owned()
    } else if location.starts_with("//") {
        format!("{scheme}:{location}")
    } else {
        let path = if location.is_empty() {
            base.path_and_query().map_or("/", |path| path.as_str()).to_owned()
        } else if location.starts_with('?') {
            format!("{}{location}", base.path())
        } else if location.starts_with('/') {
            without_dots(location)
        } else {
            let folder = base.path().rsplit_once('/').map_or("", |(folder, _)| folder);
            without_dots(&format!("{folder}/{location}"))
        };
        format!("{scheme}://{}{path}", base.authority().map_or("", |authority| authority.as_str()))
    }
}

/// Resolves the segments `.` and `..` of a path, which may have a query.
fn without_dots(location: &str) -> String {
    let (path, query) = location.find('?').map_or((location, ""), |at| location.split_at(at));
    let mut segments = Vec::new();
    for segment in path.split('/').skip(1) {
        match segment {
            "." => {}
            ".." => drop(segments.pop()),
            other => segments.push(other),
        }
    }
    let is_folder = path.ends_with("/.") || path.ends_with("/..");
    format!("/{}{}{query}", segments.join("/"), if is_folder && !segments.is_empty() { "/" } else { "" })
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
            ("z?u=http://v", "https://a.b/c/z?u=http://v"),
            ("?z", "https://a.b/c/d?z"),
            ("", "https://a.b/c/d?e"),
            ("../z/./y/..", "https://a.b/z/"),
            ("/../z//y?../x", "https://a.b/z//y?../x"),
            ("..", "https://a.b/"),
        ];
        for (location, url) in cases {
            assert_eq!(resolve(&base, location).unwrap(), url);
        }
        assert!(matches!(resolve(&base, "http://x.y/"), Err(UsageError::Insecure { .. })));
        assert!(matches!(resolve(&base, "javascript:x"), Err(UsageError::Url { .. } | UsageError::BaseUrl { .. })));
        assert!(matches!(resolve(&base, "ftp://x.y/"), Err(UsageError::BaseUrl { .. })));
    }
}
