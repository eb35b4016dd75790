//! Functions that setters of lists and maps call.

use std::collections::BTreeMap;

use crate::unknown::UnknownFields;

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

/// Implements the setter of a list: [`list`], and an empty one is sent as `[]`.
#[inline]
pub fn list_field<T, I: Into<T>>(
    unknown_fields: &mut UnknownFields,
    key: &'static str,
    items: impl IntoIterator<Item = I>,
) -> Vec<T> {
    let list = list(items);
    unknown_fields.set_if(list.is_empty(), key, "[]");
    list
}

/// Implements the setter of a map: [`map`], and an empty one is sent as `{}`.
#[inline]
pub fn map_field<T, K: Into<String>, V: Into<T>>(
    unknown_fields: &mut UnknownFields,
    key: &'static str,
    entries: impl IntoIterator<Item = (K, V)>,
) -> BTreeMap<String, T> {
    let map = map(entries);
    unknown_fields.set_if(map.is_empty(), key, "{}");
    map
}

/// Implements the setter of `null`: unsets the typed field, whose key is sent as `null`.
#[inline]
pub fn null_field<T: Default>(unknown_fields: &mut UnknownFields, key: &'static str) -> T {
    unknown_fields.set_if(true, key, "null");
    T::default()
}
