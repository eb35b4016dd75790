//! Comparison of conditions on the presence of properties.

use super::constraints::{Changes, text};
use super::message::Pair;
use super::{Comparison, Draft};
use crate::diff::rules::{self, Rule};
use crate::model::{Constraints, RequiredChoice};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

impl Comparison<'_> {
    /// Compares the required properties that a message does not declare. Those that either revision declares are
    /// reported as properties.
    pub(super) fn undeclared(&mut self, pair: &Pair<'_>) {
        let (old, new) = (&pair.old.undeclared, &pair.new.undeclared);
        let declared = |name: &&String| pair.old.fields.contains_key(*name) || pair.new.fields.contains_key(*name);
        let sets: [(&'static Rule, _, _); 2] = [
            (&rules::REQUIRED_NAME_ADDED, new.difference(old), "requires"),
            (&rules::REQUIRED_NAME_REMOVED, old.difference(new), "no longer requires"),
        ];
        for (rule, names, verb) in sets {
            for name in names.filter(|name| !declared(name)) {
                let place = pair.place.part(&format!("required.{name}"));
                let message = format!("`{}` {verb} the property `{name}`, which it does not declare", place.label);
                let set = rule == &rules::REQUIRED_NAME_ADDED;
                self.push(Draft::new(rule, &place, message).values(json!({ name: !set }), json!({ name: set })));
            }
        }
    }
}

impl Changes {
    /// Compares conditions on the presence of properties.
    pub(super) fn presence(&mut self, old: &Constraints, new: &Constraints) {
        for (rule, same) in [
            (&rules::REQUIRED_NAME_REMOVED, old.required.is_subset(&new.required)),
            (&rules::REQUIRED_NAME_ADDED, new.required.is_subset(&old.required)),
        ] {
            if !same {
                self.push(rule, "required", listed(&old.required), listed(&new.required));
            }
        }
        if old.required_choices != new.required_choices {
            let narrowed = !accepts(&new.required_choices, &old.required_choices);
            let widened = !accepts(&old.required_choices, &new.required_choices);
            let rule = match (narrowed, widened) {
                (true, true) => Some(&rules::REQUIRED_CHOICE_CHANGED),
                (true, false) => Some(&rules::REQUIRED_CHOICE_NARROWED),
                (false, true) => Some(&rules::REQUIRED_CHOICE_WIDENED),
                (false, false) => None,
            };
            if let Some(rule) = rule {
                self.push(rule, "required", choices(&old.required_choices), choices(&new.required_choices));
            }
        }
        let pairs = |of: &BTreeMap<String, BTreeSet<String>>| -> BTreeSet<(String, String)> {
            of.iter().flat_map(|(name, others)| others.iter().map(|other| (name.clone(), other.clone()))).collect()
        };
        let (was, is) = (pairs(&old.dependent_required), pairs(&new.dependent_required));
        for (rule, same) in [
            (&rules::DEPENDENT_REQUIRED_ADDED, is.is_subset(&was)),
            (&rules::DEPENDENT_REQUIRED_REMOVED, was.is_subset(&is)),
        ] {
            if !same {
                let value = |of: &BTreeMap<_, _>| if of.is_empty() { Value::Null } else { json!(of) };
                self.push(rule, "dependentRequired", value(&old.dependent_required), value(&new.dependent_required));
            }
        }
    }
}

/// Returns sets of required properties in words: `oneOf: (id), (owner, repo)`, `country: region`.
pub(super) fn sets(value: &Value) -> String {
    let (parts, sign): (Vec<String>, _) = match value {
        Value::Array(all) if all.iter().any(Value::is_array) => {
            (all.iter().map(|set| format!("({})", sets(set))).collect(), ", ")
        }
        Value::Array(all) if all.iter().any(Value::is_object) => (all.iter().map(sets).collect(), "; "),
        Value::Object(all) => {
            let one = |(name, set): (&String, &Value)| format!("{}: {}", name.replace('`', "'"), sets(set));
            (all.iter().map(one).collect(), "; ")
        }
        names => return text(names),
    };
    parts.join(sign)
}

fn listed(names: &BTreeSet<String>) -> Value {
    if names.is_empty() { Value::Null } else { json!(names) }
}

/// Returns `true` if every object that meets some choices meets others too.
fn accepts(all: &[RequiredChoice], given: &[RequiredChoice]) -> bool {
    all.iter().all(|choice| {
        given.iter().any(|one| {
            // Exactly one of other sets is nothing that one of these states.
            one == choice
                || !choice.exclusive && one.sets.iter().all(|set| choice.sets.iter().any(|other| other.is_subset(set)))
        })
    })
}

/// Returns choices as JSON: `{"anyOf": [["a"], ["b"]]}`.
fn choices(choices: &[RequiredChoice]) -> Value {
    if choices.is_empty() {
        return Value::Null;
    }
    let one = |choice: &RequiredChoice| json!({ if choice.exclusive { "oneOf" } else { "anyOf" }: choice.sets });
    match choices {
        [only] => one(only),
        all => all.iter().map(one).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_in_words() {
        let choice = |exclusive, sets: &[&[&str]]| RequiredChoice {
            exclusive,
            sets: sets.iter().map(|names| names.iter().map(|&name| name.to_owned()).collect()).collect(),
        };
        let (one, any) = (choice(true, &[&["id"], &["owner", "repo"]]), choice(false, &[&["a"], &["b"]]));
        assert_eq!(sets(&choices(std::slice::from_ref(&one))), "oneOf: (id), (owner, repo)");
        assert_eq!(sets(&choices(&[one, any])), "oneOf: (id), (owner, repo); anyOf: (a), (b)");
        assert_eq!(
            sets(&json!({ "country": ["region", "zip"], "zip": ["street"] })),
            "country: region, zip; zip: street"
        );
        assert_eq!(sets(&json!(["a", "b"])), "a, b");
    }
}
