//! Where a revision comes from: a file, a folder of them, standard input, a revision in git, or a URL.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::parser::overlay;
use crate::pipeline::{self, Input};
use crate::rust::naming::Names;
use crate::rust::naming::lock;
use crate::source::Source;
use crate::source::files;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

/// One document of a side, with what belongs to it.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    pub(crate) input: Input,
    /// What a lock beside it remembers, if there is one.
    pub(crate) lock: Option<Names>,
}

/// A side of a comparison, before anything is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A file, or standard input.
    File(PathBuf),
    /// A folder.
    Folder(PathBuf),
    /// A file in a revision that git knows.
    Git { revision: String, path: String },
    /// A document on the network.
    Url(String),
}

impl Place {
    /// Tells from the text what is meant. A file that is there is meant, whatever its name looks like.
    pub(crate) fn parse(text: &str) -> Self {
        let path = Path::new(text);
        if text.starts_with("https://") || text.starts_with("http://") {
            return Place::Url(text.to_owned());
        }
        if path.is_dir() {
            return Place::Folder(path.to_owned());
        }
        match text.split_once(':') {
            Some((revision, inner)) if !path.exists() && !revision.is_empty() && !inner.is_empty() => {
                Place::Git { revision: revision.to_owned(), path: inner.to_owned() }
            }
            _ => Place::File(path.to_owned()),
        }
    }

    /// Reads the document, and the overlay and lock beside it, where no overlay is named.
    pub(crate) fn read(&self, named: Option<&Path>) -> Result<Document, Diagnostics> {
        let named = named.map(files::read).transpose()?;
        match self {
            Place::File(path) | Place::Folder(path) => {
                let beside = || pipeline::beside(path).map(|path| files::read(&path)).transpose();
                let overlay = if named.is_some() { named } else { beside()? };
                let lock = lock::beside(path);
                let lock = (path.as_os_str() != "-" && lock.is_file()).then(|| lock::read(&lock)).transpose()?;
                Ok(Document { input: Input { document: files::read(path)?, overlay, ref_folders: Vec::new() }, lock })
            }
            Place::Git { revision, path } => {
                let document = git(revision, path)?;
                let beside = |path: PathBuf| git(revision, &path.to_string_lossy()).ok();
                let overlay = named.or_else(|| beside(overlay::beside(Path::new(path))));
                let lock = beside(lock::beside(Path::new(path))).and_then(|lock| toml::from_str(&lock.text).ok());
                Ok(Document { input: Input { document, overlay, ref_folders: Vec::new() }, lock })
            }
            Place::Url(url) => {
                let input = Input { document: get(url)?, overlay: named, ref_folders: Vec::new() };
                Ok(Document { input, lock: None })
            }
        }
    }
}

/// A file as a revision has it.
fn git(revision: &str, path: &str) -> Result<Arc<Source>, Diagnostic> {
    let name = format!("{revision}:{path}");
    // What begins with a dash would be an option.
    if revision.starts_with('-') {
        return Err(Diagnostic::error(format!("`{revision}` is no revision")));
    }
    let output = Command::new("git")
        .args(["show", "--no-textconv", &name])
        .output()
        .map_err(|error| Diagnostic::error(format!("cannot read `{name}`: git does not run: {error}")))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.trim().trim_start_matches("fatal: ").to_owned();
        let help = "a document is a file, a folder, `-`, a URL, or a revision of git and a path: `HEAD~1:spec/x.json`";
        return Err(
            Diagnostic::error(format!("cannot read `{name}`: there is no such file, and git says: {said}")).help(help)
        );
    }
    match String::from_utf8(output.stdout) {
        Ok(text) => Ok(Arc::new(Source::new(name, text))),
        Err(_) => Err(Diagnostic::error(format!("`{name}` is no text")).help("documents are UTF-8")),
    }
}

/// A document on the network.
#[cfg(feature = "fetch")]
fn get(url: &str) -> Result<Arc<Source>, Diagnostic> {
    crate::commands::fetch::documents::text(url)
}

/// A document on the network, where there is no way to it.
#[cfg(not(feature = "fetch"))]
fn get(url: &str) -> Result<Arc<Source>, Diagnostic> {
    Err(Diagnostic::error(format!("cannot fetch `{url}`: this was built without the feature `fetch`")))
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn what_is_meant() {
        let git = |revision: &str, path: &str| Place::Git { revision: revision.into(), path: path.into() };
        assert_eq!(Place::parse("HEAD~1:spec/x.json"), git("HEAD~1", "spec/x.json"));
        assert_eq!(Place::parse("https://x.com/y.json"), Place::Url("https://x.com/y.json".into()));
        assert_eq!(Place::parse("src"), Place::Folder("src".into()));
        assert_eq!(Place::parse("-"), Place::File("-".into()));
        assert_eq!(Place::parse("x.json"), Place::File("x.json".into()));
    }
}
