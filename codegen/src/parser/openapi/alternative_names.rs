//! Names of the alternatives of a choice.

use super::choice::{Branch, Branches};
use super::node::Node;
use super::normalize::Normalized;
use super::reader::Reader;
use super::view::View;
use crate::parser::names::MAX_LENGTH;
use heck::ToUpperCamelCase;

/// Number of names that a property gives to an alternative, at most.
const NAMES_OF_A_PROPERTY: usize = 8;

/// Number of properties in the name of an alternative, at most.
const NAMED_KEYS: usize = 4;

/// Names that suit an alternative.
pub(super) struct Wanted {
    /// The value of a property of its own that can have only one: the best name.
    pub(super) constant: Option<String>,
    /// All names, best first.
    pub(super) names: Vec<String>,
}

impl From<String> for Wanted {
    fn from(name: String) -> Self {
        Self { constant: None, names: vec![name] }
    }
}

impl<'a> Reader<'a> {
    /// Returns names for an alternative, best first, none of which depends on its position: the name or title of its
    /// schema; of an inline object the value of a property that can have only one, the schemas that it is made of, its
    /// required properties, all properties, the kind of one, several together; else its kind.
    pub(super) fn wanted_names(&mut self, branch: &Branch<'a>) -> Wanted {
        if let Some((_, Some(name))) = &branch.whole {
            return name.clone().into();
        }
        if branch.schema.is_none() && self.is_extended(&branch.view) {
            return "Other".to_owned().into();
        }
        let named = branch.schema.is_some() || branch.view.text("title").is_some_and(|title| !title.is_empty());
        if !named && let Normalized::List(Some(items)) = &branch.kind {
            let mut inner = Branches::new(self.open_choices.len());
            self.branch(items, None, 0, &mut inner);
            if let [one] = inner.found.as_slice() {
                let Wanted { constant, names } = self.wanted_names(one);
                let list = |name| format!("{name}List");
                return Wanted { constant: constant.map(list), names: names.into_iter().map(list).collect() };
            }
        }
        if named || !matches!(branch.kind, Normalized::Object) {
            return self.wanted_name(branch).into();
        }
        // The constant that an alternative adds to schemas distinguishes it from others of the same schemas.
        let mut names = Vec::new();
        let mut bases = Vec::new();
        let mut of_bases = Vec::new();
        for part in branch.view.get("allOf").iter().flat_map(View::items) {
            bases.extend(self.follow_if_reference(&part).map(|found| self.name(&found)));
        }
        let mut keys = Vec::new();
        let mut required = Vec::new();
        let mut kinds = Vec::new();
        for part in self.parts(&branch.view, "") {
            required
                .extend(self.list(&part.view, "required").iter().flat_map(View::items).filter_map(|n| n.node.text()));
            for (key, property) in self.object(&part.view, "properties").iter().flat_map(View::members) {
                keys.push(key);
                let only = match (property.node.get("const"), property.node.get("enum")) {
                    (Some(value), _) => Some(value),
                    (_, Some(Node::List(values))) => match values.as_slice() {
                        [value] => Some(value),
                        _ => None,
                    },
                    _ => None,
                };
                let constants = if part.owner.is_empty() { &mut names } else { &mut of_bases };
                match only {
                    Some(Node::Text(value)) if value.len() <= MAX_LENGTH => constants.push(value.to_upper_camel_case()),
                    Some(value @ (Node::Number(_) | Node::Bool(_))) => {
                        constants.push(format!("{key} {value}").to_upper_camel_case());
                    }
                    _ => {}
                }
                let schema = self.follow_if_reference(&property).map(|named| self.name(&named));
                if let Some(target) = self.target(&property) {
                    let kind = self.normalize(&target);
                    let inner = self.wanted_names(&Branch::new(target, kind, schema));
                    let inner = inner.names.iter().take(NAMES_OF_A_PROPERTY);
                    kinds.extend(inner.map(|kind| format!("{key} {kind}").to_upper_camel_case()));
                }
            }
        }
        let is_name = |name: &String| name.starts_with(|c: char| c.is_alphabetic()) && name.len() <= MAX_LENGTH;
        let constant = names.iter().find(|name| is_name(name)).cloned();
        names.extend(bases.into_iter().chain(of_bases));
        let camel = |key: &&str| key.to_upper_camel_case();
        names.extend(required.iter().map(camel));
        names.extend(keys.iter().map(camel));
        names.extend(kinds);
        for several in [&required, &keys] {
            names.extend(
                (2..=several.len().min(NAMED_KEYS))
                    .filter_map(|count| Some(several.get(..count)?.iter().map(camel).collect::<Vec<_>>().join("And"))),
            );
        }
        names.retain(is_name);
        if names.is_empty() {
            names.push("Object".to_owned());
        }
        Wanted { constant, names }
    }

    /// Returns the name that suits an alternative: that of its schema, its title, or its kind.
    fn wanted_name(&mut self, branch: &Branch<'a>) -> String {
        if let Some(name) =
            branch.schema.as_deref().or_else(|| branch.view.text("title")).filter(|name| !name.is_empty())
        {
            return name.to_owned();
        }
        match &branch.kind {
            Normalized::Bool => "Bool".to_owned(),
            Normalized::List(Some(items)) => format!("{}List", self.element_name(items)),
            Normalized::List(None) => "List".to_owned(),
            Normalized::Text | Normalized::Enum => "Text".to_owned(),
            Normalized::Integer => "Integer".to_owned(),
            Normalized::Number => "Number".to_owned(),
            _ => "Object".to_owned(),
        }
    }

    /// Returns the name of a list's elements, where they are of one kind.
    fn element_name(&mut self, items: &View<'a>) -> String {
        let mut inner = Branches::new(self.open_choices.len());
        self.branch(items, None, 0, &mut inner);
        match inner.found.as_slice() {
            [one] => self.wanted_name(one),
            _ => String::new(),
        }
    }
}
