//! The crate of a configuration.

use super::crates::invalid;
use crate::commands::config::{ApiConfig, Config};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::output::{Overwrite, Plan};
use crate::pipeline::{self, Input, Output};
use crate::rust::naming::{Names, lock};
use crate::rust::package::{self, Part};
use crate::source::{Source, files};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// A generated crate, not yet written.
#[derive(Clone, Debug)]
pub struct Job {
    /// Files to write and remove.
    pub plan: Plan,
    /// Generated code of each document.
    pub outputs: Vec<Output>,
}

/// Generates the crate of a configuration in memory. Nothing is written.
///
/// # Errors
/// Invalid configuration, documents, overlays, locks or patterns; files that may not be overwritten.
pub fn prepare(path: &Path) -> Result<Job, Diagnostics> {
    let config = Config::read(path)?;
    let read = |api: &ApiConfig| {
        let made = api.read().and_then(|(input, names)| bindings(api, &input, &names)).map(|mut output| {
            output.warnings.extend(api.stray_lock());
            output
        });
        made.map_err(|faults| config.located(api, faults))
    };
    let made: Vec<Result<Output, Diagnostics>> = config.apis.par_iter().map(read).collect();
    let mut faults = Diagnostics::default();
    let mut outputs = Vec::new();
    for result in made {
        match result {
            Ok(output) => outputs.push(output),
            Err(errors) => faults.0.extend(errors.0),
        }
    }
    if faults.has_errors() {
        return Err(faults);
    }
    let manifest = config.read_manifest()?;
    assemble(&config, outputs, &manifest)
}

/// Generates the bindings of an API of a configuration.
///
/// # Errors
/// All errors in the document, the overlay or the patterns.
pub(crate) fn bindings(api: &ApiConfig, input: &Input, names: &Names) -> Result<Output, Diagnostics> {
    pipeline::generate_with(input, &api.include, names, &api.hooks)
}

/// Returns the crate of a configuration, from the bindings of its APIs in their order and its manifest.
///
/// # Errors
/// Two documents of one API, an invalid manifest, or files that may not be overwritten.
pub(crate) fn assemble(config: &Config, outputs: Vec<Output>, manifest: &Arc<Source>) -> Result<Job, Diagnostics> {
    let parts: Vec<Part> = outputs.iter().map(|output| output.part.clone()).collect();
    let mut features: BTreeMap<String, &ApiConfig> = BTreeMap::new();
    for (part, api) in parts.iter().zip(&config.apis) {
        if let Some(other) = features.insert(part.feature(), api) {
            let (first, second) = (other.stated_spec.display(), api.stated_spec.display());
            let message = format!("`{first}` and `{second}` have the same module `{}`", part.module);
            let help = "name the module of one of them: `module = \"…\"` in its `[[api]]` table";
            return Err(Diagnostic::error(message).at_span(&config.source, api.place.clone()).help(help).into());
        }
    }
    let package = &config.package;
    let doc = package.doc.clone().unwrap_or_else(|| "Rust bindings for web APIs.".to_owned());
    let library = package::library_name(&manifest.text).map_err(|error| invalid(manifest, &error))?;
    let library = library.as_deref().unwrap_or(&package.name);
    let mut plan = Plan::new(&package.path, &package::several(&parts, library, &doc), "src")?;
    for (api, output) in config.apis.iter().zip(&outputs) {
        plan.add(api.lock_path(), lock::text(&output.names), Overwrite::Generated)?;
    }
    let text = manifest_text(manifest, config, &parts)?;
    plan.add(config.manifest(), text, Overwrite::Any)?;
    // An `update` that was killed may have written to it.
    plan.sweep(config.reviews());
    Ok(Job { plan, outputs })
}

/// Returns a manifest with the features and the dependency that generated code needs.
fn manifest_text(source: &Arc<Source>, config: &Config, parts: &[Part]) -> Result<String, Diagnostic> {
    let name = config.package.name.as_str();
    let failed = |error: package::ManifestError| invalid(source, &error);
    if let Some(other) = package::package_name(&source.text).map_err(failed)?.filter(|other| other != name) {
        let message = format!("the crate is named `{other}`, and not `{name}` as in `codegen.toml`");
        return Err(Diagnostic::error(message).in_source(source).help("correct `name` in `[crate]`"));
    }
    let library = config.package.path.join("src/lib.rs");
    let library = if library.is_file() { files::read(&library)?.text.clone() } else { String::new() };
    let features = package::features(parts, config.package.runtime.is_none());
    let text = package::with_features(&source.text, &features, &package::api_features(&library)).map_err(failed)?;
    if config.package.runtime.is_some() {
        return Ok(text);
    }
    if let Some(name) = package::renamed_runtime(&source.text).map_err(failed)? {
        let message = format!("the dependency on `discovery-runtime` has the name `{name}`");
        let help = format!("add `runtime = \"::{}\"` to `[crate]` in `codegen.toml`", name.replace('-', "_"));
        return Err(Diagnostic::error(message).in_source(source).help(help));
    }
    let google = parts.iter().any(|part| part.google);
    package::with_requirements(&text, package::runtime_features(google), None).map_err(failed)
}
