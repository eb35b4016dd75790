//! Comparison of the characteristics of a method apart from its types: media types, streams, operations, jobs, pages.

use super::relation::Relation;
use super::status::{is_success, only_step};
use super::{Comparison, Draft, Place};
use crate::diff::media_types::{accepted, is_within, keeps_request, sent, takes_media};
use crate::diff::rules::{self, Rule};
use crate::diff::verdict::Bump;
use crate::model::{Api, Method, NextPage, Shape, Type, is_json};
use serde_json::json;
use std::collections::BTreeSet;

impl Comparison<'_> {
    pub(super) fn characteristics(
        &mut self,
        place: &Place,
        requests: &Place,
        responses: &Place,
        old: &Method,
        new: &Method,
    ) {
        let label = &place.label;
        if old.api_version != new.api_version {
            let (rule, message): (&'static Rule, _) = match (&old.api_version, &new.api_version) {
                (None, Some(new)) => (&rules::API_VERSION_ADDED, format!("`{label}` has the API version `{new}`")),
                (Some(old), None) => {
                    (&rules::API_VERSION_REMOVED, format!("`{label}` no longer has the API version `{old}`"))
                }
                (old, new) => {
                    let text = |version: &Option<String>| version.clone().unwrap_or_default();
                    let message = format!("API version of `{label}`: `{}` → `{}`", text(old), text(new));
                    (&rules::API_VERSION_CHANGED, message)
                }
            };
            let part = place.part("apiVersion");
            self.push(Draft::new(rule, &part, message).maybe(old.api_version.clone(), new.api_version.clone()));
        }
        self.sunset(place, old, new);
        self.flags(requests, old, new);
        self.request_media(requests, old, new);
        self.response_media(responses, old, new);
        if old.streaming != new.streaming {
            let part = responses.part("streaming");
            let change = if new.streaming { "becomes a stream" } else { "is no longer a stream" };
            let message = format!("the response of `{label}` {change}");
            self.push(Draft::new(&rules::STREAMING_CHANGED, &part, message).values(old.streaming, new.streaming));
        }
        self.operation(&responses.part("operation"), old, new);
        self.job(&responses.part("job"), old, new);
        self.pages(&responses.part("pages"), old, new);
        if old.idempotent != new.idempotent {
            let part = requests.part("idempotent");
            let message = format!("failed calls of `{label}` are retried differently");
            let draft = Draft::new(&rules::IDEMPOTENCE_CHANGED, &part, message);
            self.push(draft.values(json!(old.idempotent), json!(new.idempotent)));
        }
        self.statuses(responses, old, new);
    }

    /// Compares the days on which a method ends. Dates of one form have the order of their texts.
    fn sunset(&mut self, place: &Place, old: &Method, new: &Method) {
        let part = place.part("sunset");
        // A day begins at midnight.
        fn day(text: &str) -> &str {
            text.strip_suffix("T00:00:00Z").unwrap_or(text)
        }
        let draft = match (&old.sunset, &new.sunset) {
            (was, is) if was == is => return,
            (Some(was), Some(is)) if day(was) == day(is) => return,
            (None, Some(is)) => {
                // A method that becomes deprecated may end later.
                Draft::new(&rules::SUNSET_ADDED, &part, format!("`{}` ends on `{is}`", place.label))
                    .caused_by(&place.subject, &rules::METHOD_DEPRECATED)
            }
            (Some(was), Some(is)) => {
                let rule = if is < was { &rules::SUNSET_EARLIER } else { &rules::SUNSET_LATER };
                Draft::new(rule, &part, format!("end of `{}`: `{was}` → `{is}`", place.label))
            }
            (was, _) => {
                let was = was.as_deref().unwrap_or_default();
                Draft::new(&rules::SUNSET_LATER, &part, format!("`{}` no longer ends on `{was}`", place.label))
                    .caused_by(&place.subject, &rules::METHOD_UNDEPRECATED)
            }
        };
        self.push(draft.maybe(old.sunset.clone(), new.sunset.clone()));
    }

    /// Compares what a method supports or requires, in Discovery.
    fn flags(&mut self, place: &Place, old: &Method, new: &Method) {
        let flags: [(_, _, _, [(&'static Rule, _); 2]); 2] = [
            (
                "supportsSubscription",
                old.subscription,
                new.subscription,
                [
                    (&rules::SUBSCRIPTION_REMOVED, "no longer supports subscriptions"),
                    (&rules::SUBSCRIPTION_ADDED, "supports subscriptions"),
                ],
            ),
            (
                "etagRequired",
                old.etag_required,
                new.etag_required,
                [
                    (&rules::ETAG_NOT_REQUIRED, "no longer requires an ETag"),
                    (&rules::ETAG_REQUIRED, "requires an ETag"),
                ],
            ),
        ];
        for (key, was, is, [unset, set]) in flags {
            if was != is {
                let (rule, words) = if is { set } else { unset };
                let part = place.part(key);
                let draft = Draft::new(rule, &part, format!("`{}` {words}", place.label));
                self.push(draft.values(was, is));
            }
        }
    }

    /// Compares the media types of a request body, and if it may be omitted.
    fn request_media(&mut self, place: &Place, old: &Method, new: &Method) {
        if old.request.is_none() || new.request.is_none() {
            return;
        }
        self.form(place, old, new);
        let multipart = format!("{}_multipart", place.subject);
        let (label, place) = (&place.label, self.operation_part(place, "request", "requestBody", true));
        if old.request_optional != new.request_optional {
            let (rule, word) = match new.request_optional {
                true => (&rules::REQUEST_OPTIONAL, "optional"),
                false => (&rules::REQUEST_REQUIRED, "required"),
            };
            let value = |optional: bool| json!({"required": !optional});
            let draft = Draft::new(rule, &place, format!("the request body of `{label}` becomes {word}"));
            self.push(draft.values(value(old.request_optional), value(new.request_optional)));
        }
        let (old_kind, new_kind) = (sent(old), sent(new));
        let (old_kinds, new_kinds) = (accepted(old), accepted(new));
        // Without a media type to send, such as for `image/*`, generated code sends one of its own.
        let is_stated = old.request_media_types.is_empty() || takes_media(&old_kinds, &old_kind);
        let is_changed = !takes_media(&new_kinds, &old_kind) && is_stated;
        if is_changed {
            let message = format!("media type of the request body of `{label}`: `{old_kind}` → `{new_kind}`");
            let draft = Draft::new(&rules::MEDIA_TYPE_CHANGED, &place, message);
            // Another type in another media type is another body. Other media than JSON have other types.
            let draft = match is_json(&old_kind) && is_json(&new_kind) {
                true => draft.caused_by_any(&place.subject, rules::types()),
                false => draft.explains(&place.subject, rules::types()),
            };
            let draft = self.with_other_body(draft, old, new);
            self.push(draft.values(old_kind.clone(), new_kind.clone()));
        }
        let added = new_kinds.iter().filter(|kind| !takes_media(&old_kinds, kind));
        for kind in added.filter(|kind| **kind != new_kind || takes_media(&new_kinds, &old_kind)) {
            let message = format!("the request body of `{label}` is accepted as `{kind}`");
            let draft = Draft::new(&rules::MEDIA_TYPE_ADDED, &place, message);
            // It may be the body of another method.
            let draft = draft.caused_by(&multipart, &rules::METHOD_ADDED);
            let draft = if *kind == new_kind { self.with_other_body(draft, old, new) } else { draft };
            self.push(draft.values(json!({ kind: false }), json!({ kind: true })));
        }
        let removed = old_kinds.iter().filter(|kind| !takes_media(&new_kinds, kind) && **kind != old_kind);
        // So is the range of the media type that changed.
        for kind in removed.filter(|kind| !is_changed || !is_within(&old_kind, kind)) {
            let message = format!("the request body of `{label}` is no longer accepted as `{kind}`");
            let draft = Draft::new(&rules::MEDIA_TYPE_REMOVED, &place, message);
            let draft = draft.caused_by(&multipart, &rules::METHOD_REMOVED);
            self.push(draft.values(json!({ kind: true }), json!({ kind: false })));
        }
    }

    /// Adds what follows from a method that sends another body, where both revisions accept one of the two.
    fn with_other_body<'d>(&self, draft: Draft<'d>, old: &Method, new: &Method) -> Draft<'d> {
        match (keeps_request(old, new), &old.request, &new.request) {
            (true, Some(was), Some(is)) if self.relation(was, is) != Relation::Same => {
                draft.in_rust(Bump::Major).no_longer_reached(was.schema()).newly_reached(is.schema())
            }
            _ => draft,
        }
    }

    /// Compares the media types of successful responses: of JSON in both revisions, or of other media in both.
    fn response_media(&mut self, place: &Place, old: &Method, new: &Method) {
        let (mut old_kinds, mut new_kinds) = (success_types(old), success_types(new));
        let all_new = new_kinds.clone();
        let requested = |of: &Method| of.response_json_type.clone().unwrap_or_else(|| "application/json".to_owned());
        let (whole, place, label) = (place, place.part("response"), &place.label);
        let main = match (&old.response, &new.response) {
            (Some(_), Some(_)) => Some((requested(old), requested(new))),
            (None, None) if !old_kinds.is_empty() && !new_kinds.is_empty() => only_step(&old_kinds, &new_kinds),
            // Without a body in one revision, that is the change.
            _ => return,
        };
        if let Some((from, to)) = main {
            old_kinds.retain(|kind| *kind != from && *kind != to);
            new_kinds.retain(|kind| *kind != from && *kind != to);
            if from != to {
                // Clients that accept any media type of a range accept each.
                let rule: &'static Rule = match is_within(&to, &from) {
                    true => &rules::RESPONSE_MEDIA_TYPE_ADDED,
                    false => &rules::RESPONSE_MEDIA_TYPE_CHANGED,
                };
                let message = format!("media type of the response of `{label}`: `{from}` → `{to}`");
                let draft = Draft::new(rule, &place, message).values(from, to);
                self.push(draft.caused_by_any(&place.subject, rules::types()));
            }
        }
        // A stream is another response of the method, or that of another method.
        let stream = (whole.part("streaming").subject, format!("{}_stream", whole.subject));
        let changes: [(&'static Rule, _, _); 2] = [
            (&rules::RESPONSE_MEDIA_TYPE_ADDED, new_kinds.difference(&old_kinds), "is served as"),
            (&rules::RESPONSE_MEDIA_TYPE_REMOVED, old_kinds.difference(&new_kinds), "is no longer served as"),
        ];
        for (rule, kinds, words) in changes {
            for kind in kinds.filter(|kind| !all_new.iter().any(|new| new != *kind && is_within(new, kind))) {
                let message = format!("the response of `{label}` {words} `{kind}`");
                let added = new_kinds.contains(kind);
                let draft = Draft::new(rule, &place, message).caused_by(&stream.0, &rules::STREAMING_CHANGED);
                let draft =
                    draft.caused_by(&stream.1, &rules::METHOD_ADDED).caused_by(&stream.1, &rules::METHOD_REMOVED);
                self.push(draft.values(json!({ kind: !added }), json!({ kind: added })));
            }
        }
    }

    fn operation(&mut self, place: &Place, a: &Method, b: &Method) {
        let value = |m: &Method| m.operation.as_ref().map(|o| json!({"response": o.response, "metadata": o.metadata}));
        let schemas = |m: &Method| -> Vec<String> {
            m.operation.iter().flat_map(|o| [o.response.clone(), o.metadata.clone()]).flatten().collect()
        };
        let (was, is) = (value(a), value(b));
        let renamed = |name: &Option<String>| name.as_ref().and_then(|n| self.renames.schema(n)).map(str::to_owned);
        let same = match (&a.operation, &b.operation) {
            (Some(x), Some(y)) => renamed(&x.response) == y.response && renamed(&x.metadata) == y.metadata,
            (None, None) => true,
            _ => false,
        };
        if same {
            return;
        }
        // A type that was unknown before is not a changed type.
        let known = |was: &Option<String>, is: &Option<String>| was.is_none() || renamed(was) == *is;
        let draft = match (&a.operation, &b.operation) {
            (None, _) => Draft::new(
                &rules::OPERATION_STARTED,
                place,
                format!("`{}` returns a long-running operation", place.label),
            ),
            (_, None) => Draft::new(
                &rules::OPERATION_UNTYPED,
                place,
                format!("`{}` no longer returns a long-running operation", place.label),
            ),
            (Some(x), Some(y)) if known(&x.response, &y.response) && known(&x.metadata, &y.metadata) => Draft::new(
                &rules::OPERATION_TYPED,
                place,
                format!("the result of the operation of `{}` is known", place.label),
            ),
            (Some(x), Some(y)) if y.response.is_none() && known(&y.metadata, &x.metadata) && x.response.is_some() => {
                Draft::new(
                    &rules::OPERATION_UNTYPED,
                    place,
                    format!("the result of the operation of `{}` is no longer known", place.label),
                )
            }
            _ => Draft::new(
                &rules::OPERATION_CHANGED,
                place,
                format!("the operation of `{}` has another result", place.label),
            ),
        };
        let (newly_reached, no_longer_reached) = (schemas(b), schemas(a));
        let draft = draft
            .newly_reached(newly_reached.iter().map(String::as_str))
            .no_longer_reached(no_longer_reached.iter().map(String::as_str));
        let response = format!("{}.response", place.subject.trim_end_matches(".operation"));
        let draft = draft.caused_by_any(&response, rules::types());
        self.push(draft.caused_by_any(&response, [&rules::RESPONSE_ADDED, &rules::RESPONSE_REMOVED]).maybe(was, is));
    }

    fn job(&mut self, place: &Place, a: &Method, b: &Method) {
        let value = |m: &Method| {
            m.job.as_ref().map(|j| {
                json!({"get": j.get, "cancel": j.cancel, "name": j.name, "state": j.state, "succeeded": j.succeeded, "failed": j.failed,
                    "error": j.error})
            })
        };
        let draft = match (&a.job, &b.job) {
            (None, Some(_)) => {
                Draft::new(&rules::JOB_STARTED, place, format!("`{}` returns a job that can be polled", place.label))
            }
            (Some(_), None) => {
                Draft::new(&rules::JOB_ENDED, place, format!("`{}` no longer returns a job", place.label))
            }
            (a, b) if a != b => {
                Draft::new(&rules::JOB_CHANGED, place, format!("the job of `{}` is polled differently", place.label))
            }
            _ => return,
        };
        self.push(draft.maybe(value(a), value(b)));
    }

    fn pages(&mut self, place: &Place, a: &Method, b: &Method) {
        let becomes_paginated = a.pagination.is_none() && gains_pages(self.old, a, b);
        let value = |m: &Method| m.pagination.as_ref().map(|p| json!({"next": next_page(&p.next), "items": p.items}));
        let (was, is) = (value(a), value(b));
        let draft = match (&was, &is) {
            (None, Some(_)) if becomes_paginated => {
                Draft::new(&rules::LIST_PAGINATED, place, format!("`{}` returns pages instead of all", place.label))
            }
            (None, Some(_)) => Draft::new(&rules::PAGES_ADDED, place, format!("`{}` returns pages", place.label)),
            (Some(_), None) => {
                Draft::new(&rules::PAGES_REMOVED, place, format!("`{}` no longer returns pages", place.label))
            }
            (Some(x), Some(y)) if x != y => {
                Draft::new(&rules::PAGES_CHANGED, place, format!("`{}` returns pages of other items", place.label))
            }
            _ => return,
        };
        // The token that was added, removed or renamed explains its pages.
        let method = place.subject.trim_end_matches(".pages");
        let mut draft = draft.maybe(was, is).raises();
        // So does the header with their links, and the property of the items.
        for (status, response) in a.responses.iter().chain(&b.responses) {
            if response.headers.contains_key("link") {
                let header = format!("{method}.responses.{status}.headers.link");
                let causes = [&rules::RESPONSE_HEADER_ADDED, &rules::RESPONSE_HEADER_REMOVED];
                draft = draft.caused_by_any(&header, causes);
            }
        }
        let items = |of: &Method| of.pagination.as_ref().and_then(|pages| pages.items.clone());
        if let (Some(items), Some(schema)) = (items(a), a.response.as_ref().and_then(Type::schema)) {
            let subject = format!("{}.properties.{items}", super::schema_subject(self.old, schema));
            draft = draft.caused_by_any(&subject, rules::properties());
        }
        for (api, of) in [(self.old, a), (self.new, b)] {
            let Some(next) = of.pagination.as_ref().map(|pages| &pages.next) else { continue };
            let parameter = format!("{method}.parameters.{}", next_page(next));
            for cause in [&rules::PARAMETER_REMOVED, &rules::PARAMETER_ADDED, &rules::PARAMETER_RENAMED] {
                draft = draft.caused_by(&parameter, cause);
            }
            if becomes_paginated {
                draft = draft.explains(&parameter, [&rules::PARAMETER_ADDED]);
            }
            let property = match next {
                NextPage::Token { property, .. } => property.as_slice(),
                _ => &[],
            };
            if let ([property], Some(schema)) = (property, of.response.as_ref().and_then(Type::schema)) {
                let subject = format!("{}.properties.{property}", super::schema_subject(api, schema));
                draft = draft.caused_by_any(&subject, rules::properties());
                if becomes_paginated {
                    draft = draft.explains(&subject, [&rules::PROPERTY_ADDED]);
                }
            }
        }
        self.push(draft);
    }
}

