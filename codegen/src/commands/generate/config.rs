//! `codegen.toml`: the APIs of one crate.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::output::{Overwrite, Plan};
use crate::pipeline::{self, Input, Output};
use crate::rust::naming::Names;
use crate::rust::naming::lock;
use crate::rust::package::{self, Part};
use crate::source::{Source, files, toml};
use ::toml::Spanned;
use rayon::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Content of `codegen.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(rename = "crate")]
    package: Package,
    #[serde(default)]
    api: Vec<ApiEntry>,
}

/// The output crate.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Package {
    /// Name of the crate, which must be the one in its manifest.
    name: String,
    /// Folder of the crate, relative to `codegen.toml`.
    path: PathBuf,
    /// Crate documentation.
    #[serde(default)]
    doc: Option<String>,
}

/// An API to generate.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ApiEntry {
    /// Path of the document, relative to `codegen.toml`.
    spec: Spanned<PathBuf>,
    /// Path of the overlay, instead of the one beside the document.
    overlay: Option<PathBuf>,
    /// Name of the module, instead of the one that the lock or the document has.
    module: Option<Spanned<String>>,
    /// Patterns of the methods to generate; all if empty.
    #[serde(default)]
    include: Vec<String>,
}

/// API of a configuration, with paths as they are seen from the working directory.
#[derive(Clone, Debug)]
pub(crate) struct Configured {
    /// Path of the document.
    pub(crate) spec: PathBuf,
    /// Path of the overlay, if it is not the one beside the document.
    pub(crate) overlay: Option<PathBuf>,
    /// Patterns of the methods to generate; empty for all.
    pub(crate) include: Vec<String>,
}

/// Reads the APIs of a configuration.
///
/// # Errors
/// A configuration that cannot be read or parsed.
pub(crate) fn apis(path: &Path) -> Result<Vec<Configured>, Diagnostics> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let configured = |entry: ApiEntry| Configured {
        spec: folder.join(entry.spec.get_ref()),
        overlay: entry.overlay.map(|overlay| folder.join(overlay)),
        include: entry.include,
    };
    Ok(written(&files::read(path)?)?.api.into_iter().map(configured).collect())
}

/// Parses a configuration.
fn written(source: &Arc<Source>) -> Result<Written, Diagnostics> {
    Ok(toml::parse(source)?)
}

/// A generated crate, not yet written.
#[derive(Clone, Debug)]
pub struct Job {
    /// Changes on disk.
    pub plan: Plan,
    /// Generated code of each document.
    pub outputs: Vec<Output>,
}

/// Generates the crate of a configuration in memory. Nothing is written.
///
/// # Errors
/// Invalid configuration, documents, overlays, locks or patterns; files that may not be overwritten.
pub fn prepare(path: &Path) -> Result<Job, Diagnostics> {
    let source = files::read(path)?;
    let written = written(&source)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    if written.api.is_empty() {
        let help = "add an `[[api]]` table with the path of a document as `spec`";
        return Err(Diagnostic::error("the configuration has no APIs").in_source(&source).help(help).into());
    }
    shared_locks(&source, folder, &written.api)?;
    let made: Vec<Result<(PathBuf, Output), Diagnostics>> =
        written.api.par_iter().map(|entry| generate(&source, folder, entry)).collect();
    let mut faults = Diagnostics::default();
    let mut outputs = Vec::new();
    let mut locks: BTreeMap<PathBuf, Names> = BTreeMap::new();
    for result in made {
        match result {
            Ok((lock, output)) => {
                locks.insert(lock, output.names.clone());
                outputs.push(output);
            }
            Err(errors) => faults.0.extend(errors.0),
        }
    }
    if faults.has_errors() {
        return Err(faults);
    }
    let parts: Vec<Part> = outputs.iter().map(|output| output.part.clone()).collect();
    let mut features: BTreeMap<String, &ApiEntry> = BTreeMap::new();
    for (part, entry) in parts.iter().zip(&written.api) {
        if let Some(other) = features.insert(part.feature(), entry) {
            let (first, second) = (other.spec.get_ref().display(), entry.spec.get_ref().display());
            let message = format!("`{first}` and `{second}` have the same module `{}`", part.module);
            let help = "name the module of one of them: `module = \"…\"` in its `[[api]]` table";
            return Err(Diagnostic::error(message).at_span(&source, entry.spec.span()).help(help).into());
        }
    }
    let root = join(folder, &written.package.path);
    let doc = written.package.doc.unwrap_or_else(|| format!("The bindings of `{}`.", written.package.name));
    let mut plan = Plan::new(&root, &package::several(&parts, &doc), "src")?;
    for (path, names) in locks {
        plan.add(path, lock::text(&names), Overwrite::Generated)?;
    }
    let manifest = root.join("Cargo.toml");
    let text = files::read(&manifest)?;
    let text = manifest_text(&text, &written.package.name, &parts)?;
    plan.add(manifest, text, Overwrite::Any)?;
    Ok(Job { plan, outputs })
}

