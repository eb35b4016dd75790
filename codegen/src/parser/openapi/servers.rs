//! Where an API is served.

use super::files::View;
use super::reader::Reader;
use crate::model::{Endpoint, EndpointKind};

/// What stands in for the host where a document names none.
const NOWHERE: &str = "http://localhost/";

/// Where an API is served.
pub(super) struct Servers {
    /// The host of the first server, without a port.
    pub(super) host: Option<String>,
    /// `https://api.example.com/`.
    pub(super) root_url: String,
    /// `v2/`, or nothing.
    pub(super) service_path: String,
    pub(super) endpoints: Vec<Endpoint>,
}

impl<'a> Reader<'a> {
    /// The first server is the API's; others are endpoints, if something names the location that they serve: a
    /// variable with a list of values, or a host that is the first one's behind a location.
    pub(super) fn servers(&mut self, root: &View<'a>) -> Servers {
        let list: Vec<_> = self.list(root, "servers").iter().flat_map(View::items).collect();
        let Some(first) = list.first() else {
            self.skip(root, "servers", "the document does not say where the API is: set its root URL on the client");
            return parse(NOWHERE).unwrap_or_else(|| unreachable!("it is a URL"));
        };
        let template = self.text(first, "url").unwrap_or_default();
        let url = self.filled(first, template, None);
        let mut servers = match parse(&url) {
            Some(servers) => servers,
            None if url.starts_with('/') || url.is_empty() => {
                let reason = "its URL has no host: set the API's root URL on the client";
                self.skip(first, format!("server `{url}`"), reason);
                parse(&format!("{}{}", NOWHERE.trim_end_matches('/'), with_leading_slash(&url)))
                    .unwrap_or_else(|| unreachable!("it is a URL"))
            }
            None => {
                let place = first.get("url").unwrap_or_else(|| first.clone());
                let error = self.fault(&place, format!("the server's `url` is `{url}`, which is no URL"));
                self.tell(error.help("it begins with `https://`, or with `/` where the host is not known"));
                return parse(NOWHERE).unwrap_or_else(|| unreachable!("it is a URL"));
            }
        };
        for (variable, values) in first.get("variables").iter().flat_map(View::members) {
            for value in values.get("enum").iter().flat_map(View::items) {
                let Some(location) = value.node.text() else {
                    continue;
                };
                let url = self.filled(first, template, Some((variable, location)));
                if let Some(other) = parse(&url).filter(|other| other.service_path == servers.service_path) {
                    let (location, url) = (location.to_owned(), other.root_url);
                    servers.endpoints.push(Endpoint { location, url, kind: EndpointKind::Locational });
                }
            }
        }
        for server in &list[1..] {
            let template = self.text(server, "url").unwrap_or_default();
            let url = self.filled(server, template, None);
            let endpoint = parse(&url).filter(|other| other.service_path == servers.service_path).and_then(|other| {
                let (location, kind) = location(servers.host.as_deref()?, other.host.as_deref()?)?;
                Some(Endpoint { location, url: other.root_url, kind })
            });
            // Another server is a URL to set on the client, and nothing to generate.
            servers.endpoints.extend(endpoint);
        }
        servers
    }

    /// A URL with values for its variables: the one that is given, the defaults of others.
    fn filled(&mut self, server: &View<'a>, template: &str, given: Option<(&str, &str)>) -> String {
        let mut url = template.to_owned();
        for (name, variable) in server.get("variables").iter().flat_map(View::members) {
            let value = match given {
                Some((wanted, value)) if wanted == name => value.to_owned(),
                _ => variable.node.get("default").map(ToString::to_string).unwrap_or_default(),
            };
            url = url.replace(&format!("{{{name}}}"), &value);
        }
        if url.contains('{') {
            let place = server.get("url").unwrap_or_else(|| server.clone());
            let names = server.get("variables");
            let wrong = url.split(['{', '}']).nth(1).unwrap_or_default().to_owned();
            let error = self.fault(&place, format!("the server's `url` has a variable that is not there: `{wrong}`"));
            let names: Vec<&str> = names.iter().flat_map(View::members).map(|(name, _)| name).collect();
            self.tell(error.help("`variables` gives each its default").suggest(&wrong, names));
        }
        url
    }
}

fn with_leading_slash(url: &str) -> String {
    if url.starts_with('/') { url.to_owned() } else { format!("/{url}") }
}

/// A URL in its parts; a query has no place in one.
fn parse(url: &str) -> Option<Servers> {
    let (scheme, rest) = url.split_once("://")?;
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    if !matches!(scheme, "http" | "https") || authority.is_empty() {
        return None;
    }
    let path = path.trim_matches('/');
    let host = authority.rsplit('@').next().unwrap_or(authority).split(':').next().unwrap_or(authority);
    Some(Servers {
        host: Some(host.to_owned()),
        root_url: format!("{scheme}://{authority}/"),
        service_path: if path.is_empty() { String::new() } else { format!("{path}/") },
        endpoints: Vec::new(),
    })
}

/// The location that a host names: `us-central1-aiplatform.googleapis.com`, `aiplatform.us.rep.googleapis.com`.
fn location(first: &str, other: &str) -> Option<(String, EndpointKind)> {
    if let Some(location) = other.strip_suffix(first).and_then(|location| location.strip_suffix('-')) {
        return Some((location.to_owned(), EndpointKind::Locational));
    }
    let (name, domain) = first.split_once('.')?;
    let location = other.strip_prefix(name)?.strip_prefix('.')?.strip_suffix(domain)?.strip_suffix(".rep.")?;
    Some((location.to_owned(), EndpointKind::Regional))
}

#[cfg(test)]
mod tests {
    use super::{EndpointKind, location, parse};

    #[test]
    fn locations_of_hosts() {
        let first = "aiplatform.googleapis.com";
        let locational = Some(("us-central1".to_owned(), EndpointKind::Locational));
        assert_eq!(location(first, "us-central1-aiplatform.googleapis.com"), locational);
        let regional = Some(("us".to_owned(), EndpointKind::Regional));
        assert_eq!(location(first, "aiplatform.us.rep.googleapis.com"), regional);
        assert_eq!(location(first, "other.googleapis.com"), None);
    }

    #[test]
    fn urls_in_parts() {
        let servers = parse("https://api.example.com:8080/v2/").unwrap();
        assert_eq!(
            (servers.root_url.as_str(), servers.service_path.as_str()),
            ("https://api.example.com:8080/", "v2/")
        );
        assert_eq!(servers.host.as_deref(), Some("api.example.com"));
        assert!(parse("ftp://x/").is_none() && parse("/v1").is_none());
    }
}
