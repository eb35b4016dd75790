//! Comparison of two models: finds every difference, as small as possible, each with the verdict of its rule.

mod api;
mod characteristics;
mod choice;
mod constraints;
mod contents;
mod difference;
mod enumeration;
mod field;
mod header;
mod media;
mod message;
mod method;
mod other_body;
mod parameter;
mod path;
mod presence;
mod relation;
mod rust_name;
mod scalars;
mod schema;
mod security;
mod status;
mod union;
mod values;
mod webhook;

use super::affected::{AffectedMethods, MethodSet, Methods};
use super::change::{CauseHints, Change, GroupKey};
use super::fingerprint;
use super::reachability::Reachability;
use super::renames::Renames;
use super::rules::Rule;
use super::signature::{Item, Side};
use super::url::normal;
use super::verdict::{Bump, Direction};
use crate::diff::rules;
use crate::model::{Api, Constructors, DefinedIn, OneOf, Shape, Webhook};
use rayon::prelude::*;
use relation::Relations;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

/// Names of choices and of an alternative of each, by the schema of the alternative.
type Choices<'a> = HashMap<&'a str, Vec<(&'a str, &'a str)>>;

/// Compares two revisions.
pub(crate) fn compare(old_side: Side<'_>, new_side: Side<'_>) -> (Vec<Change>, Methods) {
    let (old, new) = (old_side.api, new_side.api);
    let renames = Renames::new(old, new);
    let back: HashMap<String, String> = renames.methods.iter().map(|(old, new)| (new.clone(), old.clone())).collect();
    let known_as = |name: &str| back.get(name).map_or(name, String::as_str).to_owned();
    let names = old.methods.keys().cloned().chain(new.methods.keys().map(|name| known_as(name)));
    let webhooks = old.webhooks.keys().chain(new.webhooks.keys()).map(|name| Webhook::among_methods(name));
    let others = old.other_methods.keys().chain(new.other_methods.keys()).cloned();
    let methods = Methods::new(names.chain(webhooks).chain(others).collect());
    let (old_reach, new_reach) =
        rayon::join(|| Reachability::new(old, &methods, str::to_owned), || Reachability::new(new, &methods, known_as));
    let all = |api: &Api, known_as: &dyn Fn(&str) -> String| {
        let mut set = MethodSet::default();
        api.methods.keys().filter_map(|name| methods.index(&known_as(name))).for_each(|index| set.insert(index));
        AffectedMethods::both(set)
    };
    let everywhere = (all(old, &str::to_owned), all(new, &known_as));
    let ids = old.methods.iter().map(|(name, method)| (method.id.as_str(), name.as_str())).collect();
    let constructors = (Constructors::new(old), Constructors::new(new));
    let choices = (choice::selected(old), choice::selected(new));
    let property_types = constraints::property_types(old);
    let constants = enumeration::changed_constants(old, new, &renames);
    let first = old.servers.first().map(|url| normal(url));
    let server_stays = first.is_some_and(|first| new.servers.iter().any(|url| normal(url) == first));
    let begin = || Comparison {
        old,
        new,
        old_side,
        new_side,
        renames: &renames,
        old_reach: &old_reach,
        new_reach: &new_reach,
        methods: &methods,
        everywhere: &everywhere,
        constructors: &constructors,
        choices: &choices,
        property_types: &property_types,
        constants: &constants,
        server_stays,
        back: &back,
        ids: &ids,
        relations: RefCell::default(),
        changes: Vec::new(),
    };
    let mut comparison = begin();
    comparison.api();
    comparison.webhooks();
    let mut changes = comparison.changes;
    let calls: Vec<_> = old.methods.iter().collect();
    changes.extend(each(begin, &calls, |comparison, (name, method)| comparison.old_method(name, method)));
    let known = |name: &String| old.methods.contains_key(name) || back.contains_key(name);
    let added: Vec<_> = new.methods.iter().filter(|(name, _)| !known(name)).collect();
    changes.extend(each(begin, &added, |comparison, (name, method)| comparison.new_method(name, method)));
    let pairs: Vec<_> = renames.schemas().collect();
    changes.extend(each(begin, &pairs, |comparison, (old, new)| comparison.schema(old, new)));
    let mut comparison = begin();
    comparison.removed_schemas();
    comparison.added_schemas();
    changes.extend(comparison.changes);
    (changes, methods)
}

