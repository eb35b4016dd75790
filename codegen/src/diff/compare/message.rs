//! Comparison of messages.

use super::{Comparison, Draft, Place};
use crate::diff::change::GroupKey;
use crate::diff::describe;
use crate::diff::rules::{self, Rule};
use crate::model::{Constructor, Field, Message, Shape, Type};
use serde_json::json;
use std::collections::{BTreeSet, HashSet};

/// Both revisions of a message.
pub(super) struct Pair<'a> {
    pub(super) place: &'a Place,
    pub(super) old_name: &'a str,
    pub(super) new_name: &'a str,
    pub(super) old: &'a Message,
    pub(super) new: &'a Message,
    /// True if unions and names in Rust are unchanged.
    pub(super) same_names: bool,
}

impl Comparison<'_> {
    /// Compares the arguments of the constructors. Changes of their types are reported with the properties.
    fn constructors(&mut self, pair: &Pair<'_>) {
        let arguments = |constructor: Option<Constructor<'_>>| {
            let arguments = constructor?.arguments;
            Some(arguments.into_iter().map(str::to_owned).collect::<Vec<_>>())
        };
        let (old, new) = self.constructors;
        let (old, new) = (arguments(old.of(pair.old_name, pair.old)), arguments(new.of(pair.new_name, pair.new)));
        if old == new || self.is_other(pair.old_name, pair.new_name) {
            return;
        }
        let (rule, change) = match (&old, &new) {
            (None, _) => (&rules::CONSTRUCTOR_ADDED, "is added"),
            (_, None) => (&rules::CONSTRUCTOR_REMOVED, "is removed"),
            _ => (&rules::CONSTRUCTOR_CHANGED, "takes other arguments"),
        };
        let draft = Draft::new(rule, pair.place, format!("the constructor of `{}` {change}", pair.place.label));
        let (was, is): (BTreeSet<String>, BTreeSet<String>) =
            (old.iter().flatten().cloned().collect(), new.iter().flatten().cloned().collect());
        // The change of a property that became an argument, or is none any longer, explains the constructor. One without
        // arguments is that of properties with one value.
        let mut properties: Vec<&String> = is.difference(&was).chain(was.difference(&is)).collect();
        if properties.is_empty() {
            properties.extend(pair.old.fields.keys().filter(|name| pair.new.fields.contains_key(*name)));
        }
        let draft = properties.into_iter().fold(draft, |draft, property| {
            let subject = self.field_place(pair, Some(property), None).subject;
            let draft = draft.caused_by_any(&subject, rules::properties()).caused_by_any(&subject, rules::types());
            // A property that has only one value is set.
            match self.enum_of(pair.old.fields.get(property)) {
                Some(values) => draft.caused_by_any(&values, rules::enum_values()),
                None => draft,
            }
        });
        let (was, is) = self.choices;
        let sides = [(was, self.old, pair.old_name), (is, self.new, pair.new_name)];
        let draft = sides.into_iter().fold(draft, |draft, (choices, api, schema)| {
            let choices = choices.get(schema).into_iter().flatten();
            choices.fold(draft, |draft, (choice, alternative)| {
                selected_by(draft, &super::schema_subject(api, choice), alternative)
            })
        });
        self.push(draft.values(json!(old), json!(new)).raises());
    }

    /// Returns the subject of the enum that is the type of a property.
    pub(super) fn enum_of(&self, field: Option<&Field>) -> Option<String> {
        let Type::Schema(name) = self.old.resolve(&field?.ty) else { return None };
        matches!(self.old.shape(name), Some(Shape::Enum(_))).then(|| super::schema_subject(self.old, name))
    }

    pub(super) fn message(&mut self, place: &Place, old_name: &str, new_name: &str, old: &Message, new: &Message) {
        let (was, is) = (self.old_side.names.fields(old_name), self.new_side.names.fields(new_name));
        let same_names = old.unions == new.unions && was == is;
        let pair = Pair { place, old_name, new_name, old, new, same_names };
        let unions = self.unions(&pair);
        let mut kept = HashSet::new();
        self.constructors(&pair);
        self.undeclared(&pair);
        if old.closed != new.closed {
            let (rule, change, changes): (&'static Rule, _, _) = match new.closed {
                true => (&rules::OBJECT_CLOSED, "no longer accepts", "no longer accept"),
                false => (&rules::OBJECT_OPENED, "accepts", "accept"),
            };
            let draft = Draft::new(rule, place, format!("`{}` {change} unlisted properties", place.label));
            let draft = draft.group(GroupKey {
                key: rule.id.to_owned(),
                rule,
                subject: "schemas.*".into(),
                message: format!("{{n}} objects {changes} unlisted properties"),
                least: 3,
            });
            self.push(
                draft
                    .values(json!({"additionalProperties": !old.closed}), json!({"additionalProperties": !new.closed})),
            );
        }
        if old.fields.is_empty() != new.fields.is_empty() && old.additional.is_none() && new.additional.is_none() {
            self.filled(&pair);
        }
        for (name, field) in &old.fields {
            match self.renames.field(old_name, name, new) {
                Some(other) => {
                    self.field(&pair, name, other, &unions);
                    kept.insert(other);
                }
                None => self.field_removed(&pair, name, field, &unions),
            }
        }
        for (name, field) in &new.fields {
            if !kept.contains(name.as_str()) {
                self.field_added(&pair, name, field, &unions);
            }
        }
        if old.additional.is_none() && new.additional.is_none() {
            return;
        }
        let place = Place { label: format!("{}.*", place.label), ..place.part("additionalProperties") };
        // Without a type, Google's services reject unlisted properties, and others take any.
        let (typed, untyped): (&'static Rule, &'static Rule) = match self.new.is_google() {
            true => (&rules::ADDITIONAL_PROPERTIES_ADDED, &rules::ADDITIONAL_PROPERTIES_REMOVED),
            false => (&rules::ADDITIONAL_PROPERTIES_TYPED, &rules::ADDITIONAL_PROPERTIES_UNTYPED),
        };
        match (&old.additional, &new.additional) {
            (Some(a), Some(b)) => {
                let relation = self.relation(a, b);
                self.type_change(&place, relation, a, b);
            }
            // An object that is closed or opened is reported as such.
            (Some(_), None) if new.closed => {}
            (None, Some(_)) if old.closed => {}
            (Some(a), None) => {
                let draft = Draft::new(
                    untyped,
                    &place,
                    format!("type of unlisted properties of `{}` removed", pair.place.label),
                );
                self.push(draft.before(describe::ty(self.old, a)).no_longer_reached(a.schema()));
            }
            (None, Some(b)) => {
                let draft =
                    Draft::new(typed, &place, format!("type of unlisted properties of `{}` added", pair.place.label));
                self.push(draft.after(describe::ty(self.new, b)).newly_reached(b.schema()));
            }
            (None, None) => {}
        }
    }

    /// Reports an object that gained its first properties, or lost all of them.
    fn filled(&mut self, pair: &Pair<'_>) {
        let name = &pair.place.label;
        let names = |message: &Message| message.fields.keys().cloned().collect::<Vec<_>>();
        let draft = match pair.old.fields.is_empty() {
            true => Draft::new(&rules::EMPTY_OBJECT_FILLED, pair.place, format!("`{name}` gains properties")),
            false => Draft::new(&rules::OBJECT_EMPTIED, pair.place, format!("all properties of `{name}` removed")),
        };
        self.push(draft.values(names(pair.old), names(pair.new)));
    }
}

/// Lets the changes of a choice explain a message whose property it sets: the discriminator, or the choice in place of
/// another type.
fn selected_by<'d>(draft: Draft<'d>, choice: &str, alternative: &str) -> Draft<'d> {
    let of_choice = [
        &rules::CHOICE_DISCRIMINATOR_ADDED,
        &rules::CHOICE_DISCRIMINATOR_REMOVED,
        &rules::CHOICE_DISCRIMINATOR_CHANGED,
    ];
    let of_alternative = [
        &rules::CHOICE_VARIANT_ADDED,
        &rules::CHOICE_VARIANT_REMOVED,
        &rules::CHOICE_TAG_ADDED,
        &rules::CHOICE_TAG_CHANGED,
    ];
    let draft = draft.caused_by_any(choice, of_choice).caused_by_any(choice, rules::types());
    draft.caused_by_any(&format!("{choice}.oneOf.{alternative}"), of_alternative)
}
