//! Comparison of the URLs of methods.

use crate::model::{Api, Method, PathPart};

/// Returns the URL of a method without the names of its variables, which distinguishes it from others with the same
/// HTTP method. `v1/{+name}` is the path of hundreds, so the flat path is used if there is one, and patterns if not. A path
/// whose variables are single segments is flat itself.
pub(crate) fn url(method: &Method) -> String {
    let takes_several = |part: &PathPart| matches!(part, PathPart::Variable { reserved: true, .. });
    match &method.flat_path {
        Some(flat) if method.path.parts().iter().any(takes_several) => blank(flat),
        Some(_) => blank(&method.path.to_string()),
        None => method
            .path
            .parts()
            .iter()
            .map(|part| match part {
                PathPart::Literal(text) => text.clone(),
                PathPart::Variable { name, .. } => {
                    let pattern = method.parameters.get(name).and_then(|p| p.constraints.pattern.as_deref());
                    pattern.map_or_else(|| "{}".to_owned(), blank_pattern)
                }
            })
            .collect(),
    }
}

/// Returns the URL of the server of a method: its own, or that of the API.
pub(crate) fn server(api: &Api, method: &Method) -> String {
    match &method.server {
        Some(server) => format!("{}{}", server.root_url, server.service_path),
        None => format!("{}{}", api.root_url, api.service_path),
    }
}

/// Returns the URL of a method with the names of its variables.
pub(crate) fn address(api: &Api, method: &Method) -> String {
    normal(&format!("{}{}", server(api, method), method.path))
}

/// Returns a URL with its host in lower case, without the port that its scheme has by default, and with escapes only of
/// characters that need them.
pub(crate) fn normal(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let (scheme, (host, path)) = (scheme.to_lowercase(), rest.split_at(rest.find('/').unwrap_or(rest.len())));
    let host = host.to_lowercase();
    let port = match scheme.as_str() {
        "https" => ":443",
        _ => ":80",
    };
    format!("{scheme}://{}{}", host.strip_suffix(port).unwrap_or(&host), unescaped(path))
}

/// Returns a path without escapes of characters that mean the same without them.
fn unescaped(path: &str) -> String {
    let mut parts = path.split('%');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let escape = part.split_at_checked(2).filter(|(hex, _)| hex.bytes().all(|digit| digit.is_ascii_hexdigit()));
        match escape.and_then(|(hex, rest)| Some((u8::from_str_radix(hex, 16).ok()?, rest))) {
            Some((byte, rest)) if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => {
                out.push(char::from(byte));
                out.push_str(rest);
            }
            Some((byte, rest)) => out.push_str(&format!("%{byte:02X}{rest}")),
            None => {
                out.push('%');
                out.push_str(part);
            }
        }
    }
    out
}

/// Returns `v1/plants/{plantsId}` as `v1/plants/{}`.
pub(crate) fn blank(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut inside = false;
    for c in path.chars() {
        match c {
            '{' => {
                inside = true;
                out.push_str("{}");
            }
            '}' => inside = false,
            _ if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

/// Returns `^plants/[^/]+$` as `plants/{}`.
fn blank_pattern(pattern: &str) -> String {
    pattern.trim_start_matches('^').trim_end_matches('$').replace("[^/]+", "{}")
}

#[cfg(test)]
mod tests {
    use super::normal;

    #[test]
    fn hosts_are_compared_without_case_and_default_port() {
        assert_eq!(normal("HTTPS://Shop.example.com:443/V1"), "https://shop.example.com/V1");
        assert_eq!(normal("http://shop.example.com:80"), "http://shop.example.com");
        assert_eq!(normal("https://shop.example.com:8443/"), "https://shop.example.com:8443/");
        assert_eq!(normal("/v1"), "/v1");
    }

    #[test]
    fn escapes_are_compared_by_what_they_mean() {
        assert_eq!(normal("https://x.example.com/%7ea%2D/%2f%20%zz%"), "https://x.example.com/~a-/%2F%20%zz%");
    }
}
