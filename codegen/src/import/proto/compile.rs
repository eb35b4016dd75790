//! Compilation of `.proto` files.

use super::nesting;
use crate::diagnostic::Diagnostic;
use crate::model::Api;
use crate::source::files::regular_file;
use prost_reflect::DescriptorPool;
use prost_reflect::prost_types::{DescriptorProto, EnumDescriptorProto, FieldDescriptorProto, FileDescriptorProto};
use protox::file::{File, FileResolver, GoogleFileResolver};
use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// The compiled protos of one package, with their imports.
#[derive(Clone, Debug)]
pub struct Protos {
    pub(super) pool: DescriptorPool,
    pub(super) package: String,
    /// Imports that were not found, each with the importing file. Only options came from them; the options of the
    /// importing files are unknown.
    pub missing: BTreeSet<(String, String)>,
}

impl Protos {
    /// Returns `true` for the package of the API and its subpackages.
    pub(super) fn is_own(&self, package: &str) -> bool {
        package.strip_prefix(&self.package).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }
}

/// Compiles the files of a package; by default, of the package whose services have the host and version of the document.
///
/// # Errors
/// An unreadable folder, a package without files, an invalid file, or an unresolved type.
pub fn compile(folders: &[PathBuf], package: Option<&str>, api: &Api) -> Result<Protos, Diagnostic> {
    let mut files = Vec::new();
    for folder in folders {
        gather(folder, folder, &mut BTreeSet::new(), &mut files)?;
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    let package = match package {
        Some(package) => package.to_owned(),
        None => serving(&files, api)?,
    };
    let missing = Arc::new(Mutex::new(BTreeSet::new()));
    let roots = folders.iter().filter_map(|folder| folder.canonicalize().ok()).collect();
    let finder = Finder { roots, missing: missing.clone() };
    let mut compiler = protox::Compiler::with_file_resolver(finder);
    let within = format!("{package}.");
    let own: Vec<&Found> =
        files.iter().filter(|file| file.package == package || file.package.starts_with(&within)).collect();
    if own.is_empty() {
        let packages: BTreeSet<&str> = files.iter().map(|file| file.package.as_str()).collect();
        let fault = Diagnostic::error(format!("no proto file has the package `{package}`"));
        return Err(fault.suggest(&package, packages));
    }
    for file in own {
        if let Err(error) = compiler.open_file(&file.name) {
            let missing = missing.lock().map(|missing| imports(&missing)).unwrap_or_default();
            // Its debug form has file, line and column.
            let fault = Diagnostic::error(format!("{error:?}"));
            return Err(match missing.as_str() {
                "" => fault,
                imports => fault.help(format!(
                    "imports that were not found: {imports}; the npm package google-gax has the common ones"
                )),
            });
        }
    }
    let pool = compiler.descriptor_pool();
    let missing = missing.lock().map(|missing| missing.clone()).unwrap_or_default();
    Ok(Protos { pool, package, missing })
}

fn imports(missing: &BTreeSet<(String, String)>) -> String {
    let names: BTreeSet<&str> = missing.iter().map(|(import, _)| import.as_str()).collect();
    names.into_iter().collect::<Vec<_>>().join(", ")
}

/// A `.proto` file, as found by a text search.
struct Found {
    /// Path relative to the proto folder, as in imports.
    name: String,
    package: String,
    host: Option<String>,
}

/// Finds the proto files in a folder. `seen` has the folders so far, as links may lead to the same one again.
fn gather(root: &Path, folder: &Path, seen: &mut BTreeSet<PathBuf>, files: &mut Vec<Found>) -> Result<(), Diagnostic> {
    let fault = |error: std::io::Error| Diagnostic::error(format!("{}: {error}", folder.display()));
    if !seen.insert(folder.canonicalize().map_err(fault)?) {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder).map_err(fault)? {
        let path = entry.map_err(fault)?.path();
        if path.is_dir() {
            gather(root, &path, seen, files)?;
        } else if path.extension().is_some_and(|extension| extension == "proto") {
            let text = regular_file(&path, &path.display().to_string())?;
            let text = String::from_utf8_lossy(&text);
            let Ok(name) = path.strip_prefix(root) else {
                continue;
            };
            let name: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
            let package =
                text.lines().find_map(|line| line.trim().strip_prefix("package ")?.trim_end().strip_suffix(';'));
            let host = text.split_once("(google.api.default_host)").and_then(|(_, rest)| rest.split('"').nth(1));
            files.push(Found {
                name: name.join("/"),
                package: package.unwrap_or_default().trim().to_owned(),
                host: host.map(str::to_owned),
            });
        }
    }
    Ok(())
}

/// Returns the package whose services have the host and version of the document.
fn serving(files: &[Found], api: &Api) -> Result<String, Diagnostic> {
    let version = format!(".{}", api.version);
    let found: BTreeSet<&str> = files
        .iter()
        .filter(|file| file.package.ends_with(&version))
        .filter(|file| file.host.as_deref().is_some_and(|host| api.root_url == format!("https://{host}/")))
        .map(|file| file.package.as_str())
        .collect();
    match found.iter().collect::<Vec<_>>().as_slice() {
        [one] => Ok((**one).to_owned()),
        [] => Err(Diagnostic::error(format!(
            "no service of the protos has the host `{}` and the version `{}`",
            api.root_url, api.version
        ))
        .help("set the package of the document in the overlay: `package = \"…\"`")),
        several => Err(Diagnostic::error(format!("several packages have the host `{}`", api.root_url)).help(format!(
            "set one of them in the overlay: {}",
            several.iter().map(|package| format!("`package = \"{package}\"`")).collect::<Vec<_>>().join(", ")
        ))),
    }
}

/// File that is refused before it is parsed, by a message that names it.
struct Invalid(String);

impl fmt::Debug for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Invalid {}

/// Resolves imports in the proto folders, and nowhere else. A file with missing imports loses its options.
struct Finder {
    /// Proto folders, without links.
    roots: Vec<PathBuf>,
    missing: Arc<Mutex<BTreeSet<(String, String)>>>,
}

impl Finder {
    fn find(&self, name: &str) -> Option<PathBuf> {
        let within = |root: &PathBuf| root.join(name).canonicalize().ok().filter(|path| path.starts_with(root));
        self.roots.iter().filter_map(within).find(|path| !path.is_dir())
    }

    fn has(&self, name: &str) -> bool {
        self.find(name).is_some() || GoogleFileResolver::new().open_file(name).is_ok()
    }
}

impl FileResolver for Finder {
    fn open_file(&self, name: &str) -> Result<File, protox::Error> {
        // Protobuf's own files come from the compiler: copies in packages may use an edition that it does not support.
        if let Ok(file) = GoogleFileResolver::new().open_file(name) {
            return Ok(file);
        }
        let Some(path) = self.find(name) else {
            return Err(protox::Error::file_not_found(name));
        };
        let text = regular_file(&path, name).map_err(|fault| protox::Error::new(Invalid(fault.message)))?;
        let text = String::from_utf8(text)
            .map_err(|error| protox::Error::new(Invalid(format!("`{name}` is not valid UTF-8: {error}"))))?;
        nesting::check(name, &text).map_err(|fault| protox::Error::new(Invalid(fault)))?;
        let file = File::from_source(name, &text)?;
        let absent: BTreeSet<String> =
            file.file_descriptor_proto().dependency.iter().filter(|import| !self.has(import)).cloned().collect();
        if absent.is_empty() {
            return Ok(file);
        }
        if let Ok(mut missing) = self.missing.lock() {
            missing.extend(absent.iter().map(|import| (import.clone(), name.to_owned())));
        }
        let mut descriptor = file.file_descriptor_proto().clone();
        descriptor.dependency.retain(|import| !absent.contains(import));
        descriptor.public_dependency.clear();
        descriptor.weak_dependency.clear();
        without_options(&mut descriptor);
        Ok(File::from_file_descriptor_proto(descriptor))
    }
}

/// Removes all options that other files may define.
fn without_options(file: &mut FileDescriptorProto) {
    file.options = None;
    file.message_type.iter_mut().for_each(message_without_options);
    for service in &mut file.service {
        service.options = None;
        service.method.iter_mut().for_each(|method| method.options = None);
    }
    file.enum_type.iter_mut().for_each(enum_without_options);
    file.extension.iter_mut().for_each(field_without_options);
}

fn message_without_options(message: &mut DescriptorProto) {
    if let Some(options) = &mut message.options {
        options.uninterpreted_option.clear();
    }
    message.field.iter_mut().chain(&mut message.extension).for_each(field_without_options);
    message.oneof_decl.iter_mut().for_each(|oneof| oneof.options = None);
    message.enum_type.iter_mut().for_each(enum_without_options);
    message.nested_type.iter_mut().for_each(message_without_options);
}

fn field_without_options(field: &mut FieldDescriptorProto) {
    if let Some(options) = &mut field.options {
        options.uninterpreted_option.clear();
    }
}

fn enum_without_options(enumeration: &mut EnumDescriptorProto) {
    enumeration.options = None;
    enumeration.value.iter_mut().for_each(|value| value.options = None);
}
