//! Comparison of the responses of a method by status: statuses, bodies of errors, headers.

use super::{Comparison, Draft, Place};
use crate::diff::change::GroupKey;
use crate::diff::describe;
use crate::diff::rules::{self, Rule};
use crate::diff::verdict::{Bump, WireCompatibility};
use crate::model::{Api, Method, Response, Shape, Type};
use serde_json::json;
use std::collections::BTreeSet;

impl Comparison<'_> {
    /// Compares the responses of each status that either revision lists.
    pub(super) fn statuses(&mut self, place: &Place, old: &Method, new: &Method) {
        let (mut removed, mut added) = (BTreeSet::new(), BTreeSet::new());
        let moved = self.moved_error(place, old, new);
        for status in old.responses.keys().chain(new.responses.keys()).collect::<BTreeSet<_>>() {
            if moved.as_ref().is_some_and(|(from, to)| [from, to].contains(&status)) {
                continue;
            }
            let part = self.status_part(place, status, new);
            let listed = (old.responses.get(status), new.responses.get(status));
            if let (Some(a), Some(b)) = listed {
                self.response_headers(&part, a, b);
                self.links(&part, a, b);
            }
            match (response(old, status), response(new, status)) {
                (Some(_), Some(_)) if is_success(old, status) || is_success(new, status) => {}
                // The description of other statuses is the body of this one, unless it is listed without a body.
                (Some(a), Some(b)) => match listed {
                    (Some(a), None) if a.error.is_none() => self.error(&part, status, Some(a), None),
                    (None, Some(b)) if b.error.is_none() => self.error(&part, status, None, Some(b)),
                    _ => self.error(&part, status, Some(a), Some(b)),
                },
                (Some(_), None) if is_success(old, status) => {
                    removed.insert(status.clone());
                }
                (None, Some(_)) if is_success(new, status) => {
                    added.insert(status.clone());
                }
                (a, b) => self.error(&part, status, a, b),
            }
        }
        self.successes(place, old, new, removed, added);
    }

    /// Returns the place of the responses of a status.
    fn status_part(&self, method: &Place, status: &str, new: &Method) -> Place {
        let key = format!("responses/{status}");
        self.operation_part(method, &format!("responses.{status}"), &key, new.responses.contains_key(status))
    }

    /// Reports an error that has another status, and returns both statuses: the only one of its kind that one revision
    /// lists in place of another, with a body that old clients decode.
    fn moved_error(&mut self, place: &Place, old: &Method, new: &Method) -> Option<(String, String)> {
        let only = |of: &Method, other: &Method| -> BTreeSet<String> {
            let listed =
                of.responses.keys().filter(|status| !is_success(of, status) && response(other, status).is_none());
            listed.cloned().collect()
        };
        let (from, to) = only_step(&only(old, new), &only(new, old))?;
        let (a, b) = (old.responses.get(&from)?, new.responses.get(&to)?);
        let keeps_body = match (&a.error, &b.error) {
            (Some(a), Some(b)) => self.body_verdict(a, b).unwrap_or_default() == WireCompatibility::Safe,
            (a, b) => a.is_none() && b.is_none(),
        };
        if from.get(..1) != to.get(..1) || !keeps_body {
            return None;
        }
        let part = self.operation_part(place, "errors", &format!("responses/{to}"), true);
        let message = format!("status of errors of `{}`: `{from}` → `{to}`", place.label);
        self.push(Draft::new(&rules::ERROR_STATUS_CHANGED, &part, message).values(&*from, &*to));
        let part = self.status_part(place, &to, new);
        self.response_headers(&part, a, b);
        self.links(&part, a, b);
        self.error(&part, &to, Some(a), Some(b));
        Some((from, to))
    }

    /// Reports statuses of success that one revision lists.
    fn successes(
        &mut self,
        place: &Place,
        old: &Method,
        new: &Method,
        mut removed: BTreeSet<String>,
        mut added: BTreeSet<String>,
    ) {
        let label = &place.label;
        let body = place.part("response").subject;
        // A response to every status, or to a range of them, is one to each.
        let within = |range: &str, status: &str| {
            let is_range = |(digit, rest): (&str, &str)| rest.eq_ignore_ascii_case("XX") && status.starts_with(digit);
            range == "default" || range.split_at_checked(1).is_some_and(is_range)
        };
        let mut is_range = false;
        removed.retain(|range| {
            let listed = new.responses.iter().filter(|(status, _)| is_success(new, status) && within(range, status));
            let listed: Vec<_> = listed.collect();
            for (status, b) in &listed {
                if let Some(a) = old.responses.get(range) {
                    self.response_headers(&self.status_part(place, status, new), a, b);
                }
            }
            is_range |= !listed.is_empty();
            listed.is_empty()
        });
        if let Some((from, to)) = only_step(&removed, &added).filter(|_| !is_range) {
            let part = self.operation_part(place, "responses", &format!("responses/{to}"), true);
            let message = format!("status of successful responses of `{label}`: `{from}` → `{to}`");
            let draft = Draft::new(&rules::SUCCESS_STATUS_CHANGED, &part, message).values(&*from, &*to);
            self.push(draft.caused_by(&body, &rules::RESPONSE_REMOVED));
            if let (Some(a), Some(b)) = (old.responses.get(&from), new.responses.get(&to)) {
                self.response_headers(&self.status_part(place, &to, new), a, b);
            }
            (removed, added) = Default::default();
        }
        for (statuses, rule, verb) in [
            (removed, &rules::SUCCESS_STATUS_REMOVED, "no longer responds"),
            (added, &rules::SUCCESS_STATUS_ADDED, "responds"),
        ] {
            for status in statuses {
                let part = self.status_part(place, &status, new);
                let is_empty = |(status, response): (&String, &Response)| {
                    is_success(new, status) && !status.starts_with(['1', '3']) && response.media_types.is_empty()
                };
                let has_empty = old.responses.iter().any(is_empty);
                let rule = match new.responses.get_key_value(&status).is_some_and(is_empty) {
                    true if rule == &rules::SUCCESS_STATUS_ADDED && old.response.is_some() && !has_empty => {
                        &rules::EMPTY_SUCCESS_ADDED
                    }
                    _ => rule,
                };
                let draft = Draft::new(rule, &part, format!("`{label}` {verb} with the status `{status}`"));
                // Its body is part of the type that the method returns.
                let draft = draft.caused_by_any(&body, rules::types());
                let draft = draft.caused_by_any(&body, [&rules::RESPONSE_ADDED, &rules::RESPONSE_REMOVED]);
                let is_added = rule != &rules::SUCCESS_STATUS_REMOVED;
                self.push(if is_added { draft.after(status) } else { draft.before(status) });
            }
        }
    }

    /// Compares the responses of an error: their bodies, or else the media types of these.
    fn error(&mut self, place: &Place, status: &str, old: Option<&Response>, new: Option<&Response>) {
        let subject = format!("the body of the status `{status}` of `{}`", place.label);
        let body = |of: Option<&Response>| -> Option<Type> { of?.error.clone() };
        let rust = self.inline_types(&body(old), &body(new));
        let draft = match (body(old), body(new)) {
            (Some(a), Some(b)) => {
                let Some(verdict) = self.body_verdict(&a, &b) else {
                    if let (Some(old), Some(new)) = (old, new) {
                        let body = Place { label: format!("{} (status {status})", place.label), ..place.clone() };
                        self.value_constraints(&body, (&a, &old.error_constraints), (&b, &new.error_constraints));
                    }
                    return self.error_media(place, &subject, old, new);
                };
                let rule: &'static Rule = match verdict {
                    WireCompatibility::Safe => &rules::ERROR_BODY_CHANGED_SAFE,
                    WireCompatibility::Risky => &rules::ERROR_BODY_CHANGED_RISKY,
                    WireCompatibility::Breaking => &rules::ERROR_BODY_CHANGED,
                };
                let (from, to) = (describe::ty(self.old, &a), describe::ty(self.new, &b));
                // One type of several errors in place of another is one change.
                let group = GroupKey {
                    key: format!("{from} → {to}"),
                    rule,
                    subject: "methods.*.responses".into(),
                    message: format!("bodies of {{n}} errors: `{from}` → `{to}`"),
                    least: 2,
                };
                let draft = Draft::new(rule, place, format!("{subject}: `{from}` → `{to}`")).group(group);
                // The name of the type may be made of the status.
                let method = place.subject.split(".responses.").next().unwrap_or_default();
                let draft = draft.caused_by(&format!("{method}.errors"), &rules::ERROR_STATUS_CHANGED).raises();
                draft.values(from, to).no_longer_reached(a.schema()).newly_reached(b.schema())
            }
            // One of them is no JSON.
            (a, b) if a.is_some() != b.is_some() && kinds(old).is_some() && kinds(new).is_some() => {
                let (from, to) = (kinds(old).unwrap_or_default(), kinds(new).unwrap_or_default());
                let message = format!("media type of {subject}: `{from}` → `{to}`");
                Draft::new(&rules::ERROR_BODY_CHANGED, place, message)
                    .values(from, to)
                    .no_longer_reached(a.iter().filter_map(Type::schema))
                    .newly_reached(b.iter().filter_map(Type::schema))
            }
            (Some(a), None) => Draft::new(&rules::ERROR_BODY_REMOVED, place, format!("{subject} removed"))
                .before(describe::ty(self.old, &a))
                .no_longer_reached(a.schema()),
            (None, Some(b)) => Draft::new(&rules::ERROR_BODY_ADDED, place, format!("{subject} added"))
                .after(describe::ty(self.new, &b))
                .newly_reached(b.schema()),
            (None, None) => match (old, new) {
                (Some(_), None) => {
                    let message = format!("`{}` no longer lists the status `{status}`", place.label);
                    Draft::new(&rules::ERROR_STATUS_REMOVED, place, message).before(status)
                }
                (None, Some(_)) => {
                    let message = format!("`{}` lists the status `{status}`", place.label);
                    Draft::new(&rules::ERROR_STATUS_ADDED, place, message).after(status)
                }
                _ => return self.error_media(place, &subject, old, new),
            },
        };
        self.push(draft.outside_of_signatures().in_rust(rust));
    }

    /// Returns the verdict for programs that name the types of two bodies without a name in the document: both have one
    /// in Rust.
    fn inline_types(&self, old: &Option<Type>, new: &Option<Type>) -> Bump {
        let is_type = |api: &Api, name: &str| {
            let schema = api.schemas.get(name).filter(|schema| schema.is_inline());
            schema.is_some_and(|schema| !matches!(schema.shape, Shape::Alias(_)))
        };
        let named = |ty: &Option<Type>| ty.as_ref().and_then(Type::schema).map(str::to_owned);
        let (old, new) = (named(old), named(new));
        let kept = old.as_deref().and_then(|old| self.renames.schema(old));
        match (&old, &new) {
            (Some(old), _) if kept.is_none() && is_type(self.old, old) => Bump::Major,
            (_, Some(new)) if kept != Some(new) && is_type(self.new, new) => Bump::Minor,
            _ => Bump::Patch,
        }
    }

    /// Returns the verdict for old clients that decode a body of another type; `None` if the type is the same.
    pub(super) fn body_verdict(&self, old: &Type, new: &Type) -> Option<WireCompatibility> {
        Some(self.relation(old, new).rule(false, true)?.response)
    }

    fn error_media(&mut self, place: &Place, subject: &str, old: Option<&Response>, new: Option<&Response>) {
        let (Some(old), Some(new)) = (old, new) else { return };
        let (old, new) = (&old.media_types, &new.media_types);
        if old == new {
            return;
        }
        let rule: &'static Rule = match old.is_subset(new) {
            true => &rules::ERROR_MEDIA_TYPE_ADDED,
            false => &rules::ERROR_MEDIA_TYPE_CHANGED,
        };
        let message = format!("media type of {subject}: `{}` → `{}`", listed(old), listed(new));
        self.push(Draft::new(rule, place, message).values(json!(old), json!(new)));
    }

    /// Compares the links of a response.
    fn links(&mut self, place: &Place, old: &Response, new: &Response) {
        for name in old.links.keys().chain(new.links.keys()).collect::<BTreeSet<_>>() {
            let (was, is) = (old.links.get(name), new.links.get(name));
            let (rule, words): (&'static Rule, _) = match (was, is) {
                (was, is) if was == is => continue,
                (None, _) => (&rules::RESPONSE_LINK_ADDED, " added".to_owned()),
                (_, None) => (&rules::RESPONSE_LINK_REMOVED, " removed".to_owned()),
                (Some(was), Some(is)) => (&rules::RESPONSE_LINK_CHANGED, format!(": `{was}` → `{is}`")),
            };
            let part = place.part(&format!("links.{name}"));
            let message = format!("link `{name}` of the response of `{}`{words}", place.label);
            self.push(Draft::new(rule, &part, message).maybe(was.cloned(), is.cloned()));
        }
    }
}

