//! Files on disk: only what changed, all or nothing, and nothing that is not ours.

pub mod file;

use crate::diagnostic::Diagnostic;
use crate::rust::package::{Files, is_ours};
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What is to change so that a folder holds the files that it should.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Files to write, with what they should hold.
    pub write: Vec<(PathBuf, String)>,
    /// Files of ours that should not be there any more.
    pub remove: Vec<PathBuf>,
    /// How many files are as they should be.
    pub unchanged: usize,
    /// Folders in which a run that was killed may have left files behind.
    folders: BTreeSet<PathBuf>,
}

/// The beginning of the names of files that are not in their place yet.
const STAGED: &str = ".discovery-codegen-";

impl Plan {
    /// Compares a folder with the files that it should hold. Whatever lies under `owned` and is ours, but is not
    /// among the files, is to be removed.
    ///
    /// # Errors
    /// When a file that should be written is there, and is not ours, or cannot be read.
    pub fn new(root: &Path, files: &Files, owned: &str) -> Result<Plan, Diagnostic> {
        let mut plan = Plan::default();
        for (path, text) in files {
            let path = root.join(path);
            outside(root, &path)?;
            plan.folders.insert(folder(&path).to_owned());
            match read(&path)? {
                Some(old) if old == *text => plan.unchanged += 1,
                // An empty file is nobody's work.
                Some(old) if !is_ours(&old) && !old.trim().is_empty() => {
                    return Err(foreign(&path));
                }
                _ => plan.write.push((path, text.clone())),
            }
        }
        let wanted: BTreeSet<PathBuf> = files.keys().map(|path| root.join(path)).collect();
        stale(&root.join(owned), &wanted, &mut plan)?;
        plan.remove.sort();
        Ok(plan)
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.write.is_empty() && self.remove.is_empty()
    }

    /// Adds a file that people own in part, and whose new text is known to keep their part.
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    pub fn merge(&mut self, path: PathBuf, text: String) -> Result<(), Diagnostic> {
        self.folders.insert(folder(&path).to_owned());
        match read(&path)? {
            Some(old) if old == text => self.unchanged += 1,
            _ => self.write.push((path, text)),
        }
        Ok(())
    }

    /// Does it: writes everything beside its place first, and puts it there only when all of it is written. When
    /// something fails after that, what was there is put back. What an earlier run left behind when it was killed is
    /// removed.
    ///
    /// # Errors
    /// When a file cannot be written; nothing has changed then.
    pub fn apply(&self) -> Result<(), Diagnostic> {
        self.folders.iter().for_each(|folder| sweep(folder));
        let mut staged = Vec::new();
        let mut created = Vec::new();
        let result = self.stage(&mut staged, &mut created).and_then(|()| self.place(staged));
        if result.is_err() {
            for folder in created.iter().rev() {
                // Only those that are still empty: others hold something that was there, or came meanwhile.
                let _ = fs::remove_dir(folder);
            }
        }
        result
    }

    fn stage(
        &self,
        staged: &mut Vec<(tempfile::NamedTempFile, PathBuf)>,
        created: &mut Vec<PathBuf>,
    ) -> Result<(), Diagnostic> {
        for (path, text) in &self.write {
            let folder = folder(path);
            let missing: Vec<PathBuf> = folder
                .ancestors()
                .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists())
                .map(Path::to_owned)
                .collect();
            fs::create_dir_all(folder).map_err(|error| failed("make the folder", folder, &error))?;
            created.extend(missing.into_iter().rev());
            let write = || -> std::io::Result<tempfile::NamedTempFile> {
                let mut builder = tempfile::Builder::new();
                #[cfg(unix)]
                {
                    use std::os::unix::fs::PermissionsExt;
                    let mode = fs::metadata(path).map_or(0o644, |old| old.permissions().mode());
                    builder.permissions(fs::Permissions::from_mode(mode));
                }
                let mut file = builder.prefix(STAGED).tempfile_in(folder)?;
                // Locked, so that another run knows that this one still needs it.
                file.as_file().lock()?;
                file.write_all(text.as_bytes())?;
                Ok(file)
            };
            staged.push((write().map_err(|error| failed("write", path, &error))?, path.clone()));
        }
        Ok(())
    }

    fn place(&self, staged: Vec<(tempfile::NamedTempFile, PathBuf)>) -> Result<(), Diagnostic> {
        let mut before = Vec::new();
        let result = self.replace(staged, &mut before);
        if result.is_err() {
            for (path, old) in before {
                // The first failure is the one to tell.
                let _ = match old {
                    Some(old) => fs::write(&path, old),
                    None => fs::remove_file(&path),
                };
            }
        }
        result
    }

    /// Puts files where they belong, and tells what was there before each step.
    fn replace(
        &self,
        staged: Vec<(tempfile::NamedTempFile, PathBuf)>,
        before: &mut Vec<(PathBuf, Option<Vec<u8>>)>,
    ) -> Result<(), Diagnostic> {
        for (file, path) in staged {
            before.push((path.clone(), fs::read(&path).ok()));
            file.persist(&path).map_err(|error| failed("write", &path, &error.error))?;
        }
        for path in &self.remove {
            before.push((path.clone(), fs::read(path).ok()));
            fs::remove_file(path).map_err(|error| failed("remove", path, &error))?;
        }
        Ok(())
    }
}

