//! Files on disk. Everything that the generator writes goes through a [`Plan`]: only what changed is written, all of it
//! or nothing, no link is followed, and files of others are not overwritten.

mod staging;

use crate::diagnostic::Diagnostic;
use crate::rust::package::{Files, is_ours};
use crate::source::files::failed;
use staging::Staging;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

/// Which files a [`Plan`] may overwrite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overwrite {
    /// Empty files and files that begin with the generator's own mark.
    Generated,
    /// Any regular file: its new text was made from the old one, or the user named the file as an output.
    Any,
}

/// The changes that bring files on disk up to date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Files to write, with their new text.
    pub write: Vec<(PathBuf, String)>,
    /// Generated files that are no longer needed.
    pub remove: Vec<PathBuf>,
    /// Number of files that are up to date.
    pub unchanged: usize,
    /// Folders in which files are staged, and in which the leftovers of killed runs are removed.
    roots: BTreeSet<PathBuf>,
}

impl Plan {
    /// Compares a folder with the files that it should hold. Generated `.rs` files below `owned` that are not among the
    /// files are to be removed.
    ///
    /// # Errors
    /// A path that leads out of the folder, a link, or an existing file that was not generated.
    pub fn new(root: &Path, files: &Files, owned: &str) -> Result<Plan, Diagnostic> {
        let mut plan = Plan { roots: BTreeSet::from([root.to_owned()]), ..Plan::default() };
        for (relative, text) in files {
            let path = root.join(relative);
            if !Path::new(relative).components().all(|part| matches!(part, Component::Normal(_))) {
                return Err(Diagnostic::error(format!("`{}` is outside of the output folder", path.display())));
            }
            reject_links(root, &path)?;
            plan.compare(path, text.clone(), Overwrite::Generated)?;
        }
        let wanted: BTreeSet<PathBuf> = files.keys().map(|path| root.join(path)).collect();
        stale(&root.join(owned), &wanted, &mut plan.remove)?;
        plan.remove.sort();
        Ok(plan)
    }

    /// Adds one file.
    ///
    /// # Errors
    /// When the path is a link or not a regular file, the file may not be overwritten, or it is in the plan already.
    pub fn add(&mut self, path: PathBuf, text: String, overwrite: Overwrite) -> Result<(), Diagnostic> {
        if self.write.iter().any(|(other, _)| *other == path) {
            return Err(Diagnostic::error(format!("two outputs have the same path: `{}`", path.display())));
        }
        self.roots.insert(folder_of(&path).to_owned());
        self.compare(path, text, overwrite)
    }

    /// Rejects links between a folder and the files below it: they may lead out of the folder.
    ///
    /// # Errors
    /// The first link.
    pub fn reject_links(&self, root: &Path) -> Result<(), Diagnostic> {
        let below = self.write.iter().map(|(path, _)| path).filter(|path| path.starts_with(root));
        below.into_iter().try_for_each(|path| reject_links(root, path))
    }

    /// Adds a folder in which the leftovers of killed runs are removed, whether or not a file is written to it.
    pub fn sweep(&mut self, folder: PathBuf) {
        self.roots.insert(folder);
    }

    /// Adds all changes of another plan, so that both are applied together or not at all.
    pub fn extend(&mut self, other: Plan) {
        self.write.extend(other.write);
        self.remove.extend(other.remove);
        self.unchanged = self.unchanged.saturating_add(other.unchanged);
        self.roots.extend(other.roots);
    }

    /// Returns `true` if all files are up to date.
    pub fn is_empty(&self) -> bool {
        self.write.is_empty() && self.remove.is_empty()
    }

