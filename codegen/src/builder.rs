//! Generation in a build script: bindings of the methods that a crate calls, in `$OUT_DIR`.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::output;
use crate::pipeline::{self, Input};
use crate::rust::hooks::{Hooks, TypeHook};
use crate::rust::naming::{Names, lock};
use crate::rust::package;
use crate::source::files;
use crate::text::Directive;
use std::fmt;
use std::path::{Path, PathBuf};

/// Generates bindings while a crate is built: offline, with no tool besides Cargo.
///
/// ```no_run
/// # fn main() -> Result<(), discovery_codegen::builder::Error> {
/// discovery_codegen::Builder::new().spec("spec/x.json").include("tunedModels.**").generate()?;
/// # Ok(())
/// # }
/// ```
///
/// writes `$OUT_DIR/x.rs`, which the crate includes with `include!(concat!(env!("OUT_DIR"), "/x.rs"));`. The crate
/// needs `discovery-runtime` among its dependencies.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    specs: Vec<PathBuf>,
    overlay: Option<PathBuf>,
    lock: Option<PathBuf>,
    include: Vec<String>,
    ref_folders: Vec<PathBuf>,
    out_dir: Option<PathBuf>,
    hooks: Hooks,
}

impl Builder {
    /// Creates a builder without a document.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the document, Discovery or OpenAPI.
    pub fn spec(mut self, path: impl Into<PathBuf>) -> Self {
        self.specs.push(path.into());
        self
    }

    /// Sets the overlay, if it is not the one next to the document.
    ///
    /// Without an overlay, Cargo watches the folder of the document, so that one which is added later is used. A folder
    /// that contains the output, such as that of the whole package, is not watched.
    pub fn overlay(mut self, path: impl Into<PathBuf>) -> Self {
        self.overlay = Some(path.into());
        self
    }

    /// Sets a lock, which keeps names as they were when it was written. It is read, never written.
    pub fn lock(mut self, path: impl Into<PathBuf>) -> Self {
        self.lock = Some(path.into());
        self
    }

    /// Adds a pattern of method names: `tunedModels.**`. Methods that match any pattern are generated; by default all
    /// are.
    pub fn include(mut self, pattern: impl Into<String>) -> Self {
        self.include.push(pattern.into());
        self
    }

    /// Allows references of the document to files in a folder. Without one, they lead to files in the document's own
    /// folder only.
    pub fn ref_folder(mut self, path: impl Into<PathBuf>) -> Self {
        self.ref_folders.push(path.into());
        self
    }

    /// Adds derives to the types of schemas and unions that a pattern matches: `derive("Job.state", "Eq")`.
    ///
    /// Schemas and unions have the names that `inspect` lists: `TunedModel`, `TunedModel.source_model`.
    pub fn derive(mut self, types: impl Into<String>, path: impl Into<String>) -> Self {
        let derive = vec![path.into()];
        self.hooks.types.push(TypeHook { types: vec![types.into()], derive, ..TypeHook::default() });
        self
    }

    /// Adds attributes to the types of schemas and unions that a pattern matches: `attribute("**", "#[must_use]")`.
    pub fn attribute(mut self, types: impl Into<String>, attribute: impl Into<String>) -> Self {
        let attributes = vec![attribute.into()];
        self.hooks.types.push(TypeHook { types: vec![types.into()], attributes, ..TypeHook::default() });
        self
    }

    /// Uses a type of your own in place of that of a schema, which is not generated: `replace("Money",
    /// "crate::Money")`.
    ///
    /// The type is one that was generated elsewhere, or one that `discovery_runtime::json_type!` was called with.
    pub fn replace(mut self, schema: impl Into<String>, path: impl Into<String>) -> Self {
        let replace = Some(path.into());
        self.hooks.types.push(TypeHook { types: vec![schema.into()], replace, ..TypeHook::default() });
        self
    }

    /// Sets the path of the runtime, if it is not `::discovery_runtime`.
    pub fn runtime(mut self, path: impl Into<String>) -> Self {
        self.hooks.runtime = Some(path.into());
        self
    }

    /// Sets the folder to write to, if it is not `$OUT_DIR`.
    pub fn out_dir(mut self, path: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(path.into());
        self
    }

