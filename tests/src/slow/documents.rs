//! The documents that Google's own Python client carries, fetched once.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The client whose documents these are.
const CLIENT: &str = "google-api-python-client==2.202.0";

/// How many documents it has.
pub const COUNT: usize = 610;

/// Every document, in order: from `$DISCOVERY_CACHE`, or the user's cache, where they are put when they are not there.
///
/// # Errors
/// When they cannot be fetched, or are not those that are known.
pub fn all() -> Result<Vec<PathBuf>, String> {
    let cache = cache()?;
    let folder = cache.join("googleapiclient/discovery_cache/documents");
    if !folder.is_dir() {
        fetch(&cache)?;
    }
    let entries = std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut documents: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "json") && !path.ends_with("index.json"))
        .collect();
    documents.sort();
    match documents.len() {
        COUNT => Ok(documents),
        other => Err(format!("{}: {other} documents, not {COUNT}", folder.display())),
    }
}

fn cache() -> Result<PathBuf, String> {
    if let Some(cache) = std::env::var_os("DISCOVERY_CACHE") {
        return Ok(cache.into());
    }
    let user = match (std::env::var_os("XDG_CACHE_HOME"), std::env::var_os("HOME")) {
        (Some(cache), _) => PathBuf::from(cache),
        (None, Some(home)) => Path::new(&home).join(".cache"),
        (None, None) => return Err("set DISCOVERY_CACHE: there is no home to keep documents in".into()),
    };
    Ok(user.join("discovery-codegen"))
}

/// Has pip fetch the client, and takes it apart: it is an archive, of which nothing is run.
fn fetch(cache: &Path) -> Result<(), String> {
    eprintln!("fetching {CLIENT} into {}", cache.display());
    let wheels = tempfile::tempdir().map_err(|error| error.to_string())?;
    python(
        Command::new("python3")
            .args(["-m", "pip", "download", "--quiet", "--no-deps", CLIENT, "--dest"])
            .arg(wheels.path()),
    )?;
    let wheel = std::fs::read_dir(wheels.path())
        .map_err(|error| error.to_string())?
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|e| e == "whl"))
        .ok_or("pip has fetched no wheel")?;
    python(Command::new("python3").args(["-m", "zipfile", "-e"]).arg(wheel).arg(cache))
}

fn python(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|error| format!("python3, which fetches documents: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{command:?} failed")) }
}
