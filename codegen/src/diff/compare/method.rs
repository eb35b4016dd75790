//! Methods: which there are, and what each takes and gives.

use super::api::within;
use super::relation::Relation;
use super::{Comparison, Draft, Place};
use crate::diff::change::Kin;
use crate::diff::describe;
use crate::diff::direction::replies;
use crate::diff::renames::url;
use crate::diff::signature::Item;
use crate::diff::similarity::{delta, step};
use crate::diff::touch::{MethodSet, Touch};
use crate::model::{Api, Method, PathPart, Type};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

impl Comparison<'_> {
    /// A method of the old revision: what became of it.
    pub(super) fn old_method(&mut self, name: &String, method: &Method) {
        let place = self.method_place(name);
        let (new, old_whole, new_whole) = (self.new, self.old_side.whole, self.new_side.whole);
        if let Some(other) = self.renames.method(name, new).and_then(|other| new.methods.get_key_value(other)) {
            return self.method(&place, (name, method), other);
        }
        let draft = Draft::new("method-removed", &place, format!("`{name}` is gone"));
        let draft = draft.before(describe::method(self.old, method)).doc(&method.doc).lost(bodies(method));
        let kin = group(name, method, old_whole, new_whole, "resource-removed", "method-removed", "are gone");
        self.push(draft.kin(kin));
    }

    /// A method of the new revision alone.
    pub(super) fn new_method(&mut self, name: &str, method: &Method) {
        let (old_whole, new_whole) = (self.old_side.whole, self.new_side.whole);
        let place = self.method_place(name);
        let draft = Draft::new("method-added", &place, format!("`{name}` is new"));
        let draft = draft.after(describe::method(self.new, method)).doc(&method.doc).gained(bodies(method));
        let kin = group(name, method, new_whole, old_whole, "resource-added", "method-added", "are new");
        self.push(draft.kin(kin));
    }

    fn method_place(&self, name: &str) -> Place {
        let set = |api: &Api, name: &str| match self.methods.index(name).filter(|_| api.methods.contains_key(name)) {
            Some(index) => MethodSet::one(index),
            None => MethodSet::default(),
        };
        // A method of the new revision that moved is known by its old name.
        let new = match self.renames.method(name, self.new).or(Some(name)) {
            Some(other) if self.new.methods.contains_key(other) => {
                self.methods.index(name).map(MethodSet::one).unwrap_or_default()
            }
            _ => MethodSet::default(),
        };
        let items = (
            self.old.methods.contains_key(name).then(|| Item::Method(name.to_owned())),
            self.renames.method(name, self.new).or(Some(name)).map(|name| Item::Method(name.to_owned())),
        );
        Place {
            subject: format!("methods.{name}"),
            old: Touch::both(set(self.old, name)),
            new: Touch::both(new),
            items,
        }
    }

    fn method(&mut self, place: &Place, (old_name, a): (&String, &Method), (new_name, b): (&String, &Method)) {
        self.prose(place, &a.doc, &b.doc);
        self.method_name(place, old_name, new_name);
        if old_name != new_name {
            let same_url = a.http_method == b.http_method && url(a) == url(b);
            let rule = if same_url { "method-moved" } else { "method-renamed" };
            let (was, is) = delta(old_name, new_name);
            let kin = Kin {
                key: format!("{was} → {is}"),
                rule,
                subject: format!("methods.*{was}*"),
                message: format!("{{n}} methods are named {}", step(was, is)),
                least: 3,
            };
            let message = match same_url {
                true => format!("`{old_name}` is now `{new_name}`, with the same verb and path"),
                false => format!("`{old_name}` is now `{new_name}`, at another path"),
            };
            self.push(
                Draft::new(rule, place, message).values(place.subject.clone(), format!("methods.{new_name}")).kin(kin),
            );
        }
        if a.deprecated != b.deprecated {
            let draft = match b.deprecated {
                true => Draft::new("method-deprecated", place, format!("`{old_name}` should no longer be called")),
                false => Draft::new("method-undeprecated", place, format!("`{old_name}` may be called again")),
            };
            self.push(draft.values(json!({"deprecated": a.deprecated}), json!({"deprecated": b.deprecated})));
        }
        if a.http_method != b.http_method {
            let message =
                format!("`{old_name}` is called with {} instead of {}", b.http_method.as_str(), a.http_method.as_str());
            let part = place.part("httpMethod");
            self.push(
                Draft::new("http-method-changed", &part, message)
                    .values(a.http_method.as_str(), b.http_method.as_str()),
            );
        }
        let requests = Place {
            old: Touch::request(place.old.request.clone()),
            new: Touch::request(place.new.request.clone()),
            ..place.clone()
        };
        let replies = Place {
            old: Touch::response(place.old.response.clone()),
            new: Touch::response(place.new.response.clone()),
            ..place.clone()
        };
        let variables = self.path(&requests, old_name != new_name, a, b);
        self.parameters(&requests, (old_name, a), (new_name, b), &variables);
        self.order(&requests, a, b, &variables);
        self.body(&requests, "request", [&a.request, &b.request], ["request-added", "request-removed"]);
        self.body(&replies, "response", [&a.response, &b.response], ["response-added", "response-removed"]);
        self.method_scopes(&requests, a, b);
        self.media(place, a, b);
        self.marks(place, &requests, &replies, a, b);
    }

    /// The path; gives the variables that have another name.
    fn path(&mut self, place: &Place, renamed: bool, a: &Method, b: &Method) -> BTreeMap<String, String> {
        if a.path == b.path && self.old.service_path == self.new.service_path {
            return BTreeMap::new();
        }
        let place = place.part("path");
        let full = |api: &Api, method: &Method| format!("{}{}", api.service_path, method.path);
        let (was, is) = (full(self.old, a), full(self.new, b));
        let (old_vars, new_vars): (Vec<&str>, Vec<&str>) = (a.path.variables().collect(), b.path.variables().collect());
        let positional = old_vars.len() == new_vars.len();
        let mut variables = BTreeMap::new();
        if positional {
            let pairs = old_vars.iter().zip(&new_vars).filter(|(a, b)| a != b);
            // A variable that is still there, in another place, is itself.
            let pairs = pairs.filter(|(a, b)| !new_vars.contains(a) && !old_vars.contains(b));
            variables.extend(pairs.map(|(a, b)| ((*a).to_owned(), (*b).to_owned())));
        }
        if was == is || (renamed && url(a) != url(b)) {
            return variables;
        }
        let (before, after) = (a.path.to_string(), b.path.to_string());
        let shape = |path: &Method| -> Vec<Option<String>> {
            path.path
                .parts()
                .iter()
                .map(|p| match p {
                    PathPart::Literal(text) => Some(text.clone()),
                    PathPart::Variable { .. } => None,
                })
                .collect()
        };
        let flags = |m: &Method| -> Vec<bool> {
            m.path
                .parts()
                .iter()
                .filter_map(|p| match p {
                    PathPart::Variable { reserved, .. } => Some(*reserved),
                    PathPart::Literal(_) => None,
                })
                .collect()
        };
        let same_prefix = self.old.service_path == self.new.service_path;
        if shape(a) == shape(b) && same_prefix {
            let pairs: Vec<_> = flags(a).into_iter().zip(flags(b)).collect();
            if pairs.contains(&(true, false)) {
                let message = format!("`{after}` takes no slashes where `{before}` did");
                self.push(Draft::new("path-variable-closed", &place, message).values(before, after));
            } else if pairs.contains(&(false, true)) {
                let message = format!("`{after}` takes slashes where `{before}` did not");
                self.push(Draft::new("path-variable-opened", &place, message).values(before, after));
            }
            return variables;
        }
        let same_url = a.flat_path.is_some() && url(a) == url(b) && same_prefix;
        let rule = match (positional, same_url) {
            (false, _) => "path-parameters-changed",
            (true, true) => "path-reshaped",
            (true, false) => "path-changed",
        };
        let (gone, come) = delta(&was, &is);
        let kin = Kin {
            key: format!("{rule}|{gone}|{come}"),
            rule,
            subject: format!("methods.*.path.{gone}"),
            message: format!("{{n}} methods have `{come}` in their path instead of `{gone}`"),
            least: 3,
        };
        let message = format!("the path is `{is}` instead of `{was}`");
        let draft = Draft::new(rule, &place, message).values(before.clone(), after.clone());
        let draft = if before == after { draft.because("servicePath", "service-path-changed") } else { draft };
        self.push(draft.kin(kin));
        variables
    }

    /// The order that stubs take parameters in, of those that both revisions require.
    fn order(&mut self, place: &Place, a: &Method, b: &Method, renamed: &BTreeMap<String, String>) {
        let was: Vec<&String> = a.parameter_order.iter().map(|name| renamed.get(name).unwrap_or(name)).collect();
        let kept = |list: &[&String], other: &[&String]| -> Vec<String> {
            list.iter().filter(|name| other.contains(name)).map(|name| (*name).clone()).collect()
        };
        let is: Vec<&String> = b.parameter_order.iter().collect();
        let (before, after) = (kept(&was, &is), kept(&is, &was));
        if before != after {
            let place = place.part("parameterOrder");
            let message = "required parameters come in another order";
            self.push(Draft::new("parameter-order-changed", &place, message).values(before, after));
        }
    }

    fn body(&mut self, place: &Place, word: &str, bodies: [&Option<Type>; 2], [added, removed]: [&'static str; 2]) {
        match bodies {
            [Some(a), Some(b)] => {
                let relation = self.relation(a, b);
                if relation != Relation::Same {
                    self.type_change(&place.part(word), relation, a, b);
                }
            }
            [Some(a), None] => {
                let place = place.part(word);
                let draft = Draft::new(removed, &place, format!("there is no {word} body any more"));
                self.push(draft.before(describe::ty(self.old, a)).lost(a.schema()));
            }
            [None, Some(b)] => {
                let mut place = place.part(word);
                if added == "request-added" {
                    place.new = place.old.clone();
                }
                let draft =
                    Draft::new(added, &place, format!("there is a {word} body, `{}`", describe::ty(self.new, b)));
                self.push(draft.after(describe::ty(self.new, b)).gained(b.schema()));
            }
            [None, None] => {}
        }
    }

    fn method_scopes(&mut self, place: &Place, a: &Method, b: &Method) {
        if a.scopes == b.scopes {
            return;
        }
        let (was, is): (BTreeSet<&String>, BTreeSet<&String>) = (a.scopes.iter().collect(), b.scopes.iter().collect());
        let changes = [
            (was.difference(&is).collect::<Vec<_>>(), if is.is_empty() { "scopes-dropped" } else { "scope-removed" }),
            (is.difference(&was).collect::<Vec<_>>(), if was.is_empty() { "scopes-required" } else { "scope-added" }),
        ];
        for (scopes, rule) in changes {
            for scope in scopes {
                let gone = was.contains(*scope);
                let words = if gone { "no longer take" } else { "take" };
                let kin = Kin {
                    key: format!("{rule}|{scope}"),
                    rule,
                    subject: format!("auth.scopes.{scope}"),
                    message: format!("{{n}} methods {words} the scope `{scope}`"),
                    least: 2,
                };
                let part = place.part(&format!("scopes.{scope}"));
                let verb = if gone { "no longer takes" } else { "takes" };
                let message = format!(
                    "`{}` {verb} the scope `{scope}`",
                    crate::diff::compare::constraints::method_of(&place.subject)
                );
                let mut draft = Draft::new(rule, &part, message);
                match gone {
                    true => draft.before = Some(json!(scope)),
                    false => draft.after = Some(json!(scope)),
                }
                let subject = format!("auth.scopes.{scope}");
                for cause in ["scope-added", "scope-removed", "scope-renamed"] {
                    draft = draft.because(&subject, cause);
                }
                self.push(draft.kin(kin));
            }
        }
    }
}

