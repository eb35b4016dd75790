//! `codegen.toml`: the APIs of a crate that is kept up to date.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::output::Plan;
use crate::pipeline::{self, Input, Output};
use crate::rust::naming::Names;
use crate::rust::naming::lock;
use crate::rust::package::{self, Part};
use crate::source::{Source, files};
use rayon::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The file as it is written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(rename = "crate")]
    package: Package,
    #[serde(default)]
    api: Vec<ApiEntry>,
}

/// The crate that the APIs become.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Package {
    /// Its name, which must be the manifest's.
    name: String,
    /// Its folder, seen from the file.
    path: PathBuf,
    /// The crate's docs.
    #[serde(default)]
    doc: Option<String>,
}

/// One API.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ApiEntry {
    /// The document, seen from the file.
    spec: PathBuf,
    /// Its overlay, where it is not the one beside it.
    overlay: Option<PathBuf>,
    /// The methods to generate; all where it is empty.
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
        spec: folder.join(&entry.spec),
        overlay: entry.overlay.map(|overlay| folder.join(overlay)),
        include: entry.include,
    };
    Ok(written(&files::read(path)?)?.api.into_iter().map(configured).collect())
}

/// Parses a configuration.
fn written(source: &Arc<Source>) -> Result<Written, Diagnostics> {
    toml::from_str(&source.text).map_err(|error| {
        let diagnostic = Diagnostic::error(error.message().to_owned());
        let diagnostic = match error.span() {
            Some(span) => diagnostic.at_span(source, span),
            None => diagnostic.in_source(source),
        };
        diagnostic.into()
    })
}

/// What a configuration asks for, and what is to be written for it.
#[derive(Clone, Debug)]
pub struct Job {
    /// What is to change on disk.
    pub plan: Plan,
    /// What came of each document.
    pub outputs: Vec<Output>,
}

/// Works out what a configuration asks for. Nothing is written yet.
///
/// # Errors
/// Everything that is wrong with the configuration, a document, an overlay or a lock.
pub fn prepare(path: &Path) -> Result<Job, Diagnostics> {
    let source = files::read(path)?;
    let written = written(&source)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    if written.api.is_empty() {
        let help = "add an `[[api]]` with the path of its document as `spec`";
        return Err(Diagnostic::error("there is no API to generate").in_source(&source).help(help).into());
    }
    let made: Vec<Result<(PathBuf, Output), Diagnostics>> =
        written.api.par_iter().map(|entry| generate(folder, entry)).collect();
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
    for (index, part) in parts.iter().enumerate() {
        if parts[..index].iter().any(|other| other.module == part.module) {
            let message = format!("two documents are `{}`", part.origin.api);
            return Err(Diagnostic::error(message).in_source(&source).into());
        }
    }
    let root = join(folder, &written.package.path);
    let doc = written.package.doc.unwrap_or_else(|| format!("The bindings of `{}`.", written.package.name));
    let mut plan = Plan::new(&root, &package::several(&parts, &doc), "src")?;
    for (path, names) in locks {
        plan.merge(path, lock::text(&names))?;
    }
    let manifest = root.join("Cargo.toml");
    let text = files::read(&manifest)?;
    let text = package::with_features(&text.text, &package::features(&parts))
        .map_err(|error| Diagnostic::error(format!("`{}` is no manifest: {error}", manifest.display())))?;
    plan.merge(manifest, text)?;
    Ok(Job { plan, outputs })
}

/// A path seen from a folder, without `..` where that is plain to see: `spec` and `../generated` are `generated`.
fn join(folder: &Path, path: &Path) -> PathBuf {
    match (path.strip_prefix(".."), folder.file_name(), folder.parent()) {
        (Ok(rest), Some(_), Some(parent)) => join(parent, rest),
        _ => folder.join(path),
    }
}

fn generate(folder: &Path, entry: &ApiEntry) -> Result<(PathBuf, Output), Diagnostics> {
    let spec = folder.join(&entry.spec);
    let overlay = entry.overlay.as_ref().map(|overlay| folder.join(overlay));
    let lock = lock::beside(&spec);
    let input = Input::read(&spec, overlay.as_deref())?;
    let output = pipeline::generate(&input, &entry.include, &pipeline::read_lock(&lock)?)?;
    Ok((lock, output))
}
