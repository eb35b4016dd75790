//! Comparison of methods: added and removed ones, and their requests and responses.

use super::api::within;
use super::characteristics::keeps_response;
use super::relation::Relation;
use super::{Comparison, Draft, Place};
use crate::diff::affected::{AffectedMethods, MethodSet};
use crate::diff::change::GroupKey;
use crate::diff::describe;
use crate::diff::media_types::keeps_request;
use crate::diff::rules::{self, Rule};
use crate::diff::signature::Item;
use crate::diff::similarity::{delta, segment_delta, step};
use crate::diff::url::{address, normal, server, url};
use crate::diff::verdict::Bump;
use crate::model::{Api, Flow, Method, Type};
use crate::source::parent;
use crate::text::quoted;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

impl Comparison<'_> {
    /// Compares a method of the old revision.
    pub(super) fn old_method(&mut self, name: &String, method: &Method) {
        let place = self.method_place(name);
        let (new, old_whole, new_whole) = (self.new, self.old_side.whole, self.new_side.whole);
        if let Some(other) = self.renames.method(name, new).and_then(|other| new.methods.get_key_value(other)) {
            return self.method(&place, (name, method), other);
        }
        let draft = Draft::new(&rules::METHOD_REMOVED, &place, format!("`{name}` removed"));
        let draft = draft.before(describe::method(self.old, method)).doc(&method.doc).no_longer_reached(bodies(method));
        let group = method_group(
            name,
            method,
            old_whole,
            new_whole,
            &rules::RESOURCE_REMOVED,
            &rules::METHOD_REMOVED,
            "removed",
        );
        self.push(draft.group(group));
    }

    /// Compares a method that only the new revision has.
    pub(super) fn new_method(&mut self, name: &str, method: &Method) {
        let (old_whole, new_whole) = (self.old_side.whole, self.new_side.whole);
        let place = self.method_place(name);
        let draft = Draft::new(&rules::METHOD_ADDED, &place, format!("`{name}` added"));
        let draft = draft.after(describe::method(self.new, method)).doc(&method.doc).newly_reached(bodies(method));
        let group =
            method_group(name, method, new_whole, old_whole, &rules::RESOURCE_ADDED, &rules::METHOD_ADDED, "added");
        self.push(draft.group(group));
    }

    fn method_place(&self, name: &str) -> Place {
        let set = |api: &Api, name: &str| match self.methods.index(name).filter(|_| api.methods.contains_key(name)) {
            Some(index) => MethodSet::one(index),
            None => MethodSet::default(),
        };
        // A moved method is referred to by its old name.
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
            label: name.to_owned(),
            leaf: String::new(),
            pointer: self
                .renames
                .method(name, self.new)
                .or(Some(name))
                .and_then(|name| self.new.methods.get(name))
                .map(|method| method.pointer.clone())
                .or_else(|| self.old.methods.get(name).map(|method| parent(&method.pointer)))
                .unwrap_or_default(),
            old: AffectedMethods::both(set(self.old, name)),
            new: AffectedMethods::both(new),
            items,
        }
    }

    fn method(&mut self, place: &Place, (old_name, a): (&String, &Method), (new_name, b): (&String, &Method)) {
        self.prose(place, &a.doc, &b.doc);
        self.method_name(place, old_name, new_name);
        if old_name != new_name {
            self.method_renamed(place, (old_name, a), (new_name, b));
        }
        if a.deprecated != b.deprecated {
            self.method_deprecated(place, old_name, a, b);
        }
        if a.http_method != b.http_method {
            self.http_method(place, old_name, a, b);
        }
        let requests = Place {
            old: AffectedMethods::request(place.old.request.clone()),
            new: AffectedMethods::request(place.new.request.clone()),
            ..place.clone()
        };
        let responses = Place {
            old: AffectedMethods::response(place.old.response.clone()),
            new: AffectedMethods::response(place.new.response.clone()),
            ..place.clone()
        };
        self.server(&requests, a, b);
        let variables = self.path(&requests, old_name != new_name, a, b);
        self.parameters(&requests, (old_name, a), (new_name, b), &variables);
        self.order(&requests, a, b, &variables.renamed);
        let added: &'static Rule = match (b.request_optional, self.new.is_google()) {
            (true, _) => &rules::OPTIONAL_REQUEST_ADDED,
            (false, false) => &rules::REQUIRED_REQUEST_ADDED,
            // Discovery has no mark for requests that may lack a body.
            (false, true) => &rules::REQUEST_ADDED,
        };
        // A body that is still accepted in its media type is no other one, though the method takes another.
        let stays = keeps_request(a, b);
        if !stays {
            self.body(&requests, "request", [&a.request, &b.request], [added, &rules::REQUEST_REMOVED]);
        }
        // Media other than JSON is downloaded, and has no type.
        let is_download = a.response_media_type.is_some() || b.response_media_type.is_some();
        match (&a.response, &b.response) {
            (Some(ty), None) | (None, Some(ty)) if is_download => {
                self.response_format(&responses.part("response"), ty, a, b);
            }
            (None, None) if a.returns_redirect() != b.returns_redirect() => {
                let (rule, change): (&'static Rule, _) = match b.returns_redirect() {
                    true => (&rules::RESPONSE_ADDED, "returns"),
                    false => (&rules::RESPONSE_REMOVED, "no longer returns"),
                };
                let message = format!("`{}` {change} a redirect", place.label);
                self.push(Draft::new(rule, &responses.part("response"), message));
            }
            (was, is) => {
                self.body(&responses, "response", [was, is], [&rules::RESPONSE_ADDED, &rules::RESPONSE_REMOVED])
            }
        }
        if let (Some(was), Some(is), false) = (&a.request, &b.request, stays) {
            let place = self.body_place(&requests, "request");
            self.value_constraints(&place, (was, &a.request_constraints), (is, &b.request_constraints));
        }
        if let (Some(was), Some(is)) = (&a.response, &b.response) {
            let place = self.body_place(&responses, "response");
            self.value_constraints(&place, (was, &a.response_constraints), (is, &b.response_constraints));
        }
        // Security requirements of a document include its scopes.
        match a.security.is_empty() && b.security.is_empty() {
            true => self.method_scopes(&requests, a, b),
            false => self.security(&requests, a, b),
        }
        self.other_bodies(&requests, &responses, (old_name, a), (new_name, b));
        self.media(place, a, b);
        self.characteristics(place, &requests, &responses, a, b);
    }

    fn method_renamed(&mut self, place: &Place, (old_name, a): (&String, &Method), (new_name, b): (&String, &Method)) {
        let same_url = a.http_method == b.http_method && url(a) == url(b);
        let rule = if same_url { &rules::METHOD_MOVED } else { &rules::METHOD_RENAMED };
        let (was, is) = delta(old_name, new_name);
        let (old_part, new_part) = segment_delta(&a.path.to_string(), &b.path.to_string());
        let (key, message) = match same_url {
            true => (format!("{was} → {is}"), format!("names of {{n}} methods: {}", step(&was, &is))),
            // The names may be made of the paths.
            false => (
                format!("{old_part}|{new_part}"),
                format!("names and paths of {{n}} methods: {}", step(&old_part, &new_part)),
            ),
        };
        // A resource of another name has the same methods.
        let leaf = |name: &str| name.rsplit_once('.').map(|(_, leaf)| leaf.to_owned());
        let least = if same_url && leaf(old_name).is_some() && leaf(old_name) == leaf(new_name) { 2 } else { 3 };
        let group = GroupKey { key, rule, subject: format!("methods.*{was}*"), message, least };
        let message = match same_url {
            true => format!("`{old_name}` renamed to `{new_name}`, with the same HTTP method and path"),
            false if url(a) == url(b) => format!("`{old_name}` renamed to `{new_name}`, with another HTTP method"),
            false => format!("`{old_name}` renamed to `{new_name}`, at another path"),
        };
        self.push(
            Draft::new(rule, place, message)
                .values(place.subject.clone(), format!("methods.{new_name}"))
                .unless_same_signature()
                .group(group),
        );
    }

    fn method_deprecated(&mut self, place: &Place, old_name: &str, a: &Method, b: &Method) {
        let draft = match b.deprecated {
            true => Draft::new(&rules::METHOD_DEPRECATED, place, format!("`{old_name}` deprecated")),
            false => Draft::new(&rules::METHOD_UNDEPRECATED, place, format!("`{old_name}` no longer deprecated")),
        };
        let words = if b.deprecated { "deprecated" } else { "no longer deprecated" };
        let group = GroupKey {
            key: words.to_owned(),
            rule: draft.rule,
            subject: "methods.*".into(),
            message: format!("{{n}} methods {words}"),
            least: 3,
        };
        let draft = draft.group(group);
        let resources = old_name.match_indices('.').filter_map(|(end, _)| old_name.get(..end));
        let draft = resources.fold(draft, |draft, resource| {
            let subject = format!("resources.{resource}");
            let causes = [&rules::RESOURCE_DEPRECATED, &rules::RESOURCE_UNDEPRECATED];
            draft.caused_by_any(&subject, causes)
        });
        self.push(draft.values(json!({"deprecated": a.deprecated}), json!({"deprecated": b.deprecated})));
    }

    fn http_method(&mut self, place: &Place, old_name: &str, a: &Method, b: &Method) {
        let message =
            format!("`{old_name}` is called with {} instead of {}", b.http_method.as_str(), a.http_method.as_str());
        let part = place.part("httpMethod");
        let draft = Draft::new(&rules::HTTP_METHOD_CHANGED, &part, message)
            .values(a.http_method.as_str(), b.http_method.as_str());
        // A path that changes with it states both.
        let paths = [&rules::PATH_CHANGED, &rules::PATH_PARAMETERS_CHANGED];
        let draft = draft.caused_by_any(&place.part("path").subject, paths);
        self.push(draft.caused_by(&place.subject, &rules::METHOD_RENAMED));
    }

    /// Compares the servers of a method, if it has one of its own.
    fn server(&mut self, place: &Place, a: &Method, b: &Method) {
        let (from, to) = (server(self.old, a), server(self.new, b));
        let has_own = a.server.is_some() || b.server.is_some();
        // A segment may move between the server and the path.
        if has_own && normal(&from) != normal(&to) && address(self.old, a) != address(self.new, b) {
            let part = place.part("server");
            let message = format!("server of `{}`: `{from}` → `{to}`", place.label);
            self.push(Draft::new(&rules::METHOD_SERVER_CHANGED, &part, message).values(from, to));
        }
    }

    /// Compares the order of stub arguments that both revisions require.
    fn order(&mut self, place: &Place, a: &Method, b: &Method, renamed: &BTreeMap<String, String>) {
        let was: Vec<&String> = a.parameter_order.iter().map(|name| renamed.get(name).unwrap_or(name)).collect();
        let kept = |list: &[&String], other: &[&String]| -> Vec<String> {
            list.iter().filter(|name| other.contains(name)).map(|name| (*name).clone()).collect()
        };
        let is: Vec<&String> = b.parameter_order.iter().collect();
        let (before, after) = (kept(&was, &is), kept(&is, &was));
        if before != after {
            let (path, place) = (place.part("path").subject, place.part("parameterOrder"));
            let message = format!("required parameters of `{}` reordered", place.label);
            let draft = Draft::new(&rules::PARAMETER_ORDER_CHANGED, &place, message).values(before, after);
            let causes = [&rules::PATH_VARIABLES_SWAPPED, &rules::PATH_VARIABLES_RETYPED];
            self.push(draft.caused_by_any(&path, causes).raises());
        }
    }

    /// Returns the place of a body of both revisions, which is named like inline schemas of bodies:
    /// `plants.create.request`.
    fn body_place(&self, method: &Place, word: &str) -> Place {
        let key = if word == "request" { "requestBody" } else { "responses" };
        Place { label: format!("{}.{word}", method.label), ..self.operation_part(method, word, key, true) }
    }

    fn body(&mut self, place: &Place, word: &str, bodies: [&Option<Type>; 2], [added, removed]: [&'static Rule; 2]) {
        match bodies {
            [Some(a), Some(b)] => {
                let relation = self.relation(a, b);
                if relation != Relation::Same {
                    let place = self.body_place(place, word);
                    self.type_change(&place, relation, a, b);
                }
            }
            [Some(a), None] => {
                let place = place.part(word);
                let draft = Draft::new(removed, &place, format!("{word} body of `{}` removed", place.label));
                self.push(draft.before(describe::ty(self.old, a)).no_longer_reached(a.schema()));
            }
            [None, Some(b)] => {
                let method_subject = &place.subject;
                let mut place = place.part(word);
                if word == "request" {
                    place.new = place.old.clone();
                }
                let draft = Draft::new(
                    added,
                    &place,
                    format!("{word} body `{}` of `{}` added", describe::ty(self.new, b), place.label),
                );
                let draft = draft.after(describe::ty(self.new, b)).newly_reached(b.schema());
                // A status with a body in place of one without.
                let responses = format!("{}.responses", method_subject);
                self.push(draft.caused_by(&responses, &rules::SUCCESS_STATUS_CHANGED).raises());
            }
            [None, None] => {}
        }
    }

    /// Reports a response that is no longer JSON, or has become JSON of a type.
    fn response_format(&mut self, place: &Place, ty: &Type, a: &Method, b: &Method) {
        let kind = |of: &Method| {
            let stated = of.response_media_type.as_ref().or(of.response_json_type.as_ref());
            stated.cloned().unwrap_or_else(|| "application/json".to_owned())
        };
        let message = format!("media type of the response of `{}`: `{}` → `{}`", place.label, kind(a), kind(b));
        let draft = Draft::new(&rules::RESPONSE_FORMAT_CHANGED, place, message);
        let draft = match keeps_response(a, b) {
            true => Draft { rule: &rules::RESPONSE_MEDIA_TYPE_ADDED, ..draft }.in_rust(Bump::Major),
            false => draft,
        };
        self.push(match a.response.is_some() {
            true => draft.before(describe::ty(self.old, ty)).no_longer_reached(ty.schema()),
            false => draft.after(describe::ty(self.new, ty)).newly_reached(ty.schema()),
        });
    }

    fn method_scopes(&mut self, place: &Place, a: &Method, b: &Method) {
        if a.scopes == b.scopes {
            return;
        }
        let (was, is): (BTreeSet<&String>, BTreeSet<&String>) = (a.scopes.iter().collect(), b.scopes.iter().collect());
        if was.is_empty() || is.is_empty() {
            let (rule, one, many): (&'static Rule, _, _) = match is.is_empty() {
                true => (&rules::SCOPES_DROPPED, "no longer requires", "no longer require"),
                false => (&rules::SCOPES_REQUIRED, "requires", "require"),
            };
            let scopes = quoted(was.union(&is), " or ");
            let group = GroupKey {
                key: rule.id.to_owned(),
                rule,
                subject: "auth.scopes".into(),
                message: format!("{{n}} methods {many} a scope"),
                least: 2,
            };
            let part = place.part("scopes");
            let draft = Draft::new(rule, &part, format!("`{}` {one} {scopes}", place.label));
            return self.push(draft.values(json!(a.scopes), json!(b.scopes)).group(group));
        }
        let changes = [
            (was.difference(&is).collect::<Vec<_>>(), &rules::SCOPE_REMOVED),
            (is.difference(&was).collect::<Vec<_>>(), &rules::SCOPE_ADDED),
        ];
        for (scopes, rule) in changes {
            for scope in scopes {
                let removed = was.contains(*scope);
                let words = if removed { "no longer accept" } else { "accept" };
                let group = GroupKey {
                    key: format!("{}|{scope}", rule.id),
                    rule,
                    subject: format!("auth.scopes.{scope}"),
                    message: format!("{{n}} methods {words} the scope `{scope}`"),
                    least: 2,
                };
                let part = place.part(&format!("scopes.{scope}"));
                let verb = if removed { "no longer accepts" } else { "accepts" };
                let message = format!(
                    "`{}` {verb} the scope `{scope}`",
                    crate::diff::compare::constraints::method_of(&place.subject)
                );
                let draft = Draft::new(rule, &part, message);
                let draft = if removed { draft.before(scope.as_str()) } else { draft.after(scope.as_str()) };
                let causes = [&rules::SCOPE_ADDED, &rules::SCOPE_REMOVED, &rules::SCOPE_RENAMED];
                let mut draft = draft.caused_by_any(&format!("auth.scopes.{scope}"), causes);
                // A renamed scope has the description of the old one.
                let doc = self.new.scopes.get(*scope);
                for old in was.difference(&is).filter(|old| doc.is_some() && self.old.scopes.get(**old) == doc) {
                    draft = draft.caused_by(&format!("auth.scopes.{old}"), &rules::SCOPE_RENAMED);
                }
                self.push(draft.group(group));
            }
        }
    }
}

