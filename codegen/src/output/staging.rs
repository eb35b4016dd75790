//! Files on their way to their places.
//!
//! A run writes into a staging folder of its own, `.discovery-codegen-staging-…` in the root of the output, and holds a
//! lock on a file in it. The system drops the lock when the process ends, however it ends; so a staging folder whose
//! lock is free belongs to a run that was killed, and the next run removes it.

use super::folder_of;
use crate::diagnostic::Diagnostic;
use crate::source::files::failed;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Beginning of the names of staging folders.
const PREFIX: &str = ".discovery-codegen-staging-";
/// Name of the locked file in a staging folder.
const LOCK: &str = "lock";

/// Changes that are written, and not yet visible. Dropping it removes all that was staged.
#[derive(Default)]
pub(super) struct Staging {
    /// Staging folders by root.
    folders: BTreeMap<PathBuf, Folder>,
    /// Folders that did not exist before, outermost first.
    created: Vec<PathBuf>,
    steps: Vec<Step>,
}

/// One file to replace, create or remove.
struct Step {
    path: PathBuf,
    /// The staged new file; `None` to remove the file.
    new: Option<PathBuf>,
    /// A place in the staging folder for the old file.
    old: PathBuf,
}

/// The state of a step that was taken.
struct Done<'a> {
    step: &'a Step,
    had_old: bool,
}

impl Staging {
    /// Writes a new file to the staging folder.
    pub(super) fn stage(&mut self, root: &Path, path: &Path, text: &str) -> Result<(), Diagnostic> {
        self.create_folder(root)?;
        self.create_folder(folder_of(path))?;
        let (new, old) = self.slots(root)?;
        let write = || -> io::Result<()> {
            fs::write(&new, text)?;
            match fs::metadata(path) {
                Ok(before) => fs::set_permissions(&new, before.permissions()),
                Err(_) => Ok(()),
            }
        };
        write().map_err(|error| failed("write", path, &error))?;
        self.steps.push(Step { path: path.to_owned(), new: Some(new), old });
        Ok(())
    }

    /// Notes a file to remove.
    pub(super) fn remove(&mut self, root: &Path, path: &Path) -> Result<(), Diagnostic> {
        let (_, old) = self.slots(root)?;
        self.steps.push(Step { path: path.to_owned(), new: None, old });
        Ok(())
    }

    /// Moves all files to their places, or none.
    pub(super) fn commit(mut self) -> Result<(), Diagnostic> {
        let mut done = Vec::new();
        for step in &self.steps {
            match step.take() {
                Ok(had_old) => done.push(Done { step, had_old }),
                Err(error) => {
                    done.iter().rev().for_each(Done::undo);
                    let action = if step.new.is_some() { "write" } else { "remove" };
                    return Err(failed(action, &step.path, &error));
                }
            }
        }
        self.created.clear();
        Ok(())
    }

    fn create_folder(&mut self, folder: &Path) -> Result<(), Diagnostic> {
        let missing = folder.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists());
        let missing: Vec<PathBuf> = missing.map(Path::to_owned).collect();
        self.created.extend(missing.into_iter().rev());
        fs::create_dir_all(folder).map_err(|error| failed("create the folder", folder, &error))
    }

    /// Returns unused paths in the staging folder of a root: for a new and for an old file.
    fn slots(&mut self, root: &Path) -> Result<(PathBuf, PathBuf), Diagnostic> {
        let index = self.steps.len();
        let folder = match self.folders.get(root) {
            Some(folder) => folder,
            None => {
                let folder = Folder::create(root).map_err(|error| failed("write to", root, &error))?;
                self.folders.entry(root.to_owned()).or_insert(folder)
            }
        };
        Ok((folder.path.join(format!("{index}.new")), folder.path.join(format!("{index}.old"))))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        self.folders.clear();
        for folder in self.created.iter().rev() {
            // Fails for a folder that holds something by now, which then stays.
            let _ = fs::remove_dir(folder);
        }
    }
}

impl Step {
    /// Takes the step; returns `true` if there was an old file. At each moment the path is the old or the new file.
    fn take(&self) -> io::Result<bool> {
        let Some(new) = &self.new else {
            return fs::rename(&self.path, &self.old).map(|()| true);
        };
        let had_old = match fs::hard_link(&self.path, &self.old) {
            Ok(()) => true,
            Err(error) if error.kind() == ErrorKind::NotFound => false,
            // A file system without hard links.
            Err(_) => fs::copy(&self.path, &self.old).map(|_| true)?,
        };
        fs::rename(new, &self.path).map(|()| had_old)
    }
}

impl Done<'_> {
    /// Takes the step back. A failure here is not reported: the first failure is the one to report.
    fn undo(&self) {
        let _ = match self.had_old {
            true => fs::rename(&self.step.old, &self.step.path),
            false => fs::remove_file(&self.step.path),
        };
    }
}

/// A staging folder, removed when dropped.
struct Folder {
    path: PathBuf,
    /// File that is locked until the run ends.
    lock: Option<File>,
}

impl Folder {
    fn create(root: &Path) -> io::Result<Self> {
        let mut attempts = 0u32;
        loop {
            let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_nanos());
            let path = root.join(format!("{PREFIX}{}-{now}-{attempts}", std::process::id()));
            match Self::create_at(&path) {
                Ok(folder) => return Ok(folder),
                // Another run has this name, or took the folder for a leftover before it was locked.
                Err(error)
                    if attempts < 8 && matches!(error.kind(), ErrorKind::AlreadyExists | ErrorKind::NotFound) =>
                {
                    attempts = attempts.saturating_add(1);
                }
                Err(error) => return Err(error),
            }
        }
    }

    fn create_at(path: &Path) -> io::Result<Self> {
        fs::create_dir(path)?;
        let lock = File::create_new(path.join(LOCK))?;
        // Without locks on this file system, leftovers are removed all the same.
        let _ = lock.try_lock();
        Ok(Self { path: path.to_owned(), lock: Some(lock) })
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Some systems do not remove files that are open.
        drop(self.lock.take());
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Removes the staging folders of killed runs. Folders that cannot be removed are ignored.
pub(super) fn sweep(root: &Path) {
    let Ok(entries) = fs::read_dir(root) else { return };
    for entry in entries.flatten() {
        let is_staging = entry.file_name().to_string_lossy().starts_with(PREFIX);
        if is_staging && entry.file_type().is_ok_and(|kind| kind.is_dir()) && !is_in_use(&entry.path()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Returns `true` if a running process holds the lock of a staging folder.
fn is_in_use(folder: &Path) -> bool {
    File::open(folder.join(LOCK)).is_ok_and(|lock| matches!(lock.try_lock(), Err(fs::TryLockError::WouldBlock)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_running_run_keeps_its_staging_folder() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("x");
        let mut staging = Staging::default();
        staging.stage(root.path(), &path, "new").unwrap();
        sweep(root.path());
        staging.commit().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
    }

    #[test]
    fn dropping_removes_staged_files() {
        let root = tempfile::tempdir().unwrap();
        let mut staging = Staging::default();
        staging.stage(root.path(), &root.path().join("a/b/c"), "new").unwrap();
        drop(staging);
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 0);
    }
}