/// Compares items in parallel and returns their changes in the order of the items.
fn each<'a, T: Sync>(
    begin: impl Fn() -> Comparison<'a> + Sync,
    items: &[T],
    look: impl Fn(&mut Comparison<'a>, &T) + Sync,
) -> Vec<Change> {
    let some = |items: &[T]| {
        let mut comparison = begin();
        items.iter().for_each(|item| look(&mut comparison, item));
        comparison.changes
    };
    items.par_chunks(64).flat_map_iter(some).collect()
}

/// Both revisions, and the changes found so far.
struct Comparison<'a> {
    old: &'a Api,
    new: &'a Api,
    old_side: Side<'a>,
    new_side: Side<'a>,
    renames: &'a Renames,
    old_reach: &'a Reachability,
    new_reach: &'a Reachability,
    methods: &'a Methods,
    /// All methods of each revision.
    everywhere: &'a (AffectedMethods, AffectedMethods),
    /// Constructors of each revision.
    constructors: &'a (Constructors<'a>, Constructors<'a>),
    /// Choices with a discriminator of each revision, by the schemas that are their alternatives.
    choices: &'a (Choices<'a>, Choices<'a>),
    /// Schemas of the old revision that are types of properties.
    property_types: &'a HashSet<&'a str>,
    /// Changes of the constants that select the alternatives of a choice, by the old name of the choice.
    constants: &'a HashMap<&'a str, String>,
    /// True if the new revision lists the server that old clients call, at any position.
    server_stays: bool,
    /// Old names of renamed methods, by their new names.
    back: &'a HashMap<String, String>,
    /// Names of the old methods, by their ids.
    ids: &'a HashMap<&'a str, &'a str>,
    /// Relations of declared types, which many places share.
    relations: RefCell<Relations>,
    changes: Vec<Change>,
}

/// Item that may change: its names in reports, and the methods that carry it in each revision.
#[derive(Clone, Debug)]
struct Place {
    subject: String,
    /// Human-readable name, including the owner: `Plant.label`, `plants.list(filter)`.
    label: String,
    /// Part of the subject below its owner: `properties.label`, `parameters.filter`, `apiVersion`. Equal changes of the
    /// same part are one finding.
    leaf: String,
    /// JSON pointer to the subject in the new document, or to its former parent if it was removed.
    pointer: String,
    old: AffectedMethods,
    new: AffectedMethods,
    /// Item in Rust of each revision, if it has one.
    items: (Option<Item>, Option<Item>),
}

impl Place {
    /// Returns the place of a part.
    fn part(&self, name: &str) -> Self {
        let leaf = if self.leaf.is_empty() { name.to_owned() } else { format!("{}.{name}", self.leaf) };
        Self { subject: format!("{}.{name}", self.subject), leaf, ..self.clone() }
    }

    /// Returns the place of a part with its own label.
    fn named(&self, section: &str, name: &str, label: String) -> Self {
        Self { label, ..self.part(&format!("{section}.{name}")) }
    }

    /// Returns the same place with other items in Rust.
    fn seen_as(&self, old: Option<Item>, new: Option<Item>) -> Self {
        Self { items: (old, new), ..self.clone() }
    }
}

/// Change without its verdicts.
struct Draft<'a> {
    rule: &'static Rule,
    place: &'a Place,
    before: Option<Value>,
    after: Option<Value>,
    doc: Option<String>,
    message: String,
    /// True if the change does not affect programs as long as the signature is the same.
    unless_same_signature: bool,
    /// Verdict for Rust, if it is not that of the rule.
    rust: Option<Bump>,
    hints: CauseHints,
}

impl<'a> Draft<'a> {
    fn new(rule: &'static Rule, place: &'a Place, message: impl Into<String>) -> Self {
        Self {
            rule,
            place,
            before: None,
            after: None,
            doc: None,
            message: message.into(),
            unless_same_signature: false,
            rust: None,
            hints: CauseHints::default(),
        }
    }

    fn before(mut self, value: impl Into<Value>) -> Self {
        self.before = Some(value.into());
        self
    }

    fn after(mut self, value: impl Into<Value>) -> Self {
        self.after = Some(value.into());
        self
    }

    fn values(self, before: impl Into<Value>, after: impl Into<Value>) -> Self {
        self.before(before).after(after)
    }

    /// Sets one or both values; the message and the rule explain a missing one.
    fn maybe(mut self, before: Option<impl Into<Value>>, after: Option<impl Into<Value>>) -> Self {
        self.before = before.map(Into::into);
        self.after = after.map(Into::into);
        self
    }

    fn unless_same_signature(mut self) -> Self {
        self.unless_same_signature = true;
        self
    }

    /// Sets the verdict for Rust where it does not follow from the rule.
    fn in_rust(mut self, rust: Bump) -> Self {
        self.rust = Some(rust);
        self
    }

