//! Discovery documents of Google's Python client.

use crate::real;
use discovery_codegen::source::files;
use std::path::PathBuf;

/// Release of the documents.
pub(crate) const NEW: &str = "2.202.0";

/// Earlier release, for comparisons.
pub(crate) const OLD: &str = "2.190.0";

/// Number of documents in [`NEW`].
const COUNT: usize = 610;

/// Returns all documents of [`NEW`], in order.
///
/// # Errors
/// When their number is not the expected one.
pub(crate) fn all() -> Result<Vec<PathBuf>, String> {
    let folder = real::documents(NEW);
    let documents = files::documents(&folder).map_err(|error| error.to_string())?;
    match documents.len() {
        COUNT => Ok(documents),
        other => Err(format!("{}: {other} documents, not {COUNT}", folder.display())),
    }
}
