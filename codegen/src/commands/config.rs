//! `codegen.toml`: the APIs of one crate, and the sources that keep them up to date.

// Without the network and protos, the keys of `update` are read and not used.
#![cfg_attr(not(all(feature = "fetch", feature = "import")), allow(dead_code))]

use super::terminal::shell_word;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::pipeline::{self, Input};
use crate::rust::hooks::{self, Hooks, TypeHook};
use crate::rust::naming::{Names, lock};
use crate::rust::package;
use crate::source::{Source, files, toml};
use ::toml::Spanned;
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Content of `codegen.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawConfig {
    #[serde(rename = "crate")]
    package: RawPackage,
    #[serde(default)]
    update: UpdateConfig,
    #[serde(default)]
    api: Vec<Spanned<RawApi>>,
}

/// The table `[crate]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPackage {
    #[serde(deserialize_with = "crate_name")]
    name: String,
    path: Spanned<PathBuf>,
    doc: Option<String>,
    runtime: Option<Spanned<String>>,
}

/// The output crate.
#[derive(Clone, Debug)]
pub(crate) struct Package {
    /// Name of the crate, which must be the one in its manifest.
    pub(crate) name: String,
    /// Folder of the crate.
    pub(crate) path: PathBuf,
    /// Place of `path` in the configuration.
    place: Range<usize>,
    /// Documentation of the crate.
    pub(crate) doc: Option<String>,
    /// Path of the runtime, if the crate has it under another name than `discovery_runtime`.
    pub(crate) runtime: Option<String>,
}

/// Deserializes the name of a crate.
fn crate_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let name = String::deserialize(deserializer)?;
    match package::check_crate_name(&name) {
        None => Ok(name),
        Some(fault) => Err(D::Error::custom(fault)),
    }
}

/// The table `[update]`: settings of `update`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct UpdateConfig {
    /// Path of the changelog, instead of `CHANGELOG.md` in the crate.
    pub(crate) changelog: Option<PathBuf>,
    /// Folder of the reviews, instead of `reviews/` in the crate.
    pub(crate) reviews: Option<PathBuf>,
    /// True if everything that is generated must have a description.
    #[serde(default)]
    pub(crate) require_descriptions: bool,
    /// Commands that download a package with protos into a folder.
    #[serde(default)]
    pub(crate) commands: BTreeMap<Registry, Vec<String>>,
}

/// Kinds of packages that contain protos.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Registry {
    /// Package of npm.
    Npm,
    /// Package of PyPI.
    Pypi,
    /// Crate of Rust.
    Crate,
}

impl Registry {
    /// Returns the key in `codegen.toml`.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Registry::Npm => "npm",
            Registry::Pypi => "pypi",
            Registry::Crate => "crate",
        }
    }
}

/// API as `codegen.toml` states it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawApi {
    spec: Spanned<PathBuf>,
    overlay: Option<PathBuf>,
    module: Option<Spanned<String>>,
    #[serde(default)]
    include: Vec<String>,
    #[serde(default)]
    hooks: Vec<TypeHook>,
    url: Option<String>,
    header: Option<String>,
    #[serde(default)]
    protos: Vec<Spanned<ProtoSource>>,
}

/// An API to generate. Paths are as the working directory sees them.
#[derive(Clone, Debug, Default)]
pub(crate) struct ApiConfig {
    /// Path of the document.
    pub(crate) spec: PathBuf,
    /// Path of the document as `codegen.toml` states it.
    pub(crate) stated_spec: PathBuf,
    /// Place of the path of the document in the configuration.
    pub(crate) place: Range<usize>,
    /// Place of the head of the table in the configuration.
    table: Range<usize>,
    /// Name of the module, instead of the one that the lock or the document has.
    pub(crate) module: Option<String>,
    /// Path of the overlay, if it is not the one next to the document.
    pub(crate) overlay: Option<PathBuf>,
    /// Patterns of the methods to generate; empty for all.
    pub(crate) include: Vec<String>,
    /// Changes to generated items.
    pub(crate) hooks: Hooks,
    /// URL of the document, if Google's directory of APIs does not list it.
    pub(crate) url: Option<String>,
    /// Header to send to the URL, with the environment variable that has its value: `authorization=TOKEN`.
    pub(crate) header: Option<String>,
    /// Sources of protos that state the unions.
    pub(crate) protos: Vec<ProtoSource>,
}