    fn doc(mut self, doc: &Option<String>) -> Self {
        self.doc = doc.clone();
        self
    }

    fn newly_reached<'s>(mut self, schemas: impl IntoIterator<Item = &'s str>) -> Self {
        self.hints.newly_reached.extend(schemas.into_iter().map(str::to_owned));
        self
    }

    fn no_longer_reached<'s>(mut self, schemas: impl IntoIterator<Item = &'s str>) -> Self {
        self.hints.no_longer_reached.extend(schemas.into_iter().map(str::to_owned));
        self
    }

    fn caused_by(mut self, subject: &str, rule: &'static Rule) -> Self {
        self.hints.caused_by.push((subject.to_owned(), rule));
        self
    }

    /// Lets a change of the subject according to any of some rules explain this one.
    fn caused_by_any(self, subject: &str, rules: impl IntoIterator<Item = &'static Rule>) -> Self {
        rules.into_iter().fold(self, |draft, rule| draft.caused_by(subject, rule))
    }

    /// Lets the change explain those of the subject according to some rules.
    fn explains(mut self, subject: &str, rules: impl IntoIterator<Item = &'static Rule>) -> Self {
        self.hints.explains.extend(rules.into_iter().map(|rule| (subject.to_owned(), rule)));
        self
    }

    /// Lets the causes of the change take its verdict for Rust.
    fn raises(mut self) -> Self {
        self.hints.raises = true;
        self
    }

    fn outside_of_signatures(mut self) -> Self {
        self.hints.outside_of_signatures = true;
        self
    }

    fn group(mut self, group: GroupKey) -> Self {
        self.hints.group = Some(group);
        self
    }
}

impl Comparison<'_> {
    /// Adds a change with its verdicts.
    fn push(&mut self, draft: Draft<'_>) {
        let rule = draft.rule;
        let place = draft.place;
        let sends = !place.old.request.is_empty();
        let gets = !place.old.response.is_empty();
        // Only the new revision carries added items, only the old one removed ones.
        let touch = match (&draft.before, &draft.after) {
            (None, Some(_)) => place.new.clone(),
            (Some(_), None) => place.old.clone(),
            _ => {
                let mut both = place.old.clone();
                both.extend(&place.new);
                both
            }
        };
        let rust_before = place.items.0.as_ref().and_then(|item| self.old_side.signature(item));
        let rust_after = place.items.1.as_ref().and_then(|item| self.new_side.signature(item));
        // Schemas of other bodies have no item.
        let is_other = |api: &Api, item: &Option<Item>| {
            item.as_ref().is_some_and(|item| api.other_bodies.schemas.contains_key(item.owner()))
        };
        let not_in_rust = is_other(self.old, &place.items.0) || is_other(self.new, &place.items.1);
        // Two types may be equal in Rust: stubs take text and bytes as `&str`.
        let same_signature = draft.unless_same_signature && rust_before.is_some() && rust_before == rust_after;
        self.changes.push(Change {
            rule,
            fingerprint: fingerprint::of_change(
                &self.old.name,
                rule.id,
                &place.subject,
                draft.before.as_ref(),
                draft.after.as_ref(),
            ),
            wire: rule.wire(sends, gets),
            rust: if same_signature || not_in_rust { Bump::Patch } else { draft.rust.unwrap_or(rule.rust) },
            subject: place.subject.clone(),
            label: place.label.clone(),
            leaf: place.leaf.clone(),
            pointer: place.pointer.clone(),
            direction: Direction::of(!touch.request.is_empty(), !touch.response.is_empty()),
            before: draft.before,
            after: draft.after,
            doc: draft.doc,
            message: draft.message,
            rust_before,
            rust_after,
            touch: touch.methods(),
            hints: draft.hints,
        });
    }

    /// Reports a changed description. All of them form one finding.
    fn prose(&mut self, place: &Place, before: &Option<String>, after: &Option<String>) {
        self.text(place, &format!("description of `{}`", place.label), before, after);
    }

    /// Reports a changed description or title, given its name.
    fn text(&mut self, place: &Place, name: &str, before: &Option<String>, after: &Option<String>) {
        if before != after {
            let mut draft = Draft::new(&rules::PROSE_CHANGED, place, format!("{name} changed"));
            draft.before = before.clone().map(Value::from);
            draft.after = after.clone().map(Value::from);
            let group = GroupKey {
                key: "prose".into(),
                rule: &rules::PROSE_CHANGED,
                subject: "documentation".into(),
                message: "{n} descriptions changed".into(),
                least: 2,
            };
            // Descriptions of Google's documents state the behavior of properties.
            let behaviors = rules::behaviors().into_iter().filter(|_| place.leaf.starts_with("properties."));
            let draft = draft.caused_by_any(&place.subject, behaviors);
            self.push(draft.group(group));
        }
    }

    /// Returns the place of a part of a method, which OpenAPI documents have under this key if the new one has it.
    fn operation_part(&self, method: &Place, name: &str, key: &str, is_new: bool) -> Place {
        let mut part = method.part(name);
        // Documents with servers are OpenAPI's.
        if is_new && !self.new.servers.is_empty() {
            part.pointer = format!("{}/{key}", method.pointer);
        }
        part
    }

    /// Returns a place that affects every method.
    fn whole(&self, subject: impl Into<String>) -> Place {
        let (old, new) = self.everywhere.clone();
        let subject = subject.into();
        // Documents with servers are OpenAPI's.
        let is_openapi = !self.new.servers.is_empty();
        let pointer = match subject.split('.').next().unwrap_or_default() {
            "rootUrl" | "servicePath" if is_openapi => "/servers".to_owned(),
            "title" | "description" if is_openapi => "/info".to_owned(),
            "securitySchemes" => "/components/securitySchemes".to_owned(),
            key => format!("/{key}"),
        };
        Place { label: subject.clone(), leaf: String::new(), pointer, subject, old, new, items: (None, None) }
    }

    /// Returns the number of a method of the new revision, which may have been renamed.
    fn method_index(&self, new_name: &str) -> Option<usize> {
        self.methods.index(self.back.get(new_name).map_or(new_name, String::as_str))
    }
}

