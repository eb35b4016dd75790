//! Texts from files and standard input, within limits.

use crate::diagnostic::{Diagnostic, is_similar};
use crate::source::{Source, Tree};
use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// Size of the largest text that is read, in bytes: a hundred times the largest known document.
pub const LIMIT: u64 = 512 << 20;

/// Reads a text; `-` is standard input. Line ends are line feeds, so that the line endings of a checkout affect no
/// output.
///
/// # Errors
/// A file that does not exist, is not a regular file, is larger than [`LIMIT`], or is not UTF-8.
pub fn read(path: &Path) -> Result<Arc<Source>, Diagnostic> {
    text(path.display().to_string(), read_bytes(path)?)
}

/// Returns bytes as a text with line feeds as line endings.
///
/// # Errors
/// Bytes that are not UTF-8.
pub(crate) fn text(name: String, bytes: Vec<u8>) -> Result<Arc<Source>, Diagnostic> {
    match String::from_utf8(bytes) {
        Ok(text) => without_conflict(Source::new(name, text.replace("\r\n", "\n"))),
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            let message = format!("`{name}` is not valid UTF-8: invalid byte at offset {offset}");
            Err(Diagnostic::error(message).help("convert the file to UTF-8"))
        }
    }
}

/// Rejects a text with the marks of an unresolved merge, which parsers report as something else.
///
/// # Errors
/// Lines that begin with each of the three marks of a conflict.
pub(crate) fn without_conflict(source: Source) -> Result<Arc<Source>, Diagnostic> {
    let source = Arc::new(source);
    let start = match source.text.starts_with(MARKS[0]) {
        true => Some(0),
        false => source.text.find(&format!("\n{}", MARKS[0])).map(|at| at.saturating_add(1)),
    };
    let Some(start) = start else { return Ok(source) };
    let rest = source.text.get(start..).unwrap_or_default();
    if !MARKS.iter().all(|mark| rest.lines().any(|line| line.starts_with(mark))) {
        return Ok(source);
    }
    let length = rest.lines().next().map_or(0, str::len);
    let error = Diagnostic::error("unresolved merge conflict").at_span(&source, start..start.saturating_add(length));
    Err(error.help("keep one side, or both, and remove the marks; a lock can be generated again"))
}

/// Beginnings of the lines that git puts around the sides of a conflict.
const MARKS: [&str; 3] = ["<<<<<<< ", "=======", ">>>>>>> "];

/// Returns `true` if there is a file at a path, or anything else that cannot be read as one, such as a link to nothing:
/// that is reported, where a file that does not exist is left out.
pub(crate) fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Reads a file of any content; `-` is standard input.
///
/// # Errors
/// As for [`read`], except that the content need not be UTF-8.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    let name = path.display().to_string();
    if name == "-" { limited(std::io::stdin().lock(), &name, LIMIT) } else { regular_file(path, &name) }
}

/// Reads to the end, and no further than the limit whatever the reported size is.
pub(crate) fn limited(reader: impl Read, name: &str, limit: u64) -> Result<Vec<u8>, Diagnostic> {
    let mut bytes = Vec::new();
    match reader.take(limit.saturating_add(1)).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() as u64 > limit => Err(too_large(name)),
        Ok(_) => Ok(bytes),
        Err(error) => Err(failed("read", Path::new(name), &error)),
    }
}

/// Returns the error about a file that cannot be read or written.
pub(crate) fn failed(action: &str, path: &Path, error: &std::io::Error) -> Diagnostic {
    let is_file = |path: &&Path| path.exists() && !path.is_dir();
    match path.ancestors().find(is_file) {
        Some(file) if error.kind() == std::io::ErrorKind::NotADirectory => {
            Diagnostic::error(format!("`{}` is not a folder", file.display()))
        }
        _ => Diagnostic::error(format!("cannot {action} `{}`: {error}", path.display())),
    }
}

fn too_large(name: &str) -> Diagnostic {
    Diagnostic::error(format!("`{name}` is larger than {} MiB, the limit for a document", LIMIT >> 20))
}

