//! Texts of `codegen.toml` and of the manifests of a new crate and its workspace.

use crate::diagnostic::Diagnostic;
use crate::rust::package;
use crate::source::Source;
use std::sync::Arc;
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, value};

/// An API of a new configuration.
pub(super) struct Entry {
    /// Path of the document, relative to the configuration.
    pub(super) spec: String,
    /// Text of the document.
    pub(super) text: String,
    /// URL of the document, if Google's directory does not have it.
    pub(super) url: Option<String>,
    /// Patterns of the methods to generate; empty for all.
    pub(super) include: Vec<String>,
}

/// Returns the text of `codegen.toml`.
pub(super) fn configuration(name: &str, entries: &[Entry]) -> String {
    let mut document = DocumentMut::new();
    let path = format!("../{name}");
    document.insert("crate", Item::Table(Table::from_iter([("name", name), ("path", path.as_str())])));
    let mut apis = ArrayOfTables::new();
    for Entry { spec, url, include, .. } in entries {
        let mut api = Table::from_iter([("spec", spec.as_str())]);
        if let Some(url) = url {
            api.insert("url", value(url));
        }
        if !include.is_empty() {
            api.insert("include", value(include.iter().collect::<Array>()));
        }
        apis.push(api);
    }
    document.insert("api", Item::ArrayOfTables(apis));
    format!(
        "# The APIs of this crate: `discovery-codegen generate` writes it, `update` keeps it current.\n\n{document}"
    )
}

/// Returns the manifest of a new crate, to which the features are added by its generation.
pub(super) fn of_crate(name: &str, title: &str, runtime_path: Option<&str>) -> Result<String, Diagnostic> {
    let mut package = Table::from_iter([
        ("name", name),
        ("version", "0.1.0"),
        ("edition", "2024"),
        ("description", &format!("Rust bindings for {title}")),
    ]);
    package.insert("exclude", value(Array::from_iter(["/reviews"])));
    let mut document = DocumentMut::new();
    document.insert("package", Item::Table(package));
    package::with_requirements(&document.to_string(), &[], runtime_path)
        .map_err(|error| Diagnostic::error(format!("cannot write the manifest: {error}")))
}

/// Returns the manifest of a workspace with one more member.
///
/// # Errors
/// An invalid manifest.
pub(super) fn of_workspace(old: Option<&Arc<Source>>, member: &str) -> Result<String, Diagnostic> {
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
        members.push(member);
    }
    Ok(document.to_string())
}

/// Returns `true` for a manifest with a workspace that does not exclude a crate, by its path.
pub(super) fn has_workspace_for(manifest: &str, member: &str) -> bool {
    let Ok(document) = manifest.parse::<DocumentMut>() else {
        return false;
    };
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
    use super::{has_workspace_for, of_workspace};
    use crate::source::Source;
    use std::sync::Arc;

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
    fn a_workspace_excludes_folders() {
        assert!(has_workspace_for("[workspace]\nexclude = [\"a\"]\n", "ab/x"));
        assert!(!has_workspace_for("[workspace]\nexclude = [\"a\"]\n", "a/x"));
        assert!(!has_workspace_for("[package]\nname = \"x\"\n", "x"));
    }
}