/// A file's text; none where there is no file.
fn read(path: &Path) -> Result<Option<String>, Diagnostic> {
    match fs::read(path) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => Ok(Some(text)),
            Err(_) => Err(foreign(path)),
        },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed("read", path, &error)),
    }
}

/// The folder of a file.
fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// True for a file that a run has not put in its place yet.
fn is_staged(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(STAGED))
}

/// Removes the files of a folder that a run staged and no run needs any more.
fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_file && is_staged(&entry.path()) && fs::File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok())
        {
            // What cannot be removed is in nobody's way.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Files of ours that are not wanted any more.
fn stale(folder: &Path, wanted: &BTreeSet<PathBuf>, plan: &mut Plan) -> Result<(), Diagnostic> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed("read the folder", folder, &error)),
    };
    plan.folders.insert(folder.to_owned());
    for entry in entries {
        let entry = entry.map_err(|error| failed("read the folder", folder, &error))?;
        let path = entry.path();
        let kind = entry.file_type().map_err(|error| failed("read", &path, &error))?;
        if kind.is_dir() {
            stale(&path, wanted, plan)?;
        } else if kind.is_file()
            && !wanted.contains(&path)
            && !is_staged(&path)
            && read(&path).ok().flatten().is_some_and(|t| is_ours(&t))
        {
            plan.remove.push(path);
        }
    }
    Ok(())
}

/// Refuses to follow a link out of the folder that was named.
fn outside(root: &Path, path: &Path) -> Result<(), Diagnostic> {
    for part in path.ancestors().take_while(|part| *part != root) {
        if fs::symlink_metadata(part).is_ok_and(|meta| meta.is_symlink()) {
            return Err(Diagnostic::error(format!("`{}` is a link, and may lead elsewhere", part.display()))
                .help("remove the link, or name the folder that it leads to"));
        }
    }
    Ok(())
}

fn foreign(path: &Path) -> Diagnostic {
    Diagnostic::error(format!("`{}` is there already, and was not generated", path.display()))
        .help("nothing was written; move it away, or choose another folder")
}

fn failed(what: &str, path: &Path, error: &std::io::Error) -> Diagnostic {
    Diagnostic::error(format!("cannot {what} `{}`: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(entries: &[(&str, &str)]) -> Files {
        let text = |body: &str| format!("// @generated by discovery-codegen. Do not edit.\n{body}\n");
        entries.iter().map(|(path, body)| ((*path).to_owned(), text(body))).collect()
    }

    #[test]
    fn only_what_changed_is_written_and_what_is_stale_goes() {
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
    }

    #[test]
    fn what_people_wrote_is_never_overwritten() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("Cargo.toml"), "[package]").unwrap();
        let error = Plan::new(root.path(), &files(&[("Cargo.toml", "x")]), "src").unwrap_err();
        assert!(error.message.contains("was not generated"), "{error}");
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
        assert!(!root.path().join("a.rs").exists());
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_a_killed_run_left_behind_is_removed() {
        let root = tempfile::tempdir().unwrap();
        let plan = || Plan::new(root.path(), &files(&[("src/a.rs", "a"), ("b.toml", "b")]), "src").unwrap();
        plan().apply().unwrap();
        let left = ["src/.discovery-codegen-x1", ".discovery-codegen-x2"].map(|name| root.path().join(name));
        left.iter().for_each(|path| fs::write(path, "// @generated by discovery-codegen.").unwrap());
        // Of another run that goes on.
        let other = root.path().join("src/.discovery-codegen-x3");
        let in_use = fs::File::create(&other).unwrap();
        in_use.lock().unwrap();
        assert!(plan().is_empty());
        plan().apply().unwrap();
        assert!(!left.iter().any(|path| path.exists()) && other.exists());
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        let (root, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::os::unix::fs::symlink(other.path(), root.path().join("src")).unwrap();
        let error = Plan::new(root.path(), &files(&[("src/a.rs", "a")]), "src").unwrap_err();
        assert!(error.message.contains("is a link"), "{error}");
    }
}
