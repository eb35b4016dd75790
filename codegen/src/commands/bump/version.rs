//! Versions by Cargo's rules, in manifests and lock files.

use crate::diagnostic::Diagnostic;
use crate::diff::Bump;
use crate::rust::package::set_text;
use crate::source::{Source, files, toml as toml_source};
use ::toml::{Spanned, Value};
use semver::{BuildMetadata, Prerelease, Version};
use serde::Deserialize;
use std::path::Path;
use std::sync::Arc;
use toml_edit::{DocumentMut, Item};

/// Returns the next version for changes: the leftmost part that is not zero is the major one.
pub(crate) fn bumped(old: &Version, bump: Bump) -> Version {
    // Cargo takes no pre-release for another: each is a new version, whatever changed.
    if !old.pre.is_empty() {
        return Version { pre: next(&old.pre), build: BuildMetadata::EMPTY, ..old.clone() };
    }
    let up = |part: u64| part.saturating_add(1);
    match (old.major, old.minor, bump) {
        (0, 0, _) => Version::new(0, 0, up(old.patch)),
        (0, minor, Bump::Major) => Version::new(0, up(minor), 0),
        (0, minor, _) => Version::new(0, minor, up(old.patch)),
        (major, _, Bump::Major) => Version::new(up(major), 0, 0),
        (major, minor, Bump::Minor) => Version::new(major, up(minor), 0),
        (major, minor, Bump::Patch) => Version::new(major, minor, up(old.patch)),
    }
}

/// Returns the next pre-release: its last part, if it is a number, plus one; otherwise with a first number.
fn next(pre: &Prerelease) -> Prerelease {
    let text = pre.as_str();
    let counted = text.rsplit_once('.').and_then(|(stem, last)| Some((stem, last.parse::<u64>().ok()?)));
    let next = match (counted, text.parse::<u64>()) {
        (Some((stem, last)), _) => format!("{stem}.{}", last.saturating_add(1)),
        (None, Ok(number)) => number.saturating_add(1).to_string(),
        (None, Err(_)) => format!("{text}.1"),
    };
    Prerelease::new(&next).unwrap_or_else(|_| pre.clone())
}

/// Version of a manifest.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Stated {
    /// Version that the manifest states.
    Own(Version),
    /// Version of the workspace.
    Inherited,
    /// The manifest states none.
    Missing,
}

/// Returns the version of a manifest.
///
/// # Errors
/// An invalid manifest or version.
pub(crate) fn of(manifest: &Arc<Source>) -> Result<Stated, Diagnostic> {
    match placed(manifest)?.package.and_then(|package| package.version) {
        None => Ok(Stated::Missing),
        Some(version) if version.get_ref().as_table().is_some_and(|table| table.contains_key("workspace")) => {
            Ok(Stated::Inherited)
        }
        Some(version) => parse(&version, manifest).map(Stated::Own),
    }
}

/// Parts of a manifest, with their places.
#[derive(Deserialize)]
struct Placed {
    package: Option<PlacedPackage>,
    workspace: Option<PlacedWorkspace>,
}

#[derive(Deserialize)]
struct PlacedPackage {
    version: Option<Spanned<Value>>,
}

#[derive(Deserialize)]
struct PlacedWorkspace {
    package: Option<PlacedPackage>,
}

fn placed(manifest: &Arc<Source>) -> Result<Placed, Diagnostic> {
    toml_source::parse(manifest)
}

/// Returns the manifest of the workspace of a crate, by the folder of the crate, with the version that its members
/// inherit.
///
/// # Errors
/// An invalid manifest or version.
pub(crate) fn of_workspace(folder: &Path) -> Result<Option<(Arc<Source>, Version)>, Diagnostic> {
    let folder = std::path::absolute(folder)
        .map_err(|error| Diagnostic::error(format!("cannot resolve `{}`: {error}", folder.display())))?;
    for path in folder.ancestors().map(|folder| folder.join("Cargo.toml")).filter(|path| path.is_file()) {
        let manifest = files::read(&files::seen_from_here(path))?;
        if placed(&manifest)?.workspace.is_some() {
            return Ok(inherited(&manifest)?.map(|version| (manifest, version)));
        }
    }
    Ok(None)
}

/// Returns the version that the manifest of a workspace states for its members.
///
/// # Errors
/// An invalid manifest or version.
pub(crate) fn inherited(workspace: &Arc<Source>) -> Result<Option<Version>, Diagnostic> {
    let package = placed(workspace)?.workspace.and_then(|workspace| workspace.package);
    package.and_then(|package| package.version).map(|version| parse(&version, workspace)).transpose()
}

