//! Texts from files and standard input, with errors that say what would be right.

use crate::diagnostic::Diagnostic;
use crate::source::Source;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The largest document that is read: a hundred times the largest that is known.
const LIMIT: u64 = 512 << 20;

/// Reads a text; `-` is standard input.
///
/// # Errors
/// When there is no such file, or it is no text.
pub fn read(path: &Path) -> Result<Arc<Source>, Diagnostic> {
    let name = path.display().to_string();
    let bytes = if name == "-" { standard_input()? } else { file(path)? };
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Arc::new(Source::new(name, text))),
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            let help = "documents are UTF-8";
            Err(Diagnostic::error(format!("`{name}` is no text: its byte {offset} is not UTF-8")).help(help))
        }
    }
}

fn standard_input() -> Result<Vec<u8>, Diagnostic> {
    let mut bytes = Vec::new();
    match std::io::stdin().lock().take(LIMIT).read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        Err(error) => Err(Diagnostic::error(format!("cannot read standard input: {error}"))),
    }
}

fn file(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    let name = path.display();
    let failed = |error: &std::io::Error| {
        let diagnostic = Diagnostic::error(format!("cannot read `{name}`: {error}"));
        if error.kind() != std::io::ErrorKind::NotFound {
            return diagnostic;
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let near: Vec<String> = std::fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        let wanted = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        diagnostic.suggest(&wanted, near.iter().map(String::as_str))
    };
    let meta = std::fs::metadata(path).map_err(|error| failed(&error))?;
    if meta.is_dir() {
        return Err(Diagnostic::error(format!("`{name}` is a folder")).help("name a document in it"));
    }
    if meta.len() > LIMIT {
        return Err(Diagnostic::error(format!("`{name}` has {} MiB, which no document has", meta.len() >> 20)));
    }
    std::fs::read(path).map_err(|error| failed(&error))
}

/// The documents that a path names: itself, or, of a folder, every JSON or YAML file in it that is no overlay or lock.
///
/// # Errors
/// When a folder cannot be read, or has no document.
pub fn documents(path: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let entries = std::fs::read_dir(path)
        .map_err(|error| Diagnostic::error(format!("cannot read the folder `{}`: {error}", path.display())))?;
    let mut found: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_file() && path.extension().is_some_and(|e| e == "json" || e == "yaml" || e == "yml"))
        // The index that Google's Python client has beside its documents.
        .filter(|path| path.file_name().is_some_and(|name| name != "index.json"))
        .collect();
    found.sort();
    if found.is_empty() {
        let help = "a document is a `.json`, `.yaml` or `.yml` file";
        return Err(Diagnostic::error(format!("the folder `{}` has no document", path.display())).help(help));
    }
    Ok(found)
}
