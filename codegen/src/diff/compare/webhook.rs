//! Comparison of the requests that the service makes: webhooks, and callbacks of methods.

use super::header::HeaderRules;
use super::status::{listed, only_step};
use super::{Comparison, Draft, Place};
use crate::diff::affected::{AffectedMethods, MethodSet};
use crate::diff::change::GroupKey;
use crate::diff::describe;
use crate::diff::rules::{self, Rule};
use crate::diff::verdict::WireCompatibility;
use crate::model::{Api, HttpMethod, Type, Webhook};
use crate::source::parent;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

static OF_WEBHOOKS: HeaderRules = HeaderRules {
    added: &rules::WEBHOOK_PARAMETER_ADDED,
    removed: &rules::WEBHOOK_PARAMETER_REMOVED,
    required: &rules::WEBHOOK_PARAMETER_REQUIRED,
    optional: &rules::WEBHOOK_PARAMETER_OPTIONAL,
    changed: &rules::WEBHOOK_PARAMETER_CHANGED,
    widened: &rules::WEBHOOK_PARAMETER_CHANGED,
    narrowed: &rules::WEBHOOK_PARAMETER_NARROWED,
};

impl Comparison<'_> {
    pub(super) fn webhooks(&mut self) {
        let (old, new) = (self.old, self.new);
        let renamed = renamed_callbacks(old, new);
        let taken: BTreeSet<&String> = renamed.values().copied().collect();
        for name in old.webhooks.keys().chain(new.webhooks.keys()).collect::<BTreeSet<_>>() {
            let is = renamed.get(name).copied().unwrap_or(name);
            let place = self.webhook_place(name, is);
            match (old.webhooks.get(name), new.webhooks.get(is).filter(|_| is != name || !taken.contains(name))) {
                (Some(old), Some(new)) => {
                    self.webhook(&place, old, new);
                    self.webhook_responses(&place, (name, old), (is, new));
                }
                (Some(old), None) => {
                    let draft = Draft::new(&rules::WEBHOOK_REMOVED, &place, format!("{} removed", place.label));
                    let draft = draft.group(of_methods(&rules::WEBHOOK_REMOVED, name, old, "removed"));
                    let draft = draft.before(payload_type(self.old, &old.payload)).doc(&old.doc);
                    let draft = draft.no_longer_reached(old.payload.iter().filter_map(Type::schema));
                    self.push(draft.outside_of_signatures());
                }
                (None, Some(new)) => {
                    let draft = Draft::new(&rules::WEBHOOK_ADDED, &place, format!("{} added", place.label));
                    let draft = draft.group(of_methods(&rules::WEBHOOK_ADDED, is, new, "added"));
                    let draft = draft.after(payload_type(self.new, &new.payload)).doc(&new.doc);
                    let draft = draft.newly_reached(new.payload.iter().filter_map(Type::schema));
                    self.push(draft.outside_of_signatures());
                }
                (None, None) => {}
            }
        }
    }

    fn webhook(&mut self, place: &Place, old: &Webhook, new: &Webhook) {
        self.prose(place, &old.doc, &new.doc);
        if old.url != new.url {
            let part = place.part("url");
            let url = |of: &Webhook| of.url.clone().unwrap_or_default();
            let message = format!("URL of {}: `{}` → `{}`", place.label, url(old), url(new));
            self.push(Draft::new(&rules::CALLBACK_URL_CHANGED, &part, message).maybe(old.url.clone(), new.url.clone()));
        }
        if let (Some(from), Some(to)) = (old.http_method, new.http_method)
            && from != to
        {
            let part = place.part("httpMethod");
            let message = format!("{} is sent with {} instead of {}", place.label, to.as_str(), from.as_str());
            let draft = Draft::new(&rules::WEBHOOK_METHOD_CHANGED, &part, message);
            self.push(draft.values(from.as_str(), to.as_str()));
        }
        if old.payload.is_some() && new.payload.is_some() && old.payload_optional != new.payload_optional {
            let (rule, word) = match new.payload_optional {
                true => (&rules::WEBHOOK_PAYLOAD_OPTIONAL, "optional"),
                false => (&rules::WEBHOOK_PAYLOAD_REQUIRED, "required"),
            };
            let part = place.part("payload");
            let value = |optional: bool| json!({"required": !optional});
            let draft = Draft::new(rule, &part, format!("payload of {} becomes {word}", place.label));
            self.push(draft.values(value(old.payload_optional), value(new.payload_optional)));
        }
        self.webhook_parameters(place, old, new);
        let (was, is) = (&old.payload_types, &new.payload_types);
        let ty = match (&old.payload, &new.payload) {
            (Some(old), Some(new)) => self.body_verdict(old, new),
            _ => None,
        };
        let verdict = ty.or_else(|| match (&old.payload, &new.payload) {
            (Some(_), Some(_)) | (None, None) if was == is => None,
            // Receivers that expect no body, or several media types, expect what comes.
            _ if was.is_empty() || is.is_subset(was) && !is.is_empty() => Some(WireCompatibility::Safe),
            (Some(_), Some(_)) => Some(WireCompatibility::Risky),
            _ => Some(WireCompatibility::Breaking),
        });
        if let Some(verdict) = verdict {
            let rule: &'static Rule = match verdict {
                WireCompatibility::Safe => &rules::WEBHOOK_PAYLOAD_CHANGED_SAFE,
                WireCompatibility::Risky => &rules::WEBHOOK_PAYLOAD_CHANGED_RISKY,
                WireCompatibility::Breaking => &rules::WEBHOOK_PAYLOAD_CHANGED,
            };
            let by_type = ty.is_some() || was.is_empty() || is.is_empty();
            let (from, to) = match by_type {
                true => (payload_type(self.old, &old.payload), payload_type(self.new, &new.payload)),
                false => (listed(was), listed(is)),
            };
            let part = place.part("payload");
            let name = if by_type { "payload" } else { "media types of the payload" };
            let message = format!("{name} of {}: `{from}` → `{to}`", place.label);
            let draft = Draft::new(rule, &part, message).values(from, to).outside_of_signatures();
            let schemas = |webhook: &Webhook| webhook.payload.as_ref().and_then(Type::schema).map(str::to_owned);
            let (was, is) = (schemas(old), schemas(new));
            self.push(draft.no_longer_reached(was.as_deref()).newly_reached(is.as_deref()));
        }
    }

    /// Compares the parameters that the service sends.
    fn webhook_parameters(&mut self, place: &Place, old: &Webhook, new: &Webhook) {
        for name in old.parameters.keys().chain(new.parameters.keys()).collect::<BTreeSet<_>>() {
            let label = format!("{} ({name})", without_quotes(&place.label));
            let part = Place { label, ..place.part(&format!("parameters.{name}")) };
            let subject = format!("{} of {}", quoted_name(name), place.label);
            self.header(&OF_WEBHOOKS, &part, &subject, None, (old.parameters.get(name), new.parameters.get(name)));
        }
    }

    /// Compares the responses that the service accepts from receivers.
    fn webhook_responses(
        &mut self,
        place: &Place,
        (old_name, old): (&str, &Webhook),
        (new_name, new): (&str, &Webhook),
    ) {
        let taken = |set: &AffectedMethods| AffectedMethods::request(set.response.clone());
        let place = &Place { old: taken(&place.old), new: taken(&place.new), ..place.clone() };
        let statuses = |of: &Webhook| of.responses.keys().cloned().collect::<BTreeSet<_>>();
        let step = only_step(&statuses(old), &statuses(new));
        if let Some((from, to)) = &step {
            let message = format!("receivers of {} respond with the status `{to}` instead of `{from}`", place.label);
            let part = place.part("responses");
            let draft = Draft::new(&rules::WEBHOOK_RESPONSE_CHANGED, &part, message);
            self.push(draft.values(from.clone(), to.clone()));
        }
        for status in old.responses.keys().chain(new.responses.keys()).collect::<BTreeSet<_>>() {
            if step.as_ref().is_some_and(|(from, to)| [from, to].contains(&status)) {
                continue;
            }
            let part = place.part(&format!("responses.{status}"));
            let label = &place.label;
            let (rule, message): (&'static Rule, _) = match (old.responses.get(status), new.responses.get(status)) {
                (Some(_), None) => (
                    &rules::WEBHOOK_RESPONSE_REMOVED,
                    format!("receivers of {label} may no longer respond with the status `{status}`"),
                ),
                (None, Some(_)) => (
                    &rules::WEBHOOK_RESPONSE_ADDED,
                    format!("receivers of {label} may respond with the status `{status}`"),
                ),
                (Some(a), Some(b)) if !b.is_empty() && !a.is_subset(b) || a.is_empty() && !b.is_empty() => (
                    &rules::WEBHOOK_RESPONSE_CHANGED,
                    format!("receivers of {label} respond with the status `{status}` and another body"),
                ),
                _ => continue,
            };
            let value = |of: &Webhook| of.responses.get(status).map(|kinds| json!(kinds));
            self.push(Draft::new(rule, &part, message).maybe(value(old), value(new)));
        }
        let bodies = |api: &'_ Api, name: &str| api.other_bodies.bodies.get(&Webhook::among_methods(name)).cloned();
        let (Some(old), Some(new)) = (bodies(self.old, old_name), bodies(self.new, new_name)) else { return };
        let place = &Place { label: without_quotes(&place.label), ..place.clone() };
        for (key, old) in &old {
            if let Some(new) = new.get(key) {
                self.other_body(place, key, old, new);
            }
        }
    }

    fn webhook_place(&self, name: &str, new_name: &str) -> Place {
        let sent = |api: &Api, known: &str| {
            let index = self.methods.index(&Webhook::among_methods(name)).filter(|_| api.webhooks.contains_key(known));
            AffectedMethods::response(index.map(MethodSet::one).unwrap_or_default())
        };
        let webhook = self.new.webhooks.get(new_name);
        let is_callback = webhook.or(self.old.webhooks.get(name)).is_some_and(|webhook| webhook.url.is_some());
        Place {
            subject: format!("webhooks.{name}"),
            label: format!("{} `{name}`", if is_callback { "callback" } else { "webhook" }),
            leaf: String::new(),
            pointer: match webhook {
                Some(webhook) => webhook.pointer.clone(),
                None => self.old.webhooks.get(name).map(|webhook| parent(&webhook.pointer)).unwrap_or_default(),
            },
            old: sent(self.old, name),
            new: sent(self.new, new_name),
            items: (None, None),
        }
    }
}

