//! What setters of lists and maps call.

use std::collections::BTreeMap;

/// A list of anything that becomes its items.
pub fn list<T, I: Into<T>>(items: impl IntoIterator<Item = I>) -> Vec<T> {
    items.into_iter().map(Into::into).collect()
}

/// A map of anything that becomes its entries.
pub fn map<T, K: Into<String>, V: Into<T>>(entries: impl IntoIterator<Item = (K, V)>) -> BTreeMap<String, T> {
    entries.into_iter().map(|(key, value)| (key.into(), value.into())).collect()
}