/// A package or a folder with protos: exactly one of `npm`, `pypi`, `crate` and `folder` is set.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProtoSource {
    /// Name of a package of npm.
    pub(crate) npm: Option<String>,
    /// Name of a package of PyPI.
    pub(crate) pypi: Option<String>,
    /// Name of a crate.
    #[serde(rename = "crate")]
    pub(crate) krate: Option<String>,
    /// Version of the package.
    pub(crate) version: Option<String>,
    /// Folder with protos, instead of a package.
    pub(crate) folder: Option<PathBuf>,
    /// Folders in the package that imports are relative to.
    #[serde(default)]
    pub(crate) paths: Vec<PathBuf>,
    /// Place in the configuration.
    #[serde(skip)]
    pub(crate) place: Range<usize>,
}

impl ApiConfig {
    /// Returns the configuration of a document that is generated whole.
    pub(crate) fn new(spec: PathBuf, overlay: Option<PathBuf>) -> Self {
        Self { stated_spec: spec.clone(), spec, overlay, ..Self::default() }
    }

    /// Returns the path of the overlay, which may not exist.
    pub(crate) fn overlay_path(&self) -> PathBuf {
        self.overlay.clone().unwrap_or_else(|| crate::parser::overlay::path_for(&self.spec))
    }

    /// Returns the path of the lock.
    pub(crate) fn lock_path(&self) -> PathBuf {
        lock::path_for(&self.spec)
    }

    /// Returns a warning about a lock without a document, if this document has no lock: one of them was renamed.
    pub(crate) fn stray_lock(&self) -> Option<Diagnostic> {
        let lock = self.lock_path();
        if lock.exists() {
            return None;
        }
        let folder = lock.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let names = std::fs::read_dir(folder).ok()?.flatten().filter_map(|entry| entry.file_name().into_string().ok());
        let names: BTreeSet<String> = names.collect();
        let is_stray = |name: &&String| {
            let stem = name.strip_suffix(".lock.toml");
            stem.is_some_and(|stem| ["json", "yaml", "yml"].iter().all(|end| !names.contains(&format!("{stem}.{end}"))))
        };
        let stray = lock.with_file_name(names.iter().find(is_stray)?);
        let message = format!("`{}` has no lock, and `{}` no document", self.spec.display(), stray.display());
        let help = format!("if the document was renamed, rename its lock to `{}` and run again", lock.display());
        Some(Diagnostic::warning(message).help(help))
    }

    /// Reads the document with its overlay, and the names of its lock.
    ///
    /// # Errors
    /// A file that cannot be read or parsed.
    pub(crate) fn read(&self) -> Result<(Input, Names), Diagnostics> {
        self.expect_document()?;
        let input = Input::read(&self.spec, self.overlay.as_deref())?;
        let names = pipeline::read_lock(&self.lock_path())?;
        let names = match &self.module {
            // A valid name: it was checked when the configuration was read.
            Some(module) => names.clone().with_module(module).unwrap_or(names),
            None => names,
        };
        Ok((input, names))
    }

    /// Reads the document.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub(crate) fn document(&self) -> Result<Arc<Source>, Diagnostic> {
        self.expect_document()?;
        files::read(&self.spec)
    }

    /// Reads the overlay, which is empty if there is none.
    ///
    /// # Errors
    /// A file that cannot be read, or that was named and does not exist.
    pub(crate) fn read_overlay(&self) -> Result<Arc<Source>, Diagnostic> {
        let path = self.overlay_path();
        if self.overlay.is_none() && !path.exists() {
            return Ok(Arc::new(Source::new(path.display().to_string(), "")));
        }
        files::read(&path)
    }

    /// Checks that the document exists, if its name or its URL states how to get it.
    fn expect_document(&self) -> Result<(), Diagnostic> {
        if self.spec.exists() {
            return Ok(());
        }
        let path = self.spec.display();
        let output = shell_word(&path.to_string());
        let stem = self.spec.file_stem().unwrap_or_default().to_string_lossy();
        let named = stem.split_once('.');
        let help = match (&self.url, &self.header, named) {
            (Some(url), Some(header), _) => {
                let name = named.map_or_else(|| format!("{stem}:v1"), |(api, version)| format!("{api}:{version}"));
                let (name, url, header) = (shell_word(&name), shell_word(url), shell_word(header));
                format!("download it: `fetch {name} --url {url} --header {header} --output {output}`")
            }
            (Some(url), None, _) => {
                format!("download it: `vendor {} --include '**' --output {output}`", shell_word(url))
            }
            (None, _, Some((api, version))) => {
                format!("download it: `fetch {} --output {output}`", shell_word(&format!("{api}:{version}")))
            }
            (None, _, None) => return Ok(()),
        };
        Err(Diagnostic::error(format!("no document: `{path}` does not exist")).help(help))
    }
}

