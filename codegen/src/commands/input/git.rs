//! Files of git revisions.

use crate::commands::terminal::shell_word;
use crate::diagnostic::Diagnostic;
use crate::source::{Source, Tree, files};
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Revision of a git repository. Paths of its files begin at the root of the repository.
#[derive(Debug)]
pub(crate) struct Revision {
    name: String,
    /// Folder in the repository, if that is not the one of the working directory.
    folder: Option<PathBuf>,
    /// Process that reads files, from the first one on.
    reader: Mutex<Option<Reader>>,
    partial: OnceLock<bool>,
}

impl Revision {
    /// Returns a revision, and a path in it. A path that begins with a dot or a slash is one in the file system.
    ///
    /// # Errors
    /// An invalid name of a revision; a path in the file system outside of a repository.
    pub(super) fn with_path(name: &str, path: &str) -> Result<(Arc<Self>, PathBuf), Diagnostic> {
        if path.starts_with('.') || Path::new(path).is_absolute() {
            return Self::with_file(name, Path::new(path));
        }
        Ok((Self::new(name, None)?, files::normal(Path::new(path))))
    }

    /// Returns a revision, and the path in it of a path in the file system. The repository is the one that holds it.
    ///
    /// # Errors
    /// An invalid name of a revision; a path outside of a repository.
    pub(super) fn with_file(name: &str, path: &Path) -> Result<(Arc<Self>, PathBuf), Diagnostic> {
        let what = || format!("`{}` at revision `{name}`", path.display());
        let absolute = std::path::absolute(path)
            .map_err(|error| Diagnostic::error(format!("cannot resolve `{}`: {error}", path.display())))?;
        // The folder of the file may not exist now.
        let folder = absolute.ancestors().find(|folder| folder.is_dir()).unwrap_or(Path::new("."));
        let prefix = run(Some(folder), &what(), &["rev-parse", "--show-prefix"])?;
        let prefix = String::from_utf8_lossy(&prefix).trim_end_matches('\n').to_owned();
        let below = absolute.strip_prefix(folder).unwrap_or(path);
        Ok((Self::new(name, Some(folder))?, files::normal(&Path::new(&prefix).join(below))))
    }

    fn new(name: &str, folder: Option<&Path>) -> Result<Arc<Self>, Diagnostic> {
        // A name that begins with a dash would be an option.
        if name.starts_with('-') {
            return Err(Diagnostic::error(format!("invalid git revision `{name}`")).help(super::HELP));
        }
        let (reader, partial) = (Mutex::new(None), OnceLock::new());
        Ok(Arc::new(Self { name: name.to_owned(), folder: folder.map(Path::to_owned), reader, partial }))
    }

    /// Reads a file.
    ///
    /// # Errors
    /// A file that the revision does not have, or that is not UTF-8.
    pub(super) fn read(self: &Arc<Self>, path: &Path) -> Result<Arc<Source>, Diagnostic> {
        Source::read_from(self.clone(), path).map(Arc::new)
    }

