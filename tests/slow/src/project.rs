//! Paths of the project.

use std::path::{Path, PathBuf};

/// Returns the absolute path of a file in the project.
pub(crate) fn path(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// Returns the text of a file in the project.
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn text(path: &str) -> Result<String, String> {
    let path = self::path(path);
    std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
}
