//! Choice of the host that a call goes to.
//!
//! Google's documents list two kinds of endpoints. Those that are locational, as
//! `us-central1-aiplatform.googleapis.com`, are where the resources of a location are found at all. Those that are
//! regional, such as `cloudkms.us-central1.rep.googleapis.com`, serve resources that the root URL serves as well, and
//! guarantee that requests stay in the region: they are used when a client asks for them.

use std::borrow::Cow;

use ::http::Uri;

use super::descriptor::{Api, Endpoints, ServerTemplate};
use super::usage_error::UsageError;

/// Returns the URL of a server with values for its variables, and the defaults of the others.
pub(crate) fn expand(
    server: Option<&'static ServerTemplate>,
    values: &[(String, String)],
) -> Result<String, UsageError> {
    let ServerTemplate { url, variables } = server.unwrap_or(&ServerTemplate { url: "", variables: &[] });
    for (name, value) in values {
        let is_known = variables.iter().any(|(known, _)| known == name);
        let is_plain = value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte));
        if !is_known || !is_plain || value.is_empty() || value.starts_with('.') {
            return Err(UsageError::ServerVariable { name: name.clone() });
        }
    }
    let mut out = (*url).to_owned();
    for (name, default) in *variables {
        let set = values.iter().rfind(|(set, _)| set == name).map_or(*default, |(_, value)| value);
        out = out.replace(&format!("{{{name}}}"), set);
    }
    Ok(out)
}

/// Returns the root URL for a resource in `location`, or in none.
pub(crate) fn of_resource(
    api: &'static Api,
    location: Option<&str>,
    regional: bool,
) -> Result<Cow<'static, str>, UsageError> {
    let Some(location) = location.filter(|location| !is_global(location)) else {
        return Ok(api.root_url.into());
    };
    if regional {
        return listed_or_inferred(api.regional_endpoints, location).ok_or_else(|| fault(location));
    }
    if let Some(url) = listed(api.locational_endpoints, location) {
        return Ok(url.into());
    }
    // A location that has only a regional endpoint is served by the root URL.
    if listed(api.regional_endpoints, location).is_some() {
        return Ok(api.root_url.into());
    }
    Ok(inferred(api.locational_endpoints, location).unwrap_or(api.root_url.into()))
}

/// Returns the root URL of the endpoint of `location`, which a caller has chosen for all calls.
pub(crate) fn of_location(api: &'static Api, location: &str, regional: bool) -> Result<Cow<'static, str>, UsageError> {
    if is_global(location) {
        return Ok(api.root_url.into());
    }
    if regional {
        return listed_or_inferred(api.regional_endpoints, location).ok_or_else(|| fault(location));
    }
    let listed = listed(api.locational_endpoints, location).or_else(|| listed(api.regional_endpoints, location));
    let url = listed.map(Cow::Borrowed).or_else(|| inferred(api.locational_endpoints, location));
    url.or_else(|| inferred(api.regional_endpoints, location)).ok_or_else(|| fault(location))
}

/// Returns `true` for the locations that the root URL serves: `global`, and `-`, which is a wildcard for all.
fn is_global(location: &str) -> bool {
    matches!(location, "global" | "-")
}

fn fault(location: &str) -> UsageError {
    UsageError::Location { location: location.to_owned() }
}

/// Of several URLs of one location the first counts.
fn listed(endpoints: Endpoints, location: &str) -> Option<&'static str> {
    endpoints.iter().find(|(listed, _)| *listed == location).map(|(_, url)| *url)
}

fn listed_or_inferred(endpoints: Endpoints, location: &str) -> Option<Cow<'static, str>> {
    listed(endpoints, location).map(Cow::Borrowed).or_else(|| inferred(endpoints, location))
}

/// Returns the URL that a location would have if it were listed like most others are.
fn inferred(endpoints: Endpoints, location: &str) -> Option<Cow<'static, str>> {
    let (before, after) = pattern(endpoints)?;
    is_label(location).then(|| format!("{before}{location}{after}").into())
}

