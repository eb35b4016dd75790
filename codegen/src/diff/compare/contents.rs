//! Comparison of constraints on what lists, objects and choices contain, and of keywords that are not interpreted.

use super::constraints::{Changes, MAX_SIZE, MIN_SIZE, Step};
use crate::diff::rules;
use crate::model::{AlternativeConstraints, PatternProperties};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

impl Changes {
    /// Compares the texts of keywords that are not interpreted.
    pub(super) fn unread(&mut self, old: &BTreeMap<&'static str, String>, new: &BTreeMap<&'static str, String>) {
        let contains = old.contains_key("contains") && new.contains_key("contains");
        for key in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
            let (was, is) = (old.get(key), new.get(key));
            let number = |text: Option<&String>| text.and_then(|text| text.parse::<u64>().ok());
            match *key {
                // Without it, a list has one such element.
                "minContains" if contains => {
                    let (was, is) = (number(was).unwrap_or(1), number(is).unwrap_or(1));
                    self.limit("minContains", MIN_SIZE, json!(was), json!(is), Some(is.cmp(&was)));
                }
                "maxContains" if contains => {
                    let (was, is) = (number(was), number(is));
                    let order = was.zip(is).map(|(was, is)| is.cmp(&was));
                    self.limit("maxContains", MAX_SIZE, json!(was), json!(is), order);
                }
                // The number of elements that match nothing.
                "minContains" | "maxContains" => {}
                "xml" if was != is => self.push(&rules::XML_FORM_CHANGED, key, json!(was), json!(is)),
                "xml" => {}
                _ => {
                    let rule = match (was, is) {
                        (None, Some(_)) => &rules::OTHER_CONSTRAINT_ADDED,
                        (Some(_), None) => &rules::OTHER_CONSTRAINT_REMOVED,
                        (was, is) if was != is => &rules::OTHER_CONSTRAINT_CHANGED,
                        _ => continue,
                    };
                    self.push(rule, key, json!(was), json!(is));
                }
            }
        }
    }

    /// Compares properties by patterns of their names. In an object that has no others, they are accepted by these
    /// alone; in one that has any, they restrict them.
    pub(super) fn patterns(&mut self, old: Option<&PatternProperties>, new: Option<&PatternProperties>) {
        let none = BTreeMap::new();
        let (was, is) = (old.map_or(&none, |old| &old.schemas), new.map_or(&none, |new| &new.schemas));
        if was == is {
            return;
        }
        let within = |these: &BTreeMap<String, String>, those: &BTreeMap<String, String>| {
            these.iter().all(|(pattern, schema)| those.get(pattern) == Some(schema))
        };
        let others = |of: Option<&PatternProperties>| of.map(|of| of.others);
        let before = others(old).or(others(new)).flatten();
        let rule = match (before, within(was, is), within(is, was)) {
            _ if before != others(new).or(others(old)).flatten() => &rules::OTHER_CONSTRAINT_CHANGED,
            (Some(false), true, _) => &rules::PATTERN_PROPERTIES_ADDED,
            (Some(false), _, true) => &rules::PATTERN_PROPERTIES_REMOVED,
            (Some(true), true, _) => &rules::OTHER_CONSTRAINT_ADDED,
            (Some(true), _, true) => &rules::OTHER_CONSTRAINT_REMOVED,
            _ => &rules::OTHER_CONSTRAINT_CHANGED,
        };
        let text = |schemas: &BTreeMap<String, String>| match schemas.is_empty() {
            true => Value::Null,
            false => {
                let texts: Vec<String> =
                    schemas.iter().map(|(pattern, schema)| format!("{pattern}: {schema}")).collect();
                json!(format!("{{{}}}", texts.join(", ")))
            }
        };
        self.push(rule, "patternProperties", text(was), text(is));
    }

    /// Compares the kinds of the first elements of a list.
    pub(super) fn first_items(&mut self, old: &[String], new: &[String]) {
        let kinds = |items: &[String]| items.iter().cloned().collect::<BTreeSet<_>>();
        let rule = match (old, new) {
            _ if old == new => return,
            // Further elements had any type.
            _ if new.starts_with(old) => &rules::OTHER_CONSTRAINT_ADDED,
            _ if old.starts_with(new) => &rules::OTHER_CONSTRAINT_REMOVED,
            _ if kinds(old) == kinds(new) || other_kind(old, new) => &rules::FIRST_ITEMS_CHANGED,
            // Other kinds are another type.
            _ => return,
        };
        let value = |items: &[String]| if items.is_empty() { Value::Null } else { json!(items) };
        self.push(rule, "prefixItems", value(old), value(new));
    }

    /// Compares alternatives of the same kind, in their order. Those of a kind that only one choice has are part of the
    /// type.
    pub(super) fn alternatives(&mut self, old: &[AlternativeConstraints], new: &[AlternativeConstraints]) {
        let kinds: BTreeSet<&String> = old.iter().chain(new).map(|one| &one.kind).collect();
        for kind in kinds {
            let (mut was, mut is): (Vec<&AlternativeConstraints>, Vec<&AlternativeConstraints>) =
                (of_kind(old, kind), of_kind(new, kind));
            if was.is_empty() || is.is_empty() {
                continue;
            }
            // Constraints of a schema that both refer to are reported where it is declared.
            let same = |a: &AlternativeConstraints, b: &AlternativeConstraints| match (&a.schema, &b.schema) {
                (Some(a), Some(b)) => a == b,
                _ => a.constraints == b.constraints,
            };
            was.retain(|a| match is.iter().position(|b| same(a, b)) {
                Some(at) => {
                    is.remove(at);
                    false
                }
                None => true,
            });
            self.steps.push(Step::Alternative(kind.clone()));
            if was.len() == is.len() {
                for (was, is) in was.iter().zip(&is) {
                    self.compare(&was.constraints, &is.constraints);
                }
            } else {
                // More alternatives of a kind accept more values of it.
                let counts = |all: &[AlternativeConstraints]| json!(of_kind(all, kind).len());
                let rule = match was.len() < is.len() {
                    true => &rules::ALTERNATIVES_ADDED,
                    false => &rules::ALTERNATIVES_REMOVED,
                };
                self.push(rule, "alternatives", counts(old), counts(new));
            }
            self.steps.pop();
        }
    }
}

fn of_kind<'a>(all: &'a [AlternativeConstraints], kind: &str) -> Vec<&'a AlternativeConstraints> {
    all.iter().filter(|one| one.kind == kind).collect()
}

/// Returns `true` if elements at the same position are of other kinds, of which neither includes the other. Schemas, which
/// are named or described, may have changed under their names.
fn other_kind(old: &[String], new: &[String]) -> bool {
    let is_kind = |kind: &&String| matches!(kind.as_str(), "string" | "integer" | "number" | "boolean" | "array");
    let is_number = |kind: &String| matches!(kind.as_str(), "integer" | "number");
    let mut pairs = old.iter().zip(new).filter(|(a, b)| is_kind(a) && is_kind(b));
    pairs.any(|(a, b)| a != b && !(is_number(a) && is_number(b)))
}