/// A configuration. Paths are as the working directory sees them.
#[derive(Clone, Debug)]
pub(crate) struct Config {
    /// Text of the file.
    pub(crate) source: Arc<Source>,
    /// The output crate.
    pub(crate) package: Package,
    /// Settings of `update`.
    pub(crate) update: UpdateConfig,
    /// The APIs, at least one.
    pub(crate) apis: Vec<ApiConfig>,
}

impl Config {
    /// Reads a configuration.
    ///
    /// # Errors
    /// A file that cannot be read or parsed, or that has no APIs.
    pub(crate) fn read(path: &Path) -> Result<Self, Diagnostics> {
        let path = find(path);
        if path.is_dir() {
            let error = Diagnostic::error(format!("`{}` is a folder, and not a configuration", path.display()));
            let inner = ["codegen.toml", "spec/codegen.toml"].map(|name| files::normal(&path.join(name)));
            let file =
                inner.iter().find(|file| file.is_file()).or(inner.first()).map(|file| file.display().to_string());
            return Err(error.help(format!("name the file: `{}`", file.unwrap_or_default())).into());
        }
        if !path.exists() {
            let error = Diagnostic::error(format!("no configuration: `{}` does not exist", path.display()));
            return Err(error.help("create it with `init`, or name another with `--config`").into());
        }
        Self::parse(files::read(&path)?, path.parent().unwrap_or(Path::new("")))
    }

    /// Parses a configuration in a folder.
    ///
    /// # Errors
    /// Invalid TOML, an unknown key, or no APIs.
    pub(crate) fn parse(source: Arc<Source>, folder: &Path) -> Result<Self, Diagnostics> {
        let RawConfig { package, update, api } = toml::parse(&source)?;
        if api.is_empty() {
            let help = "add an `[[api]]` table with the path of a document as `spec`";
            return Err(Diagnostic::error("the configuration has no APIs").in_source(&source).help(help).into());
        }
        let at = |path: PathBuf| join(folder, &path);
        let runtime = package.runtime.map(|runtime| match hooks::check_runtime(runtime.get_ref()) {
            Ok(()) => Ok(runtime.into_inner()),
            Err(fault) => Err(fault.at_span(&source, runtime.span())),
        });
        let runtime = runtime.transpose()?;
        let mut locks: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
        let mut apis = Vec::new();
        for api in api {
            let (table, api) = (api.span(), api.into_inner());
            if let Some(module) = &api.module {
                Names::default().with_module(module.get_ref()).map_err(|message| {
                    let help =
                        "a module is letters, digits and underscores, and not the name of another feature of the crate";
                    Diagnostic::error(format!("`module`: {message}")).at_span(&source, module.span()).help(help)
                })?;
            }
            let (place, stated_spec) = (api.spec.span(), api.spec.into_inner());
            let api = ApiConfig {
                spec: at(stated_spec.clone()),
                overlay: api.overlay.map(at),
                module: api.module.map(Spanned::into_inner),
                include: api.include,
                hooks: Hooks { runtime: runtime.clone(), types: api.hooks },
                url: api.url,
                header: api.header,
                protos: api
                    .protos
                    .into_iter()
                    .map(|protos| (protos.span(), protos.into_inner()))
                    .map(|(place, protos)| ProtoSource { folder: protos.folder.map(at), place, ..protos })
                    .collect(),
                stated_spec,
                place,
                table,
            };
            // Documents that differ only in their extensions would share a lock.
            if let Some(other) = locks.insert(api.lock_path(), api.stated_spec.clone()) {
                let (first, second, lock) = (other.display(), api.stated_spec.display(), api.lock_path());
                let (message, help) = if other == api.stated_spec {
                    let help = "list the patterns of both in one `include`, or copy the document to another name";
                    (format!("the document `{first}` is listed twice"), help)
                } else {
                    let message = format!("`{first}` and `{second}` have the same lock `{}`", lock.display());
                    (message, "give one of the files another name")
                };
                return Err(Diagnostic::error(message).at_span(&source, api.place).help(help).into());
            }
            apis.push(api);
        }
        let is_file = |path: &PathBuf| path.file_name().is_some() && !at(path.clone()).is_dir();
        if let Some(folder) = update.changelog.as_ref().filter(|path| !is_file(path)) {
            let error = Diagnostic::error(format!("`changelog` is the folder `{}`", folder.display()));
            return Err(error.in_source(&source).help("name a file, such as `CHANGELOG.md`").into());
        }
        Ok(Self {
            package: Package {
                name: package.name,
                place: package.path.span(),
                path: at(package.path.into_inner()),
                doc: package.doc,
                runtime,
            },
            update: UpdateConfig { changelog: update.changelog.map(at), reviews: update.reviews.map(at), ..update },
            apis,
            source,
        })
    }

