//! Causes: every atomic change belongs to exactly one finding.
//!
//! A change explains others in three ways. A schema was added because an added item refers to it, or removed because
//! the item that referred to it was removed. Some changes state their cause: those of path variables the path, those of
//! members their union, those of constructors a property. Similar changes among the rest (the same scope on 522
//! methods, the same property in 30 schemas) become one finding. No change is explained by one with a milder verdict,
//! so that a finding's verdict is its worst.

use super::affected::MethodSet;
use super::change::{CauseHints, Change, Finding, GroupKey};
use super::fingerprint;
use super::rules::{self, Rule};
use super::verdict::Direction;
use crate::model::Api;
use crate::text::quoted;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

/// Groups changes into findings, most severe first.
pub(crate) fn findings(changes: Vec<Change>, old: &Api, new: &Api) -> Vec<Finding> {
    let roots = Causes::new(&changes, old, new).roots();
    let (mut groups, group_of) = groups(&changes, &roots);
    let mut single: BTreeMap<usize, Finding> = BTreeMap::new();
    let mut explained: Vec<(usize, Change)> = Vec::new();
    for ((at, change), root) in changes.into_iter().enumerate().zip(roots) {
        let is_root = at == root;
        if let Some(group) = group_of.get(&root).and_then(|group| groups.get_mut(*group)) {
            group.count = group.count.saturating_add(usize::from(is_root));
            group.members.push(change);
        } else if is_root {
            let finding =
                Finding { change, group: false, includes: Vec::new(), accepted: None, file: None, line: None };
            single.insert(at, finding);
        } else {
            explained.push((root, change));
        }
    }
    for (root, change) in explained {
        if let Some(finding) = single.get_mut(&root) {
            finding.change.touch.extend(&change.touch);
            finding.change.rust = finding.change.rust.max(change.rust);
            finding.includes.push(change);
        }
    }
    let mut findings: Vec<Finding> = single.into_values().chain(groups.into_iter().map(Group::finding)).collect();
    for finding in &mut findings {
        finding.includes.sort_by(order);
    }
    findings.sort_by(|a, b| order(&a.change, &b.change));
    findings
}

/// Orders the most severe changes first, descriptions last, then by subject.
fn order(a: &Change, b: &Change) -> std::cmp::Ordering {
    fn name(change: &Change) -> (&str, &str, &str) {
        (&change.subject, change.rule.id, &change.fingerprint)
    }
    let severity = |change: &Change| (change.wire, change.rust, change.rule != &rules::PROSE_CHANGED);
    severity(b).cmp(&severity(a)).then_with(|| name(a).cmp(&name(b)))
}

/// Changes by their number, and the cause of each.
struct Causes<'a> {
    changes: &'a [Change],
    /// Number of the change that explains another, by the number of the latter.
    cause: HashMap<usize, usize>,
}

impl<'a> Causes<'a> {
    fn new(changes: &'a [Change], old: &'a Api, new: &'a Api) -> Self {
        let mut causes = Self { changes, cause: HashMap::new() };
        causes.attribute_stated();
        // Messages that requests contain have constructors.
        for rule in [&rules::SCHEMA_ADDED, &rules::CONSTRUCTOR_ADDED] {
            causes.attribute_schemas(new, rule, |hints| &hints.newly_reached);
        }
        for rule in [&rules::SCHEMA_REMOVED, &rules::CONSTRUCTOR_REMOVED] {
            causes.attribute_schemas(old, rule, |hints| &hints.no_longer_reached);
        }
        causes
    }

    /// Returns the change at the end of each chain of causes.
    fn roots(&self) -> Vec<usize> {
        (0..self.changes.len())
            .map(|mut at| {
                let mut seen = HashSet::new();
                while let Some(next) = self.cause.get(&at).filter(|_| seen.insert(at)) {
                    at = *next;
                }
                at
            })
            .collect()
    }

    /// Returns `true` if one change is at least as severe as another, on the wire and in Rust.
    fn covers(&self, cause: usize, change: usize) -> bool {
        match (self.changes.get(cause), self.changes.get(change)) {
            (Some(cause), Some(change)) => {
                let takes_rust = cause.hints.outside_of_signatures || change.hints.raises;
                cause.wire >= change.wire && (takes_rust || cause.rust >= change.rust)
            }
            _ => false,
        }
    }

    /// Finds the causes that changes state.
    fn attribute_stated(&mut self) {
        let numbered = self.changes.iter().enumerate();
        let places: HashMap<(&str, &str), usize> =
            numbered.clone().map(|(at, change)| ((change.subject.as_str(), change.rule.id), at)).collect();
        for (at, change) in numbered {
            let stated = change.hints.caused_by.iter();
            let mut stated = stated.filter_map(|(subject, rule)| places.get(&(subject.as_str(), rule.id)).copied());
            if let Some(cause) = stated.find(|cause| *cause != at && self.covers(*cause, at)) {
                self.cause.insert(at, cause);
            }
        }
        for (at, change) in self.changes.iter().enumerate() {
            let explained = change.hints.explains.iter();
            let explained = explained.filter_map(|(subject, rule)| places.get(&(subject.as_str(), rule.id)).copied());
            for other in explained.filter(|other| *other != at).collect::<Vec<_>>() {
                if !self.cause.contains_key(&other) && self.covers(at, other) {
                    self.cause.insert(other, at);
                }
            }
        }
    }

