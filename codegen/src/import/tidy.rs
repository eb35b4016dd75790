//! Removal of targets that a document does not have from the text of its overlay.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Api;
use crate::parser::overlay::{self, Overlay};
use crate::passes::overlay::{Absent, absent};
use crate::source::Source;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use toml_edit::{Array, Decor, DocumentMut, InlineTable, Item, RawString, Table, TableLike, Value};

/// The result of tidying an overlay.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tidied {
    /// New text of the overlay.
    pub text: String,
    /// Removed entries, with reasons.
    pub removed: Vec<String>,
}

/// Removes the targets of an overlay that a document does not have. All other entries, comments and their order stay.
///
/// # Errors
/// Everything else in the overlay that does not fit the document.
pub fn tidy(api: &Api, source: &Arc<Source>) -> Result<Tidied, Diagnostics> {
    let mut text = source.text.clone();
    let mut removed = Vec::new();
    // A method that is removed may be the target of other entries, which are removed in the next round.
    loop {
        let current = Arc::new(Source::new(source.name.clone(), text.as_str()));
        let overlay = overlay::read(&current)?;
        let mut absent: BTreeSet<Absent> = absent(api.clone(), &overlay)?.into_iter().collect();
        if absent.is_empty() {
            return Ok(Tidied { text, removed });
        }
        absent.extend(dependents(&overlay, &absent));
        // The overlay was parsed as TOML above.
        let mut document: DocumentMut = text.parse().unwrap_or_default();
        let before = prefixes(document.as_table_mut());
        // Deep entries are listed first, and later items of a list before earlier ones.
        let mut paths: Vec<(Vec<String>, &Absent)> =
            absent.iter().map(|target| (entry(&target.path), target)).collect();
        paths.sort_by_key(|(path, _)| {
            std::cmp::Reverse((path.len(), path.last().and_then(|key| key.parse::<usize>().ok())))
        });
        let mut removal = Removal::default();
        paths.iter().for_each(|(path, _)| removal.add(path));
        remove(Part::Table(document.as_table_mut()), &mut removal);
        let done = paths.iter().filter(|(path, _)| removal.is_done(path));
        removed.extend(done.map(|(path, target)| format!("{}: {}", path.join("."), target.message)));
        keep_comments(&before, &mut document);
        let next = document.to_string();
        if next == text {
            let help = "remove them from the overlay by hand";
            let error = Diagnostic::error("targets that the document does not have cannot be removed from the overlay");
            return Err(error.in_source(&current).help(help).into());
        }
        text = if text.starts_with('\n') { next } else { next.trim_start_matches('\n').to_owned() };
    }
}

/// Returns the added schemas and methods that refer to added schemas without their targets, directly or through others.
fn dependents(overlay: &Overlay, absent: &BTreeSet<Absent>) -> Vec<Absent> {
    let mut users: HashMap<String, Vec<(&str, &str)>> = HashMap::new();
    for (kind, name, references) in overlay.add.references_by_item() {
        references.into_iter().for_each(|reference| users.entry(reference).or_default().push((kind, name)));
    }
    let added = |target: &Absent| match target.path.as_slice() {
        [add, kind, name] if add == "add" && kind == "schemas" => Some(name.clone()),
        _ => None,
    };
    let mut open: Vec<String> = absent.iter().filter_map(added).collect();
    let mut found = Vec::new();
    while let Some(missing) = open.pop() {
        for (kind, name) in users.remove(&missing).into_iter().flatten() {
            let path = ["add", kind, name].map(str::to_owned).to_vec();
            let message = format!("unknown schema `{missing}`, which the added `{name}` refers to");
            let target = Absent { path, message };
            open.extend(added(&target));
            found.push(target);
        }
    }
    found
}

/// Returns the path of the smallest entry that can be removed: an operation or a job without one of its parts is
/// invalid, unless the part is one of several states.
fn entry(path: &[String]) -> Vec<String> {
    match path {
        [methods, name, kind, part, ..] if methods == "methods" => match (kind.as_str(), part.as_str()) {
            ("operation", _) | ("job", "get" | "state") => vec![methods.clone(), name.clone(), kind.clone()],
            _ => path.to_vec(),
        },
        _ => path.to_vec(),
    }
}

/// Entries to remove, as a tree of the keys that lead to them.
#[derive(Default)]
struct Removal {
    /// True for an entry to remove as a whole.
    is_whole: bool,
    /// True after it was removed.
    is_done: bool,
    parts: BTreeMap<String, Removal>,
}

