//! Which host a call goes to.

use super::descriptor::Api;
use super::usage_error::UsageError;

/// The root URL for `location`: that of the root host for `global`, and for `-`, which stands for
/// all locations.
pub(crate) fn of_location(api: &'static Api, location: &str) -> Result<&'static str, UsageError> {
    if matches!(location, "global" | "-") {
        return Ok(api.root_url);
    }
    match api.endpoints.iter().find(|(name, _)| *name == location) {
        Some((_, url)) => Ok(url),
        None => Err(UsageError::Location { location: location.to_owned() }),
    }
}

/// The location in the name of a resource: `l` in `projects/p/locations/l/…`.
pub(crate) fn location_in(name: &str) -> Option<&str> {
    let mut parts = name.split('/');
    let known = parts.next() == Some("projects") && parts.next().is_some() && parts.next() == Some("locations");
    parts.next().filter(|location| known && !location.is_empty())
}

/// A base URL that ends in `/`, if it is one to which credentials may go.
pub(crate) fn checked(url: &str) -> Result<String, UsageError> {
    let fault = || UsageError::BaseUrl { url: without_user(url) };
    let uri: ::http::Uri = url.parse().map_err(|_| fault())?;
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return Err(fault());
    };
    if authority.as_str().contains('@') || authority.host().is_empty() || url.contains(['?', '#']) {
        return Err(fault());
    }
    match scheme {
        "https" => {}
        "http" if is_loopback(authority.host()) => {}
        "http" => {
            return Err(UsageError::Insecure { url: url.to_owned() });
        }
        _ => return Err(fault()),
    }
    let mut url = url.to_owned();
    if !url.ends_with('/') {
        url.push('/');
    }
    Ok(url)
}

fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn without_user(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").map_or(("", url), |(scheme, rest)| (scheme, rest));
    let separator = if scheme.is_empty() { "" } else { "://" };
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = authority.rsplit('@').next().unwrap_or_default();
    let slash = if authority.len() < rest.len() { "/" } else { "" };
    format!("{scheme}{separator}{host}{slash}{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    static API: Api = Api {
        root_url: "https://example.googleapis.com/",
        endpoints: &[
            ("us-central1", "https://us-central1-example.googleapis.com/"),
            ("us", "https://example.us.rep.googleapis.com/"),
            ("us", "https://example-preprod.us.rep.googleapis.com/"),
        ],
        ..Api::EMPTY
    };

    #[test]
    fn the_first_of_two_counts() {
        assert_eq!(of_location(&API, "us").unwrap(), "https://example.us.rep.googleapis.com/");
        assert_eq!(of_location(&API, "global").unwrap(), API.root_url);
    }

    #[test]
    fn locations_in_names() {
        assert_eq!(location_in("projects/p/locations/l/tuningJobs/1"), Some("l"));
        assert_eq!(location_in("projects/p/locations/l"), Some("l"));
        assert_eq!(location_in("projects/p"), None);
        assert_eq!(location_in("folders/p/locations/l"), None);
    }

    #[test]
    fn base_urls() {
        assert_eq!(checked("https://a.b").unwrap(), "https://a.b/");
        assert_eq!(checked("http://127.0.0.1:8080/x").unwrap(), "http://127.0.0.1:8080/x/");
        assert!(checked("http://[::1]:80").is_ok());
        assert!(matches!(checked("http://a.b"), Err(UsageError::Insecure { .. })));
        assert!(matches!(checked("http://localhost.a.b"), Err(UsageError::Insecure { .. })));
        for url in ["a.b", "ftp://a.b", "https://a.b?x", "/x", "", "https://"] {
            assert!(matches!(checked(url), Err(UsageError::BaseUrl { .. })), "{url}");
        }
        let error = checked("https://user:secret@a.b/?key=secret").unwrap_err();
        assert!(!format!("{error} {error:?}").contains("secret"));
    }
}
