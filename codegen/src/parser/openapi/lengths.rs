//! Names that are too long, which are left out of a document before anything else is read.

use super::node::Node;
use crate::parser::names::{MAX_LENGTH, too_long};
use crate::source::escape;

/// A part of a document that is left out because of its name.
pub(super) struct TooLong {
    pub(super) pointer: String,
    pub(super) message: String,
}

/// Keys whose text is a name, or a part of one, wherever it is used.
const NAMES: [&str; 9] =
    ["$anchor", "$dynamicAnchor", "$id", "name", "propertyName", "scheme", "title", "url", "x-ms-discriminator-value"];

/// Keys whose members have names of the document's choice.
const NAMED: [&str; 22] = [
    "$defs",
    "callbacks",
    "definitions",
    "dependentRequired",
    "dependentSchemas",
    "headers",
    "links",
    "mapping",
    "parameters",
    "pathItems",
    "paths",
    "patternProperties",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "scopes",
    "securitySchemes",
    "variables",
    "webhooks",
    "x-unions",
    "x-webhooks",
];

/// Keys whose values are data, and have no names.
const DATA: [&str; 5] = ["const", "default", "enum", "example", "examples"];

/// Removes what has a name of too many bytes, and returns it. Paths are left out with their operations, later.
pub(super) fn remove_too_long(root: &mut Node) -> Vec<TooLong> {
    let mut found = Vec::new();
    visit(root, Keys::Known, &mut Vec::new(), &mut found);
    found
}

/// Kind of the keys of an object.
#[derive(Clone, Copy, PartialEq)]
enum Keys {
    /// Keywords of OpenAPI.
    Known,
    /// Names that the document chooses.
    Names,
    /// Paths of operations.
    Paths,
}

fn visit(node: &mut Node, keys: Keys, path: &mut Vec<String>, found: &mut Vec<TooLong>) {
    match node {
        Node::Object(members) => {
            members.retain(|key, value| {
                let text = value.text().filter(|_| keys == Keys::Known && NAMES.contains(&key.as_str()));
                let message = match keys {
                    Keys::Paths => None,
                    _ => too_long(key).or_else(|| text.and_then(too_long)),
                };
                if let Some(message) = message {
                    found.push(TooLong { pointer: pointer(path, key), message });
                    return false;
                }
                let known = keys == Keys::Known;
                let has_names =
                    !known || matches!(value, Node::Object(_) | Node::List(_)) && !DATA.contains(&key.as_str());
                if has_names && key.len() <= MAX_LENGTH {
                    let below = match key.as_str() {
                        "paths" if known && path.is_empty() => Keys::Paths,
                        key if known && NAMED.contains(&key) => Keys::Names,
                        _ => Keys::Known,
                    };
                    let is_required = known && key == "required";
                    path.push(key.clone());
                    match value {
                        Node::List(names) if is_required => required(names, path, found),
                        value => visit(value, below, path, found),
                    }
                    path.pop();
                }
                true
            });
        }
        Node::List(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                path.push(index.to_string());
                visit(item, Keys::Known, path, found);
                path.pop();
            }
        }
        _ => {}
    }
}

/// Removes the names of required properties that are too long.
fn required(names: &mut Vec<Node>, path: &[String], found: &mut Vec<TooLong>) {
    let mut index = 0usize;
    names.retain(|name| {
        let message = name.text().and_then(too_long);
        let keep = message.is_none();
        found.extend(message.map(|message| TooLong { pointer: pointer(path, &index.to_string()), message }));
        index = index.saturating_add(1);
        keep
    });
}

fn pointer(path: &[String], last: &str) -> String {
    path.iter().map(String::as_str).chain([last]).map(|step| format!("/{}", escape(step))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn removed(document: &str) -> Vec<String> {
        let mut node: Node = serde_json::from_str(document).unwrap();
        let before = node.clone();
        let found: Vec<String> = remove_too_long(&mut node).into_iter().map(|one| one.pointer).collect();
        assert_eq!(found.is_empty(), node == before);
        found.iter().map(|pointer| pointer.replace(&"n".repeat(MAX_LENGTH + 1), "…")).collect()
    }

    #[test]
    fn long_names_are_left_out() {
        let long = "n".repeat(MAX_LENGTH + 1);
        for (document, left_out) in [
            (r#"{"components": {"schemas": {"…": {}}}}"#, "/components/schemas/…"),
            (r#"{"a": [{"properties": {"title": {"properties": {"…": {}}}}}]}"#, "/a/0/properties/title/properties/…"),
            (r#"{"a": {"title": "…"}}"#, "/a/title"),
            (r#"{"a": {"required": ["b", "…"]}}"#, "/a/required/1"),
            (r#"{"a": {"properties": {"example": {"properties": {"…": {}}}}}}"#, "/a/properties/example/properties/…"),
            (r#"{"servers": [{"url": "…"}]}"#, "/servers/0/url"),
            (r#"{"security": [{"…": []}]}"#, "/security/0/…"),
            (r#"{"x-unions": {"…": []}}"#, "/x-unions/…"),
        ] {
            assert_eq!(removed(&document.replace('…', &long)), [left_out], "{document}");
        }
        assert_eq!(removed(&format!(r#"{{"properties": {{"{}": {{}}}}}}"#, "n".repeat(MAX_LENGTH))), [""; 0]);
    }

    #[test]
    fn other_long_texts_stay() {
        let long = "n".repeat(MAX_LENGTH + 1);
        for document in [
            r#"{"a": {"description": "…", "enum": ["…"], "default": "…", "const": {"…": 1}}}"#,
            r#"{"a": {"example": {"…": 1, "name": "…"}, "examples": {"b": {"value": {"…": 1}}}}}"#,
            r#"{"scopes": {"name": "…"}, "mapping": {"url": "…"}}"#,
            r#"{"paths": {"/…": {}}}"#,
        ] {
            assert_eq!(removed(&document.replace('…', &long)), [""; 0], "{document}");
        }
    }
}
