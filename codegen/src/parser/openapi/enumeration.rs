//! Values that `enum` and `const` list.

use super::node::Node;
use super::reader::Reader;
use super::view::View;
use crate::model::{EnumValue, Enumeration};
use std::collections::HashSet;

/// Kind of the values that `enum` and `const` list.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Listed {
    Text,
    Integer,
    Number,
    Bool,
    /// Values of several kinds.
    Mixed,
}

/// Returns the kind of the values that a schema lists, `null` aside; `None` if it lists none, or lists and objects.
pub(super) fn listed(node: &Node) -> Option<Listed> {
    let values = match node.get("enum") {
        Some(Node::List(values)) => values.as_slice(),
        _ => &[],
    };
    let mut kinds =
        values.iter().chain(node.get("const")).filter(|value| **value != Node::Null).map(|value| match value {
            Node::Text(_) => Some(Listed::Text),
            Node::Number(number) if number.is_f64() => Some(Listed::Number),
            Node::Number(_) => Some(Listed::Integer),
            Node::Bool(_) => Some(Listed::Bool),
            Node::Null | Node::List(_) | Node::Object(_) | Node::TooDeep => None,
        });
    let first = kinds.next()??;
    kinds.try_fold(first, |kind, other| {
        Some(match (kind, other?) {
            (kind, other) if kind == other => kind,
            (Listed::Integer | Listed::Number, Listed::Integer | Listed::Number) => Listed::Number,
            _ => Listed::Mixed,
        })
    })
}

/// Returns `true` if a listed value is a number or boolean on the wire. The schema's type decides where it can be both:
/// YAML without quotes has numbers in lists of strings.
fn is_literal(view: &View<'_>, value: &Node) -> bool {
    match (view.text("type"), value) {
        (Some("string"), _) => false,
        (Some("integer" | "number"), Node::Text(text)) => text.parse::<serde_json::Number>().is_ok(),
        (Some("boolean"), Node::Text(text)) => matches!(text.as_str(), "true" | "false"),
        (_, value) => matches!(value, Node::Number(_) | Node::Bool(_)),
    }
}

impl<'a> Reader<'a> {
    /// Returns the values that schemas list, all of them together.
    pub(super) fn enumeration(&mut self, views: &[View<'a>]) -> Enumeration {
        let mut values: Vec<EnumValue> = Vec::new();
        let mut seen = HashSet::new();
        for view in views {
            let docs = ["x-google-enum-descriptions", "x-enumDescriptions", "x-enum-descriptions"];
            let docs = docs.into_iter().find_map(|key| view.node.get(key));
            let deprecated = view.node.get("x-google-enum-deprecated");
            let named = |list: Option<&'a Node>, index: usize, name: &str| match list {
                Some(Node::List(items)) => items.get(index),
                Some(Node::Object(members)) => members.get(name),
                _ => None,
            };
            let constant = view.get("const");
            let listed = self.list(view, "enum");
            if listed.is_none() && constant.is_none() {
                continue;
            }
            let listed: Vec<View<'a>> = listed.iter().flat_map(View::items).chain(constant).collect();
            for (index, value) in listed.iter().enumerate() {
                // A value that may be `null` may be left unset, as all may.
                if *value.node == Node::Null {
                    continue;
                }
                let name = value.node.to_string();
                if !seen.insert(name.clone()) {
                    continue;
                }
                let doc = named(docs, index, &name).and_then(Node::text).filter(|doc| !doc.is_empty());
                let deprecated = matches!(named(deprecated, index, &name), Some(Node::Bool(true)));
                let is_literal = is_literal(view, value.node);
                values.push(EnumValue { doc: doc.map(str::to_owned), deprecated, is_literal, name });
            }
        }
        Enumeration { values, beside_text: false }
    }
}
