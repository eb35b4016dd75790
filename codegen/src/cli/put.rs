//! One file, written whole or not at all.

use crate::diagnostic::Diagnostic;
use std::io::Write;
use std::path::Path;

/// Writes a file; `-` is standard output.
pub(super) fn put(path: &Path, text: &str) -> Result<(), Diagnostic> {
    if path.as_os_str() == "-" {
        super::give(text);
        return Ok(());
    }
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