    /// Writes the bindings, and prints the `rerun-if-changed` directives of their source files for Cargo.
    ///
    /// # Errors
    /// All errors in the document, the overlay or the patterns, formatted for Cargo. Existing files are left
    /// unchanged.
    pub fn generate(self) -> Result<(), Error> {
        let spec = match self.specs.as_slice() {
            [spec] => spec,
            [] => return Err(Diagnostic::error("missing document").help("call `spec` before `generate`").into()),
            specs => {
                let message = format!("expected one document, found {}", specs.len());
                return Err(Diagnostic::error(message).help("use a `Builder` for each document").into());
            }
        };
        let out_dir = match (&self.out_dir, std::env::var_os("OUT_DIR")) {
            (Some(path), _) => path.clone(),
            (None, Some(path)) => PathBuf::from(path),
            (None, None) => {
                let help = "call this in build.rs, or name a folder with `out_dir`";
                return Err(Diagnostic::error("`OUT_DIR` is not set").help(help).into());
            }
        };
        if let Some(folder) = self.ref_folders.iter().find(|folder| !folder.is_dir()) {
            return Err(Diagnostic::error(format!("`{}` is not a folder", folder.display()))
                .help("correct `ref_folder`")
                .into());
        }
        let overlay = self.overlay.clone().or_else(|| pipeline::find_overlay(spec));
        for path in [Some(spec), overlay.as_ref(), self.lock.as_ref()].into_iter().flatten() {
            watch(path);
        }
        if let Some(folder) = spec.parent().filter(|folder| overlay.is_none() && !contains(folder, &out_dir)) {
            watch(folder);
        }
        let earlier = match &self.lock {
            // A script never writes a lock, so that one which does not exist is a wrong path.
            Some(path) => lock::parse(&files::read(path).map_err(|error| match error.help {
                Some(_) => error,
                None => error.help("`discovery-codegen generate` writes a lock, with `--lock` or a configuration"),
            })?)?,
            None => Names::default(),
        };
        let input = Input { ref_folders: self.ref_folders.clone(), ..Input::read(spec, overlay.as_deref())? };
        let output = pipeline::generate_with(&input, &self.include, &earlier, &self.hooks)?;
        // Cargo reruns a failed script regardless of its directives, so these can be printed after the generation.
        for source in &output.sources {
            watch(Path::new(&source.name));
        }
        for warning in &output.warnings {
            println!("{}", Directive::warning(&warning.message));
        }
        // A file that is up to date keeps its time of change: nothing that depends on it is built again.
        Ok(output::write(&out_dir.join(file_name(spec)), &package::include(&output.part))?)
    }
}

/// Returns `true` if a folder contains a path, or may contain it.
fn contains(folder: &Path, path: &Path) -> bool {
    match (std::path::absolute(folder), std::path::absolute(path)) {
        (Ok(folder), Ok(path)) => path.starts_with(folder),
        _ => true,
    }
}

/// Makes Cargo rerun the script when a file changes, or any file in a folder.
fn watch(path: &Path) {
    if let Some(directive) = Directive::rerun_if_changed(path) {
        println!("{directive}");
    }
}

/// Returns the name of the Rust file for a document: its file name with `.rs` in place of `.json` or `.yaml`.
fn file_name(spec: &Path) -> PathBuf {
    let name = spec.file_name().map(PathBuf::from).unwrap_or_default();
    let json = name.extension().is_some_and(|e| e == "json" || e == "yaml" || e == "yml");
    let mut name = if json { name.with_extension("") } else { name }.into_os_string();
    name.push(".rs");
    PathBuf::from(name)
}

/// Error of a generation. Its `Debug` output is human-readable, since that is what Cargo shows of a build script.
pub struct Error(Diagnostics);

impl Error {
    /// Returns the diagnostics, with their locations.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.0.0
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot generate bindings\n\n{}", self.0)
    }
}

impl std::error::Error for Error {}

impl From<Diagnostics> for Error {
    fn from(diagnostics: Diagnostics) -> Self {
        Self(diagnostics)
    }
}

impl From<Diagnostic> for Error {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(diagnostic.into())
    }
}