    /// Finds the causes of added (or removed) schemas or constructors: follows references from all changes to the
    /// schemas that were added with them, nearest first. A schema that no change refers to explains those that it
    /// refers to itself.
    fn attribute_schemas(&mut self, api: &'a Api, rule: &'static Rule, named: fn(&CauseHints) -> &Vec<String>) {
        let own: HashMap<&'a str, usize> = self
            .changes
            .iter()
            .enumerate()
            .filter(|(_, change)| change.rule == rule)
            .filter_map(|(at, change)| Some((change.subject.strip_prefix("schemas.")?, at)))
            .collect();
        let subject = |at: &usize| self.changes.get(*at).map_or("", |change| change.subject.as_str());
        let others = self.changes.iter().enumerate().filter(|(_, change)| change.rule != rule);
        let mut sources: Vec<usize> = others.map(|(at, _)| at).collect();
        sources.sort_by_key(subject);
        let mut seen: HashSet<&'a str> = HashSet::new();
        self.walk(api, &own, named, &sources, &mut seen);
        let mut left: Vec<(&'a str, usize)> =
            own.iter().filter(|(_, at)| !self.cause.contains_key(at)).map(|(name, at)| (*name, *at)).collect();
        let named_by_left: HashSet<&str> = left
            .iter()
            .filter_map(|(name, _)| Some((*name, api.schemas.get(*name)?)))
            .flat_map(|(name, schema)| schema.shape.schemas(|_| true).into_iter().filter(move |next| *next != name))
            .collect();
        // Schemas without references from other added ones first.
        left.sort_by_key(|(name, _)| (named_by_left.contains(name), *name));
        for (_, at) in left {
            if !self.cause.contains_key(&at) {
                self.walk(api, &own, named, &[at], &mut seen);
            }
        }
    }

    /// Follows references from the schemas of some changes, and makes each change the cause of the schemas that it
    /// reaches first.
    fn walk(
        &mut self,
        api: &'a Api,
        own: &HashMap<&'a str, usize>,
        named: fn(&CauseHints) -> &Vec<String>,
        sources: &[usize],
        seen: &mut HashSet<&'a str>,
    ) {
        let changes = self.changes;
        let mut queue: VecDeque<(&'a str, usize)> = VecDeque::new();
        for at in sources {
            let names = changes.get(*at).map(|change| named(&change.hints));
            queue.extend(names.into_iter().flatten().map(|name| (name.as_str(), *at)));
        }
        while let Some((name, cause)) = queue.pop_front() {
            let Some(schema) = api.schemas.get(name) else {
                continue;
            };
            let change = own.get(name).copied();
            // Inline schemas have no changes of their own; schemas in both revisions lead to nothing new.
            let follow = change.is_some() || schema.is_inline();
            if !follow || seen.contains(name) || change.is_some_and(|change| !self.covers(cause, change)) {
                continue;
            }
            seen.insert(name);
            if let Some(change) = change.filter(|change| *change != cause) {
                self.cause.insert(change, cause);
            }
            queue.extend(schema.shape.schemas(|_| true).into_iter().map(|next| (next, cause)));
        }
    }
}

/// Similar changes, with everything that they explain.
struct Group {
    key: GroupKey,
    members: Vec<Change>,
    /// Number of members that are causes themselves.
    count: usize,
}

/// Returns the groups of similar causes that are large enough, without members, and the group of each cause.
fn groups(changes: &[Change], roots: &[usize]) -> (Vec<Group>, HashMap<usize, usize>) {
    let mut by_key: BTreeMap<(&'static str, String), (GroupKey, Vec<usize>)> = BTreeMap::new();
    for ((at, change), root) in changes.iter().enumerate().zip(roots) {
        if let Some(key) = group_key(change).filter(|_| at == *root) {
            by_key.entry((key.rule.id, key.key.clone())).or_insert_with(|| (key, Vec::new())).1.push(at);
        }
    }
    let mut groups = Vec::new();
    let mut group_of = HashMap::new();
    for (key, members) in by_key.into_values() {
        // A base that no method uses changes with the schema that extends it.
        let is_used = |at: &usize| changes.get(*at).is_some_and(|change| change.direction != Direction::Unused);
        let with_base = members.iter().any(is_used) && !members.iter().all(is_used);
        if members.len() >= key.least || with_base {
            group_of.extend(members.into_iter().map(|at| (at, groups.len())));
            groups.push(Group { key, members: Vec::new(), count: 0 });
        }
    }
    (groups, group_of)
}

/// Returns the key of the group that a change belongs to if enough others have it: the same change of the same part of
/// many schemas or methods.
fn group_key(change: &Change) -> Option<GroupKey> {
    if let Some(key) = &change.hints.group {
        return Some(key.clone());
    }
    let is_value = change.rule.id.starts_with("enum-value-");
    if change.leaf.is_empty() && !is_value {
        return None;
    }
    let text = |value: &Option<Value>| value.as_ref().map(Value::to_string).unwrap_or_default();
    let doc = change.doc.as_deref().unwrap_or_default();
    // The description of an enum value identifies it better than the property that contains it.
    let leaf = if is_value && !doc.is_empty() { "" } else { change.leaf.as_str() };
    let section = change.subject.split('.').next().unwrap_or_default();
    let part = if change.leaf.is_empty() { "enum" } else { &change.leaf };
    let mut subject = format!("{section}.*.{part}");
    if is_value {
        let value = change.after.as_ref().or(change.before.as_ref()).and_then(Value::as_str).unwrap_or("*");
        subject = format!("{subject}.{value}");
    }
    let label = format!("`{}`", change.label);
    let message = match change.subject == format!("methods.{}.{}", change.label, change.leaf) {
        true => change.message.replacen(&label, "each of {n} methods", 1),
        // With several owners, the name is the part that they share, if there is one.
        false => {
            let message = match change.leaf.rsplit('.').next().filter(|name| !name.is_empty()) {
                Some(name) => change.message.replacen(&label, &format!("`{name}`"), 1),
                None => change.message.replacen(&format!("{label}: "), "", 1),
            };
            message + ", in {n} places{owners}"
        }
    };
    Some(GroupKey {
        key: [leaf, &text(&change.before), &text(&change.after), doc].join("|"),
        rule: change.rule,
        subject,
        message,
        // Parts of methods are often one part of the document that the methods share.
        least: if doc.is_empty() && section != "methods" { 3 } else { 2 },
    })
}

impl Group {
    /// Returns the finding of the group.
    fn finding(self) -> Finding {
        let Self { key, members, count } = self;
        let shared = |value: fn(&Change) -> &Option<Value>| -> Option<Value> {
            let mut all = members.iter().filter(|change| change.rule == key.rule).map(value);
            let first = all.next()?.clone();
            all.all(|other| *other == first).then_some(first).flatten()
        };
        let (before, after) = (shared(|change| &change.before), shared(|change| &change.after));
        let mut touch = MethodSet::default();
        for change in &members {
            touch.extend(&change.touch);
        }
        let travels = |directions: [Direction; 2]| members.iter().any(|change| directions.contains(&change.direction));
        let direction = Direction::of(
            travels([Direction::Request, Direction::Both]),
            travels([Direction::Response, Direction::Both]),
        );
        let first = members.first();
        let doc =
            first.and_then(|first| first.doc.clone()).filter(|doc| members.iter().all(|c| c.doc.as_ref() == Some(doc)));
        let change = Change {
            rule: key.rule,
            fingerprint: fingerprint::of_group(
                key.rule.id,
                &key.subject,
                members.iter().map(|change| change.fingerprint.as_str()),
            ),
            wire: members.iter().map(|change| change.wire).max().unwrap_or_default(),
            rust: members.iter().map(|change| change.rust).max().unwrap_or_default(),
            label: key.subject.clone(),
            leaf: String::new(),
            pointer: first.map(|change| change.pointer.clone()).unwrap_or_default(),
            message: filled(&key.message, count, &owners(&members)),
            subject: key.subject,
            direction,
            before,
            after,
            doc,
            rust_before: None,
            rust_after: None,
            touch,
            hints: CauseHints::default(),
        };
        Finding { change, group: true, includes: members, accepted: None, file: None, line: None }
    }
}

/// Number of owners that a message names.
const OWNERS: usize = 3;

/// Returns the owners of changed parts: the first ones by name, and the number of others.
fn owners(members: &[Change]) -> String {
    let owner = |change: &Change| -> String {
        let part = change.leaf.rsplit('.').next().unwrap_or_default();
        let label = change.label.as_str();
        let owner = label.strip_suffix(part).map(|owner| owner.trim_end_matches('.'));
        owner.or_else(|| label.strip_suffix(&format!("({part})"))).unwrap_or(label).to_owned()
    };
    let owners: BTreeSet<String> = members.iter().map(owner).filter(|owner| !owner.is_empty()).collect();
    let named = quoted(owners.iter().take(OWNERS), ", ");
    match (named.is_empty(), owners.len().saturating_sub(OWNERS)) {
        (true, _) => String::new(),
        (_, 0) => format!(" ({named})"),
        (_, rest) => format!(" ({named} and {rest} more)"),
    }
}

/// Replaces `{n}` with a number and `{owners}` with their names, except within a name.
fn filled(message: &str, count: usize, owners: &str) -> String {
    let parts = message.split('`').enumerate();
    let parts: Vec<String> = parts
        .map(|(at, part)| match at % 2 {
            0 => part.replace("{n}", &count.to_string()).replace("{owners}", owners),
            _ => part.to_owned(),
        })
        .collect();
    parts.join("`")
}
