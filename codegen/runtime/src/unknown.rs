//! Keys that the bindings do not know.

use std::collections::HashSet;
use std::fmt;

use serde_json::Value;

use crate::json::Reader;

/// The keys of a message that its struct has no field for, with their values.
///
/// They are kept as they were read, in order, and written back after the known fields.
#[derive(Clone, Default, PartialEq)]
pub struct UnknownFields(Option<Box<Entries>>);

#[derive(Clone, Default, PartialEq)]
struct Entries(Vec<(Box<str>, Box<str>)>);

impl UnknownFields {
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.as_ref().is_none_or(|entries| entries.0.is_empty())
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |entries| entries.0.len())
    }

    /// The keys and their values as JSON text, in order.
    pub fn raw(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().flat_map(|entries| &entries.0).map(|(key, json)| (&**key, &**json))
    }

    /// The keys and their values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Value)> {
        self.raw().map(|(key, json)| (key, value(json)))
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Value> {
        self.raw().find(|(name, _)| *name == key).map(|(_, json)| value(json))
    }

    /// Sets a key, `null` included: some APIs clear a value that is sent as `null`.
    pub fn set(&mut self, key: impl Into<String>, value: impl Into<Value>) {
        let key = key.into();
        let json = value.into().to_string().into();
        match self.0.iter_mut().flat_map(|entries| &mut entries.0).find(|(name, _)| **name == *key) {
            Some(entry) => entry.1 = json,
            None => self.push(&key, json),
        }
    }

    /// Removes a key; says whether it was there.
    pub fn remove(&mut self, key: &str) -> bool {
        let before = self.len();
        if let Some(entries) = &mut self.0 {
            entries.0.retain(|(name, _)| **name != *key);
            if entries.0.is_empty() {
                self.0 = None;
            }
        }
        self.len() < before
    }

    /// Adds a key, without looking for another one of the same name.
    pub(crate) fn push(&mut self, key: &str, json: Box<str>) {
        self.0.get_or_insert_default().0.push((key.into(), json));
    }

    /// Keeps the last of those with the same name.
    pub(crate) fn last_wins(&mut self) {
        let Some(entries) = &mut self.0 else { return };
        if entries.0.len() < 2 {
            return;
        }
        let mut seen = HashSet::new();
        let last: Vec<bool> = entries.0.iter().rev().map(|(key, _)| seen.insert(&**key)).collect();
        let mut last = last.into_iter().rev();
        entries.0.retain(|_| last.next().unwrap_or(true));
    }
}

fn value(json: &str) -> Value {
    Reader::new(json).any().unwrap_or_default()
}

impl fmt::Debug for UnknownFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.raw().map(|(key, json)| (key, Json(json)))).finish()
    }
}

/// JSON, shown as it is.
struct Json<'a>(&'a str);

impl fmt::Debug for Json<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}
