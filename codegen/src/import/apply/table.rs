//! Tables of a TOML document, found or created in sorted order.

use std::collections::{BTreeMap, HashSet};
use toml_edit::{DocumentMut, Item, Table};

/// The text of an overlay with its new tables, which are put in order once, when all of them are there: to move the
/// siblings for each of them would take quadratic time.
pub(super) struct Text {
    document: DocumentMut,
    /// Names of new tables, by the path of the table around them.
    created: BTreeMap<Vec<String>, Vec<String>>,
}

impl Text {
    pub(super) fn new(document: DocumentMut) -> Self {
        Self { document, created: BTreeMap::new() }
    }

    /// Returns the outermost table.
    pub(super) fn root(&mut self) -> &mut Table {
        self.document.as_table_mut()
    }

    /// Returns the table at a path, created if missing. Returns `None` if a part of the path is an inline table or a
    /// value.
    pub(super) fn at(&mut self, path: &[&str]) -> Option<&mut Table> {
        let mut table = self.document.as_table_mut();
        for (depth, key) in path.iter().enumerate() {
            if !table.contains_key(key) {
                let mut new = Table::new();
                new.set_implicit(depth.saturating_add(1) < path.len());
                new.decor_mut().set_prefix("\n");
                table.insert(key, Item::Table(new));
                let parent = path.iter().take(depth).map(|key| (*key).to_owned()).collect();
                self.created.entry(parent).or_default().push((*key).to_owned());
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

    /// Moves each new table before the first sibling that sorts after it, so that a sorted file stays sorted.
    pub(super) fn sorted(mut self) -> DocumentMut {
        for (parent, created) in self.created {
            let table = parent
                .iter()
                .try_fold(self.document.as_table_mut(), |table, key| table.get_mut(key.as_str())?.as_table_mut());
            if let Some(table) = table {
                sort(table, &created);
            }
        }
        self.document
    }
}

/// Moves new tables, each before the first sibling that sorts after it. The siblings keep their order.
fn sort(table: &mut Table, created: &[String]) {
    let keys: Vec<String> = table.iter().map(|(key, _)| key.to_owned()).collect();
    // From the back: nothing moves for what is removed there.
    let mut entries: Vec<_> = keys.iter().rev().filter_map(|key| table.remove_entry(key)).collect();
    entries.reverse();
    let created: HashSet<&str> = created.iter().map(String::as_str).collect();
    let (mut new, siblings): (Vec<_>, Vec<_>) = entries.into_iter().partition(|(key, _)| created.contains(key.get()));
    new.sort_by(|(a, _), (b, _)| rank(a.get()).cmp(&rank(b.get())));
    let mut new = new.into_iter().peekable();
    for (key, item) in siblings {
        while item.is_table()
            && let Some((before, created)) = new.next_if(|(before, _)| rank(before.get()) < rank(key.get()))
        {
            table.insert_formatted(&before, created);
        }
        table.insert_formatted(&key, item);
    }
    for (key, item) in new {
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

#[cfg(test)]
mod tests {
    use super::Text;

    #[test]
    fn new_tables_are_before_the_first_that_sorts_after_them() {
        let old = "[schemas.B]\na = 1\n\n[schemas.D]\na = 1\n\n[schemas.A]\na = 1\n\n[methods.m]\na = 1\n";
        let mut text = Text::new(old.parse().unwrap());
        for name in ["E", "C", "AA", "D", "A"] {
            text.at(&["schemas", name, "properties", "p"]).unwrap().insert("b", 2.into());
        }
        text.at(&["schemas", "D", "unions", "u"]).unwrap().insert("b", 2.into());
        let text = text.sorted().to_string();
        let tables: Vec<&str> = text.lines().filter(|line| line.starts_with('[')).collect();
        let wanted = [
            "[schemas.AA.properties.p]",
            "[schemas.B]",
            "[schemas.C.properties.p]",
            "[schemas.D]",
            "[schemas.D.unions.u]",
            "[schemas.D.properties.p]",
            "[schemas.A]",
            "[schemas.A.properties.p]",
            "[schemas.E.properties.p]",
            "[methods.m]",
        ];
        assert_eq!(tables, wanted);
    }

    #[test]
    fn tables_in_inline_tables_are_not_created() {
        let mut text = Text::new("schemas = { A = {} }\n".parse().unwrap());
        assert!(text.at(&["schemas", "A", "unions"]).is_none());
    }
}
