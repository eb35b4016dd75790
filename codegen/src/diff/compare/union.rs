//! Comparison of unions: added and removed ones, and properties that join, leave or move between them.

use super::message::Pair;
use super::{Comparison, Draft, Place};
use crate::diff::rules;
use crate::diff::signature::Item;
use crate::model::{Message, Union};
use crate::text::quoted;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Names of the unions that both messages have, by those of the other one.
#[derive(Debug, Default)]
pub(super) struct Unions {
    old_to_new: BTreeMap<String, String>,
    new_to_old: BTreeMap<String, String>,
}

impl Unions {
    pub(super) fn old_to_new(&self, old: &str) -> Option<&str> {
        self.old_to_new.get(old).map(String::as_str)
    }

    pub(super) fn new_to_old(&self, new: &str) -> Option<&str> {
        self.new_to_old.get(new).map(String::as_str)
    }

    fn insert(&mut self, old: &str, new: &str) {
        self.old_to_new.insert(old.to_owned(), new.to_owned());
        self.new_to_old.insert(new.to_owned(), old.to_owned());
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
        let stayed: BTreeSet<&str> = match pair.new.unions.keys().all(|name| unions.new_to_old(name).is_some()) {
            true => BTreeSet::new(),
            false => {
                pair.old.fields.keys().filter_map(|field| self.renames.field(pair.old_name, field, pair.new)).collect()
            }
        };
        for (name, union) in &pair.new.unions {
            if unions.new_to_old(name).is_some() {
                continue;
            }
            let place = self.union_place(pair, name, None, Some(union));
            let draft = match union.members.iter().any(|member| stayed.contains(member.as_str())) {
                true => Draft::new(
                    &rules::UNION_FORMED,
                    &place,
                    format!(
                        "{} of `{}` exclude each other: the union `{name}`",
                        quoted(&union.members, ", "),
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
        let mut unions = Unions::default();
        for name in pair.old.unions.keys().filter(|name| pair.new.unions.contains_key(*name)) {
            unions.insert(name, name);
        }
        for (name, union) in &pair.old.unions {
            if unions.old_to_new(name).is_some() {
                continue;
            }
            // Number of members that each new union shares with this one.
            let mut shared: BTreeMap<&str, usize> = BTreeMap::new();
            for member in &union.members {
                let other = self.renames.field(pair.old_name, member, pair.new).and_then(|new| pair.new.unions.of(new));
                if let Some((other, _)) = other {
                    let count = shared.entry(other).or_default();
                    *count = count.saturating_add(1);
                }
            }
            let is_enough = |other: &str, shared: usize| {
                let size = pair.new.unions.get(other).map_or(0, |other| other.members.len());
                shared.saturating_mul(2) >= union.members.len().min(size)
            };
            let best = shared
                .into_iter()
                .filter(|(other, shared)| unions.new_to_old(other).is_none() && is_enough(other, *shared))
                .max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(a.0)));
            if let Some((other, _)) = best {
                unions.insert(name, other);
            }
        }
        unions
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
        let was = pair.old.unions.of(old_name).map(|(union, _)| union.to_owned());
        let is = pair.new.unions.of(new_name).map(|(union, _)| union.to_owned());
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
