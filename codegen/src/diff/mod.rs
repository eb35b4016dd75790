//! Comparison of two revisions of an API: changes, wire compatibility, required version of the generated crate.
//!
//! Two models are compared ([`rules`] contains the verdict of each kind of change), changes with the same cause become
//! one finding, and the report is rendered for people or programs.

pub mod accept;
mod affected;
mod alternatives;
mod causes;
mod change;
mod compare;
mod describe;
mod fingerprint;
mod media_types;
mod pairing;
mod reachability;
mod renames;
pub mod render;
pub mod review;
pub mod rules;
mod selection;
mod shapes;
mod signature;
mod similarity;
mod url;
mod verdict;

pub use change::{Change, Finding, Report, Revision};
pub use verdict::{Bump, Direction, WireCompatibility};

use crate::model::Api;
use crate::model::pattern::{Pattern, Patterns};
use crate::passes::prune;
use crate::rust::naming::Names;
use renames::Renames;
use selection::Configured;
use signature::{Parts, Side};
use std::collections::BTreeSet;

/// Compares two revisions, after all passes.
///
/// `include` selects methods that any pattern matches in either revision, and what they reach; empty, it selects
/// everything. `earlier` contains the names and the argument positions of a lock file; empty, they are those of a first
/// generation.
pub fn diff(old: &Api, new: &Api, include: &[Pattern], earlier: &Names) -> Report {
    diff_of_selections(old, new, [include, include], earlier)
}

/// Compares two revisions, as [`diff`] does, with patterns of their own: a method that only one of both selects, and
/// that both documents have, was included or excluded by configuration.
pub(crate) fn diff_of_selections(old: &Api, new: &Api, include: [&[Pattern]; 2], earlier: &Names) -> Report {
    let ordered;
    let (old, new) = if earlier.is_empty() {
        (old, new)
    } else {
        ordered = (earlier.keep_order(old.clone()), earlier.keep_order(new.clone()));
        (&ordered.0, &ordered.1)
    };
    // Names are assigned over the whole documents, as in generation, so that `include` does not change them.
    let (old_names, new_names) = rayon::join(|| Names::of(old, earlier), || Names::of(new, earlier));
    let (whole_old, whole_new) = (old, new);
    let with_others = [old, new].map(with_other_schemas);
    let [old_others, new_others] = &with_others;
    let (old, new) = (old_others.as_ref().unwrap_or(old), new_others.as_ref().unwrap_or(new));
    let kept;
    let mut configured = Configured::default();
    let is_selection = include.iter().any(|patterns| !patterns.is_empty());
    let (old, new) = if is_selection {
        let renames = Renames::new(old, new);
        configured = Configured::find(old, new, include, &renames);
        kept = keep(old, new, include, &renames, &configured);
        (&kept.0, &kept.1)
    } else {
        (old, new)
    };
    let (mut changes, methods) = compare::compare(
        Side { api: old, whole: whole_old, names: &old_names, parts: &Parts::of(whole_old) },
        Side { api: new, whole: whole_new, names: &new_names, parts: &Parts::of(whole_new) },
    );
    if is_selection {
        // A schema that is kept because of the other revision may contain parts that these methods do not reach.
        changes.retain(|change| !change.touch.is_empty());
    }
    changes.extend(configured.changes());
    // Files of other names, such as `old.yaml` and `new.yaml`, do not rename an API.
    let files = whole_old.id() != whole_new.id() && !whole_old.versioned && !whole_new.versioned;
    let title = whole_old.title.as_ref().filter(|title| files && Some(*title) == whole_new.title.as_ref());
    let id = |api: &Api| title.cloned().unwrap_or_else(|| api.id());
    let revision = |api: &Api| Revision { id: id(api), revision: api.revision.clone(), ..Revision::default() };
    Report {
        old: revision(old),
        new: revision(new),
        findings: causes::findings(changes, old, new),
        notes: Vec::new(),
        methods,
    }
}

