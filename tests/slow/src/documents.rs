//! The documents that Google's own Python client carries.

use crate::real;
use discovery_codegen::source::files;
use std::path::PathBuf;

/// The release whose documents are looked at.
pub(crate) const NEW: &str = "2.202.0";

/// The release that they are compared with.
pub(crate) const OLD: &str = "2.190.0";

/// Number of documents in [`NEW`].
const COUNT: usize = 610;

/// Every document of [`NEW`], in order.
///
/// # Errors
/// When they are not those that are known.
pub(crate) fn all() -> Result<Vec<PathBuf>, String> {
    let folder = real::documents(NEW);
    let documents = files::documents(&folder).map_err(|error| error.to_string())?;
    match documents.len() {
        COUNT => Ok(documents),
        other => Err(format!("{}: {other} documents, not {COUNT}", folder.display())),
    }
}