/// Reads a regular file, of text or not, which messages refer to by a name.
///
/// # Errors
/// A file that does not exist, is not a regular file, or is larger than [`LIMIT`].
pub(crate) fn regular_file(path: &Path, name: &str) -> Result<Vec<u8>, Diagnostic> {
    let metadata = std::fs::metadata(path).map_err(|error| {
        let diagnostic = failed("read", Path::new(name), &error);
        match error.kind() {
            // Commands that take URLs do not get here.
            std::io::ErrorKind::NotFound if name.contains("://") => {
                diagnostic.help("this is a URL, where a file is expected: download it first, with `fetch` or `vendor`")
            }
            std::io::ErrorKind::NotFound => suggest_sibling(diagnostic, path),
            _ => diagnostic,
        }
    })?;
    // Checked before opening: opening a FIFO waits for a writer.
    if metadata.is_dir() {
        return Err(is_a_folder(name));
    }
    if !metadata.is_file() {
        let message = format!("`{name}` is not a regular file");
        return Err(Diagnostic::error(message).help("use `-` to read standard input"));
    }
    if metadata.len() > LIMIT {
        return Err(too_large(name));
    }
    // Files of the kernel are empty by their size, and may never end.
    if metadata.len() == 0 {
        return Ok(Vec::new());
    }
    let file = File::open(path).map_err(|error| failed("read", Path::new(name), &error))?;
    limited(file, name, LIMIT)
}

fn suggest_sibling(diagnostic: Diagnostic, path: &Path) -> Diagnostic {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let near: Vec<String> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    let wanted = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    // Names with the same extension are not similar for that alone.
    let stem = |name: &str| Path::new(name).file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let wanted_stem = stem(&wanted).unwrap_or_default();
    let is_near = |stem: &str| is_similar(&wanted_stem, stem) || strsim::damerau_levenshtein(&wanted_stem, stem) <= 1;
    let similar = |name: &&str| stem(name).is_some_and(|stem| is_near(&stem));
    diagnostic.suggest(&wanted, near.iter().map(String::as_str).filter(similar))
}

/// The folders that references of a document may lead into.
#[derive(Clone, Default)]
pub struct Folders {
    folders: Vec<PathBuf>,
    /// Files that the folders are among, if they are not those of the file system.
    tree: Option<Arc<dyn Tree>>,
}

impl Folders {
    /// Returns the folder of a document, and others that the user named. A document from a URL or from standard
    /// input has no folder; that of a git revision has its own folder at that revision.
    pub fn of(document: &Source, others: &[PathBuf]) -> Self {
        if let Some(tree) = document.tree() {
            let folder = document.path().parent().unwrap_or(Path::new(""));
            return Self { folders: vec![folder.to_owned()], tree: Some(tree.clone()) };
        }
        let name = document.name.as_str();
        let own = if name == "-" || name.contains("://") {
            None
        } else {
            let folder = Path::new(name).parent().unwrap_or(Path::new(""));
            Some(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })
        };
        let all = own.into_iter().chain(others.iter().map(PathBuf::as_path));
        Self { folders: all.filter_map(|folder| folder.canonicalize().ok()).collect(), tree: None }
    }

    /// Reads a file within the folders, wherever links on its path lead. The path has no `.` or `..` after a folder.
    ///
    /// # Errors
    /// A file outside of the folders, or one that [`read`] refuses.
    pub fn read(&self, path: &Path) -> Result<Arc<Source>, Diagnostic> {
        let name = path.display().to_string();
        if self.folders.is_empty() {
            let message = "a document from a URL or from standard input refers to no files";
            return Err(Diagnostic::error(message));
        }
        let real = match &self.tree {
            None => path.canonicalize().map_err(|error| Diagnostic::error(error.to_string()))?,
            Some(_) => path.to_owned(),
        };
        if !self.folders.iter().any(|folder| real.starts_with(folder)) {
            let message = "it is outside of the folder of the document; `--ref-folder` allows another folder";
            return Err(Diagnostic::error(message));
        }
        match &self.tree {
            None => text(name.clone(), regular_file(&real, &name)?),
            Some(tree) => Source::read_from(tree.clone(), path).map(Arc::new),
        }
    }
}