/// Returns an API whose schemas include those of bodies that generated code does not use; `None` if it
/// has no such schemas.
fn with_other_schemas(api: &Api) -> Option<Api> {
    if api.other_bodies.schemas.is_empty() {
        return None;
    }
    let mut api = api.clone();
    for (name, schema) in &api.other_bodies.schemas {
        api.schemas.entry(name.clone()).or_insert_with(|| schema.clone());
    }
    Some(api)
}

/// Returns the types of the bodies of some methods that generated code does not use.
fn other_types<'a>(api: &'a Api, methods: &'a BTreeSet<String>) -> impl Iterator<Item = &'a str> {
    let bodies = methods.iter().filter_map(|name| api.other_bodies.bodies.get(name));
    bodies.flat_map(|bodies| bodies.values()).filter_map(|body| body.ty.schema())
}

/// Returns both revisions without the methods that no pattern matches. A moved method is kept under both names, and a
/// schema that is reached in one revision is kept in both: it was neither added nor removed.
fn keep(
    old: &Api,
    new: &Api,
    [old_include, new_include]: [&[Pattern]; 2],
    renames: &Renames,
    configured: &Configured,
) -> (Api, Api) {
    let (old_patterns, new_patterns) = (Patterns::new(old_include), Patterns::new(new_include));
    let was = |name: &str| old_include.is_empty() || old_patterns.matches_any(name);
    let is = |name: &str| new_include.is_empty() || new_patterns.matches_any(name);
    let methods = |api: &Api, selected: &dyn Fn(&str) -> bool, not: &BTreeSet<String>| -> BTreeSet<String> {
        api.methods.keys().filter(|name| selected(name) && !not.contains(*name)).cloned().collect()
    };
    let mut old_kept = Kept { methods: methods(old, &was, &configured.old), ..Kept::default() };
    let mut new_kept = Kept { methods: methods(new, &is, &configured.new), ..Kept::default() };
    for (old_name, new_name) in &renames.methods {
        if (was(old_name) || is(new_name)) && !configured.old.contains(old_name) {
            old_kept.methods.insert(old_name.clone());
            new_kept.methods.insert(new_name.clone());
        }
    }
    for (api, kept) in [(old, &mut old_kept), (new, &mut new_kept)] {
        kept.schemas = prune::reached(api, &kept.methods);
        let others = api.reached(other_types(api, &kept.methods), |_| true);
        kept.schemas.extend(others.into_iter().map(str::to_owned));
    }
    for (old_name, new_name) in renames.schemas() {
        if old_kept.schemas.contains(old_name) || new_kept.schemas.contains(new_name) {
            old_kept.schemas.insert(old_name.to_owned());
            new_kept.schemas.insert(new_name.to_owned());
        }
    }
    for (api, kept) in [(old, &old_kept.methods), (new, &new_kept.methods)] {
        let scopes = kept.iter().filter_map(|name| api.methods.get(name)).flat_map(|method| method.scopes.clone());
        old_kept.scopes.extend(scopes);
    }
    new_kept.scopes.clone_from(&old_kept.scopes);
    (old_kept.narrow(old), new_kept.narrow(new))
}

/// Parts of a revision that are compared.
#[derive(Default)]
struct Kept {
    methods: BTreeSet<String>,
    schemas: BTreeSet<String>,
    /// Scopes that a kept method accepts in either revision.
    scopes: BTreeSet<String>,
}

impl Kept {
    fn narrow(&self, api: &Api) -> Api {
        let mut api = api.clone();
        api.methods.retain(|name, _| self.methods.contains(name));
        api.schemas.retain(|name, schema| {
            self.schemas.contains(name)
                || schema.defined_in.method().is_some_and(|method| self.methods.contains(method))
        });
        api.scopes.retain(|scope, _| self.scopes.contains(scope));
        // Title and description of the API, and its webhooks, are not about these methods.
        api.webhooks.clear();
        api.other_methods.clear();
        (api.title, api.doc) = (None, None);
        api
    }
}
