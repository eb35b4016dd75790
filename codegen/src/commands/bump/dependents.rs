//! Packages of the workspace that require another version of the crate than it has.

use super::version;
use crate::commands::config::Config;
use crate::commands::packages::{self, Manifest};
use crate::diagnostic::Diagnostic;
use crate::source::{Source, files};
use semver::{Version, VersionReq};
use std::path::Path;
use std::sync::Arc;
use toml_edit::{Item, TableLike};

/// Tables of dependencies.
const TABLES: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

/// Returns the requirements that the version of the crate does not meet, as tasks: Cargo refuses the workspace until they
/// are changed. `manifest` is the new manifest of the crate.
///
/// # Errors
/// An invalid manifest or version.
pub(crate) fn outdated(config: &Config, manifest: &Arc<Source>) -> Result<Vec<String>, Diagnostic> {
    let folder = &config.package.path;
    let current = match version::of(manifest)? {
        version::Stated::Own(own) => Some(own),
        version::Stated::Inherited => version::of_workspace(folder)?.map(|(_, version)| version),
        version::Stated::Missing => None,
    };
    let (Some(current), Ok(absolute)) = (current, std::path::absolute(folder)) else { return Ok(Vec::new()) };
    let Ok(krate) = absolute.canonicalize() else { return Ok(Vec::new()) };
    let root = absolute.ancestors().find_map(|folder| {
        packages::read(folder.to_owned()).filter(|manifest| manifest.document.contains_key("workspace"))
    });
    let Some(root) = root else { return Ok(Vec::new()) };
    let below = packages::below(&root.folder);
    let mut tasks = Vec::new();
    for Manifest { folder, document } in std::iter::once(root).chain(below) {
        let path = files::seen_from_here(folder.join("Cargo.toml"));
        for required in requirements(document.as_table(), &folder, &krate, &config.package.name) {
            if !matches(required, &current) {
                let (path, name) = (path.display(), &config.package.name);
                tasks.push(format!("`{path}` requires version {required} of `{name}`: change it to {current}"));
            }
        }
    }
    Ok(tasks)
}

/// Returns `true` if a version meets a requirement, or the requirement is invalid, which Cargo reports.
fn matches(required: &str, version: &Version) -> bool {
    VersionReq::parse(required).map_or(true, |required| required.matches(version))
}

/// Returns the versions of a crate that a manifest requires next to the path of its folder, which is canonical.
fn requirements<'a>(document: &'a dyn TableLike, folder: &Path, krate: &Path, name: &str) -> Vec<&'a str> {
    let targets = document.get("target").and_then(Item::as_table_like).into_iter().flat_map(|targets| targets.iter());
    let holders = targets.map(|(_, target)| target).chain(document.get("workspace")).filter_map(Item::as_table_like);
    let tables = std::iter::once(document).chain(holders).flat_map(|holder| TABLES.map(|table| holder.get(table)));
    let entries = tables.flatten().filter_map(Item::as_table_like).flat_map(|table| table.iter());
    let is_crate = |key: &str, entry: &dyn TableLike| {
        let path = entry.get("path").and_then(Item::as_str);
        entry.get("package").and_then(Item::as_str).unwrap_or(key) == name
            && path.is_some_and(|path| folder.join(path).canonicalize().is_ok_and(|path| path == krate))
    };
    let required = entries.filter_map(|(key, entry)| {
        let entry = entry.as_table_like()?;
        entry.get("version").and_then(Item::as_str).filter(|_| is_crate(key, entry))
    });
    required.collect()
}