    /// Returns the path of the crate's manifest.
    pub(crate) fn manifest(&self) -> PathBuf {
        self.package.path.join("Cargo.toml")
    }

    /// Reads the crate's manifest.
    ///
    /// # Errors
    /// A crate that does not exist.
    pub(crate) fn read_manifest(&self) -> Result<Arc<Source>, Diagnostic> {
        let (path, folder) = (self.manifest(), self.package.path.display());
        if path.exists() {
            return files::read(&path);
        }
        let new = shell_word(&folder.to_string());
        let help = format!("create the crate with `cargo new --lib {new}`, and delete its `src/lib.rs`");
        let error = Diagnostic::error(format!("no crate: `{}` does not exist", path.display()));
        Err(error.at_span(&self.source, self.package.place.clone()).help(help))
    }

    /// Adds places to errors about an API that have none: the text that an error quotes first, or else the document.
    pub(crate) fn located(&self, api: &ApiConfig, faults: Diagnostics) -> Diagnostics {
        // The table ends where the next one begins.
        let next = self.apis.partition_point(|other| other.table.start <= api.table.start);
        let end = self.apis.get(next).map_or(self.source.text.len(), |next| next.table.start);
        let table = self.source.text.get(api.table.start..end).unwrap_or_default();
        let place = |message: &str| -> Option<Range<usize>> {
            let text = message.split('`').nth(1).filter(|text| !text.is_empty())?;
            // Paths are relative to the file.
            let folder = Path::new(&self.source.name).parent().unwrap_or(Path::new(""));
            let stated = Path::new(text).strip_prefix(folder).ok().and_then(Path::to_str).unwrap_or(text);
            let quoted = [text, stated].map(|text| [format!("\"{text}\""), format!("'{text}'")]);
            let mut quoted = quoted.iter().flatten();
            let (at, length) = quoted.find_map(|quoted| Some((table.find(quoted.as_str())?, quoted.len())))?;
            let start = api.table.start.saturating_add(at);
            Some(start..start.saturating_add(length))
        };
        let one = |fault: Diagnostic| match fault.location {
            Some(_) => fault,
            None => {
                let place = place(&fault.message).unwrap_or_else(|| api.place.clone());
                fault.at_span(&self.source, place)
            }
        };
        Diagnostics(faults.0.into_iter().map(one).collect())
    }

    /// Returns the path of the changelog.
    pub(crate) fn changelog(&self) -> PathBuf {
        self.update.changelog.clone().unwrap_or_else(|| self.package.path.join("CHANGELOG.md"))
    }

    /// Returns the folder of the reviews.
    pub(crate) fn reviews(&self) -> PathBuf {
        self.update.reviews.clone().unwrap_or_else(|| self.package.path.join("reviews"))
    }
}

/// Returns the path of the configuration: the path itself, or a file of this name below a parent folder, so that
/// commands work in sub-folders.
pub(crate) fn find(path: &Path) -> PathBuf {
    if path.is_absolute() || path.exists() {
        return path.to_owned();
    }
    let parents = std::iter::successors(Some(PathBuf::from("..")), |parent| Some(parent.join("..")));
    let above = parents.take(MAX_PARENTS).map(|parent| parent.join(path));
    above.into_iter().find(|candidate| candidate.is_file()).unwrap_or_else(|| path.to_owned())
}

/// Number of parent folders in which a configuration is looked for.
const MAX_PARENTS: usize = 16;

/// Joins a folder and a relative path, and removes leading `..`: `spec` and `../generated` are `generated`.
fn join(folder: &Path, path: &Path) -> PathBuf {
    match (path.strip_prefix(".."), folder.file_name(), folder.parent()) {
        (Ok(rest), Some(_), Some(parent)) => join(parent, rest),
        _ => folder.join(path),
    }
}
