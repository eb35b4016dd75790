//! Whole crates: one for each document that is named.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Skipped;
use crate::output::Plan;
use crate::pipeline::{self, Input};
use crate::rust::naming::Names;
use crate::rust::naming::lock;
use crate::rust::package;
use crate::source::files;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Documents, and folders of them.
    pub specs: &'a [PathBuf],
    /// The overlay of a single document.
    pub overlay: Option<&'a Path>,
    /// Patterns of method names.
    pub include: &'a [String],
    /// The folder of the crate, or of the crates.
    pub out: &'a Path,
    /// The name of a single crate.
    pub crate_name: Option<&'a str>,
    /// Where the runtime is.
    pub runtime_path: Option<&'a Path>,
    /// A lock, for a single document.
    pub lock: Option<&'a Path>,
    /// Folders that documents may refer to, beside their own.
    pub ref_folders: &'a [PathBuf],
}

/// What is to be written for it.
#[derive(Clone, Debug, Default)]
pub struct Made {
    /// One plan for each crate.
    pub plans: Vec<Plan>,
    /// What is worth a look.
    pub warnings: Vec<Diagnostic>,
    /// What was left out.
    pub skipped: Vec<Skipped>,
}

/// Works out what is to be written. Nothing is written yet.
///
/// # Errors
/// Everything that is wrong with any of the documents.
pub fn prepare(request: &Request<'_>) -> Result<Made, Diagnostics> {
    let mut documents = Vec::new();
    for spec in request.specs {
        documents.extend(files::documents(spec)?);
    }
    let single = documents.len() == 1 && !request.specs[0].is_dir();
    if !single {
        for (option, given) in [
            ("--overlay", request.overlay.is_some()),
            ("--crate-name", request.crate_name.is_some()),
            ("--lock", request.lock.is_some()),
        ] {
            if given {
                return Err(Diagnostic::error(format!(
                    "`{option}` is for one document, and there are {}",
                    documents.len()
                ))
                .into());
            }
        }
    }
    let made: Vec<_> = documents.par_iter().map(|document| prepare_one(request, document, single)).collect();
    let mut all = Made::default();
    let mut faults = Diagnostics::default();
    let mut names: BTreeMap<String, &Path> = BTreeMap::new();
    for (document, result) in documents.iter().zip(made) {
        match result {
            Ok((name, one)) => {
                all.plans.extend(one.plans);
                all.warnings.extend(one.warnings);
                all.skipped.extend(one.skipped);
                if let Some(other) = names.insert(name.clone(), document) {
                    let message =
                        format!("`{}` and `{}` would both be the crate `{name}`", other.display(), document.display());
                    faults.push(Diagnostic::error(message).help("generate them into folders of their own"));
                }
            }
            Err(errors) => faults.0.extend(errors.0),
        }
    }
    if faults.has_errors() { Err(faults) } else { Ok(all) }
}

fn prepare_one(request: &Request<'_>, document: &Path, single: bool) -> Result<(String, Made), Diagnostics> {
    let input = Input { ref_folders: request.ref_folders.to_vec(), ..Input::read(document, request.overlay)? };
    let earlier = match request.lock {
        Some(path) => pipeline::read_lock(path)?,
        None => Names::default(),
    };
    let output = pipeline::generate(&input, request.include, &earlier)?;
    let name = request.crate_name.map_or_else(|| package::crate_name(&output.api), str::to_owned);
    if let Some(message) = package::check_crate_name(&name) {
        return Err(Diagnostic::error(message).help("choose another name with `--crate-name`").into());
    }
    let runtime = request.runtime_path.map(absolute).transpose()?;
    let files = package::single(&output.part, &name, runtime.as_deref());
    let folder = if single { request.out.to_owned() } else { request.out.join(&name) };
    let mut plan = Plan::new(&folder, &files, "src")?;
    if let Some(path) = request.lock {
        plan.merge(path.to_owned(), lock::text(&output.names))?;
    }
    let skipped = output.part.skipped;
    Ok((name, Made { plans: vec![plan], warnings: output.warnings, skipped }))
}

/// A path dependency is read from the crate's folder, not from where this runs.
fn absolute(path: &Path) -> Result<String, Diagnostic> {
    match path.canonicalize() {
        Ok(path) if path.join("Cargo.toml").is_file() => Ok(path.display().to_string()),
        _ => {
            let message = format!("`{}` is not the folder of a crate", path.display());
            Err(Diagnostic::error(message).help("`--runtime-path` is the folder of `discovery-runtime`"))
        }
    }
}