/// Returns a choice by its name.
fn one_of<'a>(api: &'a Api, name: &str) -> Option<&'a OneOf> {
    match api.shape(name)? {
        Shape::OneOf(one_of) => Some(one_of),
        _ => None,
    }
}

/// Returns the subject of a schema; for an inline schema, that of its declaration.
fn schema_subject(api: &Api, name: &str) -> String {
    let of = |schema: &String| schema_subject(api, schema);
    match api.schemas.get(name).map(|s| &s.defined_in) {
        Some(DefinedIn::Field { schema, field }) => format!("{}.properties.{field}", of(schema)),
        Some(DefinedIn::Element { schema }) => format!("{}.items", of(schema)),
        Some(DefinedIn::AdditionalProperties { schema }) => format!("{}.additionalProperties", of(schema)),
        Some(DefinedIn::Alternative { schema, alternative }) => format!("{}.alternatives.{alternative}", of(schema)),
        Some(DefinedIn::Parameter { method, parameter }) => format!("methods.{method}.parameters.{parameter}"),
        Some(DefinedIn::RequestBody { method }) => format!("methods.{method}.request"),
        Some(DefinedIn::ResponseBody { method }) => format!("methods.{method}.response"),
        Some(DefinedIn::ErrorBody { method, error }) => format!("methods.{method}.{error}"),
        Some(DefinedIn::OtherBody { method, body }) => match Webhook::of_method(method) {
            Some(webhook) => format!("webhooks.{webhook}.{body}"),
            None => format!("methods.{method}.{body}"),
        },
        Some(DefinedIn::TopLevel) | None => format!("schemas.{name}"),
    }
}

/// Returns the label of a schema: its name, or that of the place of an inline one, such as `Plant.label` and
/// `plants.list(filter)`.
fn schema_label(api: &Api, name: &str) -> String {
    let of = |schema: &String| schema_label(api, schema);
    match api.schemas.get(name).map(|s| &s.defined_in) {
        Some(DefinedIn::Field { schema, field }) => format!("{}.{field}", of(schema)),
        Some(DefinedIn::Element { schema }) => format!("{}[]", of(schema)),
        Some(DefinedIn::AdditionalProperties { schema }) => format!("{}.additionalProperties", of(schema)),
        Some(DefinedIn::Alternative { schema, alternative }) => format!("{}::{alternative}", of(schema)),
        Some(DefinedIn::Parameter { method, parameter }) => format!("{method}({parameter})"),
        Some(DefinedIn::RequestBody { method }) => format!("{method}.request"),
        Some(DefinedIn::ResponseBody { method }) => format!("{method}.response"),
        Some(DefinedIn::ErrorBody { method, error }) => format!("{method} ({error})"),
        Some(DefinedIn::OtherBody { method, body }) => other_body::label(method, body),
        Some(DefinedIn::TopLevel) | None => name.to_owned(),
    }
}
