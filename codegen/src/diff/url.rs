//! Comparison of the URLs of methods.

use crate::model::{Method, PathPart};

/// Returns the URL of a method without the names of its variables, which distinguishes it from others with the same
/// HTTP method. `v1/{+name}` is the path of hundreds, so the flat path is used if there is one, and patterns if not.
pub(crate) fn url(method: &Method) -> String {
    match &method.flat_path {
        Some(flat) => blank(flat),
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

/// Returns `v1/plants/{plantsId}` as `v1/plants/{}`.
fn blank(path: &str) -> String {
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
