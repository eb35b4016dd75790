//! Paths of the project, and its Cargo.

use std::path::{Path, PathBuf};
use std::process::Command;

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

/// Returns a command of the Cargo that runs this program, in the root of the project. It does not inherit what Cargo
/// sets for this program: build scripts of dependencies that depend on these variables would run again, and all that
/// follows from them be compiled again.
pub(crate) fn cargo() -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(path(""));
    for (name, _) in std::env::vars() {
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            cargo.env_remove(name);
        }
    }
    cargo
}

/// Returns the items whose names contain one of the words of an environment variable, which commas separate; all of
/// them without the variable.
///
/// # Errors
/// A word that no name contains.
pub(crate) fn selected<T>(variable: &str, items: Vec<T>, name: impl Fn(&T) -> String) -> Result<Vec<T>, String> {
    let Ok(words) = std::env::var(variable) else { return Ok(items) };
    let words: Vec<&str> = words.split(',').map(str::trim).collect();
    let names: Vec<String> = items.iter().map(name).collect();
    let is_unknown = |word: &&&str| word.is_empty() || !names.iter().any(|name| name.contains(**word));
    if let Some(unknown) = words.iter().find(is_unknown) {
        return Err(format!("the variable {variable} has the word `{unknown}`, which matches nothing"));
    }
    let named = items.into_iter().zip(names);
    Ok(named.filter(|(_, name)| words.iter().any(|word| name.contains(word))).map(|(item, _)| item).collect())
}
