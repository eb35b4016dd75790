//! The documents that Google's own Python client carries.

use crate::python;
use std::path::PathBuf;

/// How many documents it has.
pub const COUNT: usize = 610;

/// Where they are.
///
/// # Errors
/// When the client cannot be installed.
pub fn folder() -> Result<PathBuf, String> {
    Ok(python::CLIENT.folder()?.join("googleapiclient/discovery_cache/documents"))
}

/// Every document, in order.
///
/// # Errors
/// When they cannot be fetched, or are not those that are known.
pub fn all() -> Result<Vec<PathBuf>, String> {
    let folder = folder()?;
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
