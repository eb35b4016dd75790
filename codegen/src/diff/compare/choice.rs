//! Comparison of choices (`oneOf`): their alternatives, and the discriminator that selects one.

use super::{Choices, Comparison, Draft, Place, one_of};
use crate::diff::change::GroupKey;
use crate::diff::describe;
use crate::diff::rules;
use crate::diff::signature::Item;
use crate::model::{Alternative, Api, OneOf, Scalar, Shape, Type};
use crate::text::quoted;
use std::collections::{HashMap, HashSet};

/// Returns the choices with a discriminator, with the names of the alternatives, by the schemas of these.
pub(super) fn selected(api: &Api) -> Choices<'_> {
    let mut choices = Choices::new();
    for (choice, schema) in &api.schemas {
        let Shape::OneOf(OneOf { discriminator: Some(_), alternatives, .. }) = &schema.shape else { continue };
        for alternative in alternatives {
            if let Type::Schema(name) = api.resolve(&alternative.ty) {
                choices.entry(name).or_default().push((choice, &alternative.name));
            }
        }
    }
    choices
}

/// Alternative in both revisions.
type AlternativePair<'a> = (&'a Alternative, &'a Alternative);

impl Comparison<'_> {
    /// Compares a choice, given the names of its schema in both revisions.
    pub(super) fn choice(&mut self, place: &Place, (old_name, old): (&str, &OneOf), (new_name, new): (&str, &OneOf)) {
        let at = |old: Option<&Alternative>, new: Option<&Alternative>| {
            let name = old.or(new).map_or("", |alternative| alternative.name.as_str());
            let item = |schema: &str, of: &Alternative| Item::Variant(schema.to_owned(), of.name.clone());
            place
                .named("oneOf", name, format!("{}::{name}", place.label))
                .seen_as(old.map(|alternative| item(old_name, alternative)), new.map(|other| item(new_name, other)))
        };
        let new_by_name: HashMap<&str, &Alternative> =
            new.alternatives.iter().map(|other| (other.name.as_str(), other)).collect();
        let pairs: Vec<AlternativePair<'_>> = old
            .alternatives
            .iter()
            .filter_map(|one| {
                let name = self.renames.alternative(old_name, &one.name)?;
                Some((one, *new_by_name.get(name)?))
            })
            .collect();
        let by_old: HashMap<&str, &Alternative> = pairs.iter().map(|(old, new)| (old.name.as_str(), *new)).collect();
        let kept_new: HashSet<&str> = pairs.iter().map(|(_, new)| new.name.as_str()).collect();
        for alternative in &old.alternatives {
            if let Some(other) = by_old.get(alternative.name.as_str()) {
                let place = at(Some(alternative), Some(other));
                self.alternative(&place, (old_name, new_name), (alternative, other));
                continue;
            }
            let place = at(Some(alternative), None);
            let draft = Draft::new(&rules::CHOICE_VARIANT_REMOVED, &place, format!("`{}` removed", place.label));
            let draft = draft.before(describe::ty(self.old, &alternative.ty)).doc(&alternative.doc);
            // An inline alternative is named after the schema that it extends.
            self.push(draft.no_longer_reached(alternative.ty.schema()).no_longer_reached([alternative.name.as_str()]));
        }
        for other in new.alternatives.iter().filter(|other| !kept_new.contains(other.name.as_str())) {
            let place = at(None, Some(other));
            let draft = Draft::new(&rules::CHOICE_VARIANT_ADDED, &place, format!("`{}` added", place.label));
            let draft = draft.after(describe::ty(self.new, &other.ty)).doc(&other.doc);
            self.push(draft.newly_reached(other.ty.schema()).newly_reached([other.name.as_str()]));
        }
        // One that follows from constants is part of changes of these.
        if old.discriminator != new.discriminator && (old.is_stated || new.is_stated) {
            let text = |property: &Option<String>| property.clone().unwrap_or_else(|| "none".to_owned());
            let (from, to) = (text(&old.discriminator), text(&new.discriminator));
            let message = format!("discriminator of `{}`: `{from}` → `{to}`", place.label);
            let rule = match (&old.discriminator, &new.discriminator) {
                (None, _) => &rules::CHOICE_DISCRIMINATOR_ADDED,
                (_, None) => &rules::CHOICE_DISCRIMINATOR_REMOVED,
                _ => &rules::CHOICE_DISCRIMINATOR_CHANGED,
            };
            let draft = Draft::new(rule, place, message);
            self.push(draft.values(old.discriminator.clone(), new.discriminator.clone()));
        }
        let old_order: Vec<&str> = old
            .alternatives
            .iter()
            .filter_map(|one| by_old.get(one.name.as_str()))
            .map(|new| new.name.as_str())
            .collect();
        let new_order: Vec<&str> =
            new.alternatives.iter().map(|one| one.name.as_str()).filter(|name| kept_new.contains(name)).collect();
        if old_order != new_order {
            let message = format!("order of the alternatives of `{}` changed", place.label);
            let draft = Draft::new(&rules::CHOICE_ORDER_CHANGED, place, message);
            // First elements of a list are such alternatives.
            let draft = draft.caused_by(&place.subject, &rules::FIRST_ITEMS_CHANGED);
            self.push(draft.values(old_order, new_order));
        }
    }

    /// Compares an alternative that is in both revisions.
    fn alternative(&mut self, place: &Place, (old_name, new_name): (&str, &str), (old, new): AlternativePair<'_>) {
        let relation = self.relation(&old.ty, &new.ty);
        self.type_change(place, relation, &old.ty, &new.ty);
        self.prose(place, &old.doc, &new.doc);
        let generated = |name: &str| name.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
        if old.name != new.name && generated(&old.name) != generated(&new.name) {
            let message = format!("`{}` renamed to `{}`", place.label, new.name);
            let draft = Draft::new(&rules::CHOICE_VARIANT_RENAMED, place, message);
            // Many alternatives are named after their types.
            let draft = draft.caused_by_any(&place.subject, rules::types());
            let renamed = old.ty.schema().map(|name| super::schema_subject(self.old, name)).unwrap_or_default();
            let draft = draft.caused_by(&renamed, &rules::SCHEMA_RENAMED);
            // Others are named after the value that selects them, or after a property.
            let draft = self.explained_by_properties(draft, old, new);
            let draft = self.explained_by_values(draft, old).caused_by(&place.subject, &rules::CHOICE_TAG_CHANGED);
            self.push(draft.values(&*old.name, &*new.name).unless_same_signature().raises());
        } else if old.name == new.name {
            self.variant_name(place, (old_name, new_name), &old.name);
        }
        // If one revision has no discriminator, the change is reported on the choice.
        if old.values.is_empty() || new.values.is_empty() || old.values == new.values {
            return;
        }
        let kept = old.values.iter().all(|value| new.values.contains(value));
        let texts = |values: &[Scalar]| values.iter().map(|value| value.as_str().to_owned()).collect::<Vec<_>>();
        let words = |values: &[Scalar]| quoted(values.iter().map(Scalar::as_str), ", ");
        let message =
            format!("discriminator values of `{}`: {} → {}", place.label, words(&old.values), words(&new.values));
        let rule = if kept { &rules::CHOICE_TAG_ADDED } else { &rules::CHOICE_TAG_CHANGED };
        let draft = self.explained_by_values(Draft::new(rule, place, message), old);
        let choice = place.label.rsplit_once("::").map_or("", |(choice, _)| choice);
        let group = GroupKey {
            key: choice.to_owned(),
            rule,
            subject: format!("{}.oneOf.*", place.subject.rsplit_once(".oneOf.").map_or("", |(choice, _)| choice)),
            message: format!("discriminator values of {{n}} alternatives of `{choice}` changed"),
            least: 2,
        };
        // Numbers that select an alternative are the only values of a property of it.
        let property = one_of(self.old, old_name).and_then(|choice| choice.discriminator.as_ref());
        let draft = match (property, old.ty.schema()) {
            (Some(property), Some(schema)) => {
                let subject = format!("{}.properties.{property}", super::schema_subject(self.old, schema));
                draft.explains(&subject, [&rules::ALLOWED_VALUES_CHANGED])
            }
            _ => draft,
        };
        self.push(draft.values(texts(&old.values), texts(&new.values)).group(group));
    }

    /// Lets changed values of the properties of an alternative explain its name and its discriminator values.
    fn explained_by_values<'d>(&self, draft: Draft<'d>, old: &Alternative) -> Draft<'d> {
        let Some(Shape::Message(message)) = old.ty.schema().and_then(|name| self.old.shape(name)) else { return draft };
        let enums = message.fields.values().filter_map(|field| self.enum_of(Some(field)));
        enums.fold(draft, |draft, values| draft.caused_by_any(&values, rules::enum_values()))
    }

    /// Lets changed properties of an alternative explain its name.
    fn explained_by_properties<'d>(&self, draft: Draft<'d>, old: &Alternative, new: &Alternative) -> Draft<'d> {
        let subject = old.ty.schema().map(|name| super::schema_subject(self.old, name)).unwrap_or_default();
        let all = [(self.old, old), (self.new, new)].into_iter().filter_map(|(api, one)| {
            api.shape(one.ty.schema()?).and_then(|shape| match shape {
                Shape::Message(message) => Some(message.fields.keys()),
                _ => None,
            })
        });
        all.flatten().fold(draft, |draft, field| {
            let subject = format!("{subject}.properties.{field}");
            let listed = [&rules::PROPERTY_ADDED, &rules::REQUIRED_PROPERTY_ADDED, &rules::PROPERTY_REMOVED];
            draft
                .caused_by_any(&subject, rules::types())
                .caused_by_any(&subject, rules::presence().into_iter().chain(listed))
        })
    }
}
