//! Where things are.

use std::path::{Path, PathBuf};

/// A path in this project.
pub(crate) fn path(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// The text of a file in this project.
///
/// # Errors
/// When it cannot be read.
pub(crate) fn text(path: &str) -> Result<String, String> {
    let path = self::path(path);
    std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
}