/// Returns the text before and after the location in most URLs of `endpoints`.
fn pattern(endpoints: Endpoints) -> Option<(&'static str, &'static str)> {
    endpoints.iter().filter_map(|(location, url)| around(location, url)).find(|pattern| {
        let matching = endpoints.iter().filter(|(location, url)| around(location, url).as_ref() == Some(pattern));
        matching.count() > endpoints.len() / 2
    })
}

/// Returns the parts of `url` around `location`, if that is a part of the host before its domain: whatever location
/// is there, the URL leads to the same domain.
fn around(location: &str, url: &'static str) -> Option<(&'static str, &'static str)> {
    url.match_indices(location).find_map(|(at, _)| {
        let (before, rest) = url.split_at_checked(at)?;
        let after = rest.strip_prefix(location)?;
        let (_, domain) = after.strip_suffix('/')?.split_once('.')?;
        let is_part = before.starts_with("https://")
            && before.ends_with(['/', '.', '-'])
            && after.starts_with(['.', '-'])
            && domain.contains('.')
            && !after.trim_end_matches('/').contains(['/', ':', '@']);
        is_part.then_some((before, after))
    })
}

/// Returns `true` for a valid label of a host name: lowercase letters, digits and hyphens.
fn is_label(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=40).contains(&text.len()) && text.bytes().all(allowed) && !text.starts_with('-') && !text.ends_with('-')
}

/// Returns `true` for a root URL of Google's APIs.
pub(crate) fn is_google(root_url: &str) -> bool {
    let host = root_url.trim_start_matches("https://").split('/').next().unwrap_or_default();
    host == "googleapis.com" || host.ends_with(".googleapis.com")
}

/// Returns `true` for a URL at one of the hosts that the API's document names, those of locations like the listed
/// ones included. Of several URLs of one location only the first counts: the others are hosts of earlier stages.
#[cfg(feature = "transport")]
pub(crate) fn is_of_api(api: &'static Api, uri: &Uri) -> bool {
    let is_at = |url: &str| url.parse().is_ok_and(|url| same_origin(&url, uri));
    if is_at(api.root_url) || api.other_root_urls.iter().copied().any(is_at) {
        return true;
    }
    [api.locational_endpoints, api.regional_endpoints].into_iter().any(|endpoints| {
        let first = endpoints.iter().filter(|(location, url)| listed(endpoints, location) == Some(url));
        first.map(|(_, url)| *url).any(is_at)
            || pattern(endpoints).is_some_and(|(before, after)| {
                let location = uri.host().and_then(|host| {
                    host.strip_prefix(before.trim_start_matches("https://"))?.strip_suffix(after.trim_end_matches('/'))
                });
                location.is_some_and(|location| is_label(location) && is_at(&format!("{before}{location}{after}")))
            })
    })
}

/// Returns the location in the name of a resource: `l` in `projects/p/locations/l/…`.
pub(crate) fn location_in(name: &str) -> Option<&str> {
    let mut segments = name.split('/');
    while let (Some(collection), Some(id)) = (segments.next(), segments.next()) {
        if collection == "locations" {
            return Some(id).filter(|id| !id.is_empty());
        }
    }
    None
}

/// Returns a base URL with a slash at its end.
///
/// # Errors
/// When it is not one, or would carry requests over the network without TLS and `insecure` does not allow that.
pub(crate) fn check_url(url: &str, insecure: bool) -> Result<String, UsageError> {
    let fault = || UsageError::BaseUrl { url: without_user(url) };
    let uri: Uri = url.parse().map_err(|_| fault())?;
    let Some(authority) = uri.authority() else {
        return Err(fault());
    };
    if authority.as_str().contains('@') || authority.host().is_empty() || url.contains(['?', '#']) {
        return Err(fault());
    }
    match uri.scheme_str() {
        Some("https") => {}
        Some("http") if insecure || is_private(&uri) => {}
        Some("http") => return Err(UsageError::Insecure { url: url.to_owned() }),
        _ => return Err(fault()),
    }
    let mut url = url.to_owned();
    if !url.ends_with('/') {
        url.push('/');
    }
    Ok(url)
}

/// Returns `true` for a URL whose requests cannot be read on the network: with TLS, or on this machine.
pub(crate) fn is_private(uri: &Uri) -> bool {
    uri.scheme_str() == Some("https") || is_loopback(uri)
}