/// Returns media types in words; "none" if there are none.
pub(super) fn listed(kinds: &BTreeSet<String>) -> String {
    if kinds.is_empty() { "none".to_owned() } else { kinds.iter().cloned().collect::<Vec<_>>().join(", ") }
}

/// Returns the media types of a response that has a body.
fn kinds(response: Option<&Response>) -> Option<String> {
    response.map(|response| &response.media_types).filter(|kinds| !kinds.is_empty()).map(listed)
}

/// Returns `true` for a status of success. Where none is listed, the default response is one.
pub(super) fn is_success(method: &Method, status: &str) -> bool {
    let listed = |status: &str| status.starts_with(['1', '2', '3']);
    listed(status) || (status == "default" && !method.responses.keys().any(|status| status.starts_with('2')))
}

/// Returns the response to a status: of the status itself, of its range, or the default.
fn response<'m>(method: &'m Method, status: &str) -> Option<&'m Response> {
    // Two ranges with one body are the default of all errors.
    let listed = |status: &str| method.responses.get(status);
    if let ("default", None, Some(a), Some(b)) = (status, listed("default"), listed("4XX"), listed("5XX"))
        && a.error.is_some()
        && a.error == b.error
    {
        return Some(a);
    }
    let range = status.get(..1).map(|first| format!("{first}XX")).filter(|_| status != "default");
    let covers = |key: &&String| {
        *key == status
            || range.as_ref().is_some_and(|range| key.eq_ignore_ascii_case(range))
            || (*key == "default" && is_success(method, key) == is_success(method, status))
    };
    // Statuses come before ranges, and both before the default.
    let key = method.responses.keys().filter(covers).min_by_key(|key| (*key == "default", *key != status))?;
    method.responses.get(key)
}

/// Returns the only value of a set that another does not have, and the only one that the other has beyond it.
pub(super) fn only_step(old: &BTreeSet<String>, new: &BTreeSet<String>) -> Option<(String, String)> {
    let (mut from, mut to) = (old.difference(new), new.difference(old));
    match (from.next(), from.next(), to.next(), to.next()) {
        (Some(from), None, Some(to), None) => Some((from.clone(), to.clone())),
        _ => None,
    }
}
