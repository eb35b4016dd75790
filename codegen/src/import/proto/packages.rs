//! Packages of `.proto` files, found by a text search, and the selection of those that belong to a document.

use super::bindings;
use crate::diagnostic::Diagnostic;
use crate::model::Api;
use crate::source::files::{failed, regular_file};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A `.proto` file, as found by a text search.
pub(super) struct Found {
    /// Path relative to the proto folder, as in imports.
    pub(super) name: String,
    pub(super) package: String,
    host: Option<String>,
    /// Paths of the HTTP bindings, with `*` for each variable part.
    paths: BTreeSet<String>,
}

impl Found {
    /// Returns `true` for a file of a package or of one of its subpackages.
    pub(super) fn is_of(&self, package: &str) -> bool {
        is_within(&self.package, package)
    }
}

/// Returns `true` for a package and its subpackages.
pub(super) fn is_within(package: &str, outer: &str) -> bool {
    package.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Finds the proto files in a folder. `seen` has the folders so far, as links may lead to the same one again.
pub(super) fn gather(
    root: &Path,
    folder: &Path,
    seen: &mut BTreeSet<std::path::PathBuf>,
    files: &mut Vec<Found>,
) -> Result<(), Diagnostic> {
    let fault = |error: std::io::Error| {
        let diagnostic = failed("read the folder", folder, &error);
        match error.kind() {
            std::io::ErrorKind::NotADirectory => diagnostic.help("name the folder that imports are relative to"),
            _ => diagnostic,
        }
    };
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
            let text = text.trim_start_matches('\u{feff}');
            let Ok(name) = path.strip_prefix(root) else {
                continue;
            };
            let name: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
            files.push(found(name.join("/"), text));
        }
    }
    Ok(())
}

fn found(name: String, text: &str) -> Found {
    // Several statements may be in one line; only those that end in it count.
    let statements = text.lines().flat_map(|line| line.rsplit_once(';').map_or("", |(ended, _)| ended).split(';'));
    let mut packages = statements.filter_map(|statement| statement.trim().strip_prefix("package "));
    let package = packages.next();
    let host = text.split_once("(google.api.default_host)").and_then(|(_, rest)| rest.split('"').nth(1));
    let quoted = text.lines().filter_map(|line| line.split('"').nth(1)).filter(|text| text.starts_with('/'));
    Found {
        name,
        package: package.unwrap_or_default().trim().to_owned(),
        host: host.map(str::to_owned),
        paths: quoted.map(bindings::stars).collect(),
    }
}

/// Packages that belong to a document.
pub(super) struct Selected {
    /// Package of the document.
    pub(super) main: String,
    /// Further packages whose services the document has: the API `firestore:v1` has two.
    pub(super) companions: Vec<String>,
}

impl Selected {
    /// Selects packages. `package` is that of the overlay.
    ///
    /// # Errors
    /// Without `package`, protos without a service of the document, or of several packages that cannot be distinguished.
    pub(super) fn new(files: &[Found], package: Option<&str>, api: &Api) -> Result<Self, Diagnostic> {
        let serving = serving(files, api);
        let (main, companions) = match (package, serving) {
            (Some(package), serving) => (package.to_owned(), serving.unwrap_or_default()),
            (None, serving) => {
                let mut serving = serving?.into_iter();
                (serving.next().unwrap_or_default(), serving.collect())
            }
        };
        let companions = companions.into_iter().filter(|companion| !is_within(companion, &main)).collect();
        Ok(Self { main, companions })
    }

    /// Returns `true` for a file of the selected packages and their subpackages.
    pub(super) fn has(&self, file: &Found) -> bool {
        file.is_of(&self.main) || self.companions.iter().any(|companion| file.is_of(companion))
    }
}

/// Services of a package, as its files state them.
#[derive(Default)]
struct Services<'a> {
    hosts: BTreeSet<&'a str>,
    paths: BTreeSet<&'a str>,
}

/// Returns the packages whose services have the version of the document and its host; of several, those with a path of
/// the document. Without such a host, most of the paths of a package have to be those of the document.
fn serving(files: &[Found], api: &Api) -> Result<Vec<String>, Diagnostic> {
    let version = format!(".{}", api.version);
    let mut packages: BTreeMap<&str, Services<'_>> = BTreeMap::new();
    for file in files.iter().filter(|file| file.package.ends_with(&version) && file.host.is_some()) {
        let services = packages.entry(&file.package).or_default();
        services.hosts.extend(file.host.as_deref());
        services.paths.extend(file.paths.iter().map(String::as_str));
    }
    let of_document: BTreeSet<String> = bindings::of_document(api).into_keys().map(|(_, path)| path).collect();
    let shared = |services: &Services<'_>| services.paths.iter().filter(|path| of_document.contains(**path)).count();
    let (mut same_host, mut same_paths) = (Vec::new(), Vec::new());
    for (package, services) in &packages {
        let shared = shared(services);
        if services.hosts.iter().any(|host| api.root_url == format!("https://{host}/")) {
            same_host.push((shared, *package));
        } else if shared.saturating_mul(2) > services.paths.len() {
            same_paths.push((shared, *package));
        }
    }
    let mut serving = if same_host.is_empty() { same_paths } else { same_host };
    if let [(_, one)] = serving.as_slice() {
        return Ok(vec![(*one).to_owned()]);
    }
    let all: Vec<&str> = serving.iter().map(|(_, package)| *package).collect();
    serving.retain(|(shared, _)| *shared > 0);
    serving.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    match (serving.is_empty(), all.is_empty()) {
        (false, _) => Ok(serving.into_iter().map(|(_, package)| package.to_owned()).collect()),
        (true, false) => Err(Diagnostic::error(format!("several packages have the host `{}`", api.root_url))
            .help(format!("set one of them in the overlay: {}", options(all)))),
        (true, true) => {
            let fault = Diagnostic::error(format!(
                "no service of the protos has the host `{}` and the version `{}`",
                api.root_url, api.version
            ));
            let own = packages.keys().copied().collect::<Vec<_>>();
            let help = "set the package of the document in the overlay";
            Err(match own.is_empty() {
                true => fault.help(format!("{help}: `package = \"…\"`")),
                false => fault.help(format!("{help}: {}", options(own))),
            })
        }
    }
}

fn options(packages: Vec<&str>) -> String {
    packages.iter().map(|package| format!("`package = \"{package}\"`")).collect::<Vec<_>>().join(", ")
}
