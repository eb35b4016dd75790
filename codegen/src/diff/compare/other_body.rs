//! Comparison of bodies in media types that generated code neither sends nor asks for.

use super::relation::Relation;
use super::{Comparison, Draft, Place};
use crate::diff::describe;
use crate::diff::verdict::Bump;
use crate::model::{Method, Type};
use std::collections::HashSet;

impl Comparison<'_> {
    /// Compares the bodies that both revisions of a method have in the same media type. Media types that only one has
    /// are reported on their own.
    pub(super) fn other_bodies(
        &mut self,
        requests: &Place,
        replies: &Place,
        (old_name, old): (&str, &Method),
        (new_name, new): (&str, &Method),
    ) {
        let bodies = (self.old.other_bodies.bodies.get(old_name), self.new.other_bodies.bodies.get(new_name));
        let (Some(old_bodies), Some(new_bodies)) = bodies else { return };
        // A type that several media types have is compared once, with that of JSON.
        let mut seen: HashSet<(bool, &Type, &Type)> = HashSet::new();
        seen.extend(old.request.iter().zip(&new.request).map(|(old, new)| (true, old, new)));
        seen.extend(old.response.iter().zip(&new.response).map(|(old, new)| (false, old, new)));
        let errors = old.errors().filter_map(|(status, ty)| Some((ty, new.responses.get(status)?.error.as_ref()?)));
        seen.extend(errors.map(|(old, new)| (false, old, new)));
        for (key, old) in old_bodies {
            let Some(new) = new_bodies.get(key) else { continue };
            // `request.text/csv` and `responses.200.text/csv`.
            let Some((kind, part)) = key.split_once('.') else { continue };
            let is_request = kind == "request";
            let (place, part) = match is_request {
                true => (requests, part.to_owned()),
                false => (replies, part.replacen('.', " as ", 1)),
            };
            let label = format!("{} ({part})", place.label);
            let place = Place { label, ..place.part(key) }.seen_as(None, None);
            let relation = self.relation(&old.ty, &new.ty);
            if !seen.insert((is_request, &old.ty, &new.ty)) && relation != Relation::Same {
                continue;
            }
            if let Some(rule) = relation.rule(is_request, !is_request) {
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
}
