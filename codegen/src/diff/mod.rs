//! What changed between two revisions of an API, whom it breaks, and how the version must move.
//!
//! Two models are compared ([`rules`] says what each difference means), differences of one cause are put together, and
//! the report is rendered for people or programs.

pub mod accept;
mod change;
mod compare;
mod describe;
mod direction;
mod fingerprint;
mod input;
mod renames;
pub mod render;
pub mod review;
mod roots;
pub mod rules;
mod signature;
mod text;
mod touch;
mod verdict;

pub use change::{Change, Finding, Report, Revision};
pub use verdict::{Bump, Direction, Wire};

use crate::model::{Api, Home};
use crate::passes::names::Names;
use crate::passes::pattern::Pattern;
use crate::passes::prune;
use renames::Renames;
use signature::Side;
use std::collections::BTreeSet;

/// Compares two revisions, as they are after all passes.
///
/// `include` keeps to the methods that any pattern stands for, in either revision, and what they reach; empty, it keeps
/// everything. `earlier` is what a lock remembers of Rust names; empty, names are those of a first generation.
pub fn diff(old: &Api, new: &Api, include: &[Pattern], earlier: &Names) -> Report {
    // Over the whole documents, as generation does: what one includes changes no name.
    let (old_names, new_names) = rayon::join(|| Names::of(old, earlier), || Names::of(new, earlier));
    let (whole_old, whole_new) = (old, new);
    let kept;
    let (old, new) = if include.is_empty() {
        (old, new)
    } else {
        kept = keep(old, new, include);
        (&kept.0, &kept.1)
    };
    let (changes, methods) =
        compare::compare(
            Side { api: old, whole: whole_old, names: &old_names },
            Side { api: new, whole: whole_new, names: &new_names },
        );
    let revision = |api: &Api| Revision { id: api.id(), revision: api.revision.clone(), source: String::new() };
    Report {
        old: revision(old),
        new: revision(new),
        findings: roots::find(changes, old, new),
        notes: Vec::new(),
        methods,
    }
}

/// Both revisions, less the methods that no pattern stands for. A method that was moved is kept under both names.
fn keep(old: &Api, new: &Api, include: &[Pattern]) -> (Api, Api) {
    let asked = |name: &str| include.iter().any(|pattern| pattern.matches(name));
    let renames = Renames::new(old, new);
    let mut kept_old: BTreeSet<String> = old.methods.keys().filter(|name| asked(name)).cloned().collect();
    let mut kept_new: BTreeSet<String> = new.methods.keys().filter(|name| asked(name)).cloned().collect();
    for (was, is) in &renames.methods {
        if asked(was) || asked(is) {
            kept_old.insert(was.clone());
            kept_new.insert(is.clone());
        }
    }
    let takes = |api: &Api, methods: &BTreeSet<String>| -> BTreeSet<String> {
        methods.iter().filter_map(|name| api.methods.get(name)).flat_map(|method| method.scopes.clone()).collect()
    };
    let mut scopes = takes(old, &kept_old);
    scopes.extend(takes(new, &kept_new));
    (narrow(old, &kept_old, &scopes), narrow(new, &kept_new, &scopes))
}

/// A revision with some of its methods, what they reach, and the scopes that they take in either revision.
fn narrow(api: &Api, methods: &BTreeSet<String>, scopes: &BTreeSet<String>) -> Api {
    let mut api = api.clone();
    let schemas = prune::reached(&api, methods);
    api.methods.retain(|name, _| methods.contains(name));
    api.schemas.retain(|name, schema| {
        schemas.contains(name) || matches!(&schema.home, Home::Parameter { method, .. } if methods.contains(method))
    });
    api.scopes.retain(|scope, _| scopes.contains(scope));
    // What is said of the API as a whole is not about these methods.
    (api.title, api.doc) = (None, None);
    api
}
