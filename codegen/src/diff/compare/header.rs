//! Comparison of headers that clients read: those of responses, and the parameters of webhooks.

use super::{Comparison, Draft, Place};
use crate::diff::change::GroupKey;
use crate::diff::rules::{self, Rule};
use crate::model::{Header, Response};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Rules on a kind of header.
pub(super) struct HeaderRules {
    pub(super) added: &'static Rule,
    pub(super) removed: &'static Rule,
    pub(super) required: &'static Rule,
    pub(super) optional: &'static Rule,
    pub(super) changed: &'static Rule,
    pub(super) widened: &'static Rule,
    pub(super) narrowed: &'static Rule,
}

static OF_RESPONSES: HeaderRules = HeaderRules {
    added: &rules::RESPONSE_HEADER_ADDED,
    removed: &rules::RESPONSE_HEADER_REMOVED,
    required: &rules::RESPONSE_HEADER_REQUIRED,
    optional: &rules::RESPONSE_HEADER_OPTIONAL,
    changed: &rules::RESPONSE_HEADER_TYPE_CHANGED,
    widened: &rules::RESPONSE_HEADER_WIDENED,
    narrowed: &rules::RESPONSE_HEADER_NARROWED,
};

impl Comparison<'_> {
    /// Compares the headers of a response.
    pub(super) fn response_headers(&mut self, place: &Place, old: &Response, new: &Response) {
        for name in old.headers.keys().chain(new.headers.keys()).collect::<BTreeSet<_>>() {
            let (was, is) = (old.headers.get(name), new.headers.get(name));
            let part =
                Place { label: format!("{} (header {name})", place.label), ..place.part(&format!("headers.{name}")) };
            let subject = format!("header `{name}` of the response of `{}`", place.label);
            let many = (format!("responses.*.headers.{name}"), format!("header `{name}` of {{n}} responses"));
            self.header(&OF_RESPONSES, &part, &subject, Some(many), (was, is));
        }
    }

    /// Compares a header. `many` has the subject and the name of a finding about several such headers.
    pub(super) fn header(
        &mut self,
        of: &HeaderRules,
        place: &Place,
        subject: &str,
        many: Option<(String, String)>,
        (was, is): (Option<&Header>, Option<&Header>),
    ) {
        let mut found: Vec<(&'static Rule, String)> = Vec::new();
        match (was, is) {
            (Some(_), None) => found.push((of.removed, " removed".to_owned())),
            (None, Some(_)) => found.push((of.added, " added".to_owned())),
            (Some(a), Some(b)) => {
                match (a.required, b.required) {
                    (true, false) => found.push((of.optional, " becomes optional".to_owned())),
                    (false, true) => found.push((of.required, " becomes required".to_owned())),
                    _ => {}
                }
                if a.ty != b.ty {
                    let rule = match step(&a.ty, &b.ty) {
                        Step::Widened => of.widened,
                        Step::Narrowed => of.narrowed,
                        Step::Other => of.changed,
                    };
                    found.push((rule, format!(": `{}` → `{}`", type_name(a), type_name(b))));
                } else if a.values != b.values {
                    let rule = match !b.values.is_empty() && (a.values.is_empty() || b.values.is_subset(&a.values)) {
                        true => of.narrowed,
                        false => of.widened,
                    };
                    found.push((rule, format!(": values {} → {}", value_names(a), value_names(b))));
                } else {
                    self.constraints(place, &a.constraints, &b.constraints);
                }
            }
            (None, None) => {}
        }
        for (rule, words) in found {
            let draft = Draft::new(rule, place, format!("{subject}{words}"));
            let draft = match &many {
                Some((subject, name)) => draft.group(GroupKey {
                    key: format!("{subject}{words}"),
                    rule,
                    subject: subject.clone(),
                    message: format!("{name}{words}"),
                    least: 2,
                }),
                None => draft,
            };
            self.push(draft.maybe(was.map(as_json), is.map(as_json)));
        }
    }
}

fn as_json(header: &Header) -> Value {
    let mut value = json!({"type": type_name(header), "required": header.required});
    if let (Some(map), false) = (value.as_object_mut(), header.values.is_empty()) {
        map.insert("enum".to_owned(), json!(header.values));
    }
    value
}

/// Values of a type in comparison with those of another one.
enum Step {
    Widened,
    Narrowed,
    Other,
}

/// Compares the values of two types as text. Text without a format includes all others, and numbers include integers.
fn step(old: &str, new: &str) -> Step {
    let rank = |ty: &str| match ty {
        "integer (int32)" => Some(1),
        "integer" | "integer (int64)" => Some(2),
        "number" | "number (float)" | "number (double)" => Some(3),
        _ => None,
    };
    match (rank(old), rank(new)) {
        (Some(old), Some(new)) if old < new => Step::Widened,
        (Some(old), Some(new)) if old > new => Step::Narrowed,
        _ if new.is_empty() => Step::Widened,
        _ if old == "string" && !new.starts_with("array") && new != "object" || old.is_empty() => Step::Narrowed,
        _ => Step::Other,
    }
}

fn type_name(header: &Header) -> &str {
    if header.ty.is_empty() { "any" } else { &header.ty }
}

fn value_names(header: &Header) -> String {
    let values: Vec<String> = header.values.iter().map(|value| format!("`{}`", value.replace('`', "'"))).collect();
    if values.is_empty() { "any".to_owned() } else { values.join(", ") }
}
