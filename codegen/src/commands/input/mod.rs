//! Locations of documents: files, folders, standard input, git revisions, URLs.

mod git;

pub(crate) use git::expect_revision;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::parser::overlay;
use crate::pipeline::{self, Input};
use crate::rust::naming::Names;
use crate::rust::naming::lock;
use crate::source::{Source, Tree, files};
use git::Revision;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const HELP: &str = "a document is a file, a folder, `-`, a URL, or a git revision with a path: `HEAD~1:spec/x.json`";

/// Document with its overlay and lock.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    pub(crate) input: Input,
    /// Names of the lock of the document, if it has one.
    pub(crate) lock: Option<Names>,
}

/// Location of a document, or of a folder of documents.
#[derive(Clone, Debug)]
pub(crate) enum InputLocation {
    /// File, or standard input.
    File(PathBuf),
    /// Folder of documents.
    Folder(PathBuf),
    /// File of a git revision.
    Git { revision: Arc<Revision>, path: PathBuf },
    /// Folder of a git revision.
    GitFolder { revision: Arc<Revision>, path: PathBuf },
    /// Document on the network.
    Url(String),
}

impl InputLocation {
    /// Reads an argument. A file or folder that exists is meant, whatever its name looks like.
    ///
    /// # Errors
    /// An invalid git revision.
    pub(crate) fn parse(text: &str) -> Result<Self, Diagnostic> {
        let path = Path::new(text);
        if text.starts_with("https://") || text.starts_with("http://") {
            return Ok(InputLocation::Url(text.to_owned()));
        }
        if path.is_dir() {
            return Ok(InputLocation::Folder(path.to_owned()));
        }
        match text.split_once(':') {
            Some((scheme, rest)) if !path.exists() && rest.starts_with("//") => Err(unsupported_scheme(text, scheme)),
            Some((revision, inner)) if !path.exists() && !revision.is_empty() => {
                let (revision, path) = Revision::with_path(revision, inner)?;
                Ok(match revision.is_folder(&path) {
                    true => InputLocation::GitFolder { revision, path },
                    false => InputLocation::Git { revision, path },
                })
            }
            _ if text != "-" && !path.exists() && git::is_revision(text) => {
                let error = Diagnostic::error(format!("`{text}` is a git revision without a path"));
                Err(error.help(format!("name a document in it, such as `{text}:spec/x.json`")))
            }
            _ => Ok(InputLocation::File(path.to_owned())),
        }
    }

    /// Returns the documents of a folder by the stems of their names; `None` for a single document.
    ///
    /// # Errors
    /// A folder that cannot be read or has no document.
    pub(crate) fn documents(&self) -> Result<Option<BTreeMap<String, InputLocation>>, Diagnostic> {
        Ok(Some(match self {
            InputLocation::Folder(folder) => {
                let files = files::documents(folder)?.into_iter();
                by_stem(files.map(|path| (path.clone(), InputLocation::File(path))).collect())
            }
            InputLocation::GitFolder { revision, path } => {
                let names = revision.files(path)?.into_iter().filter(|name| files::is_document(Path::new(name)));
                let file = |name: String| {
                    let location = InputLocation::Git { revision: revision.clone(), path: path.join(&name) };
                    (PathBuf::from(name), location)
                };
                let documents: Vec<_> = names.map(file).collect();
                if documents.is_empty() {
                    return Err(files::no_documents(&self.to_string()));
                }
                by_stem(documents)
            }
            _ => return Ok(None),
        }))
    }

    /// Reads the document with its lock, and with the given overlay or the one next to it.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub(crate) fn read(&self, overlay: Option<&Path>) -> Result<Document, Diagnostics> {
        let named = overlay.map(files::read).transpose()?;
        match self {
            InputLocation::File(path) | InputLocation::Folder(path) => {
                let found = || pipeline::find_overlay(path).map(|path| files::read(&path)).transpose();
                let overlay = if named.is_some() { named } else { found()? };
                let lock = lock::path_for(path);
                let lock = (path.as_os_str() != "-" && files::exists(&lock))
                    .then(|| pipeline::read_lock(&lock))
                    .transpose()?;
                Ok(Document { input: Input { document: files::read(path)?, overlay, ref_folders: Vec::new() }, lock })
            }
            InputLocation::Git { revision, path } | InputLocation::GitFolder { revision, path } => {
                at_revision(revision, path, named)
            }
            InputLocation::Url(url) => Ok(Document {
                input: Input { document: get(url)?, overlay: named, ref_folders: Vec::new() },
                lock: None,
            }),
        }
    }
}

