//! Lists of values.

use super::node::Node;
use super::reader::Reader;
use super::view::View;
use crate::model::{EnumValue, Enumeration};
use std::collections::HashSet;

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
            if listed.is_empty() {
                self.warn(&view.get_or_self("enum"), "`enum` has no values");
            }
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
                values.push(EnumValue { doc: doc.map(str::to_owned), deprecated, name });
            }
        }
        Enumeration { values }
    }
}
