//! Comparison of the requests that the service makes: webhooks, and callbacks of methods.

use super::{Comparison, Draft, Place};
use crate::diff::affected::{AffectedMethods, MethodSet};
use crate::diff::describe;
use crate::diff::rules::{self, Rule};
use crate::diff::verdict::WireCompatibility;
use crate::model::{Api, HttpMethod, Type, Webhook};
use std::collections::{BTreeMap, BTreeSet};

impl Comparison<'_> {
    pub(super) fn webhooks(&mut self) {
        let (old, new) = (self.old, self.new);
        let renamed = renamed_callbacks(old, new);
        let taken: BTreeSet<&String> = renamed.values().copied().collect();
        for name in old.webhooks.keys().chain(new.webhooks.keys()).collect::<BTreeSet<_>>() {
            let is = renamed.get(name).copied().unwrap_or(name);
            let place = self.webhook_place(name, is);
            match (old.webhooks.get(name), new.webhooks.get(is).filter(|_| is != name || !taken.contains(name))) {
                (Some(old), Some(new)) => self.webhook(&place, old, new),
                (Some(old), None) => {
                    let draft = Draft::new(&rules::WEBHOOK_REMOVED, &place, format!("{} removed", place.label));
                    let draft = draft.before(payload_type(self.old, &old.payload)).doc(&old.doc);
                    let draft = draft.no_longer_reached(old.payload.iter().filter_map(Type::schema));
                    self.push(draft.outside_of_signatures());
                }
                (None, Some(new)) => {
                    let draft = Draft::new(&rules::WEBHOOK_ADDED, &place, format!("{} added", place.label));
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
        let verdict = match (&old.payload, &new.payload) {
            (Some(old), Some(new)) => self.body_verdict(old, new),
            (None, None) => None,
            _ => Some(WireCompatibility::Breaking),
        };
        if let Some(verdict) = verdict {
            let rule: &'static Rule = match verdict {
                WireCompatibility::Safe => &rules::WEBHOOK_PAYLOAD_CHANGED_SAFE,
                WireCompatibility::Risky => &rules::WEBHOOK_PAYLOAD_CHANGED_RISKY,
                WireCompatibility::Breaking => &rules::WEBHOOK_PAYLOAD_CHANGED,
            };
            let (from, to) = (payload_type(self.old, &old.payload), payload_type(self.new, &new.payload));
            let part = place.part("payload");
            let message = format!("payload of {}: `{from}` → `{to}`", place.label);
            let draft = Draft::new(rule, &part, message).values(from, to).outside_of_signatures();
            let schemas = |webhook: &Webhook| webhook.payload.as_ref().and_then(Type::schema).map(str::to_owned);
            let (was, is) = (schemas(old), schemas(new));
            self.push(draft.no_longer_reached(was.as_deref()).newly_reached(is.as_deref()));
        }
    }

    fn webhook_place(&self, name: &str, new_name: &str) -> Place {
        let sent = |api: &Api, known: &str| {
            let index = self.methods.index(&affected_name(name)).filter(|_| api.webhooks.contains_key(known));
            AffectedMethods::response(index.map(MethodSet::one).unwrap_or_default())
        };
        let webhook = self.new.webhooks.get(new_name);
        let is_callback = webhook.or(self.old.webhooks.get(name)).is_some_and(|webhook| webhook.url.is_some());
        Place {
            subject: format!("webhooks.{name}"),
            label: format!("{} `{name}`", if is_callback { "callback" } else { "webhook" }),
            leaf: String::new(),
            pointer: webhook.map(|webhook| webhook.pointer.clone()).unwrap_or_default(),
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

/// Returns the name of a webhook among those of the affected methods: no method has a space in its name.
pub(crate) fn affected_name(webhook: &str) -> String {
    format!("webhook {webhook}")
}

fn payload_type(api: &Api, payload: &Option<Type>) -> String {
    payload.as_ref().map_or_else(|| "none".to_owned(), |ty| describe::ty(api, ty))
}
