//! Functions that setters of lists and maps call.

use std::collections::BTreeMap;

/// Collects items into a list, each converted to the item type.
#[inline]
pub fn list<T, I: Into<T>>(items: impl IntoIterator<Item = I>) -> Vec<T> {
    items.into_iter().map(Into::into).collect()
}

/// Collects entries into a map, keys and values converted to the map's types.
#[inline]
pub fn map<T, K: Into<String>, V: Into<T>>(entries: impl IntoIterator<Item = (K, V)>) -> BTreeMap<String, T> {
    entries.into_iter().map(|(key, value)| (key.into(), value.into())).collect()
}
