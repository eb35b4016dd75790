//! The workspace of a new crate.

use crate::commands::packages::{self, Manifest};
use crate::diagnostic::Diagnostic;
use crate::source::{Source, files};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use toml_edit::{Array, DocumentMut, Item, RawString, Table, Value, value};

/// Returns the manifest of the workspace that a new crate in a folder belongs to, with the crate as a member: as for
/// Cargo, the nearest manifest above with a workspace that does not exclude the crate, or else the one in the folder.
///
/// # Errors
/// An invalid manifest.
pub(super) fn with_member(folder: &Path, name: &str) -> Result<(PathBuf, String), Diagnostic> {
    let (root, member, others) = match existing(folder, name) {
        Some((root, member)) => (root, member, Vec::new()),
        None => (folder.join("Cargo.toml"), name.to_owned(), packages_below(folder)),
    };
    let old = if root.exists() { Some(files::read(&root)?) } else { None };
    let text = of_workspace(old.as_ref(), &member, &others)?;
    Ok((root, text))
}

/// Returns the manifest of an existing workspace that a new crate belongs to, and the path of the crate in it.
fn existing(folder: &Path, name: &str) -> Option<(PathBuf, String)> {
    let absolute = std::path::absolute(folder).ok()?;
    absolute.ancestors().enumerate().find_map(|(depth, above)| {
        let manifest = packages::read(above.to_owned())?;
        let member = relative(&absolute.join(name), above)?;
        let root = if depth == 0 { folder.to_owned() } else { files::seen_from_here(manifest.folder) };
        has_workspace_for(&manifest.document, &member).then_some((root.join("Cargo.toml"), member))
    })
}