/// Returns the new names of callbacks, by their old names: a callback of the same method that is sent to the same URL is
/// the same under any name.
fn renamed_callbacks<'a>(old: &'a Api, new: &'a Api) -> BTreeMap<&'a String, &'a String> {
    let only = |here: &'a Api, there: &Api| {
        let mut found: BTreeMap<_, Vec<&'a String>> = BTreeMap::new();
        for (name, webhook) in here.webhooks.iter().filter(|(name, _)| !there.webhooks.contains_key(*name)) {
            if let (Some(url), Some((method, _))) = (&webhook.url, name.rsplit_once('.')) {
                found.entry((method, url, webhook.http_method.map(HttpMethod::as_str))).or_default().push(name);
            }
        }
        found
    };
    let new_names = only(new, old);
    let pairs = only(old, new).into_iter().filter_map(|(key, names)| {
        match (names.as_slice(), new_names.get(&key)?.as_slice()) {
            ([from], [to]) => Some((*from, *to)),
            _ => None,
        }
    });
    pairs.collect()
}

/// Returns the group of a callback that several methods have.
fn of_methods(rule: &'static Rule, name: &str, webhook: &Webhook, verb: &str) -> GroupKey {
    let url = webhook.url.as_deref();
    // A webhook of the document is one of its own.
    let short = name.rsplit('.').next().filter(|_| url.is_some()).unwrap_or(name);
    GroupKey {
        key: format!("{short} {url:?}"),
        rule,
        subject: format!("webhooks.*.{short}"),
        message: format!("callback `{short}` of {{n}} methods {verb}"),
        least: 3,
    }
}

/// Returns the label of a webhook for messages that quote it as a whole.
fn without_quotes(label: &str) -> String {
    label.replace('`', "")
}

/// Returns a parameter in words: "header parameter `x-signature`".
fn quoted_name(parameter: &str) -> String {
    let (place, name) = parameter.split_once(' ').unwrap_or(("parameter", parameter));
    format!("{place} parameter `{name}`")
}

fn payload_type(api: &Api, payload: &Option<Type>) -> String {
    payload.as_ref().map_or_else(|| "none".to_owned(), |ty| describe::ty(api, ty))
}