/// Returns a path without `.` and `..` in its middle, so that a file has one name.
pub(crate) fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(out.components().next_back(), Some(Component::Normal(_))) => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}

/// Returns a path as messages show it: relative to the working directory, if it is below that.
#[cfg(feature = "cli")]
pub(crate) fn seen_from_here(path: PathBuf) -> PathBuf {
    let below = |here: PathBuf| path.strip_prefix(here).ok().map(Path::to_owned);
    std::env::current_dir().ok().and_then(below).unwrap_or(path)
}

/// The documents that a path names: itself, or, of a folder, every JSON or YAML file in it.
///
/// # Errors
/// A folder that cannot be read, or that has no document.
pub fn documents(path: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let entries = std::fs::read_dir(path).map_err(|error| failed("read the folder", path, &error))?;
    let mut found: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file() && is_document(path)).collect();
    found.sort();
    if found.is_empty() { Err(no_documents(&path.display().to_string())) } else { Ok(found) }
}

/// Returns `true` for the name of a document in a folder.
pub(crate) fn is_document(path: &Path) -> bool {
    // The index is that of the documents of Google's Python client.
    path.extension().is_some_and(|e| e == "json" || e == "yaml" || e == "yml")
        && path.file_name().is_some_and(|name| name != "index.json")
}

/// Returns the error about a folder in place of a file.
pub(crate) fn is_a_folder(name: &str) -> Diagnostic {
    Diagnostic::error(format!("`{name}` is a folder")).help("name a file in it")
}

/// Returns the error about a folder without documents.
pub(crate) fn no_documents(folder: &str) -> Diagnostic {
    let help = "a document is a `.json`, `.yaml` or `.yml` file";
    Diagnostic::error(format!("no documents in the folder `{folder}`")).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_stays_within_the_folder() {
        let outside = tempfile::tempdir().unwrap();
        std::fs::write(outside.path().join("secret.yaml"), "a: 1").unwrap();
        std::fs::create_dir(outside.path().join("spec")).unwrap();
        let spec = outside.path().join("spec");
        std::fs::write(spec.join("near.yaml"), "a: 1").unwrap();
        let document = Source::new(spec.join("x.yaml").display().to_string(), "");
        let folders = Folders::of(&document, &[]);
        assert!(folders.read(&spec.join("near.yaml")).is_ok());
        for path in [spec.join("../secret.yaml"), outside.path().join("secret.yaml")] {
            assert!(folders.read(&path).unwrap_err().message.contains("outside"), "{}", path.display());
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(outside.path().join("secret.yaml"), spec.join("link.yaml")).unwrap();
            assert!(folders.read(&spec.join("link.yaml")).unwrap_err().message.contains("outside"));
        }
        let allowed = Folders::of(&document, &[outside.path().to_owned()]);
        assert!(allowed.read(&spec.join("../secret.yaml")).is_ok());
    }

    #[test]
    fn a_file_has_one_name() {
        assert_eq!(normal(Path::new("./a/../b/./c.yaml")), Path::new("b/c.yaml"));
        assert_eq!(normal(Path::new("../a.yaml")), Path::new("../a.yaml"));
    }

    #[test]
    fn downloaded_documents_cannot_refer_to_files() {
        for name in ["-", "https://x.test/openapi.yaml"] {
            assert!(Folders::of(&Source::new(name, ""), &[]).read(Path::new("Cargo.toml")).is_err(), "{name}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn only_regular_files_are_read() {
        assert!(read(Path::new("/dev/zero")).unwrap_err().message.contains("not a regular file"));
        // Would wait for messages of the kernel.
        assert_eq!(read(Path::new("/proc/kmsg")).map_or(String::new(), |source| source.text.clone()), "");
    }

    #[test]
    fn the_limit_counts_what_is_read() {
        assert!(limited(std::io::repeat(b'x'), "x", 10).is_err());
        assert_eq!(limited(&b"abc"[..], "x", 3).unwrap(), b"abc");
    }
}