    /// Reads a file; `None` if the revision does not have it.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub(super) fn find(self: &Arc<Self>, path: &Path) -> Result<Option<Arc<Source>>, Diagnostic> {
        // Checked first: the reason for which a file cannot be read takes further processes.
        match self.bytes(path)? {
            Some(_) => self.read(path).map(Some),
            None => self.is_partial().then(|| self.without_content(path)).flatten().map_or(Ok(None), Err),
        }
    }

    /// Returns `true` for a revision of a partial clone, which has files without their contents.
    fn is_partial(&self) -> bool {
        let promisors = ["config", "--get-regexp", r"^remote\..*\.promisor$"];
        *self.partial.get_or_init(|| run(self.folder.as_deref(), "the configuration", &promisors).is_ok())
    }

    /// Returns the error about a file without its content, if it is one.
    fn without_content(&self, path: &Path) -> Option<Diagnostic> {
        let name = self.name(path);
        run(self.folder.as_deref(), &name, &["rev-parse", "--verify", "--end-of-options", &name]).ok()?;
        let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let (revision, folder) = (shell_word(&self.name), shell_word(&folder.to_string_lossy()));
        let error = Diagnostic::error(format!("cannot read `{name}`: this partial clone does not have its content"));
        Some(error.help(format!("fetch it first: `git archive {revision} {folder} > /dev/null`")))
    }

    /// Returns `true` if a path is a folder.
    pub(super) fn is_folder(&self, path: &Path) -> bool {
        self.run(path, &["cat-file", "-t", &self.name(path)]).is_ok_and(|kind| kind.starts_with(b"tree"))
    }

    /// Returns the names of the files in a folder.
    ///
    /// # Errors
    /// A folder that the revision does not have.
    pub(super) fn files(&self, folder: &Path) -> Result<Vec<String>, Diagnostic> {
        // Without `--full-tree`, nothing outside of the working directory is listed.
        let listed = self.run(folder, &["ls-tree", "-z", "--full-tree", &self.name(folder)])?;
        let listed = String::from_utf8_lossy(&listed).into_owned();
        let file = |entry: &str| {
            let (kind, name) = entry.split_once('\t')?;
            kind.contains(" blob ").then(|| name.to_owned())
        };
        Ok(listed.split('\0').filter_map(file).collect())
    }

    /// Reads a file; `None` if the revision does not have it.
    fn bytes(&self, path: &Path) -> Result<Option<Vec<u8>>, Diagnostic> {
        let name = self.name(path);
        // git takes a path that begins with a dot for one of the current folder.
        if !path.components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(Diagnostic::error(format!("cannot read `{name}`: it is outside of the repository")));
        }
        // Requests are lines.
        if !name.contains('\n') {
            let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
            if reader.is_none() {
                *reader = Reader::new(self.folder.as_deref()).ok();
            }
            match reader.as_mut().map(|reader| reader.read(&name)) {
                Some(Ok(bytes)) => return Ok(bytes),
                // A process of its own reports the reason.
                _ => *reader = None,
            }
        }
        if self.is_folder(path) {
            return Err(files::is_a_folder(&name));
        }
        self.run(path, &["cat-file", "blob", &name]).map(Some)
    }

    /// Returns the error about a file that git does not have, in the words of git.
    fn missing(&self, path: &Path) -> Diagnostic {
        let name = self.name(path);
        let folder = self.folder.as_deref();
        if let Err(error) = expect_revision(folder, &self.name) {
            return error;
        }
        if let Some(error) = self.without_content(path) {
            return error;
        }
        // A name with wildcards is repeated, and no error.
        run(folder, &format!("`{name}`"), &["rev-parse", &name]).err().unwrap_or_else(|| {
            Diagnostic::error(format!("cannot read `{name}` from git: path does not exist")).help(super::HELP)
        })
    }

    fn run(&self, path: &Path, args: &[&str]) -> Result<Vec<u8>, Diagnostic> {
        let folder = self.folder.as_deref();
        run(folder, &format!("`{}`", self.name(path)), args)
            .map_err(|error| expect_revision(folder, &self.name).err().unwrap_or(error))
    }
}

impl Tree for Revision {
    fn text(&self, path: &Path) -> Result<String, Diagnostic> {
        let bytes = self.bytes(path)?.ok_or_else(|| self.missing(path))?;
        let text = String::from_utf8(bytes)
            .map_err(|_| Diagnostic::error(format!("`{}` is not valid UTF-8", self.name(path))))?;
        Ok(text.replace("\r\n", "\n"))
    }

    fn name(&self, path: &Path) -> String {
        let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        format!("{}:{}", self.name, parts.join("/"))
    }
}

/// Process of git that reads one file after the other.
#[derive(Debug)]
struct Reader {
    process: Child,
    requests: ChildStdin,
    responses: BufReader<ChildStdout>,
}

