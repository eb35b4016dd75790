//! Values of enumerations.

use super::{Comparison, Draft, Place};
use crate::diff::rules;
use crate::diff::signature::Item;
use crate::diff::similarity::likeness;
use crate::model::{EnumValue, Enumeration};
use serde_json::json;
use std::collections::HashMap;

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
        let renamed = renamed(old, new);
        for value in &old.values {
            let name = &value.name;
            if let Some(other) = renamed.get(name.as_str()) {
                let message = format!("`{subject}`: value `{name}` renamed to `{other}`");
                let place = at(Some(name), Some(other));
                self.push(Draft::new(&rules::ENUM_VALUE_RENAMED, &place, message).values(&**name, *other));
                continue;
            }
            let Some(other) = is.get(name.as_str()) else {
                let place = at(Some(name), None);
                let draft =
                    Draft::new(&rules::ENUM_VALUE_REMOVED, &place, format!("`{subject}`: value `{name}` removed"));
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
            if !was.contains_key(value.name.as_str()) && !renamed.values().any(|name| *name == value.name) {
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

/// Values with another name: described in the same words, or in the same place with a name that is near.
fn renamed<'a>(old: &'a Enumeration, new: &'a Enumeration) -> HashMap<&'a str, &'a str> {
    let gone = |v: &&EnumValue| !new.values.iter().any(|w| w.name == v.name);
    let come = |w: &&EnumValue| !old.values.iter().any(|v| v.name == w.name);
    let mut found = HashMap::new();
    for value in old.values.iter().filter(gone) {
        let mut same = new.values.iter().filter(come).filter(|w| value.doc.is_some() && w.doc == value.doc);
        let alone = old.values.iter().filter(gone).filter(|v| v.doc == value.doc).count() == 1;
        if let (Some(other), None, true) = (same.next(), same.next(), alone) {
            found.insert(value.name.as_str(), other.name.as_str());
        }
    }
    if found.is_empty() && old.values.len() == new.values.len() {
        for (value, other) in old.values.iter().zip(&new.values) {
            let described = value.doc.is_some() && other.doc.is_some();
            if gone(&value) && come(&other) && !described && likeness(&value.name, &other.name) >= 0.6 {
                found.insert(&value.name, &other.name);
            }
        }
    }
    found
}