impl Removal {
    fn add(&mut self, path: &[String]) {
        match path.split_first() {
            Some((key, rest)) => self.parts.entry(key.clone()).or_default().add(rest),
            None => self.is_whole = true,
        }
    }

    fn is_done(&self, path: &[String]) -> bool {
        match path.split_first() {
            Some((key, rest)) => self.parts.get(key).is_some_and(|part| part.is_done(rest)),
            None => self.is_done,
        }
    }
}

/// Returns the texts before the headers of all tables, by position.
fn prefixes(table: &mut Table) -> BTreeMap<isize, String> {
    let mut found = BTreeMap::new();
    each_table(table, &mut |position, decor| {
        found.insert(position, text_of(decor.prefix()).to_owned());
    });
    found
}

fn each_table(table: &mut Table, visit: &mut dyn FnMut(isize, &mut Decor)) {
    if let Some(position) = table.position().filter(|_| !table.is_implicit()) {
        visit(position, table.decor_mut());
    }
    for (_, item) in table.iter_mut() {
        if let Some(inner) = item.as_table_mut() {
            each_table(inner, visit);
        }
    }
}

/// Moves comments that a blank line separates from a removed table, such as the one at the head of the file, before the
/// next table: they are not about the removed table alone.
fn keep_comments(before: &BTreeMap<isize, String>, document: &mut DocumentMut) {
    let left = prefixes(document.as_table_mut());
    let mut kept: BTreeMap<isize, String> = BTreeMap::new();
    let mut at_end = String::new();
    for (position, prefix) in before.iter().filter(|(position, _)| !left.contains_key(position)) {
        let comments = prefix.rfind("\n\n").and_then(|at| prefix.get(..at.saturating_add(2))).unwrap_or_default();
        if comments.contains('#') {
            match left.range(position..).next() {
                Some((next, _)) => kept.entry(*next).or_default().push_str(comments),
                None => at_end.push_str(comments),
            }
        }
    }
    each_table(document.as_table_mut(), &mut |position, decor| {
        if let Some(comments) = kept.get(&position) {
            let own = text_of(decor.prefix());
            decor.set_prefix(format!("{comments}{}", own.trim_start_matches('\n')));
        }
    });
    if !at_end.is_empty() {
        let own = text_of(Some(document.trailing())).to_owned();
        document.set_trailing(format!("{}\n{own}", at_end.trim_end_matches('\n')));
    }
}

