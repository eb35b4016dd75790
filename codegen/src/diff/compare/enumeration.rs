//! Comparison of the values of enumerations.

use super::{Comparison, Draft, Place, one_of, schema_label, schema_subject};
use crate::diff::change::GroupKey;
use crate::diff::renames::Renames;
use crate::diff::rules::{self, Rule};
use crate::diff::signature::Item;
use crate::diff::similarity::Name;
use crate::model::{Alternative, Api, DefinedIn, EnumValue, Enumeration, Scalar};
use crate::text::quoted;
use serde_json::json;
use std::collections::{HashMap, HashSet};

impl Comparison<'_> {
    pub(super) fn enumeration(
        &mut self,
        place: &Place,
        (old_name, old): (&str, &Enumeration),
        (new_name, new): (&str, &Enumeration),
    ) {
        let same_names = self.old_side.names.variants(old_name) == self.new_side.names.variants(new_name);
        if same_names && old == new {
            return;
        }
        let at = |was: Option<&str>, is: Option<&str>| {
            let item = |schema: &str, value: &str| Item::Variant(schema.to_owned(), value.to_owned());
            place.seen_as(was.map(|value| item(old_name, value)), is.map(|value| item(new_name, value)))
        };
        let was: HashMap<&str, &EnumValue> = old.values.iter().map(|v| (v.name.as_str(), v)).collect();
        let is: HashMap<&str, &EnumValue> = new.values.iter().map(|v| (v.name.as_str(), v)).collect();
        let subject = place.label.clone();
        // Where any text is valid, values are only listed.
        let is_open = new.beside_text;
        if old.beside_text != is_open {
            let (rule, verb) = match is_open {
                true => (&rules::ENUM_OPENED, "any text is valid"),
                false => (&rules::ENUM_CLOSED, "only listed values are valid"),
            };
            let draft = Draft::new(rule, place, format!("`{}`: {verb}", place.label));
            self.push(draft.values(json!({"anyText": old.beside_text}), json!({"anyText": is_open})));
        }
        let renamed = if is_open { HashMap::new() } else { renamed(old, new) };
        let renamed_to: HashSet<&str> = renamed.values().copied().collect();
        for value in &old.values {
            let name = &value.name;
            if let Some(other) = renamed.get(name.as_str()) {
                let message = format!("`{subject}`: value `{name}` renamed to `{other}`");
                let place = at(Some(name), Some(other));
                let draft = Draft::new(&rules::ENUM_VALUE_RENAMED, &place, message).values(&**name, *other);
                let is_constant = old.values.len() == 1;
                let draft = match is_constant.then(|| self.constants(old_name)).flatten() {
                    Some(group) => draft.group(group),
                    None => draft,
                };
                self.push(draft.unless_same_signature());
                continue;
            }
            let Some(other) = is.get(name.as_str()) else {
                let place = at(Some(name), None);
                let rule: &'static Rule =
                    if is_open { &rules::ENUM_VALUE_UNLISTED } else { &rules::ENUM_VALUE_REMOVED };
                let draft = Draft::new(rule, &place, format!("`{subject}`: value `{name}` removed"));
                self.push(draft.before(&**name).doc(&value.doc));
                continue;
            };
            if same_names && value == *other {
                continue;
            }
            if value.deprecated != other.deprecated {
                let place = at(Some(name), Some(name));
                let draft = match other.deprecated {
                    true => Draft::new(
                        &rules::ENUM_VALUE_DEPRECATED,
                        &place,
                        format!("`{subject}`: value `{name}` deprecated"),
                    ),
                    false => Draft::new(
                        &rules::ENUM_VALUE_UNDEPRECATED,
                        &place,
                        format!("`{subject}`: value `{name}` no longer deprecated"),
                    ),
                };
                let mark = |deprecated: bool| json!({"value": name, "deprecated": deprecated});
                self.push(draft.values(mark(value.deprecated), mark(other.deprecated)));
            }
            self.variant_name(&at(Some(name), Some(name)), (old_name, new_name), name);
            self.prose(&place.part(name), &value.doc, &other.doc);
        }
        for value in &new.values {
            if !was.contains_key(value.name.as_str()) && !renamed_to.contains(value.name.as_str()) {
                let message = format!("`{subject}`: value `{}` added", value.name);
                let place = at(None, Some(&value.name));
                self.push(Draft::new(&rules::ENUM_VALUE_ADDED, &place, message).after(&*value.name).doc(&value.doc));
            }
        }
        let kept = |values: &[EnumValue], there: &HashMap<&str, &EnumValue>| -> Vec<String> {
            values.iter().filter(|v| there.contains_key(v.name.as_str())).map(|v| v.name.clone()).collect()
        };
        let (before, after) = (kept(&old.values, &is), kept(&new.values, &was));
        if before != after {
            let draft = Draft::new(&rules::ENUM_ORDER_CHANGED, place, format!("`{subject}`: values reordered"));
            self.push(draft.values(before, after));
        }
    }
}

