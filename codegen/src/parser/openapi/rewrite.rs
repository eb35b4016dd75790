//! Schemas that are rewritten as they are read, since what they state is spread over several places.

use super::node::Node;
use std::collections::BTreeMap;

/// Keys that, together with a `$ref`, form another schema. OpenAPI 3.0 ignores all siblings of a `$ref`.
const SIBLINGS: [&str; 10] = [
    "properties",
    "additionalProperties",
    "patternProperties",
    "items",
    "prefixItems",
    "allOf",
    "oneOf",
    "anyOf",
    "enum",
    "const",
];

/// Rewrites each `$ref` with siblings, as OpenAPI 3.1 allows, as the `allOf` of both; and each `$dynamicRef` as a `$ref`
/// to the only schema that has the anchor. Where several have it, it depends on what refers to the schema.
pub(super) fn rewrite_references(node: &mut Node, anchors: &BTreeMap<String, usize>) {
    match node {
        Node::List(items) => items.iter_mut().for_each(|item| rewrite_references(item, anchors)),
        Node::Object(members) => {
            members.values_mut().for_each(|member| rewrite_references(member, anchors));
            let anchor = members.get("$dynamicRef").and_then(|reference| reference.text()?.split_once('#'));
            let is_static = anchor.is_some_and(|(_, anchor)| anchors.get(anchor) == Some(&1));
            if is_static && !members.contains_key("$ref") {
                let reference = members.remove("$dynamicRef");
                members.extend(reference.map(|reference| ("$ref".to_owned(), reference)));
            }
            let has_siblings = SIBLINGS.iter().any(|key| members.contains_key(*key));
            if has_siblings && matches!(members.get("$ref"), Some(Node::Text(_))) {
                let mut own = std::mem::take(members);
                let reference = own.remove("$ref").map(|reference| ("$ref".to_owned(), reference));
                for key in ["title", "description", "deprecated", "readOnly", "writeOnly", "default"] {
                    members.extend(own.remove_entry(key));
                }
                let parts = vec![Node::Object(reference.into_iter().collect()), Node::Object(own)];
                members.insert("allOf".to_owned(), Node::List(parts));
            }
        }
        _ => {}
    }
}

/// Counts the schemas that have each `$dynamicAnchor`.
pub(super) fn count_dynamic_anchors(node: &Node, counts: &mut BTreeMap<String, usize>) {
    match node {
        Node::List(items) => items.iter().for_each(|item| count_dynamic_anchors(item, counts)),
        Node::Object(members) => {
            members.values().for_each(|member| count_dynamic_anchors(member, counts));
            if let Some(anchor) = members.get("$dynamicAnchor").and_then(Node::text) {
                let count = counts.entry(anchor.to_owned()).or_default();
                *count = count.saturating_add(1);
            }
        }
        _ => {}
    }
}

/// Moves a format to the type, if an `allOf` or a choice of one states the two apart: in different parts, or one of
/// them around the parts.
pub(super) fn join_formats(node: &mut Node) {
    match node {
        Node::List(items) => items.iter_mut().for_each(join_formats),
        Node::Object(members) => {
            members.values_mut().for_each(join_formats);
            for list in ["allOf", "oneOf", "anyOf"] {
                move_to_type(members, list, "format");
                move_to_type(members, list, "contentEncoding");
            }
        }
        _ => {}
    }
}

/// Moves a keyword of a schema with a list of parts, or of one of these, to the part that states the type.
fn move_to_type(members: &mut BTreeMap<String, Node>, list: &str, key: &str) {
    let outer = if members.contains_key("type") { None } else { members.get(key).cloned() };
    let takes_format = members.contains_key("type") && !members.contains_key(key);
    let Some(Node::List(parts)) = members.get_mut(list) else { return };
    // A choice of one is that one.
    if list != "allOf" && parts.len() != 1 {
        return;
    }
    let is_typed = |part: &Node| part.get("type").is_some();
    let inner = parts.iter().filter(|part| !is_typed(part)).find_map(|part| part.get(key)).cloned();
    let Some(format) = outer.or(inner) else { return };
    let typed = parts.iter_mut().find(|part| is_typed(part) && part.get(key).is_none());
    let is_moved = match typed {
        Some(Node::Object(part)) => part.insert(key.to_owned(), format.clone()).is_none(),
        _ => takes_format && !parts.iter().any(is_typed),
    };
    if is_moved {
        for part in parts.iter_mut().filter(|part| part.get("type").is_none()) {
            if let Node::Object(part) = part {
                part.remove(key);
            }
        }
        if members.contains_key("type") {
            members.entry(key.to_owned()).or_insert(format);
        } else {
            members.remove(key);
        }
    }
}