    /// Applies the changes: all files are written to a staging folder first, then each is moved to its place in one
    /// step. If any step fails, the old files are moved back.
    ///
    /// Staging folders that killed runs left behind are removed, also when there is nothing to write.
    ///
    /// # Errors
    /// When a file cannot be written or removed; nothing has changed then.
    pub fn apply(&self) -> Result<(), Diagnostic> {
        for root in &self.roots {
            staging::sweep(root);
        }
        if self.is_empty() {
            return Ok(());
        }
        let mut staging = Staging::default();
        for (path, text) in &self.write {
            staging.stage(self.root_of(path), path, text)?;
        }
        for path in &self.remove {
            staging.remove(self.root_of(path), path)?;
        }
        staging.commit()
    }

    /// Returns the folder in which a file is staged: the innermost root that holds it.
    fn root_of<'a>(&'a self, path: &'a Path) -> &'a Path {
        let roots = self.roots.iter().filter(|root| path.starts_with(root));
        roots.max_by_key(|root| root.components().count()).map_or_else(|| folder_of(path), PathBuf::as_path)
    }

    fn compare(&mut self, path: PathBuf, text: String, overwrite: Overwrite) -> Result<(), Diagnostic> {
        let old = read(&path)?;
        // On Windows, git may have changed the line endings of what was written.
        let text = if old.as_deref().is_some_and(has_crlf) && !text.contains('\r') {
            text.replace('\n', "\r\n")
        } else {
            text
        };
        match old {
            Some(old) if old == text.as_bytes() => self.unchanged = self.unchanged.saturating_add(1),
            Some(old) if overwrite == Overwrite::Generated && !may_overwrite(&old) => return Err(foreign(&path)),
            _ => self.write.push((path, text)),
        }
        Ok(())
    }
}

/// Writes one file, which the user named as an output, or leaves it as it was.
///
/// # Errors
/// When the path is a link or not a regular file, or the file cannot be written.
pub fn write(path: &Path, text: &str) -> Result<(), Diagnostic> {
    let mut plan = Plan::default();
    plan.add(path.to_owned(), text.to_owned(), Overwrite::Any)?;
    plan.apply()
}

/// Locks a file, which is created if there is none, until the result is dropped or the process ends. Calls `wait` first
/// if another process holds the lock.
///
/// # Errors
/// When the file cannot be created.
pub fn lock_file(path: &Path, wait: impl FnOnce()) -> Result<File, Diagnostic> {
    let folder = folder_of(path);
    fs::create_dir_all(folder).map_err(|error| failed("create the folder", folder, &error))?;
    let file = File::options().create(true).append(true).open(path).map_err(|error| failed("write", path, &error))?;
    if matches!(file.try_lock(), Err(fs::TryLockError::WouldBlock)) {
        wait();
    }
    // A file system without locks keeps no runs apart.
    let _ = file.lock();
    Ok(file)
}

/// Returns the folder of a file; the current folder for a bare file name.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Reads a regular file; `None` if there is no file.
fn read(path: &Path) -> Result<Option<Vec<u8>>, Diagnostic> {
    match fs::symlink_metadata(path) {
        Ok(meta) if meta.is_symlink() => Err(link(path)),
        Ok(meta) if !meta.is_file() => Err(Diagnostic::error(format!("`{}` is not a regular file", path.display()))
            .help("choose another path; `-` is standard output where an option takes a file")),
        Ok(_) => fs::read(path).map(Some).map_err(|error| failed("read", path, &error)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed("read", path, &error)),
    }
}

/// Returns `true` if all lines of a text end with a carriage return and a line feed.
fn has_crlf(text: &[u8]) -> bool {
    let mut lines = text.split_inclusive(|byte| *byte == b'\n').filter(|line| line.ends_with(b"\n")).peekable();
    lines.peek().is_some() && lines.all(|line| line.ends_with(b"\r\n"))
}

/// Returns `true` for the text of a file that is empty or was generated.
fn may_overwrite(text: &[u8]) -> bool {
    str::from_utf8(text).is_ok_and(|text| text.trim().is_empty() || is_ours(text.trim_start_matches('\u{feff}')))
}

