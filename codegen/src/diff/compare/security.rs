//! Comparison of the credentials of a method.

use super::{Comparison, Draft, Place};
use crate::diff::change::GroupKey;
use crate::diff::rules::{self, Rule};
use crate::model::{Credential, Method, Requirement};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Largest number of alternatives each of which is compared with each of the other revision.
const MAX_COMPARED: usize = 256;

impl Comparison<'_> {
    /// Compares the credentials that a method requires, as a caller sees them: names of schemes do not matter, nor does
    /// it matter if the document or the method states them.
    pub(super) fn security(&mut self, place: &Place, old: &Method, new: &Method) {
        let (old, new) = (alternatives(old), alternatives(new));
        if old == new {
            return;
        }
        let free = |alternatives: &[Requirement]| alternatives.iter().any(Requirement::is_empty);
        let kept = old.iter().filter(|old| satisfies_any(old, &new)).count();
        let new_kinds: BTreeSet<&Credential> = new.iter().flat_map(Requirement::keys).collect();
        let same_kinds = |a: &Requirement| a.keys().any(|credential| new_kinds.contains(credential));
        let (rule, one, many): (&'static Rule, &str, &str) = if free(&old) && !free(&new) {
            (&rules::SECURITY_REQUIRED, "requires credentials", "require credentials")
        } else if !free(&old) && new.iter().all(Requirement::is_empty) {
            (&rules::SECURITY_DROPPED, "no longer requires credentials", "no longer require credentials")
        } else if kept == old.len() {
            // Other requirements may accept the same calls.
            if new.iter().all(|new| satisfies_any(new, &old)) {
                return;
            }
            (&rules::SECURITY_WIDENED, "accepts other credentials too", "accept other credentials too")
        } else if kept > 0 || old.iter().any(same_kinds) {
            (&rules::SECURITY_NARROWED, "no longer accepts some credentials", "no longer accept some credentials")
        } else {
            (&rules::SECURITY_CHANGED, "requires other credentials", "require other credentials")
        };
        let (old_words, new_words) = (words(&old), words(&new));
        let message = |subject: &str, verb: &str| format!("{subject} {verb}: `{old_words}` → `{new_words}`");
        let (old, new) = (as_json(&old), as_json(&new));
        let group = GroupKey {
            key: format!("{}|{old}|{new}", rule.id),
            rule,
            subject: "security".into(),
            message: message("{n} methods", many),
            least: 2,
        };
        let part = place.part("security");
        let draft = Draft::new(rule, &part, message(&format!("`{}`", place.label), one));
        self.push(draft.values(old.clone(), new.clone()).group(group));
    }
}

/// Returns the alternatives of a method; a single one without credentials if it requires none.
fn alternatives(method: &Method) -> Vec<Requirement> {
    let mut alternatives = method.security.clone();
    if alternatives.is_empty() {
        alternatives.push(Requirement::new());
    }
    alternatives.sort();
    alternatives
}

/// Returns `true` if a caller with the credentials of one requirement has those of any of some alternatives, which are
/// sorted. Of very many alternatives, only the same one counts.
fn satisfies_any(held: &Requirement, wanted: &[Requirement]) -> bool {
    wanted.binary_search(held).is_ok()
        || wanted.len() <= MAX_COMPARED && wanted.iter().any(|wanted| satisfies(held, wanted))
}

/// Returns `true` if a caller with the credentials of one requirement has those of another.
fn satisfies(held: &Requirement, wanted: &Requirement) -> bool {
    wanted.iter().all(|(credential, scopes)| held.get(credential).is_some_and(|held| scopes.is_subset(held)))
}

/// Returns alternatives as JSON.
fn as_json(alternatives: &[Requirement]) -> Value {
    let one = |requirement: &Requirement| -> Value {
        let credentials = requirement.iter().map(|(credential, scopes)| match scopes.is_empty() {
            true => json!(name(credential)),
            false => json!({ name(credential): scopes }),
        });
        credentials.collect()
    };
    alternatives.iter().map(one).collect()
}

/// Returns alternatives in words: `bearer, or query key and basic`.
fn words(alternatives: &[Requirement]) -> String {
    let credential = |(credential, scopes): (&Credential, &BTreeSet<String>)| {
        let scopes: Vec<&str> = scopes.iter().map(String::as_str).collect();
        let scopes = if scopes.is_empty() { String::new() } else { format!(" ({})", scopes.join(" ")) };
        format!("{}{scopes}", name(credential)).replace('`', "'")
    };
    let requirement = |requirement: &Requirement| match requirement.is_empty() {
        true => "none".to_owned(),
        false => requirement.iter().map(credential).collect::<Vec<_>>().join(" and "),
    };
    alternatives.iter().map(requirement).collect::<Vec<_>>().join(", or ")
}

fn name(credential: &Credential) -> String {
    match credential {
        Credential::ApiKey { location, name } => format!("{} {name}", location.as_str()),
        Credential::Http(scheme) => scheme.clone(),
        Credential::OAuth2 => "oauth2".to_owned(),
        Credential::OpenIdConnect => "openIdConnect".to_owned(),
        Credential::MutualTls => "mutualTLS".to_owned(),
        Credential::Unknown(scheme) => format!("unknown scheme {scheme}"),
    }
}
