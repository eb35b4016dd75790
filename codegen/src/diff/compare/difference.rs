//! Differences of two types under different names, in words.

use super::Comparison;
use super::relation::{Relation, Relations};
use crate::model::{Api, Behavior, Enumeration, Field, Message, Shape, Type};
use crate::text::quoted;
use std::collections::BTreeSet;

/// Largest number of names of a kind in a message.
const MOST_NAMES: usize = 3;
/// Largest number of properties or values of schemas that are compared: many places may refer to the same two.
const MOST_COMPARED: usize = 500;

impl Comparison<'_> {
    /// Returns the properties or values by which one schema may be incompatible with another, in words.
    pub(super) fn difference(&self, old: &Type, new: &Type) -> Option<String> {
        let (old, new) = (self.old.shape(old.schema()?)?, self.new.shape(new.schema()?)?);
        let parts = match (old, new) {
            (Shape::Message(old), Shape::Message(new)) if old.fields.len().max(new.fields.len()) < MOST_COMPARED => {
                self.of_messages(old, new)
            }
            (Shape::Enum(old), Shape::Enum(new)) if old.values.len().max(new.values.len()) < MOST_COMPARED => {
                of_enums(old, new)
            }
            _ => return None,
        };
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// Returns `true` for an open object and a map whose values have the type of all of its properties.
    pub(super) fn like_map(&self, old: &Type, new: &Type, relations: &mut Relations) -> bool {
        match (old, new) {
            (Type::Schema(name), Type::Map(values)) => open(self.old, name)
                .is_some_and(|object| types(object).all(|ty| self.relate(ty, values, relations) == Relation::Same)),
            (Type::Map(values), Type::Schema(name)) => open(self.new, name)
                .is_some_and(|object| types(object).all(|ty| self.relate(values, ty, relations) == Relation::Same)),
            _ => false,
        }
    }

    fn of_messages(&self, old: &Message, new: &Message) -> Vec<String> {
        let required = |field: &Field| field.behavior.contains(&Behavior::Required);
        let removed = old.fields.keys().filter(|name| !new.fields.contains_key(*name));
        let both = || old.fields.iter().filter_map(|(name, old)| Some((name, old, new.fields.get(name)?)));
        let differs = |old: &Field, new: &Field| {
            !matches!(self.relation(&old.ty, &new.ty), Relation::Same | Relation::Reference(..))
        };
        let retyped = both().filter(|(_, old, new)| differs(old, new)).map(|(name, ..)| name);
        let added = new.fields.iter().filter(|(name, field)| required(field) && !old.fields.contains_key(*name));
        let becomes = both().filter(|(_, old, new)| required(new) && !required(old)).map(|(name, ..)| name);
        let needed = added.map(|(name, _)| name).chain(becomes);
        [part("without", removed), part("other types of", retyped), part("requires", needed)]
            .into_iter()
            .flatten()
            .collect()
    }
}

/// Returns an object that takes properties beside those that it lists.
fn open<'a>(api: &'a Api, name: &str) -> Option<&'a Message> {
    match api.shape(name)? {
        Shape::Message(message) if !message.closed && !message.fields.is_empty() => Some(message),
        _ => None,
    }
}

fn types(object: &Message) -> impl Iterator<Item = &Type> {
    object.fields.values().map(|field| &field.ty).chain(&object.additional)
}

fn of_enums(old: &Enumeration, new: &Enumeration) -> Vec<String> {
    let names = |of: &Enumeration| of.values.iter().map(|value| value.name.clone()).collect::<BTreeSet<_>>();
    let (was, is) = (names(old), names(new));
    [part("without", was.difference(&is)), part("with", is.difference(&was))].into_iter().flatten().collect()
}

/// Returns names after words; `None` without a name.
fn part<'n>(words: &str, names: impl Iterator<Item = &'n String>) -> Option<String> {
    let names: Vec<&String> = names.collect();
    let more = match names.len().saturating_sub(MOST_NAMES) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    (!names.is_empty()).then(|| format!("{words} {}{more}", quoted(names.iter().take(MOST_NAMES), ", ")))
}