/// Returns a manifest with the features and the dependency that generated code needs.
fn manifest_text(source: &Arc<Source>, name: &str, parts: &[Part]) -> Result<String, Diagnostic> {
    let failed = |error: package::ManifestError| {
        Diagnostic::error(format!("cannot parse the manifest: {}", error.message().trim_end())).in_source(source)
    };
    if package::package_name(&source.text).map_err(failed)?.is_some_and(|other| other != name) {
        let message = format!("the crate is not named `{name}`, as in `codegen.toml`");
        return Err(Diagnostic::error(message).in_source(source).help("correct `name` in `[crate]`"));
    }
    let text = package::with_features(&source.text, &package::features(parts)).map_err(failed)?;
    package::with_requirements(&text, &package::RUNTIME_FEATURES, None).map_err(failed)
}

/// Joins a folder and a relative path, and removes leading `..`: `spec` and `../generated` are `generated`.
fn join(folder: &Path, path: &Path) -> PathBuf {
    match (path.strip_prefix(".."), folder.file_name(), folder.parent()) {
        (Ok(rest), Some(_), Some(parent)) => join(parent, rest),
        _ => folder.join(path),
    }
}

/// Returns an error for two documents that differ in their extensions alone: their names would be in the same lock.
fn shared_locks(source: &Arc<Source>, folder: &Path, entries: &[ApiEntry]) -> Result<(), Diagnostic> {
    let mut locks: BTreeMap<PathBuf, &ApiEntry> = BTreeMap::new();
    for entry in entries {
        let lock = lock::beside(&folder.join(entry.spec.get_ref()));
        let shown = lock.display().to_string();
        if let Some(other) = locks.insert(lock, entry) {
            let (first, second) = (other.spec.get_ref().display(), entry.spec.get_ref().display());
            let message = format!("`{first}` and `{second}` have the same lock `{shown}`");
            let help = "give one of the files another name";
            return Err(Diagnostic::error(message).at_span(source, entry.spec.span()).help(help));
        }
    }
    Ok(())
}

fn generate(source: &Arc<Source>, folder: &Path, entry: &ApiEntry) -> Result<(PathBuf, Output), Diagnostics> {
    let spec = folder.join(entry.spec.get_ref());
    let overlay = entry.overlay.as_ref().map(|overlay| folder.join(overlay));
    let lock = lock::beside(&spec);
    let mut earlier = pipeline::read_lock(&lock)?;
    if let Some(module) = &entry.module {
        earlier = earlier.with_module(module.get_ref()).map_err(|message| {
            let help = "a module is letters, digits and underscores, and not the name of another feature of the crate";
            Diagnostic::error(format!("`module`: {message}")).at_span(source, module.span()).help(help)
        })?;
    }
    let input = Input::read(&spec, overlay.as_deref())?;
    let output = pipeline::generate(&input, &entry.include, &earlier)?;
    Ok((lock, output))
}
