//! Comparison of unions: added and removed ones, and properties that join, leave or move between them.

use super::field::Pair;
use super::{Comparison, Draft, Place};
use crate::diff::rules;
use crate::diff::signature::Item;
use crate::model::{Message, Union};
use serde_json::json;
use std::collections::BTreeMap;

/// Names of the unions of the new message, by those of the old one.
#[derive(Debug, Default)]
pub(super) struct Unions(BTreeMap<String, String>);

impl Unions {
    pub(super) fn old_to_new(&self, old: &str) -> Option<&str> {
        self.0.get(old).map(String::as_str)
    }

    pub(super) fn new_to_old(&self, new: &str) -> Option<&str> {
        self.0.iter().find(|(_, other)| *other == new).map(|(old, _)| old.as_str())
    }
}

impl Comparison<'_> {
    /// Compares the unions of a message as a whole. Changes of single members are reported with the properties.
    pub(super) fn unions(&mut self, pair: &Pair<'_>) -> Unions {
        let unions = self.pair_unions(pair);
        for (name, union) in &pair.old.unions {
            let place = self.union_place(pair, name, Some(union), None);
            match unions.old_to_new(name) {
                Some(other) if other != name => {
                    let mut place = self.union_place(pair, name, Some(union), pair.new.unions.get(other));
                    place.items.1 = Some(Item::Union(pair.new_name.to_owned(), other.to_owned()));
                    let after = format!("{}.unions.{other}", pair.place.subject);
                    let message = format!("union `{}` renamed to `{other}`", place.label);
                    self.push(Draft::new(&rules::UNION_RENAMED, &place, message).values(place.subject.clone(), after));
                }
                Some(_) => {}
                None => {
                    let stays = |m: &String| self.renames.field(pair.old_name, m, pair.new).is_some();
                    let draft = match union.members.iter().any(stays) {
                        true => {
                            Draft::new(&rules::UNION_DISSOLVED, &place, format!("union `{}` dissolved", place.label))
                        }
                        false => Draft::new(&rules::UNION_REMOVED, &place, format!("union `{}` removed", place.label)),
                    };
                    self.push(draft.before(json!(union.members)));
                }
            }
        }
        for (name, union) in &pair.new.unions {
            if unions.new_to_old(name).is_some() {
                continue;
            }
            let place = self.union_place(pair, name, None, Some(union));
            let was_there = |member: &String| {
                pair.old.fields.keys().any(|f| self.renames.field(pair.old_name, f, pair.new) == Some(member))
            };
            let draft = match union.members.iter().any(was_there) {
                true => Draft::new(
                    &rules::UNION_FORMED,
                    &place,
                    format!(
                        "{} of `{}` exclude each other: the union `{name}`",
                        list(&union.members),
                        pair.place.label
                    ),
                ),
                false => Draft::new(&rules::UNION_ADDED, &place, format!("union `{}` added", place.label)),
            };
            self.push(draft.after(json!(union.members)));
        }
        unions
    }

    /// Returns the place of a union: methods that carry a member carry its union.
    fn union_place(&self, pair: &Pair<'_>, name: &str, old: Option<&Union>, new: Option<&Union>) -> Place {
        let mut place = pair.place.named("unions", name, format!("{}.{name}", pair.place.label));
        let item = |schema: &str, union: &Message| {
            union.unions.contains_key(name).then(|| Item::Union(schema.to_owned(), name.to_owned()))
        };
        place.items = (item(pair.old_name, pair.old), item(pair.new_name, pair.new));
        let members = |union: Option<&Union>| union.or(old).or(new).map(|u| u.members.clone()).unwrap_or_default();
        let touch =
            |reach: &crate::diff::reachability::Reachability, schema: &str, message: &Message, members: &[String]| {
                let fields = members.iter().filter_map(|m| message.fields.get(m));
                fields.fold(crate::diff::affected::AffectedMethods::default(), |mut touch, field| {
                    touch.extend(&reach.field(schema, field));
                    touch
                })
            };
        place.old = touch(self.old_reach, pair.old_name, pair.old, &members(old));
        place.new = touch(self.new_reach, pair.new_name, pair.new, &members(new));
        place
    }

    fn pair_unions(&self, pair: &Pair<'_>) -> Unions {
        let mut unions: BTreeMap<String, String> = pair
            .old
            .unions
            .keys()
            .filter(|name| pair.new.unions.contains_key(*name))
            .map(|name| (name.clone(), name.clone()))
            .collect();
        for (name, union) in &pair.old.unions {
            if unions.contains_key(name) {
                continue;
            }
            let shared = |other: &Union| {
                let stays = |m: &&String| {
                    self.renames.field(pair.old_name, m, pair.new).is_some_and(|n| other.members.iter().any(|o| o == n))
                };
                union.members.iter().filter(stays).count()
            };
            let free = pair.new.unions.iter().filter(|(n, _)| !pair.old.unions.contains_key(*n));
            let best = free
                .filter(|(n, _)| !unions.values().any(|taken| taken == *n))
                .map(|(n, other)| (shared(other), other.members.len(), n))
                .filter(|(shared, size, _)| *shared > 0 && shared.saturating_mul(2) >= union.members.len().min(*size))
                .max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.2.cmp(a.2)));
            if let Some((_, _, other)) = best {
                unions.insert(name.clone(), other.clone());
            }
        }
        Unions(unions)
    }

    /// Reports a property that joined, left or changed its union. Returns the union if it stays a member of the same.
    pub(super) fn membership(
        &mut self,
        pair: &Pair<'_>,
        place: &Place,
        old_name: &str,
        new_name: &str,
        unions: &Unions,
    ) -> Option<String> {
        let was = pair.old.union_of(old_name).map(|(union, _)| union.to_owned());
        let is = pair.new.union_of(new_name).map(|(union, _)| union.to_owned());
        let subject = |union: &str| format!("{}.unions.{union}", pair.place.subject);
        let value = |union: &Option<String>| json!({ "union": union });
        let (before, after) = (value(&was), value(&is));
        let draft = match (&was, &is) {
            (None, None) => return None,
            (Some(a), Some(b)) if unions.old_to_new(a) == Some(b) => return Some(a.clone()),
            (Some(a), Some(b)) => {
                let message = format!("`{}` moved from the union `{a}` to `{b}`", place.label);
                Draft::new(&rules::UNION_MEMBER_MOVED, place, message)
            }
            (None, Some(b)) => {
                let draft =
                    Draft::new(&rules::UNION_MEMBER_JOINED, place, format!("`{}` joins the union `{b}`", place.label));
                match unions.new_to_old(b) {
                    Some(_) => draft,
                    None => draft.caused_by(&subject(b), &rules::UNION_FORMED),
                }
            }
            (Some(a), None) => {
                let draft =
                    Draft::new(&rules::UNION_MEMBER_LEFT, place, format!("`{}` leaves the union `{a}`", place.label));
                match unions.old_to_new(a) {
                    Some(_) => draft,
                    None => draft.caused_by(&subject(a), &rules::UNION_DISSOLVED),
                }
            }
        };
        self.push(draft.values(before, after));
        None
    }
}

fn list(members: &[String]) -> String {
    members.iter().map(|m| format!("`{m}`")).collect::<Vec<_>>().join(", ")
}