/// Finds generated `.rs` files that are not wanted any more.
fn stale(folder: &Path, wanted: &BTreeSet<PathBuf>, remove: &mut Vec<PathBuf>) -> Result<(), Diagnostic> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed("read the folder", folder, &error)),
    };
    for entry in entries {
        let entry = entry.map_err(|error| failed("read the folder", folder, &error))?;
        let path = entry.path();
        let kind = entry.file_type().map_err(|error| failed("read", &path, &error))?;
        if kind.is_dir() {
            stale(&path, wanted, remove)?;
        } else if kind.is_file()
            && path.extension().is_some_and(|extension| extension == "rs")
            && !wanted.contains(&path)
            && read(&path)?.is_some_and(|text| str::from_utf8(&text).is_ok_and(is_ours))
        {
            remove.push(path);
        }
    }
    Ok(())
}

/// Rejects links between a folder and a file below it: they may lead out of the folder.
fn reject_links(root: &Path, path: &Path) -> Result<(), Diagnostic> {
    let parts = path.ancestors().take_while(|part| *part != root);
    match parts.into_iter().find(|part| fs::symlink_metadata(part).is_ok_and(|meta| meta.is_symlink())) {
        Some(part) => Err(link(part)),
        None => Ok(()),
    }
}

fn link(path: &Path) -> Diagnostic {
    Diagnostic::error(format!("`{}` is a symbolic link, which is not followed", path.display()))
        .help("remove the link, or use the path of its target")
}

