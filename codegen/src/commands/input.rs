//! Locations of documents: files, folders, standard input, git revisions, URLs.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::parser::overlay;
use crate::pipeline::{self, Input};
use crate::rust::naming::Names;
use crate::rust::naming::lock;
use crate::source::{Source, Tree, files};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum InputLocation {
    /// File, or standard input.
    File(PathBuf),
    /// Folder of documents.
    Folder(PathBuf),
    /// File of a git revision.
    Git { revision: String, path: String },
    /// Folder of a git revision.
    GitFolder { revision: String, path: String },
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
            Some((revision, inner)) if !path.exists() && !revision.is_empty() && !inner.is_empty() => {
                let (revision, path) = (revision.to_owned(), inner.trim_end_matches('/').to_owned());
                Ok(match is_git_folder(&revision, &path)? {
                    true => InputLocation::GitFolder { revision, path },
                    false => InputLocation::Git { revision, path },
                })
            }
            _ if text != "-" && !path.exists() && is_revision(text) => {
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
                let listed = git(&["ls-tree", "--name-only", "-z", &format!("{revision}:{path}")])?;
                let listed = String::from_utf8_lossy(&listed).into_owned();
                let names = listed.split('\0').filter(|name| {
                    let extension = Path::new(name).extension().and_then(|extension| extension.to_str());
                    matches!(extension, Some("json" | "yaml" | "yml")) && *name != "index.json"
                });
                let file = |name: &str| {
                    let path = format!("{path}/{name}");
                    (PathBuf::from(name), InputLocation::Git { revision: revision.clone(), path })
                };
                by_stem(names.map(file).collect())
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
                at_revision(Path::new(path), named, |path| git_file(revision, &path.to_string_lossy()))
            }
            InputLocation::Url(url) => Ok(Document {
                input: Input { document: get(url)?, overlay: named, ref_folders: Vec::new() },
                lock: None,
            }),
        }
    }
}

/// Reads a document of a git revision with its lock, and with the given overlay or the one next to it. `file` reads the
/// file of a path.
fn at_revision(
    path: &Path,
    overlay: Option<Arc<Source>>,
    file: impl Fn(&Path) -> Result<Arc<Source>, Diagnostic>,
) -> Result<Document, Diagnostics> {
    let document = file(path)?;
    let overlay = overlay.or_else(|| file(&overlay::path_for(path)).ok());
    let lock = file(&lock::path_for(path)).ok().and_then(|lock| lock::parse(&lock).ok());
    Ok(Document { input: Input { document, overlay, ref_folders: Vec::new() }, lock })
}

/// Reads the document of an API at a git revision, by its path in the file system.
///
/// # Errors
/// A document that the revision does not have.
pub(crate) fn api_at_revision(revision: &str, spec: &Path, overlay: Option<&Path>) -> Result<Document, Diagnostics> {
    let file = |path: &Path| git_file_at(revision, path);
    at_revision(spec, overlay.and_then(|overlay| file(overlay).ok()), file)
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
                write!(f, "{revision}:{path}")
            }
            InputLocation::Url(url) => f.write_str(url),
        }
    }
}

/// Returns `true` if a path is a folder in a git revision.
fn is_git_folder(revision: &str, path: &str) -> Result<bool, Diagnostic> {
    // A revision that begins with a dash would be an option.
    if revision.starts_with('-') {
        return Err(Diagnostic::error(format!("invalid git revision `{revision}`")).help(HELP));
    }
    let kind = git(&["cat-file", "-t", &format!("{revision}:{path}")]);
    Ok(kind.is_ok_and(|kind| kind.starts_with(b"tree")))
}

/// Returns `true` for a file that is the document of an API.
#[cfg(feature = "fetch")]
pub(super) fn is_document(path: &Path) -> bool {
    path.is_file() && files::read(path).is_ok_and(|source| crate::parser::read(&source).is_ok())
}

/// Files of a git revision. Paths begin at the root of the repository.
struct Revision {
    name: String,
    /// Folder in the repository, if that is not the one of the working directory.
    folder: Option<PathBuf>,
}

impl Tree for Revision {
    fn text(&self, path: &Path) -> Result<String, Diagnostic> {
        let name = self.name(path);
        // git takes a path that begins with a dot for one of the current folder.
        if !path.components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(Diagnostic::error(format!("cannot read `{name}`: it is outside of the repository")));
        }
        let folder = self.folder.as_deref();
        let read = |args: &[&str]| {
            git_in(folder, args).map_err(|error| expect_revision(folder, &self.name).err().unwrap_or(error))
        };
        let text = read(&["show", "--no-textconv", &name])?;
        if text.is_empty() {
            // git shows nothing for a name with wildcards that does not exist.
            read(&["cat-file", "-e", &name])?;
        }
        let text = String::from_utf8(text).map_err(|_| Diagnostic::error(format!("`{name}` is not valid UTF-8")))?;
        Ok(text.replace("\r\n", "\n"))
    }

    fn name(&self, path: &Path) -> String {
        let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        format!("{}:{}", self.name, parts.join("/"))
    }
}

