//! Tables of a TOML document, found or created in sorted order.

use toml_edit::{DocumentMut, Item, Table};

/// Returns the table at a path. Missing tables are created before the first sibling that sorts after them, so that a
/// sorted file stays sorted. Returns `None` if a part of the path is an inline table or a value.
pub(super) fn at<'a>(document: &'a mut DocumentMut, path: &[&str]) -> Option<&'a mut Table> {
    let mut table = document.as_table_mut();
    for (depth, key) in path.iter().enumerate() {
        if !table.contains_key(key) {
            let mut new = Table::new();
            new.set_implicit(depth.saturating_add(1) < path.len());
            new.decor_mut().set_prefix("\n");
            insert(table, key, Item::Table(new));
        }
        table = table.get_mut(key)?.as_table_mut()?;
    }
    // A table without values of its own gets a header with its first value.
    if table.is_implicit() {
        table.set_implicit(false);
        table.decor_mut().set_prefix("\n");
    }
    Some(table)
}

fn insert(table: &mut Table, key: &str, item: Item) {
    let after: Vec<String> = table
        .iter()
        .skip_while(|(other, item)| !item.is_table() || rank(other) < rank(key))
        .map(|(other, _)| other.to_owned())
        .collect();
    let rest: Vec<_> = after.iter().filter_map(|key| table.remove_entry(key)).collect();
    table.insert(key, item);
    for (key, item) in rest {
        table.insert_formatted(&key, item);
    }
}

/// Returns the sort key of a table: known tables in the order of the overlay format, others by name.
fn rank(key: &str) -> (usize, &str) {
    let known = ["package", "title", "schemas", "methods", "add", "resource", "unions", "properties"];
    (known.iter().position(|other| *other == key).unwrap_or(known.len()), key)
}

/// Moves some keys of a table to the front; the others keep their order.
pub(super) fn order(table: &mut Table, first: &[&str]) {
    let place = |key: &str| first.iter().position(|other| *other == key).unwrap_or(first.len());
    table.sort_values_by(|a, _, b, _| place(a.get()).cmp(&place(b.get())));
}
