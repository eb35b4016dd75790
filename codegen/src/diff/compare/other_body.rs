//! Comparison of bodies in media types that generated code does not use.

use super::relation::Relation;
use super::{Comparison, Draft, Place};
use crate::diff::describe;
use crate::diff::media_types::{keeps_request, sent};
use crate::diff::verdict::Bump;
use crate::model::{Method, OtherBody, Type};
use std::collections::{BTreeMap, HashSet};

impl Comparison<'_> {
    /// Compares the bodies that both revisions of a method have in the same media type. Media types that only one has
    /// are reported on their own.
    pub(super) fn other_bodies(
        &mut self,
        requests: &Place,
        responses: &Place,
        (old_name, old): (&str, &Method),
        (new_name, new): (&str, &Method),
    ) {
        let none = BTreeMap::new();
        let old_bodies = self.old.other_bodies.bodies.get(old_name).unwrap_or(&none);
        let new_bodies = self.new.other_bodies.bodies.get(new_name).unwrap_or(&none);
        if old_bodies.is_empty() && new_bodies.is_empty() {
            return;
        }
        // The body that is sent in one revision may be another one in the other.
        let (old_sent, new_sent) = (sent_body(old), sent_body(new));
        let keeps = keeps_request(old, new);
        let with_sent = |bodies: &BTreeMap<String, OtherBody>, sent: Option<(String, OtherBody)>| {
            let sent = sent.filter(|_| keeps);
            bodies.clone().into_iter().chain(sent).collect::<BTreeMap<_, _>>()
        };
        let (old_bodies, new_bodies) = (with_sent(old_bodies, old_sent), with_sent(new_bodies, new_sent));
        // A type that several media types have is compared once, with that of JSON.
        let mut seen: HashSet<(bool, &Type, &Type)> = HashSet::new();
        seen.extend(old.request.iter().zip(&new.request).map(|(old, new)| (true, old, new)));
        seen.extend(old.response.iter().zip(&new.response).map(|(old, new)| (false, old, new)));
        let errors = old.errors().filter_map(|(status, ty)| Some((ty, new.responses.get(status)?.error.as_ref()?)));
        seen.extend(errors.map(|(old, new)| (false, old, new)));
        for (key, old) in &old_bodies {
            let Some(new) = new_bodies.get(key) else { continue };
            let is_request = key.starts_with("request.");
            let is_new = seen.insert((is_request, &old.ty, &new.ty));
            if is_new || self.relation(&old.ty, &new.ty) == Relation::Same {
                self.other_body(if is_request { requests } else { responses }, key, old, new);
            }
        }
    }

    /// Compares a body, given its part of the method or webhook, and its media type: `request.text/csv`,
    /// `responses.200.text/csv`.
    pub(super) fn other_body(&mut self, place: &Place, key: &str, old: &OtherBody, new: &OtherBody) {
        let place = Place { label: label(&place.label, key), ..place.part(key) }.seen_as(None, None);
        let relation = self.relation(&old.ty, &new.ty);
        let (sends, receives) = (!place.old.request.is_empty(), !place.old.response.is_empty());
        if let Some(rule) = relation.rule(sends, receives) {
            let (mut before, mut after) = (describe::ty(self.old, &old.ty), describe::ty(self.new, &new.ty));
            if before == after {
                (before, after) = (describe::content(self.old, &old.ty), describe::content(self.new, &new.ty));
            }
            let message = format!("`{}`: `{before}` → `{after}`", place.label);
            let draft = Draft::new(rule, &place, message).values(before, after);
            let draft = draft.no_longer_reached(old.ty.schema()).newly_reached(new.ty.schema());
            self.push(draft.in_rust(Bump::Patch).outside_of_signatures());
        } else if old.constraints != new.constraints {
            self.value_constraints(&place, (&old.ty, &old.constraints), (&new.ty, &new.constraints));
        }
    }
}

/// Returns the label of a body, given its part of the method and its media type: `pots.get (200 as text/csv)`.
pub(super) fn label(method: &str, key: &str) -> String {
    let part = match key.split_once('.') {
        Some(("request", kind)) => kind.to_owned(),
        Some((_, part)) if part.contains(".header ") => part.replacen('.', " ", 1),
        Some((_, part)) => part.replacen('.', " as ", 1),
        None => key.to_owned(),
    };
    format!("{method} ({part})")
}

/// Returns the body that a method sends, with its key among the others, unless it is bytes of any kind.
fn sent_body(method: &Method) -> Option<(String, OtherBody)> {
    let ty = method.request.clone().filter(|ty| *ty != Type::Bytes)?;
    let body = OtherBody { ty, constraints: method.request_constraints.clone() };
    Some((format!("request.{}", sent(method)), body))
}
