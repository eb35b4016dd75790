//! Snapshots of folders.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Returns the entries of a folder: files with their bytes, folders and links without.
///
/// # Panics
/// When an entry cannot be read.
pub fn of(folder: &Path) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(&at).unwrap_or_else(|error| panic!("{}: {error}", at.display())) {
            let path = entry.expect("the folder can be listed").path();
            let is_folder = path.symlink_metadata().is_ok_and(|meta| meta.is_dir());
            let bytes = (!is_folder).then(|| fs::read(&path).unwrap_or_default());
            if is_folder {
                folders.push(path.clone());
            }
            found.insert(path, bytes);
        }
    }
    found
}