fn foreign(path: &Path) -> Diagnostic {
    Diagnostic::error(format!("`{}` exists and was not generated", path.display()))
        .help("nothing was written; move the file away, or choose another folder")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(entries: &[(&str, &str)]) -> Files {
        let text = |body: &str| format!("// @generated by discovery-codegen. Do not edit.\n{body}\n");
        entries.iter().map(|(path, body)| ((*path).to_owned(), text(body))).collect()
    }

    fn entries(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn only_changed_files_are_written_and_stale_ones_removed() {
        let root = tempfile::tempdir().unwrap();
        let first = Plan::new(root.path(), &files(&[("src/a.rs", "a"), ("src/b/c.rs", "c")]), "src").unwrap();
        assert_eq!((first.write.len(), first.unchanged), (2, 0));
        first.apply().unwrap();
        fs::write(root.path().join("src/mine.rs"), "fn mine() {}").unwrap();
        let second = Plan::new(root.path(), &files(&[("src/a.rs", "a2"), ("src/d.rs", "d")]), "src").unwrap();
        assert_eq!((second.write.len(), second.remove.len()), (2, 1));
        second.apply().unwrap();
        assert!(root.path().join("src/mine.rs").exists());
        assert!(!root.path().join("src/b/c.rs").exists());
        assert!(Plan::new(root.path(), &files(&[("src/a.rs", "a2"), ("src/d.rs", "d")]), "src").unwrap().is_empty());
        assert_eq!(entries(root.path()), ["src"], "no staging folder stays");
    }

    #[test]
    fn files_keep_their_line_ends() {
        let root = tempfile::tempdir().unwrap();
        let first = files(&[("src/a.rs", "a\nb")]);
        fs::create_dir(root.path().join("src")).unwrap();
        fs::write(root.path().join("src/a.rs"), first["src/a.rs"].replace('\n', "\r\n")).unwrap();
        assert!(Plan::new(root.path(), &first, "src").unwrap().is_empty());
        let path = root.path().join("x.toml");
        for (old, new, expected) in [
            ("a\r\nb\r\n", "a\nc\n", "a\r\nc\r\n"),
            ("a\r\nb\n", "a\nc\n", "a\nc\n"),
            ("a\nb\n", "a\nc\n", "a\nc\n"),
            ("a\r\nb\r\n", "a\r\nc\n", "a\r\nc\n"),
        ] {
            fs::write(&path, old).unwrap();
            write(&path, new).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), expected, "{old:?}");
        }
    }

    #[test]
    fn files_of_the_user_are_not_overwritten() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("Cargo.toml");
        fs::write(&path, "[package]").unwrap();
        let error = Plan::new(root.path(), &files(&[("Cargo.toml", "x")]), "src").unwrap_err();
        assert!(error.message.contains("was not generated"), "{error}");
        let error = Plan::default().add(path, "x".into(), Overwrite::Generated).unwrap_err();
        assert!(error.message.contains("was not generated"), "{error}");
    }

    #[test]
    fn paths_outside_of_the_folder_are_rejected() {
        let root = tempfile::tempdir().unwrap();
        for path in ["../a.rs", "/a.rs", "src/../../a.rs"] {
            assert!(Plan::new(root.path(), &files(&[(path, "a")]), "src").is_err(), "{path}");
        }
    }

    #[test]
    fn one_path_is_written_once() {
        let root = tempfile::tempdir().unwrap();
        let mut plan = Plan::new(root.path(), &files(&[("src/a.rs", "a")]), "src").unwrap();
        let error = plan.add(root.path().join("src/a.rs"), "b".into(), Overwrite::Generated).unwrap_err();
        assert!(error.message.contains("same path"), "{error}");
    }

    #[test]
    fn a_failure_changes_nothing() {
        let root = tempfile::tempdir().unwrap();
        // A file where a folder is needed.
        fs::write(root.path().join("src"), "").unwrap();
        let plan = Plan {
            write: vec![(root.path().join("a.rs"), "a".into()), (root.path().join("src/b.rs"), "b".into())],
            ..Plan::default()
        };
        plan.apply().unwrap_err();
        assert_eq!(entries(root.path()), ["src"]);
    }

    #[test]
    fn a_failure_in_the_last_step_brings_back_the_old_files() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("a.rs"), "old").unwrap();
        let plan = Plan {
            write: vec![(root.path().join("a.rs"), "new".into()), (root.path().join("new/b.rs"), "b".into())],
            remove: vec![root.path().join("missing.rs")],
            ..Plan::default()
        };
        plan.apply().unwrap_err();
        assert_eq!(fs::read_to_string(root.path().join("a.rs")).unwrap(), "old");
        assert_eq!(entries(root.path()), ["a.rs"]);
    }

    #[test]
    fn leftovers_of_a_killed_run_are_removed_even_if_nothing_changes() {
        let root = tempfile::tempdir().unwrap();
        let plan = Plan::new(root.path(), &files(&[("src/a.rs", "a")]), "src").unwrap();
        plan.apply().unwrap();
        let leftover = root.path().join(".discovery-codegen-staging-1-2");
        fs::create_dir(&leftover).unwrap();
        fs::write(leftover.join("0"), "half").unwrap();
        let again = Plan::new(root.path(), &files(&[("src/a.rs", "a")]), "src").unwrap();
        assert!(again.is_empty());
        again.apply().unwrap();
        assert_eq!(entries(root.path()), ["src"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        let (root, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::os::unix::fs::symlink(other.path(), root.path().join("src")).unwrap();
        let error = Plan::new(root.path(), &files(&[("src/a.rs", "a")]), "src").unwrap_err();
        assert!(error.message.contains("symbolic link"), "{error}");
        std::os::unix::fs::symlink(other.path().join("x"), root.path().join("x.lock.toml")).unwrap();
        let error = write(&root.path().join("x.lock.toml"), "x").unwrap_err();
        assert!(error.message.contains("symbolic link"), "{error}");
        assert_eq!(entries(other.path()), [""; 0]);
    }

    #[cfg(unix)]
    #[test]
    fn devices_and_folders_are_not_replaced() {
        let root = tempfile::tempdir().unwrap();
        for path in [root.path(), Path::new("/dev/null")] {
            let error = write(path, "x").unwrap_err();
            assert!(error.message.contains("not a regular file"), "{error}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn permissions_are_preserved() {
        use std::os::unix::fs::PermissionsExt;
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("x");
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        write(&path, "new").unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    }
}