/// A part of a TOML document.
enum Part<'a> {
    Table(&'a mut Table),
    Inline(&'a mut InlineTable),
    List(&'a mut Array),
}

impl<'a> Part<'a> {
    fn of_item(item: &'a mut Item) -> Option<Self> {
        match item {
            Item::Table(table) => Some(Part::Table(table)),
            Item::Value(value) => Self::of_value(value),
            Item::None | Item::ArrayOfTables(_) => None,
        }
    }

    fn of_value(value: &'a mut Value) -> Option<Self> {
        match value {
            Value::InlineTable(table) => Some(Part::Inline(table)),
            Value::Array(list) => Some(Part::List(list)),
            _ => None,
        }
    }

    fn is_empty(&self) -> bool {
        match self {
            Part::Table(table) => table.is_empty(),
            Part::Inline(table) => table.is_empty(),
            Part::List(list) => list.is_empty(),
        }
    }
}

/// Removes entries, and the tables and lists above them that become empty. Returns `true` if there were any.
///
/// The entries of a table are removed together: each alone takes time that is linear in the table.
fn remove(part: Part<'_>, removal: &mut Removal) -> bool {
    match part {
        Part::Table(table) => {
            let removed = remove_within(table, removal);
            table.retain(|key, _| !removed.keys.contains(key));
            removed.any
        }
        Part::Inline(table) => {
            let end = table.iter().last().map(|(_, value)| value.decor().clone());
            let removed = remove_within(table, removal);
            table.retain(|key, _| !removed.keys.contains(key));
            // The value that is last now takes the space before the brace over.
            if let (Some((_, last)), Some(end)) = (table.iter_mut().last().filter(|_| !removed.keys.is_empty()), end) {
                last.decor_mut().set_suffix(end.suffix().cloned().unwrap_or_default());
            }
            removed.any
        }
        Part::List(list) => {
            let mut indices: Vec<(usize, &mut Removal)> =
                removal.parts.iter_mut().filter_map(|(key, part)| Some((key.parse().ok()?, part))).collect();
            indices.sort_by_key(|(index, _)| std::cmp::Reverse(*index));
            let mut any = false;
            for (index, inner) in indices {
                let Some(part) = list.get_mut(index) else { continue };
                any |= Part::of_value(part).is_some_and(|part| remove(part, inner)) | inner.is_whole;
                if inner.is_whole {
                    inner.is_done = true;
                    let removed = list.remove(index);
                    let before = text_of(removed.decor().prefix());
                    match list.get_mut(index) {
                        Some(next) => {
                            let space = space(before, text_of(next.decor().prefix()), index == 0);
                            next.decor_mut().set_prefix(space);
                        }
                        None => list.set_trailing(space(before, text_of(Some(list.trailing())), false)),
                    }
                }
            }
            any
        }
    }
}

/// Entries of a table that are to be removed.
#[derive(Default)]
struct Removed {
    keys: BTreeSet<String>,
    /// True if anything within the table is removed.
    any: bool,
}

/// Removes entries within those of a table.
fn remove_within(table: &mut dyn TableLike, removal: &mut Removal) -> Removed {
    let mut removed = Removed::default();
    for (key, inner) in &mut removal.parts {
        let Some(item) = table.get_mut(key) else { continue };
        let has_changed = Part::of_item(item).is_some_and(|part| remove(part, inner));
        // A union without members, and a property without notes, are nothing.
        let is_empty = Part::of_item(item).is_some_and(|part| part.is_empty());
        if inner.is_whole || has_changed && (is_empty || is_void(item, inner)) {
            removed.keys.insert(key.clone());
        }
        inner.is_done = inner.is_whole;
        removed.any |= inner.is_whole || has_changed;
    }
    removed
}

/// Returns the space where an item of a list was, from the texts before and after it. A comment in the line of the item
/// before stays; one in the line of the item, or above it, goes with it.
fn space(before: &str, after: &str, is_first: bool) -> String {
    let line = before.split('\n').next().filter(|line| line.contains('#'));
    match after.find('\n').and_then(|at| after.get(at..)) {
        Some(rest) => format!("{}{rest}", line.unwrap_or_default()),
        None if is_first || line.is_some() => before.to_owned(),
        None => after.to_owned(),
    }
}

fn text_of(text: Option<&RawString>) -> &str {
    text.and_then(RawString::as_str).unwrap_or_default()
}

/// Returns `true` for a union whose last member was removed.
fn is_void(item: &Item, removal: &Removal) -> bool {
    removal.parts.contains_key("members") && item.as_table_like().is_some_and(|union| !union.contains_key("members"))
}

#[cfg(test)]
mod tests {
    use super::tidy;
    use crate::parser;
    use crate::source::Source;
    use std::sync::Arc;

    const DOCUMENT: &str = r##"{"name": "zoo", "version": "v1", "rootUrl": "https://zoo.example.com/", "schemas": {
        "Animal": {"id": "Animal", "type": "object", "properties": {"cat": {"type": "string"}, "name": {"type": "string"},
            "dog": {"type": "string"}, "size": {"type": "string", "enum": ["BIG"]}, "text": {"type": "string"}}}},
        "resources": {"animals": {"methods": {"get": {"id": "zoo.animals.get", "httpMethod": "GET", "path": "v1/a",
            "response": {"$ref": "Animal"}}}}}}"##;

    const OVERLAY: &str = r#"# Facts about the zoo.
package = "zoo.v1"

[schemas.Animal]
doc = "An animal."

[schemas.Animal.unions.kind]
members = ["bird", "cat", "fish", "dog"]
not_members = ["name", "label"]
source = { kind = "manual", ref = "a" }

[schemas.Animal.unions.past]
members = ["dodo"]
source = { kind = "manual", ref = "a" }

# A wing.
[schemas.Animal.properties.wing]
doc = "A wing."

[schemas.Animal.properties.size]
doc = "Size." # stays
values = { BIG = "Big.", SMALL = "Small." }

[schemas.Animal.properties.text]
values = { A = "a" }

[schemas.Plant.properties.leaf]
doc = "A leaf."

[methods."animals.get"]
operation = { response = "Plant", source = { kind = "manual", ref = "a" } }
parameters.filter.doc = "A filter."

[methods."animals.feed"]
doc = "Feeds."
job = { get = "animals.get", state = "state", succeeded = ["OK"], failed = [] }

[methods."animals.pet"]
doc = "Pets."

[add.methods."animals.get"]
httpMethod = "GET"
path = "v1/a"
source = { kind = "manual", ref = "a" }

[add.methods."animals.pet"]
httpMethod = "GET"
path = "v1/b"
response = { "$ref" = "Plant" }
source = { kind = "manual", ref = "a" }
"#;

    #[test]
    fn a_chain_of_additions_is_removed_in_linear_time() {
        let api = parser::read(&Arc::new(Source::new("zoo.json", DOCUMENT))).unwrap();
        let one = |i: usize| {
            let source = "source = { kind = \"manual\", ref = \"a\" }";
            format!(
                "[add.schemas.T{i}]\ntype = \"object\"\n{source}\nproperties = {{ a = {{ \"$ref\" = \"T{}\" }} }}\n",
                i + 1
            )
        };
        let overlay: String = (0..2_000).map(one).collect();
        let began = std::time::Instant::now();
        let tidied = tidy(&api, &Arc::new(Source::new("zoo.overlay.toml", overlay))).unwrap();
        assert_eq!((tidied.text.trim(), tidied.removed.len()), ("", 2_000));
        assert!(began.elapsed() < std::time::Duration::from_secs(30), "{:?}", began.elapsed());
    }

    #[test]
    fn missing_targets_are_removed_and_others_are_kept() {
        let api = parser::read(&Arc::new(Source::new("zoo.json", DOCUMENT))).unwrap();
        let overlay = Arc::new(Source::new("zoo.overlay.toml", OVERLAY));
        let tidied = tidy(&api, &overlay).unwrap();
        assert_eq!(
            tidied.text,
            r#"# Facts about the zoo.
package = "zoo.v1"

[schemas.Animal]
doc = "An animal."

[schemas.Animal.unions.kind]
members = ["cat", "dog"]
not_members = ["name"]
source = { kind = "manual", ref = "a" }

[schemas.Animal.properties.size]
doc = "Size." # stays
values = { BIG = "Big." }
"#
        );
        assert!(tidied.removed.iter().any(|line| line.contains("`bird`")), "{:#?}", tidied.removed);
        let again = tidy(&api, &Arc::new(Source::new("zoo.overlay.toml", tidied.text.as_str()))).unwrap();
        assert_eq!((again.text, again.removed.len()), (tidied.text, 0));
    }

    #[test]
    fn the_comment_in_the_line_of_an_item_goes_with_it() {
        let api = parser::read(&Arc::new(Source::new("zoo.json", DOCUMENT))).unwrap();
        let overlay = |members: &str| {
            let source = "source = { kind = \"manual\", ref = \"a\" }";
            format!("[schemas.Animal.unions.kind]\nmembers = [\n{members}]\n{source}\n")
        };
        for (members, rest) in [
            ("  \"cat\", # tame\n  \"dog\",\n  \"bird\", # flies\n", "  \"cat\", # tame\n  \"dog\",\n"),
            (
                "  \"cat\", # tame\n  \"bird\", # flies\n  # Also tame.\n  \"dog\", # barks\n",
                "  \"cat\", # tame\n  # Also tame.\n  \"dog\", # barks\n",
            ),
            ("  \"bird\", # flies\n  \"cat\", # tame\n", "  \"cat\", # tame\n"),
        ] {
            let source = Arc::new(Source::new("zoo.overlay.toml", overlay(members)));
            assert_eq!(tidy(&api, &source).unwrap().text, overlay(rest));
        }
    }

    #[test]
    fn comments_apart_from_a_removed_table_stay() {
        let api = parser::read(&Arc::new(Source::new("zoo.json", DOCUMENT))).unwrap();
        let tidied = |text: &str| tidy(&api, &Arc::new(Source::new("zoo.overlay.toml", text))).unwrap().text;
        let (removed, stays) =
            ("[schemas.Animal.properties.wing]\ndoc = \"A wing.\"\n", "[schemas.Animal]\ndoc = \"An animal.\"\n");
        for (text, rest) in [
            (
                format!("# Head.\n\n# About wings.\n{removed}\n# About animals.\n{stays}"),
                format!("# Head.\n\n# About animals.\n{stays}"),
            ),
            (format!("# About wings.\n{removed}\n{stays}"), stays.to_owned()),
            (format!("{stays}\n# Parts.\n\n# Wings.\n{removed}"), format!("{stays}\n# Parts.\n")),
            (format!("# Head.\n\n{removed}"), "# Head.\n".to_owned()),
        ] {
            assert_eq!(tidied(&text), rest);
            assert_eq!(tidied(&rest), rest);
        }
    }
}