/// Returns the path of a folder below another one, with slashes.
fn relative(path: &Path, above: &Path) -> Option<String> {
    let parts = path.strip_prefix(above).ok()?.components();
    Some(parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/"))
}

/// Returns the folders of the packages below a folder that have no workspace of their own, with slashes. A workspace
/// above them would make Cargo refuse them.
fn packages_below(folder: &Path) -> Vec<String> {
    let mut found: Vec<PathBuf> = Vec::new();
    for Manifest { folder, document } in packages::below(folder) {
        let is_alone = document.contains_key("package") && !document.contains_key("workspace");
        if is_alone && !found.iter().any(|outer| folder.starts_with(outer)) {
            found.push(folder);
        }
    }
    found.iter().filter_map(|package| relative(package, folder)).collect()
}

/// Returns the manifest of a workspace with one more member. A new workspace excludes the other packages below it, so
/// that they stay as they are.
///
/// # Errors
/// An invalid manifest.
fn of_workspace(old: Option<&Arc<Source>>, member: &str, others: &[String]) -> Result<String, Diagnostic> {
    let invalid = |reason: &str| {
        let error = Diagnostic::error(format!("cannot add a member to the workspace: {reason}"));
        match old {
            Some(old) => error.in_source(old),
            None => error,
        }
    };
    let mut document: DocumentMut = match old {
        Some(old) => old.text.parse().map_err(|error: toml_edit::TomlError| {
            let fault = invalid(error.message().trim_end());
            match error.span() {
                Some(span) => fault.at_span(old, span),
                None => fault,
            }
        })?,
        None => DocumentMut::new(),
    };
    let is_new = !document.contains_key("workspace");
    let workspace = document.entry("workspace").or_insert(Item::Table(Table::new()));
    let workspace = workspace.as_table_mut().ok_or_else(|| invalid("`workspace` is not a table"))?;
    if is_new {
        workspace.insert("resolver", value("3"));
    }
    let members = workspace.entry("members").or_insert(value(Array::new()));
    let members = members.as_array_mut().ok_or_else(|| invalid("`members` is not a list"))?;
    if !members.iter().any(|pattern| pattern.as_str().is_some_and(|pattern| holds(pattern, member))) {
        add(members, member);
    }
    if is_new && !others.is_empty() {
        workspace.insert("exclude", value(others.iter().collect::<Array>()));
    }
    Ok(document.to_string())
}

/// Adds a member to a list: on a line of its own, if the last one is, so that comments stay beside their members.
fn add(members: &mut Array, member: &str) {
    let indent = members.iter().last().and_then(|last| last.decor().prefix()?.as_str()?.rsplit_once('\n'));
    let Some((_, indent)) = indent else { return members.push(member) };
    let indent = indent.to_owned();
    let comma = members.trailing_comma();
    let last = members.len().saturating_sub(1);
    let after = match members.get_mut(last) {
        // The comment is after the last member itself.
        Some(last) if !comma => {
            let suffix = last.decor().suffix().and_then(RawString::as_str).unwrap_or_default().trim_end().to_owned();
            last.decor_mut().set_suffix("");
            suffix
        }
        _ => members.trailing().as_str().unwrap_or_default().trim_end().to_owned(),
    };
    members.push_formatted(Value::from(member).decorated(format!("{after}\n{indent}"), ""));
    members.set_trailing_comma(comma);
    members.set_trailing("\n");
}

/// Returns `true` for a manifest with a workspace that does not exclude a crate, by its path.
fn has_workspace_for(document: &DocumentMut, member: &str) -> bool {
    let excluded = document.get("workspace").and_then(|workspace| workspace.get("exclude")).and_then(Item::as_array);
    let mut excluded = excluded.into_iter().flatten().filter_map(|path| path.as_str());
    let is_below = |path: &str| {
        member.strip_prefix(path.trim_end_matches('/')).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    document.contains_key("workspace") && !excluded.any(is_below)
}

/// Returns `true` if an entry of `members` is a crate, or a pattern of its folder.
fn holds(pattern: &str, member: &str) -> bool {
    let (folder, _) = member.rsplit_once('/').map_or(("", member), |(folder, name)| (folder, name));
    pattern == member || pattern.strip_suffix('*').is_some_and(|parent| parent.trim_end_matches('/') == folder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn of_workspace(old: Option<&Arc<Source>>, member: &str) -> Result<String, Diagnostic> {
        super::of_workspace(old, member, &[])
    }

    #[test]
    fn packages_below_a_new_workspace_stay_as_they_are() {
        let root = tempfile::tempdir().unwrap();
        let package = "[package]\nname = \"x\"\n";
        for (folder, text) in [
            ("app", package),
            ("app/inner", package),
            ("tools/fuzz", "[package]\nname = \"fuzz\"\n\n[workspace]\n"),
            ("tools/lint", package),
            ("target/package/x", package),
            (".hidden", package),
        ] {
            fs::create_dir_all(root.path().join(folder)).unwrap();
            fs::write(root.path().join(folder).join("Cargo.toml"), text).unwrap();
        }
        let (path, text) = with_member(root.path(), "new").unwrap();
        assert_eq!(path, root.path().join("Cargo.toml"));
        let excluded = "exclude = [\"app\", \"tools/lint\"]\n";
        assert_eq!(text, format!("[workspace]\nresolver = \"3\"\nmembers = [\"new\"]\n{excluded}"));
        fs::write(&path, "[workspace]\nmembers = [\"app\"]\n").unwrap();
        assert_eq!(with_member(root.path(), "new").unwrap().1, "[workspace]\nmembers = [\"app\", \"new\"]\n");
    }

    #[test]
    fn a_member_is_added_once() {
        let new = of_workspace(None, "x").unwrap();
        assert_eq!(new, "[workspace]\nresolver = \"3\"\nmembers = [\"x\"]\n");
        assert_eq!(of_workspace(Some(&Arc::new(Source::new("Cargo.toml", new.as_str()))), "x").unwrap(), new);
        let package = "[package]\nname = \"app\" # mine\n\n[dependencies]\n";
        let both = of_workspace(Some(&Arc::new(Source::new("Cargo.toml", package))), "x").unwrap();
        assert!(both.starts_with(package) && both.ends_with("members = [\"x\"]\n"), "{both}");
        let globs = "[workspace]\nmembers = [\"crates/*\"]\n";
        let of = |member| of_workspace(Some(&Arc::new(Source::new("Cargo.toml", globs))), member).unwrap();
        assert_eq!(of("crates/x"), globs);
        assert!(of("x").contains("[\"crates/*\", \"x\"]"));
        let broken = Arc::new(Source::new("Cargo.toml", "[workspace]\nmembers"));
        assert_eq!(of_workspace(Some(&broken), "x").unwrap_err().position(), Some((2, 8)));
    }

    #[test]
    fn members_on_lines_of_their_own_keep_their_comments() {
        for (old, new) in [
            ("[\n  \"a\", # mine\n]", "[\n  \"a\", # mine\n  \"x\",\n]"),
            ("[\n  # mine\n  \"a\",\n]", "[\n  # mine\n  \"a\",\n  \"x\",\n]"),
            ("[\n  \"a\"\n]", "[\n  \"a\",\n  \"x\"\n]"),
            ("[\"a\"]", "[\"a\", \"x\"]"),
        ] {
            let source = Arc::new(Source::new("Cargo.toml", format!("[workspace]\nmembers = {old}\n")));
            assert_eq!(of_workspace(Some(&source), "x").unwrap(), format!("[workspace]\nmembers = {new}\n"));
        }
    }

    #[test]
    fn a_workspace_excludes_folders() {
        let has_workspace = |manifest: &str, member| has_workspace_for(&manifest.parse().unwrap(), member);
        assert!(has_workspace("[workspace]\nexclude = [\"a\"]\n", "ab/x"));
        assert!(!has_workspace("[workspace]\nexclude = [\"a\"]\n", "a/x"));
        assert!(!has_workspace("[package]\nname = \"x\"\n", "x"));
    }
}
