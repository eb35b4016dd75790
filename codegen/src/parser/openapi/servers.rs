//! Servers: the root URL of an API, its endpoints, and servers of single operations.

use super::reader::Reader;
use super::view::View;
use crate::model::{Endpoint, EndpointKind, Server, ServerTemplate};
use crate::parser::names::{MAX_LENGTH, too_long};

/// Root URL of an API whose document names no host.
const PLACEHOLDER: &str = "http://localhost/";

/// The servers of an API.
pub(super) struct Servers {
    /// Host of the first server, without a port.
    pub(super) host: Option<String>,
    /// `https://api.example.com/` and `v2/`.
    pub(super) server: Server,
    /// URLs of all servers.
    pub(super) urls: Vec<String>,
    pub(super) endpoints: Vec<Endpoint>,
    /// URL of the first server with its variables, if it has any.
    pub(super) template: Option<ServerTemplate>,
}

impl<'a> Reader<'a> {
    /// Returns the servers of an API. The first one is the API's. Others are endpoints where the location that they
    /// serve is known: by a variable with a list of values, or a host that is the first one's behind a location.
    pub(super) fn servers(&mut self, root: &View<'a>) -> Servers {
        let mut list: Vec<_> = self.list(root, "servers").iter().flat_map(View::items).collect();
        // Where a relative URL has no base, another server is the API's.
        let has_base = self.files.source(root.file).is_some_and(|source| parse(&source.name).is_some());
        let is_usable = |server: &View<'_>| {
            server.text("url").is_some_and(|url| (has_base || !is_relative(url)) && !has_other_scheme(url))
        };
        if let Some(first) = list.iter().position(is_usable) {
            let first = list.remove(first);
            list.insert(0, first);
        }
        let Some((first, others)) = list.split_first() else {
            self.skip(root, "servers", "the document does not state a server: set the root URL on the client");
            return Servers {
                host: None,
                server: placeholder(""),
                urls: Vec::new(),
                endpoints: Vec::new(),
                template: None,
            };
        };
        let template = self.template(first);
        let url = self.filled(first, template, None);
        let server = self.server(first, &url, None);
        let mut urls = vec![format!("{}{}", server.root_url, server.service_path)];
        let mut endpoints = Vec::new();
        for (variable, values) in first.get("variables").iter().flat_map(View::members) {
            for value in values.get("enum").iter().flat_map(View::items) {
                let Some(location) = value.node.text() else {
                    continue;
                };
                let url = self.filled(first, template, Some((variable, location)));
                if let Some(other) = parse(&url)
                    .filter(|_| too_long(&url).is_none())
                    .filter(|other| other.service_path == server.service_path)
                {
                    let (location, url) = (location.to_owned(), other.root_url);
                    endpoints.push(Endpoint { location, url, kind: EndpointKind::Locational });
                }
            }
        }
        let host = host(&server.root_url).filter(|_| !server.root_url.starts_with(PLACEHOLDER));
        for other in others {
            let template = self.template(other);
            let url = self.filled(other, template, None);
            let other = parse(&url).filter(|_| too_long(&url).is_none());
            urls.extend(other.iter().map(|other| format!("{}{}", other.root_url, other.service_path)));
            let other = other.filter(|other| other.service_path == server.service_path);
            // Another server is a URL to set on the client, and nothing to generate.
            endpoints.extend(other.and_then(|other| {
                let (location, kind) = location(host.as_deref()?, self::host(&other.root_url)?.as_str())?;
                Some(Endpoint { location, url: other.root_url, kind })
            }));
        }
        let template = with_variables(first, template).filter(|_| too_long(&url).is_none());
        Servers { host, server, urls, endpoints, template }
    }

    /// Returns the server of a single path or operation, if it has one that is not the API's. A relative URL is
    /// relative to the API's server.
    pub(super) fn own_server(
        &mut self,
        operation: &View<'a>,
        items: &[View<'a>],
        root: &View<'a>,
        api: &Server,
    ) -> Option<Server> {
        let servers = [operation].into_iter().chain(items).find_map(|holder| {
            let servers = holder.get("servers")?;
            let is_usable = |server: &View<'_>| server.text("url").is_some_and(|url| !has_other_scheme(url));
            let first = servers.items().find(is_usable).or_else(|| servers.items().next())?;
            Some((servers, first))
        });
        let (servers, first) = servers?;
        if root.node.get("servers") == Some(servers.node) {
            return None;
        }
        let template = self.template(&first);
        let url = self.filled(&first, template, None);
        Some(self.server(&first, &url, Some(api))).filter(|server| server != api)
    }

    /// Returns the URL of a server as it is written, with its variables.
    fn template(&mut self, server: &View<'a>) -> &'a str {
        self.text(server, "url").unwrap_or_default().trim()
    }

    /// Returns a server by its URL, which may lack a scheme, or a host.
    fn server(&mut self, view: &View<'a>, url: &str, base: Option<&Server>) -> Server {
        // The URL is a part of every method's.
        if too_long(url).is_some() {
            let place = view.get_or_self("url");
            let message = format!("the URL of the server has {} bytes, more than {MAX_LENGTH}", url.len());
            let warning = self.warning_at(&place, message).help("set the root URL on the client");
            self.report(&place, warning);
            return base.cloned().unwrap_or_else(|| placeholder(""));
        }
        if let Some(server) = parse(url) {
            if url.contains(['?', '#']) {
                self.skip(view, format!("query of the server `{url}`"), "the URL of a server has no query");
            }
            return server;
        }
        let relative = url.starts_with("//") || is_relative(url);
        let has_host = url.split('/').next().is_some_and(|host| host.contains('.') || host.starts_with("localhost"));
        if let Some(rest) =
            url.strip_prefix("//").or(Some(url).filter(|url| !relative && has_host && !url.contains("://")))
            && let Some(server) = parse(&format!("https://{rest}"))
        {
            let place = view.get_or_self("url");
            self.warn(&place, format!("missing scheme of the server's URL `{url}`: `https` is assumed"));
            return server;
        }
        if relative {
            let from = self.files.source(view.file).map_or("", |source| source.name.as_str());
            if let Some(base) = base.cloned().or_else(|| parse(from)) {
                return Server { service_path: service_path(url), ..base };
            }
            let reason = "its URL has no host: set the root URL on the client";
            self.skip(view, format!("server `{url}`"), reason);
            return placeholder(url);
        }
        let place = view.get_or_self("url");
        let warning = self.warning_at(&place, format!("invalid URL of the server: `{url}`"));
        self.report(&place, warning.help("a URL begins with `https://` and a host; set the root URL on the client"));
        base.cloned().unwrap_or_else(|| placeholder(""))
    }

    /// Returns a URL with values for its variables: one that is given, and the defaults of the others.
    fn filled(&mut self, server: &View<'a>, template: &str, given: Option<(&str, &str)>) -> String {
        let mut url = String::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            url.push_str(before);
            let Some((name, tail)) = after.split_once('}') else {
                rest = after;
                continue;
            };
            rest = tail;
            let variable = server.get("variables").and_then(|variables| variables.get(name));
            let value = match (given, &variable) {
                (Some((wanted, value)), _) if wanted == name => value.to_owned(),
                (_, Some(variable)) => variable.node.get("default").map(ToString::to_string).unwrap_or_default(),
                (_, None) => {
                    let place = server.get_or_self("url");
                    let warning = self.warning_at(&place, format!("unknown variable `{name}` of the server's URL"));
                    let names = server.get("variables");
                    let names = names.iter().flat_map(View::members).map(|(name, _)| name);
                    self.report(&place, warning.help("`variables` has the default of each").suggest(name, names));
                    name.to_owned()
                }
            };
            // A default in braces is the name of a value, not a value.
            url.extend(value.chars().filter(|c| !matches!(c, '{' | '}')));
        }
        url.push_str(rest);
        url
    }
}

