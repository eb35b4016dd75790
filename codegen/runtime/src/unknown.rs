//! JSON fields that no typed field holds.

use std::any::Any;
use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use serde_json::Value;

use crate::json::{Reader, equal};
use crate::slot::Slot;

/// JSON fields that no typed field of the message holds.
///
/// They are kept when decoding and written when encoding, so that one field fails no response, and encoding changes
/// nothing:
///
/// - keys that the API document does not describe;
/// - values that the field's type does not take, such as `"createTime": "yesterday"`: the typed field is unset, and
///   setting it replaces the kept value;
/// - the text of a value whose typed field would encode to another one, such as `2024-05-06T07:08:09` without a time
///   zone: written back as it was, as long as the typed field is not changed;
/// - `null`, and `[]` and `{}` of a list or map, that a response holds or a setter was given: a typed field that is unset
///   or empty is not sent otherwise, but for a list or map that the schema requires;
/// - the value of a union's member if a later key of the same object set another member.
///
/// A key is never written twice. Keys that the message knows can be set here, too: `null`, for APIs that clear a field
/// by it, or anything else that its type cannot express; it is sent while the typed field is unset.
///
/// Two of them are equal if they hold the same keys with equal JSON values, in any order.
#[derive(Clone, Default)]
pub struct UnknownFields(
    /// A message without unknown fields pays one pointer.
    Option<Box<Kept>>,
);

#[derive(Clone, Default)]
struct Kept {
    entries: Vec<Entry>,
    /// Discriminators that choices would write, and that the object did not have when it was decoded.
    absent: Vec<&'static str>,
}

#[derive(Clone)]
pub(crate) struct Entry {
    pub(crate) key: Cow<'static, str>,
    /// The value's JSON text.
    pub(crate) json: Cow<'static, str>,
    /// JSON text that the typed field of the same key encoded to when this value was decoded; empty if it was unset.
    pub(crate) typed: Box<str>,
    /// Depth of the objects and lists in the value; `u8::MAX` if it exceeds the limit.
    pub(crate) depth: u8,
}

impl UnknownFields {
    /// Returns `true` if there are no fields.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries().is_empty()
    }

    /// Returns the number of fields.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries().len()
    }

    /// Returns keys and values as JSON text, in the order of decoding.
    pub fn raw(&self) -> impl Iterator<Item = (&str, &str)> {
        self.entries().iter().map(|entry| (&*entry.key, &*entry.json))
    }

    /// Returns keys and values, in the order of decoding. A value with a number beyond the range of a double is given
    /// as a string with its JSON text.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Value)> {
        self.raw().map(|(key, json)| (key, value(json)))
    }

    /// Returns the value of a key, in the form of [`iter`](Self::iter).
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Value> {
        self.find(key).map(|entry| value(&entry.json))
    }

    /// Sets a key, replacing its value. `null` is sent as `null`, which clears the field in some APIs.
    pub fn set(&mut self, key: impl Into<String>, value: impl Into<Value>) {
        let (key, json) = (key.into(), value.into().to_string());
        let depth = Reader::new(&json).skip().unwrap_or(u8::MAX);
        match self.0.iter_mut().flat_map(|kept| kept.entries.iter_mut()).find(|entry| *entry.key == *key) {
            Some(entry) => (entry.json, entry.typed, entry.depth) = (json.into(), Box::default(), depth),
            None => self.push(key, &json, "", depth),
        }
    }

    /// Removes a key. Returns `true` if it was present.
    pub fn remove(&mut self, key: &str) -> bool {
        let before = self.len();
        if let Some(kept) = &mut self.0 {
            kept.entries.retain(|entry| *entry.key != *key);
            if kept.entries.is_empty() && kept.absent.is_empty() {
                self.0 = None;
            }
        }
        self.len() < before
    }

    /// Sets a key of the message to `null` or to an empty list or map, or removes it.
    pub(crate) fn set_if(&mut self, condition: bool, key: &'static str, json: &str) {
        self.remove(key);
        if condition {
            self.push(key, json, "", 1);
        }
    }

    /// Returns the unknown fields of a message, by its slots.
    pub(crate) fn of<'s>(slots: &[&'s dyn Slot]) -> Option<&'s Self> {
        let last: &dyn Any = *slots.last()?;
        last.downcast_ref()
    }

    /// Returns the unknown fields of a message, by its slots.
    pub(crate) fn of_mut<'s>(slots: &'s mut [&mut dyn Slot]) -> Option<&'s mut Self> {
        let last: &mut dyn Any = *slots.last_mut()?;
        last.downcast_mut()
    }

    /// Records that the object did not have a discriminator, so that it is written without it.
    pub(crate) fn add_absent(&mut self, discriminator: &'static str) {
        self.0.get_or_insert_default().absent.push(discriminator);
    }

    /// Returns `true` if the object did not have a discriminator when it was decoded.
    pub(crate) fn is_absent(&self, discriminator: &str) -> bool {
        self.0.as_ref().is_some_and(|kept| kept.absent.contains(&discriminator))
    }

    pub(crate) fn entries(&self) -> &[Entry] {
        self.0.as_deref().map_or(&[], |kept| &kept.entries)
    }

    pub(crate) fn find(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| *entry.key == *key)
    }

    /// Adds a key, without looking for another one of the same name.
    pub(crate) fn push(&mut self, key: impl Into<Cow<'static, str>>, json: &str, typed: &str, depth: u8) {
        // The most frequent texts are not copied.
        let json = ["null", "[]", "{}"]
            .into_iter()
            .find(|known| *known == json)
            .map_or_else(|| Cow::Owned(json.to_owned()), Cow::Borrowed);
        self.0.get_or_insert_default().entries.push(Entry { key: key.into(), json, typed: typed.into(), depth });
    }

    /// Keeps the last of those with the same name.
    pub(crate) fn last_wins(&mut self) {
        let Some(Kept { entries, .. }) = self.0.as_deref_mut() else { return };
        if entries.len() < 2 {
            return;
        }
        let mut seen = HashSet::new();
        let last: Vec<bool> = entries.iter().rev().map(|entry| seen.insert(&*entry.key)).collect();
        let mut last = last.into_iter().rev();
        entries.retain(|_| last.next().unwrap_or(true));
    }
}

fn value(json: &str) -> Value {
    Reader::new(json).any().unwrap_or_else(|_| Value::String(json.to_owned()))
}

fn sorted(entries: &[Entry]) -> Vec<&Entry> {
    let mut sorted: Vec<&Entry> = entries.iter().collect();
    sorted.sort_by(|one, other| one.key.cmp(&other.key));
    sorted
}

impl PartialEq for UnknownFields {
    fn eq(&self, other: &Self) -> bool {
        let (one, other) = (self.entries(), other.entries());
        let is_equal = |one: &Entry, other: &Entry| one.key == other.key && equal::texts(&one.json, &other.json);
        if one.len() != other.len() {
            return false;
        }
        if one.iter().zip(other).all(|(one, other)| one.key == other.key) {
            return one.iter().zip(other).all(|(one, other)| is_equal(one, other));
        }
        sorted(one).into_iter().zip(sorted(other)).all(|(one, other)| is_equal(one, other))
    }
}

/// Numbers are equal by their value, and there is no NaN in JSON.
impl Eq for UnknownFields {}

impl fmt::Debug for UnknownFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.raw().map(|(key, json)| (key, Json(json)))).finish()
    }
}

/// JSON text that is formatted unchanged.
struct Json<'a>(&'a str);

impl fmt::Debug for Json<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}
