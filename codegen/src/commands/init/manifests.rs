//! Texts of `codegen.toml` and of the manifest of a new crate.

use crate::diagnostic::Diagnostic;
use crate::rust::package;
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
    let pruned = if entries.iter().any(|entry| entry.include.is_empty()) {
        "# The documents have only the methods that their `x-include` lists; `update` fetches further ones.\n"
    } else {
        ""
    };
    format!(
        "# The APIs of this crate: `discovery-codegen generate` writes it, `update` keeps it current.\n{pruned}\n{document}"
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
