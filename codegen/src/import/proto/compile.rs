//! Compilation of `.proto` files.

use super::imports::Imports;
use super::limits;
use super::matching::camel;
use super::packages::{Found, Selected, gather, is_within};
use crate::diagnostic::Diagnostic;
use crate::model::Api;
use crate::source::files::regular_file;
use crate::text::quoted;
use prost_reflect::DescriptorPool;
use prost_reflect::prost_types::{DescriptorProto, EnumDescriptorProto, FieldDescriptorProto, FileDescriptorProto};
use protox::file::{File, FileResolver, GoogleFileResolver};
use std::collections::BTreeSet;
use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

/// The compiled protos of the packages of a document, with their imports.
#[derive(Clone, Debug)]
pub struct Protos {
    pub(super) pool: DescriptorPool,
    pub(super) package: String,
    /// Further packages whose services the document has.
    pub(super) companions: Vec<String>,
    /// Files of other packages after which schemas are named.
    pub(super) others: BTreeSet<String>,
    /// Files of operations, which the protos of the document do not import.
    pub(super) mixed_in: BTreeSet<String>,
    /// Files that were left out, with the error of each.
    pub(super) left_out: Vec<String>,
    /// Imports that were not found, each with the importing file. Only options came from them; the options of the
    /// importing files are unknown.
    pub missing: BTreeSet<(String, String)>,
}

impl Protos {
    /// Returns `true` for the packages of the API and their subpackages.
    pub(super) fn is_own(&self, package: &str) -> bool {
        self.packages().any(|own| is_within(package, own))
    }

    /// Returns `true` for the packages of the API without their subpackages.
    pub(super) fn is_package(&self, package: &str) -> bool {
        self.packages().any(|own| own == package)
    }

    fn packages(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.package.as_str()).chain(self.companions.iter().map(String::as_str))
    }
}

/// Compiles the files of a package, by default of the packages whose services the document has, and those of other
/// packages after which schemas of the document are named.
///
/// A file that does not compile is left out if others of its package do.
///
/// # Errors
/// An unreadable folder, a package without files, an invalid file, or an unresolved type.
pub fn compile(folders: &[PathBuf], package: Option<&str>, api: &Api) -> Result<Protos, Diagnostic> {
    let mut files = Vec::new();
    for folder in folders {
        gather(folder, folder, &mut BTreeSet::new(), &mut files)?;
    }
    if files.is_empty() {
        let folders = quoted(folders.iter().map(|folder| folder.display()), ", ");
        let error = Diagnostic::error(format!("no `.proto` files in {folders}"));
        return Err(error.help("name the folder that imports are relative to"));
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files.dedup_by(|a, b| a.name == b.name);
    let selected = Selected::new(&files, package, api)?;
    let missing = Arc::new(Mutex::new(BTreeSet::new()));
    let roots = folders.iter().filter_map(|folder| folder.canonicalize().ok()).collect();
    let finder = Finder { roots, missing: missing.clone() };
    let mut imports = Imports::new(finder);
    let (own, foreign): (Vec<&Found>, Vec<&Found>) = files.iter().partition(|file| selected.has(file));
    if !own.iter().any(|file| file.is_of(&selected.main)) {
        let packages: BTreeSet<&str> = files.iter().map(|file| file.package.as_str()).collect();
        let fault = Diagnostic::error(format!("no proto file has the package `{}`", selected.main));
        let known = quoted(packages.iter().filter(|package| !package.is_empty()).take(PACKAGES), ", ");
        let fault = if known.is_empty() { fault } else { fault.help(format!("the files have the packages {known}")) };
        return Err(fault.suggest(&selected.main, packages));
    }
    let mut left_out = Vec::new();
    for file in &own {
        if let Err(error) = imports.open(&file.name) {
            left_out.push((*file, error));
        }
    }
    if left_out.len() == own.len()
        && let Some((_, error)) = left_out.first()
    {
        let missing = missing.lock().map(|missing| missing.clone()).unwrap_or_default();
        let fault = Diagnostic::error(&**error);
        return Err(match missing_imports(&missing) {
            None => fault,
            Some(help) => fault.help(help),
        });
    }
    let before = imports.names();
    if api.schemas.contains_key("Operation") && files.iter().any(|file| file.name == OPERATIONS) {
        // A copy that does not compile is missed only where an own file imports it.
        let _ = imports.open(OPERATIONS);
    }
    let mixed_in = imports.names().difference(&before).cloned().collect();
    let before = imports.names();
    for file in foreign.into_iter().filter(|file| names_schemas(&file.package, api)) {
        if let Err(error) = imports.open(&file.name) {
            left_out.push((file, error));
        }
    }
    let others = imports.names().difference(&before).cloned().collect();
    let left_out = left_out.into_iter().map(|(file, error)| format!("`{}` is left out: {error}", file.name));
    let mut left_out: Vec<String> = left_out.map(|line| line.trim_end().to_owned()).collect();
    let pool = imports.pool();
    let missing = missing.lock().map(|missing| missing.clone()).unwrap_or_default();
    if !left_out.is_empty() {
        left_out.extend(missing_imports(&missing));
    }
    Ok(Protos { pool, package: selected.main, companions: selected.companions, others, mixed_in, left_out, missing })
}

/// Number of packages that an error lists.
const PACKAGES: usize = 8;

/// Long-running operations: services have their methods by a configuration that is not in the protos.
const OPERATIONS: &str = "google/longrunning/operations.proto";

/// Returns `true` if the names of schemas start with a package, as in `GoogleCloudVideointelligenceV1beta2_TextFrame`.
fn names_schemas(package: &str, api: &Api) -> bool {
    let prefix = camel(package);
    let follows = |rest: &str| rest.starts_with(|next: char| next == '_' || next.is_ascii_uppercase());
    !prefix.is_empty() && api.schemas.keys().any(|name| name.strip_prefix(&prefix).is_some_and(follows))
}

/// Returns advice about imports that were not found, if there are any.
fn missing_imports(missing: &BTreeSet<(String, String)>) -> Option<String> {
    let names: BTreeSet<&str> = missing.iter().map(|(import, _)| import.as_str()).collect();
    let names = names.into_iter().collect::<Vec<_>>().join(", ");
    let advice = "add their folder; the npm package google-gax has the common ones";
    (!names.is_empty()).then(|| format!("imports that were not found: {names}; {advice}"))
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
pub(super) struct Finder {
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
        let text = text.trim_start_matches('\u{feff}');
        limits::check(name, text).map_err(|fault| protox::Error::new(Invalid(fault)))?;
        let file = File::from_source(name, text)?;
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
