//! One cause, once: every atomic change goes to exactly one finding.
//!
//! A change explains others in three ways. A schema is new because something new names it, or gone because what named
//! it is gone. Some changes say themselves what explains them: the variables of a path by the path, members by their
//! union. What remains and is alike (the same scope on 522 methods, the same property in 30 schemas) is one finding
//! about what is common. No change is explained by one with a milder verdict, so that a finding's verdict is its worst.

use super::change::{CauseHints, Change, Finding, GroupKey};
use super::direction::edges;
use super::fingerprint::fingerprint;
use super::rules::{self, Rule};
use super::touch::MethodSet;
use super::verdict::Direction;
use crate::model::{Api, Home};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

/// Sorts changes into findings, most severe first.
pub(crate) fn find(changes: Vec<Change>, old: &Api, new: &Api) -> Vec<Finding> {
    let causes = causes(&changes, old, new);
    let top: Vec<usize> = (0..changes.len()).map(|at| follow(&causes, at)).collect();
    let mut kin: BTreeMap<(&'static str, String), Vec<usize>> = BTreeMap::new();
    for (at, change) in changes.iter().enumerate().filter(|(at, _)| top[*at] == *at) {
        if let Some(kind) = kind(change) {
            kin.entry((kind.rule.id, kind.key)).or_default().push(at);
        }
    }
    let mut heads: HashMap<usize, usize> = HashMap::new();
    let mut groups: Vec<GroupKey> = Vec::new();
    for members in kin.values() {
        let Some(shared) = members.first().and_then(|at| kind(&changes[*at])) else {
            continue;
        };
        if members.len() >= shared.least {
            heads.extend(members.iter().map(|at| (*at, groups.len())));
            groups.push(shared);
        }
    }
    let mut members: Vec<Vec<Change>> = groups.iter().map(|_| Vec::new()).collect();
    let mut counts = vec![0; groups.len()];
    let mut single: BTreeMap<usize, Finding> = BTreeMap::new();
    let mut explained: Vec<(usize, Change)> = Vec::new();
    for (at, change) in changes.into_iter().enumerate() {
        match (heads.get(&top[at]), top[at] == at) {
            (Some(group), own) => {
                counts[*group] += usize::from(own);
                members[*group].push(change);
            }
            (None, true) => {
                single.insert(at, Finding { change, group: false, includes: Vec::new(), accepted: None, line: None });
            }
            (None, false) => explained.push((top[at], change)),
        }
    }
    for (at, change) in explained {
        if let Some(finding) = single.get_mut(&at) {
            finding.change.touch.extend(&change.touch);
            finding.includes.push(change);
        }
    }
    let mut findings: Vec<Finding> = single.into_values().collect();
    findings
        .extend(groups.into_iter().zip(members).zip(counts).map(|((kin, members), count)| head(&kin, members, count)));
    for finding in &mut findings {
        finding.includes.sort_by(order);
    }
    findings.sort_by(|a, b| order(&a.change, &b.change));
    findings
}

/// The most severe first, words for people last, then by subject.
fn order(a: &Change, b: &Change) -> std::cmp::Ordering {
    let key = |change: &Change| (change.wire, change.rust, change.rule != &rules::PROSE_CHANGED);
    let text = |change: &Change| (change.subject.clone(), change.rule.id, change.fingerprint.clone());
    key(b).cmp(&key(a)).then_with(|| text(a).cmp(&text(b)))
}

/// For each change the one that explains it, if any.
fn causes(changes: &[Change], old: &Api, new: &Api) -> Vec<Option<usize>> {
    let mut causes = vec![None; changes.len()];
    let places: HashMap<(&str, &str), usize> =
        changes.iter().enumerate().map(|(at, c)| ((c.subject.as_str(), c.rule.id), at)).collect();
    for (at, change) in changes.iter().enumerate() {
        let stated = change.hints.because.iter().filter_map(|(subject, rule)| places.get(&(subject.as_str(), rule.id)));
        causes[at] = stated.copied().find(|cause| *cause != at && covers(&changes[*cause], change));
    }
    spread(changes, &mut causes, new, &rules::SCHEMA_ADDED, |hints| &hints.gained);
    spread(changes, &mut causes, old, &rules::SCHEMA_REMOVED, |hints| &hints.lost);
    causes
}

/// Whether one change is no milder than another, on the wire and in Rust.
fn covers(cause: &Change, change: &Change) -> bool {
    cause.wire >= change.wire && cause.rust >= change.rust
}

/// The change at the end of the chain.
fn follow(causes: &[Option<usize>], mut at: usize) -> usize {
    let mut seen = HashSet::new();
    while let Some(next) = causes[at].filter(|_| seen.insert(at)) {
        at = next;
    }
    at
}

/// Goes from everything that names schemas to those that came (or went) with it, nearest first. What nothing else names
/// explains what it names itself.
fn spread(
    changes: &[Change],
    causes: &mut [Option<usize>],
    api: &Api,
    rule: &'static Rule,
    named: impl Fn(&CauseHints) -> &Vec<String>,
) {
    let own: HashMap<&str, usize> = changes
        .iter()
        .enumerate()
        .filter(|(_, change)| change.rule == rule)
        .filter_map(|(at, change)| Some((change.subject.strip_prefix("schemas.")?, at)))
        .collect();
    let mut sources: Vec<usize> = (0..changes.len()).filter(|at| changes[*at].rule != rule).collect();
    sources.sort_by_key(|at| changes[*at].subject.as_str());
    let mut seen: HashSet<&str> = HashSet::new();
    let mut walk = |sources: &[usize], causes: &mut [Option<usize>]| {
        let mut queue: VecDeque<(&str, usize)> = VecDeque::new();
        for at in sources {
            queue.extend(named(&changes[*at].hints).iter().map(|name| (name.as_str(), *at)));
        }
        while let Some((name, cause)) = queue.pop_front() {
            let Some(schema) = api.schemas.get(name) else {
                continue;
            };
            let change = own.get(name).copied();
            // Inline schemas are no changes of their own; those that stayed lead nowhere new.
            let follow = change.is_some() || schema.home != Home::Top;
            if !follow || seen.contains(name) || change.is_some_and(|c| !covers(&changes[cause], &changes[c])) {
                continue;
            }
            seen.insert(name);
            if let Some(change) = change.filter(|change| *change != cause) {
                causes[change] = Some(cause);
            }
            queue.extend(edges(&schema.shape, |_| true).into_iter().map(|next| (next, cause)));
        }
    };
    walk(&sources, causes);
    // What is left is named by nothing that changed. Those that others name come after those that nothing names.
    let mut left: Vec<usize> = own.values().copied().filter(|at| causes[*at].is_none()).collect();
    let named_by_left: HashSet<&str> = left
        .iter()
        .filter_map(|at| changes[*at].subject.strip_prefix("schemas."))
        .flat_map(|name| edges(&api.schemas[name].shape, |_| true).into_iter().filter(move |next| *next != name))
        .collect();
    left.sort_by_key(|at| {
        let subject = changes[*at].subject.as_str();
        (named_by_left.contains(subject.trim_start_matches("schemas.")), subject)
    });
    for at in left {
        if causes[at].is_none() {
            walk(&[at], causes);
        }
    }
}

/// Returns the key of the group that a change belongs to if enough others have it: the same change of the same part of
/// many schemas or methods.
fn kind(change: &Change) -> Option<GroupKey> {
    if let Some(key) = &change.hints.kin {
        return Some(key.clone());
    }
    let is_value = change.rule.id.starts_with("enum-value-");
    if change.leaf.is_empty() && !is_value {
        return None;
    }
    let text = |value: &Option<Value>| value.as_ref().map(Value::to_string).unwrap_or_default();
    let doc = change.doc.as_deref().unwrap_or_default();
    // An enum value with a description says more than the property that holds it.
    let leaf = if is_value && !doc.is_empty() { "" } else { change.leaf.as_str() };
    let section = change.subject.split('.').next().unwrap_or_default();
    let part = if change.leaf.is_empty() { "enum" } else { &change.leaf };
    let mut subject = format!("{section}.*.{part}");
    if is_value {
        let value = change.after.as_ref().or(change.before.as_ref()).and_then(Value::as_str).unwrap_or("*");
        subject = format!("{subject}.{value}");
    }
    // Of several owners, the part that all of them have is the name.
    let name = change.leaf.rsplit('.').next().unwrap_or(part);
    let message = change.message.replacen(&format!("`{}`", change.label), &format!("`{name}`"), 1);
    Some(GroupKey {
        key: [leaf, &text(&change.before), &text(&change.after), doc].join("|"),
        rule: change.rule,
        subject,
        message: format!("{message}, in {{n}} places"),
        least: if doc.is_empty() { 3 } else { 2 },
    })
}

/// The finding of a group.
fn head(kin: &GroupKey, includes: Vec<Change>, count: usize) -> Finding {
    let shared = |value: fn(&Change) -> &Option<Value>| -> Option<Value> {
        let mut all = includes.iter().filter(|c| c.rule == kin.rule).map(value);
        let first = all.next()?.clone();
        all.all(|other| *other == first).then_some(first).flatten()
    };
    let (before, after) = (shared(|c| &c.before), shared(|c| &c.after));
    let mut touch = MethodSet::default();
    for change in &includes {
        touch.extend(&change.touch);
    }
    let way = |is: [Direction; 2]| includes.iter().any(|c| is.contains(&c.direction));
    let direction =
        Direction::of(way([Direction::Request, Direction::Both]), way([Direction::Response, Direction::Both]));
    let doc = includes.first().map(|c| c.doc.clone()).filter(|doc| includes.iter().all(|c| c.doc == *doc)).flatten();
    let change = Change {
        rule: kin.rule,
        fingerprint: fingerprint(kin.rule.id, &kin.subject, before.as_ref(), after.as_ref()),
        wire: includes.iter().map(|c| c.wire).max().unwrap_or_default(),
        rust: includes.iter().map(|c| c.rust).max().unwrap_or_default(),
        subject: kin.subject.clone(),
        label: kin.subject.clone(),
        leaf: String::new(),
        pointer: includes.first().map(|change| change.pointer.clone()).unwrap_or_default(),
        direction,
        before,
        after,
        doc,
        message: kin.message.replace("{n}", &count.to_string()),
        rust_before: None,
        rust_after: None,
        touch,
        hints: CauseHints::default(),
    };
    Finding { change, group: true, includes, accepted: None, line: None }
}
