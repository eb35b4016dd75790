//! Methods that one revision selects and the other does not, though both documents have them.

use super::change::{CauseHints, Change, GroupKey};
use super::renames::Renames;
use super::rules::{self, Rule};
use super::verdict::Direction;
use super::{affected::MethodSet, fingerprint};
use crate::model::pattern::{Pattern, Patterns};
use crate::model::{Api, Job, Method};
use serde_json::json;
use std::collections::BTreeSet;

/// Methods of both revisions that are selected in one of them alone.
#[derive(Default)]
pub(super) struct Configured {
    pub(super) old: BTreeSet<String>,
    pub(super) new: BTreeSet<String>,
    changes: Vec<Change>,
}

impl Configured {
    /// Finds methods that the patterns of one revision select, and those of the other do not.
    pub(super) fn find(old: &Api, new: &Api, [old_include, new_include]: [&[Pattern]; 2], renames: &Renames) -> Self {
        let mut found = Self::default();
        if old_include == new_include {
            return found;
        }
        let (was, is) = (selected(old, old_include), selected(new, new_include));
        for (name, method) in &old.methods {
            let Some((other, new_method)) = renames.method(name, new).and_then(|name| new.methods.get_key_value(name))
            else {
                continue;
            };
            if was.contains(name) != is.contains(other) {
                let (rule, words): (&'static Rule, _) = match was.contains(name) {
                    true => (&rules::METHOD_EXCLUDED, "no longer selected"),
                    false => (&rules::METHOD_INCLUDED, "selected"),
                };
                found.changes.push(change(old, name, (method, new_method), rule, words));
                found.old.insert(name.clone());
                found.new.insert(other.clone());
            }
        }
        found
    }

    pub(super) fn changes(self) -> Vec<Change> {
        self.changes
    }
}

/// Returns the methods that patterns select, with those that poll and cancel their jobs; without patterns, all.
fn selected(api: &Api, include: &[Pattern]) -> BTreeSet<String> {
    let patterns = Patterns::new(include);
    let is_selected = |name: &&String| include.is_empty() || patterns.matches_any(name);
    let mut selected: BTreeSet<String> = api.methods.keys().filter(is_selected).cloned().collect();
    let jobs: Vec<Job> = selected.iter().filter_map(|name| api.methods.get(name)?.job.clone()).collect();
    selected.extend(jobs.into_iter().flat_map(|job| [Some(job.get), job.cancel]).flatten());
    selected
}

fn change(api: &Api, name: &str, (old, new): (&Method, &Method), rule: &'static Rule, words: &str) -> Change {
    let subject = format!("methods.{name}");
    let (before, after) = (json!(rule == &rules::METHOD_EXCLUDED), json!(rule == &rules::METHOD_INCLUDED));
    let group = GroupKey {
        key: rule.id.to_owned(),
        rule,
        subject: "include".into(),
        message: format!("{{n}} methods {words} by the configuration"),
        least: 2,
    };
    Change {
        rule,
        fingerprint: fingerprint::of_change(&api.name, rule.id, &subject, Some(&before), Some(&after)),
        wire: rule.wire(true, true),
        rust: rule.rust,
        subject,
        label: name.to_owned(),
        leaf: String::new(),
        pointer: new.pointer.clone(),
        direction: Direction::Both,
        before: Some(before),
        after: Some(after),
        doc: old.doc.clone(),
        message: format!("`{name}` {words} by the configuration"),
        rust_before: None,
        rust_after: None,
        touch: MethodSet::default(),
        hints: CauseHints { group: Some(group), ..CauseHints::default() },
    }
}
