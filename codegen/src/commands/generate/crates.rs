//! Crates: one for each named document.

use crate::commands::input::{Document, InputLocation};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Skipped;
use crate::output::{Overwrite, Plan};
use crate::pipeline::{self, Input};
use crate::rust::naming::lock;
use crate::rust::package;
use crate::source::{Source, files};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Options of the crates to generate.
#[derive(Clone, Copy, Debug)]
pub struct CrateOptions<'a> {
    /// Documents, and folders of documents: paths, URLs, or git revisions with paths.
    pub specs: &'a [PathBuf],
    /// Overlay, for a single document.
    pub overlay: Option<&'a Path>,
    /// Patterns of the methods to generate; all if empty.
    pub include: &'a [String],
    /// Folder of the crate, or parent folder of several crates.
    pub out: &'a Path,
    /// Name of the crate, for a single document.
    pub crate_name: Option<&'a str>,
    /// Folder of the runtime; without it, the published version.
    pub runtime_path: Option<&'a Path>,
    /// Path of the lock, for a single document.
    pub lock: Option<&'a Path>,
    /// Folders that documents may refer to, in addition to their own.
    pub ref_folders: &'a [PathBuf],
}

/// The crates to write.
#[derive(Clone, Debug, Default)]
pub struct CratePlan {
    /// Changes on disk, of all crates.
    pub plan: Plan,
    /// Warnings about the documents.
    pub warnings: Vec<Diagnostic>,
    /// Unsupported parts, which were left out.
    pub skipped: Vec<Skipped>,
}

/// Generates the crates in memory. Nothing is written.
///
/// # Errors
/// Invalid documents, overlays, locks, patterns or options; files that may not be overwritten.
pub fn prepare(options: &CrateOptions<'_>) -> Result<CratePlan, Diagnostics> {
    let mut documents = Vec::new();
    let mut is_folder = false;
    for spec in options.specs {
        let location = match spec.to_str() {
            Some(spec) => InputLocation::parse(spec)?,
            None => InputLocation::File(spec.clone()),
        };
        match location.documents()? {
            Some(inner) => {
                is_folder = true;
                documents.extend(inner.into_values());
            }
            None => documents.push(location),
        }
    }
    let single = documents.len() == 1 && !is_folder;
    if !single {
        for (option, given) in [
            ("--overlay", options.overlay.is_some()),
            ("--crate-name", options.crate_name.is_some()),
            ("--lock", options.lock.is_some()),
        ] {
            if given {
                return Err(Diagnostic::error(format!(
                    "`{option}` requires exactly one document, not {}",
                    documents.len()
                ))
                .into());
            }
        }
    }
    let made: Vec<_> = documents.par_iter().map(|document| prepare_one(options, document, single)).collect();
    let mut all = CratePlan::default();
    let mut faults = Diagnostics::default();
    let mut names: BTreeMap<String, &InputLocation> = BTreeMap::new();
    for (document, result) in documents.iter().zip(made) {
        match result {
            Ok((name, one)) => {
                all.plan.extend(one.plan);
                all.warnings.extend(one.warnings);
                all.skipped.extend(one.skipped);
                if let Some(other) = names.insert(name.clone(), document) {
                    let message = format!("`{other}` and `{document}` have the same crate name `{name}`");
                    faults.push(Diagnostic::error(message).help("generate them to separate folders"));
                }
            }
            Err(errors) => faults.0.extend(errors.0),
        }
    }
    if faults.has_errors() { Err(faults) } else { Ok(all) }
}

fn prepare_one(
    options: &CrateOptions<'_>,
    document: &InputLocation,
    single: bool,
) -> Result<(String, CratePlan), Diagnostics> {
    let Document { input, lock } = document.read(options.overlay)?;
    let input = Input { ref_folders: options.ref_folders.to_vec(), ..input };
    let earlier = match options.lock {
        Some(path) => pipeline::read_lock(path)?,
        // Names that the crate of a configuration has are those of any other crate, too.
        None => lock.unwrap_or_default(),
    };
    let existing = if single { existing_name(options.out)? } else { None };
    if let (Some(existing), Some(name)) = (&existing, options.crate_name)
        && existing != name
    {
        let message = format!("the crate in `{}` is named `{existing}`, not `{name}`", options.out.display());
        return Err(Diagnostic::error(message).help("omit `--crate-name`, or rename the crate in its manifest").into());
    }
    let crate_name = existing.as_deref().or(options.crate_name);
    // The lock remembers the name of the crate as that of the module, which a crate of one API does not have.
    let earlier = match crate_name.map(|name| earlier.clone().with_module(&name.replace('-', "_"))) {
        Some(Ok(named)) => named,
        _ => earlier,
    };
    let output = pipeline::generate(&input, options.include, &earlier)?;
    let mut name = crate_name.map_or_else(|| package::crate_name(&output.names), str::to_owned);
    if let Some(message) = package::check_crate_name(&name) {
        let help = match existing {
            Some(_) => "rename the crate in its manifest",
            None => "choose another name with `--crate-name`",
        };
        return Err(Diagnostic::error(message).help(help).into());
    }
    let folder = if single { options.out.to_owned() } else { options.out.join(&name) };
    if !single && let Some(existing) = existing_name(&folder)? {
        name = existing;
    }
    let runtime = options.runtime_path.map(|runtime| relative(&folder, runtime)).transpose()?;
    let library = stated(&folder, package::library_name)?;
    let mut generated = package::single(&output.part, &name, library.as_deref(), runtime.as_deref());
    let features = package::runtime_features(output.part.google);
    let manifest = keep_own(&folder, &mut generated, features, runtime.as_deref())?;
    let mut plan = Plan::new(&folder, &generated, "src")?;
    if let Some((path, text)) = manifest {
        plan.add(path, text, Overwrite::Any)?;
    }
    if let Some(path) = options.lock {
        plan.add(path.to_owned(), lock::text(&output.names), Overwrite::Generated)?;
    }
    let skipped = output.part.skipped;
    Ok((name, CratePlan { plan, warnings: output.warnings, skipped }))
}