/// Reads a file of a git revision. The path begins at the root of the repository; one that begins with a dot or a slash
/// is a path in the file system.
fn git_file(revision: &str, path: &str) -> Result<Arc<Source>, Diagnostic> {
    if path.starts_with('.') || Path::new(path).is_absolute() {
        return git_file_at(revision, Path::new(path));
    }
    read_at(revision, None, Path::new(path))
}

/// Reads a file of a git revision, by its path in the file system. The repository is the one that holds it.
///
/// # Errors
/// A file that the revision does not have.
pub(crate) fn git_file_at(revision: &str, path: &Path) -> Result<Arc<Source>, Diagnostic> {
    let absolute = std::path::absolute(path)
        .map_err(|error| Diagnostic::error(format!("cannot resolve `{}`: {error}", path.display())))?;
    // That of the file may not exist now.
    let folder = absolute.ancestors().skip(1).find(|folder| folder.is_dir()).unwrap_or(Path::new("."));
    // Outside of a repository, git reports the fault when it reads the file.
    let prefix = git_in(Some(folder), &["rev-parse", "--show-prefix"]).unwrap_or_default();
    let prefix = String::from_utf8_lossy(&prefix).trim_end_matches('\n').to_owned();
    let below = absolute.strip_prefix(folder).unwrap_or(path);
    read_at(revision, Some(folder), &Path::new(&prefix).join(below))
}

fn read_at(revision: &str, folder: Option<&Path>, path: &Path) -> Result<Arc<Source>, Diagnostic> {
    if revision.starts_with('-') {
        return Err(Diagnostic::error(format!("invalid git revision `{revision}`")).help(HELP));
    }
    let revision = Revision { name: revision.to_owned(), folder: folder.map(Path::to_owned) };
    Source::read_from(Arc::new(revision), &files::normal(path)).map(Arc::new)
}

/// Returns `true` for the name of a git revision, without a path.
fn is_revision(text: &str) -> bool {
    let commit = format!("{text}^{{commit}}");
    git(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit]).is_ok()
}

/// Checks that a git revision exists in the repository of a folder. Other failures of git are left to the commands that
/// need it.
pub(crate) fn expect_revision(folder: Option<&Path>, revision: &str) -> Result<(), Diagnostic> {
    let commit = format!("{revision}^{{commit}}");
    let mut command = Command::new("git");
    if let Some(folder) = folder {
        command.arg("-C").arg(folder);
    }
    let output = command.args(["rev-parse", "--verify", "--quiet", "--end-of-options", &commit]).output();
    // Outside of a repository, the exit code is another.
    match output.ok().and_then(|output| output.status.code()) {
        Some(1) => Err(Diagnostic::error(format!("unknown git revision `{revision}`")).help(
            "a revision is a commit, branch or tag of this repository; in a shallow clone, fetch it first: `git fetch --tags \
             --unshallow`",
        )),
        _ => Ok(()),
    }
}

/// Runs git and returns its output. The last argument names what is read.
fn git(args: &[&str]) -> Result<Vec<u8>, Diagnostic> {
    git_in(None, args)
}

/// Runs git in a folder, or in the working directory.
fn git_in(folder: Option<&Path>, args: &[&str]) -> Result<Vec<u8>, Diagnostic> {
    let name = args.last().copied().unwrap_or_default();
    let failed = |error| Diagnostic::error(format!("cannot read `{name}`: git does not run: {error}"));
    let mut command = Command::new("git");
    if let Some(folder) = folder {
        command.arg("-C").arg(folder);
    }
    let mut child = command
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    let read = |pipe: &mut dyn Read| files::limited(pipe, name, files::LIMIT);
    let (mut stdout, mut stderr) = (child.stdout.take(), child.stderr.take());
    let (text, error) = std::thread::scope(|scope| {
        let error = scope.spawn(|| stderr.as_mut().map(|pipe| read(pipe)));
        // Closed at once, so that git ends if there is more.
        let text = stdout.take().map(|mut pipe| read(&mut pipe));
        (text, error.join())
    });
    let status = child.wait().map_err(failed)?;
    let text = text.transpose()?.unwrap_or_default();
    if status.success() {
        return Ok(text);
    }
    let error = error.ok().flatten().and_then(Result::ok).unwrap_or_default();
    let error = String::from_utf8_lossy(&error);
    let error = error.trim().trim_start_matches("fatal: ").lines().collect::<Vec<_>>().join("; ");
    Err(Diagnostic::error(format!("cannot read `{name}`: no such file, and git reports: {error}")).help(HELP))
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
        let git = |revision: &str, path: &str| InputLocation::Git { revision: revision.into(), path: path.into() };
        assert_eq!(InputLocation::parse("HEAD~1:spec/no.json").unwrap(), git("HEAD~1", "spec/no.json"));
        assert_eq!(
            InputLocation::parse("https://x.com/y.json").unwrap(),
            InputLocation::Url("https://x.com/y.json".into())
        );
        assert_eq!(InputLocation::parse("src").unwrap(), InputLocation::Folder("src".into()));
        assert_eq!(InputLocation::parse("-").unwrap(), InputLocation::File("-".into()));
        assert_eq!(InputLocation::parse("x.json").unwrap(), InputLocation::File("x.json".into()));
        assert!(InputLocation::parse("--upload-pack=x:y").is_err());
    }
}