impl Reader {
    fn new(folder: Option<&Path>) -> std::io::Result<Self> {
        let mut command = git(folder, &["cat-file", "--batch"]);
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        match (process.stdin.take(), process.stdout.take()) {
            (Some(requests), Some(responses)) => Ok(Self { process, requests, responses: BufReader::new(responses) }),
            _ => Err(std::io::ErrorKind::BrokenPipe.into()),
        }
    }

    /// Reads a file; `None` if git does not have it.
    ///
    /// # Errors
    /// A file that is too large, a folder, or a process that has ended.
    fn read(&mut self, name: &str) -> std::io::Result<Option<Vec<u8>>> {
        self.requests.write_all(format!("{name}\n").as_bytes())?;
        self.requests.flush()?;
        let mut header = String::new();
        self.responses.read_line(&mut header)?;
        // `<object> <type> <size>`, or `<name> missing`.
        let mut words = header.trim_end_matches('\n').rsplit(' ');
        let size = match (words.next(), words.next()) {
            (Some("missing"), Some(_)) => return Ok(None),
            (Some(size), Some("blob")) => size.parse::<u64>().ok().filter(|size| *size <= files::LIMIT),
            _ => None,
        };
        let size = size.ok_or(std::io::ErrorKind::InvalidData)?;
        let mut bytes = Vec::new();
        (&mut self.responses).take(size).read_to_end(&mut bytes)?;
        self.responses.read_exact(&mut [0])?;
        Ok(Some(bytes))
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        // Fails for a process that has ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Returns `true` for the name of a git revision, without a path.
pub(super) fn is_revision(text: &str) -> bool {
    let commit = format!("{text}^{{commit}}");
    run(None, text, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit]).is_ok()
}

/// Checks that a git revision exists in the repository of a folder. Other failures of git are left to the commands that
/// need it.
pub(crate) fn expect_revision(folder: Option<&Path>, revision: &str) -> Result<(), Diagnostic> {
    let commit = format!("{revision}^{{commit}}");
    let output = git(folder, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit]).output();
    // Outside of a repository, the exit code is another.
    match output.ok().and_then(|output| output.status.code()) {
        Some(1) => Err(Diagnostic::error(format!("unknown git revision `{revision}`")).help(
            "a revision is a commit, branch or tag of this repository; in a shallow clone, fetch it first: `git fetch --tags \
             --unshallow`",
        )),
        _ => Ok(()),
    }
}

/// Returns git with arguments, in a folder or in the working directory.
///
/// Neither these commands, nor what is set here, let a repository run a program: its configuration may name one that
/// fetches objects, or one that shows or checks commits.
fn git(folder: Option<&Path>, args: &[&str]) -> Command {
    let mut command = Command::new("git");
    if let Some(folder) = folder {
        command.arg("-C").arg(folder);
        // Set by git for hooks: it would take the folder for the root of the repository.
        if std::env::var_os("GIT_WORK_TREE").is_none() {
            command.env_remove("GIT_DIR");
        }
    }
    let no_protocol = OsStr::new("");
    command.args(args).env("GIT_NO_LAZY_FETCH", "1").env("GIT_ALLOW_PROTOCOL", no_protocol).stdin(Stdio::null());
    command
}

/// Runs git and returns its output. Errors name what is read.
fn run(folder: Option<&Path>, what: &str, args: &[&str]) -> Result<Vec<u8>, Diagnostic> {
    let failed = |error| {
        let message = format!("cannot read {what}: cannot run git: {error}");
        Diagnostic::error(message).help("install git, or name a file")
    };
    let mut child = git(folder, args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(failed)?;
    let read = |pipe: &mut dyn Read| files::limited(pipe, what.trim_matches('`'), files::LIMIT);
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
    Err(Diagnostic::error(format!("cannot read {what} from git: {error}")).help(super::HELP))
}
