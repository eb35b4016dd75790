//! One file, written whole or not at all.

use crate::diagnostic::Diagnostic;
use std::io::Write;
use std::path::Path;

/// Writes a file whole, or leaves it as it was.
///
/// # Errors
/// When the file cannot be written.
pub fn write(path: &Path, text: &str) -> Result<(), Diagnostic> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let written = tempfile::NamedTempFile::new_in(folder).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        // Others may read what is kept in a repository.
        #[cfg(unix)]
        std::fs::set_permissions(file.path(), std::os::unix::fs::PermissionsExt::from_mode(0o644))?;
        file.persist(path).map_err(|error| error.error)
    });
    written.map(drop).map_err(|error| Diagnostic::error(format!("cannot write `{}`: {error}", path.display())))
}