/// Returns an absolute URL with its variables, if it has any and each has a default.
fn with_variables(server: &View<'_>, template: &str) -> Option<ServerTemplate> {
    let mut variables = Vec::new();
    for name in template.split('{').skip(1).map(|rest| rest.split('}').next().unwrap_or_default()) {
        let default = server.get("variables")?.get(name)?.node.get("default")?.to_string();
        variables.push((name.to_owned(), default.replace(['{', '}'], "")));
    }
    let url = format!("{}/", template.trim_end_matches('/'));
    let absolute = url.starts_with("https://") || url.starts_with("http://");
    (absolute && !variables.is_empty() && !url.contains(['?', '#'])).then_some(ServerTemplate { url, variables })
}

fn placeholder(path: &str) -> Server {
    Server { root_url: PLACEHOLDER.to_owned(), service_path: service_path(path) }
}

/// Returns `v2/` for `/v2`, and nothing for `/`.
fn service_path(path: &str) -> String {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let steps: Vec<&str> = path.split('/').filter(|step| !matches!(*step, "" | "." | "..")).collect();
    if steps.is_empty() { String::new() } else { format!("{}/", steps.join("/")) }
}

/// Returns `true` for a URL without a host.
fn is_relative(url: &str) -> bool {
    url.is_empty() || url.starts_with('.') || url.starts_with('/') && !url.starts_with("//")
}

/// Returns `true` for a URL of another scheme than HTTP's, such as that of a web socket.
fn has_other_scheme(url: &str) -> bool {
    let scheme = url.trim().split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    scheme.is_some_and(|scheme| !matches!(scheme.as_str(), "http" | "https") && !scheme.contains('{'))
}

/// Parses an absolute URL. A query has no place in the URL of a server.
fn parse(url: &str) -> Option<Server> {
    let (scheme, rest) = url.trim().split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let valid = !authority.is_empty() && !authority.contains(|c: char| c.is_whitespace() || c.is_control() || c == '@');
    if !matches!(scheme.as_str(), "http" | "https") || !valid {
        return None;
    }
    Some(Server { root_url: format!("{scheme}://{authority}/"), service_path: service_path(path) })
}

/// Returns the host of a root URL, without a port.
fn host(root_url: &str) -> Option<String> {
    let authority = root_url.split_once("://")?.1.trim_end_matches('/');
    let host = authority.rsplit('@').next().unwrap_or(authority);
    host.split(':').next().map(str::to_owned)
}

/// Returns the location that a host names: `us-central1-aiplatform.googleapis.com`, `aiplatform.us.rep.googleapis.com`.
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
    use super::{EndpointKind, host, location, parse};

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
        let server = parse("https://api.example.com:8080/v2/").unwrap();
        assert_eq!((server.root_url.as_str(), server.service_path.as_str()), ("https://api.example.com:8080/", "v2/"));
        assert_eq!(host(&server.root_url).as_deref(), Some("api.example.com"));
        assert!(parse("ftp://x/").is_none() && parse("/v1").is_none() && parse("https:///x").is_none());
        assert!(parse("https://user:password@x/").is_none());
    }
}