/// The schemas that a method's bodies name.
fn bodies(method: &Method) -> Vec<&str> {
    method.request.iter().filter_map(Type::schema).chain(replies(method)).collect()
}

/// What a method that came or went has in common with others: a resource that one side does not have at all, or else
/// the same call on many resources.
fn group(
    name: &str,
    method: &Method,
    here: &Api,
    there: &Api,
    resource_rule: &'static str,
    method_rule: &'static str,
    words: &str,
) -> Kin {
    let parts: Vec<&str> = name.split('.').collect();
    let resource = (1..parts.len()).map(|n| parts[..n].join(".")).find(|resource| {
        let next = format!("{resource}.");
        let range = there.methods.range(next.clone()..).next();
        !range.is_some_and(|(name, _)| within(name, resource))
    });
    if let Some(resource) = resource.filter(|r| here.methods.keys().filter(|name| within(name, r)).count() > 1) {
        return Kin {
            key: resource.clone(),
            rule: resource_rule,
            subject: format!("resources.{resource}"),
            message: format!("all {{n}} methods of `{resource}` {words}"),
            least: 2,
        };
    }
    let leaf = parts[parts.len().saturating_sub(2)..].join(".");
    Kin {
        key: format!("{leaf}|{:?}|{:?}", method.request, method.response),
        rule: method_rule,
        subject: format!("methods.**.{leaf}"),
        message: format!("`{leaf}` {words} in {{n}} resources"),
        least: 3,
    }
}
