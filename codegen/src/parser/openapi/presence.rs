//! Conditions on the presence of properties: `required` without declarations, choices of required properties, and
//! properties that require others.

use super::node::Node;
use super::normalize::{Normalized, is_null, restricts_type};
use super::reader::Reader;
use super::view::View;
use crate::model::{Constraints, RequiredChoice};
use std::collections::{BTreeMap, BTreeSet};

impl<'a> Reader<'a> {
    /// Returns the conditions on the presence of properties that a schema states itself.
    pub(super) fn presence(&mut self, view: &View<'a>) -> Constraints {
        let has = |key: &str| view.node.get(key).is_some();
        let mut required = BTreeSet::new();
        // An object that declares no property has no message that lists the required ones.
        let is_free = !["properties", "$ref", "allOf", "oneOf", "anyOf"].into_iter().any(has);
        let is_undeclared = is_free && (view.text("type") == Some("object") || has("additionalProperties"));
        // Neither has one that only narrows another.
        if is_undeclared || has("$ref") {
            required.extend(names(view));
        }
        let parts: Vec<View<'a>> = view.get("allOf").iter().flat_map(View::items).filter(only_requires).collect();
        if !parts.is_empty() && matches!(self.normalize(view), Normalized::Same(_)) {
            required.extend(parts.iter().flat_map(names));
        }
        let choices = [("oneOf", true), ("anyOf", false)].into_iter();
        let choices = choices.filter_map(|(key, exclusive)| required_choice(&view.get(key)?, exclusive));
        let mut dependent_required: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let stated = ["dependentRequired", "dependencies"].into_iter().filter_map(|key| view.get(key));
        for (name, list) in stated.flat_map(|object| object.members()) {
            let names: BTreeSet<String> = list.items().filter_map(|name| name.node.text()).map(str::to_owned).collect();
            if !names.is_empty() {
                dependent_required.entry(name.to_owned()).or_default().extend(names);
            }
        }
        Constraints { required, required_choices: choices.collect(), dependent_required, ..Constraints::default() }
    }
}

/// Returns `true` for a schema that only requires properties.
pub(super) fn only_requires(view: &View<'_>) -> bool {
    view.node.get("required").is_some() && !restricts_type(view)
}

/// Returns the names that a schema requires.
fn names(view: &View<'_>) -> BTreeSet<String> {
    let list = view.get("required");
    list.iter().flat_map(View::items).filter_map(|name| name.node.text()).map(str::to_owned).collect()
}

/// Returns a choice between sets of required properties; `None` for any other choice.
fn required_choice(list: &View<'_>, exclusive: bool) -> Option<RequiredChoice> {
    let members: Vec<View<'_>> = list.items().filter(|member| !is_null(member)).collect();
    let is_condition = |member: &View<'_>| {
        let typed = member.text("type") == Some("object") && !declares(member);
        member.node.get("required").is_some() && (typed || !restricts_type(member))
    };
    if members.len() < 2 || !members.iter().all(is_condition) {
        return None;
    }
    Some(RequiredChoice { exclusive, sets: members.iter().map(names).collect() })
}

/// Returns `true` for a schema with keys other than its type that restrict it.
fn declares(view: &View<'_>) -> bool {
    let Node::Object(members) = view.node else { return false };
    members.keys().any(|key| !matches!(key.as_str(), "type" | "required" | "title" | "description"))
}
