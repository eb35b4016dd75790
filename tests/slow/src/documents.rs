//! The documents that Google's own Python client carries.

use crate::real;
use std::path::PathBuf;

/// The release that has them.
const RELEASE: &str = "2.202.0";

/// How many documents it has.
const COUNT: usize = 610;

/// Every document, in order.
///
/// # Errors
/// When they are not those that are known.
pub(crate) fn all() -> Result<Vec<PathBuf>, String> {
    let folder = real::documents(RELEASE);
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
