//! Protos that a configuration names: folders, and packages that a command of the user downloads.

use super::config::{ApiConfig, Config, ProtoSource, Registry};
use super::terminal::status;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::files;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Returns the folders with the protos of an API, for an import. Packages that are not in the cache are downloaded.
///
/// # Errors
/// An invalid source of protos, a missing command, or one that fails.
pub(super) fn folders(config: &Config, api: &ApiConfig, cache: &Path) -> Result<Vec<PathBuf>, Diagnostics> {
    let mut folders = Vec::new();
    for protos in &api.protos {
        folders.extend(of_source(config, protos, cache)?);
    }
    Ok(folders)
}

fn of_source(config: &Config, protos: &ProtoSource, cache: &Path) -> Result<Vec<PathBuf>, Diagnostics> {
    let fault = |message: String| Diagnostic::error(message).at_span(&config.source, protos.place.clone());
    let packages: Vec<(Registry, &String)> =
        [(Registry::Npm, &protos.npm), (Registry::Pypi, &protos.pypi), (Registry::Crate, &protos.krate)]
            .into_iter()
            .filter_map(|(registry, name)| Some((registry, name.as_ref()?)))
            .collect();
    match (packages.as_slice(), &protos.folder, &protos.version) {
        ([], Some(folder), None) => Ok(below(folder, &protos.paths)),
        ([(registry, name)], None, Some(version)) => {
            let command = config.update.commands.get(registry).map(Vec::as_slice);
            let folder = package(command, *registry, name, version, cache)
                .map_err(|error| error.at_span(&config.source, protos.place.clone()))?;
            let mut found = below(&folder, &protos.paths);
            if protos.paths.is_empty() && *registry == Registry::Npm {
                found = ["google-gax", name.as_str()]
                    .map(|package| folder.join("node_modules").join(package).join("build/protos"))
                    .into_iter()
                    .filter(|folder| folder.is_dir())
                    .collect();
            }
            let missing = found.iter().find(|folder| !folder.is_dir());
            match missing {
                Some(missing) => {
                    Err(fault(format!("the package `{name}` has no folder `{}`", missing.display())).into())
                }
                None if found.is_empty() => {
                    let help = "name the folders that imports are relative to with `paths`";
                    Err(fault(format!("the package `{name}` has no folder `build/protos`")).help(help).into())
                }
                None => Ok(found),
            }
        }
        _ => {
            let help =
                "for example `{ npm = \"@google-cloud/kms\", version = \"5.0.0\" }` or `{ folder = \"protos\" }`";
            Err(fault("an entry of `protos` is a package and its version, or a folder".into()).help(help).into())
        }
    }
}

fn below(folder: &Path, paths: &[PathBuf]) -> Vec<PathBuf> {
    if paths.is_empty() { vec![folder.to_owned()] } else { paths.iter().map(|path| folder.join(path)).collect() }
}

/// Returns the folder of a package in the cache. A package that is not there is downloaded to a folder of its own,
/// which is renamed when the command has succeeded.
fn package(
    command: Option<&[String]>,
    registry: Registry,
    name: &str,
    version: &str,
    cache: &Path,
) -> Result<PathBuf, Diagnostic> {
    let kind = registry.as_str();
    let is_plain = |text: &str| {
        !text.starts_with('-')
            && !text.split('/').any(|part| part.is_empty() || part == "." || part == "..")
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"@/._+-".contains(&b))
    };
    if !is_plain(name) || !is_plain(version) {
        return Err(Diagnostic::error(format!("invalid package `{name}` or version `{version}`")));
    }
    let parent = cache.join("protos").join(kind);
    let folder = parent.join(format!("{}@{}", name.replace('/', "+"), version.replace('/', "+")));
    if folder.is_dir() {
        return Ok(folder);
    }
    let Some((program, arguments)) = command.and_then(<[String]>::split_first) else {
        let help = match registry {
            Registry::Npm => {
                "npm = [\"npm\", \"install\", \"--ignore-scripts\", \"--prefix\", \"{folder}\", \"{package}@{version}\"]"
            }
            Registry::Pypi => {
                "pypi = [\"pip\", \"install\", \"--no-deps\", \"--target\", \"{folder}\", \"{package}=={version}\"]"
            }
            Registry::Crate => "crate = [\"my-script\", \"{package}\", \"{version}\", \"{folder}\"]",
        };
        return Err(Diagnostic::error(format!("no command downloads packages of `{kind}`"))
            .help(format!("add one to `[update.commands]`: {help}")));
    };
    let failed = |error: std::io::Error| files::failed("create", &folder, &error);
    let partial = parent.join(format!("partial-{}", std::process::id()));
    fs::create_dir_all(&partial).map_err(&failed)?;
    let absolute = fs::canonicalize(&partial).map_err(&failed)?;
    let filled = |argument: &String| {
        argument
            .replace("{folder}", &absolute.to_string_lossy())
            .replace("{package}", name)
            .replace("{version}", version)
    };
    status(&format!("running `{program}` for {name} {version}"));
    let ran =
        Command::new(program).args(arguments.iter().map(filled)).stdin(Stdio::null()).stdout(Stdio::null()).status();
    let outcome = match ran {
        Ok(code) if code.success() => fs::rename(&partial, &folder).map_err(&failed),
        Ok(code) => Err(Diagnostic::error(format!("`{program}` failed for the package `{name}`: {code}"))),
        Err(error) => Err(Diagnostic::error(format!("cannot run `{program}`: {error}"))
            .help(format!("correct the command `{kind}` in `[update.commands]`"))),
    };
    if outcome.is_err() {
        // The failure itself is reported.
        let _ = fs::remove_dir_all(&partial);
    }
    outcome.map(|()| folder)
}