/// Returns `true` if a response that becomes JSON of a type is still served as what it was.
pub(super) fn keeps_response(old: &Method, new: &Method) -> bool {
    let (was, is) = (success_types(old), success_types(new));
    old.response.is_none() && new.response.is_some() && !was.is_empty() && was.is_subset(&is)
}

/// Returns the media types of successful responses.
fn success_types(of: &Method) -> BTreeSet<String> {
    let successes = of.responses.iter().filter(|(status, _)| is_success(of, status));
    successes.flat_map(|(_, response)| response.media_types.iter().cloned()).collect()
}

/// Returns the way to the next page.
fn next_page(next: &NextPage) -> String {
    next.parameter().unwrap_or("link").to_owned()
}

/// Returns `true` if a method had neither the parameter of its pages nor their token in the response. An overlay may
/// state pages that it always had.
fn gains_pages(api: &Api, old: &Method, new: &Method) -> bool {
    let (Some(response), Some(next)) = (&old.response, new.pagination.as_ref().map(|pages| &pages.next)) else {
        return false;
    };
    let shape = api.resolve(response).schema().and_then(|name| api.shape(name));
    let had_token = match (next, shape) {
        (NextPage::Token { property, .. }, Some(Shape::Message(message))) => {
            property.first().is_some_and(|first| message.fields.contains_key(first))
        }
        _ => false,
    };
    next.parameter().is_some_and(|parameter| !old.parameters.contains_key(parameter)) && !had_token
}