/// Leaves files of the user out of the generated ones: a README without the mark of generated files, and the manifest
/// of an existing crate, which is returned with the features and the dependency that generated code needs.
fn keep_own(
    folder: &Path,
    generated: &mut package::Files,
    features: &[&str],
    runtime: Option<&str>,
) -> Result<Option<(PathBuf, String)>, Diagnostic> {
    let readme = folder.join("README.md");
    if readme.is_file() && !package::is_ours(&files::read(&readme)?.text) {
        generated.remove("README.md");
    }
    let path = folder.join("Cargo.toml");
    if !path.is_file() {
        return Ok(None);
    }
    generated.remove("Cargo.toml");
    let manifest = files::read(&path)?;
    // An existing library is checked with all other files: only a generated one is overwritten.
    if !package::is_created(&manifest.text) && !folder.join("src/lib.rs").exists() {
        let message = format!("the package in `{}` was not generated", folder.display());
        let help = "choose another folder; to add bindings to this package, create an empty `src/lib.rs`";
        return Err(Diagnostic::error(message).in_source(&manifest).help(help));
    }
    let text =
        package::with_requirements(&manifest.text, features, runtime).map_err(|error| invalid(&manifest, &error))?;
    Ok(Some((path, text)))
}

/// Returns the name of the crate in a folder, if it has a manifest that states one.
fn existing_name(folder: &Path) -> Result<Option<String>, Diagnostic> {
    stated(folder, package::package_name)
}

/// Returns a part of the manifest of the crate in a folder, if there is one.
fn stated(
    folder: &Path,
    part: fn(&str) -> Result<Option<String>, package::ManifestError>,
) -> Result<Option<String>, Diagnostic> {
    let path = folder.join("Cargo.toml");
    if !path.is_file() {
        return Ok(None);
    }
    let manifest = files::read(&path)?;
    part(&manifest.text).map_err(|error| invalid(&manifest, &error))
}

/// Returns the error of a manifest that is not valid TOML.
pub(super) fn invalid(manifest: &Arc<Source>, error: &package::ManifestError) -> Diagnostic {
    let diagnostic = Diagnostic::error(format!("invalid manifest: {}", error.message().trim_end()));
    match error.span() {
        Some(span) => diagnostic.at_span(manifest, span),
        None => diagnostic.in_source(manifest),
    }
}

/// Returns the path of the runtime relative to the folder of the crate, with `/` as the separator.
pub(crate) fn relative(folder: &Path, runtime: &Path) -> Result<String, Diagnostic> {
    let help = "use the folder of `discovery-runtime`, which is `codegen/runtime` in a clone";
    let target = match runtime.canonicalize() {
        Ok(path) if path.join("Cargo.toml").is_file() => path,
        _ => return Err(Diagnostic::error(format!("`{}` has no `Cargo.toml`", runtime.display())).help(help)),
    };
    match existing_name(&target)?.as_deref() {
        Some("discovery-runtime") => {}
        other => {
            let other = other.map_or("no package".to_owned(), |name| format!("the package `{name}`"));
            let message = format!("`{}` is {other}, not `discovery-runtime`", runtime.display());
            return Err(Diagnostic::error(message).help(help));
        }
    }
    // The folder may not exist yet: what exists of it is resolved, the rest is added.
    let failed = |error| Diagnostic::error(format!("cannot resolve `{}`: {error}", folder.display()));
    let absolute = std::path::absolute(folder).map_err(failed)?;
    let existing = absolute.ancestors().find_map(|part| Some((part, part.canonicalize().ok()?)));
    let base = match existing {
        Some((part, resolved)) => resolved.join(absolute.strip_prefix(part).unwrap_or(Path::new(""))),
        None => absolute,
    };
    let common = base.components().zip(target.components()).take_while(|(a, b)| a == b).count();
    let up = base.components().skip(common).map(|_| "..".to_owned());
    let down = target.components().skip(common).map(|part| part.as_os_str().to_string_lossy().into_owned());
    Ok(up.chain(down).collect::<Vec<_>>().join("/"))
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn the_path_of_the_runtime_is_relative_to_the_crate() {
        let root = tempfile::tempdir().unwrap();
        let runtime = root.path().join("a/runtime");
        std::fs::create_dir_all(&runtime).unwrap();
        std::fs::write(runtime.join("Cargo.toml"), "[package]\nname = \"discovery-runtime\"\n").unwrap();
        assert_eq!(relative(&root.path().join("crates/x"), &runtime).unwrap(), "../../a/runtime");
        assert_eq!(relative(&root.path().join("a"), &runtime).unwrap(), "runtime");
        assert!(relative(root.path(), root.path()).is_err());
        for other in ["[workspace]\n", "[package]\nname = \"other\"\n"] {
            std::fs::write(runtime.join("Cargo.toml"), other).unwrap();
            let error = relative(root.path(), &runtime).unwrap_err();
            assert!(error.message.ends_with("not `discovery-runtime`"), "{error}");
        }
    }
}