/// Reads a document of a git revision with its lock, and with the given overlay or the one next to it.
fn at_revision(revision: &Arc<Revision>, path: &Path, overlay: Option<Arc<Source>>) -> Result<Document, Diagnostics> {
    let document = revision.read(path)?;
    let overlay = match overlay {
        Some(overlay) => Some(overlay),
        None => revision.find(&overlay::path_for(path))?,
    };
    let lock = revision.find(&lock::path_for(path))?.and_then(|lock| lock::parse(&lock).ok());
    Ok(Document { input: Input { document, overlay, ref_folders: Vec::new() }, lock })
}

/// Reads the document of an API at a git revision, by its path in the file system.
///
/// # Errors
/// A document that the revision does not have.
pub(crate) fn api_at_revision(revision: &str, spec: &Path, overlay: Option<&Path>) -> Result<Document, Diagnostics> {
    let overlay = overlay.and_then(|overlay| git_file_at(revision, overlay).ok());
    let (revision, path) = Revision::with_file(revision, spec)?;
    at_revision(&revision, &path, overlay)
}

/// Reads a file of a git revision, by its path in the file system. The repository is the one that holds it.
///
/// # Errors
/// A file that the revision does not have.
pub(crate) fn git_file_at(revision: &str, path: &Path) -> Result<Arc<Source>, Diagnostic> {
    let (revision, path) = Revision::with_file(revision, path)?;
    revision.read(&path)
}

/// Returns the error about a URL that is not one of the web.
pub(super) fn unsupported_scheme(url: &str, scheme: &str) -> Diagnostic {
    let help = match url.strip_prefix("file://") {
        Some(path) => format!("name the file by its path: `{path}`"),
        None => "use a URL that begins with `https://`".to_owned(),
    };
    Diagnostic::error(format!("cannot read `{url}`: unsupported scheme `{scheme}`")).help(help)
}

/// Returns documents by the stems of their files, or by the whole name of a file if another has the stem already.
fn by_stem(documents: Vec<(PathBuf, InputLocation)>) -> BTreeMap<String, InputLocation> {
    let text = |part: Option<&OsStr>| part.map(|part| part.to_string_lossy().into_owned()).unwrap_or_default();
    let mut named = BTreeMap::new();
    for (path, location) in documents {
        let stem = text(path.file_stem());
        let name = if named.contains_key(&stem) { text(path.file_name()) } else { stem };
        named.insert(name, location);
    }
    named
}

impl fmt::Display for InputLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            InputLocation::File(path) | InputLocation::Folder(path) => write!(f, "{}", path.display()),
            InputLocation::Git { revision, path } | InputLocation::GitFolder { revision, path } => {
                f.write_str(&revision.name(path))
            }
            InputLocation::Url(url) => f.write_str(url),
        }
    }
}

/// Returns `true` for a file that is the document of an API.
#[cfg(feature = "fetch")]
pub(super) fn is_document(path: &Path) -> bool {
    path.is_file() && files::read(path).is_ok_and(|source| crate::parser::read(&source).is_ok())
}

/// Downloads a document from a URL.
#[cfg(feature = "fetch")]
fn get(url: &str) -> Result<Arc<Source>, Diagnostic> {
    crate::commands::fetch::documents::source(url, None)
}

/// Refuses to download a document.
#[cfg(not(feature = "fetch"))]
fn get(url: &str) -> Result<Arc<Source>, Diagnostic> {
    Err(Diagnostic::error(format!("cannot fetch `{url}`: built without the feature `fetch`")))
}

#[cfg(test)]
mod tests {
    use super::InputLocation;

    #[test]
    fn files_of_one_stem_are_all_compared() {
        let names = ["x.json", "x.yaml", "y.json"];
        let documents = names.map(|name| (name.into(), InputLocation::File(name.into())));
        let named = super::by_stem(documents.to_vec());
        assert_eq!(named.keys().collect::<Vec<_>>(), ["x", "x.yaml", "y"]);
    }

    #[test]
    fn arguments_by_their_form() {
        let parsed = |text: &str| InputLocation::parse(text).unwrap();
        assert!(matches!(parsed("HEAD~1:spec/no.json"), InputLocation::Git { .. }));
        assert_eq!(parsed("HEAD~1:spec/./no.json").to_string(), "HEAD~1:spec/no.json");
        assert!(matches!(parsed("https://x.com/y.json"), InputLocation::Url(url) if url == "https://x.com/y.json"));
        assert!(matches!(parsed("src"), InputLocation::Folder(path) if path.as_os_str() == "src"));
        for file in ["-", "x.json"] {
            assert!(matches!(parsed(file), InputLocation::File(path) if path.as_os_str() == file));
        }
        assert!(InputLocation::parse("--upload-pack=x:y").is_err());
        let error = InputLocation::parse("file:///x/y.json").unwrap_err();
        assert_eq!(error.help.as_deref(), Some("name the file by its path: `/x/y.json`"));
    }
}
