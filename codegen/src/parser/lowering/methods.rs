//! Names, streams and positional parameters of methods.

use crate::model::{Location, Parameter, PathTemplate};
use std::collections::BTreeMap;

/// Returns the name of a method: its id without the API's name.
pub(crate) fn method_name(id: &str) -> &str {
    id.split_once('.').map_or(id, |(_, name)| name)
}

/// Returns true if the method streams its response. Discovery has no key for it; such methods are named `stream…`.
pub(crate) fn is_stream(name: &str) -> bool {
    let leaf = name.rsplit('.').next().unwrap_or(name);
    ["stream", "serverStreaming"]
        .iter()
        .any(|prefix| leaf.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase())))
}

/// Returns the order of positional parameters: the document's, then the path's missing ones, then other required ones.
pub(crate) fn order(path: &PathTemplate, parameters: &BTreeMap<String, Parameter>, document: &[String]) -> Vec<String> {
    let mut order: Vec<String> = Vec::new();
    let required = |name: &&String| parameters.get(*name).is_some_and(|p| p.required);
    let in_path = path.variables().map(str::to_owned).collect::<Vec<_>>();
    for name in document.iter().filter(required).chain(&in_path).chain(parameters.keys().filter(required)) {
        // A parameter that is said to be in the path, and is not, has nowhere to go.
        let placed = parameters.get(name).is_some_and(|p| p.location != Location::Path || in_path.contains(name));
        if placed && !order.contains(name) {
            order.push(name.clone());
        }
    }
    order
}