impl Comparison<'_> {
    /// Returns the group of the constants that select the alternatives of a choice, if an enum is one of these.
    fn constants(&self, schema: &str) -> Option<GroupKey> {
        let DefinedIn::Field { schema, field } = &self.old.schemas.get(schema)?.defined_in else { return None };
        let (choice, steps) = self.choices.0.get(schema.as_str())?.iter().find_map(|(choice, _)| {
            let selects = one_of(self.old, choice)?.discriminator.as_ref() == Some(field);
            Some((*choice, self.constants.get(choice).filter(|_| selects)?))
        })?;
        let (subject, label) = (schema_subject(self.old, choice), schema_label(self.old, choice));
        Some(GroupKey {
            key: format!("{subject} {field}"),
            rule: &rules::ENUM_VALUE_RENAMED,
            subject: format!("{subject}.oneOf.*.{field}"),
            message: format!("values of `{field}` that select {{n}} alternatives of `{label}`: {steps}"),
            least: 2,
        })
    }
}

/// Largest number of changed constants in a message.
const MOST_STEPS: usize = 4;

/// Returns the changes of the constants that select the alternatives of choices, by the old names of these. Each of many
/// alternatives needs those of all.
pub(super) fn changed_constants<'a>(old: &'a Api, new: &Api, renames: &Renames) -> HashMap<&'a str, String> {
    let values = |of: &Alternative| quoted(of.values.iter().map(Scalar::as_str), ", ");
    let of_choice = |choice: &str| {
        let was = one_of(old, choice).filter(|one| one.discriminator.is_some())?;
        let is = one_of(new, renames.schema(choice)?)?;
        let is: HashMap<&str, &Alternative> = is.alternatives.iter().map(|one| (one.name.as_str(), one)).collect();
        let steps = was.alternatives.iter().filter_map(|was| {
            let is = is.get(renames.alternative(choice, &was.name)?)?;
            (was.values != is.values).then(|| format!("{} → {}", values(was), values(is)))
        });
        Some(steps.take(MOST_STEPS).collect::<Vec<_>>().join(", "))
    };
    old.schemas.keys().filter_map(|name| Some((name.as_str(), of_choice(name)?))).collect()
}

/// Returns the new names of renamed values, by their old names: values with the same description, or at the same
/// position with a similar name.
fn renamed<'a>(old: &'a Enumeration, new: &'a Enumeration) -> HashMap<&'a str, &'a str> {
    let names =
        |of: &'a Enumeration| -> HashSet<&'a str> { of.values.iter().map(|value| value.name.as_str()).collect() };
    let (old_names, new_names) = (names(old), names(new));
    let removed = |value: &EnumValue| !new_names.contains(value.name.as_str());
    let added = |value: &EnumValue| !old_names.contains(value.name.as_str());
    let mut by_doc: HashMap<&str, (Vec<&'a str>, Vec<&'a str>)> = HashMap::new();
    for value in old.values.iter().filter(|value| removed(value)) {
        by_doc.entry(value.doc.as_deref().unwrap_or_default()).or_default().0.push(&value.name);
    }
    for value in new.values.iter().filter(|value| added(value)) {
        by_doc.entry(value.doc.as_deref().unwrap_or_default()).or_default().1.push(&value.name);
    }
    by_doc.remove("");
    let mut found = HashMap::new();
    // One constant in place of another is one change.
    if let ([value], [other]) = (old.values.as_slice(), new.values.as_slice())
        && value.name != other.name
    {
        return HashMap::from([(value.name.as_str(), other.name.as_str())]);
    }
    for (old_names, new_names) in by_doc.into_values() {
        if let ([old], [new]) = (old_names.as_slice(), new_names.as_slice())
            && !Name::new(old).distinct(&Name::new(new))
        {
            found.insert(*old, *new);
        }
    }
    if found.is_empty() && old.values.len() == new.values.len() {
        for (value, other) in old.values.iter().zip(&new.values) {
            let described = value.doc.is_some() && other.doc.is_some();
            let similar = || Name::new(&value.name).is_renamed(&Name::new(&other.name), 0.6);
            if removed(value) && added(other) && !described && similar() {
                found.insert(&value.name, &other.name);
            }
        }
    }
    found
}