/// Returns the highest version with a review in a folder.
#[cfg(all(feature = "fetch", feature = "import"))]
pub(crate) fn reviewed(folder: &Path) -> Option<Version> {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    files.filter_map(|file| Version::parse(file.file_name().to_str()?.strip_suffix(".md")?).ok()).max()
}

fn parse(version: &Spanned<Value>, manifest: &Arc<Source>) -> Result<Version, Diagnostic> {
    let error = |message: String| {
        let help = "a version has three numbers: `version = \"0.1.0\"`";
        Diagnostic::error(message).at_span(manifest, version.span()).help(help)
    };
    let Some(text) = version.get_ref().as_str() else {
        return Err(error(format!("invalid version `{}`: expected a string", version.get_ref())));
    };
    Version::parse(text).map_err(|fault| error(format!("invalid version `{text}`: {fault}")))
}

/// Returns a manifest with another version.
///
/// # Errors
/// An invalid manifest.
pub(crate) fn with_version(manifest: &Arc<Source>, version: &Version) -> Result<String, Diagnostic> {
    let mut document = parsed(manifest)?;
    if let Some(old) = document.get_mut("package").and_then(|package| package.get_mut("version")) {
        set_text(old, &version.to_string());
    }
    Ok(document.to_string())
}

/// Returns a lock file of Cargo with another version of a package of the workspace.
///
/// # Errors
/// An invalid lock file.
pub(crate) fn lock_with_version(lock: &Arc<Source>, name: &str, version: &Version) -> Result<String, Diagnostic> {
    let mut document = parsed(lock)?;
    let packages = document.get_mut("package").and_then(Item::as_array_of_tables_mut);
    for package in packages.into_iter().flat_map(|packages| packages.iter_mut()) {
        let is_own = package.get("name").and_then(Item::as_str) == Some(name) && !package.contains_key("source");
        if let Some(old) = package.get_mut("version").filter(|_| is_own) {
            set_text(old, &version.to_string());
        }
    }
    Ok(document.to_string())
}

fn parsed(source: &Arc<Source>) -> Result<DocumentMut, Diagnostic> {
    source.text.parse().map_err(|error: toml_edit::TomlError| {
        let diagnostic = Diagnostic::error(error.message().trim_end());
        match error.span() {
            Some(span) => diagnostic.at_span(source, span),
            None => diagnostic.in_source(source),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{bumped, lock_with_version, with_version};
    use crate::diff::Bump;
    use crate::source::Source;
    use semver::Version;
    use std::sync::Arc;

    #[test]
    fn versions_by_the_rules_of_cargo() {
        for (old, major, minor, patch) in [
            ("1.2.3", "2.0.0", "1.3.0", "1.2.4"),
            ("0.2.3", "0.3.0", "0.2.4", "0.2.4"),
            ("0.0.3", "0.0.4", "0.0.4", "0.0.4"),
            ("1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.1", "1.0.0-alpha.1"),
            ("1.0.0-rc.9", "1.0.0-rc.10", "1.0.0-rc.10", "1.0.0-rc.10"),
            ("1.0.0+build", "2.0.0", "1.1.0", "1.0.1"),
        ] {
            let old: Version = old.parse().unwrap();
            let new = [Bump::Major, Bump::Minor, Bump::Patch].map(|bump| bumped(&old, bump).to_string());
            assert_eq!(new, [major, minor, patch], "{old}");
        }
    }

    #[test]
    fn a_version_replaces_the_old_one_in_place() {
        let version = Version::new(2, 0, 0);
        let manifest = Arc::new(Source::new("x", "[package]\nname = \"x\"\nversion = \"1.0.0\" # of its own\n"));
        assert_eq!(
            with_version(&manifest, &version).unwrap(),
            "[package]\nname = \"x\"\nversion = \"2.0.0\" # of its own\n"
        );
        let entry = |name: &str, version: &str, source: &str| {
            format!("[[package]]\nname = \"{name}\"\nversion = \"{version}\"\n{source}")
        };
        let of_registry = entry("x", "1.0.0", "source = \"registry\"\n");
        let lock = format!("{}\n{of_registry}\n{}", entry("x", "1.0.0", ""), entry("y", "1.0.0", ""));
        let expected = lock.replacen("1.0.0", "2.0.0", 1);
        assert_eq!(lock_with_version(&Arc::new(Source::new("Cargo.lock", lock)), "x", &version).unwrap(), expected);
    }
}