/// Returns `true` for two URLs of the same server.
#[cfg(feature = "transport")]
pub(crate) fn same_origin(a: &Uri, b: &Uri) -> bool {
    let port = |uri: &Uri| uri.port_u16().or(if uri.scheme_str() == Some("http") { Some(80) } else { Some(443) });
    let host = |uri: &Uri| uri.host().map(str::to_ascii_lowercase);
    a.scheme() == b.scheme() && host(a) == host(b) && port(a) == port(b)
}

/// Returns `true` for a URL whose host is this machine.
pub fn is_loopback(uri: &Uri) -> bool {
    let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Returns a URL less its user, password, query and fragment, any of which may be secret.
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

    /// Vertex AI, which has both kinds.
    static VERTEX: Api = Api {
        root_url: "https://aiplatform.googleapis.com/",
        locational_endpoints: &[
            ("africa-south1", "https://africa-south1-aiplatform.googleapis.com/"),
            ("us-central1", "https://us-central1-aiplatform.googleapis.com/"),
        ],
        regional_endpoints: &[
            ("us", "https://aiplatform.us.rep.googleapis.com/"),
            ("eu", "https://aiplatform.eu.rep.googleapis.com/"),
            ("eu", "https://aiplatform-preprod.eu.rep.googleapis.com/"),
        ],
        ..Api::EMPTY
    };

    /// Cloud KMS, whose endpoints are all regional.
    static KMS: Api = Api {
        root_url: "https://cloudkms.googleapis.com/",
        regional_endpoints: &[
            ("us-east7", "https://cloudkms.us-east7.rep.googleapis.com/"),
            ("europe-west6", "https://cloudkms.europe-west6.rep.googleapis.com/"),
        ],
        ..Api::EMPTY
    };

    static NONE: Api = Api { root_url: "https://example.com/", ..Api::EMPTY };

    #[test]
    fn resources_use_locational_endpoints_or_the_root_url() {
        let cases = [
            (&VERTEX, "us-central1", "https://us-central1-aiplatform.googleapis.com/"),
            (&VERTEX, "mars-north1", "https://mars-north1-aiplatform.googleapis.com/"),
            (&VERTEX, "us", VERTEX.root_url),
            (&VERTEX, "global", VERTEX.root_url),
            (&VERTEX, "-", VERTEX.root_url),
            (&VERTEX, "evil.com/x", VERTEX.root_url),
            (&VERTEX, "..", VERTEX.root_url),
            (&KMS, "europe-west1", KMS.root_url),
            (&KMS, "us-east7", KMS.root_url),
            (&NONE, "us-central1", NONE.root_url),
        ];
        for (api, location, url) in cases {
            assert_eq!(of_resource(api, Some(location), false).unwrap(), url, "{location}");
        }
        assert_eq!(of_resource(&VERTEX, None, false).unwrap(), VERTEX.root_url);
    }

    #[test]
    fn resources_use_regional_endpoints_if_preferred() {
        let cases = [
            (&KMS, "us-east7", "https://cloudkms.us-east7.rep.googleapis.com/"),
            (&KMS, "europe-west1", "https://cloudkms.europe-west1.rep.googleapis.com/"),
            (&KMS, "global", KMS.root_url),
            (&VERTEX, "eu", "https://aiplatform.eu.rep.googleapis.com/"),
        ];
        for (api, location, url) in cases {
            assert_eq!(of_resource(api, Some(location), true).unwrap(), url, "{location}");
        }
        for (api, location) in [(&NONE, "us-east7"), (&KMS, "evil.com/x"), (&KMS, "")] {
            assert!(matches!(of_resource(api, Some(location), true), Err(UsageError::Location { .. })), "{location}");
        }
        assert_eq!(of_resource(&NONE, None, true).unwrap(), NONE.root_url);
    }

    #[test]
    fn a_location_that_the_caller_chooses_has_an_endpoint() {
        let cases = [
            (&VERTEX, "us-central1", "https://us-central1-aiplatform.googleapis.com/"),
            (&VERTEX, "us", "https://aiplatform.us.rep.googleapis.com/"),
            (&VERTEX, "mars-north1", "https://mars-north1-aiplatform.googleapis.com/"),
            (&VERTEX, "global", VERTEX.root_url),
            (&KMS, "europe-west1", "https://cloudkms.europe-west1.rep.googleapis.com/"),
        ];
        for (api, location, url) in cases {
            assert_eq!(of_location(api, location, false).unwrap(), url, "{location}");
        }
        assert!(matches!(of_location(&NONE, "us-east7", false), Err(UsageError::Location { .. })));
        assert!(matches!(of_location(&VERTEX, "evil.com/x", false), Err(UsageError::Location { .. })));
    }

    #[test]
    fn urls_without_a_pattern_have_none() {
        let tables: [Endpoints; 5] = [
            &[("us", "https://one.example.com/"), ("eu", "https://two.example.com/")],
            &[("us", "https://us.com/")],
            &[("us", "https://us-example.com/")],
            &[("us", "https://example.com/us/")],
            &[("us", "http://us.api.example.com/")],
        ];
        for table in tables {
            assert_eq!(pattern(table), None, "{table:?}");
        }
        // A location within a word does not count.
        let logging: Endpoints = &[("in", "https://logging.in.rep.googleapis.com/")];
        assert_eq!(pattern(logging), Some(("https://logging.", ".rep.googleapis.com/")));
    }

    #[cfg(feature = "transport")]
    #[test]
    fn hosts_of_the_api() {
        let of = |api, url: &'static str| is_of_api(api, &Uri::from_static(url));
        for url in [
            "https://aiplatform.googleapis.com/x",
            "https://us-central1-aiplatform.googleapis.com/",
            "https://mars-north1-aiplatform.googleapis.com/",
            "https://aiplatform.eu.rep.googleapis.com/",
            "https://aiplatform.us-east7.rep.googleapis.com/",
        ] {
            assert!(of(&VERTEX, url), "{url}");
        }
        for url in [
            "http://aiplatform.googleapis.com/",
            "http://mars-north1-aiplatform.googleapis.com/",
            "https://mars-north1-aiplatform.googleapis.com:8443/",
            "https://aiplatform-preprod.eu.rep.googleapis.com/",
            "https://a.b-aiplatform.googleapis.com/",
            "https://storage.googleapis.com/",
            "https://example.com/",
        ] {
            assert!(!of(&VERTEX, url), "{url}");
        }
    }

    #[test]
    fn locations_in_names() {
        assert_eq!(location_in("projects/p/locations/l/tuningJobs/1"), Some("l"));
        assert_eq!(location_in("folders/p/locations/l"), Some("l"));
        assert_eq!(location_in("projects/locations/locations/l"), Some("l"));
        assert_eq!(location_in("projects/p"), None);
        assert_eq!(location_in("projects/p/locations/"), None);
        assert_eq!(location_in("projects/locations"), None);
    }

    #[test]
    fn base_urls() {
        assert_eq!(check_url("https://a.b", false).unwrap(), "https://a.b/");
        assert_eq!(check_url("http://127.0.0.1:8080/x", false).unwrap(), "http://127.0.0.1:8080/x/");
        assert!(check_url("http://[::1]:80", false).is_ok());
        assert!(check_url("http://emulator:8080", true).is_ok());
        for url in ["http://a.b", "http://localhost.a.b", "http://emulator:8080"] {
            assert!(matches!(check_url(url, false), Err(UsageError::Insecure { .. })), "{url}");
        }
        for url in ["a.b", "ftp://a.b", "https://a.b?x", "/x", "", "https://"] {
            assert!(matches!(check_url(url, true), Err(UsageError::BaseUrl { .. })), "{url}");
        }
        let error = check_url("https://user:secret@a.b/?key=secret", false).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("secret"));
    }

    #[cfg(feature = "transport")]
    #[test]
    fn origins() {
        let same = |a: &'static str, b: &'static str| same_origin(&Uri::from_static(a), &Uri::from_static(b));
        assert!(same("https://a.b/x", "https://A.b:443/y"));
        assert!(!same("https://a.b/", "https://a.b:8443/"));
        assert!(!same("https://a.b/", "http://a.b/"));
        assert!(!same("https://a.b/", "https://a.b.c/"));
    }
}