/// Returns the schemas of a method's bodies.
fn bodies(method: &Method) -> Vec<&str> {
    method.request.iter().filter_map(Type::schema).chain(Flow::Response.schemas(method)).collect()
}

/// Returns the group of an added or removed method: a resource that the other revision does not have, or else the same
/// call on many resources.
fn method_group(
    name: &str,
    method: &Method,
    here: &Api,
    there: &Api,
    resource_rule: &'static Rule,
    method_rule: &'static Rule,
    words: &str,
) -> GroupKey {
    let parts: Vec<&str> = name.split('.').collect();
    let resource = (1..parts.len()).filter_map(|n| Some(parts.get(..n)?.join("."))).find(|resource| {
        let next = format!("{resource}.");
        let range = there.methods.range(next.clone()..).next();
        !range.is_some_and(|(name, _)| within(name, resource))
    });
    // Methods of one resource follow each other.
    let has_several = |resource: &String| {
        let names = here.methods.range(format!("{resource}.")..).map(|(name, _)| name);
        names.take(2).filter(|name| within(name, resource)).count() > 1
    };
    if let Some(resource) = resource.filter(has_several) {
        return GroupKey {
            key: resource.clone(),
            rule: resource_rule,
            subject: format!("resources.{resource}"),
            message: format!("all {{n}} methods of `{resource}` {words}"),
            least: 2,
        };
    }
    // With a single level of resources, no other resource has the same method.
    if let [parent, _] = parts.as_slice() {
        return GroupKey {
            key: format!("{parent}."),
            rule: method_rule,
            subject: format!("methods.{parent}.*"),
            message: format!("{{n}} methods of `{parent}` {words}"),
            least: 2,
        };
    }
    let leaf = parts.get(parts.len().saturating_sub(2)..).unwrap_or_default().join(".");
    GroupKey {
        key: format!("{leaf}|{:?}|{:?}", method.request, method.response),
        rule: method_rule,
        subject: format!("methods.**.{leaf}"),
        message: format!("`{leaf}` {words} in {{n}} resources"),
        least: 3,
    }
}
